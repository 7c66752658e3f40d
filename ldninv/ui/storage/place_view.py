"""One place: what its record says, the chart of it, what happened there, and where a batch stood meanwhile."""

from __future__ import annotations

from datetime import UTC, tzinfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QSplitter, QVBoxLayout, QWidget

from ldninv.domain.storage.profile import CRT
from ldninv.domain.storage.profiles import profile
from ldninv.domain.stored import Storage
from ldninv.services.storage.looking import Seen
from ldninv.ui import theme, words
from ldninv.ui.acting.fields import ActionButton
from ldninv.ui.buttons import Chip
from ldninv.ui.flow import FlowLayout
from ldninv.ui.pill import Pill
from ldninv.ui.storage import columns, signs, telling
from ldninv.ui.storage.bars import Lanes, bars_of
from ldninv.ui.storage.chart import Chart
from ldninv.ui.storage.filters import FILTERS
from ldninv.ui.storage.place_record import Record
from ldninv.ui.storage.record import SignedLast
from ldninv.ui.storage.stood import WhereItStood
from ldninv.ui.storage.strip import Strip
from ldninv.ui.table import RowTableModel
from ldninv.ui.table_view import TableView

_SPANS = ((30.0, "30 days"), (90.0, "90 days"), (365.0, "A year"))


class PlaceView(QWidget):
    """Chart and list show the same events: what is chosen in one is chosen in the other."""

    left = Signal()
    daily_asked = Signal()
    """The daily checks of the place."""
    paper_asked = Signal()
    """Its storage record on paper."""
    event_asked = Signal(object)
    """Carries the `Seen` that is to be told."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.record: Record | None = None
        self._shown: list[Seen] = []
        self.back = ActionButton(self.tr("All places"), "arrow-left", self)
        self.sign = Pill(signs.OF_LEVEL[Storage.NOT_MONITORED], self)
        self.title = QLabel(self)
        self.title.setFont(theme.scaled(self.font(), 1.3, bold=True))
        self.title.setWordWrap(True)
        self.summary = QLabel(self)
        self.summary.setWordWrap(True)
        self.summary.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.chart = Chart(self)
        self.events_strip = Strip(self.tr("Events"), self)
        self.stays_strip = Strip(self.tr("Batch"), self)
        self.spans = [ActionButton(self.tr(word), "calendar", self) for _, word in _SPANS]
        self.whole = ActionButton(self.tr("All"), "calendar", self)
        self.nearer = ActionButton(self.tr("Nearer"), "magnify-plus", self)
        self.further = ActionButton(self.tr("Further"), "magnify-minus", self)
        self.batch = WhereItStood(self.stays_strip, self)
        self.daily = ActionButton(self.tr("Daily checks…"), "thermometer-check", self)
        self.paper = ActionButton(self.tr("Storage record…"), "printer", self)
        self.signed = SignedLast(self)
        self.chips = [Chip(each.sign, each.about(CRT), self) for each in FILTERS]
        self.model: RowTableModel[Seen] = RowTableModel(columns.events(self._zone), parent=self)
        self.none = QLabel(self.tr("Nothing happened here that this filter shows."), self)
        self._slot = QVBoxLayout()
        self.table = TableView(self.model, self.tr("Events"), self)
        self._lay_out()
        self._connect()

    def show_record(self, record: Record) -> None:
        """Show a place; what is seen of the same place stays as it is."""
        same = self.record is not None and self.record.now.place.name == record.now.place.name
        self.record = record
        place, limits = record.now.place, profile(record.now.place.profile)
        self.title.setText(place.name)
        self.sign.show_sign(signs.of_place(record.now, record.today))
        self.summary.setText(telling.summary(record.now, record.zone, record.today))
        self.signed.show_signed(record.signed)
        self.chart.setAccessibleName(self.tr("Temperature at {place}").format(place=place.name))
        said = (self.summary.text(), telling.curves(record.curves, record.zone))
        self.chart.setAccessibleDescription(" ".join(filter(None, said)))
        self.chart.show_curves(record.curves, limits, record.zone)
        for chip, each in zip(self.chips, FILTERS, strict=True):
            chip.setToolTip(each.about(limits))
            chip.setVisible(each.offered(limits))
        if not next(each for chip, each in zip(self.chips, FILTERS, strict=True) if chip.isChecked()).offered(limits):
            self.chips[0].setChecked(True)
        self.batch.show_stood(record.stood, place.name, record.zone)
        self._count()
        self._filter(keep=same)
        if not same:
            self.chart.choose(None)
            self.chart.show_last(90)

    def start(self) -> QWidget:
        """Return what the focus goes to first."""
        return self.chart

    def choose(self, seen: Seen | None) -> None:
        """Mark an event in chart, bars and list."""
        number = self._shown.index(seen) if seen in self._shown else -1
        self.events_strip.choose(number)
        self.chart.choose(None if seen is None else seen.happening.span)
        if number >= 0 and self.table.currentIndex().row() != number:
            self.table.selectRow(number)

    def chosen(self) -> Seen | None:
        """Return the event in hand."""
        number = self.table.currentIndex().row()
        return self._shown[number] if 0 <= number < len(self._shown) else None

    def step(self, way: int) -> None:
        """Go to the next event in time (1), or to the one before (−1); the list has the newest first."""
        if not self._shown:
            return
        now = self.table.currentIndex().row()
        number = len(self._shown) - 1 if now < 0 and way > 0 else max(0, now) - way if now >= 0 else 0
        self.table.selectRow(min(max(number, 0), len(self._shown) - 1))

    def _zone(self) -> tzinfo:
        return UTC if self.record is None else self.record.zone

    def _count(self) -> None:
        events = self.record.events if self.record else ()
        for chip, each in zip(self.chips, FILTERS, strict=True):
            chip.show_count(sum(map(each.shows, events)))

    def _filter(self, *, keep: bool = False) -> None:
        """Show the events of the chip that is on."""
        if self.record is None:
            return
        held = self.chosen() if keep else None
        which = next(each for chip, each in zip(self.chips, FILTERS, strict=True) if chip.isChecked())
        self._shown = [each for each in self.record.events if which.shows(each)]
        lanes = Lanes.among(self.record.curves, self.record.events, self.tr("Events"))
        bars = bars_of(self._shown, self.record.zone, lanes)
        count = words.counted(len(bars), self.tr("event"), self.tr("events"))
        self.events_strip.show_bars(bars, count, lanes.rows)
        with self.table.staying(same=keep):
            self.model.show_rows(self._shown)
        self.none.setVisible(not self._shown)
        self.table.setVisible(bool(self._shown))
        again = next((each for each in self._shown if held and each.happening.thread == held.happening.thread), None)
        self.choose(again)

    def _ranged(self, first: float, last: float) -> None:
        for strip in (self.events_strip, self.stays_strip):
            strip.show_range(first, last, *self.chart.margins)

    def _open(self) -> None:
        seen = self.chosen()
        if seen is not None:
            self.event_asked.emit(seen)

    def _connect(self) -> None:
        self.daily.clicked.connect(self.daily_asked)
        self.paper.clicked.connect(self.paper_asked)
        self.back.clicked.connect(lambda _checked=False: self.left.emit())
        for button, (days, _) in zip(self.spans, _SPANS, strict=True):
            button.clicked.connect(lambda _checked=False, days=days: self.chart.show_last(days))
        self.whole.clicked.connect(lambda _checked=False: self.chart.show_all())
        self.nearer.clicked.connect(lambda _checked=False: self.chart.zoom(0.5))
        self.further.clicked.connect(lambda _checked=False: self.chart.zoom(2))
        self.chart.ranged.connect(self._ranged)
        self.chart.next_asked.connect(self.step)
        self.chart.open_asked.connect(self._open)
        self.events_strip.pressed.connect(lambda number: self.choose(self._shown[number]))
        self.table.chosen.connect(lambda number: self.choose(self._shown[number]))
        self.table.activated.connect(lambda _index: self._open())
        group = QButtonGroup(self)
        for chip in self.chips:
            group.addButton(chip)
            chip.clicked.connect(lambda _checked=False: self._filter())
        self.chips[0].setChecked(True)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.step(self, 3))
        head.addWidget(self.back)
        head.addWidget(self.sign)
        head.addWidget(self.title, 1)
        tools = QWidget(self)
        flow = FlowLayout(theme.step(self, 1), tools)
        for each in (*self.spans, self.whole, self.nearer, self.further, self.batch, self.daily, self.paper):
            flow.addWidget(each)
        splitter = QSplitter(Qt.Orientation.Vertical, self)
        splitter.addWidget(self._charted())
        splitter.addWidget(self._listed())
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(theme.step(self, 2))
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)
        splitter.setSizes([theme.step(self, 90), theme.step(self, 50)])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.step(self, 2))
        layout.addLayout(head)
        layout.addWidget(self.summary)
        layout.addWidget(self.signed)
        layout.addWidget(tools)
        layout.addWidget(splitter, 1)

    def _charted(self) -> QWidget:
        """Return the chart over its bars."""
        chart = QWidget(self)
        above = QVBoxLayout(chart)
        above.setContentsMargins(0, 0, 0, 0)
        above.setSpacing(0)
        above.addWidget(self.chart, 1)
        above.addWidget(self.events_strip)
        above.addWidget(self.stays_strip)
        return chart

    def _listed(self) -> QWidget:
        """Return the list of events under its chips."""
        chips = QWidget(self)
        row = FlowLayout(theme.step(self, 1), chips)
        for chip in self.chips:
            row.addWidget(chip)
        listed = QWidget(self)
        below = QVBoxLayout(listed)
        below.setContentsMargins(0, 0, 0, 0)
        below.addWidget(chips)
        below.addWidget(self.table, 1)
        below.addWidget(self.none, 1, Qt.AlignmentFlag.AlignTop)
        listed.setMinimumHeight(9 * self.fontMetrics().height())
        return listed
