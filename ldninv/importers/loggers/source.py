"""A logger's file as rows of text cells: its beginning, and the rest block by block."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, compress, count, islice
from typing import Protocol

from ldninv.domain.progress import Progress, unheard
from ldninv.domain.refusal import Refused
from ldninv.importers.sheets import Cell
from ldninv.importers.tables import DELIMITERS
from ldninv.importers.workbooks import Worksheet

HEAD = 400
"""Rows in which the readings must begin."""
BLOCK = 512
"""Rows at a time: few enough that they stay near the processor and are never looked through for garbage."""

_PIECE = 1 << 18
"""Characters that are cut into lines at once."""

_END = re.compile(r"\r\n|\r|\n")

_HEAD_TEXT = 400_000
"""Characters of the beginning that are looked at."""

Row = Sequence[str]


@dataclass(frozen=True, slots=True)
class Block:
    """Rows that follow on one another."""

    first: int
    """The line of the first; 1 is the file's first."""
    rows: Sequence[Row]


class Source(Protocol):
    """What a table is read from."""

    def head(self) -> list[tuple[int, Row]]:
        """Return the first rows with their lines; a file whose quotation marks are broken has none."""

    def blocks(self, start: int, progress: Progress) -> Iterator[Block]:
        """Yield the rows from line `start` on.

        Raises:
            Refused: the table is broken.
        """

    def lines(self) -> Iterator[tuple[int, str]]:
        """Yield every line with its number, as it stands there."""

    def at(self, lines: set[int]) -> dict[int, Row]:
        """Return the rows of some of its lines once more."""

    @property
    def separators(self) -> str:
        """What may part the cells of its lines, in whatever table they belong to."""


@dataclass(frozen=True, slots=True)
class Text:
    """Cells between separators."""

    name: str
    text: str
    delimiter: str
    before: int = 0
    """Lines of the file before the text."""

    def head(self) -> list[tuple[int, Row]]:
        """Return the first rows; see `Source`."""
        return self._rows(self.text[:_HEAD_TEXT], HEAD)

    def all(self) -> list[tuple[int, Row]]:
        """Return all rows with their lines, up to where a quotation mark is broken."""
        return self._rows(self.text, None)

    def _rows(self, text: str, most: int | None) -> list[tuple[int, Row]]:
        rows: list[tuple[int, Row]] = []
        try:
            lines = io.StringIO(text, newline="")
            reader = csv.reader(lines, delimiter=self.delimiter, skipinitialspace=self.delimiter != "\t", strict=True)
            for cells in islice(reader, most):
                rows.append((self.before + reader.line_num, cells))  # noqa: PERF401 - what came before an error counts
        except csv.Error:
            return rows
        return rows

    def blocks(self, start: int, progress: Progress) -> Iterator[Block]:
        """Yield the rows from a line on; see `Source`."""
        lines = islice(_lines(self.text), start - self.before - 1, None)
        total = self.text.count("\n")
        reader = csv.reader(lines, delimiter=self.delimiter, skipinitialspace=self.delimiter != "\t", strict=True)
        while True:
            before = reader.line_num
            try:
                rows = list(islice(reader, BLOCK))
            except csv.Error:
                raise self._torn(start + before) from None
            if not rows:
                return
            if reader.line_num - before != len(rows):
                raise self._torn(start + before)
            progress(start + before, total)
            yield Block(start + before, rows)

    def lines(self) -> Iterator[tuple[int, str]]:
        """Yield every line; see `Source`."""
        return enumerate(_lines(self.text), self.before + 1)

    def at(self, lines: set[int]) -> dict[int, Row]:
        """Return the rows of some lines; see `Source`."""
        texts = compress(_lines(self.text), map(lines.__contains__, count(self.before + 1)))
        cells = csv.reader(texts, delimiter=self.delimiter, skipinitialspace=self.delimiter != "\t")
        return dict(zip(sorted(lines), cells, strict=True))

    @property
    def separators(self) -> str:
        """All that are known; see `Source`."""
        return DELIMITERS

    def _torn(self, line: int) -> Refused:
        return Refused(
            f"{self.name}: from line {line} on a quotation mark opens or closes at the wrong place, so the readings "
            "cannot be told apart. Export the file again."
        )


def _lines(text: str) -> Iterator[str]:
    """Return the lines of a text with their ends; a piece at a time, for all of it takes the memory four times."""
    return chain.from_iterable(io.StringIO(piece, newline="") for piece in _pieces(text))


def _pieces(text: str) -> Iterator[str]:
    at = 0
    while at < len(text):
        found = _END.search(text, at + _PIECE)
        end = len(text) if found is None else found.end()
        yield text[at:end]
        at = end


_CELL, _ROW = "\x1f", "\x1e"
_BLANKS = str.maketrans({_CELL: " ", _ROW: " "})


@dataclass(frozen=True, slots=True)
class Book:
    """One sheet of a workbook, its rows joined to texts: cells apart take the memory ten times."""

    runs: Sequence[tuple[int, str]]
    """Rows without a hole between them, some at a time, with the line of the first."""

    @classmethod
    def of(cls, sheet: Worksheet, progress: Progress = unheard) -> Book:
        """Return a sheet with all its cells as text."""
        runs: list[tuple[int, str]] = []
        run: list[str] = []
        last = 0

        def keep(line: int, cells: Sequence[Cell]) -> None:
            nonlocal last
            if run and (line != last + 1 or len(run) == BLOCK):
                end()
            run.append(_CELL.join([str(cell).translate(_BLANKS) for cell in cells]))
            last = line

        def end() -> None:
            runs.append((last - len(run) + 1, _ROW.join(run)))
            run.clear()

        sheet.each(keep, None, progress)
        if run:
            end()
        return cls(runs)

    def with_lines(self, lines: Iterator[str]) -> Book:
        """Return the same sheet with other texts for its lines, as `lines` has them."""
        return Book([(first, _ROW.join(islice(lines, text.count(_ROW) + 1))) for first, text in self.runs])

    def head(self) -> list[tuple[int, Row]]:
        """Return the first rows; see `Source`."""
        return list(islice(self.rows(), HEAD))

    def rows(self) -> Iterator[tuple[int, Row]]:
        """Yield every row with its line."""
        return ((line, row.split(_CELL)) for line, row in self.lines())

    def blocks(self, start: int, progress: Progress) -> Iterator[Block]:
        """Yield the rows from a line on, a run of lines without a hole at a time; see `Source`."""
        total = self.runs[-1][0] if self.runs else 0
        for first, text in self.runs:
            rows = [row.split(_CELL) for row in text.split(_ROW)][max(0, start - first) :]
            if rows:
                progress(first, total)
                yield Block(max(first, start), rows)

    def lines(self) -> Iterator[tuple[int, str]]:
        """Yield every line, its cells parted as in a text; see `Source`."""
        return chain.from_iterable(enumerate(text.split(_ROW), first) for first, text in self.runs)

    def at(self, lines: set[int]) -> dict[int, Row]:
        """Return the rows of some lines; see `Source`."""
        return {line: row for line, row in self.rows() if line in lines}

    @property
    def separators(self) -> str:
        """One that no cell holds; see `Source`."""
        return _CELL
