"""Where in a table the readings begin, which columns hold their times, and what stands above every column."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ldninv.importers.loggers.clocks import clock, halves
from ldninv.importers.loggers.headings import Role, folded, role
from ldninv.importers.loggers.printed import shaped_like_day
from ldninv.importers.loggers.source import Row
from ldninv.importers.loggers.values import is_mark, is_number

WIDEST = 64
"""Columns that are looked at."""

_HEADINGS = 6
"""Lines of headings that may stand on one another."""
_TIME = re.compile(
    r"\btime\b|uhrzeit|\bzeit\b|heure|\bhora\b|\bora\b|\bore\b|\btijd\b|\btid\b|hour|время|godzina|時刻|时间|時間|시간|시각"
)
_DATE = re.compile(r"\bdate\b|\bdatum\b|\bfecha\b|\bdato\b|\bdata\b|дата|日期|日付|날짜")
_DURATION = re.compile(
    r"elapsed|duration|dauer|duree|duracion|above|below|over|under|\bmin|\bmax|low|high|alarm|total|since"
)


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table is laid out."""

    first: int
    """The line of its first reading."""
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
        while start > 0 and places[start - 1] == times and not _headed(rows[start - 1][1]):
            start -= 1
        headings, above = _headings(rows[:start])
        sample = tuple(rows[at][1] for at in body if at >= start)
        return Layout(rows[start][0], times, numbers, headings, above, sample)
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


def heads_moments(cell: str) -> bool:
    """Whether a cell reads like what stands above times or dates.

    >>> heads_moments("Datum/Uhrzeit"), heads_moments("Time stopped"), heads_moments("10:00")
    (True, True, False)
    """
    word = folded(cell)
    return _TIME.search(word) is not None or _DATE.search(word) is not None


def _is_clock(above: Sequence[tuple[int, Row]], column: int) -> bool:
    """Whether the headings say that a column apart from the dates holds times of day, and no duration."""
    words = [folded(row[column]) for _, row in above[-_HEADINGS:] if column < len(row)]
    return any(_TIME.search(word) and not _DURATION.search(word) for word in words)


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


def _headed(row: Row) -> bool:
    """Whether a row reads like headings, whatever else stands in it."""
    return any(role(cell) in (Role.TEMPERATURE, Role.HUMIDITY) and not is_number(cell) for cell in row)


def _headings(above: Sequence[tuple[int, Row]]) -> tuple[tuple[tuple[str, ...], ...], tuple[Row, ...]]:
    """Return the words above each column, the nearest first, and the rows above them."""
    taken: list[Row] = []
    at = len(above)
    while at > 0 and len(taken) < _HEADINGS:
        row = above[at - 1][1]
        filled = [cell for cell in row if cell.strip()]
        fewest = max(2, len([cell for cell in taken[0] if cell.strip()]) // 2 + 1 if taken else 2)
        if len(filled) < fewest and not (filled and not taken and _headed(row[1:])):  # one alone is a title
            if taken:
                break
        else:
            taken.append(row)
        at -= 1
    wide = max((len(row) for row in taken), default=0)
    words = tuple(
        tuple(" ".join(row[column].split()) if column < len(row) else "" for row in taken)
        for column in range(min(wide, WIDEST))
    )
    return words, tuple(row for _, row in above[:at])
