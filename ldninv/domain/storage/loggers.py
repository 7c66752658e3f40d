"""Data loggers: which watches which place from when to when, and when each was calibrated (R18, R20)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import inf

from dateutil.relativedelta import relativedelta

from ldninv.domain.storage.stays import Span, overlap, union

CALIBRATED_FOR = 12
"""Months after which a probe is past its calibration, where the settings say nothing else (R20)."""


@dataclass(frozen=True, slots=True)
class Watch:
    """From a moment on a logger watches a place, or none."""

    place: str | None
    since: float
    """UTC seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFile:
    """A logger's file as it came in; its bytes are kept with it."""

    logger: str
    name: str
    sha256: str
    size: int
    """Bytes."""
    at: str
    """When it came in: ISO 8601 with the offset."""
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Logger:
    """A data logger as it is known here."""

    id: int
    name: str
    zone: str
    """The time zone its clock shows, by its IANA name; confirmed once."""
    watches: tuple[Watch, ...] = ()
    """In the order of time; each holds until the next begins."""
    calibrated: date | None = None
    """The last time; None where that is not known."""
    calibrated_for: int = CALIBRATED_FOR
    """Months, by the pharmacy's settings (R20)."""

    @property
    def place(self) -> str | None:
        """The place that it watches now."""
        return self.watches[-1].place if self.watches else None

    def watched(self, place: str) -> list[Span]:
        """Return when it watched a place, as half-open spans of UTC seconds, in order; what goes on is one of them."""
        ends = [*(each.since for each in self.watches[1:]), inf]
        spans = zip(self.watches, ends, strict=True) if self.watches else ()
        return union((each.since, end) for each, end in spans if each.place == place and each.since < end)

    def places(self, span: Span) -> list[str]:
        """Return the places that it watched in a span, in the order of time, each once."""
        names = dict.fromkeys(each.place for each in self.watches if each.place is not None)
        return [name for name in names if any(overlap(span, each) for each in self.watched(name))]

    def calibration_due(self) -> date | None:
        """Return the last day on which its calibration counts; None where none is known."""
        return None if self.calibrated is None else self.calibrated + relativedelta(months=self.calibrated_for)

    def past_calibration(self, today: date) -> bool:
        """Whether its calibration is over, or was never written down (R20)."""
        due = self.calibration_due()
        return due is None or today > due


def in_order(watches: Sequence[tuple[float, int, str | None]]) -> tuple[Watch, ...]:
    """Return what a logger watches in the order of time; of two that begin at one moment the later written holds.

    Args:
        watches: Of each its beginning, its number and its place.
    """
    latest = {since: place for since, _, place in sorted(watches, key=lambda each: each[:2])}
    return tuple(Watch(place, since) for since, place in sorted(latest.items()))
