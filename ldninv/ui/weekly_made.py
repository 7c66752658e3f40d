"""What the Reports page gets from a worker, and the kinds of file that it offers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ldninv.domain.days import Week
from ldninv.paper.page import PageSize
from ldninv.services import weekly
from ldninv.services.context import Context

if TYPE_CHECKING:
    from ldninv.paper.weekly import WeeklyPaper
    from ldninv.reports.weekly import Report

KINDS = {
    "pdf": "PDF, to print or send",
    "xlsx": "Excel workbook",
    "csv": "CSV, for other programs",
    "html": "Web page",
    "json": "JSON, for other programs",
}


@dataclass(frozen=True, slots=True)
class Made:
    """What a worker brings: a report, its pages, and the weeks that can be asked for."""

    report: Report
    paper: WeeklyPaper
    weeks: tuple[Week, ...]


def week_made(context: Context, week: Week | None, size: PageSize) -> Made:
    """Return the report of a week, or of the running one, with its pages."""
    report = weekly.report(context, week)
    return Made(report, weekly.paper(report, size), weekly.weeks(context))
