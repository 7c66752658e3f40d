"""What was dispensed from one day to another, with totals by strength to hold against the pharmacy's own system."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ldninv.domain.entries import Dispensing
from ldninv.domain.refusal import Refused
from ldninv.domain.signs import Tone
from ldninv.services import dispensings
from ldninv.services.context import Context
from ldninv.services.dispensings import Saved
from ldninv.ui import icons, theme, typed, words
from ldninv.ui.acting.day import DayField
from ldninv.ui.acting.fields import Choices
from ldninv.ui.banner import Banner
from ldninv.ui.blank import Blank
from ldninv.ui.buttons import ENTER
from ldninv.ui.flow import FlowLayout
from ldninv.ui.jobs import Jobs
from ldninv.ui.news import News
from ldninv.ui.saving import ask_where
from ldninv.ui.table import Column, RowTableModel
from ldninv.ui.table_view import TableView
from ldninv.ui.waiting import Waiting

if TYPE_CHECKING:
    from ldninv.reports.dispensings import Dispensings, Total

_TOTALS, _FEWER = 46, 29
"""Average letters of width of the totals: with how many supplies there were, and without."""
_WIDE = 118
"""Average letters of width from which the list has room beside all of the totals."""

_KINDS = {"xlsx": "Excel workbook", "csv": "CSV, for other programs"}


class Period(StrEnum):
    """The days that are asked for most."""

    LAST_MONTH = "last-month"
    THIS_MONTH = "this-month"
    LAST_WEEK = "last-week"

    def days(self, today: date) -> tuple[date, date]:
        """Return the first and the last day, both included.

        >>> [str(day) for day in Period.LAST_MONTH.days(date(2026, 3, 31))]
        ['2026-02-01', '2026-02-28']
        """
        begin = today.replace(day=1)
        if self is Period.LAST_MONTH:
            end = begin - timedelta(days=1)
            return end.replace(day=1), end
        return (begin if self is Period.THIS_MONTH else today - timedelta(days=6)), today


_PERIODS = {
    Period.LAST_MONTH: "Last month",
    Period.THIS_MONTH: "This month",
    Period.LAST_WEEK: "Last 7 days",
}


class DispensingsView(QWidget):
    """A list on the left, its totals on the right; what was taken back stands in the list and not in the totals."""

    def __init__(self, context: Context, banner: Banner, news: News, jobs: Jobs, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._banner, self._news = context, banner, news
        self.shown: Dispensings | None = None
        self.period: Choices[Period] = Choices(
            {each: self.tr(text) for each, text in _PERIODS.items()}, self.tr("Which days"), self
        )
        self.first, self.last = DayField(self.tr("From"), self), DayField(self.tr("To"), self)
        self.save = QPushButton(self.tr("Save as…"), self)
        icons.put_on(self.save, "content-save")
        self.table = TableView(RowTableModel(_columns(), parent=self), self.tr("Dispensings"), self)
        self.totals = TableView(RowTableModel(_total_columns(), parent=self), self.tr("Totals by strength"), self)
        self.nothing = Blank("hand-extended", self)
        self.views = Waiting(jobs, self)
        self._lay_out()
        self.period.choose(Period.LAST_MONTH)
        self._take_period()
        self.period.chosen.connect(self._period_chosen)
        for field in (self.first, self.last):
            field.textChanged.connect(lambda _text: self._typed())
            field.editingFinished.connect(self._ask_again)
        self.save.clicked.connect(self.ask_where)

    def refresh(self) -> None:
        """List the days that are asked for, on a worker."""
        if self.views.busy:
            return
        self._banner.clear()
        if self.period.value is not None:
            self._take_period()
        try:
            first, last = typed.day(self.first.text()), typed.day(self.last.text())
        except Refused as why:
            self._banner.tell_error(why)
            return
        self.views.run(
            self.tr("Listing what was dispensed…"),
            lambda _progress: dispensings.listed(self._context, first, last),
            done=self._listed,
            failed=lambda why: self._banner.tell_error(why, None if isinstance(why, Refused) else self.refresh),
        )

    def ask_where(self) -> None:
        """Ask under which name to save the list."""
        if self.shown is None:
            return
        kinds = {suffix: self.tr(called) for suffix, called in _KINDS.items()}
        name = f"dispensings-{self.shown.first}-{self.shown.last}.xlsx"
        ask_where(self, self.tr("Save the dispensings"), name, kinds, self.save_as)

    def save_as(self, path: Path) -> None:
        """Write what is shown to a file; its ending says which kind."""
        shown = self.shown
        if shown is None:
            return
        self._banner.clear()
        self.views.run(
            self.tr("Saving {file}…").format(file=path.name),
            lambda _progress: dispensings.save(self._context, shown, [path]),
            done=self._saved,
            failed=lambda why: self._banner.tell_error(why, self.ask_where),
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the list as much room as its columns need."""
        super().resizeEvent(event)
        wide = self.width() >= theme.letters(self, _WIDE)
        self.totals.setFixedWidth(theme.letters(self, _TOTALS if wide else _FEWER))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """List by Enter from a day."""
        if event.key() in ENTER and (self.first.hasFocus() or self.last.hasFocus()):
            self._ask_again()
        else:
            super().keyPressEvent(event)

    def _listed(self, made: Dispensings) -> None:
        self.shown = made
        self.table.rows.show_rows(made.rows)
        self.totals.rows.show_rows((*made.by_strength, replace(made.total, name=self.tr("All"))))
        days = self.tr("From {first} to {last}.").format(first=made.first, last=made.last)
        self.nothing.say(self.tr("Nothing was dispensed in these days"), days)
        self.save.setEnabled(bool(made.rows))
        self.views.setCurrentWidget(self._both if made.rows else self.nothing)

    def _saved(self, saved: Saved) -> None:
        said = [self.tr("Saved as {file}.").format(file=saved.files[0]), *saved.notices]
        self._banner.tell(" ".join(said), Tone.LOOK if saved.notices else Tone.GOOD)
        self._news.changed.emit(saved.changed)

    def _period_chosen(self) -> None:
        self._take_period()
        self.refresh()

    def _take_period(self) -> None:
        """Put the days of the period into the fields; another day has other ones."""
        period = self.period.value
        if period is None:
            return
        for field, day in zip((self.first, self.last), period.days(self._context.today()), strict=True):
            field.setText(day.isoformat())
        self.period.choose(period)

    def _typed(self) -> None:
        """Show that the days are none of the usual ones."""
        typed_days = (self.first.text(), self.last.text())
        today = self._context.today()
        usual = {tuple(day.isoformat() for day in each.days(today)): each for each in Period}
        self.period.choose(usual.get(typed_days))

    def _ask_again(self) -> None:
        asked = (self.first.text().strip(), self.last.text().strip())
        if self.shown is None or asked != (self.shown.first.isoformat(), self.shown.last.isoformat()):
            self.refresh()

    def _lay_out(self) -> None:
        row = QWidget(self)
        flow = FlowLayout(theme.step(self, 2), row)
        for name, field in ((self.tr("&From:"), self.first), (self.tr("&To:"), self.last)):
            label = QLabel(name, row)
            label.setBuddy(field)
            field.setFixedWidth(theme.letters(self, 18))
            flow.addWidget(label)
            flow.addWidget(field)
        flow.addWidget(self.save)
        self._both = QWidget(self)
        both = QHBoxLayout(self._both)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(theme.step(self, 3))
        both.addWidget(self.table, 1)
        both.addWidget(self.totals)
        for view in (self._both, self.nothing):
            self.views.addWidget(view)
        self.views.setCurrentWidget(self.nothing)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.step(self, 2))
        layout.addWidget(self.period)
        layout.addWidget(row)
        layout.addWidget(self.views, 1)


def _columns() -> tuple[Column[Dispensing], ...]:
    return (
        Column(title=_tr("Day"), text=lambda row: words.day(row.day), widest="2026-11-28"),
        Column(title=_tr("Lot"), text=lambda row: row.lot, widest="LDN260888008W"),
        Column(title=_tr("Strength"), text=lambda row: words.strength(row.strength), widest="4.5 mg", right=True),
        Column(title=_tr("Capsules"), text=lambda row: str(row.capsules), widest="900", right=True),
        Column(title=_tr("Days"), text=lambda row: _or_nothing(row.days_supply), widest="90", right=True, yields=2),
        Column(title=_tr("By"), text=lambda row: row.by, widest="Chloé Martin", yields=3),
        Column(title=_tr("Entry"), text=lambda row: str(row.id), widest="100000", right=True, yields=1),
        Column(title=_tr("Taken back"), text=_taken_back, widest="by entry 100000", yields=4),
    )


def _total_columns() -> tuple[Column[Total], ...]:
    return (
        Column(title=_tr("Strength"), text=lambda row: row.name, widest="4.5 mg"),
        Column(
            title=_tr("Supplies"), text=lambda row: words.grouped(row.supplies), widest="10000", right=True, yields=1
        ),
        Column(title=_tr("Capsules"), text=lambda row: words.grouped(row.capsules), widest="100000", right=True),
    )


def _taken_back(row: Dispensing) -> str:
    return "" if row.voided_by is None else f"by entry {row.voided_by}"


def _or_nothing(number: int | None) -> str:
    return words.NOTHING if number is None else str(number)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Dispensings", text)
