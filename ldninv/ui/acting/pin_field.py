"""Where a PIN is typed: never shown, never read out, never copied, and forgotten where it is left standing."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ldninv.domain.people import LONGEST_BADGE, SHORTEST_PIN
from ldninv.domain.refusal import Refused
from ldninv.ui import theme
from ldninv.ui.acting.fields import Field
from ldninv.ui.scanner.says import Heard, Sound

_FORGOTTEN_MS = 60_000
"""After the last key: whoever comes to the screen later must not sign with it."""


_DIGITS_OF_GOODS = 12
"""So many digits the shortest code of goods has; no hand types them as fast as a scanner."""


class HiddenField(Field):
    """A field whose text nobody sees, such as a badge that is scanned; it is forgotten when it goes out of sight."""

    takes_badges = True

    def __init__(self, name: str, parent: QWidget, *, letters: int) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhHiddenText
            | Qt.InputMethodHint.ImhNoPredictiveText
        )
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setDragEnabled(False)
        self.setAcceptDrops(False)
        self.setMaxLength(LONGEST_BADGE)
        self.setFont(theme.tabular(theme.scaled(self.font(), 1.2)))
        self.setMaximumWidth(theme.letters(self, letters))
        self._left = QTimer(self, singleShot=True, interval=_FORGOTTEN_MS)
        self._left.timeout.connect(self.clear)
        self.textChanged.connect(self._typed)

    def take_scan(self, text: str) -> Heard | None:
        """Take a scan as if it was typed here, Enter and all; what it is stays unsaid."""
        self.setText(text)
        enter = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r")
        QCoreApplication.sendEvent(self, enter)
        return Heard(self.tr("Scanned into “{field}”.").format(field=self.accessibleName()), Sound.GOOD)

    def hideEvent(self, event: QHideEvent) -> None:
        """Forget it."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.clear()

    def _typed(self, text: str) -> None:
        if text:
            self._left.start()
        else:
            self._left.stop()


class PinField(HiddenField):
    """A PIN."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(name, parent, letters=24)
        self.setInputMethodHints(self.inputMethodHints() | Qt.InputMethodHint.ImhDigitsOnly)

    def take_scan(self, text: str) -> Heard | None:
        """Leave a scan to somebody else, as it counts as no try; digits that a quick hand typed are the PIN."""
        typed = text.isascii() and text.isdigit() and SHORTEST_PIN <= len(text) < _DIGITS_OF_GOODS
        return super().take_scan(text) if typed else None

    def pin(self) -> str:
        """Return the PIN that was typed; what cannot be one is forgotten, and counts as no try.

        Raises:
            Refused: nothing, or something else, such as a scan that landed here.
        """
        text = self.text()
        if not text:
            raise Refused("The PIN is missing. Type it.")
        if not (text.isascii() and text.isdigit()):
            self.clear()
            raise Refused("A PIN is digits alone, and that was something else. Type the PIN.")
        return text
