"""What a judgement found of a place, each as what happened there: a spell, a mean, a gap, light, a day (R14–R18)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, time, timedelta, tzinfo
from typing import Protocol

from ldninv.domain.places import Place
from ldninv.domain.storage.daily import DailyReading
from ldninv.domain.storage.happenings import PROVEN, Aspect, Effect, Happening
from ldninv.domain.storage.judgement import Event, Judgement, OutOfRange, TooWarm
from ldninv.domain.storage.level import Level
from ldninv.domain.storage.profiles import profile
from ldninv.domain.storage.unbroken import Unbroken, unbroken
from ldninv.domain.stored import Storage

A_MOMENT = 1.0
"""Seconds that a single reading stands for where nothing is known beside it."""

_EFFECTS = {Level.ALLOWED_EXCURSION: Effect.RECORDED, Level.SPIKE: Effect.REVIEW, Level.BREACH: Effect.HOLD}


class _Found(Protocol):
    """What a judgement found, from when to when."""

    @property
    def start(self) -> float: ...
    @property
    def end(self) -> float: ...


@dataclass(frozen=True, slots=True)
class Watched:
    """Who saw it, and where; neither is told of a batch's own way."""

    logger: str = ""
    place: str = ""

    def saw(self, found: _Found, kind: str, aspect: Aspect, level: Storage, effect: Effect) -> Happening:
        """Return what was found as what happened; it lasts at least a moment, so that something can stand in it."""
        return Happening(
            place=self.place,
            logger=self.logger,
            kind=kind,
            aspect=aspect,
            level=level,
            effect=effect,
            start=found.start,
            end=max(found.end, found.start + A_MOMENT),
            hours=(found.end - found.start) / 3600,
        )


def all_of(judged: Judgement, watched: Watched, lux_limit: int) -> list[Happening]:
    """Return all that was found of a place; `lux_limit` is the place's."""
    found = [spell(each, judged, watched) for each in judged.events]
    found += [*means(judged, watched), *sums(judged, watched), *_gaps(judged, watched)]
    return [*found, *_light(judged, watched, lux_limit), *_damp(judged, watched), *_out_of_range(judged, watched)]


def spell(event: Event, judged: Judgement, watched: Watched) -> Happening:
    """Return a spell of a record as what happened; one that is open at its end has its last reading in it."""
    found = watched.saw(event, event.kind, Aspect.TEMPERATURE, Storage(event.level), _EFFECTS[event.level])
    return replace(
        found,
        end=event.end + A_MOMENT if event.open_end else found.end,
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


ROW = "days-above-"
"""How the kind begins of days in a row whose lowest was above a limit."""


def of_days(readings: Sequence[DailyReading], place: Place, zone: tzinfo | None) -> list[Happening]:
    """Return what days in a row show of a place together: never down to 30 °C for a day, or to 25 °C for 30 days.

    The first is a spell of a day or more, and a breach (R14). The second has no mean, for days are no series, but none
    of that time was as cool as the mean has to be: a pharmacist should look (R15).

    Args:
        readings: Of each day the one that holds, all read by hand or all of one logger.
        place: Where.
        zone: In which days begin and end.
    """
    limits = profile(place.profile)
    asked = (
        (limits.permitted_high_c, limits.spell_h, Level.BREACH, Effect.HOLD),
        (limits.keep_high_c, limits.window_h, Level.ALLOWED_EXCURSION, Effect.REVIEW),
    )
    return [
        _of_row(row, f"{ROW}{above:g}", level, effect, place, zone)
        for above, hours, level, effect in asked
        for row in unbroken(readings, above, hours)
    ]


def _of_row(row: Unbroken, kind: str, level: Level, effect: Effect, place: Place, zone: tzinfo | None) -> Happening:
    start, end = (datetime.combine(day, time(), zone).timestamp() for day in (row.first, row.last + timedelta(days=1)))
    told = "\n".join(f"{each.day} {each.lowest!r} {each.highest!r}" for each in row.readings)
    return Happening(
        place=place.name,
        logger=row.readings[0].logger,
        kind=kind,
        aspect=Aspect.DAY,
        level=Storage(level),
        effect=effect,
        start=start if row.since is None else min(start, row.since),
        end=end,
        hours=row.hours,
        extreme_c=float(row.highest),
        limits={
            "profile": asdict(profile(place.profile)),
            "day": row.first.isoformat(),
            "last": row.last.isoformat(),
            "lowest_c": float(row.lowest),
            "at_least": True,
        },
        readings=hashlib.sha256(told.encode()).hexdigest(),
    )


def means(judged: Judgement, watched: Watched) -> list[Happening]:
    """Return when the 30-day mean of a record was too warm as what happened: shorter than 30 days it warns (R15)."""
    over: Sequence[TooWarm] = judged.mkt_over_limit
    kind, level, effect = "mkt-30d", Storage.BREACH, Effect.HOLD
    if judged.mkt_over and judged.mkt_provisional:
        start, end = judged.mkt_30d_window
        over = [TooWarm(start=start, end=end, worst=judged.mkt_30d_max_c, extreme_c=judged.mkt_30d_max_c)]
    if judged.mkt_provisional:
        kind, level, effect = "mkt-provisional", Storage.IN_RANGE, Effect.REVIEW
    return [
        replace(watched.saw(each, kind, Aspect.MEAN, level, effect), extreme_c=each.extreme_c, limits=_limits(judged))
        for each in over
    ]


def sums(judged: Judgement, watched: Watched) -> list[Happening]:
    """Return when too much time above the permitted range came together in 30 days (R14)."""
    return [
        replace(
            watched.saw(each, "summed-above-30", Aspect.SUMMED, Storage.SPIKE, Effect.REVIEW),
            hours=each.worst,
            extreme_c=each.extreme_c,
            limits=_limits(judged),
        )
        for each in judged.summed_over_limit
    ]


def _gaps(judged: Judgement, watched: Watched) -> list[Happening]:
    """Return when the logger was silent; a hole in which it left its probe's range is that one thing alone (R16)."""
    said = {(each.start, each.end) for each in judged.out_of_range}
    silent = [each for each in judged.gaps if (each.start, each.end) not in said]
    return [watched.saw(each, "gap", Aspect.GAP, Storage.NOT_MONITORED, Effect.REVIEW) for each in silent]


def _out_of_range(judged: Judgement, watched: Watched) -> list[Happening]:
    """Return when the logger said that its probe's range was left: nobody knows how warm it was, only that it was bad.

    It is no reading; what stood there has no complete record and asks for a pharmacist. Where the mark itself proves a
    temperature that is a breach, as “>60” does, it is one (R14, R18).
    """
    ways: dict[tuple[float, float], dict[str, OutOfRange]] = {}
    for each in judged.out_of_range:
        ways.setdefault((each.start, each.end), {})[each.way] = each
    found: list[Happening] = []
    for said in ways.values():
        way, each = next(iter(said.items()))
        kind = f"{way if len(said) == 1 else 'beyond'}-range"
        proven = {one.way: one.past_c for one in said.values() if one.breaches(judged.profile)}
        level, effect = (Storage.BREACH, Effect.HOLD) if proven else (Storage.INCOMPLETE, Effect.REVIEW)
        limits = _limits(judged) | {PROVEN: proven} if proven else {}
        found.append(replace(watched.saw(each, kind, Aspect.BEYOND, level, effect), limits=limits))
    return found


def _light(judged: Judgement, watched: Watched, lux_limit: int) -> list[Happening]:
    return [
        replace(
            watched.saw(each, "light", Aspect.LIGHT, Storage.NOT_MONITORED, Effect.REVIEW),
            limits={"lux_limit": lux_limit, "lux_hours": each.lux_hours, "peak_lux": each.peak},
        )
        for each in judged.light
    ]


def _limits(judged: Judgement) -> dict[str, object]:
    return {"profile": asdict(judged.profile)}


def _damp(judged: Judgement, watched: Watched) -> list[Happening]:
    return [
        replace(
            watched.saw(each, "humidity", Aspect.HUMIDITY, Storage.NOT_MONITORED, Effect.REVIEW),
            limits={"humidity_limit": judged.profile.review_humidity, "peak_percent": each.peak},
        )
        for each in judged.damp
    ]
