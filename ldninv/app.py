"""The window's composition root: opens the database, builds the context, shows the window."""

from __future__ import annotations

import os
import sys
import threading
from contextlib import suppress
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from ldninv.db import Store, default_url, open_store, place_of
from ldninv.domain.refusal import Refused, Surroundings
from ldninv.domain.surroundings import qt_missing
from ldninv.services.context import on_this_computer

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from ldninv.ui.only_one import OnlyOne

_OF_THE_FIRST_PAGE = (
    "logging.handlers",
    "ldninv.services.today",
    "ldninv.services.safety",
    "ldninv.ui.words",
    "ldninv.ui.filters",
)
"""What it needs that knows no Qt."""

WITHOUT_A_WINDOW = "The command line works without one: ldninv --help."


def main(argv: list[str]) -> int:
    """Open the window on the database of the environment or the user's data folder, and return the exit status."""
    del argv
    url, today = os.environ.get("LDNINV_DATABASE"), os.environ.get("LDNINV_TODAY")
    try:
        return open_window(url, day=date.fromisoformat(today) if today else None)
    except ValueError:
        print(f"LDNINV_TODAY is “{today}”, which is no day. Write it as YYYY-MM-DD.", file=sys.stderr)
        return 2
    except (Refused, Surroundings) as said:
        print(said, file=sys.stderr)
        return 1


def open_window(url: str | None = None, *, day: date | None = None, user: str | None = None) -> int:
    """Show the window until it is closed, and return the exit status.

    Raises:
        Refused: no such database, or none of ours.
        Surroundings: no screen, or Qt's libraries are missing.
    """
    load_before_qt()
    obstacle = no_window()
    if obstacle is not None:
        raise Surroundings(obstacle)
    from ldninv.ui import logbook
    from ldninv.ui.only_one import OnlyOne, key

    address = url or default_url()
    file = place_of(address)
    started = application()
    place = OnlyOne(file)
    if not place.first():
        return 0
    log = logbook.begin(f"ldninv-{key(file)[:8]}")
    try:
        return _run(started, place, open_store(address, create=url is None), day, user)
    finally:
        logbook.end(log)
        place.leave()


def _run(started: QApplication, place: OnlyOne, store: Store, day: date | None, user: str | None) -> int:
    """Show the window until it is closed, and tell in it what nobody expected."""
    from ldninv.ui.collector import COLLECTOR
    from ldninv.ui.mistakes import Mistakes
    from ldninv.ui.running import Running

    before = sys.excepthook, threading.excepthook
    try:
        running = Running(started, on_this_computer(store, day=day, user=user), store.name)
        mistakes = Mistakes(running.tell, running)
        sys.excepthook, threading.excepthook = mistakes, mistakes.in_thread
        place.asked.connect(running.to_front)
        running.show()
        with COLLECTOR.between_events(running):
            status = started.exec()
        running.let_keys_be()
        return status
    finally:
        sys.excepthook, threading.excepthook = before
        store.close()


def raised(url: str) -> bool:
    """Whether a window on this database was open already; it stands before all others then."""
    from ldninv.ui.only_one import OnlyOne

    place = OnlyOne(place_of(url))
    if not place.first():
        return True
    place.leave()
    return False


def application() -> QApplication:
    """Return the application that windows live in; it has to be made before anything is drawn for paper."""
    from PySide6.QtWidgets import QApplication

    from ldninv.ui.application import make_application

    running = QApplication.instance()
    return running if isinstance(running, QApplication) else make_application(sys.argv[:1])


def load_before_qt() -> None:
    """Import what can be imported before Qt, which reads the source of every module that is imported after it."""
    for name in _OF_THE_FIRST_PAGE:
        import_module(name)


def no_window() -> str | None:
    """Return why no window can open here and what to do about it; None where one can."""
    try:
        import PySide6.QtWidgets
    except ImportError as error:
        return str(qt_missing(error))
    if not sys.platform.startswith("linux") or "QT_QPA_PLATFORM" in os.environ:
        return None
    if not _screen_answers():
        return f"There is no screen here, so no window opens. {WITHOUT_A_WINDOW}"
    if "WAYLAND_DISPLAY" in os.environ:
        return None
    import ctypes

    plugin = Path(PySide6.__file__).parent / "Qt" / "plugins" / "platforms" / "libqxcb.so"
    try:
        ctypes.CDLL(str(plugin))
    except OSError as error:
        return str(qt_missing(ImportError(str(error))))
    return None


def _screen_answers() -> bool:
    """Whether the named X screen takes a connection; Qt would abort the whole program otherwise."""
    if "WAYLAND_DISPLAY" in os.environ:
        return True
    host, _, screen = os.environ.get("DISPLAY", "").partition(":")
    number = screen.partition(".")[0]
    if not number.isdigit():
        return False
    import socket

    with suppress(OSError), socket.socket(socket.AF_UNIX if not host else socket.AF_INET) as door:
        door.settimeout(3)
        if host:
            door.connect((host, 6000 + int(number)))
            return True
        for name in (f"/tmp/.X11-unix/X{number}", f"\0/tmp/.X11-unix/X{number}"):  # noqa: S108 - where X listens
            with suppress(OSError):
                door.connect(name)
                return True
    return False


def check_window() -> None:
    """Open the window on an empty database, paint it once and close it: what a package is checked with.

    Raises:
        RuntimeError: it painted nothing.
    """
    from tempfile import TemporaryDirectory

    from ldninv.ui.window import MainWindow

    with TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{folder}/check.db", create=True)
        running = application()
        window = MainWindow(on_this_computer(store), store.name)
        window.show()
        running.processEvents()
        picture = window.grab()
        window.close()
        store.close()
    if picture.isNull():
        raise RuntimeError("the window painted nothing")
