"""Days in a row whose lowest stayed above a limit: all that while the temperature was above it, without a break (R14).

A logger keeps the lowest of a day from midnight to midnight. A thermometer that is read by hand shows the lowest since
it was read and reset before (R20), so that its reading covers the time from the one before it, whatever days lie
between.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from ldninv.domain.storage.daily import DailyReading
from ldninv.domain.storage.level import Level
from ldninv.domain.storage.profile import Profile

_DAY_H = 24.0


@dataclass(frozen=True, slots=True)
class Unbroken:
    """Readings of one source that follow each other, each with a lowest above the limit."""

    readings: tuple[DailyReading, ...]
    hours: float
    """How long it was above the limit at least."""
    since: float | None = None
    """UTC seconds of the reading by hand before the first, from which on its lowest counts; None where none is."""

    @property
    def first(self) -> date:
        """The first day."""
        return self.readings[0].day

    @property
    def last(self) -> date:
        """The last day."""
        return self.readings[-1].day

    @property
    def lowest(self) -> float:
        """The lowest of all, °C."""
        return min(each.lowest for each in self.readings)

    @property
    def highest(self) -> float:
        """The highest of all, °C."""
        return max(each.highest for each in self.readings)


def unbroken(readings: Iterable[DailyReading], above_c: float, at_least_h: float) -> list[Unbroken]:
    """Return where days in a row stayed above a limit for so many hours at least.

    Args:
        readings: Of each day the one that holds, all read by hand or all of one logger.
        above_c: The limit, °C; a lowest that reaches it ends what went before.
        at_least_h: Hours.
    """
    found: list[Unbroken] = []
    run: list[DailyReading] = []
    before: DailyReading | None = None
    reached: DailyReading | None = None
    for each in sorted(readings, key=lambda reading: reading.day):
        warm = each.lowest > above_c
        if run and not (warm and _goes_on(run[-1], each)):
            found.append(_of(run, before))
            run = []
        if warm:
            before = before if run else reached
            run.append(each)
        reached = each
    if run:
        found.append(_of(run, before))
    return [each for each in found if each.hours >= at_least_h]


def levels(readings: Sequence[DailyReading], profile: Profile) -> dict[date, Level]:
    """Return what each day says, with what it says together with those beside it; all of one source."""
    found = {each.day: each.level(profile) for each in readings}
    for run in unbroken(readings, profile.permitted_high_c, profile.spell_h):
        found |= {each.day: Level.BREACH for each in run.readings}
    return found


def _goes_on(one: DailyReading, other: DailyReading) -> bool:
    return one.logger is None or other.day - one.day == timedelta(days=1)


def _of(run: Sequence[DailyReading], before: DailyReading | None) -> Unbroken:
    if run[0].logger is not None:
        return Unbroken(tuple(run), _DAY_H * len(run))
    since = None if before is None else _read(before)[1]
    earliest = since if since is not None else _read(run[0])[1]
    return Unbroken(tuple(run), max(0.0, _read(run[-1])[0] - earliest) / 3600, since)


def _read(reading: DailyReading) -> tuple[float, float]:
    """Return between which moments a thermometer was read: that of writing, or all of a day that was written later."""
    written = datetime.fromisoformat(reading.at) if reading.at else None
    if written is not None and written.date() == reading.day:
        return written.timestamp(), written.timestamp()
    begin = datetime.combine(reading.day, time(), UTC if written is None else written.tzinfo)
    return begin.timestamp(), (begin + timedelta(days=1)).timestamp()
