"""The trail to read: which events, the table of them, and the chosen one beside it."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import (
    QLabel,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ldninv.domain.audit import Asked
from ldninv.domain.refusal import Refused
from ldninv.domain.signs import Tone
from ldninv.services import lookup, trail
from ldninv.services.context import Context
from ldninv.services.documents import Saved
from ldninv.services.trail import Line
from ldninv.ui import icons, theme, words
from ldninv.ui.banner import Banner
from ldninv.ui.blank import Blank
from ldninv.ui.flow import FlowLayout
from ldninv.ui.history import event_table
from ldninv.ui.history.event_filter import EventFilter
from ldninv.ui.history.event_view import EventView
from ldninv.ui.jobs import Jobs
from ldninv.ui.news import News
from ldninv.ui.reading import Reading
from ldninv.ui.saving import ask_where
from ldninv.ui.table import RowTableModel
from ldninv.ui.table_view import TableView
from ldninv.ui.waiting import Waiting

_BESIDE = 150
"""Average letters of width from which the chosen event stands beside the table."""
_MOST_COPIED = 5000
_KINDS = {"csv": "CSV, for other programs", "pdf": "PDF, to print or send"}


@dataclass(frozen=True, slots=True)
class _Found:
    """What a worker brings."""

    asked: Asked
    numbers: array[int]
    people: list[str]
    actions: list[str]


class Events(QWidget):
    """Reads the numbers of a million events on a worker, and the events themselves a page at a time."""

    lot_asked = Signal(str)

    def __init__(self, context: Context, news: News, jobs: Jobs, banner: Banner, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._news, self._banner = context, news, banner
        self._reading = Reading(jobs, self.refresh, self)
        self._asked = Asked()
        self.filter = EventFilter(self)
        self.model = RowTableModel(event_table.columns(), lambda numbers: event_table.fetched(context, numbers), self)
        self.table = TableView(self.model, self.tr("Events"), self)
        self.told = EventView(self)
        self.count = QLabel(self)
        self.save = QPushButton(self.tr("Save these events…"), self)
        icons.put_on(self.save, "content-save")
        self.nothing = Blank("magnify-close", self)
        self._lists = QStackedWidget(self)
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.views = Waiting(jobs, self)
        self._opened = False
        self._lay_out()
        self._connect()

    def refresh(self) -> None:
        """Ask again which events there are."""
        try:
            asked = self._meant()
        except Refused as why:
            self._banner.tell_error(why)
            return
        failed = partial(self._banner.tell_error, again=self.refresh)
        self._reading.start(lambda: self._found_by(asked), self._found, failed)

    def show_number(self, number: int) -> None:
        """Show all events, with this one in hand."""
        self._wanted = number
        self.filter.clear()
        self.refresh()

    def aside(self) -> bool:
        """Put the event away where it hides the list, then the filter; return whether there was one."""
        if self._opened and not self._beside:
            self._opened = False
            self._make_room()
            self.table.setFocus()
            return True
        if not self.filter.clean:
            self.filter.clear()
            return True
        return False

    def start(self) -> QWidget:
        """Return what the focus goes to first."""
        return self.table if len(self.model.ids) else self.filter.lot

    def ask_where(self) -> None:
        """Ask under which name to save the events that are shown."""
        kinds = {suffix: self.tr(called) for suffix, called in _KINDS.items()}
        ask_where(self, self.tr("Save the events"), "audit-trail.csv", kinds, self.save_as)

    def save_as(self, path: Path) -> None:
        """Write the events that are shown to a file; its ending says which kind."""
        asked = self._asked
        self._banner.clear()
        self.views.run(
            self.tr("Saving {file}…").format(file=path.name),
            lambda progress: trail.export(self._context, path, asked, progress=progress),
            done=self._saved,
            failed=lambda why: self._banner.tell_error(why, lambda: self.save_as(path)),
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put list and event side by side, or one over the other."""
        super().resizeEvent(event)
        self._make_room()

    def _meant(self) -> Asked:
        """Return which events are asked for; the label of a batch is read as its lot."""
        asked = self.filter.asked
        if asked.lot is None:
            return asked
        found = lookup.scan(self._context, asked.lot)
        if found.error is not None:
            raise Refused(found.error)
        if found.card is not None and found.card.kept.batch.lot != asked.lot:
            self.filter.read_as(found.card.kept.batch.lot)
        return self.filter.asked

    def _found_by(self, asked: Asked) -> _Found:
        here = self._context
        return _Found(asked, trail.numbers(here, asked), trail.people(here), trail.actions(here))

    def _found(self, found: _Found) -> None:
        same, self._asked = found.asked == self._asked, found.asked
        self.filter.show_choices(found.people, found.actions)
        held = self.table.selected_ids() if self.table.selected_count() == 1 else []
        with self.table.staying(same):
            self.model.show_ids(found.numbers)
            self.table.select_only(held[0] if held and same else 0)
        self._say(len(found.numbers))
        self._take_in_hand()

    _wanted = 0

    def _take_in_hand(self) -> None:
        """Take the event in hand that was asked for, or go on with the one that is told."""
        wanted, self._wanted = self._wanted, 0
        if wanted and self.filter.clean and wanted in self.model.ids:
            self.table.select_only(wanted)
            self.table.scrollTo(self.table.currentIndex())
            self._opened = True
        elif not len(self.model.ids):
            self.told.show_line(None)
            self._opened = False
        self._make_room()

    def _say(self, count: int) -> None:
        self.count.setText(words.counted(count, self.tr("event"), self.tr("events")))
        self.save.setEnabled(bool(count))
        if not count and self.filter.clean:
            self.nothing.say(self.tr("No event yet"), self.tr("What is done from now on is told here, for good."))
        elif not count:
            self.nothing.say(self.tr("No event fits"), self.tr("Ask for other days, another person or another kind."))
        self.nothing.offers[0].setVisible(not self.filter.clean)
        self._lists.setCurrentIndex(0 if count else 1)

    def _chosen(self, number: int) -> None:
        """Tell the event in hand, unless that would hide the list; what the focus alone came to is chosen too."""
        if not self.table.selected_count():
            self.table.selectRow(number)
        if self._beside:
            self._tell(number)

    def _open(self, number: int) -> None:
        self._tell(number)
        self._opened = True
        self._make_room()

    def _tell(self, number: int) -> None:
        line = self.model.row(number)
        with self._banner.calm():
            self.told.show_line(line, self._lot_of(line))

    def _lot_of(self, line: Line | None) -> str:
        """Return the lot of the batch that an event is about; empty where it is about something else."""
        if line is None or not line.event.subject:
            return ""
        card = lookup.scan(self._context, line.event.subject).card
        return "" if card is None else card.kept.batch.lot

    def _copy(self) -> None:
        numbers = self.table.selected_ids() if self.table.selected_count() <= _MOST_COPIED else []
        if not numbers:
            says = self.tr("Too many events to copy. Save them as a file instead.")
            self._banner.tell(says, Tone.QUIET)
            return
        with self._banner.calm(self._copy):
            QGuiApplication.clipboard().setText(self.model.as_text(numbers, self.table.shown_columns))

    def _saved(self, saved: Saved) -> None:
        said = [self.tr("Saved as {file}.").format(file=saved.file), *saved.notices]
        self._banner.tell(" ".join(said), Tone.LOOK if saved.notices else Tone.GOOD)
        self._news.changed.emit(saved.changed)

    @property
    def _beside(self) -> bool:
        return self.width() >= theme.letters(self, _BESIDE)

    def _make_room(self) -> None:
        told = self._beside or self._opened
        self.told.setVisible(told and bool(len(self.model.ids)))
        self._lists.setVisible(self._beside or not self._opened)

    def _lay_out(self) -> None:
        self.nothing.offer(self.tr("Show all"), "history", self.filter.clear)
        self._lists.addWidget(self.table)
        self._lists.addWidget(self.nothing)
        self._splitter.addWidget(self._lists)
        self._splitter.addWidget(self.told)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setHandleWidth(theme.step(self, 2))
        self._splitter.setSizes([theme.letters(self, 120), theme.letters(self, 52)])
        shown = QWidget(self)
        below = QWidget(self)
        flow = FlowLayout(theme.step(self, 3), below)
        flow.addWidget(self.save)
        flow.addWidget(self.count)
        inside = QVBoxLayout(shown)
        inside.setContentsMargins(0, theme.step(self, 2), 0, 0)
        inside.setSpacing(theme.step(self, 2))
        for part in (self.filter, self._splitter, below):
            inside.addWidget(part, int(part is self._splitter))
        self.views.addWidget(shown)
        self.views.setCurrentWidget(shown)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.views)

    def _connect(self) -> None:
        self.filter.changed.connect(self._asked_anew)
        self.save.clicked.connect(lambda _checked=False: self.ask_where())
        self.table.chosen.connect(self._chosen)
        self.table.activated.connect(lambda index: self._open(index.row()))
        self.table.clicked.connect(lambda index: self._open(index.row()))
        self.table.copy_asked.connect(self._copy)
        self.model.failed.connect(lambda why: self._banner.tell_error(why, self.refresh))
        self.told.lot_asked.connect(self.lot_asked)

    def _asked_anew(self) -> None:
        self._banner.clear()
        self._opened = False
        self.refresh()
