"""The Storage page: the places as they are now, one of them with its chart, one event with the batches it touched."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, tzinfo
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSettings, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QStackedWidget, QWidget

from ldninv.domain.signs import Tone
from ldninv.services.context import Change, Context
from ldninv.services.storage import loggers, looking
from ldninv.services.storage.drawn import span_of
from ldninv.services.storage.looking import Seen
from ldninv.services.storage.places_now import PlaceNow, places_now
from ldninv.ui import words
from ldninv.ui.acting.form import Outcome
from ldninv.ui.jobs import Jobs
from ldninv.ui.news import News
from ldninv.ui.pages import Page, column, heading, scrolling
from ldninv.ui.reading import Reading
from ldninv.ui.shortcuts import Shortcut
from ldninv.ui.storage import place_record
from ldninv.ui.storage.errands import Doing
from ldninv.ui.storage.event_view import EventView
from ldninv.ui.storage.nothing import NothingRecorded
from ldninv.ui.storage.overview import Overview
from ldninv.ui.storage.place_record import Record
from ldninv.ui.storage.place_view import PlaceView
from ldninv.ui.waiting_files import WaitingFiles


class StoragePage(Page):
    """Reads and judges on a worker; Esc goes back by one."""

    concerns = Change.BATCHES | Change.LEDGER | Change.PLACES
    shortcuts = (
        Shortcut("Enter", "Open the place, or tell the event, that is in hand"),
        Shortcut("← →  + −", "In the chart: move, and go nearer or further; Home shows all of it"),
        Shortcut("Page Up, Page Down", "In the chart: from event to event"),
    )

    import_asked = Signal()
    """A logger's file is to be chosen."""
    files_asked = Signal()
    """The files that wait in the folder that is watched are to be read."""
    folder_asked = Signal()
    """Another folder is to be watched."""
    lot_asked = Signal(str)
    """A batch is to be shown."""

    def __init__(
        self, context: Context, news: News, jobs: Jobs, memory: QSettings, parent: QWidget | None = None
    ) -> None:
        super().__init__(news, parent)
        self._context = context
        self._reading = Reading(jobs, self.refresh, self)
        self._open = ""
        self._found: Sequence[PlaceNow] = ()
        self.overview = Overview(context, jobs, self._zone_of, self)
        self.model, self.table = self.overview.model, self.overview.table
        self.waiting = WaitingFiles(self)
        self.nothing = NothingRecorded(self)
        self.place = PlaceView(self)
        self.event_view = EventView(context, self.banner, self)
        self.doing = Doing(context, news, jobs, memory, self)
        self._before: QWidget = self.table
        self.views = QStackedWidget(self)
        self._areas: dict[QWidget, QWidget] = {
            view: self._area(view) for view in (self.table, self.nothing, self.place, self.event_view, self.doing)
        }
        for area in self._areas.values():
            self.views.addWidget(area)
        layout = column(self)
        for part in (heading(self.tr("Storage"), self), self.banner, self.waiting):
            layout.addWidget(part)
        layout.addWidget(self.views, 1)
        self._by_hand = False
        self._connect()

    @property
    def shown(self) -> QWidget:
        """What is seen: the places, that there are none, one of them, or an event."""
        return next(view for view, area in self._areas.items() if area is self.views.currentWidget())

    @property
    def busy(self) -> bool:
        """Whether it still reads."""
        return self._reading.busy or self.overview.busy

    def refresh(self) -> None:
        """Read again what is seen."""
        wanted = self._open
        self._reading.start(
            lambda: self._read(wanted),
            lambda read: self._show(wanted, *read),
            lambda why: self.banner.tell_error(why, self.refresh),
        )

    def show_waiting(self, folder: Path | None, files: Sequence[Path], why: str = "") -> None:
        """Say how many loggers' files wait in the folder that is watched, or why it cannot be read."""
        self.waiting.show_waiting(folder, files, why)

    def open_place(self, name: str) -> None:
        """Show one place."""
        self.banner.clear()
        if self.shown is self.doing:
            self.doing.put_away()
            self._turn_to(self.table)
        self._open = name
        self.refresh()

    def show_places(self) -> None:
        """Go back to all of them."""
        self._open = ""
        self._turn_to(self.table)
        self.table.setFocus()
        self.refresh()

    def aside(self) -> None:
        """Put the notice away, then go back by one."""
        if self.banner.text:
            self.banner.clear()
        elif self.shown is self.doing:
            self._leave_doing()
        elif self.shown is self.event_view and not self.event_view.put_away():
            self._leave_event()
        elif self.shown is self.place:
            self.show_places()

    def _read(self, wanted: str) -> tuple[list[PlaceNow], Record | None]:
        """Read the places, and all that is shown of one; on a worker."""
        found = places_now(self._context)
        now = next((each for each in found if each.place.name == wanted), None)
        return found, None if now is None else place_record.read(self._context, now)

    def _show(self, wanted: str, found: list[PlaceNow], record: Record | None) -> None:
        """Show what was read; of another place than is wanted by now, it is read next."""
        self._found = found
        self.doing.refresh()
        if wanted != self._open:
            self._reading.once_more()
        elif record is not None:
            self._show_record(record)
        elif not self._open:
            self._list(found)
        else:
            self._nothing_there()

    def _list(self, found: list[PlaceNow]) -> None:
        """Show the places as they are now; an event that was opened from among them stays, as it is now."""
        self.overview.show_places(found)
        seen = self.event_view.seen
        if self.shown is self.event_view and seen is not None:
            self.event_view.show_seen(looking.event(self._context, seen.happening.id), self.event_view.zone)
            return
        recorded = any(each.judged is not None or each.loggers or each.read_by_hand or each.waiting for each in found)
        self.nothing.by_hand.setVisible(bool(found))
        view = self.table if recorded or (self._by_hand and found) else self.nothing
        if self.shown is self.doing:
            self._before = view
        else:
            self._turn_to(view)

    def _show_record(self, record: Record) -> None:
        opened = self.shown not in {self.place, self.event_view, self.doing}
        self.place.show_record(record)
        if opened:
            self._turn_to(self.place)
            self.place.start().setFocus()
        seen = self.event_view.seen
        if self.shown is self.event_view and seen is not None:
            same = (each for each in record.events if each.happening.thread == seen.happening.thread)
            self.event_view.show_seen(next(same, seen), record.zone)

    def _turn_to(self, view: QWidget) -> None:
        self.views.setCurrentWidget(self._areas[view])

    def _area(self, view: QWidget) -> QWidget:
        """Let a view scroll where it is taller than the page; tables do so by themselves."""
        if view is self.table:
            return self.overview
        view.setBackgroundRole(QPalette.ColorRole.Window)
        return scrolling(view, view.accessibleName() or self.tr("Storage"), self, sideways=True)

    def _tell_waiting(self, place: str) -> None:
        """Say of a place without a chart what waits there for a pharmacist, and lead to it."""
        seen = looking.events(self._context, place=place, waiting=True)
        if seen:
            worst = max(seen, key=lambda each: (each.happening.level.harm, each.happening.start))
            says = self.tr("{place}: {count} for a pharmacist to decide. The worst is of {day}.")
            count = words.counted(len(seen), self.tr("event"), self.tr("events"))
            look = (self.tr("Look at it"), lambda: self._show_event(worst))
            told = says.format(place=place, count=count, day=worst.happening.day)
            self.banner.tell(told, Tone.LOOK, actions=[look])

    def _show_event(self, seen: Seen) -> None:
        """Show an event of the place in hand, or of one that has no chart."""
        self._open = ""
        now = next(each for each in self._found if each.place.name == seen.happening.place)
        self._turn_to_event(seen, self._zone_of(now))

    def _choose_by_hand(self) -> None:
        """Let a place be chosen whose thermometer is read once a day."""
        self._by_hand = True
        self.show_places()
        says = self.tr("Choose a place, and Daily checks: lowest, highest, now, one line a day.")
        self.banner.tell(says, Tone.QUIET)

    def _nothing_there(self) -> None:
        """Show the daily checks of a place that is read by hand; say of one that nobody watches what to do."""
        place, self._open = self._open, ""
        month = partial(self._do, lambda: self.doing.show_month(place))
        if any(row.place.name == place and row.read_by_hand for row in self._found):
            month()
        else:
            text = self.tr("{place} has no record yet: nothing to draw. Import its logger's file.")
            offer = (self.tr("Import a logger's file…"), self.import_asked.emit)
            self.banner.tell(text.format(place=place), actions=[offer, (self.tr("Daily checks by hand…"), month)])
        self._tell_waiting(place)

    def _tell(self, seen: Seen) -> None:
        if self.place.record is not None:
            self._turn_to_event(seen, self.place.record.zone)

    def _turn_to_event(self, seen: Seen, zone: tzinfo) -> None:
        self.banner.clear()
        self.event_view.show_seen(seen, zone)
        self._turn_to(self.event_view)
        self.event_view.start().setFocus()

    def _acted(self, outcome: Outcome) -> None:
        self.banner.tell(outcome.text, outcome.tone)
        self.news.changed.emit(outcome.changed)

    def _do(self, begin: Callable[[], None]) -> None:
        """Open a form or the month's sheet in the place of what is seen."""
        self.banner.clear()
        self._before = self._before if self.shown is self.doing else self.shown
        with self.banner.calm(lambda: self._do(begin)):
            begin()
            self._turn_to(self.doing)

    def _leave_doing(self) -> None:
        self.banner.clear()
        if self.doing.back():
            return
        self.doing.put_away()
        self._turn_to(self._before)
        (self.place.start() if self._before is self.place else self._before).setFocus()

    def _done(self, outcome: Outcome) -> None:
        self._leave_doing()
        self.banner.tell(outcome.text, outcome.tone)
        self.look_again()

    def _show_paper(self) -> None:
        record = self.place.record
        if record is not None:
            place, zone = record.now.place.name, record.zone
            last = min(datetime.fromtimestamp(span_of(record.curves)[1], zone).date(), self._context.today())
            self._do(lambda: self.doing.ask_record(place, last))

    def _leave_event(self) -> None:
        """Go back to where it was opened: the place, or all of them."""
        if self._open:
            self._turn_to(self.place)
            self.place.start().setFocus()
        else:
            self.show_places()

    def _zone_of(self, now: PlaceNow) -> tzinfo:
        if now.loggers:
            return loggers.zone_of(now.loggers[0].zone)
        return self._context.now().tzinfo or UTC

    def _connect(self) -> None:
        self.overview.opened.connect(self.open_place)
        self.overview.failed.connect(lambda why: self.banner.tell_error(why, self.refresh))
        in_hand = self.overview.in_hand
        in_hand.event_asked.connect(self._show_event)
        in_hand.import_asked.connect(self.import_asked)
        in_hand.daily_asked.connect(partial(self._do, lambda: self.doing.show_month(in_hand.place)))
        self.nothing.import_asked.connect(self.import_asked)
        self.nothing.by_hand_asked.connect(self._choose_by_hand)
        self.waiting.files_asked.connect(self.files_asked)
        self.waiting.folder_asked.connect(self.folder_asked)
        self.place.left.connect(self.show_places)
        self.place.event_asked.connect(self._tell)
        self.place.daily_asked.connect(lambda: self._do(lambda: self.doing.show_month(self._open)))
        self.place.paper_asked.connect(self._show_paper)
        self.doing.left.connect(self._leave_doing)
        self.doing.done.connect(self._done)
        self.event_view.left.connect(self._leave_event)
        self.event_view.acted.connect(self._acted)
        self.event_view.lot_asked.connect(self.lot_asked)
