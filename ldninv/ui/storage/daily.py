"""The daily check by hand: one line a day, and the month with what is missing in it (R20)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ldninv.domain.quantities import with_minus
from ldninv.domain.refusal import Refused
from ldninv.domain.signs import Sign, Tone
from ldninv.domain.storage.daily import DailyReading, Misread
from ldninv.domain.storage.level import Level
from ldninv.services.context import Context
from ldninv.services.storage import daily
from ldninv.services.storage.daily import Line, Month
from ldninv.ui import theme, typed, words
from ldninv.ui.acting.actions import Action
from ldninv.ui.acting.day import DayField
from ldninv.ui.acting.fields import ActionButton, Field
from ldninv.ui.acting.form import Form, Outcome
from ldninv.ui.field_column import side_by_side
from ldninv.ui.flow import FlowLayout
from ldninv.ui.table import Column, RowTableModel
from ldninv.ui.table_view import TableView

READ = Action("Keep the reading", "thermometer-check", "", "What the thermometer shows: lowest, highest, now")
SIGNS = {
    Level.IN_RANGE: Sign("In range", Tone.GOOD, "check-circle"),
    Level.ALLOWED_EXCURSION: Sign("Allowed", Tone.QUIET, "thermometer"),
    Level.SPIKE: Sign("Too warm", Tone.LOOK, "thermometer-alert"),
    Level.BREACH: Sign("Breach", Tone.STOP, "close-octagon"),
}
MISSING = Sign("Missing", Tone.LOOK, "calendar-alert")
CLOSED = Sign("Closed", Tone.QUIET, "circle-outline")
TO_READ = Sign("Not read yet", Tone.LOOK, "calendar-alert")


class TemperatureField(Field):
    """A temperature, typed with a point or a comma."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent=parent)
        self.setAccessibleName(name)
        self.setFont(theme.tabular(theme.scaled(self.font(), 1.2)))

    def celsius(self) -> float | None:
        """Return it; None where nothing stands there.

        Raises:
            Refused: it is no number.
        """
        text = self.text().strip().removesuffix("°C").strip().replace(",", ".").replace("−", "-")
        if not text:
            return None
        try:
            found = float(text)
        except ValueError:
            raise Refused(f"“{self.text().strip()}” is no temperature. Type it in °C, such as 21.5.") from None
        if found != found or abs(found) == float("inf"):  # noqa: PLR0124 - NaN is not itself
            raise Refused(f"“{self.text().strip()}” is no temperature. Type it in °C, such as 21.5.")
        return found


class DailyForm(Form):
    """Lowest, highest, now: as the thermometer shows them since it was last reset."""

    def __init__(self, context: Context, place: str, parent: QWidget, *, day: date | None = None) -> None:
        super().__init__(context, READ, parent.tr("Daily check of {place}").format(place=place), parent)
        self.place, self.begun_for = place, day or context.today()
        self.lowest, self.highest, self.now = (
            TemperatureField(name, self) for name in (self.tr("Lowest °C"), self.tr("Highest °C"), self.tr("Now °C"))
        )
        fields = {each.accessibleName(): (each, 12) for each in (self.lowest, self.highest, self.now)}
        self.fields.addWidget(side_by_side(fields, self))
        self.day = DayField(self.tr("Day"), self)
        self.day.setText(self.begun_for.isoformat())
        self.note = Field(parent=self)
        self.add(self.tr("Day"), self.day)
        self.add(self.tr("Note (may stay empty)"), self.note)
        self.line(self.tr("Reset the thermometer afterwards. A second reading of a day corrects the first; both stay."))
        self._wrong: QWidget | None = None

    def start(self) -> QWidget:
        """Return the lowest."""
        return self.lowest

    def mend(self) -> QWidget:
        """Return the field that cannot be read."""
        return self._wrong or self.lowest

    def act(self) -> Outcome:
        """Keep it."""
        lowest, highest, now = (self._read(each) for each in (self.lowest, self.highest, self.now))
        self._wrong = self.lowest if lowest is None else self.highest if highest is None else None
        if lowest is None or highest is None:
            raise Refused(self.tr("Type the lowest and the highest temperature that the thermometer shows."))
        self._wrong = self.day
        day, note = typed.day(self.day.text()), self.note.text()
        try:
            done = daily.read(self.context, self.place, lowest=lowest, highest=highest, now=now, day=day, note=note)
        except Misread as why:
            self._wrong = {"lowest": self.lowest, "highest": self.highest, "present": self.now}[why.name]
            raise
        said = self.tr("Corrected: {day}.") if done.corrected else self.tr("Kept: {day}.")
        text = " ".join((said.format(day=words.day(done.reading.day)), *done.notices))
        return Outcome(text, (), done.changed, Tone.LOOK if done.notices else Tone.GOOD)

    def _read(self, field: TemperatureField) -> float | None:
        self._wrong = field
        found = field.celsius()
        self._wrong = None
        return found


def sign(line: Line) -> Sign | None:
    """Return what a day of the month says, in a word; None of one that nobody has to read, or not yet."""
    if line.level is not None:
        return SIGNS[line.level]
    if line.missing:
        return MISSING
    if line.to_read:
        return TO_READ
    return CLOSED if line.closed else None


def _word(line: Line) -> str:
    found = sign(line)
    return "" if found is None else found.word


def _celsius(line: Line, read: Callable[[DailyReading], float | None]) -> str:
    value = None if line.reading is None else read(line.reading)
    return words.NOTHING if value is None else with_minus(f"{value:z.1f}")


COLUMNS: tuple[Column[Line], ...] = (
    Column(title="Day", text=lambda row: f"{row.day:%Y-%m-%d %a}", widest="2026-11-28 Wed"),
    Column(title="State", text=_word, sign=sign, widest="Not read yet 12"),
    Column(title="Lowest", text=lambda row: _celsius(row, lambda read: read.lowest), right=True, widest="-88.8 °C"),
    Column(title="Highest", text=lambda row: _celsius(row, lambda read: read.highest), right=True, widest="-88.8 °C"),
    Column(title="Now", text=lambda row: _celsius(row, lambda read: read.now), right=True, widest="-88.8 °C", yields=2),
    Column(title="By", text=lambda row: row.reading.by if row.reading else "", widest="Mara Lind Okoye", yields=1),
    Column(
        title="Note",
        text=lambda row: "; ".join(
            text for text in ("corrected" if row.corrected else "", (row.reading and row.reading.note) or "") if text
        ),
        widest="corrected; window open",
        yields=3,
    ),
)


class MonthView(QWidget):
    """The month's sheet of one place: every day with its state, and the way to another month and to paper."""

    paper_asked = Signal()
    """The sheet is to be printed."""
    reading_asked = Signal(object)
    """Carries the day on which a thermometer was read."""
    left = Signal()

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._place, self._day = "", context.today()
        self.title = QLabel(self)
        self.title.setFont(theme.scaled(self.font(), 1.25, bold=True))
        self.says = QLabel(self)
        self.says.setWordWrap(True)
        self.model: RowTableModel[Line] = RowTableModel(COLUMNS, parent=self)
        self.table = TableView(self.model, self.tr("Daily checks of the month"), self)
        self.read = ActionButton(self.tr("Read this day…"), "thermometer-check", self, first=True)
        self.before = ActionButton(self.tr("Month before"), "arrow-left", self)
        self.after = ActionButton(self.tr("Month after"), "chevron-right", self)
        self.paper = ActionButton(self.tr("Month sheet…"), "printer", self)
        self.back = ActionButton(self.tr("Back to the place"), "arrow-left", self)
        self.before.clicked.connect(lambda _checked=False: self.show_month(self._place, _month(self._day, -1)))
        self.after.clicked.connect(lambda _checked=False: self.show_month(self._place, _month(self._day, 1)))
        self.read.clicked.connect(lambda _checked=False: self._read())
        self.table.activated.connect(lambda _index: self._read())
        self.paper.clicked.connect(self.paper_asked)
        self.back.clicked.connect(self.left)
        ways = QWidget(self)
        flow = FlowLayout(theme.step(self, 1), ways)
        for way in (self.read, self.before, self.after, self.paper, self.back):
            flow.addWidget(way)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.step(self, 2))
        for part in (self.title, self.says):
            layout.addWidget(part)
        layout.addWidget(ways)
        layout.addWidget(self.table, 1)

    @property
    def place(self) -> str:
        """The place that is shown."""
        return self._place

    @property
    def day(self) -> date:
        """A day of the month that is shown."""
        return self._day

    def show_month(self, place: str, day: date) -> None:
        """Show a place's month, with that day of it in hand."""
        self._place, self._day = place, day
        found = daily.month(self._context, place, day)
        self.title.setText(f"{place}, {day:%B %Y}")
        self.says.setText(self._said(found))
        self.model.show_rows(found.lines)
        self.table.selectRow(next((at for at, line in enumerate(found.lines) if line.day == day), 0))
        self.after.setEnabled(day.replace(day=1) < self._context.today().replace(day=1))

    def refresh(self) -> None:
        """Read the same month again; the day in hand stays."""
        line = self.model.row(max(0, self.table.currentIndex().row()))
        self.show_month(self._place, self._day if line is None else line.day)

    def _said(self, found: Month) -> str:
        """Say how many days were read and how many are missing; of a month before the first reading, none is."""
        if found.begun is None:
            return self.tr("Nobody has read this thermometer by hand yet. The first reading begins the count.")
        if not found.asked:
            return self.tr("Read by hand since {day}: nothing is counted before.").format(day=words.day(found.begun))
        read = sum(line.reading is not None for line in found.lines)
        missing = words.counted(found.missing, "open day", "open days") if found.missing else self.tr("none")
        return self.tr("{read} read, {missing} missing.").format(read=words.counted(read, "day"), missing=missing)

    def _read(self) -> None:
        """Read the thermometer for the day in hand."""
        line = self.model.row(max(0, self.table.currentIndex().row()))
        self.reading_asked.emit(self._context.today() if line is None else min(line.day, self._context.today()))


def _month(day: date, step: int) -> date:
    number = day.year * 12 + day.month - 1 + step
    return date(number // 12, number % 12 + 1, 1)
