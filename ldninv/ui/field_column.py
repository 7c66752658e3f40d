"""Fields below one another, each under its name, with lines that say something between them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from ldninv.ui import theme


class FieldColumn(QFrame):
    """What the forms beside the card and the groups of settings have in common: a title, and fields below it."""

    def __init__(self, title: str, factor: float, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self.heading = QLabel(title, self)
        self.heading.setFont(theme.scaled(self.font(), factor, bold=True))
        self.heading.setWordWrap(True)
        self.fields = QVBoxLayout()
        self.fields.setSpacing(theme.step(self, 1))

    def add(self, name: str, field: QWidget) -> QLabel:
        """Add a field under its name, and return the label."""
        label = QLabel(name, self)
        label.setBuddy(field)
        if not field.accessibleName():
            field.setAccessibleName(name.replace("&", ""))
        self.fields.addWidget(label)
        self.fields.addWidget(field)
        self._gap()
        return label

    def line(self, text: str = "") -> QLabel:
        """Add a line that says something, and return it."""
        label = QLabel(text, self)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.fields.addWidget(label)
        self._gap()
        return label

    def _gap(self) -> None:
        self.fields.addSpacing(theme.step(self, 2))
