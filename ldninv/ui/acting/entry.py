"""What forms beside the card and tasks of the settings have in common: fields, the way to do it, and the way out."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ldninv.services.context import Context
from ldninv.ui import theme
from ldninv.ui.acting.fields import ActionButton
from ldninv.ui.banner import Banner
from ldninv.ui.buttons import ENTER
from ldninv.ui.field_column import FieldColumn


class Entry(FieldColumn):
    """Enter does it from any field; a refusal stands in its banner, which each kind puts where it belongs."""

    left = Signal()
    """The way out was taken."""

    def __init__(self, context: Context, title: str, factor: float, ways: tuple[str, str], parent: QWidget) -> None:
        """Lay it out without fields; `ways` are the word and the icon of the way to do it."""
        super().__init__(title, factor, parent)
        self.context = context
        self.banner = Banner(self)
        self.enter = ActionButton(*ways, self, first=True)
        self.enter.setToolTip(self.tr("Enter"))
        self.enter.clicked.connect(self.confirm)
        self.leave = ActionButton(self.tr("Cancel"), "close", self)
        self.leave.setToolTip(self.tr("Esc"))
        self.leave.clicked.connect(self.left)
        self.below = QVBoxLayout()
        """What stands below the fields: the two ways, last."""
        self.below.setSpacing(theme.step(self, 2))
        row = QHBoxLayout()
        row.addWidget(self.enter)
        row.addWidget(self.leave)
        row.addStretch(1)
        self.below.addLayout(row)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.step(self, 1), 0, 0)
        layout.setSpacing(theme.step(self, 2))
        layout.addWidget(self.heading)
        layout.addLayout(self.fields)
        layout.addLayout(self.below)

    def confirm(self) -> None:
        """Do it, and say so."""
        raise NotImplementedError

    def start(self) -> QWidget:
        """Return the field that the focus goes to first."""
        return self.enter

    def mend(self) -> QWidget:
        """Return the field that a refusal points to."""
        return self.start()

    def show_whole(self) -> None:
        """Scroll so far that all of it is seen, or at least where it begins."""
        for part in (self.leave, self.start(), self.heading):
            show_whole(part)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Confirm by Enter, from any field."""
        if event.key() in ENTER:
            self.confirm()
        else:
            super().keyPressEvent(event)


def show_whole(field: QWidget) -> None:
    """Scroll a field into sight, where large text leaves it below the fold."""
    area = field.parentWidget()
    while area is not None and not isinstance(area, QScrollArea):
        area = area.parentWidget()
    content = None if area is None else area.widget()
    if area is None or content is None:
        return
    layout = content.layout()
    if layout is not None:
        layout.activate()
    area.ensureWidgetVisible(field)
