"""One window for each database: a second start raises the first one's window and ends."""

from __future__ import annotations

import getpass
import hashlib
import os
import platform
import secrets
import socket
import sys
from contextlib import suppress
from pathlib import Path
from time import monotonic

from platformdirs import user_state_path
from PySide6.QtCore import QLockFile, QObject, QSocketNotifier, Signal

from ldninv.domain.refusal import Surroundings

_PATIENCE = 5.0
"""Seconds for a first window that is just starting, or busy."""

_SHORT = 0.3
"""Seconds for what is said at once."""

_HERE = "127.0.0.1"
_TOKEN = "XDG_ACTIVATION_TOKEN"  # noqa: S105 - Wayland's leave to come to the front, no secret


def key(database: Path) -> str:
    """Return a short name for a database as this person opens it on this computer, however its path is written."""
    whole = "\n".join((_account(), platform.node(), os.path.normcase(database.expanduser().resolve())))
    return hashlib.sha256(whole.encode()).hexdigest()[:16]


def _account() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


class OnlyOne(QObject):
    """Holds the place of the first window of a database, and hears of every further start.

    The lock decides who is first; beside it stand the port and the word by which the first one is called.
    """

    asked = Signal()
    """Somebody started the program again: show the window."""

    def __init__(self, database: Path, folder: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder or user_state_path("ldninv", appauthor=False) / "open"
        self._door = self._folder / f"{key(database)}.door"
        self._lock = QLockFile(str(self._door.with_suffix(".lock")))
        self._lock.setStaleLockTime(0)
        self._word = secrets.token_hex(16)
        self._listening: socket.socket | None = None

    def first(self, patience: float = _PATIENCE) -> bool:
        """Take the place, or raise the window that has it: False then.

        A lock that nobody stands behind, left by a power cut, holds nobody up.

        Raises:
            Surroundings: the first window does not answer.
        """
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
        until = monotonic() + patience
        while not self._lock.tryLock(50):
            if self._lock.error() is not QLockFile.LockError.LockFailedError:
                return True  # no place for a lock here: better two windows than none
            if self._raised(patience):
                return False
            if monotonic() > until:
                Path(self._lock.fileName()).unlink(missing_ok=True)
        self._listen()
        return True

    def leave(self) -> None:
        """Give the place up."""
        if self._listening is not None:
            self._notifier.setEnabled(False)
            self._listening.close()
            self._listening = None
            with suppress(OSError):
                self._door.unlink()
        self._lock.unlock()

    def _raised(self, patience: float) -> bool:
        """Ask the first window to show itself; False where nobody listens."""
        try:
            port, word = self._door.read_text("ascii").split()
            call = socket.create_connection((_HERE, int(port)), timeout=_SHORT)
        except (OSError, ValueError):
            return False
        if sys.platform == "win32":
            import ctypes  # noqa: PLC0415 - only there

            ctypes.windll.user32.AllowSetForegroundWindow(-1)
        with call:
            try:
                call.sendall(f"{word} {os.environ.get(_TOKEN, '')}\n".encode())
                call.settimeout(patience)
                return call.recv(1) == b"+"
            except TimeoutError as busy:
                raise Surroundings(
                    "A window on this database is open already, and does not answer. Wait a moment and start again, "
                    "or close it."
                ) from busy
            except OSError:
                return False

    def _listen(self) -> None:
        """Open a door on this computer alone, and say where it is to this person alone."""
        with suppress(OSError):
            listening = socket.create_server((_HERE, 0))
            self._listening = listening
            self._door.touch(mode=0o600)
            self._door.write_text(f"{listening.getsockname()[1]} {self._word}", "ascii")
            self._notifier = QSocketNotifier(listening.fileno(), QSocketNotifier.Type.Read, self)
            self._notifier.activated.connect(self._answer)

    def _answer(self) -> None:
        """Let one caller in."""
        if self._listening is None:
            return
        with suppress(OSError):
            call, _ = self._listening.accept()
            with call:
                call.settimeout(_SHORT)
                word, _, token = call.recv(1000).decode(errors="replace").strip().partition(" ")
                if secrets.compare_digest(word.encode(), self._word.encode()):
                    if token:
                        os.environ[_TOKEN] = token
                    self.asked.emit()
                    call.sendall(b"+")
