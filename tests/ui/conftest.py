"""The window and its pages as a person has them: dressed, shown, with a memory and a database of their own."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QSettings
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from builders import TODAY, a_batch, keep
from ldninv.domain.batch import Batch
from ldninv.domain.quantities import Strength
from ldninv.services.context import Context
from ldninv.ui import application
from ldninv.ui.memory import kept_in
from ldninv.ui.window import MainWindow


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Qt's screen without a display has no window manager to tell sizes to, to raise a list or to grab keys for it."""
    here = Path(__file__).parent
    ignored = pytest.mark.qt_log_ignore("This plugin does not support (propagateSizeHints|raise|grabbing)")
    for item in items:
        if here in item.path.parents:
            item.add_marker(ignored)


@pytest.fixture
def dressed(qapp: QApplication) -> QApplication:
    """Qt's application in the house's look."""
    application.dress(qapp)
    return qapp


@pytest.fixture
def lists() -> Path:
    """The folder of lists as pharmacies keep them."""
    return Path(__file__).parent.parent / "data" / "batches"


@pytest.fixture
def memory(tmp_path: Path) -> QSettings:
    return kept_in(tmp_path / "window.ini")


@pytest.fixture
def on_file(engine: str, request: pytest.FixtureRequest) -> Context:
    """Somebody at work on a database that jobs on other threads can open: in a file, or on a server."""
    context: Context = request.getfixturevalue("filed" if engine == "sqlite" else "shared")
    return context


@pytest.fixture
def stocked(on_file: Context) -> Context:
    """A shelf with two expired batches, one near expiry, two good ones and one in quarantine."""
    keep(on_file, made_to("OLD-1", -12), made_to("OLD-2", 0), made_to("NEAR-1", 29), place="Cabinet A")
    keep(on_file, made_to("GOOD-1", 200), made_to("GOOD-2", 300, strength=Strength(1500)), place="Shelf 3")
    keep(on_file, made_to("WAIT-1", 250), place="Shelf 3", released=False)
    return on_file


@pytest.fixture
def open_window(qtbot: QtBot, dressed: QApplication, memory: QSettings) -> Callable[[Context], MainWindow]:
    """Opens windows at the batches, with the cursor in the search box; they close after the test."""

    def show(context: Context) -> MainWindow:
        window = MainWindow(context, "batches.db", memory)
        qtbot.addWidget(window, before_close_func=lambda shown: shown.jobs.finish())
        window.resize(1280, 720)
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        window.search()
        return window

    return show


@pytest.fixture
def window(open_window: Callable[[Context], MainWindow], stocked: Context) -> MainWindow:
    """The main window over the shelf of `stocked`."""
    return open_window(stocked)


@pytest.fixture
def press(qtbot: QtBot, window: MainWindow) -> Callable[..., None]:
    """Press keys in the real window, wherever its focus is: `Ctrl+D`, `Return`."""

    def keys(*names: str) -> None:
        for name in names:
            key = QKeySequence(name)[0]
            qtbot.keyClick(window.windowHandle(), key.key(), key.keyboardModifiers())

    return keys


@pytest.fixture
def write(qtbot: QtBot, window: MainWindow) -> Callable[[str], None]:
    """Type text in the real window, over what is selected."""

    def text(characters: str) -> None:
        for character in characters:
            qtbot.keyClick(window.windowHandle(), character)

    return text


def made_to(lot: str, usable_days: int, **facts: object) -> Batch:
    """Return a batch that has `usable_days` usable days today."""
    beyond_use = TODAY + timedelta(days=usable_days - 1)
    return a_batch(lot=lot, beyond_use=beyond_use, prepared=beyond_use - timedelta(days=365), **facts)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Collect no cycles in the midst of a test: the program does not do so either (`ui.collector`)."""
    if Path(__file__).parent in item.path.parents:
        gc.freeze()
        gc.disable()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    """Let no test leave a widget, a thread or a cycle behind: the next one would meet it."""
    yield
    if Path(__file__).parent not in item.path.parents:
        return
    gc.collect()
    gc.enable()
    application = QApplication.instance()
    if application is not None:
        application.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    left = [type(widget).__name__ for widget in QApplication.topLevelWidgets() if widget.isVisible()]
    others = (thread for thread in threading.enumerate() if thread is not threading.main_thread())
    running = [thread.name for thread in others if not thread.name.startswith("Dummy-")]  # Qt's own, which it keeps
    assert (left, running) == ([], []), "a test leaves something behind"
