"""The daily check by hand: read, corrected by a later line, and what is missing of it (R20)."""

from __future__ import annotations

from bisect import bisect_left
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import pairwise
from typing import TYPE_CHECKING

from ldninv.domain.refusal import Refused
from ldninv.domain.storage.daily import DailyReading, checked, last_of_each, missing
from ldninv.domain.storage.level import Level
from ldninv.domain.storage.placing import zone_named
from ldninv.domain.storage.profile import Profile
from ldninv.domain.storage.profiles import profile
from ldninv.domain.storage.stays import overlap
from ldninv.domain.storage.unbroken import levels
from ldninv.services.context import Change, Context
from ldninv.services.places import known_place
from ldninv.services.storage import looking, marking

if TYPE_CHECKING:
    from ldninv.db import Transaction
    from ldninv.domain.places import Place

ACTION = "daily-reading"
"""What the trail calls a thermometer that was read."""

LOOKED_BACK = 14
"""Days within which a missing check is a task; what is older stands on the month's sheet."""


@dataclass(frozen=True, slots=True)
class Read:
    """A reading that was kept, and what a person should know of it."""

    reading: DailyReading
    level: Level
    corrected: bool
    held: tuple[str, ...] = ()
    """The lots that were put on hold for it."""
    notices: tuple[str, ...] = ()
    changed: Change = Change.PLACES | Change.BATCHES | Change.LEDGER


@dataclass(frozen=True, slots=True)
class Line:
    """One day of a month's sheet."""

    day: date
    reading: DailyReading | None
    level: Level | None
    missing: bool
    """Whether the pharmacy was open, and neither a person nor a logger read it."""
    closed: bool
    to_read: bool = False
    """Whether it is today, the pharmacy is open, and nobody read the thermometer yet."""
    corrected: bool = False
    """Whether an earlier reading of that day was corrected by this one."""
    by_logger: bool = False
    """Whether nobody read the thermometer, and a logger's record has that day."""


@dataclass(frozen=True, slots=True)
class Month:
    """A place's daily checks in one month."""

    place: Place
    first: date
    lines: tuple[Line, ...]
    begun: date | None
    """The first day that anybody read its thermometer; None where nobody ever did. No day before it is missing."""

    @property
    def missing(self) -> int:
        """How many open days have no reading."""
        return sum(line.missing for line in self.lines)

    @property
    def asked(self) -> bool:
        """Whether a reading of its days is missing at all where there is none."""
        return self.begun is not None and self.begun <= self.lines[-1].day


def read(
    context: Context,
    place: str,
    *,
    lowest: float,
    highest: float,
    now: float | None = None,
    day: date | None = None,
    note: str | None = None,
) -> Read:
    """Keep what a thermometer showed; a second reading of a day corrects the first, and both stay.

    What stood there on that day, from midnight to midnight, is marked as a logger's record would mark it (R18): what
    is a breach by the place's profile, for CRT above 40 or below 15 °C, puts it on hold.

    Args:
        context: Who and when.
        place: Where.
        lowest: Since the last reading, °C.
        highest: Since the last reading, °C.
        now: At this moment, °C.
        day: The day; today where none is given.
        note: What else is to be said.

    Raises:
        Refused: no such place, a temperature that cannot be, or a day that lies ahead.
    """
    when = day or context.today()
    if when > context.today():
        raise Refused(f"{when} lies ahead. A thermometer is read on its day.")
    with context.writing() as work:
        there = known_place(work, place)
        said = DailyReading(place=there.name, day=when, lowest=lowest, highest=highest, now=now, note=_stripped(note))
        reading = checked(replace(said, at=context.instant(), by=context.user))
        before = _by_hand(work, there.name, when, when)
        facts = {"day": when.isoformat(), "min_c": lowest, "max_c": highest, "now_c": now, "note": reading.note}
        old = {"min_c": before[when].lowest, "max_c": before[when].highest} if when in before else None
        event = work.trail.append(context.event(ACTION, there.name, before=old, after=facts))
        work.daily.append([reading], work.places.key(there.name), None, event)
        marks = marking.judge_days(context, work, there, [reading], _zone(context, work, there.name), event)
        held = tuple(each.batch.lot for each in work.batches.rows(marks.held))
        limits = profile(there.profile)
        level = levels(work.daily.last_of(there.name, None), limits)[when]
    return Read(reading, level, when in before, held, _notices(level, held, limits))


def _zone(context: Context, work: Transaction, place: str) -> tzinfo | None:
    """Return in which zone the days of a place begin: that of its logger, else that of this clock."""
    watching = looking.watchers(work, place)
    return zone_named(watching[0].zone) if watching else context.now().tzinfo


def _stripped(note: str | None) -> str | None:
    return (note or "").strip() or None


def month(context: Context, place: str, day: date) -> Month:
    """Return a place's daily checks in the month of a day.

    Raises:
        Refused: there is no such place.
    """
    first, last = day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])
    with context.store.reading() as work:
        there = known_place(work, place)
        read_ = work.daily.of(there.name, first, last)
        kept = last_of_each(read_)
        begun = work.daily.places().get(there.name)
        known = read_days(work, there.name, first, last)
        of_source = {each.logger: work.daily.last_of(there.name, each.logger) for each in kept.values()}
        closed = frozenset(work.preferences.read().closed_days)
    until = min(last, context.today() - timedelta(days=1))
    absent = set() if begun is None else set(missing(max(first, begun), until, known, closed))
    counts = {each: sum(one.day == each for one in read_) for each in kept}
    limits = profile(there.profile)
    said = {logger: levels(found, limits) for logger, found in of_source.items()}
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return Month(
        there,
        first,
        tuple(
            Line(
                each,
                kept.get(each),
                said[kept[each].logger][each] if each in kept else None,
                missing=each in absent,
                closed=each.weekday() in closed,
                to_read=each == context.today() and each not in known and each.weekday() not in closed,
                corrected=counts.get(each, 0) > 1,
                by_logger=each in known and each not in kept,
            )
            for each in days
        ),
        begun,
    )


def lately(context: Context, place: str) -> tuple[DailyReading | None, list[date], bool]:
    """Return the last reading by hand within two weeks, the open days missing in them, and whether today's is due."""
    today = context.today()
    with context.store.reading() as work:
        kept = _by_hand(work, place, today - timedelta(days=LOOKED_BACK), today)
        last = kept[max(kept)] if kept else None
        return last, missing_checks(work, today).get(place, []), place in to_read(work, today)


def read_days(work: Transaction, place: str, first: date, last: date) -> set[date]:
    """Return the days of which a place has a reading, by a person or by a logger (R20)."""
    found = {each.day for each in work.daily.of(place, first, last)}
    days = [first + timedelta(days=number) for number in range((last - first).days + 2)]
    for logger in work.loggers.all():
        for watched in logger.watched(place):
            zone = zone_named(logger.zone)
            begins = [datetime.combine(day, time(), zone).timestamp() for day in days]
            met = overlap(watched, (begins[0], begins[-1])) if len(begins) > 1 else None
            if met is not None:
                seconds = work.readings.series(logger.id, *met).seconds
                at = [bisect_left(seconds, begin) for begin in begins]
                found |= {day for day, (here, after) in zip(days, pairwise(at), strict=False) if after > here}
    return found


def missing_checks(work: Transaction, today: date) -> dict[str, list[date]]:
    """Return the open days of the last two weeks, before today, of which a place read by hand has no reading."""
    closed = frozenset(work.preferences.read().closed_days)
    found = {}
    for place, begun in work.daily.places().items():
        first, last = max(begun, today - timedelta(days=LOOKED_BACK)), today - timedelta(days=1)
        absent = missing(first, last, read_days(work, place, first, last), closed)
        if absent:
            found[place] = absent
    return found


def to_read(work: Transaction, today: date) -> list[str]:
    """Return the places that are read by hand and were not read today, where today is an open day."""
    if today.weekday() in work.preferences.read().closed_days:
        return []
    return [place for place in work.daily.places() if today not in read_days(work, place, today, today)]


def _by_hand(work: Transaction, place: str, first: date, last: date) -> dict[date, DailyReading]:
    return last_of_each(each for each in work.daily.of(place, first, last) if each.logger is None)


def _notices(level: Level, held: Sequence[str], limits: Profile) -> tuple[str, ...]:
    match level:
        case Level.BREACH:
            said = f"Now on hold until a pharmacist decides: {', '.join(held)}." if held else "Tell the pharmacist."
            return (f"Outside of what is permitted. {said}",)
        case Level.SPIKE:
            return (f"Above {limits.permitted_high_c:g} °C, and nobody knows how long. Tell the pharmacist.",)
        case _:
            return ()
