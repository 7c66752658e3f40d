"""Light that reached a place: it asks, and never condemns (R17)."""

from __future__ import annotations

from array import array
from functools import partial
from itertools import chain, compress, pairwise
from math import fsum, isnan
from operator import lt

from ldninv.domain.storage.judgement import LightEvent
from ldninv.domain.storage.series import Series
from ldninv.domain.storage.spells import Spell, spells
from ldninv.domain.storage.trace import silences, steps, stretches

FEWEST = 2
"""Readings in a row that make a light event; a single one may be a lamp that passed."""


def light_events(series: Series, limit: float, longest_s: float) -> tuple[LightEvent, ...]:
    """Return when it was lighter than `limit` lux, in the order of time; nothing where the logger has no lux.

    A missing reading between two others is passed over while the step between those is no gap.

    Args:
        series: The readings.
        limit: Lux; inclusive, as all limits.
        longest_s: A step over this many seconds is a gap (R16).
    """
    if series.lux is None:
        return ()
    seconds, lux = _lit(series.seconds, series.lux)
    if max(lux, default=0.0) <= limit:
        return ()
    known = stretches(silences(steps(seconds), longest_s), len(seconds))
    lit = (
        spell for spell in spells(seconds, lux, known, limit, partial(lt, limit)) if spell.end - spell.begin >= FEWEST
    )
    return tuple(
        LightEvent(
            start=spell.start_s,
            end=spell.end_s,
            lux_hours=_dose(seconds, lux, spell, limit) / 3600,
            peak=max(lux[spell.begin : spell.end]),
        )
        for spell in lit
    )


def lux_hours(series: Series, longest_s: float) -> float | None:
    """Return all the light of a record, however dim, by the trapezoid; None where the logger has no lux.

    Args:
        series: The readings.
        longest_s: A step over this many seconds is a gap, which counts nothing (R16).
    """
    if series.lux is None:
        return None
    seconds, lux = _lit(series.seconds, series.lux)
    between = zip(steps(seconds), pairwise(lux), strict=True)
    return fsum(step * (before + after) / 2 for step, (before, after) in between if step <= longest_s) / 3600


def _lit(seconds: array[float], lux: array[float]) -> tuple[array[float], array[float]]:
    """Return the readings that have lux."""
    if not any(map(isnan, lux)):
        return seconds, lux
    there = [not isnan(value) for value in lux]
    return array("d", compress(seconds, there)), array("d", compress(lux, there))


def _dose(seconds: array[float], lux: array[float], spell: Spell, limit: float) -> float:
    """Return lux times seconds of a spell, by the trapezoid; an edge that is not open is as light as the limit."""
    inside = zip(seconds[spell.begin : spell.end], lux[spell.begin : spell.end], strict=True)
    line = chain([(spell.start_s, limit)], inside, [(spell.end_s, limit)])
    return fsum((later - sooner) * (before + after) / 2 for (sooner, before), (later, after) in pairwise(line))
