"""A field to try the scanner in: it shows every key as it comes, and what became of them."""

from __future__ import annotations

from time import monotonic

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from ldninv.domain.scan.plain import GS
from ldninv.ui import theme
from ldninv.ui.ring import FocusRing
from ldninv.ui.scanner.burst import Decision, Fate, Stroke
from ldninv.ui.scanner.says import Heard, Sound

_LINES = 400
_NAMES = {"\r": "Enter", "\n": "Enter (line feed)", "\t": "Tab", " ": "Space", GS: "GS, the separator"}
_FIGURE_SPACE = "\u2007"
_IN_A_SCAN_S = 0.3
"""So soon after another key, Tab is a scanner's and does not leave the field."""
_LEAVES = frozenset({Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape})


class KeyField(QPlainTextEdit):
    """Takes every scan and every letter while it has the focus; none of it goes anywhere."""

    takes_badges = True

    heard = Signal(object)
    """Carries each `Stroke` as it comes, whatever becomes of it."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setFont(theme.tabular(self.font()))
        self.setMaximumBlockCount(_LINES)
        self.setPlaceholderText(self.tr("Click here, and scan a label: every key is shown as it comes."))
        self.setMinimumHeight(9 * self.fontMetrics().lineSpacing())
        FocusRing(self)
        self._last: int | None = None
        self._moments: list[int] = []
        self._heard_at = 0.0

    def hear_key(self, stroke: Stroke | None, decision: Decision) -> None:
        """Show a key with the time since the last one; None where only time passed."""
        if decision.replay:
            self._end(self.tr("Typing: {why}.").format(why=decision.why or self.tr("another key came")))
        elif decision.lead and not decision.doubt:
            self._say(self.tr("→ Typing: keys that came just before the scan."))
            self._moments = self._moments[decision.lead :]
        if stroke is None:
            return
        gap = 0 if self._last is None or decision.replay else stroke.at - self._last
        self._last, self._heard_at = stroke.at, monotonic()
        control = self.tr("Ctrl and {key}").format(key=stroke.control) if stroke.control else self.tr("another key")
        code = self.tr("Alt and {key}").format(key=stroke.text)
        name = code if stroke.code else _NAMES.get(stroke.text, stroke.text) or control
        self._say(f"+{gap:{_FIGURE_SPACE}>4} ms   {name}")
        if decision.fate is Fate.PASS:
            self._end("")
        else:
            self._moments.append(stroke.at)
        self.heard.emit(stroke)

    def take_scan(self, text: str) -> Heard:
        """Show what was scanned; nothing else is done with it."""
        says = self.tr("Scan: “{text}”, {count} characters").format(text=text.replace(GS, "␝"), count=len(text))
        keys = len(self._moments) - 1
        if keys > 0:
            each = round((self._moments[-1] - self._moments[0]) / keys)
            self._end(self.tr("{says}, {each} ms a key.").format(says=says, each=each))
        else:
            self._end(self.tr("{says}, by the serial port.").format(says=says))
        return Heard(self.tr("The scanner works: {count} characters.").format(count=len(text)), Sound.GOOD)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep letters to itself: elsewhere they would begin a search."""
        if event.key() in _LEAVES or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        else:
            event.accept()

    def focusNextPrevChild(self, following: bool) -> bool:  # noqa: FBT001 - Qt's own signature
        """Stay where a scanner sends Tab; a person's Tab leaves as ever."""
        return (monotonic() - self._heard_at < _IN_A_SCAN_S and following) or super().focusNextPrevChild(following)

    def _end(self, text: str) -> None:
        self._last = None
        self._moments = []
        if text:
            self._say(f"→ {text}")

    def _say(self, line: str) -> None:
        self.appendPlainText(line)
        self.moveCursor(QTextCursor.MoveOperation.End)
