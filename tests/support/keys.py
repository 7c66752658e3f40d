"""Keys as they come to a window: with the moment of each, so that nothing has to wait for it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent

NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
_NAMED = {"\r": Qt.Key.Key_Return, "\t": Qt.Key.Key_Tab, "\x1d": Qt.Key.Key_BracketRight}
_PRESS, _RELEASE = QEvent.Type.KeyPress, QEvent.Type.KeyRelease


class Keys:
    """A keyboard: it sends to the window that has the focus, as the system does."""

    def __init__(self) -> None:
        self.at = 1_000

    def down(self, text, *, at=None, held=NONE, repeat=False):
        self._send(_PRESS, text, at, held, repeat=repeat)

    def up(self, text, *, at=None, held=NONE):
        self._send(_RELEASE, text, at, held)

    def scan(self, code, gap=5, suffix="\r", *, after=1_000):
        """Type a code as a scanner does, `after` the last key."""
        self.at += after
        for text in code + suffix:
            self.press(text)
            self.at += gap
        self.at -= gap

    def press(self, text):
        """Press and let go one key, with Shift and Control as a scanner holds them."""
        held = SHIFT if text.isupper() else Qt.KeyboardModifier.ControlModifier if text == "\x1d" else NONE
        if held is SHIFT:
            self._raw(_PRESS, Qt.Key.Key_Shift, SHIFT, "")
        self.down(text, held=held)
        self.up(text, held=held)
        if held is SHIFT:
            self._raw(_RELEASE, Qt.Key.Key_Shift, NONE, "")

    def _send(self, kind, text, at, held, *, repeat=False):
        self.at = self.at if at is None else at
        self._raw(kind, _NAMED.get(text) or Qt.Key(ord(text.upper())), held, text, repeat=repeat)

    def _raw(self, kind, key, held, text, *, repeat=False):
        event = QKeyEvent(kind, key, held, text, repeat)
        event.setTimestamp(self.at)
        QCoreApplication.sendEvent(QGuiApplication.focusWindow(), event)


def overlapping(text, overlaps, gap=100):
    """Return presses and releases of a fast typist in their order: the next key is down before the last one is up."""
    events = []
    for number, character in enumerate(text):
        pressed = 10_000 + gap * number
        released = pressed + gap + overlaps[number % len(overlaps)]
        events += [(pressed, 2 * number, "down", character), (released, 2 * number + 1, "up", character)]
    return [(at, kind, character) for at, _, kind, character in sorted(events)]
