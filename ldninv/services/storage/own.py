"""A batch's own record along its path through places: how it is judged, and what happened where it stood (R14–R18)."""

from __future__ import annotations

from math import isinf
from typing import TYPE_CHECKING

from ldninv.domain.storage.happenings import Met
from ldninv.domain.storage.judging import judge_trace
from ldninv.domain.storage.path import Stay, along
from ldninv.domain.storage.stays import Presence
from ldninv.domain.storage.trace import Trace
from ldninv.services.storage import marking
from ldninv.services.storage.looking import recorded_by, watchers

if TYPE_CHECKING:
    from ldninv.db import Transaction
    from ldninv.domain.storage.judgement import Judgement


def judged(work: Transaction, batch: int) -> Judgement | None:
    """Return how a batch's own record is judged, wherever it stood; None where no logger saw any of it.

    It is asked about from its first reading on, as the batch's storage is. Light and humidity are judged by place. All
    its readings are gone through: once for a paper, never for a list.

    Args:
        work: The transaction.
        batch: Its key.
    """
    (one,) = work.whereabouts.of([batch])
    by_place: dict[str, list[Trace]] = {}
    for each in one.presences:
        by_place.setdefault(each.place, []).extend(_seen_of(work, each))
    stays = tuple(_stay(each) for each in one.presences)
    first = min((each.series.seconds[0] for found in by_place.values() for each in found), default=None)
    if first is None:
        return None
    trace = along(stays, by_place, since=max(first, stays[0].start))
    return None if trace is None else judge_trace(trace)


def met(work: Transaction, batch: int) -> tuple[Met, ...]:
    """Return all that happened where a batch stood, oldest first, each with how far a pharmacist is with it."""
    (one,) = work.whereabouts.of([batch])
    of_place = {each.place: work.happenings.now(place=each.place) for each in one.presences}
    decided = work.happenings.decided({each.thread for found in of_place.values() for each in found})
    return tuple(sorted(marking.met_by(one, of_place, decided), key=lambda each: each.happening.start))


def _seen_of(work: Transaction, presence: Presence) -> list[Trace]:
    around = (presence.start - _AROUND, presence.end + _AROUND)
    found = (recorded_by(work, logger, presence.place, around) for logger in watchers(work, presence.place))
    return [Trace.of(series) for series in found if series.seconds]


def _stay(presence: Presence) -> Stay:
    return Stay(presence.place, presence.start, None if isinf(presence.end) else presence.end)


_AROUND = 86_400.0
"""Seconds read before and after a stay, for the line between two readings that a move falls into."""
