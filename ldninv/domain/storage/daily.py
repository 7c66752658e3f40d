"""The daily check by hand: at least one reading on each open day (R20)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from ldninv.domain.refusal import Refused
from ldninv.domain.storage.level import Level
from ldninv.domain.storage.profile import Profile

COLDEST, WARMEST = -40.0, 80.0
"""What a thermometer of a room can show, °C; anything else is a slip of the finger."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DailyReading:
    """What a thermometer showed of one day, °C."""

    place: str
    day: date
    lowest: float
    highest: float
    now: float | None = None
    """At the moment of reading; None where a logger kept the day."""
    logger: str | None = None
    """Whose record it is; None where a person read it."""
    note: str | None = None
    at: str = ""
    by: str = ""

    def level(self, profile: Profile) -> Level:
        """Return what the day says: how long it was outside is not known, so above 30 °C is a spike at least."""
        if self.highest > profile.highest_c or self.lowest < profile.permitted_low_c:
            return Level.BREACH
        if self.highest > profile.permitted_high_c:
            return Level.SPIKE
        kept = profile.keep_low_c <= self.lowest and self.highest <= profile.keep_high_c
        return Level.IN_RANGE if kept else Level.ALLOWED_EXCURSION


class Misread(Refused):
    """A reading that cannot be, and which of its temperatures is to be read again."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(why)
        self.name = name
        """Which: lowest, highest or present."""


def checked(reading: DailyReading) -> DailyReading:
    """Return a reading as it is kept.

    Raises:
        Misread: it cannot be: the lowest above the highest, or outside of what a room's thermometer shows.
    """
    for name, value in (("lowest", reading.lowest), ("highest", reading.highest), ("present", reading.now)):
        if value is not None and not COLDEST <= value <= WARMEST:
            raise Misread(name, f"{value:g} °C cannot be the {name} temperature of a room. Read it again.")
    if reading.lowest > reading.highest:
        raise Misread(
            "lowest",
            f"The lowest ({reading.lowest:g} °C) is above the highest ({reading.highest:g} °C). Read both again.",
        )
    if reading.now is not None and not reading.lowest <= reading.now <= reading.highest:
        raise Misread(
            "present",
            f"The present {reading.now:g} °C lies outside of {reading.lowest:g} to {reading.highest:g} °C. Read again, "
            f"and reset the thermometer afterwards.",
        )
    return reading


def missing(first: date, last: date, read: Collection[date], closed: Collection[int]) -> list[date]:
    """Return the open days from `first` to `last` without a reading.

    Args:
        first: The first day that is asked for.
        last: The last.
        read: Days with a reading.
        closed: Days of the week on which nobody is here; Monday is 0.

    >>> missing(date(2026, 11, 20), date(2026, 11, 23), {date(2026, 11, 20)}, {6})
    [datetime.date(2026, 11, 21), datetime.date(2026, 11, 23)]
    """
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return [day for day in days if day not in read and day.weekday() not in closed]


def last_of_each(readings: Iterable[DailyReading]) -> dict[date, DailyReading]:
    """Return the reading of each day that holds: the one written last."""
    return {each.day: each for each in readings}
