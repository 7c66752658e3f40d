"""The kinds of file that a report is written as, by their suffix; paper has its own room."""

from __future__ import annotations

from collections.abc import Callable

from ldninv.domain.refusal import Refused
from ldninv.reports.csv_file import to_csv
from ldninv.reports.html_file import to_html
from ldninv.reports.json_file import to_json
from ldninv.reports.weekly import Report


def to_xlsx(report: Report) -> bytes:
    """Return the report as an XLSX workbook."""
    from ldninv.reports import xlsx_file  # noqa: PLC0415 - openpyxl costs a tenth of a second, and only this needs it

    return xlsx_file.to_xlsx(report)


WRITERS: dict[str, Callable[[Report], bytes]] = {"csv": to_csv, "html": to_html, "json": to_json, "xlsx": to_xlsx}


def render(report: Report, suffix: str) -> bytes:
    """Return the report as a file of the kind that `suffix` names, with or without its dot.

    Raises:
        Refused: no writer has that suffix.
    """
    writer = WRITERS.get(suffix.removeprefix(".").lower())
    if writer is None:
        raise Refused(f"A report cannot be written as “{suffix}”. Choose one of {', '.join(WRITERS)} or pdf.")
    return writer(report)
