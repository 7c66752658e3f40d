"""A column that counts the rows: where it jumps while the times go on, rows were lost."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from ldninv.importers.loggers.doubts import forwards
from ldninv.importers.loggers.layout import Layout
from ldninv.importers.loggers.moments import Moments
from ldninv.importers.loggers.source import Row

if TYPE_CHECKING:
    from ldninv.importers.loggers.rows import Columns, Rows

_ENOUGH = 10
"""Rows that show that a column counts them."""
_LONGEST = 9
"""Digits of a row's number."""


@dataclass(slots=True)
class Numbered:
    """Follows the numbers of rows from one to the next."""

    column: int
    step: int
    """1, or -1 where the newest row stands first."""
    jumps: list[tuple[int, int, int]] = field(default_factory=list)
    """The line below each jump, and the first and the last number that the file does not have."""
    _next: int | None = None
    """The number that the next row has, where every row since the last number has one."""

    @classmethod
    def of(cls, layout: Layout, columns: Columns) -> Numbered | None:
        """Return what follows the first column, or None where it does not count the first rows one by one."""
        found = [_number(row, 0) for row in layout.sample]
        numbers = [each for each in found if each is not None]
        if 0 in columns.all or len(numbers) < max(_ENOUGH, len(found) * 9 // 10):
            return None
        steps = [after - before for before, after in pairwise(numbers)]
        return next((cls(0, step) for step in (1, -1) if 10 * steps.count(step) >= 9 * len(steps)), None)

    def see(self, rows: Sequence[Row], lines: Sequence[int]) -> None:
        """Look at a block of rows, whether they can be read or not."""
        if self._next is not None and self._go_on(rows, self._next):
            self._next += len(rows) * self.step
            return
        for row, line in zip(rows, lines, strict=True):
            if not row:
                continue
            said = _number(row, self.column)
            if said is not None:
                if self._next is not None and (said - self._next) * self.step > 0:
                    self.jumps.append((line, self._next, said - self.step))
                self._next = said
            if self._next is not None:
                self._next += self.step

    def _go_on(self, rows: Sequence[Row], begin: int) -> bool:
        """Whether the numbers of a whole block follow on one another."""
        found = [row[self.column] if row else "" for row in rows]
        return found == [*map(str, range(begin, begin + len(rows) * self.step, self.step))]


def say_lost(rows: Rows, when: Moments) -> None:
    """Say which numbers a file does not have though the times leave no room for their rows."""
    jumps = rows.numbered.jumps if rows.numbered is not None else []
    usual = forwards(when.local, when.steps)[1].usual if jumps else None
    for line, first, last in jumps if usual is not None else ():
        at = bisect_left(rows.lines, line)
        lost = abs(last - first) + 1
        if usual is None or not 0 < at < len(rows.lines) or rows.lines[at] != line:
            continue
        if abs(when.local[at] - when.local[at - 1]) < (lost + 0.5) * usual:
            said = f"row {first} is" if lost == 1 else f"rows {first} to {last} are"
            rows.remark(line, f"{said} not in the file, by the numbers in it, and the times go on as if none was lost")


def _number(row: Row, column: int) -> int | None:
    cell = row[column].strip() if column < len(row) else ""
    return int(cell) if cell.isdecimal() and len(cell) <= _LONGEST else None
