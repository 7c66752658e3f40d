"""A section's table on paper: columns that fit the sheet, rows high enough to write on."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor

from ldninv.domain.quantities import Strength
from ldninv.domain.signs import Sign
from ldninv.paper.fonts import GLYPHS, UNIT, Face, icon_face, text_face
from ldninv.paper.page import ICON_DROP, ICON_ROOM, INK, RULE, SOFT, TONES, Writer
from ldninv.reports.table import CHECK_OFF, Cell, Passed, Section, text

POINTS = 8.5
HEAD_POINTS = 7.5
ICON_POINTS = 9.5
ROW_HEIGHT = 21 * UNIT
"""Room for a hand to write, and for two lines of text."""
PLAIN_ROW_HEIGHT = 15 * UNIT
LINE = 10.2 * UNIT
GAP = 3 * UNIT
"""Between a column's edge and its text."""
AFTER_NUMBER = 4 * UNIT
"""What keeps a text from the number on its left."""
MOST_LINES = 3
MOST_LINES_OF = {"lot": 4, "batches": 32}
"""Lots are what batches are found by: they are wrapped, not cut; 32 lines hold some 60 of them."""

WIDTHS: dict[str, tuple[float, float]] = {
    "state": (69, 0),
    "lot": (72, 1),
    "strength": (36, 0.5),
    "expires": (52, 0.5),
    "days_past": (32, 0.5),
    "usable_days": (32, 0),
    "covers": (38, 0),
    "last_90": (47, 0),
    "last_60": (47, 0),
    "last_30": (47, 0),
    "on_hand": (34, 0.5),
    "projected_waste": (36, 0),
    "place": (60, 3),
    "why": (120, 6),
    "component": (90, 3),
    "supplier": (60, 1),
    "batches": (100, 5),
    "change": (69, 0),
    "list": (84, 1),
    "what": (150, 6),
    "by": (90, 2),
    "happened": (120, 4),
    "mean": (76, 1),
    "known": (40, 0.5),
    "to_decide": (96, 3),
    "calibration": (130, 4),
    "Found": (30, 0.2),
    "Counted": (38, 1),
    "Action": (50, 3),
    "Initials": (36, 1),
}
"""Of each column the least width in points, and its share of what is left of the sheet."""


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a column stands."""

    key: str
    title: str
    left: float
    right: float
    numbers: bool
    """Whether its cells stand on the right."""

    @property
    def room(self) -> float:
        """What its text may take."""
        return self.right - self.left - 2 * GAP


Mark = tuple[float, float, str, Face, QColor]
"""A piece of text: where it begins, how far its line lies below the row's top, what it says and how."""


@dataclass(frozen=True, slots=True)
class Placed:
    """One row, broken into lines once, to be drawn as often as asked."""

    height: float
    marks: tuple[Mark, ...]


class Table:
    """A section's rows, measured for a width."""

    def __init__(self, section: Section, left: float, width: float) -> None:
        """Break every cell into lines; drawing later only writes them."""
        self._head = text_face(HEAD_POINTS)
        self.slots = _slots(section, left, width)
        self._hand = tuple(slot for slot in self.slots if slot.key in CHECK_OFF)
        self._titles = tuple(self._head.wrapped(slot.title, slot.room, MOST_LINES) for slot in self.slots)
        self._left, self._right = left, left + width
        self.head_height = max(len(lines) for lines in self._titles) * self._head.line + 2 * GAP
        self.rows = tuple(self._placed(row) for row in section.rows)

    def draw_head(self, writer: Writer, top: float) -> None:
        """Draw the titles of the columns on a light band."""
        writer.band(self._left, top, self._right - self._left, self.head_height)
        for slot, lines in zip(self.slots, self._titles, strict=True):
            first = (
                top + self.head_height - GAP - (len(lines) - 1) * self._head.line - self._head.line + self._head.ascent
            )
            for at, line in enumerate(lines):
                baseline = first + at * self._head.line
                if slot.numbers:
                    writer.right(slot.right - GAP, baseline, line, self._head)
                else:
                    writer.text(slot.left + GAP, baseline, line, self._head)
        writer.rule(self._left, top + self.head_height, self._right, top + self.head_height, RULE, 0.8)

    def draw_rows(self, writer: Writer, top: float, first: int, last: int) -> None:
        """Draw the rows from `first` up to, without, `last`, and the lines between them."""
        y = top
        ticks: list[QRectF] = []
        edges: list[float] = []
        for row in self.rows[first:last]:
            for x, below, said, face, ink in row.marks:
                writer.text(x, y + below, said, face, ink)
            if self._hand:
                ticks.append(self._tick(y + row.height / 2))
            y += row.height
            edges.append(y)
        for edge in edges:
            writer.rule(self._left, edge, self._right, edge)
        for slot in self._hand:
            writer.rule(slot.left, top, slot.left, y)
        if ticks:
            writer.boxes(ticks)

    def _tick(self, middle: float) -> QRectF:
        """Return the box under “Found”."""
        found, side = self._hand[0], 9 * UNIT
        return QRectF((found.left + found.right - side) / 2, middle - side / 2, side, side)

    def _placed(self, row: tuple[Cell, ...]) -> Placed:
        broken = [(slot, cell, *_broken(slot, cell)) for slot, cell in zip(self.slots, row, strict=False)]
        least = ROW_HEIGHT if self._hand else PLAIN_ROW_HEIGHT
        height = max(least, max(len(lines) for *_, lines in broken) * LINE + GAP)
        marks: list[Mark] = []
        for slot, cell, face, lines in broken:
            below = (height - len(lines) * LINE) / 2 + LINE * 0.76
            if isinstance(cell, Sign):
                marks += _sign(slot, cell, below)
                continue
            ink = SOFT if isinstance(cell, Passed) else INK
            for line in lines:
                x = slot.right - GAP - face.width(line) if slot.numbers else slot.left + GAP
                marks.append((x, below, line, face, ink))
                below += LINE
        return Placed(height, tuple(marks))


def _broken(slot: Slot, cell: Cell) -> tuple[Face, tuple[str, ...]]:
    """Return the face of a cell, the fast one where its text allows, and the cell's lines."""
    said = text(cell)
    face = text_face(POINTS, bold=slot.key == "lot", kerning=not said.isascii())
    if not said or isinstance(cell, Sign):
        return face, (said,) if said else ()
    most = MOST_LINES_OF.get(slot.key, MOST_LINES)
    return face, _named(face, said, slot.room, most) if slot.key == "batches" else face.wrapped(said, slot.room, most)


def _named(face: Face, said: str, room: float, most: int) -> tuple[str, ...]:
    """Return as many lots as find room, and how many more there are: none of them is cut."""
    lines, lots = face.wrapped(said, room, most), said.split(", ")
    shown = min(len(lots), " ".join(lines).count(",") + 1)
    while lines[-1].endswith("…") and shown > 1:
        shown -= 1
        lines = face.wrapped(f"{', '.join(lots[:shown])} and {len(lots) - shown} more", room, most)
    return lines


def _sign(slot: Slot, sign: Sign, below: float) -> tuple[Mark, Mark]:
    """Return an icon and its word: together they are read in grey as in colour."""
    ink, x = TONES[sign.tone], slot.left + GAP
    icon = (x, below + ICON_DROP * ICON_POINTS * UNIT, GLYPHS[sign.icon], icon_face(ICON_POINTS), ink)
    word = text_face(POINTS, bold=True, kerning=False)
    return icon, (x + ICON_ROOM * ICON_POINTS * UNIT, below, sign.word, word, ink)


def _slots(section: Section, left: float, width: float) -> tuple[Slot, ...]:
    """Give each column its least width, and share out what is left of the sheet."""
    columns = (*section.columns, *((title, title) for title in CHECK_OFF if section.check_off))
    spare = width - sum(WIDTHS[key][0] for key, _ in columns) * UNIT
    shares = sum(WIDTHS[key][1] for key, _ in columns)
    first = dict(zip((key for key, _ in section.columns), section.rows[0], strict=True))
    slots: list[Slot] = []
    for key, title in columns:
        least, share = WIDTHS[key]
        right = left + least * UNIT + spare * share / shares
        numbers = isinstance(first.get(key), int | Strength)
        after_number = bool(slots) and slots[-1].numbers and not numbers
        slots.append(Slot(key, title, left + AFTER_NUMBER * after_number, right, numbers))
        left = right
    return tuple(slots)
