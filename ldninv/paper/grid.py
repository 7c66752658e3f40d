"""Facts in columns and tables of text, measured for a sheet's width; no cell is cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from ldninv.paper.fonts import UNIT, Face, text_face
from ldninv.paper.page import HAIR, INK, RULE, SOFT, Writer
from ldninv.reports.document import Column

POINTS = 8.5
HEAD_POINTS = 7.5
LINE = 10.6 * UNIT
GAP = 3 * UNIT
AFTER_NUMBER = 7 * UNIT
"""What keeps a text from the number on its left."""
HAND_ROW = 24 * UNIT
"""Room for a hand to write."""
MOST_LINES = 48
"""More than any text of a person's has; a page holds as many."""
FACT_COLUMNS = 3


class Facts:
    """Pairs of a small name and its text, three beside each other; a long text takes a line of its own."""

    def __init__(self, facts: Sequence[tuple[str, str]], left: float, width: float) -> None:
        """Break every text into lines."""
        self._label, self._face = text_face(7.5), text_face(9.5)
        self._left, self._column = left, width / FACT_COLUMNS
        self._lines: list[list[tuple[int, str, tuple[str, ...]]]] = []
        at = 0
        for name, said in facts:
            needs = max(self._face.width(said), self._label.width(name)) + 10 * UNIT
            span = next((n for n in range(1, FACT_COLUMNS) if needs <= n * self._column), FACT_COLUMNS)
            if at == 0 or at + span > FACT_COLUMNS:
                self._lines.append([])
                at = 0
            room = span * self._column - 10 * UNIT
            self._lines[-1].append((at, name, self._face.wrapped(said, room, MOST_LINES)))
            at = (at + span) % FACT_COLUMNS
        self.heights = tuple((17 + 12 * max(len(said) for *_, said in line)) * UNIT for line in self._lines)

    def draw(self, writer: Writer, top: float, line: int) -> None:
        """Draw one line of facts."""
        for at, name, said in self._lines[line]:
            x = self._left + at * self._column
            writer.text(x, top + self._label.ascent, name, self._label, SOFT)
            for number, text in enumerate(said):
                writer.text(x, top + self._label.line + (12 * number) * UNIT + self._face.ascent, text, self._face)


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a column stands."""

    column: Column
    left: float
    right: float

    @property
    def room(self) -> float:
        """What its text may take."""
        return self.right - self.left - 2 * GAP

    def face(self, said: str) -> Face:
        """Return how a text is written: with the fast face where it allows."""
        return text_face(POINTS, bold=self.column.bold, kerning=not said.isascii())


@dataclass(frozen=True, slots=True)
class Row:
    """One row, broken into lines once."""

    height: float
    cells: tuple[tuple[Face, tuple[str, ...]], ...]
    """Of each column that no hand fills."""


class Grid:
    """A table's rows, measured for a width."""

    def __init__(self, columns: Sequence[Column], rows: Sequence[Sequence[str]], left: float, width: float) -> None:
        """Break every cell into lines; drawing later only writes them."""
        self._head = text_face(HEAD_POINTS)
        self._left, self._right = left, left + width
        shares = sum(column.share for column in columns)
        self._slots: list[Slot] = []
        x = left
        for column in columns:
            right = x + width * column.share / shares
            after_number = bool(self._slots) and self._slots[-1].column.number and not column.number
            self._slots.append(Slot(column, x + AFTER_NUMBER * after_number, right))
            x = right
        self._typed = [slot for slot in self._slots if not slot.column.hand]
        self._hand = [slot for slot in self._slots if slot.column.hand]
        self._titles = [self._head.wrapped(slot.column.title, slot.room, 3) for slot in self._slots]
        self.head_height = max(map(len, self._titles)) * self._head.line + 2 * GAP
        self.rows = tuple(self._broken(row) for row in rows)

    def _broken(self, row: Sequence[str]) -> Row:
        faces = [slot.face(said) for slot, said in zip(self._typed, row, strict=True)]
        cells = tuple(
            (face, face.wrapped(said, slot.room, MOST_LINES) if said else ())
            for slot, face, said in zip(self._typed, faces, row, strict=True)
        )
        height = max((len(lines) for _, lines in cells), default=1) * LINE + GAP + 2 * UNIT
        return Row(max(height, self._least), cells)

    @cached_property
    def _least(self) -> float:
        return HAND_ROW if self._hand else LINE + GAP

    def move_together(self, room: float) -> None:
        """Take room for a hand from the rows until all fit into `room`; where they never do, they stay as they are."""
        texts = [max((len(lines) for _, lines in row.cells), default=1) * LINE + GAP for row in self.rows]
        for least in (*(HAND_ROW - taken * UNIT / 4 for taken in range(40)), 0):
            heights = [max(text, least) for text in texts]
            if sum(heights) <= room:
                self.rows = tuple(Row(high, row.cells) for high, row in zip(heights, self.rows, strict=True))
                return

    def draw_head(self, writer: Writer, top: float) -> None:
        """Draw the titles of the columns on a light band."""
        writer.band(self._left, top, self._right - self._left, self.head_height)
        for slot, lines in zip(self._slots, self._titles, strict=True):
            first = top + self.head_height - GAP - len(lines) * self._head.line + self._head.ascent
            for at, line in enumerate(lines):
                _write(writer, slot, first + at * self._head.line, line, self._head)
        writer.rule(self._left, top + self.head_height, self._right, top + self.head_height, RULE, 0.8)

    def draw_rows(self, writer: Writer, top: float, first: int, last: int) -> None:
        """Draw the rows from `first` up to, without, `last`, and the lines between them."""
        y = top
        for row in self.rows[first:last]:
            for slot, (face, lines) in zip(self._typed, row.cells, strict=True):
                first_line = y + (GAP if not self._hand else (row.height - len(lines) * LINE) / 2)
                for at, line in enumerate(lines):
                    _write(writer, slot, first_line + at * LINE + 0.76 * LINE, line, face)
            y += row.height
            writer.rule(self._left, y, self._right, y, HAIR)
        for slot in self._hand:
            writer.rule(slot.left, top, slot.left, y)


def _write(writer: Writer, slot: Slot, baseline: float, line: str, face: Face) -> None:
    if slot.column.number:
        writer.right(slot.right - GAP, baseline, line, face, INK)
    else:
        writer.text(slot.left + GAP, baseline, line, face, INK)
