"""The last row of a file that ends without the end of a line: what stands there may be cut off."""

from __future__ import annotations

import math

from ldninv.importers.loggers.column import Column
from ldninv.importers.loggers.rows import Columns, Rows
from ldninv.importers.loggers.source import Row
from ldninv.importers.loggers.values import number

_DIGITS = range(10)


def set_aside(rows: Rows, columns: Columns) -> None:
    """Set the last row aside where what it ends with may be part of a longer text; a number looks like another then.

    Makers that never end the last line keep theirs, where it is as the rows before it.
    """
    line, row = rows.last
    if not rows.lines or rows.lines[-1] != line:
        return
    end = len(row) - 1
    read = [(columns.temperature, rows.temperature)]
    for at, column in ((columns.humidity, rows.humidity), (columns.lux, rows.lux)):
        read += [(at, column)] if at is not None and column is not None else []
    short = len(rows.lines) == 1 or any(at > end or not row[at].strip() for at, _ in read)
    if short or _is_shorter_time(rows, columns, end) or any(at == end and _may_go_on(row[at], by) for at, by in read):
        rows.keep(range(len(rows.lines) - 1))
        rows.aside(line, "is the last and has no end; what stands there may be cut off")


def set_aside_day(rows: Rows, last: tuple[int, Row], measured: tuple[int, ...]) -> None:
    """Set the last day aside where the last cell is one of its temperatures and may go on."""
    line, row = last
    if len(row) - 1 in measured and (len(rows.lines) == 1 or _may_go_on(row[-1], rows.temperature)):
        rows.times[0].pop()
        rows.temperature.keep(range(len(rows.temperature.values) - len(measured)))
        rows.lines.pop()
        rows.aside(line, "is the last and has no end; what stands there may be cut off")


def _is_shorter_time(rows: Rows, columns: Columns, end: int) -> bool:
    texts = [texts for at, texts in zip(columns.times, rows.times, strict=True) if at == end]
    return any(len(each[-1].strip()) < len(each[-2].strip()) for each in texts)


def _may_go_on(cell: str, column: Column) -> bool:
    """Whether a number's text may be the beginning of one that stands nearer to the reading before."""
    said = number(cell)
    if said.digits < column.digits or "e" in cell.casefold():
        return True
    before = next((each for each in reversed(column.values[:-1]) if not math.isnan(each)), None)
    if column.digits or before is None or math.isnan(said.value) or not cell.strip()[-1:].isdigit():
        return False
    signed = math.copysign(1.0, said.value)
    return any(abs(said.value * 10 + signed * more - before) < abs(said.value - before) for more in _DIGITS)
