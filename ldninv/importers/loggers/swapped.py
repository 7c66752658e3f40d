"""Cells of the temperature that changed places with those of another column, in some rows or from one row on.

A person who joined two exports, or sorted a few columns of a sheet, leaves rows in which the temperature stands under
another heading. At the edge of such rows the temperature steps to where the other column was, and that one to where the
temperature was. A place can do the same, so it is asked and never decided.

What lies nearer than the noise nobody can tell apart: columns less than a degree or three of the smallest printed steps
from each other, or no further than the temperature of this file steps by itself. Such a swap is wrong by no more. Of a
column as restless as particles or light only what the temperature does tells; at a file's end that may be too little.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import accumulate, chain, pairwise
from typing import TYPE_CHECKING

from ldninv.domain.batch_list import Remark
from ldninv.domain.storage.logger_file import AS_PRINTED, Answers, Asked, Choice, Question
from ldninv.importers.loggers import breaks, misprinted, shifted
from ldninv.importers.loggers.headings import is_dew_point
from ldninv.importers.loggers.looked_up import LookedUp, number_in
from ldninv.importers.loggers.moments import Moments
from ldninv.importers.loggers.rows import Rows, Step
from ldninv.importers.sheets import quoted

if TYPE_CHECKING:
    from ldninv.importers.loggers.reader import Table

_DOUBT = "Cells may have changed since the logger wrote them, or stand under another heading than their own."
_STANDS = Choice(AS_PRINTED, "all values stand as they were measured")

_STEP = 1.0
"""The least step of a temperature that is looked at, in the file's own unit: twice the accuracy of a room's logger."""
_LEAST = 3
"""The same in the smallest printed steps, and in usual steps of the column (of which three quarters are smaller)."""
_NEAR = 5
"""How many times less both columns have to step once their cells are put back."""
_ALIKE = 0.8
"""Steps of this share of another are of its size."""
_OWN = 3
"""How many steps of a size the temperature may make without crossing another column until that size is its own."""
_DEW = 2.0
"""Degrees of either unit by which no dew point is above its temperature."""
_DAY, _LONG = 24, 8
"""What is long enough to tell how the temperature steps: so many rows, and this part of the file."""
_CLOSE = 8
"""How many times less the temperature alone has to step, put back, where the other column stepped by itself as well."""
_MOST = 20_000
"""Steps that are looked at, the largest: what is smaller is usual in a file that makes so many."""
_CROSSES = 100_000
"""Steps that are looked at of all columns together."""
_SAMPLE, _STRETCHES = 2000, 20
"""Rows of a long file of which the usual step is found, and the stretches of it in which they lie."""


@dataclass(frozen=True, slots=True)
class Cross:
    """Where the temperature and another column step to each other's place."""

    row: int
    """The first row behind the step."""
    column: int
    was: tuple[float, float]
    """Temperature and the other before it; NaN where there is none."""
    now: tuple[float, float]
    blank: bool
    """Whether the other column has no number in one of the two rows; a few rows above it may have one."""
    moved: bool
    """Whether the cells of one of the two rows stand one column beside those of the other."""

    @property
    def temperature(self) -> float:
        """How far the temperature steps."""
        return abs(self.now[0] - self.was[0])

    @property
    def other(self) -> float:
        """How far the other column steps."""
        return abs(self.now[1] - self.was[1])

    @property
    def back(self) -> tuple[float, float]:
        """How far the temperature and the other column would step if the cells were put back."""
        return abs(self.now[1] - self.was[0]), abs(self.now[0] - self.was[1])

    @property
    def both(self) -> bool:
        """Whether both would step far less."""
        return sum(self.back) * _NEAR <= self.temperature + self.other + 1e-9


@dataclass(frozen=True, slots=True)
class _Own:
    """How a column steps by itself."""

    steps: Sequence[float]
    """Of a sample, the smallest first."""
    share: float
    """Of all rows that the sample is."""

    @classmethod
    def of(cls, values: Sequence[float], rows: float) -> _Own:
        steps = sorted(abs(now - was) for was, now in pairwise(values) if not math.isnan(now - was))
        return cls(steps, len(values) / max(rows, 1))

    @property
    def smallest(self) -> float:
        """The smallest step that is printed, at most one degree."""
        return min(_STEP, next((step for step in self.steps if step > 1e-9), 0.0))  # noqa: PLR2004 - of two decimals

    @property
    def noise(self) -> float:
        """The step that it makes without any reason."""
        return max(self.smallest, self.usual(0))

    def usual(self, without: int) -> float:
        """Return the step of which three quarters are smaller, without some of the largest that are none of its own."""
        left = len(self.steps) - round(without * self.share)
        return self.steps[min(left - 1, 3 * left // 4)] if left > 0 else 0.0

    def least(self, without: int) -> float:
        """Return from which step on it is looked at."""
        return max(_STEP, _LEAST * self.smallest - 1e-9, _LEAST * self.usual(without))


def ask(table: Table, temperature: int, rows: Rows, when: Moments, answers: Answers) -> None:
    """Ask whether the values stand as they were measured where the temperature and another column change places.

    The same where the temperature steps and is printed otherwise than before, or a hole in the times tells of a change.

    Raises:
        Asked: they do, and nobody said.
    """
    steps = rows.far_steps(_STEP)
    changed = _crossings(table, temperature, rows, steps)
    found = misprinted.told(rows, steps) | breaks.told(rows, when, steps)
    found |= {each.row: _told(table, each) for each in changed}
    if found:
        ask_of(table.name, [Remark(rows.lines[row], found[row]) for row in sorted(found)], rows, answers)


def ask_of(name: str, told: Sequence[Remark], rows: Rows, answers: Answers) -> None:
    """Ask whether the values stand as they were measured, or keep that a person said so.

    Raises:
        Asked: nobody said.
    """
    more = len(told) - 1
    also = f", and {more} more {'line' if more == 1 else 'lines'} like it" if more else ""
    said = f"line {told[0].line}{also}: {told[0].text}"
    if answers.as_printed:
        rows.as_printed.append(said)
        return
    raise Asked(
        f"{name}, {said}. {_DOUBT} Export the file again if so, or say that all values stand as they were measured.",
        Question.CHANGED_PLACES,
        (_STANDS,),
        because=f"{said[:1].upper()}{said[1:]}. {_DOUBT} Export the file again if so.",
    )


def _crossings(table: Table, temperature: int, rows: Rows, steps: Sequence[Step]) -> list[Cross]:
    """Return at which steps the temperature seems to change places with another column of numbers, read or not."""
    values = rows.temperature.values
    ways = {way[1]: way for way in shifted.ways(table.layout, temperature)} if steps else {}
    others = sorted({*table.layout.numbers, *ways} - {temperature})
    if not steps or not others:
        return []
    every = len(steps)
    if every > (most := min(_MOST, _CROSSES // len(others))):
        steps = sorted(nlargest(most, steps, key=lambda step: abs(values[step[1]] - values[step[0]])))
    cells = LookedUp.of(table, rows, steps)
    own = _calmest(values, every / len(steps))
    sample, read = table.layout.sample, {*others, *chain(*ways.values())}
    usual = {each: _Own.of([number_in(row, each) for row in sample], len(sample)) for each in read}
    noise = {column: each.noise for column, each in usual.items()}
    found: dict[int, Cross] = {}
    for column in others:
        found |= _dews(table, rows, cells, column, steps)
        moved = [column in ways and shifted.at(cells, step, ways[column], noise) for step in steps]
        seen = [_cross(rows, cells, column, step, moved=each) for step, each in zip(steps, moved, strict=True)]
        found |= {each.row: each for each in _changed(seen, own, usual[column], len(values))}
    return [found[row] for row in sorted(found)]


def _dews(table: Table, rows: Rows, cells: LookedUp, column: int, steps: Sequence[Step]) -> dict[int, Cross]:
    """Return the steps on whose one side alone a dew point is above the temperature."""
    if not is_dew_point(table.layout.heading(column)):
        return {}
    every = (_cross(rows, cells, column, step, moved=False) for step in steps)
    return {
        each.row: each for each in every if (each.was[1] > each.was[0] + _DEW) != (each.now[1] > each.now[0] + _DEW)
    }


def _changed(seen: Sequence[Cross], own: _Own, usual: _Own, rows: int) -> Iterator[Cross]:
    """Yield the steps at which a temperature and a column change places, of all its larger steps."""
    least = own.least(sum(each.both or each.moved for each in seen))
    large = [each for each in seen if each.temperature >= least]
    both = [each for each in large if each.both or each.moved]
    one = [each for each in large if not (each.both or each.moved) and _goes_on(each, own, usual)]
    crossed = {id(each) for each in (*both, *one)}
    alone = sorted((each for each in large if id(each) not in crossed), key=lambda each: -each.temperature)
    sizes = [-each.temperature for each in alone]
    first, last = (list(accumulate((each.row for each in alone), outer)) for outer in (min, max))
    for some, allowed in ((both, _OWN), (one, 0)):
        for each in some:
            alike = bisect_right(sizes, -_ALIKE * each.temperature)
            if alike <= allowed or _is_edge(each.row, first[alike - 1], last[alike - 1], rows):
                yield each


def _is_edge(row: int, first: int, last: int, rows: int) -> bool:
    """Whether the temperature made no such step on one side, and it is long enough to tell.

    Args:
        row: Of the step.
        first: The first row of any other step of its size.
        last: The last one.
        rows: Of the file.
    """
    long = max(_DAY, rows // _LONG)
    return (row >= long and first > row) or (rows - row >= long and last < row)


def _goes_on(step: Cross, own: _Own, usual: _Own) -> bool:
    """Whether the temperature goes on in the other column, which is as restless as it would be then, or blank."""
    near, far = sorted(math.inf if math.isnan(each) else each for each in step.back)
    if step.blank:
        return near <= min(max(own.noise, usual.noise), step.temperature / _CLOSE)
    before, after = step.was[0] - step.was[1], step.now[0] - step.now[1]
    turned = (before > 0) is not (after > 0) and 2 * min(abs(before), abs(after)) >= step.temperature
    return turned and far <= _LEAST * usual.noise and near <= min(own.noise, step.temperature / _CLOSE)


def _calmest(values: Sequence[float], each_for: float) -> _Own:
    """Return how the temperature steps in the calmer of a file's thirds: the other may hold another column.

    Args:
        values: The temperatures.
        each_for: For how many steps each one stands that is looked at.
    """
    third = len(values) // 3
    parts = [values, values[:third], values[-third:]] if third >= _DAY else [values]
    each = [_Own.of(_sampled(part), len(values) / each_for) for part in parts]
    return min(each, key=lambda own: own.usual(0))


def _sampled(values: Sequence[float]) -> list[float]:
    """Return all values, or stretches of them from all over a long record."""
    if len(values) <= _SAMPLE:
        return list(values)
    apart = len(values) // _STRETCHES
    starts = range(0, len(values) - apart + 1, apart)
    return [each for start in starts for each in values[start : start + _SAMPLE // _STRETCHES]]


def _cross(rows: Rows, cells: LookedUp, column: int, step: tuple[int, int], *, moved: bool) -> Cross:
    """Return a step with what another column does there; above it, its last number counts."""
    before, at = step
    values, now = rows.temperature.values, cells.number(at, column)
    blank = math.isnan(cells.number(before, column)) or math.isnan(now)
    return Cross(at, column, (values[before], cells.last(before, column)), (values[at], now), blank, moved)


def _told(table: Table, step: Cross) -> str:
    """Return in words what both columns do."""
    digits = [f"{each:g}" if not math.isnan(each) else "nothing" for each in (*step.was, *step.now)]
    heading = quoted(table.layout.heading(step.column))
    said = f"the temperature goes from {digits[0]} to {digits[2]} while {heading} goes from {digits[1]} to {digits[3]}"
    return f"{said}, as if a cell were missing or too many in its row" if step.moved and not step.both else said
