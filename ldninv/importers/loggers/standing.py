"""Whether cells stand under their own headings, told by what they hold where a row has more or fewer than others."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from ldninv.domain.storage.logger_file import Unit
from ldninv.importers.loggers.dew import dew_point_c
from ldninv.importers.loggers.headings import Role, folded, is_dew_point, role
from ldninv.importers.loggers.others import names_a_logger
from ldninv.importers.loggers.parted import tells_words
from ldninv.importers.loggers.source import Row
from ldninv.importers.loggers.values import is_number, number, unit_in

if TYPE_CHECKING:
    from ldninv.importers.loggers.rows import Columns

_LEFT_OUT = re.compile(
    r"^alarms?(?: ?(?:type|status|state))?$|^stat(?:us|e)$|^(?:book)?marks?$|^flags?$|^user$|^info$|ereignis|hinweis"
    r"|message|annotation|^observa|opmerking|备注|dateiende|^(?:good|bad) batter"
)
_LIMIT = re.compile(r"alarm")
_NEAR = 5
"""How many times nearer a value has to be to those of its own column than to those of the columns behind it."""
_STEP = 1.0
"""From which step on it is looked at: a change of columns that are nearer is wrong by no more."""
_NO_HUMIDITY = (5.0, 100.0)
"""Percent beyond which no place's humidity lies."""
_HOTTEST = 60.0
"""°C above which no place is that is watched."""
_DEW_C = 3.0
"""How far printed dew points lie at most from that of what stands beside them."""


_read = lru_cache(maxsize=4096)(number)


def may_be_left_out(heading: str) -> bool:
    """Whether loggers leave the last cells of a row out where they are blank and stand under such headings.

    >>> may_be_left_out("Alarm"), may_be_left_out("Serial Number"), may_be_left_out("High Alarm")
    (True, True, False)
    """
    return tells_words(heading) or names_a_logger(heading) or _LEFT_OUT.search(folded(heading)) is not None


def told_once(head: Row) -> tuple[int, int]:
    """Return how many cells a row has without what its last headings say of the whole file: names, and limits too."""
    back = [*reversed(head)]
    names = next((at for at, word in enumerate(back) if not names_a_logger(word)), 0)
    limits = next((at for at, word in enumerate(back[names:]) if _LIMIT.search(folded(word)) is None), 0)
    return len(head) - names, len(head) - names - limits


@dataclass(frozen=True, slots=True)
class Standing:
    """What the columns of a table hold in rows of the usual length."""

    columns: Columns
    sure: tuple[int, ...]
    """Columns that hold numbers in nearly all of them."""
    known: dict[int, float]
    """The first number of each column that holds any."""
    mute: bool = False
    """Whether nothing stands under a last heading that tells of numbers: it may have taken in what was moved."""

    @classmethod
    def of(cls, rows: Sequence[Row], columns: Columns, head: Row = ()) -> Standing:
        """Return what stands in rows; under headings of words no number is sure."""
        wide = range(max(map(len, rows), default=0))
        cells = {at: [row[at] for row in rows if at < len(row) and is_number(row[at])] for at in wide}
        words = {at for at, word in enumerate(head) if word.strip() and tells_words(word)}
        often = [at for at, found in cells.items() if found and 10 * len(found) >= 9 * len(rows)]
        sure = tuple(at for at in often if at not in words)
        known = {at: _read(found[0]).value for at, found in cells.items() if found}
        behind = range(max(sure, default=0) + 1, len(head))
        mute = any(at not in known and role(head[at]) and not may_be_left_out(head[at]) for at in behind)
        return cls(columns, sure, known, mute)

    def is_whole(self, row: Row, usual: int, before: Row) -> bool:
        """Whether a row without its last cells, or with blank ones more, has every number where it belongs.

        Args:
            row: Its cells.
            usual: How many others have.
            before: The last row above it.
        """
        if self.mute or self.columns.temperature not in self.sure:
            return False
        last = self.sure[-1]
        behind = [at for at in range(last + 1, len(row)) if is_number(row[at])]
        if not all(is_number(row[at]) for at in self.sure if at < len(row)):
            return False
        if len(row) > usual:
            return not behind
        if any(at not in self.known for at in behind):
            return False
        return self.is_near(row, before)

    def is_near(self, row: Row, before: Row) -> bool:
        """Whether what is read of a row is much nearer to its own columns than to any behind, as it stands."""
        above = self.known | {at: _read(cell).value for at, cell in enumerate(before) if is_number(cell)}
        for at in (self.columns.temperature, self.columns.humidity):
            if at is None or at >= len(row) or at not in above:
                continue
            value = _read(row[at]).value
            other = min((abs(value - above[each]) for each in self.known if each > at), default=math.inf)
            if abs(value - above[at]) >= _STEP and _NEAR * abs(value - above[at]) > other:
                return False
        return True

    def has_words(self, rows: Sequence[Row]) -> bool:
        """Whether words stand in a measured column of any row."""
        cells = {row[at] for at in self.sure for row in rows if at < len(row)}
        return any(found.bad or bool(found.beyond) for found in map(_read, cells))

    def is_full(self, row: Row) -> bool:
        """Whether a row has a number in each column where nearly all have one."""
        return all(at < len(row) and is_number(row[at]) for at in self.sure)

    def is_moved(self, row: Row, before: Row) -> bool:
        """Whether the temperature of a row seems to stand under the heading behind its own."""
        at = self.columns.temperature
        if at + 1 >= len(row) or not is_number(row[at]) or not is_number(row[at + 1]):
            return False
        was = _read(before[at]).value if at < len(before) else math.nan
        was = self.known.get(at, math.nan) if math.isnan(was) else was
        own, other = (abs(_read(row[each]).value - was) for each in (at, at + 1))
        return own >= _STEP and _NEAR * other <= own

    def out_of_place(self, row: Row) -> int | None:
        """Return a measured column in which a row with a temperature has words; None where there is none."""
        if self.columns.temperature >= len(row) or not is_number(row[self.columns.temperature]):
            return None
        there = [(at, _read(row[at])) for at in self.sure if at < len(row)]
        return next((at for at, found in there if found.bad or found.beyond), None)


def cannot_be_moved(head: Row, rows: Sequence[Row], columns: Columns) -> bool:
    """Whether what stands under the last heading that has numbers can be no reading of the column before it.

    A cell too many in all rows would have moved it there, and blank columns would hide it.
    """
    last = max((at for at in range(len(head)) if any(at < len(row) and is_number(row[at]) for row in rows)), default=0)
    values = [_read(row[last]).value for row in rows if last < len(row) and is_number(row[last])]
    before = role(head[last - 1])
    if is_dew_point(head[last]) and columns.humidity is not None:
        return _are_dew_points(head, rows, columns, last)
    if before is Role.HUMIDITY:
        return _mostly([not _NO_HUMIDITY[0] <= each <= _NO_HUMIDITY[1] for each in values])
    unit = _unit(head, columns)
    return before is Role.TEMPERATURE and _mostly([unit.celsius(each) > _HOTTEST for each in values])


def _are_dew_points(head: Row, rows: Sequence[Row], columns: Columns, dew: int) -> bool:
    unit, found = _unit(head, columns), []
    for row in rows:
        each = [_read(row[at]).value if at < len(row) else math.nan for at in (columns.temperature, dew)]
        damp = _read(row[columns.humidity]).value if columns.humidity is not None else math.nan
        if not any(map(math.isnan, (*each, damp))):
            warm, point = map(unit.celsius, each)
            found.append(abs(dew_point_c(warm, damp) - point) <= _DEW_C)
    return _mostly(found)


def _unit(head: Row, columns: Columns) -> Unit:
    heading = head[columns.temperature] if columns.temperature < len(head) else ""
    return unit_in(folded(heading)) or Unit.CELSIUS


def _mostly(said: Sequence[bool]) -> bool:
    return bool(said) and 10 * sum(said) >= 9 * len(said)
