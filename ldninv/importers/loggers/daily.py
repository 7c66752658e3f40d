"""Tables of days with their lowest and highest temperature: a daily record, which is no series and never has an MKT."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ldninv.domain.batch_list import DateOrder, Remark
from ldninv.domain.refusal import Refused
from ldninv.domain.storage.logger_file import ANY_TABLE, DailyRecord, RecordedDay, Unit
from ldninv.importers.loggers import moments, steps
from ldninv.importers.loggers.clocks import halves
from ldninv.importers.loggers.headings import folded
from ldninv.importers.loggers.printed import Printed, shaped_like_day
from ldninv.importers.loggers.source import Row
from ldninv.importers.loggers.values import is_fault, temperature, told_fault, unit_in

_LOWEST = re.compile(r"\bmin|lowest|\blow\b|tiefst|niedrig|最低|最小")
_HIGHEST = re.compile(r"\bmax|highest|\bhigh\b|hochst|最高|最大")
_LIMIT = re.compile(r"alarm|limit|grenz|threshold|seuil|umbral")
_OF_TEMPERATURE = re.compile(r"temp|°|celsius|fahrenheit|^\W*(?:min|max)\w*\W*[cf]?\W*$")
_CELLS = 3
_MIDNIGHT = "00:00"
_EPOCH = date(1970, 1, 1).toordinal()


def read(name: str, rows: Sequence[tuple[int, Row]], stated: DateOrder | None = None) -> DailyRecord | None:
    """Return the days of a table, or None where it is no table of days with lowest and highest.

    Args:
        name: The file's, for messages.
        rows: All of it, with their lines.
        stated: The order of dates that a person said.

    Raises:
        Asked: more than one order of dates fits equally well.
        Refused: it is one, and its unit or its dates are not certain.
    """
    for at, (_, cells) in enumerate(rows):
        found = _headed(cells)
        if found is not None:
            return _days(name, found, rows[at + 1 :], stated)
    return None


def headed(rows: Sequence[tuple[int, Row]]) -> bool:
    """Whether a table is headed as one of days with their lowest and highest temperature."""
    return any(_headed(cells) is not None for _, cells in rows)


def extreme(heading: str) -> str:
    """Return “lowest” or “highest” for the heading of a day's; empty for any other."""
    found = ((word, _column([heading], shape)) for word, shape in (("lowest", _LOWEST), ("highest", _HIGHEST)))
    return next((word for word, at in found if at is not None), "")


def one_a_day(rows: Sequence[Row]) -> bool:
    """Whether no day has two rows."""
    days = [day for row in rows if (day := _day(row)) is not None]
    return len(set(days)) == len(days)


@dataclass(frozen=True, slots=True)
class _Headed:
    """Which columns hold the lowest and the highest, and in which unit."""

    low: int
    high: int
    unit: Unit | None

    def values(self, row: Row) -> tuple[float, float] | None:
        """Return the lowest and the highest of a row; None where one is missing."""
        if max(self.low, self.high) >= len(row):
            return None
        low, high = temperature(row[self.low]).value, temperature(row[self.high]).value
        return None if math.isnan(low) or math.isnan(high) else (low, high)

    def beyond(self, row: Row) -> str | None:
        """Return what a row says that no logger measures; None where it says nothing of the kind."""
        return next((row[at].strip() for at in (self.low, self.high) if at < len(row) and is_fault(row[at])), None)


def _headed(cells: Row) -> _Headed | None:
    low, high = _column(cells, _LOWEST), _column(cells, _HIGHEST)
    if len(cells) < _CELLS or low is None or high is None or low == high:
        return None
    units = {unit for at in (low, high) if (unit := unit_in(folded(cells[at]))) is not None}
    return _Headed(low, high, next(iter(units)) if len(units) == 1 else None)


def _column(cells: Row, word: re.Pattern[str]) -> int | None:
    for at, cell in enumerate(cells):
        plain = folded(cell)
        if word.search(plain) and _OF_TEMPERATURE.search(plain) and not _LIMIT.search(plain):
            return at
    return None


def _days(name: str, headed: _Headed, rows: Sequence[tuple[int, Row]], stated: DateOrder | None) -> DailyRecord | None:
    read_ = [
        (line, day, values)
        for line, row in rows
        if (day := _day(row)) is not None and (values := headed.values(row)) is not None
    ]
    faults = [(line, said) for line, row in rows if _day(row) is not None and (said := headed.beyond(row)) is not None]
    if not read_ and not faults:
        return None
    if not read_:
        raise Refused(f"{name} holds no day whose temperatures a logger can measure. Read the logger out again.")
    if headed.unit is None:
        raise Refused(f"{name} does not say whether its temperatures are °C or °F. Write the unit in the headings.")
    texts, lines = [day for _, day, _ in read_], [line for line, _, _ in read_]
    when = moments.settled(name, Printed(texts, [_MIDNIGHT] * len(texts)), stated, lines)
    days = [date.fromordinal(_EPOCH + int(each // steps.DAY)) for each in when.local]
    _refuse_twice(name, days, lines)
    found = [
        RecordedDay(day, *_in_celsius(name, line, values, headed.unit))
        for day, (line, _, values) in zip(days, read_, strict=True)
    ]
    told = [(line, told_fault(said, headed.unit)) for line, said in faults]
    return DailyRecord(
        file=name,
        maker=ANY_TABLE,
        unit=headed.unit,
        days=tuple(sorted(found, key=lambda each: each.day)),
        problems=tuple(Remark(line, f"{said}; its day is taken for missing") for line, said in told),
    )


def _day(row: Row) -> str | None:
    """Return the text of a row's day, whether a time stands beside it or not."""
    for cell in row:
        both = halves(cell)
        text = cell if both is None else both[0]
        if shaped_like_day(text):
            return text
    return None


def _refuse_twice(name: str, days: Sequence[date], lines: Sequence[int]) -> None:
    seen: dict[date, int] = {}
    for day, line in zip(days, lines, strict=True):
        if day in seen:
            raise Refused(
                f"{name} has two rows of {day}, on lines {seen[day]} and {line}. Lowest and highest of shorter times "
                "than a day are no daily record; export the readings themselves."
            )
        seen[day] = line


def _in_celsius(name: str, line: int, values: tuple[float, float], unit: Unit) -> tuple[float, float]:
    low, high = values
    if low > high:
        raise Refused(f"{name}, line {line}: the lowest is above the highest. Correct it there and import it again.")
    return unit.celsius(low), unit.celsius(high)
