"""The report as a workbook: a cover, and one sheet for each section with real days and numbers."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import date

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as Box
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from ldninv.domain.quantities import Strength
from ldninv.domain.signs import Sign, Tone
from ldninv.reports.sections import NOT_BEGUN, QUIET_LINE, SIGNATURES, TITLE, heading, sections, trail
from ldninv.reports.table import CHECK_OFF, Cell, Passed, Section, text
from ldninv.reports.weekly import Report

_WIDTHS = {
    "state": 15,
    "lot": 24,
    "strength": 10,
    "place": 22,
    "why": 60,
    "component": 28,
    "supplier": 24,
    "batches": 40,
    "change": 15,
    "list": 20,
    "what": 50,
    "by": 28,
}
_WIDTH = 13
_HAND_WIDTH = 12
_ROW_HEIGHT = 21
"""Points; room for a hand to write."""
_LINE_HEIGHT = 15
_WHOLE_HASH = 64
_DAY = "yyyy-mm-dd"
_INK = {Tone.STOP: "8A0C1F", Tone.LOOK: "5F3B00", Tone.GOOD: "0D4F20", Tone.QUIET: "444444"}
_PLAIN = Font()
BOLD = Font(bold=True)
TITLE_FONT = Font(bold=True, size=16)
_PASSED = Font(italic=True, color=_INK[Tone.QUIET])
STRUCK = Font(strike=True, color=_INK[Tone.QUIET])
_SIGN = {tone: Font(bold=True, color=colour) for tone, colour in _INK.items()}
_TOP = Alignment(vertical="top")
_WRAPPED = Alignment(wrap_text=True, vertical="top")


def to_xlsx(report: Report) -> bytes:
    """Return the report as an XLSX workbook."""
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.title = f"{TITLE} {report.week}"
    book.properties.creator = report.made_by
    found = sections(report)
    _cover(_new_sheet(book, report, "Report", (42, 72)), report, found)
    for section in found:
        widths = [_WIDTHS.get(key, _WIDTH) for key, _ in section.columns]
        hand = [_HAND_WIDTH for _ in CHECK_OFF if section.check_off]
        _table(_new_sheet(book, report, section.short, (*widths, *hand)), section, widths)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cover(sheet: Worksheet, report: Report, found: tuple[Section, ...]) -> None:
    facts = dict(heading(report)) | {"Audit trail": trail(report, _WHOLE_HASH)}
    totals = {section.title: section.totals if section.rows else section.none for section in found}
    if not report.begun:
        totals = {"Nothing entered": NOT_BEGUN}
    signatures = {f"{role}: name, signature, date": "_" * 50 for role in SIGNATURES}
    sheet.append([words(sheet, TITLE, TITLE_FONT)])
    for group in (facts, totals, signatures):
        sheet.append([])
        for name, said in group.items():
            sheet.append([words(sheet, name, BOLD), words(sheet, said)])
    sheet.append([])
    sheet.append([words(sheet, QUIET_LINE)])


def _table(sheet: Worksheet, section: Section, widths: list[int]) -> None:
    sheet.freeze_panes = "C2"
    sheet.print_title_rows = "1:1"
    titles = (*(title for _, title in section.columns), *(CHECK_OFF if section.check_off else ()))
    sheet.append([words(sheet, title, BOLD) for title in titles])
    if not section.rows:
        sheet.append([words(sheet, section.none)])
        sheet.merge_cells(start_row=2, end_row=2, start_column=1, end_column=len(titles))
        return
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(titles))}{len(section.rows) + 1}"
    for at, row in enumerate(section.rows, start=2):
        lines = max(-(-len(text(cell)) // width) for cell, width in zip(row, widths, strict=True))
        sheet.row_dimensions[at].height = max(_ROW_HEIGHT, lines * _LINE_HEIGHT)
        sheet.append([box(sheet, cell) for cell in row])


def _new_sheet(book: Workbook, report: Report, title: str, widths: Iterable[int]) -> Worksheet:
    """Return a new sheet that prints across one page, each page with its number."""
    sheet: Worksheet = book.create_sheet(title)
    for at, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    footer = sheet.oddFooter
    if footer is not None:
        footer.left.text, footer.center.text, footer.right.text = QUIET_LINE, f"{report.week}, &A", "Page &P of &N"
    return sheet


def box(sheet: Worksheet, cell: Cell) -> Box:
    """Return a box with what a cell says: a day and a number as such, so that they can be sorted and summed."""
    match cell:
        case Strength():
            return number(sheet, cell.micrograms / 1000, 'General" mg"')
        case Passed(day):
            return number(sheet, day, _DAY, _PASSED)
        case date():
            return number(sheet, cell, _DAY)
        case int():
            return number(sheet, cell, "0")
        case Sign():
            return words(sheet, cell.word, _SIGN[cell.tone])
        case _:
            return words(sheet, text(cell))


def number(sheet: Worksheet, value: float | date, number_format: str, font: Font = _PLAIN) -> Box:
    """Return a box with a real number or day."""
    made = Box(sheet, row=1, column=1)
    made.value = value
    made.number_format = number_format
    made.font = font
    made.alignment = _TOP
    return made


def words(sheet: Worksheet, said: str, font: Font = _PLAIN) -> Box:
    """Return a box with words; what a person typed is never taken for a formula."""
    made = Box(sheet, row=1, column=1)
    made.value = "".join(each if each.isprintable() else " " for each in said)
    made.data_type = "s"
    made.font = font
    made.alignment = _WRAPPED
    return made
