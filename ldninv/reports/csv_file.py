"""The report as one table for spreadsheets, the section in a column of its own."""

from __future__ import annotations

import csv
import io

from ldninv.reports.sections import CHECK_OFF, Cell, Section, sections, text
from ldninv.reports.weekly import Report

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""


def to_csv(report: Report) -> bytes:
    """Return the report as CSV in UTF-8 with a byte order mark, the way spreadsheets recognise it."""
    found = sections(report)
    titles = dict(column for section in found for column in section.columns)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["Week", "As of", "Section", *titles.values(), *CHECK_OFF, "Note"])
    for section in found:
        for values in _rows(section):
            cells = [_safe(values.get(key)) for key in titles]
            note = "" if section.rows else section.none
            writer.writerow([report.week, report.as_of, section.title, *cells, *("" for _ in CHECK_OFF), note])
    return out.getvalue().encode("utf-8-sig")


def _rows(section: Section) -> list[dict[str, Cell]]:
    keys = [key for key, _ in section.columns]
    return [dict(zip(keys, row, strict=True)) for row in section.rows] or [{}]


def _safe(cell: Cell) -> str:
    """Return a cell's text; what a person typed never begins a formula."""
    said = text(cell)
    return f"'{said}" if isinstance(cell, str) and said.startswith(_FORMULA) else said
