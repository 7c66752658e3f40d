"""The Today page: one glance says what to do first, and every count leads to its list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette, QShowEvent
from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget

from ldninv.domain import signs
from ldninv.domain.concerns import Concern
from ldninv.domain.signs import Sign, Tone
from ldninv.domain.standing import State
from ldninv.services import today
from ldninv.services.context import Change, Context
from ldninv.services.today import Tally, Today
from ldninv.ui import ages, theme, words
from ldninv.ui.blank import Blank
from ldninv.ui.calm import CalmLine
from ldninv.ui.jobs import Job, Jobs
from ldninv.ui.news import News
from ldninv.ui.overlay import shown_over
from ldninv.ui.pages import Page, column, heading, scrolling
from ldninv.ui.shortcuts import Shortcut
from ldninv.ui.storage import tasks
from ldninv.ui.tiles import Tile, TileGrid
from ldninv.ui.waiting_files import WaitingFiles


@dataclass(frozen=True, slots=True)
class _Saying:
    """How a concern is put: where there is any, what to do then, and where there is none."""

    sign: Sign
    task: str
    none: str


_SAYINGS = {
    Concern.STOPPED: _Saying(
        Sign("Recalled, rejected or held", Tone.STOP, signs.OF_STATE[State.HELD].icon),
        "Keep these apart. Nothing of them is dispensed.",
        "Nothing is recalled, rejected or on hold",
    ),
    Concern.EXPIRED: _Saying(
        Sign("Expired, still on hand", Tone.STOP, signs.OF_STATE[State.EXPIRED].icon),
        "Take these off the shelf, and dispose of them.",
        "No expired stock on hand",
    ),
    Concern.THIS_WEEK: _Saying(
        Sign("Expires this week", Tone.STOP, "alarm"),
        "These will not see another weekly report.",
        "Nothing expires this week",
    ),
    Concern.NEAR_EXPIRY: _Saying(
        signs.NEAR_EXPIRY,
        "Dispense these first, while their date covers the supply.",
        "Nothing is near expiry",
    ),
    Concern.REVIEW: _Saying(
        Sign("Storage to review", Tone.LOOK, signs.REVIEW.icon),
        "Usable; a pharmacist looks at the record of their place.",
        "No usable batch has a storage record to review",
    ),
    Concern.QUARANTINED: _Saying(
        Sign("Waiting for release", Tone.LOOK, signs.OF_STATE[State.QUARANTINED].icon),
        "Check them and release them, or leave them locked.",
        "Nothing waits for release",
    ),
    Concern.AHEAD: _Saying(
        signs.NOT_YET_MADE,
        "Prepared on a day that lies ahead: check the date.",
        "",
    ),
}


class TodayPage(Page):
    """Counts on a worker, so that the window is there at once however much stands on the shelf."""

    concerns = Change.BATCHES | Change.LEDGER | Change.SETTINGS | Change.REPORTS
    shortcuts = (
        Shortcut("← ↑ → ↓", "Go from count to count"),
        Shortcut("Enter", "Show the batches behind a count"),
    )

    list_asked = Signal(object)
    """Carries the `Concern` whose batches are to be shown."""
    stock_asked = Signal()
    recalls_asked = Signal()
    """The recalls that are not closed are to be shown."""
    bin_asked = Signal()
    """Expired stock is to be taken off the shelf."""
    storage_asked = Signal()
    """What storage asks for is to be done."""
    dates_asked = Signal()
    """Dates that a rule would shorten are to be decided on."""
    report_asked = Signal()
    import_asked = Signal()
    files_asked = Signal()
    """The loggers' files that wait are to be read."""
    folder_asked = Signal()
    """Another folder is to be watched."""
    make_asked = Signal()
    demo_asked = Signal()

    def __init__(self, context: Context, news: News, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(news, parent)
        self._context = context
        self._jobs = jobs
        self._job: Job | None = None
        self.today: Today | None = None
        self.tiles = TileGrid(self)
        self.report = CalmLine("clipboard-text-clock", self)
        self.bin = CalmLine(signs.OF_STATE[State.EXPIRED].icon, self, Tone.STOP)
        self.dates = CalmLine("calendar-alert", self, Tone.LOOK)
        self.waiting = WaitingFiles(self)
        self.storage = CalmLine(signs.REVIEW.icon, self, Tone.LOOK)
        self.clear = CalmLine("check-circle", self, Tone.GOOD)
        self.stock = CalmLine("package-variant-closed", self)
        self.first = Blank("pill-multiple", self)
        self._views = QStackedWidget(self)
        self._lay_out()

    def refresh(self) -> None:
        """Count again; what is shown stays until the answer is there."""
        self._show_day()
        if self._job is not None:
            self._stale = True
            return
        self._job = self._jobs.start(lambda _progress: today.today(self._context))
        self._job.done.connect(self._counted)
        self._job.failed.connect(self._failed)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin where there is most to do."""
        super().showEvent(event)
        self._take_focus()

    def show_waiting(self, folder: Path | None, files: Sequence[Path], why: str = "") -> None:
        """Say how many loggers' files wait in the folder that is watched, or why it cannot be read."""
        self.waiting.show_waiting(folder, files, why)

    def _counted(self, found: Today) -> None:
        self._job = None
        in_hand = self.today is None or any(tile.hasFocus() for tile in self.tiles.tiles)
        self.today = found
        self.banner.clear()
        self._views.setCurrentIndex(1 if found.ever else 0)
        tiles = [self._tile(concern, tally) for concern, tally in found.pressing]
        self.tiles.show_tiles([self._recall_tile(found.recalls), *tiles] if found.recalls else tiles)
        self._say_calm(found)
        if in_hand:  # with the old tiles went the focus
            self._take_focus()
        if self._stale and self.isVisible():
            self.look_again()

    def _failed(self, why: Exception) -> None:
        self._job = None
        self.banner.tell_error(why, self.refresh)

    def _tile(self, concern: Concern, tally: Tally) -> Tile:
        saying = _SAYINGS[concern]
        sign = Sign(self.tr(saying.sign.word), saying.sign.tone, saying.sign.icon)
        batches = self.tr("batch") if tally.batches == 1 else self.tr("batches")
        much = f"{batches}, {words.counted(tally.capsules, 'capsule')}"
        tile = Tile(sign, words.grouped(tally.batches), much, self.tr(saying.task), self.tiles)
        tile.clicked.connect(lambda: self.list_asked.emit(concern))
        return tile

    def _recall_tile(self, recalls: int) -> Tile:
        sign = Sign(self.tr("Recall"), Tone.STOP, signs.OF_STATE[State.RECALLED].icon)
        much = self.tr("open recall") if recalls == 1 else self.tr("open recalls")
        task = self.tr("Call who has some of it, count what comes back, dispose of it, and close the recall.")
        tile = Tile(sign, words.grouped(recalls), much, task, self.tiles)
        tile.clicked.connect(self.recalls_asked)
        return tile

    def _say_calm(self, found: Today) -> None:
        """Say what is well: nobody has to look for it."""
        none = [self.tr(_SAYINGS[concern].none) for concern in found.clear if _SAYINGS[concern].none]
        expired = dict(found.pressing).get(Concern.EXPIRED)
        self.bin.setVisible(expired is not None)
        self.dates.say(words.to_decide(found.to_decide))
        self.dates.setVisible(bool(found.to_decide))
        self.storage.say("\n".join(tasks.sentences(found.storage)))
        self.storage.setVisible(found.storage.any)
        self.clear.say("\n".join(none))
        self.clear.setVisible(bool(none))
        good, stock = found.good, found.in_stock
        self.stock.say(
            self.tr("{stock} on the shelf, {capsules}; {good} good for a supply of 90 days").format(
                stock=words.counted(stock.batches, "batch", "batches"),
                capsules=words.counted(stock.capsules, "capsule"),
                good=words.grouped(good.batches),
            )
        )
        due = found.report_age is None or found.report_age >= ages.WEEK
        self.report.set_tone(Tone.LOOK if due else Tone.QUIET)
        self.report.say(ages.last_report(found.report_age))
        pressing = len(found.pressing) + found.to_decide + found.recalls + found.storage.any
        if not pressing:
            self._summary.setText(self.tr("Nothing on the shelf needs you now"))
        else:
            self._summary.setText(self.tr("What to do first, the most harmful at the front"))

    def _show_day(self) -> None:
        self._day.setText(words.weekday(self._context.today()))

    def _take_focus(self) -> None:
        if not self.isVisible() or self.today is None or shown_over(self.window()) is not None:
            return
        if self.tiles.tiles:
            self.tiles.tiles[0].setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif not self.today.ever:
            self.first.offers[0].setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self._report.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _lay_out(self) -> None:
        self._day = heading("", self)
        self._day.setFont(theme.scaled(self.font(), 2, bold=True))
        self._day.setWordWrap(True)
        self._summary = QLabel(self)
        self._summary.setWordWrap(True)
        self._summary.setFont(theme.scaled(self.font(), 1.2))
        self._report = self.report.offer(self.tr("Report…"), "clipboard-text-clock", self.report_asked.emit)
        self.bin.say(self.tr("Expired stock leaves the shelf by the scanner: bottle after bottle into the bin."))
        self.bin.offer(self.tr("Take to the expired bin…"), "trash-can", self.bin_asked.emit)
        self.storage.offer(self.tr("Storage…"), "home-thermometer", self.storage_asked.emit)
        self.dates.offer(self.tr("Decide…"), "calendar-alert", self.dates_asked.emit)
        self.waiting.files_asked.connect(self.files_asked)
        self.waiting.folder_asked.connect(self.folder_asked)
        self.stock.offer(self.tr("All in stock"), "chevron-right", self.stock_asked.emit)
        shown = QWidget(self)
        inside = QVBoxLayout(shown)
        inside.setContentsMargins(0, 0, theme.step(self, 1), 0)
        inside.setSpacing(theme.step(self, 3))
        for part in (
            self._summary,
            self.tiles,
            self.waiting,
            self.bin,
            self.storage,
            self.dates,
            self.report,
            self.stock,
            self.clear,
        ):
            inside.addWidget(part)
        inside.addStretch(1)
        area = scrolling(shown, self.tr("What the shelf asks for"), self, sideways=True)
        self._greet()
        waiting = Blank("counter", self)
        waiting.say(self.tr("Counting what stands on the shelf…"), "")
        self.first.setBackgroundRole(QPalette.ColorRole.Window)
        for view in (scrolling(self.first, self.tr("What to do first"), self), area, waiting):
            self._views.addWidget(view)
        self._views.setCurrentWidget(waiting)
        layout = column(self)
        layout.addWidget(self._day)
        layout.addWidget(self.banner)
        layout.addWidget(self._views, 1)

    def _greet(self) -> None:
        self.first.say(
            self.tr("No batches yet"),
            self.tr(
                "Bring in the list you keep today, make your first batch here, or look around in an invented pharmacy."
            ),
        )
        self.first.offer(self.tr("Import a list…"), "tray-arrow-down", self.import_asked.emit, large=True)
        self.first.offer(self.tr("Make a batch…"), "flask-plus", self.make_asked.emit, large=True)
        self.first.offer(self.tr("Look at the demo"), "play-circle", self.demo_asked.emit, large=True)
