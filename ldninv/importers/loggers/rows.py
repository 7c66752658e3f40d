"""The rows of a table taken apart: times, temperatures and what goes with them, in lists as long as the file."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from operator import sub

from ldninv.domain.batch_list import Remark
from ldninv.domain.pieces import pieces
from ldninv.domain.refusal import Refused
from ldninv.importers.loggers import light, marks
from ldninv.importers.loggers.column import Column
from ldninv.importers.loggers.headings import folded
from ldninv.importers.loggers.layout import Layout
from ldninv.importers.loggers.lengths import Lengths
from ldninv.importers.loggers.lux import decimal_mark, in_lux
from ldninv.importers.loggers.numbered import Numbered
from ldninv.importers.loggers.others import Others
from ldninv.importers.loggers.parted import Commas
from ldninv.importers.loggers.source import Block, Row
from ldninv.importers.loggers.under_words import UnderWords
from ldninv.importers.loggers.values import Number, humidity, is_number, number

MOST_REMARKS = 200
"""Rows set aside that are listed one by one; beyond, they are counted."""

Step = tuple[int, int]
"""A row with a temperature, and the next one that has one."""

_BLANK = frozenset({"", " ", "  "})


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns are read."""

    times: tuple[int, ...]
    temperature: int
    humidity: int | None = None
    lux: int | None = None
    unit: int | None = None

    @property
    def all(self) -> tuple[int, ...]:
        """Every column that is read."""
        rest = (self.temperature, self.humidity, self.lux, self.unit)
        return (*self.times, *(each for each in rest if each is not None))


@dataclass(slots=True)
class Rows:
    """The cells of all rows that hold a time, column by column."""

    times: list[list[str]]
    temperature: Column = field(default_factory=Column)
    humidity: Column | None = None
    lux: Column | None = None
    units: dict[str, int] = field(default_factory=dict)
    """What stands in the column of units, and on which line first."""
    last: tuple[int, Row] = (0, ())
    """The line of the last row, and its cells."""
    lines: array[int] = field(default_factory=lambda: array("q"))
    events: int = 0
    elsewhere: set[int] = field(default_factory=set)
    """Rows whose temperature is blank while something else stands behind their time, by their index."""
    remarks: list[Remark] = field(default_factory=list)
    """What is wrong with rows, of the first of them."""
    remarked: int = 0
    """How many there are of these in all."""
    first_aside: Remark | None = None
    set_aside: int = 0
    as_printed: list[str] = field(default_factory=list)
    """What looks as if cells had changed places and was measured so, as a person said."""
    doubts: list[Remark] = field(default_factory=list)
    """What may stand under another heading than its own, as a person has to say."""
    blank: array[int] = field(default_factory=lambda: array("q"))
    """The lines that hold a time, no temperature, and no event."""
    timeless: array[int] = field(default_factory=lambda: array("q"))
    """The lines that hold a temperature and no time."""
    numbered: Numbered | None = None
    """The column that counts the rows."""
    spoke: int | None = None
    """A column of temperatures beside the one that is read, which has some after all."""

    def aside(self, line: int, text: str) -> None:
        """Set a row aside and say why."""
        self.set_aside += 1
        self.first_aside = self.first_aside or Remark(line, text)
        self.remark(line, text)

    def remark(self, line: int, text: str) -> None:
        """Say what is wrong with a row."""
        self.remarked += 1
        if len(self.remarks) < MOST_REMARKS:
            self.remarks.append(Remark(line, text))

    @property
    def measured(self) -> list[Column]:
        """The columns of numbers."""
        return [each for each in (self.temperature, self.humidity, self.lux) if each is not None]

    def far_steps(self, least: float) -> list[Step]:
        """Return the steps from a row with a temperature to the next one that are so large or larger."""
        values, odd = self.temperature.values, self.temperature.odd
        if odd:
            there = pairwise(at for at in range(len(values)) if at not in odd)
            return [(before, at) for before, at in there if abs(values[at] - values[before]) >= least]
        found: list[Step] = []
        for part in pieces(len(values) - 1):
            steps = array("d", map(sub, values[part.start + 1 : part.stop + 1], values[part]))
            if max(steps) >= least or min(steps) <= -least:
                found += [(at - 1, at) for at, step in enumerate(steps, part.start + 1) if not -least < step < least]
        return found

    def keep(self, rows: Sequence[int]) -> None:
        """Keep these rows alone, in their order."""
        for texts in self.times:
            texts[:] = [texts[at] for at in rows]
        for column in self.measured:
            column.keep(rows)
        self.lines = array("q", [self.lines[at] for at in rows])
        self.elsewhere = {new for new, old in enumerate(rows) if old in self.elsewhere}


def collected(
    name: str,
    blocks: Iterable[Block],
    layout: Layout,
    columns: Columns,
    mend: Callable[[list[str]], list[str]] | None,
    *,
    delimiter: str | None = None,
) -> Rows:
    """Return the cells of all rows that hold anything in the column of the time.

    Args:
        name: The file's, for messages.
        blocks: Its rows.
        layout: How they are laid out.
        columns: Which are read.
        mend: What the family puts right in a row.
        delimiter: What parts the cells of a text; None in a workbook.

    Raises:
        Refused: rows are out of step with their headings or parted by decimal commas: their cells cannot be told apart;
            or they are of several loggers.
    """
    rows = _begun(layout, columns)
    rows.numbered = Numbered.of(layout, columns)
    commas = Commas.of(name, layout, columns) if delimiter == "," else None
    lengths = Lengths.of(name, layout, columns) if delimiter is not None else None
    if lengths is not None and lengths.doubt:
        rows.doubts.append(Remark(layout.readable, lengths.doubt))
    others, words = Others(layout, columns.all), UnderWords.of(layout, columns)
    need = max(columns.all) + 1
    for block in blocks:
        lines: Sequence[int] = range(block.first, block.first + len(block.rows))
        cells = [mend(list(row)) for row in block.rows] if mend is not None else block.rows
        if rows.numbered is not None:
            rows.numbered.see(cells, lines)
        if commas is not None:
            commas.refuse(cells, lines)
        if lengths is not None:
            cells, lines = lengths.sift(rows, cells, lines)
        cells, lines = words.sift(rows, cells, lines)
        others.see(cells, lines)
        rows.last = (lines[-1], cells[-1]) if cells else rows.last
        cells, lines = _padded(cells, lines, need)
        _take(rows, cells, lines, columns, layout)
    others.refuse_several(name)
    rows.spoke = others.spoke
    return rows


def _begun(layout: Layout, columns: Columns) -> Rows:
    return Rows(
        times=[[] for _ in columns.times],
        humidity=None if columns.humidity is None else Column(humidity),
        lux=None if columns.lux is None else Column(_light_of(layout, columns.lux)),
    )


def _light_of(layout: Layout, column: int) -> Callable[[str], Number]:
    """Return how the cells of a column of light are read: in lux, whatever its heading or a cell measures in."""
    cells = (row[column] for row in layout.sample for column in layout.numbers if column < len(row))
    words = layout.headings[column] if column < len(layout.headings) else ()
    of_one = next((found for word in words if (found := light.lux_in(folded(word))) is not None), 1.0)
    return partial(in_lux, mark=decimal_mark(cells), lux=of_one)


def _padded(rows: Sequence[Row], lines: Sequence[int], need: int) -> tuple[Sequence[Row], Sequence[int]]:
    """Return rows as wide as needed; where any is not, those that hold anything."""
    if min(map(len, rows), default=need) >= need:
        return rows, lines
    filled = [(line, row) for line, row in zip(lines, rows, strict=True) if any(map(str.strip, row))]
    return [[*row, *[""] * (need - len(row))] for _, row in filled], [line for line, _ in filled]


def _take(rows: Rows, cells: Sequence[Row], lines: Sequence[int], columns: Columns, layout: Layout) -> None:
    """Take the cells of a block."""
    first = [row[columns.times[0]] for row in cells]
    if not _BLANK.isdisjoint(first):
        cells, lines = _with_time(rows, cells, lines, columns)
        first = [row[columns.times[0]] for row in cells]
    rows.times[0] += first
    for into, column in zip(rows.times[1:], columns.times[1:], strict=True):
        into += [row[column] for row in cells]
    odd = rows.temperature.extend([row[columns.temperature] for row in cells])
    behind = max(columns.times) + 1
    for at in odd:
        row = cells[at]
        if not row[columns.temperature].strip():
            tells = _tells(row, columns, layout)
            rows.events += tells
            if not tells:
                rows.blank.append(lines[at])
            if any(cell.strip() for column, cell in enumerate(row[behind:], behind) if column != columns.unit):
                rows.elsewhere.add(len(rows.lines) + at)
    if rows.humidity is not None and columns.humidity is not None:
        rows.humidity.extend([row[columns.humidity] for row in cells])
    if rows.lux is not None and columns.lux is not None:
        rows.lux.extend([row[columns.lux] for row in cells])
    if columns.unit is not None:
        said = [row[columns.unit] for row in cells]
        rows.units.update({text: lines[said.index(text)] for text in set(said) - rows.units.keys()})
    rows.lines.extend(lines)


def _with_time(
    rows: Rows, cells: Sequence[Row], lines: Sequence[int], columns: Columns
) -> tuple[Sequence[Row], Sequence[int]]:
    """Return the rows that have a time; of the others those that hold anything are set aside."""
    kept = []
    for at, row in enumerate(cells):
        if row[columns.times[0]] not in _BLANK:
            kept.append(at)
        elif any(map(str.strip, row)):
            rows.aside(lines[at], "has no time")
            if is_number(row[columns.temperature]):
                rows.timeless.append(lines[at])
    return [cells[at] for at in kept], [lines[at] for at in kept]


def _tells(row: Row, columns: Columns, layout: Layout) -> bool:
    """Whether a row without a temperature tells of something else, as rows of a button or a download do."""
    aside = set(columns.all) | set(layout.numbers)
    return any(
        cell.strip() and at not in aside and not is_number(cell) and number(cell).bad for at, cell in enumerate(row)
    )


def refuse_if_most(name: str, rows: Rows, good: int) -> None:
    """Refuse a file of whose rows too many were set aside to trust the rest.

    Raises:
        Refused: there are none left, or those set aside are more than one in twenty.
    """
    where = rows.first_aside
    if good == 0 or (where is not None and rows.set_aside * 20 > good + 20):
        raise nothing_read(name, rows)


def remarks(rows: Rows) -> tuple[Remark, ...]:
    """Return what is wrong with rows, in the order of their lines, and of how many more."""
    more = rows.remarked - len(rows.remarks)
    listed = sorted(rows.remarks, key=lambda remark: remark.line)
    return (*listed, *((Remark(listed[-1].line, f"and {more} more rows like these"),) if more > 0 else ()))


def nothing_read(name: str, rows: Rows) -> Refused:
    """Return why a file is refused of whose rows none, or too few, can be read."""
    where = rows.first_aside
    if where is None:
        odd = rows.temperature.odd
        said = marks.told([(line, odd.get(at, "")) for at, line in enumerate(rows.lines)])
        choose = ". Choose the file that the logger's program made."
        return Refused(f"{name} holds no temperatures that can be read{f': {said}' if said else choose}")
    why = where.text if where.text.startswith("“") else f"it {where.text}"
    return Refused(
        f"{name}: {rows.set_aside} rows cannot be read, the first on line {where.line}: {why}. Export the file again."
    )
