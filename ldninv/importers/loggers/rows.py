"""The rows of a table taken apart: times, temperatures and what goes with them, in lists as long as the file."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from ldninv.domain.batch_list import Remark
from ldninv.domain.refusal import Refused
from ldninv.importers.loggers.clocks import halves
from ldninv.importers.loggers.headings import Role, folded, role
from ldninv.importers.loggers.layout import Layout
from ldninv.importers.loggers.printed import shaped_like_day
from ldninv.importers.loggers.source import Block, Row
from ldninv.importers.loggers.values import Column, is_number, number
from ldninv.importers.sheets import quoted

MOST_REMARKS = 200
"""Rows set aside that are listed one by one; beyond, they are counted."""

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
    units: set[str] = field(default_factory=set)
    """What stands in the column of units."""
    last: tuple[str, ...] = ()
    """The cells that were read of the last row: temperature, humidity, light."""
    lines: array[int] = field(default_factory=lambda: array("q"))
    events: int = 0
    remarks: list[Remark] = field(default_factory=list)
    set_aside: int = 0

    def aside(self, line: int, text: str) -> None:
        """Set a row aside and say why."""
        self.set_aside += 1
        if len(self.remarks) < MOST_REMARKS:
            self.remarks.append(Remark(line, text))

    @property
    def measured(self) -> list[Column]:
        """The columns of numbers."""
        return [each for each in (self.temperature, self.humidity, self.lux) if each is not None]

    def keep(self, rows: Sequence[int]) -> None:
        """Keep these rows alone, in their order."""
        for texts in self.times:
            texts[:] = [texts[at] for at in rows]
        for column in self.measured:
            column.keep(rows)
        self.lines = array("q", [self.lines[at] for at in rows])


def collected(
    name: str,
    blocks: Iterable[Block],
    layout: Layout,
    columns: Columns,
    mend: Callable[[list[str]], list[str]] | None,
) -> Rows:
    """Return the cells of all rows that hold anything in the column of the time.

    Raises:
        Refused: rows are wider than the headings, so that their cells cannot be told apart.
    """
    rows = Rows(
        times=[[] for _ in columns.times],
        humidity=None if columns.humidity is None else Column(),
        lux=None if columns.lux is None else Column(),
    )
    need = max(columns.all) + 1
    wide = len(layout.headings) or need
    for block in blocks:
        lines: Sequence[int] = range(block.first, block.first + len(block.rows))
        cells = [mend(list(row)) for row in block.rows] if mend is not None else block.rows
        if max(map(len, cells)) > wide and layout.headings:
            _refuse_wider(name, cells, lines, wide)
        if min(map(len, cells)) < need:
            cells, lines = _padded(cells, lines, need)
        for line, row in _take(rows, cells, lines, columns, layout):
            _refuse_other_table(name, row, line, columns, layout)
    return rows


def _refuse_other_table(name: str, row: Row, line: int, columns: Columns, layout: Layout) -> None:
    """Refuse a row of headings that are not those above: what follows may be another unit, or another order.

    Raises:
        Refused: it is one.
    """
    said, time = row[columns.temperature], row[columns.times[0]]
    known = layout.headings[columns.temperature] if columns.temperature < len(layout.headings) else ()
    if folded(said) in map(folded, known) or halves(time) or shaped_like_day(time):
        return
    if not said.strip() or (role(said) is None and Role.TEMPERATURE not in map(role, row[1:])):
        return
    raise Refused(
        f"{name}, line {line}: another table begins here, with {quoted(said)} in the temperature's column. Import each "
        "table as a file of its own."
    )


def _refuse_wider(name: str, rows: Sequence[Row], lines: Sequence[int], wide: int) -> None:
    for line, row in zip(lines, rows, strict=True):
        if any(cell.strip() for cell in row[wide:]):
            raise Refused(
                f"{name}, line {line}: there are more cells than headings, so that it cannot be told which is the "
                "temperature. A decimal comma may part numbers; export the file with another separator."
            )


def _padded(rows: Sequence[Row], lines: Sequence[int], need: int) -> tuple[list[Row], list[int]]:
    """Return the rows that hold anything, as wide as needed."""
    filled = [(line, row) for line, row in zip(lines, rows, strict=True) if any(map(str.strip, row))]
    return [[*row, *[""] * (need - len(row))] for _, row in filled], [line for line, _ in filled]


def _take(
    rows: Rows, cells: Sequence[Row], lines: Sequence[int], columns: Columns, layout: Layout
) -> list[tuple[int, Row]]:
    """Take the cells of a block, and return the rows whose temperature is no number, with their lines."""
    first = [row[columns.times[0]] for row in cells]
    if not _BLANK.isdisjoint(first):
        cells, lines = _with_time(rows, cells, lines, columns.times[0])
        first = [row[columns.times[0]] for row in cells]
    rows.times[0] += first
    for into, column in zip(rows.times[1:], columns.times[1:], strict=True):
        into += [row[column] for row in cells]
    odd = rows.temperature.extend([row[columns.temperature] for row in cells])
    for at in odd:
        rows.events += not cells[at][columns.temperature].strip() and _tells(cells[at], columns, layout)
    if rows.humidity is not None and columns.humidity is not None:
        rows.humidity.extend([row[columns.humidity] for row in cells])
    if rows.lux is not None and columns.lux is not None:
        rows.lux.extend([row[columns.lux] for row in cells])
    if columns.unit is not None:
        rows.units.update({row[columns.unit] for row in cells})
    rows.lines.extend(lines)
    measured = (columns.temperature, columns.humidity, columns.lux)
    rows.last = tuple(cells[-1][at] for at in measured if at is not None) if cells else rows.last
    return [(lines[at], cells[at]) for at in odd]


def _with_time(
    rows: Rows, cells: Sequence[Row], lines: Sequence[int], column: int
) -> tuple[Sequence[Row], Sequence[int]]:
    """Return the rows that have a time; of the others those that hold anything are set aside."""
    kept = []
    for at, row in enumerate(cells):
        if row[column] not in _BLANK:
            kept.append(at)
        elif any(map(str.strip, row)):
            rows.aside(lines[at], "has no time")
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
    if good == 0:
        raise Refused(f"{name} holds no temperatures that can be read. Choose the file that the logger's program made.")
    if rows.set_aside * 20 > good + 20:
        where = rows.remarks[0]
        raise Refused(
            f"{name}: {rows.set_aside} rows cannot be read, the first on line {where.line}: it {where.text}. Export "
            "the file again."
        )
