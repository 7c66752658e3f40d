"""How long ago something was, in words; no Qt."""

from __future__ import annotations

from datetime import datetime, timedelta

WEEK = 7
"""Days after which a report, or a copy, is due again."""


def days_ago(days: int) -> str:
    """Return a day that has been.

    >>> days_ago(0), days_ago(1), days_ago(9)
    ('today', 'yesterday', '9 days ago')
    """
    return ("today", "yesterday")[days] if days <= 1 else f"{days} days ago"


def last_report(days: int | None) -> str:
    """Return how old the last report is (R25).

    >>> last_report(9), last_report(None)
    ('Last report 9 days ago', 'No report yet')
    """
    return "No report yet" if days is None else f"Last report {days_ago(days)}"


def backed_up(last: datetime | None, now: datetime) -> str:
    """Return when the database was last copied; the hour counts only while it is near.

    >>> now = datetime(2026, 11, 22, 9, 30)
    >>> backed_up(datetime(2026, 11, 22, 7), now), backed_up(datetime(2026, 11, 1, 7), now), backed_up(None, now)
    ('Backup today 07:00', 'Backup 21 days ago', 'Never backed up')
    """
    if last is None:
        return "Never backed up"
    there = last.astimezone(now.tzinfo) if now.tzinfo is not None else last
    days = max(timedelta(0), now.date() - there.date()).days
    return f"Backup {days_ago(days)} {there:%H:%M}" if days <= 1 else f"Backup {days_ago(days)}"
