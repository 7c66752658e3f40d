"""Tables of days with their lowest and highest temperature: a daily record, which is no series and never has an MKT."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from ldninv.domain.batch_list import DateOrder
from ldninv.domain.refusal import Refused
from ldninv.domain.storage.logger_file import ANY_TABLE, DailyRecord, RecordedDay, Unit
from ldninv.importers.loggers import cut, moments, parted, steps
from ldninv.importers.loggers.clocks import halves
from ldninv.importers.loggers.headings import folded, is_limit
from ldninv.importers.loggers.printed import Printed, shaped_like_day, written
from ldninv.importers.loggers.rows import Rows, refuse_if_most, remarks
from ldninv.importers.loggers.source import Row
from ldninv.importers.loggers.values import is_fault, is_kelvin, is_number, number, told_fault, unit_in
from ldninv.importers.sheets import quoted

_LOWEST = re.compile(r"\bmin|lowest|\blow\b|tiefst|niedrig|最低|最小")
_HIGHEST = re.compile(r"\bmax|highest|\bhigh\b|hochst|最高|最大")
_OF_TEMPERATURE = re.compile(r"temp|°|celsius|fahrenheit|^\W*(?:min|max)\w*\W*[cf]?\W*$")
_CELLS = 3
_MIDNIGHT = "00:00"
_EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class Stated:
    """What is known of a table beside its rows."""

    order: DateOrder | None = None
    """The order of dates that a person said."""
    delimiter: str | None = None
    """What parts the cells of a text; None in a workbook."""
    whole: bool = True
    """Whether the last line of the file has an end."""
    headings: Row = ()


def read(name: str, rows: Sequence[tuple[int, Row]], stated: Stated) -> DailyRecord | None:
    """Return the days of a table, or None where it is no table of days with lowest and highest.

    Args:
        name: The file's, for messages.
        rows: All of it, with their lines.
        stated: What else is known of it.

    Raises:
        Asked: more than one order of dates fits equally well.
        Refused: it is one, and its unit or its dates are not certain.
    """
    for at, (_, cells) in enumerate(rows):
        found = _headed(cells)
        if found is not None:
            return _days(name, found, rows[at + 1 :], replace(stated, headings=cells))
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
    """Which columns hold the lowest and the highest, and what their headings say."""

    low: int
    high: int
    words: tuple[str, ...]
    """What stands above both."""

    @property
    def both(self) -> tuple[int, int]:
        """The columns that are read."""
        return self.low, self.high


def _headed(cells: Row) -> _Headed | None:
    low, high = _column(cells, _LOWEST), _column(cells, _HIGHEST)
    if len(cells) < _CELLS or low is None or high is None or low == high:
        return None
    return _Headed(low, high, (cells[low], cells[high]))


def _column(cells: Row, word: re.Pattern[str]) -> int | None:
    for at, cell in enumerate(cells):
        plain = folded(cell)
        if word.search(plain) and _OF_TEMPERATURE.search(plain) and not is_limit(plain):
            return at
    return None


def _days(name: str, headed: _Headed, table: Sequence[tuple[int, Row]], stated: Stated) -> DailyRecord | None:
    found = _collected(name, headed, table, stated)
    if not found.lines and not found.set_aside:
        return None
    found.temperature.refuse_two_marks(name)
    unit = _unit(name, headed, found)
    pairs = _pairs(name, found, unit)
    days, pairs = _dated(name, found, pairs, stated.order)
    lines = [line for line, _ in pairs]
    _refuse_twice(name, days, lines)
    recorded = [
        RecordedDay(day, *_in_celsius(name, line, values, unit))
        for day, (line, values) in zip(days, pairs, strict=True)
    ]
    return DailyRecord(
        file=name,
        maker=ANY_TABLE,
        unit=unit,
        days=tuple(sorted(recorded, key=lambda each: each.day)),
        problems=remarks(found),
    )


def _collected(name: str, headed: _Headed, table: Sequence[tuple[int, Row]], stated: Stated) -> Rows:
    """Return the day and the two cells of each row, the lowest before the highest; other rows are set aside.

    Raises:
        Refused: rows are wider than the headings, or parted by decimal commas.
    """
    found = Rows(times=[[]])
    filled = [(line, row) for line, row in table if any(map(str.strip, row))]
    lines, cells = [line for line, _ in filled], [row for _, row in filled]
    parted.refuse_wider(name, cells, lines, len(stated.headings))
    if stated.delimiter == ",":
        parted.refuse_days(name, cells, lines, headed.both)
    usual = Counter(len(row) for row in cells if _day(row) is not None).most_common(1)
    last = _last([row for row in cells if _day(row) is not None])
    for line, row in filled:
        day, short = _day(row), bool(usual) and len(row) < usual[0][0]
        if day is None:
            found.aside(line, f"{quoted(row[0])} is no day")
        elif short or max(headed.both) >= len(row):
            found.aside(line, parted.SHORTER)
        elif last > max(headed.both) and all(row[at].strip() for at in headed.both) and not row[last].strip():
            found.aside(line, f"{quoted(stated.headings[last])} is blank; what stands before it may belong to it")
        else:
            found.times[0].append(day)
            found.temperature.extend([row[at] for at in headed.both])
            found.lines.append(line)
    if not stated.whole and filled and found.lines and found.lines[-1] == filled[-1][0]:
        cut.set_aside_day(found, filled[-1], headed.both)
    return found


def _last(cells: Sequence[Row]) -> int:
    """Return the last column that holds a number in most rows: a sheet that moves cells left leaves it blank."""
    counted = Counter(at for row in cells for at, cell in enumerate(row) if is_number(cell))
    return max((at for at, count in counted.items() if count * 2 > len(cells)), default=-1)


def _unit(name: str, headed: _Headed, found: Rows) -> Unit:
    """Return the unit that headings and cells say.

    Raises:
        Refused: none is said, another than °C and °F, or two.
    """
    for word in headed.words:
        if is_kelvin(folded(word)):
            raise Refused(f"{name} prints kelvin ({quoted(word)}). Export it again in °C or °F.")
    said = {unit for word in headed.words if (unit := unit_in(folded(word))) is not None} | found.temperature.units
    if len(said) > 1:
        raise Refused(
            f"{name} contradicts itself: its headings and its cells say °C and °F. Export it again in one unit."
        )
    if not said:
        raise Refused(f"{name} does not say whether its temperatures are °C or °F. Write the unit in the headings.")
    return said.pop()


_Pair = tuple[int, tuple[float, float]]


def _pairs(name: str, found: Rows, unit: Unit) -> list[_Pair]:
    """Return of each day its line, its lowest and its highest, as printed; days without both are named and left out."""
    column, kept, faults = found.temperature, [], 0
    for at, line in enumerate(found.lines):
        odd = next((each for each in (2 * at, 2 * at + 1) if each in column.odd), None)
        if odd is None:
            kept.append(at)
            continue
        text = column.odd[odd]
        if _bounded(found, at, unit):
            kept.append(at)
        elif is_fault(text):
            faults += 1
            found.remark(line, f"{told_fault(text, unit)}; its day is taken for missing")
        elif way := column.beyond(odd):
            found.aside(line, f"{quoted(text)} says that it was {way} what the probe can measure; its day is missing")
        elif column.is_bad(odd):
            found.aside(line, f"{quoted(text)} is no temperature; its day is missing")
        else:
            found.aside(line, "has no lowest or no highest temperature; its day is missing")
    pairs = [(found.lines[at], (column.values[2 * at], column.values[2 * at + 1])) for at in kept]
    if faults and not kept:
        raise Refused(f"{name} holds no day whose temperatures a logger can measure. Read the logger out again.")
    refuse_if_most(name, found, len(kept))
    found.times[0] = [found.times[0][at] for at in kept]
    return pairs


def _bounded(found: Rows, at: int, unit: Unit) -> bool:
    """Take for the lowest and the highest of a row what its marks prove of them, as 60 of “>60” (R14).

    Returns whether that made the day whole: a number that is out of all limits is no day to be left out.
    """
    column = found.temperature
    marks = {each: number(column.odd[each]) for each in (2 * at, 2 * at + 1) if each in column.odd}
    for each, said in marks.items():
        limit = column.past(each, unit)
        if limit is None or limit == column.bound(each, unit) or said.unit not in {None, unit}:
            return False
    for each, said in marks.items():
        column.values[each] = said.bound
        found.remark(
            found.lines[at],
            f"{quoted(column.odd[each])} says that it was {said.beyond} what the probe can measure; {said.bound:g} is "
            f"kept as the {('lowest', 'highest')[each % 2]} of its day",
        )
    return bool(marks)


def _dated(name: str, found: Rows, pairs: list[_Pair], order: DateOrder | None) -> tuple[list[date], list[_Pair]]:
    """Return the days of all rows; a row whose day is none of the calendar is set aside."""
    texts = found.times[0]
    real = {text for text in set(texts) if written(text).days}
    for text, (line, _) in zip(texts, pairs, strict=True):
        if text not in real:
            found.aside(line, f"{quoted(text)} is no day of the calendar")
    texts, pairs = (
        [each for each in texts if each in real],
        [pair for text, pair in zip(texts, pairs, strict=True) if text in real],
    )
    refuse_if_most(name, found, len(texts))
    when = moments.settled(name, Printed(texts, [_MIDNIGHT] * len(texts)), order, [line for line, _ in pairs])
    return [date.fromordinal(_EPOCH + int(each // steps.DAY)) for each in when.local], pairs


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
