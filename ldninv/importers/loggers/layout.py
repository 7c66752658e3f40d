"""Where in a table the readings begin, which columns hold their times, and what stands above every column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ldninv.importers.loggers.clocks import clock, halves
from ldninv.importers.loggers.headings import Role, role
from ldninv.importers.loggers.printed import shaped_like_day
from ldninv.importers.loggers.source import Row
from ldninv.importers.loggers.spoilt import Spoilt
from ldninv.importers.loggers.time_words import tells_moment, tells_time_of_day
from ldninv.importers.loggers.values import is_mark, is_number

WIDEST = 64
"""Columns that are looked at."""

_HEADINGS = 6
"""Lines of headings that may stand on one another."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table is laid out."""

    first: int
    """The line of its first row, whether its time can be read or not."""
    times: tuple[int, ...]
    """The column of the moment, or those of date and time; 0 is the first."""
    numbers: tuple[int, ...]
    """Columns that mostly hold numbers, or marks for missing ones."""
    headings: tuple[tuple[str, ...], ...]
    """For each column what stands above it, the nearest first."""
    preamble: tuple[Row, ...]
    """The rows above the headings."""
    sample: tuple[Row, ...]
    """The first readings."""
    heads: tuple[Row, ...]
    """The rows of headings, the nearest first."""
    readable: int
    """The line of the first reading."""

    def heading(self, column: int) -> str:
        """Return a column's nearest heading that is not blank; its number where it has none."""
        words = self.headings[column] if column < len(self.headings) else ()
        return next((word for word in words if word), f"column {column + 1}")

    def role(self, column: int) -> Role | None:
        """Return what a column's headings say that it holds, the nearest that says something."""
        words = self.headings[column] if column < len(self.headings) else ()
        return next((found for word in words if (found := role(word)) is not None), None)

    @property
    def worth(self) -> tuple[int, int, int]:
        """How well it is understood, to choose between separators."""
        known = sum(self.role(column) is not None for column in self.numbers)
        return (known, len(self.sample), len(self.numbers))


def find(rows: Sequence[tuple[int, Row]]) -> Layout | None:
    """Return the layout of a table that begins with `rows`, or None where they hold no times beside numbers."""
    places = [time_columns(cells) for _, cells in rows]
    counted = Counter(place for place in places if place is not None)
    for times, _ in counted.most_common(3):
        body = [at for at, place in enumerate(places) if place == times]
        numbers = _numbers([rows[at][1] for at in body], times)
        if len(times) > 1 and times[1] != times[0] + 1 and not _is_clock(rows[: body[0]], times[1]):
            continue
        start = next((at for at in body if any(_numeric(rows[at][1], column) for column in numbers)), None)
        if start is None:
            continue
        spoilt = Spoilt.of([rows[at][1] for at in body], times)
        begin = _begin([row for _, row in rows[:start]], times, numbers, spoilt)
        heads, above = _heads([row for _, row in rows[:begin]])
        readings = [rows[at] for at in body if at >= begin]
        sample = tuple(row for _, row in readings)
        return Layout(rows[begin][0], times, numbers, _words(heads), above, sample, heads, readings[0][0])
    return None


def time_columns(cells: Row) -> tuple[int, ...] | None:
    """Return where a row holds its moment: in one column, or in two as date and time.

    >>> time_columns(["1", "2026-03-05 10:00", "21.5"]), time_columns(["24/01/2020", "13:08", "22"])
    ((1,), (0, 1))
    >>> time_columns(["13:08", "24/01/2020", "22"]), time_columns(["24/01/2020", "22", "13:08"])
    ((1, 0), (0, 2))
    """
    days = []
    for at, cell in enumerate(cells[:WIDEST]):
        if not cell or not any(map(str.isdigit, cell)):
            continue
        found = halves(cell)
        if found is not None and shaped_like_day(found[0]):
            return (at,)
        if shaped_like_day(cell):
            if at + 1 < len(cells) and clock(cells[at + 1]) is not None:
                return (at, at + 1)
            days.append(at)
    return _apart(cells, days) if days else None


def _apart(cells: Row, days: Sequence[int]) -> tuple[int, int] | None:
    """Return where a date and a time stand that are no neighbours in this order: the time has a colon then."""
    times = [at for at, cell in enumerate(cells[:WIDEST]) if ":" in cell and clock(cell) is not None]
    return (days[0], times[0]) if times else None


def _is_clock(above: Sequence[tuple[int, Row]], column: int) -> bool:
    """Whether the headings say that a column apart from the dates holds times of day, and no duration."""
    words = [row[column] for _, row in above[-_HEADINGS:] if column < len(row)]
    return any(map(tells_time_of_day, words))


def _numbers(body: Sequence[Row], times: tuple[int, ...]) -> tuple[int, ...]:
    wide = max((len(row) for row in body), default=0)
    found = []
    for column in range(min(wide, WIDEST)):
        cells = [row[column].strip() for row in body if column < len(row) and row[column].strip()]
        good, marks = sum(map(is_number, cells)), sum(map(is_mark, cells))
        if column not in times and good and (good + marks) * 2 >= len(cells):
            found.append(column)
    return tuple(found)


def _numeric(row: Row, column: int) -> bool:
    return column < len(row) and is_number(row[column])


def _begin(above: Sequence[Row], times: tuple[int, ...], numbers: tuple[int, ...], spoilt: Spoilt) -> int:
    """Return which row is the table's first, of those above its first reading and below its headings.

    What holds a number there is a row whose time cannot be read, and so is what else shows that a reading was lost from
    it. Where no headings stand above it, these follow on one another down to the first reading.
    """
    headed = (at for at in reversed(range(len(above))) if _is_heading(above[at], times, numbers))
    head = next((at for at in headed if not spoilt.is_sure(above[at])), None)
    begin = len(above)
    for at in reversed(range(0 if head is None else head + 1, len(above))):
        holds = any(_numeric(above[at], column) for column in numbers) or time_columns(above[at]) == times
        if (holds and begin == at + 1) or (head is not None and (holds or spoilt.shows(above[at]))):
            begin = at
    return begin


def _is_heading(row: Row, times: tuple[int, ...], numbers: tuple[int, ...]) -> bool:
    """Whether a row tells what stands below it."""
    if any(column < len(row) and tells_moment(row[column]) for column in times):
        return True
    if any(_numeric(row, column) for column in numbers):
        return False
    return any(cell.strip() and (role(cell) is not None or tells_moment(cell)) for cell in row)


def _headed(row: Row) -> bool:
    """Whether a row reads like headings, whatever else stands in it."""
    return any(role(cell) in (Role.TEMPERATURE, Role.HUMIDITY) and not is_number(cell) for cell in row)


def _heads(above: Sequence[Row]) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """Return the rows of headings, the nearest first, and the rows above them."""
    taken: list[Row] = []
    at = len(above)
    while at > 0 and len(taken) < _HEADINGS:
        row = above[at - 1]
        filled = [cell for cell in row if cell.strip()]
        fewest = max(2, len([cell for cell in taken[0] if cell.strip()]) // 2 + 1 if taken else 2)
        if len(filled) < fewest and not (filled and not taken and _headed(row[1:])):  # one alone is a title
            if taken:
                break
        else:
            taken.append(row)
        at -= 1
    return tuple(taken), tuple(above[:at])


def _words(heads: Sequence[Row]) -> tuple[tuple[str, ...], ...]:
    """Return the words above each column, the nearest first."""
    wide = min(max(map(len, heads), default=0), WIDEST)
    return tuple(
        tuple(" ".join(row[column].split()) if column < len(row) else "" for row in heads) for column in range(wide)
    )
