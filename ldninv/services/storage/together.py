"""What several records show only together: those of loggers, or of places, that follow one another (R14, R15, R18)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ldninv.domain.places import Place
from ldninv.domain.storage.happenings import Aspect, Effect, Happening
from ldninv.domain.storage.judging import judge_trace
from ldninv.domain.storage.lines import lines
from ldninv.domain.storage.loggers import Logger
from ldninv.domain.storage.profile import Profile
from ldninv.domain.storage.profiles import profile
from ldninv.domain.storage.stays import Span, overlap, shared, without
from ldninv.domain.storage.trace import NEAR, Trace
from ldninv.services.storage import happened, seeing
from ldninv.services.storage.happened import A_MOMENT, Watched
from ldninv.services.storage.looking import recorded_by, watchers

if TYPE_CHECKING:
    from ldninv.db import Transaction
    from ldninv.domain.storage.judgement import Judgement

_SEVERAL = 2
_FEW = 2.5
"""Intervals by which what a part shows may be shorter: its edges lie on other readings."""

Part = tuple[Happening, Sequence[Span]]
"""What a part of a record shows alone, and when it counts: all the time, or while a batch stood there."""


def seen(work: Transaction, place: Place, core: Span) -> list[Happening]:
    """Return what the loggers of a place show only together that meets a span: a hand-over is no edge of a record.

    A spell or a mean that one of them shows as well is not told twice.
    """
    watching = _beginning(work, place)
    if len(watching) < _SEVERAL:
        return []
    record = _record(work, watching, place)
    around = core[0] - seeing.AROUND, core[1] + seeing.AROUND
    while True:
        before, after = _beside(work, watching, around)
        around = max(before, record[0]), min(after + A_MOMENT, record[1])
        traces = _traces(work, watching, place, around)
        found = [each for each in _shown(traces, place) if overlap(each.span, core)]
        if not found:
            return []
        read = (
            min(each.series.seconds[0] for each in traces.values()),
            max(each.series.seconds[-1] for each in traces.values()),
        )
        more = seeing.wider(found, around, read, record)
        if more == around:
            return found
        around = more


def reach(work: Transaction, place: Place, span: Span) -> Span:
    """Return as far as what is new in a span may change what the loggers of a place show together (`seeing.reach`)."""
    watching = _beginning(work, place)
    if len(watching) < _SEVERAL:
        return span
    before, after = span[0], span[1] - A_MOMENT
    for _ in range(NEAR + 2):
        before, after = _beside(work, watching, (before, after + A_MOMENT))
    return before - A_MOMENT, after + A_MOMENT


def of(judged: Judgement) -> list[Happening]:
    """Return of a record that has several parts what may be worse than each of them: too long, too warm, too often."""
    kind = f"above-{judged.profile.permitted_high_c:g}"
    found = [happened.spell(each, judged, Watched()) for each in judged.events if each.kind == kind]
    found = [each for each in found if each.effect is Effect.HOLD]
    sums = [each for each in happened.sums(judged, Watched()) if each.span not in {spell.span for spell in found}]
    if not judged.mkt_provisional:  # of less than 30 days each part warns alone (R15)
        found += happened.means(judged, Watched())
    return [*found, *sums]


def adds(each: Happening, trace: Trace, parts: Iterable[Part]) -> bool:
    """Return whether a record shows more of what happened than any of its parts does alone.

    A part may be a step or two shorter: whoever decides on the part decides on that too.
    """
    of_kind = (part for part in parts if part[0].aspect is each.aspect and part[0].effect is each.effect)
    return all(rest(each, part, stays, trace) for part, stays in of_kind)


def rest(each: Happening, part: Happening, stays: Sequence[Span], trace: Trace) -> list[Span]:
    """Return what is left of what a record shows beyond what a part shows while it counts."""
    least = _FEW * (trace.interval_s or 0.0)
    covered = shared([part.span], stays)
    return [span for span in without([each.span], covered) if span[1] - span[0] > least]


def warm(each: Happening, trace: Trace, span: Span, limits: Profile) -> bool:
    """Whether any reading between two moments, without these, is above the limit that something is held against."""
    limit = limits.mkt_limit_c if each.aspect is Aspect.MEAN else limits.permitted_high_c
    seconds = trace.series.seconds
    first, stop = bisect_right(seconds, span[0]), bisect_left(seconds, span[1])
    return first < stop and max(trace.series.celsius[first:stop]) > limit


def _shown(traces: dict[str, Trace], place: Place) -> list[Happening]:
    """Return what the records show that several loggers make, in the order of time."""
    limits = profile(place.profile)
    alone = [*traces.values()]
    joint = [line for line in lines(alone, gap_factor=limits.gap_factor) if not any(line is one for one in alone)]
    if not joint:
        return []
    parts: list[Part] | None = None
    found: dict[tuple[str, Span], Happening] = {}
    for line in joint:
        for each in of(judge_trace(line, limits)):
            if parts is None:
                parts = [(part, [part.span]) for one in alone for part in of(judge_trace(one, limits))]
            if adds(each, line, parts):
                names = _who(traces, each.span)
                told = replace(each, place=place.name, logger=names[0], limits={**each.limits, "loggers": names})
                found.setdefault((each.kind, each.span), seeing.bound(line.series, told))
    return widest(found.values())


def widest(found: Collection[Happening]) -> list[Happening]:
    """Return what happened in the order of time, without what is only a part of another of its kind."""
    whole = (each for each in found if not any(_within(each, other) for other in found))
    return sorted(whole, key=lambda each: (each.start, each.kind))


def _within(each: Happening, other: Happening) -> bool:
    """Whether one is only a part of the other, as two loggers at the same time have it."""
    longer = other.end - other.start > each.end - each.start
    return other.kind == each.kind and longer and other.start <= each.start and each.end <= other.end


def _who(traces: dict[str, Trace], span: Span) -> list[str]:
    """Return the loggers that knew any of a span, in the order in which they began to; those at its start by name."""
    known = {name: (each.series.seconds[0], each.series.seconds[-1] + A_MOMENT) for name, each in traces.items()}
    began = sorted(known.items(), key=lambda each: (max(each[1][0], span[0]), each[0]))
    return [name for name, when in began if overlap(when, span)]


def _beginning(work: Transaction, place: Place) -> list[Logger]:
    return [each for each in watchers(work, place.name) if work.readings.ends(each.id) is not None]


def _record(work: Transaction, watching: Sequence[Logger], place: Place) -> Span:
    bounds = [
        found
        for each in watching
        for span in each.watched(place.name)
        if (found := work.readings.bounds(each.id, *span)) is not None
    ]
    return min((first for first, _ in bounds), default=0.0), max((last for _, last in bounds), default=0.0) + A_MOMENT


def _beside(work: Transaction, watching: Sequence[Logger], span: Span) -> Span:
    """Return the last moment before a span and the first after it of all loggers; the span's own where none is."""
    found = [work.readings.beside(each.id, *span) for each in watching]
    before = max((first for first, _ in found if first < span[0]), default=span[0])
    after = min((last for _, last in found if last > span[1]), default=span[1])
    return before, after


def _traces(work: Transaction, watching: Sequence[Logger], place: Place, around: Span) -> dict[str, Trace]:
    factor = profile(place.profile).gap_factor
    read = ((each.name, recorded_by(work, each, place.name, around)) for each in watching)
    return {name: Trace.of(series, gap_factor=factor) for name, series in read if series.seconds}
