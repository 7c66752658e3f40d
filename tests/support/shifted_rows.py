"""Lines of a logger's file whose cells are out of step with their headings, or whose first times cannot be read."""

from __future__ import annotations

import csv
import io
import random
import re
from dataclasses import dataclass

Lines = list[str]

_MOMENT = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}(?:\D.*)?")


@dataclass(frozen=True)
class Parted:
    """A file's lines, and which of them hold readings."""

    lines: Lines
    delimiter: str
    body: list[int]

    @classmethod
    def of(cls, lines: Lines) -> Parted | None:
        delimiter = max(",;\t", key="".join(lines).count)
        body = [at for at, line in enumerate(lines) if any(map(_MOMENT.fullmatch, _cells(line, delimiter)[:3]))]
        found = cls(lines, delimiter, body)
        if len(body) < 2 or body[0] == 0 or found.torn:
            return None
        return found

    @property
    def torn(self) -> bool:
        """Whether a decimal comma parts its numbers: what is one cell of them nobody can tell then."""
        return max(len(self.cells(at)) for at in self.body) > len(self.cells(self.body[0] - 1)) > 1

    def cells(self, at: int) -> list[str]:
        return _cells(self.lines[at], self.delimiter)

    def changed(self, cells: dict[int, list[str]]) -> Lines:
        lines = [*self.lines]
        for at, row in cells.items():
            out = io.StringIO()
            csv.writer(out, delimiter=self.delimiter, lineterminator="\n").writerow(row)
            lines[at] = out.getvalue()
        return lines

    def some(self, rng: random.Random) -> list[int]:
        """Return all rows, all from one on, or some that follow on one another."""
        start = rng.choice([0, rng.randrange(len(self.body))])
        return self.body[start : start + rng.choice([1, 3, 30, len(self.body)])]


def _cells(line: str, delimiter: str) -> list[str]:
    return next(csv.reader([line.rstrip("\r\n")], delimiter=delimiter), [])


def first_times_spoilt(rng: random.Random, lines: Lines) -> Lines | None:
    """Make the times of the first rows blank, or such that nobody can read them."""
    table = Parted.of(lines)
    if table is None:
        return None
    first = table.body[: rng.choice([1, 2, 3, 5, len(table.body) - 1])]
    said = rng.choice(["", "", "x", "00:60", "EST"])
    return table.changed({at: [_spoilt(cell, said) for cell in table.cells(at)] for at in first})


def _spoilt(cell: str, said: str) -> str:
    if _MOMENT.fullmatch(cell) is None:
        return cell
    return f"{cell} {said}" if said == "EST" else said


def cells_lost(rng: random.Random, lines: Lines) -> Lines | None:
    """Lose the same cell of one row, of some, of all from one on, or of all."""
    table = Parted.of(lines)
    if table is None:
        return None
    column = rng.choice([0, rng.randrange(len(table.cells(table.body[-1])))])
    return table.changed({at: _without(table.cells(at), column) for at in table.some(rng)})


def _without(cells: list[str], column: int) -> list[str]:
    return [cell for at, cell in enumerate(cells) if at != column]


def cells_too_many(rng: random.Random, lines: Lines) -> Lines | None:
    """Put a cell into one row, into some, into all from one on, or into all."""
    table = Parted.of(lines)
    if table is None:
        return None
    column = rng.randrange(len(table.cells(table.body[-1])) + 1)
    cell = rng.choice(["", "", "x", "5", "12", "19.5"])
    return table.changed({at: _with(table.cells(at), column, cell) for at in table.some(rng)})


def _with(cells: list[str], column: int, cell: str) -> list[str]:
    return [*cells[:column], cell, *cells[column:]]


def headings_shifted(rng: random.Random, lines: Lines) -> Lines | None:
    """Lose a heading, or put one too many, in the line above the readings; blank cells below may hide it."""
    table = Parted.of(lines)
    if table is None:
        return None
    above = table.body[0] - 1
    cells = table.cells(above)
    column = rng.choice([0, rng.randrange(len(cells))])
    shifted = _without(cells, column) if rng.random() < 0.5 else _with(cells, column, rng.choice(["", "Logger", "x"]))
    below = rng.choice([[], [""]])
    return table.changed({above: shifted, **{at: [*table.cells(at), *below] for at in table.body}})
