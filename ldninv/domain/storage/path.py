"""A batch's own path through places: what it went through, wherever it stood (R16, R18). Intervals are half-open."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle, product
from math import isinf, isnan, nan, prod

from ldninv.domain.storage.judgement import LightEvent
from ldninv.domain.storage.light import light_events
from ldninv.domain.storage.series import Series, only_after
from ldninv.domain.storage.stays import Presence, overlap
from ldninv.domain.storage.trace import Trace, drawn, steps

JUST_BEFORE = 0.001
"""Seconds before a move at which the old place is last looked at: at the moment itself it is the new one."""
MOST = 32
"""Combinations of records up to which those of all stays are combined: five where two loggers watch, three of three."""


@dataclass(slots=True)
class _Piece:
    """What one logger saw of one stay."""

    seconds: array[float]
    celsius: array[float]
    humidity: array[float]
    """Percent, and"""
    beyond: array[float]
    """the sides of its probe's range, as in `Series`; NaN where a reading has none."""
    silent: list[int]
    drawn: int
    from_start: float | None
    """The stay's first moment, where it is known."""
    to_end: float | None
    """The moment at which the stay was over, where it is known up to then."""


def along(
    path: Sequence[Presence],
    known: Sequence[Trace | None],
    *,
    since: float | None = None,
    until: float | None = None,
) -> Trace | None:
    """Return what is known of the temperature along `path`, or None where no logger saw any of it: not monitored.

    Where a batch came to a place or left it between two readings, the line between them is read at that moment. From
    place to place it goes at once: what one logger knew until the move and the next one from there is without a gap.
    Light has a limit of each place: see `light_along`.

    Args:
        path: Where it stood, in the order of time, none beginning before the one before it ended.
        known: What is known of the place of each stay; None where nobody watches.
        since: From when on the path is asked about; None: from its beginning on.
        until: Up to when; None: to the end of the path, or the last reading where the batch still stands there.
    """
    found = [(trace, _cut(trace, stay)) for stay, trace in zip(path, known, strict=True) if trace is not None]
    seen = [(trace, piece) for trace, piece in found if piece.seconds]
    if not seen:
        return None
    pieces = [piece for _, piece in seen]
    series, silent = _one_after_the_other(pieces)
    end = None if isinf(path[-1].end) else path[-1].end
    return Trace(
        series,
        steps(series.seconds),
        silent,
        max(trace.interval_s or 0.0 for trace, _ in seen),
        since=path[0].start if since is None else since,
        until=end if until is None else until,
        drawn=sum(piece.drawn for piece in pieces),
    )


def records(
    path: Sequence[Presence],
    by_place: Mapping[str, Sequence[Trace]],
    *,
    since: float | None = None,
    until: float | None = None,
) -> list[Trace]:
    """Return the records of a batch along `path`, of which the worst counts: each of a stay with each of the others.

    Nobody says which of them goes with which, nor where in a place a batch stood that came back to it. None is mixed of
    two of one stay, so that a stay shows the same whatever came before it. What knows the same of a stay is one record.

    Args:
        path: As for `along`.
        by_place: The records of each place (`lines`).
        since: As for `along`.
        until: As for `along`.
    """
    known = [_distinct(by_place.get(stay.place, ()), stay) for stay in path]
    found = (along(path, each, since=since, until=until) for each in _combined(known))
    return [trace for trace in found if trace is not None]


def _combined(known: Sequence[Sequence[Trace]]) -> list[list[Trace | None]]:
    """Return each record of a stay with each of the others.

    Where these would be more than `MOST`, only those of stays near one another on the path are all combined: stays that
    are further apart take turns together.
    """
    several = [found for found in known if len(found) > 1]
    counts = [len(found) for found in several]
    for near in range(len(counts), 1, -1):
        counts = [max(len(found) for found in several[first::near]) for first in range(near)]
        if prod(counts) <= MOST:
            break
    return [_chosen(known, turn) for turn in product(*map(range, counts))]


def _chosen(known: Sequence[Sequence[Trace]], turn: Sequence[int]) -> list[Trace | None]:
    """Return of each stay the record whose turn it is."""
    turns = cycle(turn)
    return [found[next(turns) % len(found)] if len(found) > 1 else next(iter(found), None) for found in known]


def _distinct(found: Sequence[Trace], stay: Presence) -> list[Trace]:
    """Return those of a place's records that know something else than the others of a stay there."""
    told: list[tuple[object, ...]] = []
    kept: list[Trace] = []
    for trace in found:
        piece = _cut(trace, stay)
        says = (piece.seconds, piece.celsius, piece.silent, piece.beyond.tobytes())
        if says not in told:
            told.append(says)
            kept.append(trace)
    return kept


def light_along(
    path: Iterable[Presence],
    by_place: Mapping[str, Sequence[Trace]],
    limits: Mapping[str, float],
) -> tuple[LightEvent, ...]:
    """Return the light that reached a batch on its path: of each place's light events what it stood there for (R17).

    Of what several loggers saw at the same time the one with the most light counts.

    Args:
        path: As for `along`.
        by_place: What each logger of a place knows.
        limits: The lux limit of each place.
    """
    lit = [
        event
        for stay in path
        for trace in by_place.get(stay.place, ())
        for event in light_events(trace.series, limits[stay.place], within=stay.span)
    ]
    found: list[LightEvent] = []
    for event in sorted(lit, key=lambda each: -each.lux_hours):
        if not any(overlap((event.start, event.end), (each.start, each.end)) for each in found):
            found.append(event)
    return tuple(sorted(found, key=lambda each: each.start))


def _one_after_the_other(pieces: Sequence[_Piece]) -> tuple[Series, tuple[int, ...]]:
    """Return the pieces as one series, and after which of its readings nothing is known."""
    seconds, celsius, humidity, beyond, silent = array("d"), array("d"), array("d"), array("d"), list[int]()
    before: _Piece | None = None
    for piece in pieces:
        if before is not None:
            if seconds[-1] >= piece.seconds[0]:
                seconds[-1] = piece.seconds[0] - JUST_BEFORE
            if not _goes_on(before, piece):
                silent.append(len(seconds) - 1)
        silent.extend(index + len(seconds) for index in piece.silent)
        seconds.extend(piece.seconds)
        celsius.extend(piece.celsius)
        humidity.extend(piece.humidity)
        beyond.extend(piece.beyond)
        before = piece
    humid, left = (None if all(map(isnan, column)) else column for column in (humidity, beyond))
    return Series(seconds, celsius, humid, beyond=left), tuple(silent)


def _goes_on(before: _Piece, after: _Piece) -> bool:
    """Return whether nothing is unknown between two pieces: a move from known to known at once."""
    return before.to_end is not None and before.to_end == after.from_start


def _cut(trace: Trace, stay: Presence) -> _Piece:
    """Return what `trace` knows of `stay`, which may be nothing."""
    seconds = trace.series.seconds
    low, high = bisect_left(seconds, stay.start), bisect_left(seconds, stay.end)
    first, last = bisect_left(trace.silent, low), bisect_left(trace.silent, high - 1)
    silent = [index - low for index in trace.silent[first:last]]
    moments, values = seconds[low:high], trace.series.celsius[low:high]
    read = high - low if high > low else 0
    beside = (trace.series.humidity, trace.series.beyond)
    humidity, beyond = (array("d", [nan]) * read if each is None else each[low:high] for each in beside)
    if low and moments and moments[0] == stay.start and not isnan(beyond[0]):  # what was before it came is not its own
        beyond[0] = only_after(beyond[0])
    begins = drawn(trace, stay.start)
    ends = drawn(trace, stay.end) if high and not _silent_after(trace, high - 1) else None
    if begins is not None and not (moments and moments[0] == stay.start):
        for column, value in ((moments, stay.start), (values, begins), (humidity, nan), (beyond, nan)):
            column.insert(0, value)
        silent = [index + 1 for index in silent]
    if ends is not None and stay.end > stay.start:
        for column, value in ((moments, stay.end), (values, ends), (humidity, nan), (beyond, nan)):
            column.append(value)
    return _Piece(
        moments,
        values,
        humidity,
        beyond,
        silent,
        drawn=len(moments) - read,
        from_start=None if begins is None else stay.start,
        to_end=None if ends is None else stay.end,
    )


def _silent_after(trace: Trace, reading: int) -> bool:
    """Whether nothing is known after a reading until the next: what is read then is no part of the time before."""
    index = bisect_left(trace.silent, reading)
    return index < len(trace.silent) and trace.silent[index] == reading
