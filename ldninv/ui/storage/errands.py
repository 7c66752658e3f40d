"""What is done from the Storage page: a thermometer is read, a month looked at, papers made."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ldninv.services import documents
from ldninv.services.context import Context
from ldninv.services.storage import papers
from ldninv.ui import theme
from ldninv.ui.acting.form import Form, Outcome
from ldninv.ui.jobs import Jobs
from ldninv.ui.news import News
from ldninv.ui.paper_panel import PaperPanel, Printable, over
from ldninv.ui.storage.daily import DailyForm, MonthView
from ldninv.ui.storage.record import RecordForm


class Doing(QWidget):
    """One form at a time, or the month's sheet; it takes the place of what was seen, and gives it back."""

    left = Signal()
    done = Signal(object)
    """Carries the `Outcome`."""

    def __init__(self, context: Context, news: News, jobs: Jobs, memory: QSettings, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._news, self._jobs, self._memory = context, news, jobs, memory
        self.setAccessibleName(self.tr("What is to be done"))
        self.form: Form | None = None
        self.month = MonthView(context, self)
        self.panel: PaperPanel | None = None
        self._slot = QVBoxLayout(self)
        self._slot.setContentsMargins(0, 0, 0, 0)
        self._slot.addWidget(self.month, 1)
        self.month.hide()
        self.month.left.connect(self.left)
        self.month.paper_asked.connect(self._show_sheet)
        self.month.reading_asked.connect(lambda day: self.read(self.month.place, day))

    def read(self, place: str, day: date | None = None) -> None:
        """Open the form of a daily check."""
        self._open(DailyForm(self._context, place, self, day=day))

    def show_month(self, place: str, day: date | None = None) -> None:
        """Show the month's sheet of a place, today's or that of another day."""
        self.put_away()
        self.month.show_month(place, day or self._context.today())
        self.month.show()
        self.month.table.setFocus()

    def refresh(self) -> None:
        """Read the month again, where it is seen."""
        if self.month.isVisible():
            self.month.refresh()

    def back(self) -> bool:
        """Go back by one, and return whether there was a way: from the reading of a day to its month."""
        if not isinstance(self.form, DailyForm):
            return False
        self.show_month(self.form.place, self.form.begun_for)
        return True

    def put_away(self) -> None:
        """Put away what is open."""
        self.month.hide()
        form, self.form = self.form, None
        if form is not None:
            self._slot.removeWidget(form)
            form.hide()
            form.deleteLater()

    def ask_record(self, place: str, last: date) -> None:
        """Ask of which days the storage record is; `last` is the last day that was recorded."""
        form = RecordForm(self._context, self._jobs, place, last, self)
        form.paper_asked.connect(lambda first, last: self.show_record(place, first, last))
        self._open(form)

    def show_record(self, place: str, first: date, last: date) -> None:
        """Show the storage record of a place as it is printed."""
        context = self._context
        self._show(
            Printable(
                title=self.tr("Storage record of {place}").format(place=place),
                file=f"storage-{_file(place)}-{last}.pdf",
                paper=lambda: papers.paper(context, place, first, last),
                save=lambda path: papers.save(context, place, first, last, path),
                printed=lambda: documents.printed(context, "Storage record", action=papers.RECORD, subject=place),
            )
        )

    def _show_sheet(self) -> None:
        context, place, day = self._context, self.month.place, self.month.day
        self._show(
            Printable(
                title=self.tr("Daily checks of {place}").format(place=place),
                file=f"daily-checks-{_file(place)}-{day:%Y-%m}.pdf",
                paper=lambda: documents.paper(papers.month_sheet(context, place, day)),
                save=lambda path: papers.save_sheet(context, place, day, path),
                printed=lambda: documents.printed(context, "Daily checks", action=papers.SHEET, subject=place),
            )
        )

    def _show(self, printable: Printable) -> None:
        self.panel = over(self.panel, self._news, self._jobs, self._memory, self)
        self.panel.show_paper(printable)

    def _open(self, form: Form) -> None:
        self.put_away()
        self.form = form
        form.acted.connect(self._acted)
        form.left.connect(self.left)
        form.setMaximumWidth(theme.letters(form, 110))
        self._slot.insertWidget(0, form, 0, Qt.AlignmentFlag.AlignTop)
        form.show()
        form.order()
        form.start().setFocus()

    def _acted(self, outcome: Outcome) -> None:
        self._news.changed.emit(outcome.changed)
        self.done.emit(outcome)


def _file(place: str) -> str:
    return "-".join("".join(each if each.isalnum() else " " for each in place.lower()).split())
