"""How long a batch still serves: usable days, covered supplies, bands and last dispensing days (R5, R6)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from functools import lru_cache

from ldninv.domain.days import shifted

SUPPLIES = (30, 60, 90)
"""Days' supplies that are prescribed, shortest first."""

THIS_WEEK = 7
"""Usable days up to which a batch will not see another weekly report (R6)."""


class Band(StrEnum):
    """Where a batch stands by its date alone, named by the shortest supply it no longer covers (R6)."""

    EXPIRED = "expired"
    UNDER_30 = "under-30"
    UNDER_60 = "under-60"
    UNDER_90 = "under-90"
    GOOD = "good"

    @property
    def near_expiry(self) -> bool:
        """Whether it is one of the three between expired and good."""
        return self in {Band.UNDER_30, Band.UNDER_60, Band.UNDER_90}


MANY = 4096
"""Answers that are remembered: a report asks the same few of a hundred thousand batches."""

NEAR = {30: Band.UNDER_30, 60: Band.UNDER_60, 90: Band.UNDER_90}


def usable_days(beyond_use: date, today: date) -> int:
    """Return the days left, today and the beyond-use date included; 0 or less once it has passed (R4, R6).

    >>> usable_days(date(2026, 3, 1), date(2026, 3, 1))
    1
    """
    return (beyond_use - today).days + 1


def covers(days: int, supply: int, buffer: int = 0) -> bool:
    """Whether `days` usable days cover a supply of `supply` days with `buffer` days to spare (R5).

    >>> covers(30, 30), covers(29, 30), covers(30, 30, buffer=1)
    (True, False, False)
    """
    return days >= supply + buffer


@lru_cache(MANY)
def covered_supplies(days: int, buffer: int = 0) -> tuple[int, ...]:
    """Return the usual supplies that `days` usable days cover, shortest first."""
    return tuple(supply for supply in SUPPLIES if covers(days, supply, buffer))


def last_dispensing_day(beyond_use: date, supply: int, buffer: int = 0) -> date:
    """Return the last day on which a supply of `supply` days is still covered.

    One capsule a day, the first on the dispensing day, the last on or before the beyond-use date (R5).

    >>> last_dispensing_day(date(2026, 3, 1), 90)
    datetime.date(2025, 12, 2)
    """
    return shifted(beyond_use, 1 - supply - buffer)


@lru_cache(MANY)
def last_dispensing_days(beyond_use: date, buffer: int = 0) -> tuple[tuple[int, date], ...]:
    """Return for each usual supply the last day on which it is still covered."""
    return tuple((supply, last_dispensing_day(beyond_use, supply, buffer)) for supply in SUPPLIES)


@lru_cache(MANY)
def band(days: int, buffer: int = 0) -> Band:
    """Return the band of a batch with `days` usable days (R6).

    >>> band(0), band(1), band(30), band(90)
    (<Band.EXPIRED: 'expired'>, <Band.UNDER_30: 'under-30'>, <Band.UNDER_60: 'under-60'>, <Band.GOOD: 'good'>)
    """
    if days <= 0:
        return Band.EXPIRED
    uncovered = (supply for supply in SUPPLIES if not covers(days, supply, buffer))
    shortest = next(uncovered, None)
    return Band.GOOD if shortest is None else NEAR[shortest]


def beyond_use_of_days(least: int, most: int, today: date) -> tuple[date, date]:
    """Return the first and last beyond-use date that leave `least` to `most` usable days today (R6).

    >>> beyond_use_of_days(1, THIS_WEEK, date(2026, 1, 1))
    (datetime.date(2026, 1, 1), datetime.date(2026, 1, 7))
    """
    return shifted(today, least - 1), shifted(today, most - 1)


def beyond_use_range(wanted: Band, today: date, buffer: int = 0) -> tuple[date, date]:
    """Return the first and last beyond-use date of the batches that are in band `wanted` today.

    A database filters a band by these two days, so that the rule itself stays here. Both ends are inclusive.

    >>> beyond_use_range(Band.UNDER_30, date(2026, 1, 1))
    (datetime.date(2026, 1, 1), datetime.date(2026, 1, 29))
    """
    begins = {Band.EXPIRED: None, Band.UNDER_30: 1}
    begins |= {Band.UNDER_60: 30 + buffer, Band.UNDER_90: 60 + buffer, Band.GOOD: 90 + buffer}
    low = begins[wanted]
    high = next((days for days in begins.values() if days is not None and days > (low or 0)), None)
    first = date.min if low is None else shifted(today, low - 1)
    last = date.max if high is None else shifted(today, high - 2)
    return first, last
