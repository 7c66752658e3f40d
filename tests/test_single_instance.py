"""Two real starts on one database: the first keeps its window, the second brings it to the front and ends."""

import os
import subprocess
import sys
import time

import pytest

from builders import TODAY, a_batch, at_work, keep
from ldninv.db import open_store

pytestmark = pytest.mark.needs_qt
PATIENCE = 60


def start(database, folder):
    """Start the program on a database, as a person does by its icon."""
    here = os.environ | {"LDNINV_DATABASE": f"sqlite:///{database}", "LDNINV_TODAY": TODAY.isoformat()}
    here |= {"QT_QPA_PLATFORM": "offscreen", "XDG_STATE_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    return subprocess.Popen(
        [sys.executable, "-m", "ldninv"], env=here, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


@pytest.fixture
def stocked(tmp_path):
    """A database with a batch, made and closed."""

    def make(name):
        store = open_store(str(tmp_path / name), create=True)
        keep(at_work(store), a_batch(lot="A1"))
        store.close()
        return tmp_path / name

    return make


@pytest.fixture
def begun(tmp_path):
    """Starts programs, and waits until their window is open; they are ended after the test."""
    running = []

    def begin(database):
        doors = tmp_path / "ldninv" / "open"
        known = set(doors.glob("*.door")) if doors.exists() else set()
        running.append(start(database, tmp_path))
        until = time.monotonic() + PATIENCE
        while not (doors.exists() and set(doors.glob("*.door")) - known):
            assert running[-1].poll() is None, running[-1].communicate()
            assert time.monotonic() < until
            time.sleep(0.05)
        return running[-1]

    yield begin
    for each in running:
        each.kill()
        each.communicate()


def test_a_second_start_ends_well_and_the_first_goes_on(begun, stocked, tmp_path):
    database = stocked("one.db")
    first = begun(database)
    second = start(database.parent / "." / "one.db", tmp_path)

    said = second.communicate(timeout=PATIENCE)
    assert (second.returncode, said) == (0, ("", ""))
    assert first.poll() is None


def test_a_lock_of_a_program_that_was_killed_holds_nobody_up(begun, stocked):
    database = stocked("one.db")
    first = begun(database)
    first.kill()
    first.communicate()
    for door in (database.parent / "ldninv" / "open").glob("*.door"):
        door.unlink()

    assert begun(database).poll() is None


def test_two_databases_are_open_side_by_side(begun, stocked):
    first, second = begun(stocked("one.db")), begun(stocked("two.db"))

    assert (first.poll(), second.poll()) == (None, None)


def test_the_command_line_works_while_the_window_is_open(begun, stocked):
    database = stocked("one.db")
    begun(database)
    waste = ["--database", f"sqlite:///{database}", "waste", "A1", "--capsules", "1", "--reason", "dropped"]

    done = subprocess.run(
        [sys.executable, "-m", "ldninv", *waste], capture_output=True, check=False, text=True, timeout=PATIENCE
    )
    assert done.returncode == 0, done.stderr
