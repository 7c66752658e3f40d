"""One thing that happened: what it was, by which limits, and the batches that stood there."""

from __future__ import annotations

from datetime import UTC, tzinfo

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ldninv.domain.stored import Storage
from ldninv.services.context import Context
from ldninv.services.storage import dispensed, looking
from ldninv.services.storage.looking import Seen, TouchedBatch
from ldninv.ui import theme, words
from ldninv.ui.acting.fields import ActionButton
from ldninv.ui.acting.form import Outcome
from ldninv.ui.acting.slot import FormSlot
from ldninv.ui.banner import Banner
from ldninv.ui.card_parts import Facts
from ldninv.ui.pill import Pill
from ldninv.ui.storage import columns, signs, telling
from ldninv.ui.storage.decide import DecideForm
from ldninv.ui.storage.figures import moment
from ldninv.ui.table import Column, RowTableModel
from ldninv.ui.table_view import TableView

_ROWS, _ROWS_ABOVE_FORM = 8, 4
"""Batches that are seen at once; the table scrolls where there are more, and leaves the room to a form."""


class EventView(QWidget):
    """Told in words; Enter on a batch opens its card, where it is decided on."""

    left = Signal()
    lot_asked = Signal(str)
    acted = Signal(object)
    """Carries the `Outcome` of a decision."""

    def __init__(self, context: Context, banner: Banner, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._banner = context, banner
        self.seen: Seen | None = None
        self.zone: tzinfo = UTC
        self.back = ActionButton(self.tr("Back"), "arrow-left", self)
        self.sign = Pill(signs.OF_LEVEL[Storage.NOT_MONITORED], self)
        self.title = QLabel(self)
        self.title.setFont(theme.scaled(self.font(), 1.3, bold=True))
        self.title.setWordWrap(True)
        self.facts = Facts(self)
        self.touched = QLabel(self)
        self.touched.setWordWrap(True)
        self.dispensed = QLabel(self)
        self.dispensed.setWordWrap(True)
        self.model: RowTableModel[TouchedBatch] = RowTableModel(self._columns(), parent=self)
        self.table = TableView(self.model, self.tr("Batches that stood there"), self)
        self.decide = ActionButton(self.tr("Decide…"), "gavel", self, first=True)
        self.open = ActionButton(self.tr("Open the batch"), "pill-multiple", self)
        self._slot: FormSlot[DecideForm] = FormSlot()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.step(self, 2))
        head = QHBoxLayout()
        head.setSpacing(theme.step(self, 3))
        head.addWidget(self.back)
        head.addWidget(self.sign)
        head.addWidget(self.title, 1)
        layout.addLayout(head)
        ways = QHBoxLayout()
        ways.addWidget(self.decide)
        ways.addWidget(self.open)
        ways.addStretch(1)
        layout.addWidget(self.facts)
        layout.addLayout(ways)
        for part in (self.touched, self.table, self.dispensed):
            layout.addWidget(part)
        layout.addLayout(self._slot)
        layout.addStretch(1)
        self.back.clicked.connect(lambda _checked=False: self.left.emit())
        self.decide.clicked.connect(lambda _checked=False: self.ask())
        self.table.selected.connect(self._picked)
        self.table.clicked.connect(lambda _index: self._picked())  # also the row that is in hand already
        self.open.clicked.connect(lambda _checked=False: self._open())
        self.table.activated.connect(lambda _index: self._open())

    @property
    def form(self) -> DecideForm | None:
        """The form of the decision, where it is open."""
        return self._slot.form

    def show_seen(self, seen: Seen, zone: tzinfo) -> None:
        """Tell what happened."""
        if self.seen is None or self.seen.happening.id != seen.happening.id or not seen.waiting:
            self.put_away()
        self.seen, self.zone = seen, zone
        self.sign.show_sign(signs.of_happening(seen.happening))
        self.title.setText(telling.headline(seen.happening))
        before = telling.decided_before(seen, looking.versions(self._context, seen.happening.thread), self.tr)
        self.facts.show_facts((*telling.facts(seen, zone), *before))
        there = {each.lot for each in seen.batches if not each.touch.absent}
        count = words.counted(len(there), self.tr("batch"), self.tr("batches"))
        none = self.tr("No batch stood there then: nothing to decide.")
        self.touched.setText(self.tr("{count} stood there").format(count=count) if seen.batches else none)
        with self.table.staying(same=True):
            self.model.show_rows(sorted(seen.batches, key=lambda each: (each not in seen.waiting, each.lot)))
        if seen.batches and not self.table.currentIndex().isValid():
            self.table.selectRow(0)
        self.table.setVisible(bool(seen.batches))
        self._fit()
        said = telling.given_out(dispensed.since(self._context, seen))
        self.dispensed.setText(said)
        self.dispensed.setVisible(bool(said))
        self.open.setVisible(bool(seen.batches))
        self.decide.setVisible(bool(seen.waiting) and self.form is None)

    def ask(self) -> None:
        """Open the form of the decision; the batches that are selected are decided on, else all that wait."""
        seen = self.seen
        if seen is None or not seen.waiting or self.form is not None:
            return
        with self._banner.calm(self.ask):
            form = DecideForm(self._context, seen, self)
            self.decide.hide()
            self._slot.put(form, left=self.put_away, acted=self._decided)
            self._fit()
            self._chosen()
            QTimer.singleShot(0, form, form.show_whole)

    def put_away(self) -> bool:
        """Put the form away, and return whether there was one."""
        if not self._slot.put_away():
            return False
        self._fit()
        self.decide.setVisible(self.seen is not None and bool(self.seen.waiting))
        (self.decide if self.decide.isVisibleTo(self) else self.table).setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def start(self) -> QWidget:
        """Return what the focus goes to first."""
        return self.table if self.seen is not None and self.seen.batches else self.back

    def _fit(self) -> None:
        """Make the table as high as what it shows at once: with a form open its last button stays within reach."""
        rows = min(self.model.rowCount(), _ROWS if self.form is None else _ROWS_ABOVE_FORM)
        high = rows * self.table.verticalHeader().defaultSectionSize() + theme.step(self, 2)
        self.table.setFixedHeight(self.table.horizontalHeader().sizeHint().height() + high)

    def _chosen(self) -> None:
        """Tell the form as it opens which batches are selected; the row in hand alone is no choice among them yet."""
        if self.table.selected_count() > 1:
            self._picked()

    def _picked(self) -> None:
        """Tell the form which batches are selected: with the form open that is a choice, also of one alone."""
        if self.form is None:
            return
        ids = self.table.selected_ids()
        self.form.show_chosen(tuple(row for number in ids if (row := self.model.row(number)) is not None))

    def _decided(self, outcome: Outcome) -> None:
        self.put_away()
        self.acted.emit(outcome)
        self.table.setFocus()

    def _open(self) -> None:
        row = self.model.row(max(0, self.table.currentIndex().row()))
        if row is not None:
            self.lot_asked.emit(row.lot)

    def _columns(self) -> tuple[Column[TouchedBatch], ...]:
        def at(seconds: float) -> str:
            return moment(seconds, self.zone)

        return columns.titled(
            (
                Column(title="Lot", text=lambda row: row.lot, widest="LDN260888008W"),
                Column(
                    title="Decision",
                    text=lambda row: signs.OF_STATUS[row.status].word,
                    sign=lambda row: signs.OF_STATUS[row.status],
                    widest="Evidence changed",
                ),
                Column(
                    title="There from",
                    text=lambda row: self.tr("not at all") if row.touch.absent else at(row.touch.start),
                    widest="2026-11-28 12:00",
                ),
                Column(
                    title="to",
                    text=lambda row: "" if row.touch.absent else at(row.touch.end),
                    widest="2026-11-28 12:00",
                    yields=2,
                ),
                Column(
                    title="On hand",
                    text=lambda row: words.grouped(row.kept.stock.on_hand),
                    widest="10 000",
                    right=True,
                    yields=3,
                ),
                Column(
                    title="Decided",
                    text=lambda row: telling.decided(row, self.tr),
                    widest="shortened to 2026-11-28, by Chloé Martin: warm for a day",
                    yields=1,
                ),
            )
        )
