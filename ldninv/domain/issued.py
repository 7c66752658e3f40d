"""An issued report: numbered, kept as it was, and never changed (R25)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ldninv.domain.audit import Head
from ldninv.domain.days import Week


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """A report that was issued, without its pages."""

    number: int
    """Counted on from 1, never given twice."""
    week: Week
    as_of: date
    at: str
    """Instant, ISO 8601 with the local offset."""
    by: str
    data: str
    """SHA-256 of its JSON value."""
    pdf: str
    """SHA-256 of its PDF."""
    head: Head
    """How far the trail went when it was made; its own event comes after that."""
    event: int = 0
    """Number of that event."""

    @property
    def subject(self) -> str:
        """What the trail and signatures call it.

        >>> Issued(number=12, week=Week(2026, 47), as_of=date(2026, 11, 22), at="", by="", data="", pdf="",
        ...        head=Head(0, "")).subject
        'report 12'
        """
        return f"report {self.number}"
