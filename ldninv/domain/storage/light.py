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
    seconds, lux = series.seconds, series.lux
    if any(map(isnan, lux)):
        there = [not isnan(value) for value in lux]
        seconds, lux = array("d", compress(seconds, there)), array("d", compress(lux, there))
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


def _dose(seconds: array[float], lux: array[float], spell: Spell, limit: float) -> float:
    """Return lux times seconds of a spell, by the trapezoid; an edge that is not open is as light as the limit."""
    inside = zip(seconds[spell.begin : spell.end], lux[spell.begin : spell.end], strict=True)
    line = chain([(spell.start_s, limit)], inside, [(spell.end_s, limit)])
    return fsum((later - sooner) * (before + after) / 2 for (sooner, before), (later, after) in pairwise(line))
