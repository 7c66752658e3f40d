"""Spells outside a limit, with edges on the line between neighbouring readings (R14)."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import accumulate
from operator import gt, lt

from ldninv.domain.pieces import pieces
from ldninv.domain.storage.judgement import Event, TooWarm
from ldninv.domain.storage.level import Level
from ldninv.domain.storage.profile import Profile
from ldninv.domain.storage.trace import Trace

_EXACT_S = 0.001
"""Seconds by which a sum may miss a limit: its last digits depend on how many spells went before."""


@dataclass(frozen=True, slots=True)
class Spell:
    """Readings in a row beyond a limit."""

    begin: int
    end: int
    """The first of them by its index, and the one after the last."""
    start_s: float
    end_s: float
    """Where the line crosses the limit; the first or last reading where it is open."""
    longest_s: float
    """From the last good reading to the next good one, in seconds."""
    open_start: bool
    open_end: bool


def runs(values: Sequence[float], outside: Callable[[float], bool]) -> Iterator[tuple[int, int]]:
    """Yield where values in a row are `outside`: pairs of the first, and the one after the last."""
    marks = b"".join(bytes(map(outside, values[part])) for part in pieces(len(values)))
    begin = marks.find(1)
    while begin >= 0:
        end = marks.find(0, begin)
        end = len(marks) if end < 0 else end
        yield begin, end
        begin = marks.find(1, end)


def spells(
    seconds: array[float],
    values: array[float],
    stretches: Iterable[tuple[int, int]],
    limit: float,
    outside: Callable[[float], bool],
) -> Iterator[Spell]:
    """Yield the spells of `values` beyond `limit`; where a stretch of what is known ends, a spell is open.

    Args:
        seconds: The moments.
        values: What was read then.
        stretches: Between which indices all is known: the first, and the one after the last.
        limit: What the line between two readings crosses.
        outside: Whether a value is beyond it.
    """

    def cross(after: int) -> float:
        before = after - 1
        share = (limit - values[before]) / (values[after] - values[before])
        return seconds[before] + share * (seconds[after] - seconds[before])

    for first, stop in stretches:
        for run_begin, run_end in runs(values[first:stop], outside):
            begin, end = first + run_begin, first + run_end
            open_start, open_end = begin == first, end == stop
            yield Spell(
                begin,
                end,
                seconds[begin] if open_start else cross(begin),
                seconds[end - 1] if open_end else cross(end),
                seconds[end - open_end] - seconds[begin - (not open_start)],
                open_start,
                open_end,
            )


def events(trace: Trace, profile: Profile) -> tuple[Event, ...]:
    """Return all spells outside a limit of `profile` in the order of time; of those that begin at once, worst first."""
    found = [
        *_above(trace, profile.highest_c, Level.BREACH),
        *(_weighed(spike, profile) for spike in _above(trace, profile.permitted_high_c, Level.SPIKE)),
        *_above(trace, profile.keep_high_c, Level.ALLOWED_EXCURSION),
        *_below(trace, profile.permitted_low_c, Level.BREACH),
        *_below(trace, profile.keep_low_c, Level.ALLOWED_EXCURSION),
    ]
    return tuple(sorted(found, key=in_order))


def in_order(event: Event) -> tuple[float, int]:
    """Return by what events are told in the order of time; of those that begin at once, worst first."""
    return event.start, -event.level.harm


def _above(trace: Trace, limit: float, level: Level) -> Iterator[Event]:
    celsius = trace.series.celsius
    if trace.max_c > limit:
        for spell in spells(trace.series.seconds, celsius, trace.stretches, limit, partial(lt, limit)):
            yield _event(f"above-{limit:g}", level, spell, max(celsius[spell.begin : spell.end]))


def _below(trace: Trace, limit: float, level: Level) -> Iterator[Event]:
    celsius = trace.series.celsius
    if trace.min_c < limit:
        for spell in spells(trace.series.seconds, celsius, trace.stretches, limit, partial(gt, limit)):
            yield _event(f"below-{limit:g}", level, spell, min(celsius[spell.begin : spell.end]))


def _event(kind: str, level: Level, spell: Spell, extreme_c: float) -> Event:
    return Event(
        kind=kind,
        level=level,
        start=spell.start_s,
        end=spell.end_s,
        longest_hours=spell.longest_s / 3600,
        extreme_c=extreme_c,
        readings=spell.end - spell.begin,
        open_start=spell.open_start,
        open_end=spell.open_end,
    )


def _weighed(spike: Event, profile: Profile) -> Event:
    """Return a spike as the breach it is where it is too long: by its edges, or by what lies between good readings."""
    longest = spike.hours if spike.at_least else spike.longest_hours
    return replace(spike, level=Level.BREACH) if max(spike.hours, longest) >= profile.spell_h else spike


def most_hours(events: Sequence[Event], window_h: float) -> float:
    """Return the most hours that `events` of one kind, in the order of time, fill of any window (R14)."""
    filled, window = _Filled(events), 3600 * window_h
    return max((filled.within(begin, window) for begin in _begins(events, window)), default=0.0) / 3600


def _begins(events: Sequence[Event], window: float) -> list[float]:
    """Return where the windows begin that may be the fullest: with an event, or so that they end with one."""
    return [*(event.start for event in events), *(event.end - window for event in events)]


class _Filled:
    """How much of a time events fill."""

    def __init__(self, events: Sequence[Event]) -> None:
        self._events = events
        self._starts = [event.start for event in events]
        self._sums = list(accumulate((event.end - event.start for event in events), initial=0.0))

    def within(self, begin: float, window: float) -> float:
        """Return the seconds that the events fill from a moment on for as long as a window."""
        return self._until(begin + window) - self._until(begin)

    def _until(self, moment: float) -> float:
        last = bisect_right(self._starts, moment)
        return self._sums[last] - (max(0.0, self._events[last - 1].end - moment) if last else 0.0)


def too_often(events: Sequence[Event], window_h: float, least_h: float) -> tuple[TooWarm, ...]:
    """Return when `events` of one kind, in the order of time, fill `least_h` hours or more of a window (R14).

    Windows begin with a spell or end with one; what two of them share makes them one.
    """
    filled, window = _Filled(events), 3600 * window_h
    starts, ends = [event.start for event in events], [event.end for event in events]
    groups: list[tuple[int, int]] = []
    for begin in sorted(_begins(events, window)):
        if filled.within(begin, window) < 3600 * least_h - _EXACT_S:
            continue
        first, stop = bisect_right(ends, begin), bisect_left(starts, begin + window)
        if groups and first < groups[-1][1]:
            groups[-1] = groups[-1][0], max(stop, groups[-1][1])
        else:
            groups.append((first, stop))
    return tuple(
        TooWarm(
            start=starts[first],
            end=ends[stop - 1],
            worst=most_hours(events[first:stop], window_h),
            extreme_c=max(event.extreme_c for event in events[first:stop]),
        )
        for first, stop in groups
    )
