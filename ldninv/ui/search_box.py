"""The lines that narrow a list as one types; in the one search box, what is entered is looked up as a scan."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget

from ldninv.ui import icons, theme
from ldninv.ui.acting.fields import Field


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
    """Where a scan arrives too, whatever page it was made on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        hint = self.tr("Search lot, strength, place, component lot – or scan a label (Ctrl+F)")
        super().__init__(hint, self.tr("Search or scan"), parent, factor=1.15)
        self.setClearButtonEnabled(True)
        for button in self.findChildren(QToolButton):
            if not button.defaultAction() or not button.defaultAction().text():
                button.setAccessibleName(self.tr("Empty the search"))
