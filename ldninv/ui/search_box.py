"""The lines that narrow a list as one types; in the one search box, what is entered is looked up as a scan."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QKeyCombination, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget

from ldninv.ui import icons, theme
from ldninv.ui.acting.fields import Field

_CONTROL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
_EDITS = frozenset(
    {
        *(QKeyCombination(_CONTROL, key) for key in map(Qt.Key, map(ord, "ACVXYZ"))),
        QKeyCombination(_CONTROL | _SHIFT, Qt.Key.Key_Z),
    }
)


class SearchLine(Field):
    """A field that is easy to hit; from it, *down* goes into the list."""

    left_down = Signal()

    def __init__(self, hint: str, name: str, parent: QWidget | None, *, factor: float = 1) -> None:
        super().__init__(parent=parent)
        self.setPlaceholderText(hint)
        self.setAccessibleName(name)
        self.setFont(theme.scaled(self.font(), factor))
        icons.put_in(self, "magnify", QLineEdit.ActionPosition.LeadingPosition, self.tr("Search"))
        self.setMinimumHeight(self.sizeHint().height() + theme.step(self, 2))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go into the list, or type."""
        if event.key() == Qt.Key.Key_Down:
            self.left_down.emit()
        else:
            super().keyPressEvent(event)


class SearchBox(SearchLine):
    """Where a scan arrives too, whatever page it was made on.

    The cursor stands here after a scan: what is done with the card by its keys must not move the cursor instead, as
    Ctrl+E does on some systems.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        hint = self.tr("Search lot, strength, place, component lot – or scan a label (Ctrl+F)")
        super().__init__(hint, self.tr("Search or scan"), parent, factor=1.15)
        self.setClearButtonEnabled(True)
        for button in self.findChildren(QToolButton):
            if not button.defaultAction() or not button.defaultAction().text():
                button.setAccessibleName(self.tr("Empty the search"))

    def event(self, event: QEvent) -> bool:
        """Leave the window its shortcuts, but for those that one edits with everywhere."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride:
            letter = Qt.Key.Key_A <= event.key() <= Qt.Key.Key_Z
            if letter and event.keyCombination() not in _EDITS and event.modifiers() & ~_SHIFT == _CONTROL:
                event.ignore()
                return True
        return super().event(event)
