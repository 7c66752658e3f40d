"""The scanner of this workstation: takes scans, finds what they mean, and says so in a line and a sound."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings
from PySide6.QtWidgets import QApplication

from ldninv.domain.refusal import Surroundings
from ldninv.services import lookup, people
from ldninv.services.context import Context
from ldninv.services.lookup import Kind
from ldninv.ui.scanner import answers, says, settings, taking
from ldninv.ui.scanner.burst import Burst
from ldninv.ui.scanner.capture import Capture
from ldninv.ui.scanner.pace import ScannerSettings
from ldninv.ui.scanner.says import Heard
from ldninv.ui.scanner.serial_port import Link, SerialPort
from ldninv.ui.scanner.sounds import Sounds, player

if TYPE_CHECKING:
    from ldninv.ui.window import MainWindow

_AGAIN_S = 1.5
"""So long the same code is the same deed."""


class Scanner(QObject):
    """One for the program; its window may be another one after a change of text size."""

    def __init__(
        self,
        application: QApplication,
        context: Context,
        memory: QSettings,
        window: Callable[[], MainWindow],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._window = window
        self._settings = settings.kept(memory)
        self._last: tuple[str, float, Heard] | None = None
        self.sounds = Sounds(application.beep, player())
        self.capture = Capture(application, self._burst(), self)
        self.capture.scanned.connect(self._typed)
        self.capture.doubted.connect(self._doubted)
        self._port: SerialPort | None = None
        self._link: Link | None = None
        self._open_port()

    def settle(self, wanted: ScannerSettings) -> None:
        """Go on with other settings."""
        again = _line(wanted) != _line(self._settings)
        self._settings = wanted
        self.capture.settle(self._burst())
        if again:
            self._close_port()
            self._open_port()

    def show_link(self) -> None:
        """Say in the window how it stands with the scanner; it may be another window than before."""
        self._window().errands.show_scanner(self._settings.port, self._link)

    def leave(self) -> None:
        """Let go of what outlives the window."""
        self.capture.leave()
        self._close_port()
        self.sounds.leave()

    def take(self, text: str, *, after_typing: bool = False) -> None:
        """Answer a scan, wherever the program is; a person may have typed a key just before, which is no part of it."""
        now = monotonic()
        self._context.seat.touch()
        if self._last is not None and self._last[0] == text and now - self._last[1] <= _AGAIN_S:
            heard = says.again(self._last[2])
            self._last = (text, now, self._last[2])
        else:
            heard = self._answered(text)
            self._last = (text, monotonic(), heard)
        self._say(says.after_typing(heard) if after_typing else heard)

    def _say(self, heard: Heard) -> None:
        self._window().status.advise(heard.line)
        if self._settings.sound:
            self.sounds.play(heard.sound)

    def _typed(self, text: str) -> None:
        self.take(text, after_typing=self.capture.led)

    def _open_port(self) -> None:
        """Listen to the serial port that was chosen, if one was; what it sends goes the way of what is typed."""
        if self._settings.port:
            name, speed, framing = _line(self._settings)
            self._port = SerialPort(name, self, speed=speed, framing=framing)
            self._port.scanned.connect(self.take)
            self._port.linked.connect(self._linked)
            self._port.start()
        self.show_link()

    def _close_port(self) -> None:
        if self._port is not None:
            self._port.leave()
            self._port.deleteLater()
        self._port = self._link = None

    def _linked(self, link: Link) -> None:
        if self.sender() is self._port:
            self._link = link
            self.show_link()

    def _doubted(self) -> None:
        self._say(says.IN_DOUBT)

    def _answered(self, text: str) -> Heard:
        window = self._window()
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.close()
        return taking.take(text, window, badge=self._is_badge(text)) or answers.take(self._context, window, text)

    def _is_badge(self, text: str) -> bool:
        with suppress(Surroundings):
            return people.of_badge(self._context, text) is not None and not lookup.scan(self._context, text).names
        return False

    def _burst(self) -> Burst:
        return Burst(self._settings, self._names)

    def _names(self, text: str) -> bool:
        """Whether a text is a code, or names something here: a batch, goods, a place or a person's badge.

        Few characters are a code only as a whole: any number that begins with 10 could be the code of some lot.
        """
        with suppress(Surroundings):
            answer = lookup.scan(self._context, text)
            if len(text) < self._settings.sure:
                named = answer.names and answer.reading is None and not answer.candidates
            else:
                named = answer.place is not None or answer.kind not in {Kind.UNKNOWN, Kind.INVALID}
            return named or self._is_badge(text)
        return False


def _line(settings: ScannerSettings) -> tuple[str, int, str]:
    """Return what a serial port is opened with: its name, speed and framing."""
    return settings.port, settings.speed, settings.framing
