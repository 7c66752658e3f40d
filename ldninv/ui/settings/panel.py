"""A group of settings: a title, what it is for, and its fields, each under its name."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from ldninv.ui import theme


class Panel(QFrame):
    """A card of fields below one another, no wider than one reads."""

    def __init__(self, title: str, about: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setMaximumWidth(theme.letters(self, 130))
        self.fields = QVBoxLayout(self)
        pad = theme.step(self, 5)
        self.fields.setContentsMargins(pad, pad, pad, pad)
        self.fields.setSpacing(theme.step(self, 1))
        heading = QLabel(title, self)
        heading.setFont(theme.scaled(self.font(), 1.25, bold=True))
        heading.setWordWrap(True)
        self.fields.addWidget(heading)
        self.line(about)

    def add(self, name: str, field: QWidget) -> QLabel:
        """Add a field under its name, and return the label."""
        label = QLabel(name, self)
        label.setBuddy(field)
        label.setFont(theme.scaled(self.font(), 1, bold=True))
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
        label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.fields.addWidget(label)
        self._gap()
        return label

    def _gap(self) -> None:
        self.fields.addSpacing(theme.step(self, 2))
