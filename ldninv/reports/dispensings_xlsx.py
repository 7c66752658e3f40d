"""The dispensings as a workbook: the totals first, then every supply with real days and numbers."""

from __future__ import annotations

import io
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from ldninv.reports.dispensings import COLUMNS, NONE, TITLE, Dispensings, Total, cells, heading
from ldninv.reports.sections import QUIET_LINE
from ldninv.reports.xlsx_file import BOLD, STRUCK, TITLE_FONT, box, words

_COVER_WIDTHS = (26, 14, 14)
_WIDTHS = (12, 9, 24, 11, 11, 13, 22, 44, 20)


def to_xlsx(made: Dispensings) -> bytes:
    """Return the list as an XLSX workbook."""
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.title = f"{TITLE} {made.first} to {made.last}"
    book.properties.creator = made.made.by
    _cover(_new_sheet(book, made, "Totals", _COVER_WIDTHS), made)
    _table(_new_sheet(book, made, TITLE, _WIDTHS), made)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cover(sheet: Worksheet, made: Dispensings) -> None:
    sheet.append([words(sheet, TITLE, TITLE_FONT)])
    sheet.append([])
    for name, said in heading(made):
        sheet.append([words(sheet, name, BOLD), words(sheet, said)])
        sheet.merge_cells(start_row=sheet.max_row, end_row=sheet.max_row, start_column=2, end_column=6)
    if not made.rows:
        sheet.append([])
        sheet.append([words(sheet, NONE)])
    for title, totals in (("Strength", made.by_strength), ("Lot", made.by_lot)):
        _totals(sheet, title, (*totals, made.total))
    sheet.append([])
    sheet.append([words(sheet, "What was taken back is listed, and counts in no total.")])
    sheet.append([words(sheet, QUIET_LINE)])
    for row in (sheet.max_row - 1, sheet.max_row):
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=6)


def _totals(sheet: Worksheet, title: str, totals: Sequence[Total]) -> None:
    sheet.append([])
    sheet.append([words(sheet, name, BOLD) for name in (title, "Supplies", "Capsules")])
    for each in totals:
        sheet.append([words(sheet, each.name), box(sheet, each.supplies), box(sheet, each.capsules)])


def _table(sheet: Worksheet, made: Dispensings) -> None:
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.append([words(sheet, title, BOLD) for title in COLUMNS])
    if not made.rows:
        sheet.append([words(sheet, NONE)])
        sheet.merge_cells(start_row=2, end_row=2, start_column=1, end_column=len(COLUMNS))
        return
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(COLUMNS))}{len(made.rows) + 1}"
    for row in made.rows:
        boxes = [box(sheet, cell) for cell in cells(row)]
        for each in boxes if row.voided_by is not None else ():
            each.font = STRUCK
        sheet.append(boxes)


def _new_sheet(book: Workbook, made: Dispensings, title: str, widths: Sequence[int]) -> Worksheet:
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
        footer.left.text, footer.center.text = QUIET_LINE, f"{made.first} to {made.last}, &A"
        footer.right.text = "Page &P of &N"
    return sheet
