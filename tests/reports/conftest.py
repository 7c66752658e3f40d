"""The report that files are written from."""

from reports_made import a_report

__all__ = ["a_report"]
