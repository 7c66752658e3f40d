"""Numbers with decimals below a heading of words, such as a note: all cells of their row may stand one column aside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING

from ldninv.importers.loggers.layout import Layout
from ldninv.importers.loggers.parted import tells_words
from ldninv.importers.loggers.source import Row
from ldninv.importers.loggers.values import number
from ldninv.importers.sheets import quoted

if TYPE_CHECKING:
    from ldninv.importers.loggers.rows import Columns, Rows


@dataclass(frozen=True, slots=True)
class UnderWords:
    """The columns of a table that hold words and no measured numbers."""

    headings: dict[int, str]

    @classmethod
    def of(cls, layout: Layout, columns: Columns) -> UnderWords:
        """Return the columns of a table whose own heading tells of words."""
        heads = {at: words for at, words in enumerate(layout.headings) if any(words) and at not in columns.all}
        return cls({at: layout.heading(at) for at in heads if tells_words(layout.heading(at))})

    def sift(self, rows: Rows, cells: Sequence[Row], lines: Sequence[int]) -> tuple[Sequence[Row], Sequence[int]]:
        """Return the rows of a block that hold no measured number there; the others are set aside."""
        if not self.headings or not any(map(_measured, self._different(cells))):
            return cells, lines
        kept = []
        for index, row in enumerate(cells):
            at = next((at for at in self.headings if at < len(row) and _measured(row[at])), None)
            if at is None:
                kept.append(index)
            else:
                said = f"{quoted(row[at].strip())} stands under {quoted(self.headings[at])}"
                rows.aside(lines[index], f"{said}; a cell may be one too many")
        return [cells[index] for index in kept], [lines[index] for index in kept]

    def _different(self, cells: Sequence[Row]) -> set[str]:
        """Return all that stands there, once."""
        try:
            return set(chain.from_iterable(set(map(itemgetter(*self.headings, *self.headings), cells))))
        except IndexError:  # a row is shorter
            return {row[at] for row in cells for at in self.headings if at < len(row)}


def _measured(cell: str) -> bool:
    """Whether a cell is a number with decimals; a button or a mark may be printed as a whole one."""
    return bool(cell.strip()) and number(cell).digits > 0
