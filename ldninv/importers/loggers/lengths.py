"""How many cells the rows of a text have: as many as its headings, or it cannot be told what stands under which.

A cell lost or one too many moves all that follow it below another heading, and blank columns take what is left over.
Makers write all rows of a table alike; those that do not are known: Lascar and its like name the logger in the first
row alone, and words behind the numbers, as of a button or an alarm, may be left out. Of other rows what they hold tells
whether a cell can have been lost.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

from ldninv.domain.refusal import Refused
from ldninv.importers.loggers import parted
from ldninv.importers.loggers.headings import Role, folded, role
from ldninv.importers.loggers.layout import Layout, time_columns
from ldninv.importers.loggers.others import names_a_logger
from ldninv.importers.loggers.source import Row
from ldninv.importers.loggers.standing import Standing, cannot_be_moved, may_be_left_out, told_once
from ldninv.importers.loggers.values import is_number, number, unit_in
from ldninv.importers.sheets import quoted

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
    standing: Standing
    headings: Row = ()
    ragged: bool = False
    """Whether its rows differ in their number of cells."""
    doubt: str = ""
    """What a cell too many in all rows may have moved."""

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
            standing = Standing.of(layout.sample, columns)
            return cls(name, columns, most, most, layout.readable, max(counts), max(counts), standing)
        wide = len(heads[0])
        usual = _usual(layout, heads[0], counts, columns)
        if usual is None or any(
            len(head) != wide and not (_explained(layout, head, usual, columns) or _completed(layout, head, usual))
            for head in heads
        ):
            raise _out_of_step(name, layout, heads, counts)
        first = wide if usual in told_once(heads[0]) and len(layout.sample[0]) == wide else usual
        rows = [row for row in layout.sample if len(row) == usual]
        found = cls(
            name,
            columns,
            usual,
            first,
            layout.readable,
            max(map(len, heads)),
            _bare(heads[0]),
            Standing.of(rows, columns, heads[0]),
            heads[0],
            len(counts) > 1,
        )
        moved = usual > wide and not _ends_sure(rows, heads[0]) and not cannot_be_moved(heads[0], rows, columns)
        if not moved or any(len(head) == usual for head in layout.heads):
            return found
        return replace(found, doubt=_doubt(layout, columns))

    def sift(self, rows: Rows, cells: Sequence[Row], lines: Sequence[int]) -> tuple[Sequence[Row], Sequence[int]]:
        """Return the rows of a block that are as long as they should be, or hold no temperature.

        Raises:
            Refused: a row has a cell too many that holds something.
        """
        looked = self.ragged if self.usual >= self.wide else self.standing.has_words(cells)
        if set(map(len, cells)) == {self.usual} and not looked:
            return cells, lines
        kept: list[Row] = []
        at: list[int] = []
        for row, line in zip(cells, lines, strict=True):
            fault = self._fault(row, line, kept[-1] if kept else ())
            if fault:
                rows.aside(line, fault)
            else:
                kept.append(row if len(row) >= self.usual else self._event(row) or row)
                at.append(line)
        return kept, at

    def _fault(self, row: Row, line: int, before: Row) -> str:
        """Return why a row is set aside; empty where it is whole or holds no temperature."""
        if len(row) == self.usual:
            if self.ragged and self.usual >= self.wide and row[-1].strip() and self.standing.is_moved(row, before):
                return parted.LONGER
            column = self.standing.out_of_place(row) if self.usual < self.wide else None
            if column is None:
                return ""
            return f"{quoted(row[column].strip())} stands under {quoted(self.headings[column])}; a cell may be missing"
        if self._is_whole(row, line, before) or self._event(row):
            return ""
        return parted.LONGER if len(row) > self.usual else parted.SHORTER

    def _event(self, row: Row) -> Row | None:
        """Return a shorter row of words alone with these behind all columns, for none of them is a reading."""
        behind = max(self.columns.times) + 1
        words = row[behind:]
        if len(row) >= self.usual or any(map(is_number, words)) or not any(number(cell).bad for cell in words):
            return None
        return [*row[:behind], *[""] * (max(self.wide, self.usual, *self.columns.all) + 1 - behind), *words]

    def _is_whole(self, row: Row, line: int, before: Row) -> bool:
        over = row[self.usual :]
        if (len(row) == self.first and line == self.first_line) or self._leaves_words_out(row):
            return True
        if any(cell.strip() for cell in (over if any(map(is_number, over)) else row[self.wide :])):
            raise parted.wider(self.name, line)
        held = (*self.columns.times, self.columns.temperature)
        if any(at >= len(row) or not row[at].strip() for at in held) or time_columns(row) != self.columns.times:
            return True
        if any(cell.strip() for cell in over):
            return self.standing.is_full(row) or self.standing.is_near(row, before)
        return self.standing.is_whole(row, self.usual, before)

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


def _usual(layout: Layout, head: Row, counts: Counter[int], columns: Columns) -> int | None:
    """Return how many cells most rows have, where the headings explain it; None where they do not."""
    wide, (once, with_limits) = len(head), told_once(head)
    rest = Counter(map(len, layout.sample[1:]))
    most = rest.most_common(1)[0][0] if rest else wide
    if most < wide == len(layout.sample[0]):
        first, second = layout.sample[0], next(row for row in layout.sample[1:] if len(row) == most)
        standing = Standing.of([first], columns)
        if most == once or (most == with_limits and standing.is_near(second, first)):
            return most
    common = counts.most_common(1)[0][0]
    over = [row[wide:] for row in layout.sample]
    if common != wide and _explained(layout, head, common, columns):
        return common
    return wide if wide in counts or any(map(str.strip, chain.from_iterable(over))) else None


def _bare(head: Row) -> int:
    """Return how many headings there are before the last ones, of words."""
    return len(head) - next((at for at, word in enumerate(reversed(head)) if not parted.tells_words(word)), 0)


def _explained(layout: Layout, head: Row, length: int, columns: Columns) -> bool:
    """Whether rows may have another number of cells than their headings: blank ones at either's end, or words.

    The last heading that names a number has to stand over numbers then, or a cell inside was lost or is one too many.
    """
    rows = [row for row in layout.sample if len(row) == length]
    if any(cell.strip() for row in rows for cell in row[len(head) :]) or not all(map(may_be_left_out, head[length:])):
        return False
    if length > len(head):
        words = [at for at, word in enumerate(head) if parted.tells_words(word)]
        moved = any(is_number(row[at]) for row in rows for at in words)
        return not moved and columns.temperature in Standing.of(rows, columns).sure
    last = _last(rows, head[:length])
    if any(map(names_a_logger, head[length:])) and not _lacks_names(rows, last, columns):
        return False
    return role(head[last]) is not None and _holds_numbers(rows, last)


def _lacks_names(rows: Sequence[Row], last: int, columns: Columns) -> bool:
    """Whether the last numbers are no logger's name that a lost cell moved there, in all rows or in the first."""
    first, rest = rows[0], rows[1:]
    return len({row[last] for row in rows}) > 1 and Standing.of(rest, columns).is_near(first, rest[0])


def _completed(layout: Layout, head: Row, length: int) -> bool:
    """Whether other headings are as long as the rows, and words stand where this row of headings ends."""
    over = [row[len(head) :] for row in layout.sample if len(row) == length]
    full = [each for each in layout.heads if len(each) == length]
    return not any(map(is_number, chain.from_iterable(over))) and any(
        all(map(may_be_left_out, each[len(head) :])) for each in full
    )


def _last(rows: Sequence[Row], head: Row) -> int:
    """Return the last heading that names a number, or something that holds any."""
    named = [at for at, word in enumerate(head) if word.strip()]
    return max(
        (at for at in named if not may_be_left_out(head[at]) or any(is_number(row[at]) for row in rows)), default=0
    )


def _holds_numbers(rows: Sequence[Row], column: int) -> bool:
    return 10 * sum(is_number(row[column]) for row in rows) >= 9 * len(rows)


def _ends_sure(rows: Sequence[Row], head: Row) -> bool:
    """Whether the last numbers are temperatures or humidities by their heading, so that none can have been moved."""
    last = _last(rows, head)
    return role(head[last]) in (Role.TEMPERATURE, Role.HUMIDITY) and _holds_numbers(rows, last)


def _doubt(layout: Layout, columns: Columns) -> str:
    following = layout.heading(columns.temperature + 1)
    return (
        "every row ends in a blank cell that no heading has, so that what stands under "
        f"{quoted(following)} may be the temperature"
    )


def _out_of_step(name: str, layout: Layout, heads: Sequence[Row], counts: Counter[int]) -> Refused:
    said = " and ".join(map(str, sorted({len(head) for head in heads})))
    return Refused(
        f"{name}: its headings have {said} cells and its rows {counts.most_common(1)[0][0]}, from line "
        f"{layout.readable} on, so that it cannot be told what stands under which. A cell is missing or one too many; "
        "export the file again."
    )
