"""What the loggers of a place know together: in turn one record, at the same time each its own (R14–R16)."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import inf

from ldninv.domain.storage.profile import CRT
from ldninv.domain.storage.series import Series, joined
from ldninv.domain.storage.trace import Trace, drawn


def lines(traces: Sequence[Trace], *, gap_factor: float = CRT.gap_factor) -> list[Trace]:
    """Return the records of a place: of each logger what it knows, and where it knows nothing what others know then.

    Loggers that follow one another give one record, whatever they are called: a hand-over is no edge of it. Of loggers
    that watch at the same time each has its own, and the worst of them counts. Where several others know what one does
    not, the warmest counts: nobody says which of them went on for it.

    Args:
        traces: What each logger knows; one that nobody completes is returned as it is.
        gap_factor: A step over this many intervals is a gap (R16).
    """
    found: list[Trace] = []
    for one in traces:
        others = [each for each in traces if each is not one]
        line = _completed(one, others, gap_factor)
        if not any(_alike(line, each) for each in found):
            found.append(line)
    return found


def _completed(one: Trace, others: Sequence[Trace], gap_factor: float) -> Trace:
    """Return what one knows, with what others know where it knows nothing."""
    parts: list[Series] = []
    added = False
    seconds = one.series.seconds
    ends = [(-inf, seconds[0])]
    for first, stop in one.stretches:
        ends[-1] = ends[-1][0], seconds[first]
        ends.append((seconds[stop - 1], inf))
    for (after, before), stretch in zip(ends, [*one.stretches, None], strict=True):
        more = _warmest(others, after, before)
        if more.seconds:
            parts.append(more)
            added = True
        if stretch is not None:
            parts.append(one.series.cut(*stretch))
    return Trace.of(joined(parts), gap_factor=gap_factor) if added else one


def _warmest(traces: Sequence[Trace], after: float, before: float) -> Series:
    """Return the warmest that is known at each reading between two moments, without these."""
    parts = [(each, part) for each in traces if (part := _between(each.series, after, before)).seconds]
    parts.sort(key=lambda each: each[1].seconds[0])
    if all(one.seconds[-1] < other.seconds[0] for (_, one), (_, other) in pairwise(parts)):
        return joined([part for _, part in parts])
    return Series(*_highest_of([each for each, _ in parts], [part for _, part in parts]))


def _highest_of(traces: Sequence[Trace], parts: Sequence[Series]) -> tuple[array[float], array[float]]:
    """Return all moments of several series, each with the highest that is known then."""
    if all(each.seconds == parts[0].seconds for each in parts):
        return parts[0].seconds, array("d", map(max, *(each.celsius for each in parts)))
    moments = array("d", sorted({moment for each in parts for moment in each.seconds}))
    return moments, array("d", [max(_known(traces, moment)) for moment in moments])


def _known(traces: Sequence[Trace], moment: float) -> Iterator[float]:
    return (celsius for each in traces if (celsius := drawn(each, moment)) is not None)


def _between(series: Series, after: float, before: float) -> Series:
    return series.cut(bisect_right(series.seconds, after), bisect_left(series.seconds, before))


def _alike(one: Trace, other: Trace) -> bool:
    """Whether two are one record, as of loggers that followed one another."""
    return one.series.seconds == other.series.seconds and one.series.celsius == other.series.celsius
