"""Some rows of a table looked up once more, with the cells that are not read."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from ldninv.importers.loggers.rows import Rows
from ldninv.importers.loggers.source import Row
from ldninv.importers.loggers.values import number

if TYPE_CHECKING:
    from ldninv.importers.loggers.reader import Table

_BACK = 3
"""Rows above one in which the last number of a column is looked for."""


@dataclass(frozen=True, slots=True)
class LookedUp:
    """The cells of some rows and of a few above each, as they were read."""

    lines: Sequence[int]
    """Of every row."""
    cells: Mapping[int, Row]
    """By line."""

    @classmethod
    def of(cls, table: Table, rows: Rows, steps: Sequence[tuple[int, int]]) -> LookedUp:
        """Return the rows between which the steps are."""
        lines = {rows.lines[each] for before, at in steps for each in (*range(max(0, before - _BACK), before + 1), at)}
        mend = table.family.mend
        found = table.source.at(lines)
        return cls(rows.lines, found if mend is None else {line: mend(list(row)) for line, row in found.items()})

    def number(self, row: int, column: int) -> float:
        """Return the number of a row in a column; NaN where there is none."""
        return number_in(self.cells[self.lines[row]], column)

    def last(self, row: int, column: int) -> float:
        """Return the last number of a column up to a row, of a few."""
        above = (self.number(each, column) for each in range(row, max(-1, row - _BACK - 1), -1))
        return next((each for each in above if not math.isnan(each)), math.nan)


def number_in(row: Row, column: int) -> float:
    """Return the number in a column of a row; NaN where there is none."""
    return _value(row[column]) if column < len(row) else math.nan


@lru_cache(maxsize=4096)
def _value(cell: str) -> float:
    return number(cell).value
