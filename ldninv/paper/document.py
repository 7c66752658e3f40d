"""A paper of facts and tables on upright sheets: batch record, call list, certificate, trail and dossier."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from ldninv.paper.curve import Scale, curve_height, draw_curve
from ldninv.paper.fonts import UNIT, text_face
from ldninv.paper.grid import Facts, Grid
from ldninv.paper.page import A4, HAIR, INK, RULE, SOFT, PageSize, Writer, millimetres
from ldninv.paper.sheets import Flow, Sheets
from ldninv.reports.document import Curve, Document, Part, instant
from ldninv.reports.sections import QUIET_LINE

MARGIN = millimetres(15)
FOOT = 32 * UNIT
RUNNING_HEAD = 22 * UNIT
BETWEEN = 15 * UNIT
SIGNATURE_HEIGHT, TIGHT = 54 * UNIT, 38 * UNIT
"""What a signature takes; less where it would stand on a page of its own else."""
CLOSING = 24 * UNIT
_MOST_KEPT = 6
"""Lines of facts that stay with the row above them: more would leave much of a page empty."""


class DocumentPaper(Sheets):
    """The pages of a paper, laid out once for whatever they are drawn on."""

    def __init__(self, document: Document, page: PageSize | None = None) -> None:
        """Measure the whole paper on sheets of size `page`."""
        self.document, page = document, page or A4.upright
        self._width = page.width - 2 * MARGIN
        self._foot = page.height - MARGIN - FOOT + 8 * UNIT
        self._closing = text_face(9.5).wrapped(document.closing, self._width, 6) if document.closing else ()
        self._signature = SIGNATURE_HEIGHT
        flow = Flow(top=MARGIN + RUNNING_HEAD, bottom=page.height - MARGIN - FOOT, y=MARGIN)
        head = _Head(document, self._width)
        flow.place(head.height, head.draw)
        for number, part in enumerate(document.parts, start=1):
            self._lay(flow, part, self._kept_below(document.parts[number:]))
        if document.signatures or document.closing:
            self._lay_signatures(flow)
        super().__init__(f"{document.title} – {document.subject}", page, flow.pages)

    def _kept_below(self, following: Sequence[Part]) -> float:
        """Return what the last row of a part stays on one page with: the signatures, or a last part of facts alone."""
        signatures = BETWEEN + self._signatures_height if self._signatures_height else 0
        if not following:
            return signatures
        last = following[0]
        if len(following) > 1 or not last.facts or last.rows or last.curves:
            return 0
        facts = Facts(last.facts, MARGIN, self._width).heights
        return BETWEEN + _Title(last, self._width).height + sum(facts[:_MOST_KEPT]) + signatures

    def _lay(self, flow: Flow, part: Part, after: float) -> None:
        """Set a part; its title never stands alone at the foot of a page, nor what has to be `after` it at the head."""
        flow.skip(BETWEEN)
        title = _Title(part, self._width)
        facts = Facts(part.facts, MARGIN, self._width) if part.facts else None
        table = Grid(part.columns, part.rows, MARGIN, self._width) if part.rows else None
        first = title.height
        first += facts.heights[0] if facts else 0
        first += table.head_height + table.rows[0].height if table and not facts else 0
        first += curve_height(len(part.curves)) if part.curves else 0
        if not flow.fits(first):
            flow.turn()
        flow.place(title.height, title.draw)
        if facts is not None:
            self._lay_facts(flow, facts)
        if table is not None:
            if part.one_page:
                table.move_together(flow.bottom - flow.y - table.head_height - BETWEEN - self._signatures_height)
            if not flow.fits(table.head_height + table.rows[0].height):
                flow.turn()
            flow.place_table(table, title, after)
        self._lay_curves(flow, part.curves)

    def _lay_curves(self, flow: Flow, curves: Sequence[Curve]) -> None:
        """Set drawings below each other on one scale."""
        scale, height = Scale.of(curves), curve_height(len(curves))
        for curve in curves:
            if not flow.fits(height):
                flow.turn()
            draw = partial(draw_curve, curve=curve, scale=scale, height=height, left=MARGIN, width=self._width)
            flow.place(height, draw)

    def _lay_facts(self, flow: Flow, facts: Facts) -> None:
        for line, height in enumerate(facts.heights):
            if not flow.fits(height):
                flow.turn()
            flow.place(height, partial(facts.draw, line=line))

    @property
    def _signatures_height(self) -> float:
        return len(self._closing) * 13 * UNIT + self._signature * len(self.document.signatures)

    def _lay_signatures(self, flow: Flow) -> None:
        flow.skip(BETWEEN)
        if not flow.fits(self._signatures_height):
            self._signature = TIGHT
        if not flow.fits(self._signatures_height):
            flow.turn()
        flow.place(self._signatures_height, self._draw_signatures)

    def _draw_signatures(self, writer: Writer, top: float) -> None:
        face, bold, label = text_face(9.5), text_face(9, bold=True), text_face(7.5)
        for line in self._closing:
            writer.text(MARGIN, top + face.ascent, line, face)
            top += 13 * UNIT
        for role in self.document.signatures:
            baseline = top + self._signature - 16 * UNIT
            writer.text(MARGIN, baseline, role, bold)
            for name, begins, ends in (("Name", 0.2, 0.47), ("Signature", 0.5, 0.8), ("Date", 0.83, 1)):
                left, right = MARGIN + begins * self._width, MARGIN + ends * self._width
                writer.rule(left, baseline + 2 * UNIT, right, baseline + 2 * UNIT, INK, 0.7)
                writer.text(left, baseline + 11 * UNIT, name, label, SOFT)
            top += self._signature

    def draw_running_head(self, writer: Writer) -> None:
        """Say again what it is, and when it was made."""
        bold, plain = text_face(9, bold=True), text_face(9)
        baseline, right = MARGIN + bold.ascent, MARGIN + self._width
        at = f"{self.document.made.at:%Y-%m-%d %H:%M}"
        title = bold.wrapped(self.title, self._width - plain.width(at) - 14 * UNIT, 1)[0]
        writer.text(MARGIN, baseline, title, bold)
        writer.right(right, baseline, at, plain)
        writer.rule(MARGIN, MARGIN + 15 * UNIT, right, MARGIN + 15 * UNIT, RULE)

    def draw_foot(self, writer: Writer, page_number: int) -> None:
        """Say how far the trail went, and which page it is."""
        small, tiny, bold = text_face(7.5), text_face(6.5), text_face(8.5, bold=True)
        baseline, right = self._foot + bold.ascent, MARGIN + self._width
        writer.rule(MARGIN, self._foot - 3 * UNIT, right, self._foot - 3 * UNIT, HAIR)
        writer.text(MARGIN, baseline, QUIET_LINE, small, SOFT)
        writer.text(MARGIN, baseline + 10 * UNIT, f"Audit trail: {self.document.trail}", tiny, SOFT)
        writer.right(right, baseline, f"Page {page_number} of {self.page_count}", bold)


class _Head:
    """The head of the first page: what the paper is, of what, whose, and its facts."""

    def __init__(self, document: Document, width: float) -> None:
        self._document, self._width = document, width
        made = document.made
        facts = (*document.facts, ("Printed by", made.by), ("Printed at", instant(made.at.isoformat())))
        self._facts = Facts(facts, MARGIN, width)
        face = text_face(13, bold=True)
        self._subject = face.wrapped(document.subject, width - 120 * UNIT, 2)
        self._top = 46 * UNIT + (len(self._subject) - 1) * 16 * UNIT
        self.height = self._top + 10 * UNIT + sum(self._facts.heights)

    def draw(self, writer: Writer, top: float) -> None:
        """Draw it."""
        title, name, face = text_face(21, bold=True), text_face(10), text_face(13, bold=True)
        right = MARGIN + self._width
        writer.text(MARGIN, top + 18 * UNIT, self._document.title, title)
        for at, line in enumerate(self._subject):
            writer.text(MARGIN, top + (38 + 16 * at) * UNIT, line, face)
        pharmacy = self._document.made.pharmacy or "Pharmacy name not set"
        room = self._width - title.width(self._document.title) - 16 * UNIT
        lines = name.wrapped(pharmacy, room, 2)
        for at, line in enumerate(lines, start=1 - len(lines)):
            writer.right(right, top + (18 + 12 * at) * UNIT, line, name, SOFT)
        sign = self._document.sign
        if sign is not None:
            word = text_face(12, bold=True)
            begins = right - word.width(sign.word) - 1.3 * 13 * UNIT
            writer.text(writer.icon(begins, top + 38 * UNIT, sign, 13), top + 38 * UNIT, sign.word, word)
        writer.rule(MARGIN, top + self._top, right, top + self._top, RULE, 1)
        y = top + self._top + 8 * UNIT
        for number, height in enumerate(self._facts.heights):
            self._facts.draw(writer, y, number)
            y += height


class _Title:
    """A part's title with how to read it, or with the sentence that says there is nothing."""

    def __init__(self, part: Part, width: float) -> None:
        self._part = part
        self._title, self._note, self._none = text_face(12.5, bold=True), text_face(8.5), text_face(9.5)
        self._lines = self._note.wrapped(part.note, width, 8) if part.note else ()
        empty = part.none if not part.facts and not part.rows else ""
        self._empty = self._none.wrapped(empty, width, 6) if empty else ()
        self._head = self._title.line + 3 * UNIT if part.title else 0
        self.height = self._head + len(self._lines) * 11 * UNIT + len(self._empty) * 13 * UNIT + 3 * UNIT
        self.short_height = 18 * UNIT

    def draw(self, writer: Writer, top: float) -> None:
        """Draw it at the part's beginning."""
        if self._part.title:
            writer.text(MARGIN, top + self._title.ascent, self._part.title, self._title)
        y = top + self._head
        for line in self._lines:
            writer.text(MARGIN, y + self._note.ascent, line, self._note, SOFT)
            y += 11 * UNIT
        for line in self._empty:
            writer.text(MARGIN, y + self._none.ascent, line, self._none)
            y += 13 * UNIT

    def draw_continued(self, writer: Writer, top: float) -> None:
        """Draw it where the part goes on, on a later page."""
        face = text_face(9.5, bold=True)
        writer.text(MARGIN, top + face.ascent, f"{self._part.title}, continued".removeprefix(", "), face)
