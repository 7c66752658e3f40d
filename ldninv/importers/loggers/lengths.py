"""How many cells the rows of a text have: as many as its headings, or it cannot be told what stands under which.

A cell lost or one too many moves all that follow it below another heading, and blank columns take what is left over.
Makers write all rows of a table alike; those that do not are known: Lascar and its like name the logger in the first
row alone, and words behind the numbers, as of a button, may be left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from ldninv.domain.refusal import Refused
from ldninv.importers.loggers import parted
from ldninv.importers.loggers.headings import Role, folded, role
from ldninv.importers.loggers.layout import Layout, time_columns
from ldninv.importers.loggers.others import names_a_logger
from ldninv.importers.loggers.source import Row
from ldninv.importers.loggers.values import is_number, unit_in

if TYPE_CHECKING:
    from ldninv.importers.loggers.rows import Columns, Rows


@dataclass(frozen=True, slots=True)
class Lengths:
    """How many cells each row of a table has."""

    name: str
    """The file's, for messages."""
    columns: Columns
    usual: int
    first: int
    """The same of its first reading."""
    first_line: int
    wide: int
    """Cells of the headings; a row has no more of them that hold anything."""
    bare: int
    """Cells of a row without the words at its end, which spreadsheets leave out where some rows on end are blank."""

    @classmethod
    def of(cls, name: str, layout: Layout, columns: Columns) -> Lengths:
        """Return how long the rows of a table are.

        Raises:
            Refused: the headings have another number of cells, and nothing explains it.
        """
        counts = Counter(map(len, layout.sample))
        heads = _deciding(layout, columns)
        if not heads:
            most = counts.most_common(1)[0][0]
            return cls(name, columns, most, most, layout.readable, max(counts), max(counts))
        wide = len(heads[0])
        usual = _usual(layout, heads[0], counts)
        if usual is None or any(len(head) != wide and not _explained(layout, head, usual) for head in heads):
            raise _out_of_step(name, layout, heads, counts)
        named_once = usual == wide - _names(heads[0]) and len(layout.sample[0]) == wide
        first = wide if named_once else usual
        return cls(name, columns, usual, first, layout.readable, max(map(len, heads)), _bare(heads[0]))

    def sift(self, rows: Rows, cells: Sequence[Row], lines: Sequence[int]) -> tuple[Sequence[Row], Sequence[int]]:
        """Return the rows of a block that are as long as they should be, or hold no temperature.

        Raises:
            Refused: a row has a cell too many that holds something.
        """
        if set(map(len, cells)) == {self.usual}:
            return cells, lines
        kept = []
        for at, row in enumerate(cells):
            if len(row) == self.usual or self._is_whole(row, lines[at]):
                kept.append(at)
            elif len(row) > self.usual:
                rows.aside(lines[at], parted.LONGER)
            else:
                rows.aside(lines[at], parted.SHORTER)
        return [cells[at] for at in kept], [lines[at] for at in kept]

    def _is_whole(self, row: Row, line: int) -> bool:
        over = row[self.usual :]
        if (len(row) == self.first and line == self.first_line) or self._leaves_words_out(row):
            return True
        if any(cell.strip() for cell in (over if any(map(is_number, over)) else row[self.wide :])):
            raise parted.wider(self.name, line)
        if any(cell.strip() for cell in over):
            return True
        held = (*self.columns.times, self.columns.temperature)
        return any(at >= len(row) or not row[at].strip() for at in held) or time_columns(row) != self.columns.times

    def _leaves_words_out(self, row: Row) -> bool:
        """Whether a row has all its cells but the words at its end, or those as well; one alone may be a cell lost."""
        if self.wide - self.bare <= 1 or len(row) not in (self.bare, self.wide):
            return False
        return is_number(row[self.bare - 1]) and not any(map(is_number, row[self.bare :]))


def _deciding(layout: Layout, columns: Columns) -> list[Row]:
    """Return the rows of headings that say what is read and in which unit, the nearest first; else the nearest."""
    read = [at for at in (columns.temperature, columns.humidity, columns.lux, columns.unit) if at is not None]
    found = {_first(layout, at, lambda word: role(word) is not None) for at in read}
    found.add(_first(layout, columns.temperature, lambda word: unit_in(folded(word)) is not None))
    return [layout.heads[at] for at in sorted(at for at in found if at is not None)] or [*layout.heads[:1]]


def _first(layout: Layout, column: int, says: Callable[[str], bool]) -> int | None:
    """Return which row of headings is the first to say something of a column."""
    return next((at for at, head in enumerate(layout.heads) if column < len(head) and says(head[column])), None)


def _usual(layout: Layout, head: Row, counts: Counter[int]) -> int | None:
    """Return how many cells most rows have, where the headings explain it; None where they do not."""
    wide, once = len(head), len(head) - _names(head)
    rest = Counter(map(len, layout.sample[1:]))
    if once < wide == len(layout.sample[0]) and rest and rest.most_common(1)[0][0] == once:
        return once
    common = counts.most_common(1)[0][0]
    over = [row[wide:] for row in layout.sample]
    if common != wide and _explained(layout, head, common):
        return common
    return wide if wide in counts or any(map(str.strip, chain.from_iterable(over))) else None


def _names(head: Row) -> int:
    """Return how many of the last headings tell of what the first row alone says: which logger it is."""
    return next((at for at, word in enumerate(reversed(head)) if not names_a_logger(word)), 0)


def _bare(head: Row) -> int:
    """Return how many headings there are before the last ones, of words."""
    return len(head) - next((at for at, word in enumerate(reversed(head)) if not parted.tells_words(word)), 0)


def _explained(layout: Layout, head: Row, length: int) -> bool:
    """Whether rows may have another number of cells than their headings: blank ones at either's end, or words.

    The last heading that names a number has to stand over numbers then, or a cell inside was lost or is one too many.
    """
    rows = [row for row in layout.sample if len(row) == length]
    if any(cell.strip() for row in rows for cell in row[len(head) :]) or not all(
        map(parted.tells_words, head[length:])
    ):
        return False
    last = max((at for at, word in enumerate(head[:length]) if word.strip()), default=0)
    told = role(head[last])
    sure = told in (Role.TEMPERATURE, Role.HUMIDITY) if length > len(head) else told is not None
    return sure and 10 * sum(is_number(row[last]) for row in rows) >= 9 * len(rows)


def _out_of_step(name: str, layout: Layout, heads: Sequence[Row], counts: Counter[int]) -> Refused:
    said = " and ".join(map(str, sorted({len(head) for head in heads})))
    return Refused(
        f"{name}: its headings have {said} cells and its rows {counts.most_common(1)[0][0]}, from line "
        f"{layout.readable} on, so that it cannot be told what stands under which. A cell is missing or one too many; "
        "export the file again."
    )
