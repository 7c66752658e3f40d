"""The real program on a real X screen, and keys that come through the system as a scanner's do."""

import json
import os
import queue
import shutil
import subprocess
import sys
import threading
import time

import pytest

from builders import TODAY, a_batch, at_work, dump, keep
from ldninv.db import open_store

PATIENCE = 60
LOT, OTHER = "LDN250301001T", "LDN260117001M"
TOOLS = {name: shutil.which(name) or "" for name in ("Xvfb", "xdotool")}
MISSING = " and ".join(name for name, found in TOOLS.items() if not found)
pytestmark = [
    pytest.mark.needs_qt,
    pytest.mark.skipif(sys.platform != "linux", reason="keys are sent through an X screen, which this system has not"),
    pytest.mark.skipif(bool(MISSING), reason=f"keys are sent through an X screen: {MISSING} not installed"),
]
WATCHED = """
import json, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLineEdit
from ldninv import app
said = []
def look():
    for window in QApplication.topLevelWidgets():
        if type(window).__name__ == "MainWindow" and window.isVisible() and not window._at_rest.isActive():
            card = window.batches.card.card
            typed = {each.accessibleName(): each.text() for each in window.findChildren(QLineEdit) if each.text()}
            now = {
                "page": type(window.page).__name__, "card": card and card.kept.batch.lot, "typed": typed,
                "says": window.status.advice.text, "form": type(window.batches.card.desk.form).__name__,
                "windows": sum(each.isVisible() for each in QApplication.topLevelWidgets()),
            }
            if said != [now]:
                said[:] = [now]
                print(json.dumps(now), flush=True)
started = app.application()
timer = QTimer(interval=30)
timer.timeout.connect(look)
timer.start()
sys.exit(app.main([]))
"""


@pytest.fixture
def screen():
    """The name of an X screen of our own."""
    ours, theirs = os.pipe()
    server = subprocess.Popen(
        [TOOLS["Xvfb"], "-displayfd", str(theirs), "-screen", "0", "1280x800x24", "-nolisten", "tcp"],
        pass_fds=[theirs],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(theirs)
    with os.fdopen(ours) as told:
        name = told.readline().strip()
    if not name:
        server.wait()
        pytest.skip("Xvfb does not start here")
    yield f":{name}"
    server.kill()
    server.wait()


class Program:
    """The program, and what is seen of it."""

    def __init__(self, environment):
        self.environment = environment
        self.database = environment["LDNINV_DATABASE"].removeprefix("sqlite:///")
        self.running = subprocess.Popen(
            [sys.executable, "-c", WATCHED],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._lines = queue.Queue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self.seen = None

    def _read(self):
        for line in self.running.stdout:
            self._lines.put(json.loads(line))
        self._lines.put(None)

    def until(self, so):
        """Wait until what is seen of it is so."""
        until = time.monotonic() + PATIENCE
        while self.seen is None or not so(self.seen):
            try:
                self.seen = self._lines.get(timeout=max(0.01, until - time.monotonic()))
            except queue.Empty:
                pytest.fail(f"it stays so: {self.seen}")
            if self.seen is None:
                said = self.running.stderr.read()
                if "ibxcb" in said or "no window opens" in said:
                    pytest.skip(said.strip())
                pytest.fail(said)
        return self.seen

    def xdotool(self, *words):
        subprocess.run([TOOLS["xdotool"], *words], env=self.environment, check=True, stdout=subprocess.DEVNULL)

    def written(self):
        """Return all that stands in its database."""
        store = open_store(self.database)
        try:
            return dump(store)
        finally:
            store.close()

    def scan(self, code):
        self.xdotool("type", "--delay", "8", code)
        self.xdotool("key", "Return")

    def end(self):
        self.running.kill()
        self.running.communicate()
        self._reader.join()


@pytest.fixture
def program(screen, tmp_path):
    """The program over two batches, opened and with the keyboard; patient with a machine that has much to do."""
    store = open_store(str(tmp_path / "batches.db"), create=True)
    keep(at_work(store), a_batch(lot=LOT), a_batch(lot=OTHER))
    store.close()
    (tmp_path / "ldninv").mkdir()
    patient = "[scanner]\nfirst_gap=300\ngap=500\naverage=300\nlongest=20000\nsound=false\n"
    (tmp_path / "ldninv" / "window.ini").write_text(patient, "utf-8")
    folders = {name: str(tmp_path) for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "HOME")}
    here = {name: value for name, value in os.environ.items() if name != "WAYLAND_DISPLAY"}
    here |= folders | {"DISPLAY": screen, "QT_QPA_PLATFORM": "xcb", "LDNINV_TODAY": TODAY.isoformat()}
    program = Program(here | {"LDNINV_DATABASE": f"sqlite:///{tmp_path / 'batches.db'}"})
    try:
        program.until(lambda seen: seen["page"] == "TodayPage")
        program.xdotool("search", "--sync", "--onlyvisible", "--name", "ldninv", "windowfocus", "--sync")
        yield program
    finally:
        program.end()


def test_a_scanner_opens_the_card_from_anywhere_and_nothing_else_happens(program):
    before = program.written()
    program.scan(LOT)
    seen = program.until(lambda seen: seen["card"] == LOT)
    assert (seen["page"], seen["typed"], seen["form"], seen["windows"]) == ("BatchesPage", {}, "NoneType", 1)

    program.xdotool("key", "ctrl+d")
    form = program.until(lambda seen: seen["form"] == "DispenseForm")
    program.scan(OTHER)
    seen = program.until(lambda seen: seen["says"].startswith(OTHER))
    assert seen["typed"] in (form["typed"], {}), "what was scanned stands in no field"

    program.xdotool("key", "ctrl+4")
    typed = program.until(lambda seen: seen["page"] == "NewBatchPage")["typed"]
    program.scan("no such label")
    seen = program.until(lambda seen: "no such label" in seen["says"])
    assert (seen["page"], seen["typed"], seen["windows"]) == ("NewBatchPage", typed, 1)
    assert program.written() == before, "a scan that only shows something writes nothing"


def test_what_a_person_types_arrives_in_its_field(program):
    program.xdotool("key", "ctrl+f")
    program.until(lambda seen: seen["page"] == "BatchesPage")
    program.xdotool("type", "--delay", "320", "shelf a")
    seen = program.until(lambda seen: "shelf a" in seen["typed"].values())
    assert (list(seen["typed"].values()), seen["card"]) == (["shelf a"], None)


def test_the_keys_of_the_card_reach_it_after_a_scan_also_those_that_move_a_cursor_on_this_system(program):
    program.scan(LOT)
    program.until(lambda seen: seen["card"] == LOT)
    program.xdotool("key", "ctrl+e")

    assert program.until(lambda seen: seen["form"] != "NoneType")["form"] == "DecideForm"


def test_a_number_that_a_quick_hand_types_with_its_enter_stands_in_its_field(program):
    program.scan(LOT)
    program.until(lambda seen: seen["card"] == LOT)
    program.xdotool("key", "ctrl+k")
    program.until(lambda seen: seen["form"] == "CountForm")
    program.xdotool("key", "--delay", "65", "1", "0", "0", "0", "Return")
    seen = program.until(lambda seen: "1000" in seen["typed"].values())
    assert (seen["form"], seen["card"]) == ("CountForm", LOT)
