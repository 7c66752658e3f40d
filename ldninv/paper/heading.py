"""The head of the report's first page: whose it is, of which week, and its totals at a glance."""

from __future__ import annotations

from collections.abc import Iterator

from ldninv.domain.signs import GOOD
from ldninv.paper.fonts import UNIT, Face, text_face
from ldninv.paper.page import RULE, SOFT, Writer
from ldninv.reports.sections import TITLE, heading
from ldninv.reports.table import Section
from ldninv.reports.weekly import Report

GAP = 12 * UNIT
FACT_HEIGHT = 26 * UNIT
SUMMARY_HEIGHT = 40 * UNIT
MOST_IN_A_ROW = 6


class Heading:
    """Title, pharmacy, facts and totals across the page."""

    def __init__(self, report: Report, sections: tuple[Section, ...], left: float, width: float) -> None:
        """Measure the facts: they run on in a second line where one is too short."""
        self._report, self._sections, self._left, self._width = report, sections, left, width
        self._label, self._value = text_face(7.5), text_face(9.5)
        facts = heading(report)
        self._pharmacy = facts[0][1]
        self._facts = self._placed(facts[1:])
        lines = self._facts[-1][1] + 1
        self._totals_top = 52 * UNIT + lines * FACT_HEIGHT
        rows = -(-len(sections) // MOST_IN_A_ROW)
        self._in_a_row = -(-len(sections) // rows) if rows else 1
        self.height = self._totals_top + rows * SUMMARY_HEIGHT

    def draw(self, writer: Writer, top: float) -> None:
        """Draw it."""
        title, name = text_face(23, bold=True), text_face(12)
        right = self._left + self._width
        writer.text(self._left, top + 20 * UNIT, TITLE, title)
        writer.right(right, top + 20 * UNIT, str(self._report.week), title)
        ink = {} if self._report.pharmacy else {"ink": SOFT}
        writer.text(self._left, top + 38 * UNIT, name.wrapped(self._pharmacy, self._width, 1)[0], name, **ink)
        writer.rule(self._left, top + 46 * UNIT, right, top + 46 * UNIT, RULE, 1)
        for x, line, label, said in self._facts:
            y = top + 52 * UNIT + line * FACT_HEIGHT
            writer.text(x, y + self._label.ascent, label, self._label, SOFT)
            writer.text(x, y + self._label.line + self._value.ascent, said, self._value)
        self._draw_totals(writer, top + self._totals_top)

    def _placed(self, facts: tuple[tuple[str, str], ...]) -> list[tuple[float, int, str, str]]:
        """Set each fact beside the last, or at the beginning of the next line."""
        placed: list[tuple[float, int, str, str]] = []
        x, line = self._left, 0
        for label, text in facts:
            said = self._value.wrapped(text, 220 * UNIT, 1)[0]
            width = max(self._value.width(said), self._label.width(label))
            if x + width > self._left + self._width:
                x, line = self._left, line + 1
            placed.append((x, line, label, said))
            x += width + GAP
        return placed

    def _draw_totals(self, writer: Writer, top: float) -> None:
        """Draw for each section an icon and its total, or a check where there is nothing."""
        gap = 10 * UNIT
        width = (self._width + gap) / self._in_a_row - gap
        for at, section in enumerate(self._sections):
            row, place = divmod(at, self._in_a_row)
            x, y = self._left + place * (width + gap), top + row * SUMMARY_HEIGHT
            writer.band(x, y, width, SUMMARY_HEIGHT - 4 * UNIT)
            sign = section.sign if section.rows else GOOD
            begins = writer.icon(x + 7 * UNIT, y + 23 * UNIT, sign, 16)
            room = x + width - begins - 4 * UNIT
            total = section.total if section.rows else section.none_in_short
            said, face = _fitting((total, *_shorter(total)), room, bold=True)
            writer.text(begins, y + 15 * UNIT, said, face)
            said, face = _fitting((section.title, section.short), room, bold=False)
            writer.text(begins, y + 27 * UNIT, said, face, SOFT)


def _shorter(total: str) -> Iterator[str]:
    """Yield what is left of a total without its last figures: the first one is never cut.

    >>> list(_shorter("25 batches, 2925 capsules, 1063 left"))
    ['25 batches, 2925 capsules', '25 batches']
    """
    figures = total.split(", ")
    for number in range(len(figures) - 1, 0, -1):
        yield ", ".join(figures[:number])


def _fitting(texts: tuple[str, ...], room: float, *, bold: bool) -> tuple[str, Face]:
    """Return the first of the texts that finds room, in the largest type that lets it; else the last one, cut."""
    faces = [text_face(points, bold=bold) for points in ((10.5, 9.5, 8.5) if bold else (8,))]
    for text in texts:
        for face in faces:
            if face.width(text) <= room:
                return text, face
    return faces[-1].wrapped(texts[-1], room, 1)[0], faces[-1]
