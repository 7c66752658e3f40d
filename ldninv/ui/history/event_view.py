"""The chosen event of the trail in words, with the way to its batch."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QFrame,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ldninv.services.trail import Line
from ldninv.ui import icons, theme, words
from ldninv.ui.blank import Blank
from ldninv.ui.card_parts import Facts, Said
from ldninv.ui.history import event_table
from ldninv.ui.ring import FocusRing


class EventView(QFrame):
    """One event in words: what changed from what to what, and why."""

    lot_asked = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("The chosen event"))
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.line: Line | None = None
        self._lot = ""
        self._title = Said(self, 1.4, bold=True)
        self.facts = Facts(self)
        self.batch = QPushButton(self.tr("Open the batch"), self)
        icons.put_on(self.batch, "pill-multiple")
        self.batch.clicked.connect(lambda _checked=False: self.lot_asked.emit(self._lot))
        self._stack = QStackedWidget(self)
        blank = Blank("history", self)
        blank.say(self.tr("No event chosen"), self.tr("Choose one in the list: it is told here in words."))
        self._stack.addWidget(blank)
        self._stack.addWidget(self._scrolling())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)

    def show_line(self, line: Line | None, lot: str = "") -> None:
        """Show an event, and the way to the batch `lot` that it is about; None shows that there is none."""
        self.line, self._lot = line, lot
        self._stack.setCurrentIndex(0 if line is None else 1)
        if line is not None:
            self._title.say(self.tr("Event {number}").format(number=words.grouped(line.event.number)))
            self.facts.show_facts(event_table.facts(line))
            self.batch.setVisible(bool(lot))

    def _scrolling(self) -> QScrollArea:
        inside = QWidget(self)
        inside.setBackgroundRole(QPalette.ColorRole.Base)
        column = QVBoxLayout(inside)
        pad = theme.step(self, 3)
        column.setContentsMargins(pad, pad, pad, pad)
        column.setSpacing(theme.step(self, 2))
        column.addWidget(self._title)
        column.addWidget(self.facts)
        column.addWidget(self.batch, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        area = QScrollArea(self)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName(self.tr("What the event says"))
        area.setWidget(inside)
        FocusRing(area)
        return area
