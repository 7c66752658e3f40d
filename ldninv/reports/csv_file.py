"""The report as one table for spreadsheets, the section in a column of its own."""

from __future__ import annotations

import csv
import io

from ldninv.reports.document import WHOLE_HASH
from ldninv.reports.sections import COLUMNS, NOT_BEGUN, sections, trail
from ldninv.reports.table import CHECK_OFF, Cell, Section, text
from ldninv.reports.weekly import Report

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""


def to_csv(report: Report) -> bytes:
    """Return the report as CSV in UTF-8 with a byte order mark, the way spreadsheets recognise it."""
    head = ["Week", "As of", "Section", *COLUMNS.values(), *CHECK_OFF, "Note", "Audit trail"]
    end = trail(report, WHOLE_HASH)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(head)
    if not report.begun:
        writer.writerow([report.week, report.as_of, *("" for _ in head[4:]), NOT_BEGUN, end])
    for section in sections(report):
        for values in _rows(section):
            cells = [safe(values.get(key)) for key in COLUMNS]
            note = "" if section.rows else section.none
            writer.writerow([report.week, report.as_of, section.title, *cells, *("" for _ in CHECK_OFF), note, end])
    return out.getvalue().encode("utf-8-sig")


def _rows(section: Section) -> list[dict[str, Cell]]:
    keys = [key for key, _ in section.columns]
    return [dict(zip(keys, row, strict=True)) for row in section.rows] or [{}]


def safe(cell: Cell) -> str:
    """Return a cell's text; what a person typed never begins a formula."""
    said = text(cell)
    return f"'{said}" if isinstance(cell, str) and said.startswith(_FORMULA) else said
