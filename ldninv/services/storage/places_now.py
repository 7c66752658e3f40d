"""Places as they are now: what the record of each says of the last month that was read out. Nothing here writes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from ldninv.domain.places import Place
from ldninv.domain.storage.happenings import Aspect
from ldninv.domain.storage.judging import judge, judge_trace, worst_of
from ldninv.domain.storage.light import light_events
from ldninv.domain.storage.loggers import Logger
from ldninv.domain.storage.profiles import profile
from ldninv.domain.storage.series import Series
from ldninv.domain.storage.trace import Trace
from ldninv.domain.stored import Storage, overdue
from ldninv.services.context import Context
from ldninv.services.storage.looking import waiting_by_place, watchers

if TYPE_CHECKING:
    from ldninv.db import Transaction
    from ldninv.domain.storage.judgement import Judgement

LATELY = 31 * 86_400
"""Seconds that a place is judged by now: a whole window of the mean kinetic temperature lies in it (R15)."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading."""

    at: float
    """UTC seconds."""
    celsius: float
    humidity: float | None = None
    lux: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceNow:
    """A place, with what its record says of the last 31 days that were read out."""

    place: Place
    loggers: tuple[Logger, ...]
    """Those that watch it now."""
    last: Reading | None
    """The latest; None where there is none."""
    judged: Judgement | None
    """The last 31 days of the record, the worst of all loggers that watch it; None where there is no record."""
    batches: int
    """Batches with capsules that stand there."""
    waiting: int
    """Events of any time that wait for a pharmacist."""
    of_days: Storage
    """The worst that the lowest and highest of a day say of the last 31 days; not monitored where they say nothing."""
    read_by_hand: bool
    """Whether somebody reads a thermometer there (R20)."""


def places_now(context: Context) -> list[PlaceNow]:
    """Return every place as it is now, by name. Judging takes a moment: call it on a worker."""
    with context.store.reading() as work:
        found = work.loggers.all()
        standing = work.whereabouts.standing()
        by_hand = work.daily.places()
        waiting = waiting_by_place(work)
        stopped = {name for name, until in work.loggers.recorded().items() if overdue(until, context.today())}
        return [
            _place_now(
                work,
                place,
                found,
                standing.get(place.name, 0),
                waiting[place.name],
                place.name in by_hand,
                _now(context) if place.name in stopped else None,
                _of_days(work, place.name, _now(context)),
            )
            for place in work.places.all()
        ]


def _of_days(work: Transaction, place: str, until: float) -> Storage:
    """Return the worst that the lowest and highest of a day said of a place lately."""
    found = work.happenings.now(place=place, span=(until - LATELY, until))
    levels = [each.level for each in found if each.aspect is Aspect.DAY]
    return max([Storage.NOT_MONITORED, *levels], key=lambda each: each.harm)


def _place_now(  # noqa: PLR0913, PLR0917 - all that is known of a place
    work: Transaction,
    place: Place,
    found: Sequence[Logger],
    batches: int,
    waiting: int,
    by_hand: bool,  # noqa: FBT001
    asked_until: float | None,
    of_days: Storage,
) -> PlaceNow:
    watching = watchers(work, place.name)
    now = [each for each in watching if each.place == place.name] or watching[:1]
    lately = (_lately(work, each, place.name) for each in now)
    series = [each for each in lately if each is not None and each.seconds]
    judged = [_judged(each, place, asked_until) for each in series]
    return PlaceNow(
        place=place,
        loggers=tuple(each for each in found if each.place == place.name),
        last=_last(max(series, key=lambda each: each.seconds[-1])) if series else None,
        judged=worst_of(judged) if judged else None,
        batches=batches,
        waiting=waiting,
        of_days=of_days,
        read_by_hand=by_hand,
    )


def _judged(series: Series, place: Place, asked_until: float | None) -> Judgement:
    """Return how a place is judged; where its record stopped too long ago, all since is a gap (R16)."""
    limits = profile(place.profile)
    if asked_until is None:
        return judge(series, limits, lux_limit=place.lux_limit)
    trace = replace(Trace.of(series, gap_factor=limits.gap_factor), until=asked_until)
    light = light_events(series, place.lux_limit)
    return judge_trace(trace, limits, light=light)


def _now(context: Context) -> float:
    """Return the end of the pharmacy's day."""
    zone = context.now().tzinfo
    return datetime.combine(context.today() + timedelta(days=1), time(), zone).timestamp()


def _lately(work: Transaction, logger: Logger, place: str) -> Series | None:
    """Return the last 31 days that a logger recorded of a place."""
    for span in reversed(logger.watched(place)):
        bounds = work.readings.bounds(logger.id, *span)
        if bounds is not None:
            return work.readings.series(logger.id, max(span[0], bounds[1] - LATELY), min(span[1], bounds[1] + 1))
    return None


def _last(series: Series) -> Reading:
    humidity = None if series.humidity is None else series.humidity[-1]
    lux = None if series.lux is None else series.lux[-1]
    return Reading(series.seconds[-1], series.celsius[-1], humidity, lux)
