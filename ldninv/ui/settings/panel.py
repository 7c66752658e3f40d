"""A group of settings: a title, what it is for, and its fields, each under its name."""

from __future__ import annotations

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from ldninv.ui import theme
from ldninv.ui.field_column import FieldColumn


class Panel(FieldColumn):
    """A card of fields below one another, no wider than one reads."""

    def __init__(self, title: str, about: str, parent: QWidget) -> None:
        super().__init__(title, 1.25, parent)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setMaximumWidth(theme.letters(self, 130))
        layout = QVBoxLayout(self)
        pad = theme.step(self, 5)
        layout.setContentsMargins(pad, pad, pad, pad)
        layout.setSpacing(self.fields.spacing())
        layout.addWidget(self.heading)
        layout.addLayout(self.fields)
        self.line(about)

    def add(self, name: str, field: QWidget) -> QLabel:
        """Add a field under its name, which is bold: one looks for it among many."""
        label = super().add(name, field)
        label.setFont(theme.scaled(self.font(), 1, bold=True))
        return label

    def line(self, text: str = "") -> QLabel:
        """Add a line that says something, in the background of the fields."""
        label = super().line(text)
        label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        return label
