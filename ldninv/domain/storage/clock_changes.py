"""Where the clocks of a zone were changed, and how far they were from Greenwich."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from functools import lru_cache

EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - the naive clock that files print

_STRIDE = 12 * 3600.0
_WEEK = 7 * 86400.0

FURTHEST_BACK = 3 * 3600.0
"""Seconds; no clock was set back further since there are loggers (Casey, 2010)."""


@dataclass(frozen=True, slots=True)
class Change:
    """A moment at which a zone's clocks were set."""

    moment: float
    """In UTC."""
    before: float
    after: float
    """Seconds east of Greenwich."""

    @property
    def first(self) -> float:
        """The printed clock at which the hour begins that is repeated or missing."""
        return self.moment + min(self.before, self.after)

    @property
    def last(self) -> float:
        """The printed clock at which it ends."""
        return self.moment + max(self.before, self.after)

    @property
    def back(self) -> bool:
        """Whether clocks were set back, and an hour is printed twice."""
        return self.after < self.before


@lru_cache(maxsize=64)
def changes_between(zone: tzinfo, first: float, last: float) -> tuple[Change, ...]:
    """Return the changes whose hours lie between two local moments, in order."""
    found = []
    moment = first // 1 - 2 * _STRIDE
    before = offset(zone, moment)
    while moment < last + 2 * _STRIDE:
        after = offset(zone, moment + _STRIDE)
        if after != before:
            at = _exact(zone, moment, moment + _STRIDE)
            found.append(Change(at, before, after))
        before, moment = after, moment + _STRIDE
    return tuple(each for each in found if each.last > first and each.first <= last)


def _exact(zone: tzinfo, low: float, high: float) -> float:
    before = offset(zone, low)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if offset(zone, middle) == before else (low, middle)
    return high


def offset(zone: tzinfo, moment: float) -> float:
    """Return the seconds east of Greenwich at a moment in UTC."""
    east = datetime.fromtimestamp(moment, zone).utcoffset()
    return east.total_seconds() if east is not None else 0.0


def set_back_to(local: float) -> frozenset[float]:
    """Return by how many seconds clocks were set back somewhere in the world so that they showed this moment again.

    >>> autumn = datetime(2026, 4, 4, 23, 0)  # in Chile, at midnight
    >>> set_back_to((autumn - EPOCH).total_seconds()), set_back_to((autumn - EPOCH).total_seconds() + 86400.0)
    (frozenset({3600.0}), frozenset())
    """
    near = _set_back_in(local // _WEEK)
    return frozenset(each.before - each.after for each in near if each.first <= local < each.last)


@lru_cache(maxsize=8192)
def _set_back_in(week: float) -> tuple[Change, ...]:
    """Return where in the world clocks were set back in a week, counted from 1970; half a file's rows may ask."""
    first, last = week * _WEEK, (week + 1) * _WEEK
    near = (zone for zone in _zones() if offset(zone, first - 3 * _STRIDE) != offset(zone, last + 3 * _STRIDE))
    return tuple(change for zone in near for change in changes_between(zone, first, last) if change.back)


@lru_cache(maxsize=1)
def _zones() -> tuple[tzinfo, ...]:
    from zoneinfo import ZoneInfo, available_timezones  # noqa: PLC0415 - loads the tables of zones

    return tuple(ZoneInfo(name) for name in sorted(available_timezones()) if "/" in name)


def first_offset(zone: tzinfo, local: float) -> float:
    """Return the seconds east of Greenwich at a moment of the local clock, the earlier of two."""
    east = (EPOCH + timedelta(seconds=local)).replace(tzinfo=zone).utcoffset()
    return east.total_seconds() if east is not None else 0.0


def east_of(seconds: float) -> str:
    """Return an offset in words.

    >>> east_of(-25200)
    'UTC-07:00'
    """
    minutes = round(abs(seconds) / 60)
    return f"UTC{'-' if seconds < 0 else '+'}{minutes // 60:02d}:{minutes % 60:02d}"
