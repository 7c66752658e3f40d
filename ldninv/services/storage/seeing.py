"""What a logger's record shows of a place in a span: judged with enough before and after it (R14–R17)."""

from __future__ import annotations

import hashlib
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from ldninv.domain.places import Place
from ldninv.domain.storage.happenings import Aspect, Happening
from ldninv.domain.storage.judging import judge
from ldninv.domain.storage.loggers import Logger
from ldninv.domain.storage.profile import LONGEST_WINDOW_H
from ldninv.domain.storage.profiles import profile
from ldninv.domain.storage.series import Series
from ldninv.domain.storage.stays import Span, overlap
from ldninv.domain.storage.trace import NEAR
from ldninv.services.storage import happened
from ldninv.services.storage.happened import A_MOMENT, Watched

if TYPE_CHECKING:
    from ldninv.db import Transaction

WINDOW = LONGEST_WINDOW_H * 3600
_EDGE = 4 * 86_400
"""Seconds at the edge of what is looked at in which the steps beside may be too few to tell the interval."""
AROUND = WINDOW + _EDGE
"""Seconds before and after that are judged with a span: a window of 30 days that reaches into it lies within."""

_MARGINS = {
    **dict.fromkeys((Aspect.TEMPERATURE, Aspect.LIGHT, Aspect.HUMIDITY), _EDGE),
    **dict.fromkeys((Aspect.MEAN, Aspect.SUMMED), AROUND),
}
"""Seconds beside what happened in which further readings may make it longer."""


def reach(work: Transaction, logger: Logger, span: Span) -> Span:
    """Return as far as what is new in a span may change what a record shows: to readings beside it (R16, R18).

    From the last one before reaches a line or a gap to the first new one, and from the last new one to the first after;
    what ended or began with one of them, because the record broke off there, is looked at again. Of a few more the
    steps tell another interval now, and so whether one of them is a gap.
    """
    before, after = span[0], span[1] - A_MOMENT
    for _ in range(NEAR + 2):
        before, after = work.readings.beside(logger.id, before, after + A_MOMENT)
    return before - A_MOMENT, after + A_MOMENT


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
    record = max(watched[0], ends[0]), min(watched[1], ends[1] + A_MOMENT)
    around = core[0] - AROUND, core[1] + AROUND
    while True:
        around = _between_readings(work, logger, around, record)
        series = work.readings.series(logger.id, *around)
        if not series.seconds:
            return []
        found = [each for each in happenings(series, logger, place) if overlap(each.span, core)]
        more = wider(found, around, (series.seconds[0], series.seconds[-1]), record)
        if more == around:
            return found
        around = more


def _between_readings(work: Transaction, logger: Logger, around: Span, record: Span) -> Span:
    """Return a span as far as the readings beside it: a gap that is longer is seen from one end to the other."""
    before, after = work.readings.beside(logger.id, *around)
    return max(before, record[0]), min(after + A_MOMENT, record[1])


def wider(found: Iterable[Happening], around: Span, read: Span, record: Span) -> Span:
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
    found = happened.all_of(judged, Watched(logger.name, place.name), place.lux_limit)
    return sorted((bound(series, each) for each in found), key=lambda each: (each.start, each.kind))


def bound(series: Series, each: Happening) -> Happening:
    """Return a happening with the SHA-256 of the readings that it rests on: those within, and one on each side."""
    first = max(0, bisect_left(series.seconds, each.start) - 1)
    last = bisect_right(series.seconds, each.end) + 1
    digest = hashlib.sha256()
    for column in (series.seconds, measured(series, each.aspect) or series.celsius):
        digest.update(array("d", column[first:last]).tobytes())
    return replace(each, readings=digest.hexdigest())


def measured(series: Series, aspect: Aspect) -> array[float] | None:
    """Return the readings that such a happening is of; None where the logger has none."""
    match aspect:
        case Aspect.LIGHT:
            return series.lux
        case Aspect.HUMIDITY:
            return series.humidity
        case _:
            return series.celsius
