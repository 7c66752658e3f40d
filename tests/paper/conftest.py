"""The report that pages are drawn from."""

from reports_made import a_report

__all__ = ["a_report"]
