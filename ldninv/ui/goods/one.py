"""One component lot: its word, until when and how much, where it went, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QTabWidget, QVBoxLayout, QWidget

from ldninv.services.components import ComponentCard
from ldninv.ui import theme
from ldninv.ui.acting.fields import ActionButton
from ldninv.ui.card_parts import Facts, Said, Verdict
from ldninv.ui.flow import FlowLayout
from ldninv.ui.goods import lines, tables
from ldninv.ui.pages import scrolling

_ROWS = 7
"""Of the tables that are seen at least; in large text the card scrolls."""


class OneLot(QWidget):
    """A card; what is done with it takes a form of the page's."""

    left = Signal()
    receive_asked = Signal()
    count_asked = Signal()
    dispose_asked = Signal()
    date_asked = Signal()
    recall_asked = Signal()
    lot_asked = Signal(str)
    """A batch that it went into is to be opened."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.card: ComponentCard | None = None
        self.verdict = Verdict(self)
        self.title = Said(self, 1.4, bold=True)
        self.facts = Facts(self)
        self.receive = ActionButton(self.tr("Receive more"), "package-down", self, first=True)
        self.count = ActionButton(self.tr("Count"), "counter", self)
        self.dispose = ActionButton(self.tr("Dispose"), "trash-can", self)
        self.date = ActionButton(self.tr("Another date"), "calendar-edit", self)
        self.recall = ActionButton(self.tr("Recall…"), "bullhorn", self)
        self.back = ActionButton(self.tr("All component lots"), "arrow-left", self)
        self.batches = tables.batches(self)
        self.movements = tables.movements(self)
        self.tabs = QTabWidget(self)
        self._lay_out()
        self._connect()

    def show_card(self, card: ComponentCard) -> None:
        """Show a component lot as it is now."""
        self.card = card
        part = card.known.component
        self.verdict.show_sign(card.known.sign)
        self.title.say(self.tr("{name}, lot {lot}").format(name=part.name, lot=part.lot))
        self.facts.show_facts(lines.facts(card))
        self.batches.rows.show_rows(card.batches)
        self.movements.rows.show_rows(card.movements)
        self.tabs.setTabText(0, self.tr("Where it went ({number})").format(number=card.known.batches))
        there = card.product is not None
        for button in (self.count, self.dispose):
            button.setVisible(there)
        self.recall.setVisible(card.known.recalled is None)
        self._bar.updateGeometry()

    def start(self) -> QWidget:
        """Return what the focus goes to."""
        return self.receive

    def _connect(self) -> None:
        acts: tuple[tuple[ActionButton, Callable[[], object]], ...] = (
            (self.receive, self.receive_asked.emit),
            (self.count, self.count_asked.emit),
            (self.dispose, self.dispose_asked.emit),
            (self.date, self.date_asked.emit),
            (self.recall, self.recall_asked.emit),
            (self.back, self.left.emit),
        )
        for button, act in acts:
            button.clicked.connect(lambda _checked=False, act=act: act())
        self.batches.asked.connect(self._open_batch)

    def _open_batch(self, row: int) -> None:
        if self.card is not None:
            self.lot_asked.emit(self.card.batches[row])

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.step(self, 3))
        self.verdict.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        head.addWidget(self.verdict, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.title, 1)
        self._bar = QWidget(self)
        flow = FlowLayout(theme.step(self, 1), self._bar)
        for button in (self.receive, self.count, self.dispose, self.date, self.recall, self.back):
            flow.addWidget(button)
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName(self.tr("What happened to it"))
        self.tabs.addTab(self.batches, self.tr("Where it went"))
        self.tabs.addTab(self.movements, self.tr("What happened to it"))
        self.tabs.setMinimumHeight(_ROWS * self.batches.verticalHeader().defaultSectionSize())
        content = QWidget(self)
        inside = QVBoxLayout(content)
        inside.setContentsMargins(0, 0, theme.step(self, 1), 0)
        inside.setSpacing(theme.step(self, 2))
        inside.addLayout(head)
        inside.addWidget(self.facts)
        inside.addWidget(self._bar)
        inside.addWidget(self.tabs, 1)
        content.setBackgroundRole(QPalette.ColorRole.Window)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolling(content, self.tr("Component lot"), self))
