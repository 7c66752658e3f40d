"""Cells that stand one column beside their headings in some rows: one of them was deleted, or put in, in a sheet.

All rows stay equally long then. The temperature takes the last value of the column beside it, that one of the next, and
so on up to one that is left blank.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from ldninv.importers.loggers.looked_up import LookedUp

if TYPE_CHECKING:
    from ldninv.importers.loggers.layout import Layout

_NOISE = 3
"""How many usual steps of a column its next value may be away."""
_CLOSE = 8
"""Or how many times nearer it has to be to the column beside than to its own."""
_APART = 3
"""How many times nearer the temperature has to be to the column beside than to its own in any case."""

_Values = Callable[[int], float]
"""The number in a column of a row."""


def ways(layout: Layout, temperature: int) -> list[Sequence[int]]:
    """Return the columns that cells may have come from, the temperature first: those behind it, and those before it.

    A column that is blank in all the first rows may be one whose cells were taken there.
    """
    blank = set(range(max(map(len, (layout.headings, *layout.sample)), default=0)))
    for row in layout.sample:
        blank -= {column for column in blank if column < len(row) and row[column].strip()}
    there = blank.difference(layout.times) | set(layout.numbers)
    last = first = temperature
    while last + 1 in there:
        last += 1
    while first - 1 in there:
        first -= 1
    found: list[Sequence[int]] = [range(temperature, last + 1), range(temperature, first - 1, -1)]
    return [each for each in found if len(each) > 1]


def at(cells: LookedUp, step: tuple[int, int], way: Sequence[int], noise: Mapping[int, float]) -> bool:
    """Whether the cells behind a step stand one column beside those before it, or the other way round.

    Args:
        cells: The rows.
        step: Those before and behind it.
        way: The columns, from the temperature on.
        noise: How a column steps by itself.
    """
    was, now = (partial(cells.number, each) for each in step)
    return _is_moved(partial(cells.last, step[0]), now, way, noise) or _is_moved(now, was, way, noise)


def _is_moved(whole: _Values, moved: _Values, way: Sequence[int], noise: Mapping[int, float]) -> bool:
    """Whether cells of one row stand one column nearer to the temperature than in another, or in its place."""
    for landed, (column, beside) in enumerate(zip(way, [*way[1:], None], strict=True)):
        own, now = whole(column), moved(column)
        if landed and math.isnan(now) and not math.isnan(own):
            return True
        next_to = math.nan if beside is None else whole(beside)
        if beside is None or math.isnan(next_to) or math.isnan(now):
            return False
        off, far = abs(now - next_to), abs(now - own)
        if off > max(_NOISE * noise[beside], far / _CLOSE) or (not landed and off * _APART > far):
            return False
    return False
