"""The field that a scanner types into: large, and empty again after every scan."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from ldninv.ui import icons, theme
from ldninv.ui.acting.fields import Field


class ScanField(Field):
    """Takes what is scanned, or typed and entered, and waits for the next."""

    entered = Signal(str)
    """What was scanned; never empty."""

    def __init__(self, name: str, hint: str, parent: QWidget) -> None:
        super().__init__(parent=parent)
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setFont(theme.scaled(self.font(), 1.4))
        icons.put_in(self, "barcode-scan", QLineEdit.ActionPosition.LeadingPosition, name)
        self.setMinimumHeight(self.sizeHint().height() + theme.step(self, 2))
        self.returnPressed.connect(self._take)

    def _take(self) -> None:
        text = self.text().strip()
        self.clear()
        if text:
            self.entered.emit(text)
