"""The weekly report on paper: made to hang on a wall and to be written on."""

from __future__ import annotations

from collections.abc import Sequence

from ldninv.domain.signs import GOOD
from ldninv.paper.fonts import UNIT, text_face
from ldninv.paper.heading import Heading
from ldninv.paper.page import A4, HAIR, INK, RULE, SOFT, PageSize, Writer, millimetres
from ldninv.paper.sheets import Flow, Sheets
from ldninv.paper.tables import Table
from ldninv.reports.sections import NOT_BEGUN, QUIET_LINE, SIGNATURES, TITLE, sections, trail
from ldninv.reports.table import Section
from ldninv.reports.weekly import Report

MARGIN = millimetres(12)
FOOT = 22 * UNIT
RUNNING_HEAD = 22 * UNIT
SIGNATURE_HEIGHT = 70 * UNIT
BETWEEN = 9 * UNIT
NOTICE_HEIGHT = 34 * UNIT
_WHOLE_HASH = 64


class WeeklyPaper(Sheets):
    """The pages of a report, laid out once for whatever they are drawn on."""

    def __init__(self, report: Report, page: PageSize = A4) -> None:
        """Measure the whole report on sheets of size `page`."""
        self.report = report
        self._width = page.width - 2 * MARGIN
        self._foot = page.height - MARGIN - FOOT + 6 * UNIT
        found = sections(report)
        head = Heading(report, found, MARGIN, self._width)
        flow = Flow(top=MARGIN + RUNNING_HEAD, bottom=page.height - MARGIN - FOOT, y=MARGIN)
        flow.place(head.height, head.draw)
        if not report.begun:
            flow.place(NOTICE_HEIGHT, self._draw_notice)
        for number, section in enumerate(found):
            self._lay(flow, section, after=self._after(found[number + 1 :]))
        flow.skip(BETWEEN)
        flow.place(SIGNATURE_HEIGHT, self._draw_signatures)
        super().__init__(f"{TITLE} {report.week}", page, flow.pages)

    def _after(self, rest: Sequence[Section]) -> float:
        """Return what has to stand where a section ends: the signatures, after one that says “none” at most."""
        if len(rest) > 1 or any(section.rows for section in rest):
            return 0
        empty = sum(BETWEEN + _SectionTitle(section, self._width).height for section in rest)
        return empty + BETWEEN + SIGNATURE_HEIGHT

    def _lay(self, flow: Flow, section: Section, after: float) -> None:
        """Set a section, its last row on one page with the `after` that follows: signatures alone sign nothing."""
        flow.skip(BETWEEN)
        title = _SectionTitle(section, self._width)
        if not section.rows:
            if not flow.fits(title.height + after):
                flow.turn()
            flow.place(title.height, title.draw)
            return
        table = Table(section, MARGIN, self._width)
        begins = title.height + table.head_height
        whole = begins + sum(row.height for row in table.rows) + after
        is_short = whole <= (flow.bottom - flow.top) / 2
        if not flow.fits(whole if is_short else begins + table.rows[0].height):
            flow.turn()
        flow.place(title.height, title.draw)
        flow.place_table(table, title, after)

    def _draw_notice(self, writer: Writer, top: float) -> None:
        """Say why there is nothing to report on."""
        face = text_face(12)
        for at, line in enumerate(face.wrapped(NOT_BEGUN, self._width, 2)):
            writer.text(MARGIN, top + face.ascent + at * face.line, line, face)

    def _draw_signatures(self, writer: Writer, top: float) -> None:
        face, label = text_face(9, bold=True), text_face(7.5)
        gap = 30 * UNIT
        width = (self._width - gap) / len(SIGNATURES)
        for at, role in enumerate(SIGNATURES):
            x = MARGIN + at * (width + gap)
            writer.text(x, top + 14 * UNIT, role, face)
            for name, begins, ends in (("Name", 0, 0.38), ("Signature", 0.42, 0.78), ("Date", 0.82, 1)):
                writer.rule(x + begins * width, top + 56 * UNIT, x + ends * width, top + 56 * UNIT, INK, 0.7)
                writer.text(x + begins * width, top + 66 * UNIT, name, label, SOFT)

    def draw_running_head(self, writer: Writer) -> None:
        """Say again whose it is, and of which day."""
        bold, plain = text_face(9, bold=True), text_face(9)
        baseline, right = MARGIN + bold.ascent, MARGIN + self._width
        as_of = f"As of {self.report.as_of}"
        writer.text(MARGIN, baseline, self.title, bold)
        begins = MARGIN + bold.width(self.title) + 12 * UNIT
        room = right - begins - plain.width(as_of) - 12 * UNIT
        writer.text(begins, baseline, plain.wrapped(self.report.pharmacy, room, 1)[0], plain, SOFT)
        writer.right(right, baseline, as_of, plain)
        writer.rule(MARGIN, MARGIN + 15 * UNIT, right, MARGIN + 15 * UNIT, RULE)

    def draw_foot(self, writer: Writer, page_number: int) -> None:
        """Say how far the trail went, and which page it is."""
        small, tiny, bold = text_face(7.5), text_face(6.5), text_face(8.5, bold=True)
        baseline, right = self._foot + bold.ascent, MARGIN + self._width
        writer.rule(MARGIN, self._foot - 3 * UNIT, right, self._foot - 3 * UNIT, HAIR)
        writer.text(MARGIN, baseline, QUIET_LINE, small, SOFT)
        writer.text(MARGIN + 230 * UNIT, baseline, f"Audit trail: {trail(self.report, _WHOLE_HASH)}", tiny, SOFT)
        writer.right(right, baseline, f"Page {page_number} of {self.page_count}", bold)


class _SectionTitle:
    """A section's title with its total and how to read it; where there is nothing, the sentence that says so."""

    def __init__(self, section: Section, width: float) -> None:
        self._section = section
        self._title, self._body, self._small = text_face(13, bold=True), text_face(10), text_face(7.5)
        self._note = self._small.wrapped(section.note, width, 3) if section.note and section.rows else ()
        below = len(self._note) * self._small.line + 3 * UNIT if section.rows else 18 * UNIT
        self.height = self._title.line + 2 * UNIT + below
        self.short_height = 17 * UNIT

    def draw(self, writer: Writer, top: float) -> None:
        """Draw it at the section's beginning."""
        baseline = top + self._title.ascent
        writer.text(MARGIN, baseline, self._section.title, self._title)
        y = top + self._title.line + 2 * UNIT
        if not self._section.rows:
            begins = writer.icon(MARGIN, y + 14 * UNIT, GOOD, 12)
            writer.text(begins, y + 14 * UNIT, self._section.none, self._body)
            return
        begins = MARGIN + self._title.width(self._section.title) + 9 * UNIT
        writer.text(begins, baseline, self._section.totals, self._body, SOFT)
        for at, line in enumerate(self._note):
            writer.text(MARGIN, y + at * self._small.line + self._small.ascent, line, self._small, SOFT)

    def draw_continued(self, writer: Writer, top: float) -> None:
        """Draw it where the section goes on, on a later page."""
        face = text_face(9.5, bold=True)
        writer.text(MARGIN, top + face.ascent, f"{self._section.title}, continued", face)
