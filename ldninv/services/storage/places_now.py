"""Places as they are now: what the record of each says of the last month that was read out. Nothing here writes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from ldninv.domain.places import Place
from ldninv.domain.storage.happenings import Aspect
from ldninv.domain.storage.loggers import Logger
from ldninv.domain.storage.series import Series
from ldninv.domain.stored import Storage, overdue
from ldninv.services.context import Context
from ldninv.services.storage import recorded
from ldninv.services.storage.looking import waiting
from ldninv.services.storage.recorded import LATELY

if TYPE_CHECKING:
    from ldninv.db import Transaction
    from ldninv.domain.storage.judgement import Judgement


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
    """The last 31 days of the record, by what all its loggers know together; None where there is no record."""
    batches: int
    """Batches with capsules that stand there."""
    waiting: int
    """Events of any time that wait for a pharmacist."""
    waits: Storage
    """The worst of these; not monitored where none waits."""
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
        waits = waiting(work)
        stopped = {name for name, until in work.loggers.recorded().items() if overdue(until, context.today())}
        return [
            _place_now(
                work,
                place,
                found,
                standing.get(place.name, 0),
                [each.level for each in waits if each.place == place.name],
                place.name in by_hand,
                _now(context) if place.name in stopped else None,
                _of_days(work, place.name, _now(context)),
            )
            for place in work.places.all()
        ]


def _of_days(work: Transaction, place: str, until: float) -> Storage:
    """Return the worst that the lowest and highest of a day said of a place lately."""
    found = work.happenings.now(place=place, span=(until - LATELY, until))
    return _worst(each.level for each in found if each.aspect is Aspect.DAY)


def _worst(levels: Iterable[Storage]) -> Storage:
    return max(levels, key=lambda each: each.harm, default=Storage.NOT_MONITORED)


def _place_now(  # noqa: PLR0913, PLR0917 - all that is known of a place
    work: Transaction,
    place: Place,
    found: Sequence[Logger],
    batches: int,
    waits: Sequence[Storage],
    by_hand: bool,  # noqa: FBT001
    asked_until: float | None,
    of_days: Storage,
) -> PlaceNow:
    traces = recorded.lately(work, place)
    return PlaceNow(
        place=place,
        loggers=tuple(each for each in found if each.place == place.name),
        last=_last(max((each.series for each in traces), key=lambda each: each.seconds[-1])) if traces else None,
        judged=recorded.judged(place, traces, until=asked_until),
        batches=batches,
        waiting=len(waits),
        waits=_worst(waits),
        of_days=of_days,
        read_by_hand=by_hand,
    )


def _now(context: Context) -> float:
    """Return the end of the pharmacy's day."""
    zone = context.now().tzinfo
    return datetime.combine(context.today() + timedelta(days=1), time(), zone).timestamp()


def _last(series: Series) -> Reading:
    humidity = None if series.humidity is None else series.humidity[-1]
    lux = None if series.lux is None else series.lux[-1]
    return Reading(series.seconds[-1], series.celsius[-1], humidity, lux)
