"""A scanner on a serial port: a thread that reads it, and opens it again whenever it comes back."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from ldninv.ui.scanner.frames import Frames
from ldninv.ui.scanner.pace import ScannerSettings

SPEEDS = (1_200, 2_400, 4_800, 9_600, 19_200, 38_400, 57_600, 115_200)
"""Bits a second that scanners can be set to; over USB the number means nothing."""
FRAMINGS = ("8N1", "8E1", "8O1", "7E1", "7O1", "7N2")
"""Data bits, parity (none, even, odd) and stop bits that they can be set to."""
_LOOK_S = 0.2
"""So long one read waits at most: so fast the thread ends."""
USUAL = ScannerSettings()
AGAIN_S = 1.0
"""Between two tries to open a port that is not there."""

MISSING = (
    "Serial scanners need the package “pyserial”, which is not installed here. Install it with “pip install pyserial” "
    "where ldninv is installed, and start ldninv again."
)


class Link(StrEnum):
    """How it stands with the port."""

    OPEN = "open"
    AWAY = "away"
    """Unplugged, or used by another program: it is tried again and again."""
    MISSING = "missing"
    """pyserial is not installed."""


@dataclass(frozen=True, slots=True)
class Port:
    """A serial port of this computer."""

    name: str
    """What it is opened by."""
    about: str
    """What the system says is plugged in there."""


def available() -> bool:
    """Whether serial scanners can be read here."""
    try:
        import serial  # noqa: F401, PLC0415 - an extra; 20 ms that only its users pay
    except ImportError:
        return False
    return True


def ports() -> list[Port]:
    """Return the serial ports that this computer has now, those with something plugged in first."""
    if not available():
        return []
    from serial.tools import list_ports  # noqa: PLC0415 - the same

    found = sorted(list_ports.comports(), key=lambda each: (each.vid is None, each.device))
    return [Port(each.device, each.description if each.description != "n/a" else "") for each in found]


class SerialPort(QObject):
    """Reads one port until it is left; its signals come from the thread, and are queued to whoever lives elsewhere."""

    scanned = Signal(str)
    linked = Signal(object)
    """Carries the `Link`."""

    def __init__(
        self,
        name: str,
        parent: QObject | None = None,
        *,
        speed: int = USUAL.speed,
        framing: str = USUAL.framing,
        again_s: float = AGAIN_S,
    ) -> None:
        """Name the port, its speed in bits a second and its framing; `again_s` seconds are between two tries."""
        super().__init__(parent)
        self.name = name
        self._speed, self._framing = speed, framing
        self._again_s = again_s
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._follow, name=f"scanner {name}", daemon=True)
        self._said: Link | None = None

    def start(self) -> None:
        """Begin to read; what is said before somebody listens is lost."""
        self._thread.start()

    def leave(self) -> None:
        """Let the port go."""
        self._over.set()
        if self._thread.is_alive():
            self._thread.join()

    def _follow(self) -> None:
        """Open it, read it, and try again when it is gone."""
        if not available():
            self._say(Link.MISSING)
            return
        while not self._over.is_set():
            self._read()
            self._over.wait(self._again_s)

    def _read(self) -> None:
        """Read until it is left, or the port is gone."""
        import serial  # noqa: PLC0415 - an extra

        frames = Frames()
        bits, parity, stops = int(self._framing[0]), self._framing[1], int(self._framing[2])
        try:
            with serial.Serial(self.name, self._speed, bits, parity, stops, _LOOK_S, exclusive=True) as port:
                self._say(Link.OPEN)
                while not self._over.is_set():
                    for code in frames.feed(port.read(port.in_waiting or 1)):
                        self.scanned.emit(code)
        except (OSError, ValueError):  # pyserial's own errors are OSErrors; settings that a port refuses, a ValueError
            self._say(Link.AWAY)

    def _say(self, link: Link) -> None:
        if link is not self._said and not self._over.is_set():
            self._said = link
            self.linked.emit(link)
