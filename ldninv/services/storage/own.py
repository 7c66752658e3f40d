"""A batch's own record along its path through places: how it is judged, and what happened where it stood (R14–R18)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from math import isinf
from typing import TYPE_CHECKING

from ldninv.domain.expiry import Container
from ldninv.domain.places import Light
from ldninv.domain.storage import worded
from ldninv.domain.storage.daily import DailyReading, last_of_each
from ldninv.domain.storage.happenings import Met
from ldninv.domain.storage.judging import judge_trace, worst_of
from ldninv.domain.storage.level import Level
from ldninv.domain.storage.path import light_along, records
from ldninv.domain.storage.stays import turns
from ldninv.domain.stored import COVERED
from ldninv.services.storage import settling
from ldninv.services.storage.known import Known
from ldninv.services.storage.recorded import Recorded

if TYPE_CHECKING:
    from ldninv.db import Transaction
    from ldninv.db.whereabouts import Whereabout
    from ldninv.domain.batch import Kept
    from ldninv.domain.storage.judgement import Judgement
    from ldninv.services.context import Context


@dataclass(frozen=True, slots=True)
class Marked:
    """What happened where a batch stood, and with which event of the trail it was written down."""

    met: Met
    event: int
    """The number of the event."""
    by: str


@dataclass(frozen=True, slots=True)
class Record:
    """A batch's own storage record."""

    judged: Judgement | None
    """None where no logger saw any of it."""
    marked: tuple[Marked, ...]
    """In the order in which it was written down."""


def record(context: Context, kept: Kept) -> Record:
    """Return a batch's own storage record; all its readings are gone through."""
    with context.store.reading() as work:
        found = met(work, kept.batch.id)
        known = work.happenings.kept_with([each.happening.id for each in found])
        marked = [Marked(each, *known[each.happening.id]) for each in found]
        return Record(judged(context, work, kept), tuple(sorted(marked, key=lambda each: each.event)))


def judged(context: Context, work: Transaction, kept: Kept) -> Judgement | None:
    """Return how a batch's own record is judged, wherever it stood; None where no logger saw any of it.

    A reading at the one moment at which it came, or amid silence, covers no time; what it shows is its record all the
    same where that is not in range.

    Whether it is complete, and how much of it is known, is what the batch's storage says (`Known.coverage`): to the end
    of the day where nobody watches, and up to the last reading where a logger waits to be read out. Light is held
    against the limit of each place and against the container. All its readings are gone through: once for a batch that
    is asked for, never for a list.

    Args:
        context: Today.
        work: The transaction.
        kept: The batch.
    """
    today = context.today()
    tomorrow = datetime.combine(today + timedelta(days=1), time(), UTC).timestamp()
    (one,) = work.whereabouts.of([kept.batch.id])
    known, recorded = Known(work), Recorded(work)
    ends, covered = known.coverage(one), known.coverage(one, tomorrow)
    if not one.presences:
        return None
    since = max(known.since(one), one.presences[0].start)
    until = None if ends is None or ends.lost_from is None else tomorrow
    by_place = recorded.of_path(one.presences)
    traces = [trace for path in turns(one.presences) for trace in records(path, by_place, since=since, until=until)]
    if not traces:
        return None
    places = {each.name: each for each in work.places.all()}
    lux_limits = {name: place.lux_limit for name, place in places.items()}
    light = light_along(one.presences, recorded.loggers_of(one.presences), lux_limits)
    kept_out = one.container is Container.LIGHT_RESISTANT
    limits = recorded.limits_along(one.presences)
    found = worst_of([judge_trace(trace, limits, light=light, kept_out=kept_out) for trace in traces])
    if covered is None and found.level is Level.IN_RANGE and not found.out_of_range:
        return None
    share = 0.0 if covered is None else covered.share
    lacks = bool(found.out_of_range) or share < COVERED or kept.stored_on(today) != kept.stored
    found = replace(found, coverage=share, incomplete=lacks)
    return replace(found, review=(*found.review, *_let_in(one, {name: place.light for name, place in places.items()})))


def met(work: Transaction, batch: int) -> tuple[Met, ...]:
    """Return all that happened where a batch stood, oldest first, each with how far a pharmacist is with it."""
    (one,) = work.whereabouts.of([batch])
    return tuple(sorted(settling.all_met(work, [one])[batch], key=lambda each: each.happening.start))


def days(context: Context, work: Transaction, batch: int) -> list[DailyReading]:
    """Return the lowest and highest of each day that a batch stood at a place, as far as they are known (R20)."""
    (one,) = work.whereabouts.of([batch])
    zone, today = context.now().tzinfo, context.today()
    found: dict[tuple[str, date], DailyReading] = {}
    for each in one.presences:
        first = datetime.fromtimestamp(each.start, zone).date()
        last = today if isinf(each.end) else datetime.fromtimestamp(each.end - 1, zone).date()
        known = last_of_each(work.daily.of(each.place, first, last))
        found |= {(each.place, day): reading for day, reading in known.items()}
    return list(found.values())


def _let_in(one: Whereabout, light: dict[str, Light]) -> list[str]:
    """Return where a clear container stood in the light, which does not meet the policy's condition (R17)."""
    if one.container is not Container.CLEAR:
        return []
    places = dict.fromkeys(each.place for each in one.presences)
    return [worded.clear_at(each, light[each]) for each in places if light[each] is not Light.DARK]
