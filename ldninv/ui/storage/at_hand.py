"""The place in hand among all: the chart of its last month, or what is known of it without one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, tzinfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from ldninv.domain.storage.profiles import profile
from ldninv.domain.stored import Storage
from ldninv.services.context import Context
from ldninv.services.storage import daily, looking
from ldninv.services.storage.drawn import Drawn, drawn
from ldninv.services.storage.looking import Seen
from ldninv.services.storage.places_now import PlaceNow
from ldninv.services.storage.recorded import LATELY
from ldninv.ui import theme, words
from ldninv.ui.acting.fields import ActionButton
from ldninv.ui.flow import FlowLayout
from ldninv.ui.pill import Pill
from ldninv.ui.storage import columns, signs, telling
from ldninv.ui.storage.bars import Lanes, about, bars_of
from ldninv.ui.storage.chart import Chart
from ldninv.ui.storage.strip import Strip
from ldninv.ui.table import RowTableModel
from ldninv.ui.table_view import TableView


@dataclass(frozen=True, slots=True)
class InHand:
    """What is shown of the place in hand."""

    now: PlaceNow
    today: date
    zone: tzinfo
    drawn: tuple[Drawn, ...]
    """The last month that was recorded, of each logger; empty where no reading is kept."""
    events: Sequence[Seen]
    """Newest first: of that month, or where there is no chart all that happened, what waits for a pharmacist before."""
    by_hand: str = ""
    """What its daily checks say of the last two weeks, where somebody reads a thermometer there."""


def read(context: Context, now: PlaceNow, zone: tzinfo) -> InHand:
    """Read what is shown of a place; a month at one minute takes a moment, so it is for a worker.

    Raises:
        Refused: there is no such place.
    """
    place, last = now.place.name, now.last
    if last is None:
        events = sorted(looking.events(context, place=place), key=lambda each: not each.waiting)
        by_hand = telling.checks(*daily.lately(context, place)) if now.read_by_hand else ""
        return InHand(now, context.today(), zone, (), events, by_hand)
    span = (last.at - LATELY, last.at + 1)
    events = looking.events(context, place=place, span=span)
    return InHand(now, context.today(), zone, drawn(context, place, span), events)


class AtHand(QWidget):
    """In the chart Page Up and Page Down go from event to event; Enter opens the event in hand, else the place."""

    opened = Signal()
    """The place is to be opened."""
    event_asked = Signal(object)
    """Carries the `Seen` that is to be told."""
    import_asked = Signal()
    daily_asked = Signal()
    """Its daily checks are to be shown."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("The place in hand"))
        self.found: InHand | None = None
        self._chosen = -1
        self.sign = Pill(signs.OF_LEVEL[Storage.NOT_MONITORED], self)
        self.title = QLabel(self)
        self.title.setFont(theme.scaled(self.font(), 1.15, bold=True))
        self.title.setWordWrap(True)
        self.open = ActionButton(self.tr("Open the place"), "home-thermometer", self)
        self.bring = ActionButton(self.tr("Import a logger's file…"), "tray-arrow-down", self)
        self.daily = ActionButton(self.tr("Daily checks…"), "thermometer-check", self)
        self.says = QLabel(self)
        self.says.setWordWrap(True)
        self.says.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.chart = Chart(self)
        self.strip = Strip(self.tr("Events"), self)
        self.model: RowTableModel[Seen] = RowTableModel(columns.events(self._zone), parent=self)
        self.table = TableView(self.model, self.tr("Events of the place in hand"), self)
        self.views = QStackedWidget(self)
        self._ways, self._charted = QWidget(self), QWidget(self)
        self._lay_out()
        self._connect()

    @property
    def place(self) -> str:
        """The place that is shown; empty before there is one."""
        return "" if self.found is None else self.found.now.place.name

    def show_found(self, found: InHand) -> None:
        """Show another place, or the same as it is now."""
        self.found = found
        self.sign.show_sign(signs.of_place(found.now, found.today))
        self.title.setText(found.now.place.name)
        self.says.setText(telling.in_brief(found.now, found.zone, found.today, found.events, found.by_hand))
        charted = bool(found.drawn)
        ways = (self.daily, self.bring) if found.now.read_by_hand else (self.bring, self.daily)
        for way in ways:
            self._flow.removeWidget(way)
            self._flow.addWidget(way)
        self.setTabOrder(*ways)
        self.open.setVisible(charted)
        self._ways.setVisible(not charted)
        self.views.setVisible(charted or bool(found.events))
        if charted:
            self._draw(found)
        else:
            with self.table.staying(same=True):
                self.model.show_rows(found.events, key=lambda each: each.happening.thread)
        self.views.setCurrentWidget(self._charted if charted else self.table)

    def choose(self, number: int) -> None:
        """Mark an event in chart and bars; −1 marks none."""
        self._chosen = number
        seen = self._seen()
        self.strip.choose(number)
        self.chart.choose(None if seen is None else seen.happening.span)
        if seen is not None and self.found is not None:
            self.says.setText(about(seen, self.found.zone))

    def _draw(self, found: InHand) -> None:
        self.chart.setAccessibleName(self.tr("Temperature at {place}").format(place=found.now.place.name))
        said = (self.says.text(), telling.curves(found.drawn, found.zone))
        self.chart.setAccessibleDescription(" ".join(filter(None, said)))
        self.chart.show_curves(found.drawn, profile(found.now.place.profile), found.zone)
        count = words.counted(len(found.events), self.tr("event"), self.tr("events"))
        lanes = Lanes.among(found.drawn, found.events, self.tr("Events"))
        self.strip.show_bars(bars_of(found.events, found.zone, lanes), count, lanes.rows)
        self._chosen = -1
        self.chart.choose(None)
        self.chart.show_all()

    def _seen(self) -> Seen | None:
        events = () if self.found is None else self.found.events
        return events[self._chosen] if 0 <= self._chosen < len(events) else None

    def _step(self, way: int) -> None:
        """Go to the next event in time (1), or to the one before (−1); the newest is the first of them."""
        count = 0 if self.found is None else len(self.found.events)
        if count:
            self.choose(min(max(self._chosen - way, 0), count - 1) if self._chosen >= 0 else 0)

    def _go(self) -> None:
        seen = self._seen()
        if seen is None:
            self.opened.emit()
        else:
            self.event_asked.emit(seen)

    def _tell(self, number: int) -> None:
        if self.found is not None and 0 <= number < len(self.found.events):
            self.event_asked.emit(self.found.events[number])

    def _zone(self) -> tzinfo:
        return UTC if self.found is None else self.found.zone

    def _connect(self) -> None:
        self.open.clicked.connect(lambda _checked=False: self.opened.emit())
        self.bring.clicked.connect(lambda _checked=False: self.import_asked.emit())
        self.daily.clicked.connect(lambda _checked=False: self.daily_asked.emit())
        self.chart.ranged.connect(lambda first, last: self.strip.show_range(first, last, *self.chart.margins))
        self.chart.next_asked.connect(self._step)
        self.chart.open_asked.connect(self._go)
        self.strip.pressed.connect(self._tell)
        self.table.activated.connect(lambda index: self._tell(index.row()))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.step(self, 3))
        head.addWidget(self.sign)
        head.addWidget(self.title, 1)
        head.addWidget(self.open)
        self._flow = FlowLayout(theme.step(self, 1), self._ways)
        for way in (self.bring, self.daily):
            self._flow.addWidget(way)
        charted = QVBoxLayout(self._charted)
        charted.setContentsMargins(0, 0, 0, 0)
        charted.setSpacing(0)
        charted.addWidget(self.chart, 1)
        charted.addWidget(self.strip)
        for view in (self._charted, self.table):
            self.views.addWidget(view)
        self.table.setMinimumHeight(6 * self.fontMetrics().height())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.step(self, 2), 0, 0)
        layout.setSpacing(theme.step(self, 2))
        layout.addLayout(head)
        layout.addWidget(self.says)
        layout.addWidget(self._ways)
        layout.addWidget(self.views, 1)
        layout.addStretch(0)
