"""Fields below one another, each under its name, with lines that say something between them."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from ldninv.ui import theme
from ldninv.ui.flow import FlowLayout


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
        label.setWordWrap(True)
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


def side_by_side(named: Mapping[str, tuple[QWidget, int]], parent: QWidget) -> QWidget:
    """Return fields under their names, each so many letters wide, side by side as far as there is room."""
    whole = QWidget(parent)
    flow = FlowLayout(theme.step(parent, 4), whole)
    height = max(field.sizeHint().height() for field, _ in named.values())
    for name, (field, letters) in named.items():
        block = QWidget(whole)
        layout = QVBoxLayout(block)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.step(parent, 1))
        label = QLabel(name, block)
        label.setBuddy(field)
        if not field.accessibleName():
            field.setAccessibleName(name)
        field.setFixedSize(theme.letters(parent, letters), height)
        layout.addWidget(label)
        layout.addWidget(field)
        flow.addWidget(block)
    return whole
