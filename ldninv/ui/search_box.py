"""The one search box: what is typed filters, what is entered is looked up as a scan."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget

from ldninv.ui import icons, theme


class SearchBox(QLineEdit):
    """A field that is easy to hit; from it, *down* goes into the list."""

    left_down = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(self.tr("Search lot, strength, place, component lot – or scan a label (Ctrl+F)"))
        self.setAccessibleName(self.tr("Search or scan"))
        self.setFont(theme.scaled(self.font(), 1.15))
        icons.put_in(self, "magnify", QLineEdit.ActionPosition.LeadingPosition, self.tr("Search"))
        self.setClearButtonEnabled(True)
        for button in self.findChildren(QToolButton):
            if not button.defaultAction() or not button.defaultAction().text():
                button.setAccessibleName(self.tr("Empty the search"))
        self.setMinimumHeight(self.sizeHint().height() + theme.step(self, 2))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go into the list, or type."""
        if event.key() == Qt.Key.Key_Down:
            self.left_down.emit()
        else:
            super().keyPressEvent(event)
