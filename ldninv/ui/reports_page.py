"""The Reports page: a week's expiry report as it will be printed, to print, or to save as a file."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from ldninv.domain.days import Week
from ldninv.domain.signs import Tone
from ldninv.paper.output import print_on
from ldninv.paper.page import PageSize
from ldninv.services import weekly
from ldninv.services.context import Change, Context
from ldninv.services.issuing import IssuedNow
from ldninv.services.weekly import Saved
from ldninv.ui import icons, theme
from ldninv.ui.acting.fields import Choices
from ldninv.ui.blank import Blank
from ldninv.ui.dispensings import DispensingsView
from ldninv.ui.flow import FlowLayout
from ldninv.ui.issue_button import IssueButton
from ldninv.ui.issued import IssuedView
from ldninv.ui.jobs import Jobs
from ldninv.ui.news import News
from ldninv.ui.page_view import PageView
from ldninv.ui.pages import Page, column
from ldninv.ui.printing import Prints, ask_printer, remember, usual_printer
from ldninv.ui.saving import ask_where
from ldninv.ui.waiting import Waiting
from ldninv.ui.week_and_sheet import WeekAndSheet
from ldninv.ui.weekly_made import KINDS, Made, week_made

if TYPE_CHECKING:
    from ldninv.paper.weekly import WeeklyPaper
    from ldninv.reports.weekly import Report

WEEKLY, ISSUED, DISPENSINGS = "Weekly expiry report", "Issued reports", "Dispensings"
"""The reports that the page shows."""


class ReportsPage(Page):
    """Shows the report of this week, or of the past one that is chosen."""

    concerns = Change.BATCHES | Change.LEDGER | Change.PLACES | Change.SETTINGS | Change.GOODS

    import_asked = Signal()
    make_asked = Signal()

    def __init__(
        self, context: Context, news: News, jobs: Jobs, memory: QSettings, parent: QWidget | None = None
    ) -> None:
        super().__init__(news, parent)
        self._context = context
        self._memory = memory
        self._report: Report | None = None
        self._paper: WeeklyPaper | None = None
        self.view = PageView(self)
        self.nothing = Blank("clipboard-text-clock", self)
        self.which = WeekAndSheet(memory, self)
        self.week, self.sheet = self.which.week, self.which.sheet
        self.print = QPushButton(self.tr("Print…"), self)
        self.save = QPushButton(self.tr("Save as…"), self)
        icons.put_on(self.print, "printer")
        icons.put_on(self.save, "content-save")
        self.views = Waiting(jobs, self)
        self.issue = IssueButton(context, self.banner, self.views, self._to_issue, self)
        self.kind = Choices(
            {each: self.tr(each) for each in (WEEKLY, ISSUED, DISPENSINGS)}, self.tr("Report"), self, factor=1.3
        )
        self.issued = IssuedView(context, self.banner, news, jobs, memory, self)
        self.dispensings = DispensingsView(context, self.banner, news, jobs, self)
        self._lay_out()
        self._ready(None)

    def refresh(self) -> None:
        """Make the report anew, on a worker."""
        if self.kind.value == DISPENSINGS:
            self.dispensings.refresh()
            return
        if self.kind.value == ISSUED:
            self.issued.refresh()
            return
        if self.views.busy:
            self._stale = True
            return
        self.banner.clear()
        size, week = self.which.size, self.which.chosen
        self.views.run(
            self.tr("Making the report…"),
            lambda _progress: week_made(self._context, week, size),
            done=self._made,
            failed=lambda why: self._not_made(why, self.refresh),
            stopped=self._name_shown,
        )

    def _to_issue(self) -> tuple[Week, PageSize] | None:
        return None if self._report is None else (self._report.week, self.which.size)

    def _issued(self, done: IssuedNow) -> None:
        self.news.changed.emit(done.changed)
        self._stale = True
        self.show_kind(ISSUED)
        self.issued.show_number(done.issued.number)
        says = self.tr("Issued as report {number}. A pharmacist signs it off.").format(number=done.issued.number)
        self.banner.tell(says, Tone.GOOD)

    def show_kind(self, kind: str) -> None:
        """Show another kind of report."""
        self.kind.choose(kind)
        self._kind_chosen()

    def ask_where(self) -> None:
        """Ask under which name to save the report."""
        if self._report is None:
            return
        ask_where(self, self.tr("Save the report"), f"ldn-expiry-{self._report.week}.pdf", KINDS, self.save_as)

    def save_as(self, path: Path) -> None:
        """Write the report that is shown to a file; its ending says which kind."""
        report = self._report
        if report is None:
            return
        self.banner.clear()
        self.views.run(
            self.tr("Saving {file}…").format(file=path.name),
            lambda _progress: weekly.save(self._context, report, [path], self.which.size, replacing=True),
            done=self._saved,
            failed=lambda why: self.banner.tell_error(why, lambda: self.save_as(path)),
        )

    def ask_printer(self) -> None:
        """Ask on which printer, and which pages."""
        if self._paper is None:
            return
        printer = usual_printer(self._memory, Prints.PAPERS)
        printer.setDocName(self._paper.title)
        printer.setPageLayout(self._paper.layout)
        ask_printer(self, printer, self.print_on, self._paper.page_count)

    def print_on(self, printer: QPrinter) -> None:
        """Print the pages that were asked for."""
        if self._paper is None:
            return
        with self.banner.calm(self.ask_printer):
            print_on(self._paper, printer, printer.fromPage() or 1, printer.toPage() or None)
            remember(self._memory, Prints.PAPERS, printer.printerName())
            if self._report is not None:
                self.news.changed.emit(weekly.remember(self._context, self._report))
            self.banner.tell(
                self.tr("Sent to {printer}.").format(printer=printer.printerName() or printer.outputFileName()),
                Tone.GOOD,
            )

    def aside(self) -> None:
        """Put away the notice, then the form of a signature."""
        if self.banner.text:
            self.banner.clear()
        elif self.kind.value == ISSUED:
            self.issued.leave()

    def remember(self) -> None:
        """Keep the page size for the next start."""
        self.which.remember()

    def _made(self, made: Made) -> None:
        self.which.offer(made.weeks)
        self._ready(made.report)
        self._show_pages(made.paper)
        begun = made.report.begun
        self._tools.setVisible(begun)
        self.views.setCurrentWidget(self.view if begun else self.nothing)
        if not begun:
            self.nothing.offers[0].setFocus(Qt.FocusReason.ShortcutFocusReason)
        if self._stale and self.isVisible():
            self.look_again()

    def _not_made(self, why: Exception, again: Callable[[], None]) -> None:
        self.banner.tell_error(why, again)
        self._name_shown()

    def _name_shown(self) -> None:
        """Let the choices name what is shown still, where another one did not come."""
        if self._report is not None and self._paper is not None:
            self.which.name(self._report.week, self._paper.page)

    def _ready(self, report: Report | None) -> None:
        self._report = report
        for button in (self.issue, self.print, self.save):
            button.setEnabled(report is not None)

    def _lay_pages(self) -> None:
        """Break the report into pages of the chosen sheet, on a worker: a long one takes seconds."""
        report, size = self._report, self.which.size
        if self.views.busy:
            self._stale = True
        elif report is not None:
            self.views.run(
                self.tr("Laying out the pages…"),
                lambda _progress: weekly.paper(report, size),
                done=self._show_pages,
                failed=lambda why: self._not_made(why, self._lay_pages),
                stopped=self._name_shown,
            )

    def _show_pages(self, paper: WeeklyPaper) -> None:
        self._paper = paper
        self.view.show_paper(paper)

    def _saved(self, saved: Saved) -> None:
        if self._stale:
            self.look_again()
        said = [self.tr("Saved as {file}.").format(file=saved.files[0]), *saved.notices]
        self.banner.tell(" ".join(said), Tone.LOOK if saved.notices else Tone.GOOD)
        self.news.changed.emit(saved.changed)

    def _lay_out(self) -> None:
        self.sheet.currentIndexChanged.connect(self._lay_pages)
        self.week.activated.connect(lambda _index: self.refresh())
        self.issue.issued.connect(self._issued)
        self.print.clicked.connect(self.ask_printer)
        self.save.clicked.connect(self.ask_where)
        self._tools = self._row()
        self.nothing.say(
            self.tr("Nothing to report on yet"),
            self.tr("No batch was ever entered here. Bring in the list you keep today, or make your first batch."),
        )
        self.nothing.offer(self.tr("Import a list…"), "tray-arrow-down", self.import_asked.emit, large=True)
        self.nothing.offer(self.tr("Make a batch…"), "flask-plus", self.make_asked.emit, large=True)
        for shown in (self.view, self.nothing):
            self.views.addWidget(shown)
        self.views.setCurrentWidget(self.view)
        self._weekly = QWidget(self)
        weekly_report = QVBoxLayout(self._weekly)
        weekly_report.setContentsMargins(0, 0, 0, 0)
        weekly_report.addWidget(self._tools)
        weekly_report.addWidget(self.views, 1)
        self._kinds = QStackedWidget(self)
        for part in (self._weekly, self.issued, self.dispensings):
            self._kinds.addWidget(part)
        self.kind.choose(WEEKLY)
        self.kind.chosen.connect(self._kind_chosen)
        self.issued.issue_asked.connect(lambda: self.show_kind(WEEKLY))
        layout = column(self)
        layout.addWidget(self.kind)
        layout.addWidget(self.banner)
        layout.addWidget(self._kinds, 1)
        for one, other in pairwise((self.issue, self.print, self.save, self.week, self.sheet, self.view)):
            QWidget.setTabOrder(one, other)

    def _kind_chosen(self) -> None:
        shown = {DISPENSINGS: self.dispensings, ISSUED: self.issued}
        self._kinds.setCurrentWidget(shown.get(str(self.kind.value), self._weekly))
        self.look_again()

    def _row(self) -> QWidget:
        """Return what is done with the report, and which one it is."""
        row = QWidget(self)
        flow = FlowLayout(theme.step(self, 2), row)
        flow.addWidget(self.issue)
        flow.addWidget(self.print)
        flow.addWidget(self.save)
        self.which.put_into(flow, row)
        return row
