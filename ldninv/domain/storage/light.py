"""Light that reached a place: it asks, and never condemns (R17)."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import partial
from itertools import compress, pairwise
from math import fsum, inf, isnan
from operator import lt

from ldninv.domain.storage.judgement import LightEvent
from ldninv.domain.storage.profile import CRT
from ldninv.domain.storage.series import Series
from ldninv.domain.storage.spells import spells
from ldninv.domain.storage.stays import Span, overlap
from ldninv.domain.storage.trace import local_silences, looks, silences, steps, stretches

FEWEST = 2
"""Readings in a row that make a light event; a single one may be a lamp that passed."""


def light_events(
    series: Series, limit: float, longest_s: float | None = None, *, within: Span = (-inf, inf)
) -> tuple[LightEvent, ...]:
    """Return when it was lighter than `limit` lux, in the order of time; nothing where the logger has no lux.

    A missing reading between two others is passed over while the step between those is no gap.

    Args:
        series: The readings.
        limit: Lux; inclusive, as all limits.
        longest_s: A step over this many seconds is a gap (R16); None takes what the steps beside each step tell.
        within: Only what lies in this half-open span: an event is cut where somebody came or left.
    """
    if series.lux is None:
        return ()
    there = having(series, series.lux)
    seconds, lux = there.seconds, there.lux or array("d")
    if max(lux, default=0.0) <= limit:
        return ()
    known = stretches(silent(steps(seconds), there.since_row, longest_s), len(seconds))
    lit = (
        spell for spell in spells(seconds, lux, known, limit, partial(lt, limit)) if spell.end - spell.begin >= FEWEST
    )
    met = (overlap((spell.start_s, spell.end_s), within) for spell in lit)
    return tuple(_event(_line(seconds, lux, span)) for span in met if span is not None)


def lux_hours(series: Series, longest_s: float | None = None) -> float | None:
    """Return all the light of a record, however dim, by the trapezoid; None where the logger has no lux.

    Args:
        series: The readings.
        longest_s: A step over this many seconds is a gap, which counts nothing (R16); None as for `light_events`.
    """
    if series.lux is None:
        return None
    there = having(series, series.lux)
    between = steps(there.seconds)
    gaps = set(silent(between, there.since_row, longest_s))
    pairs = zip(between, pairwise(there.lux or ()), strict=True)
    known = (pair for at, pair in enumerate(pairs) if at not in gaps)
    return fsum(step * (before + after) / 2 for step, (before, after) in known) / 3600


def silent(between: Sequence[float], since_row: array[float] | None, longest_s: float | None) -> tuple[int, ...]:
    """Return after which readings of a column nothing is known (R16).

    Args:
        between: The steps between those that have one, in seconds.
        since_row: As in `Series`.
        longest_s: A step over this many seconds is a gap; None takes what the steps beside each step tell.
    """
    if longest_s is not None:
        return silences(between, longest_s)
    return local_silences(between, CRT.gap_factor, looks(between, since_row))


def having(series: Series, column: array[float]) -> Series:
    """Return the readings that have a value in a column of theirs, such as lux."""
    if not any(map(isnan, column)):
        return series
    there = [not isnan(value) for value in column]
    return series.each(lambda each: array("d", compress(each, there)))


def _event(line: Sequence[tuple[float, float]]) -> LightEvent:
    """Return the light of a line of moments and lux, by the trapezoid."""
    dose = fsum((later - sooner) * (before + after) / 2 for (sooner, before), (later, after) in pairwise(line))
    return LightEvent(start=line[0][0], end=line[-1][0], lux_hours=dose / 3600, peak=max(lux for _, lux in line))


def _line(seconds: array[float], lux: array[float], span: Span) -> list[tuple[float, float]]:
    """Return the readings within a span, and what the line between neighbours says at its two ends."""
    first, last = bisect_right(seconds, span[0]), bisect_left(seconds, span[1])
    inside = zip(seconds[first:last], lux[first:last], strict=True)
    return [(span[0], _at(seconds, lux, span[0])), *inside, (span[1], _at(seconds, lux, span[1]))]


def _at(seconds: array[float], lux: array[float], moment: float) -> float:
    after = bisect_left(seconds, moment)
    if seconds[after] == moment:
        return lux[after]
    share = (moment - seconds[after - 1]) / (seconds[after] - seconds[after - 1])
    return lux[after - 1] + share * (lux[after] - lux[after - 1])
