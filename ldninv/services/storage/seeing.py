"""What a logger's record shows of a place in a span: judged with enough before and after it (R14–R17)."""

from __future__ import annotations

import hashlib
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from datetime import datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING

from ldninv.domain.places import Place
from ldninv.domain.storage.daily import DailyReading
from ldninv.domain.storage.happenings import Aspect, Effect, Happening
from ldninv.domain.storage.judgement import TooWarm
from ldninv.domain.storage.judging import judge
from ldninv.domain.storage.level import Level
from ldninv.domain.storage.loggers import Logger
from ldninv.domain.storage.profiles import profile
from ldninv.domain.storage.series import Series
from ldninv.domain.storage.stays import Span, overlap
from ldninv.domain.storage.trace import NEAR
from ldninv.domain.stored import Storage

if TYPE_CHECKING:
    from ldninv.db import Transaction
    from ldninv.domain.storage.judgement import Event, Judgement

WINDOW = 30 * 86_400
_EDGE = 4 * 86_400
"""Seconds at the edge of what is looked at in which the steps beside may be too few to tell the interval."""
AROUND = WINDOW + _EDGE
"""Seconds before and after that are judged with a span: a window of 30 days that reaches into it lies within."""

_A_MOMENT = 1.0
"""Seconds that a single reading stands for where nothing is known beside it."""

_MARGINS = {Aspect.TEMPERATURE: _EDGE, Aspect.LIGHT: _EDGE, Aspect.MEAN: AROUND, Aspect.SUMMED: AROUND}
"""Seconds beside what happened in which further readings may make it longer."""

_EFFECTS = {Level.ALLOWED_EXCURSION: Effect.RECORDED, Level.SPIKE: Effect.REVIEW, Level.BREACH: Effect.HOLD}


def reach(work: Transaction, logger: Logger, span: Span) -> Span:
    """Return as far as what is new in a span may change what a record shows: to readings beside it (R16, R18).

    From the last one before reaches a line or a gap to the first new one, and from the last new one to the first after;
    what ended or began with one of them, because the record broke off there, is looked at again. Of a few more the
    steps tell another interval now, and so whether one of them is a gap.
    """
    before, after = span[0], span[1] - _A_MOMENT
    for _ in range(NEAR + 2):
        before, after = work.readings.beside(logger.id, before, after + _A_MOMENT)
    return before - _A_MOMENT, after + _A_MOMENT


def seen(work: Transaction, logger: Logger, place: Place, span: Span) -> list[Happening]:
    """Return what a logger's record shows of a place that meets a span, each as it is in the whole record."""
    found: list[Happening] = []
    for watched in logger.watched(place.name):
        core = overlap(watched, span)
        if core is not None:
            found += _seen(work, logger, place, watched, core)
    return found


def _seen(work: Transaction, logger: Logger, place: Place, watched: Span, core: Span) -> list[Happening]:
    """Judge a span with its surroundings; what may reach beyond them is looked at with more of them."""
    ends = work.readings.ends(logger.id) or watched
    record = max(watched[0], ends[0]), min(watched[1], ends[1] + _A_MOMENT)
    around = core[0] - AROUND, core[1] + AROUND
    while True:
        around = _between_readings(work, logger, around, record)
        series = work.readings.series(logger.id, *around)
        if not series.seconds:
            return []
        found = [each for each in happenings(series, logger, place) if overlap(each.span, core)]
        wider = _wider(found, around, (series.seconds[0], series.seconds[-1]), record)
        if wider == around:
            return found
        around = wider


def _between_readings(work: Transaction, logger: Logger, around: Span, record: Span) -> Span:
    """Return a span as far as the readings beside it: a gap that is longer is seen from one end to the other."""
    before, after = work.readings.beside(logger.id, *around)
    return max(before, record[0]), min(after + _A_MOMENT, record[1])


def _wider(found: Iterable[Happening], around: Span, read: Span, record: Span) -> Span:
    """Return how much has to be looked at to see all of what was found: no less than was, and a good deal if more.

    A spell that goes on to the first or last reading may be longer, and so may what other windows overlap.
    """
    start, end = around
    for each in found:
        margin = _MARGINS.get(each.aspect)
        if margin is None:
            continue
        if each.start - margin <= read[0] and start > record[0]:
            start = min(start, each.start - margin - AROUND)
        if each.end + margin >= read[1] and end < record[1]:
            end = max(end, each.end + margin + AROUND)
    more = 2 * (around[1] - around[0])
    return (
        start if start == around[0] else min(start, end - more),
        end if end == around[1] else max(end, start + more),
    )


def happenings(series: Series, logger: Logger, place: Place) -> list[Happening]:
    """Return all that a series shows of a place, in the order of time."""
    limits = profile(place.profile)
    judged = judge(series, limits, lux_limit=place.lux_limit)
    found = [*_spells(judged, logger, place), *means(judged, place=place.name, logger=logger.name)]
    found += [*_sums(judged, logger, place), *_gaps(judged, logger, place), *_light(judged, logger, place)]
    found += _out_of_range(judged, logger, place)
    return sorted((bound(series, each) for each in found), key=lambda each: (each.start, each.kind))


def _spells(judged: Judgement, logger: Logger, place: Place) -> list[Happening]:
    return [spell(each, judged, place=place.name, logger=logger.name) for each in judged.events]


def spell(event: Event, judged: Judgement, *, place: str = "", logger: str = "") -> Happening:
    """Return a spell of a record as what happened."""
    return Happening(
        place=place,
        logger=logger,
        kind=event.kind,
        aspect=Aspect.TEMPERATURE,
        level=Storage(event.level),
        effect=_EFFECTS[event.level],
        start=event.start,
        end=max(event.end, event.start + _A_MOMENT),
        hours=event.hours,
        longest_hours=event.longest_hours,
        extreme_c=event.extreme_c,
        limits=_limits(judged) | {"at_least": event.at_least, "readings": event.readings},
    )


def of_day(reading: DailyReading, place: Place, zone: tzinfo | None) -> list[Happening]:
    """Return what the lowest and the highest of a day show of a place, all of that day: from midnight to midnight.

    Nobody knows when it was, nor how long: what stood there on that day is touched (R18, R20).

    Args:
        reading: The day, as it was read or as a logger kept it.
        place: Where.
        zone: In which the day begins and ends.
    """
    limits = profile(place.profile)
    sides = []
    if reading.highest > limits.keep_high_c:
        sides.append(("warmest-of-day", float(reading.highest)))
    if reading.lowest < limits.keep_low_c:
        sides.append(("coldest-of-day", float(reading.lowest)))
    start, end = (
        datetime.combine(day, time(), zone).timestamp() for day in (reading.day, reading.day + timedelta(days=1))
    )
    return [
        Happening(
            place=place.name,
            logger=reading.logger,
            kind=kind,
            aspect=Aspect.DAY,
            level=Storage(level),
            effect=_EFFECTS[level],
            start=start,
            end=end,
            hours=(end - start) / 3600,
            extreme_c=celsius,
            limits={"profile": asdict(limits), "day": reading.day.isoformat()},
            readings=hashlib.sha256(f"{reading.day} {kind} {celsius!r}".encode()).hexdigest(),
        )
        for kind, celsius in sides
        for level in [replace(reading, lowest=celsius, highest=celsius).level(limits)]
    ]


def means(judged: Judgement, *, place: str = "", logger: str = "") -> list[Happening]:
    """Return when the 30-day mean of a record was too warm as what happened: shorter than 30 days it warns (R15)."""
    over: Sequence[TooWarm] = judged.mkt_over_limit
    breach = not judged.mkt_provisional
    if judged.mkt_over and not breach:
        start, end = judged.mkt_30d_window
        over = [TooWarm(start=start, end=end, worst=judged.mkt_30d_max_c, extreme_c=judged.mkt_30d_max_c)]
    return [
        Happening(
            place=place,
            logger=logger,
            kind="mkt-30d" if breach else "mkt-provisional",
            aspect=Aspect.MEAN,
            level=Storage.BREACH if breach else Storage.IN_RANGE,
            effect=Effect.HOLD if breach else Effect.REVIEW,
            start=each.start,
            end=max(each.end, each.start + _A_MOMENT),
            hours=(each.end - each.start) / 3600,
            extreme_c=each.extreme_c,
            limits=_limits(judged),
        )
        for each in over
    ]


def _sums(judged: Judgement, logger: Logger, place: Place) -> list[Happening]:
    """Return when too much time above the permitted range came together in 30 days (R14)."""
    return [
        Happening(
            place=place.name,
            logger=logger.name,
            kind="summed-above-30",
            aspect=Aspect.SUMMED,
            level=Storage.SPIKE,
            effect=Effect.REVIEW,
            start=each.start,
            end=max(each.end, each.start + _A_MOMENT),
            hours=each.worst,
            extreme_c=each.extreme_c,
            limits=_limits(judged),
        )
        for each in judged.summed_over_limit
    ]


def _gaps(judged: Judgement, logger: Logger, place: Place) -> list[Happening]:
    return [
        Happening(
            place=place.name,
            logger=logger.name,
            kind="gap",
            aspect=Aspect.GAP,
            level=Storage.NOT_MONITORED,
            effect=Effect.REVIEW,
            start=each.start,
            end=each.end,
            hours=each.hours,
        )
        for each in judged.gaps
    ]


def _out_of_range(judged: Judgement, logger: Logger, place: Place) -> list[Happening]:
    """Return when the logger said that its probe's range was left: nobody knows how warm it was, only that it was bad.

    It is no reading, so it makes no breach; what stood there has no complete record and asks for a pharmacist (R18).
    """
    return [
        Happening(
            place=place.name,
            logger=logger.name,
            kind=f"{each.way}-range",
            aspect=Aspect.BEYOND,
            level=Storage.INCOMPLETE,
            effect=Effect.REVIEW,
            start=each.start,
            end=max(each.end, each.start + _A_MOMENT),
            hours=each.hours,
        )
        for each in judged.out_of_range
    ]


def _light(judged: Judgement, logger: Logger, place: Place) -> list[Happening]:
    return [
        Happening(
            place=place.name,
            logger=logger.name,
            kind="light",
            aspect=Aspect.LIGHT,
            level=Storage.NOT_MONITORED,
            effect=Effect.REVIEW,
            start=each.start,
            end=max(each.end, each.start + _A_MOMENT),
            hours=each.hours,
            limits={"lux_limit": place.lux_limit, "lux_hours": each.lux_hours, "peak_lux": each.peak},
        )
        for each in judged.light
    ]


def _limits(judged: Judgement) -> dict[str, object]:
    return {"profile": asdict(judged.profile)}


def bound(series: Series, each: Happening) -> Happening:
    """Return a happening with the SHA-256 of the readings that it rests on: those within, and one on each side."""
    first = max(0, bisect_left(series.seconds, each.start) - 1)
    last = bisect_right(series.seconds, each.end) + 1
    digest = hashlib.sha256()
    values = series.lux if each.aspect is Aspect.LIGHT and series.lux is not None else series.celsius
    for column in (series.seconds, values):
        digest.update(array("d", column[first:last]).tobytes())
    return replace(each, readings=digest.hexdigest())
