"""A batch's own record along its path through places: how it is judged, and what happened where it stood (R14–R18)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from math import isinf
from typing import TYPE_CHECKING

from ldninv.domain.expiry import Container
from ldninv.domain.places import Light
from ldninv.domain.storage import worded
from ldninv.domain.storage.daily import DailyReading, last_of_each
from ldninv.domain.storage.happenings import Met
from ldninv.domain.storage.judging import judge_trace
from ldninv.domain.storage.path import along, light_along
from ldninv.domain.storage.stays import in_turn
from ldninv.services.storage import settling
from ldninv.services.storage.carried import traces

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
        return Record(judged(work, kept.batch.id), tuple(sorted(marked, key=lambda each: each.event)))


def judged(work: Transaction, batch: int) -> Judgement | None:
    """Return how a batch's own record is judged, wherever it stood; None where no logger saw any of it.

    It is asked about from its first reading on, as the batch's storage is. Light is held against the limit of each
    place and against the container. All its readings are gone through: once for a batch that is asked for, never for
    a list.

    Args:
        work: The transaction.
        batch: Its key.
    """
    (one,) = work.whereabouts.of([batch])
    path = in_turn(one.presences)
    by_place = traces(work, path)
    first = min((each.series.seconds[0] for found in by_place.values() for each in found), default=None)
    if first is None:
        return None
    trace = along(path, by_place, since=max(first, path[0].start))
    if trace is None:
        return None
    places = {each.name: each for each in work.places.all()}
    light = light_along(path, by_place, {name: place.lux_limit for name, place in places.items()})
    found = judge_trace(trace, light=light, kept_out=one.container is Container.LIGHT_RESISTANT)
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
