"""Damp air at a place whose profile sets a limit for it: it asks, as light does, and never condemns (R14, R18)."""

from __future__ import annotations

from functools import partial
from operator import lt

from ldninv.domain.storage.judgement import DampSpell
from ldninv.domain.storage.light import having, silent
from ldninv.domain.storage.series import Series
from ldninv.domain.storage.spells import spells
from ldninv.domain.storage.trace import steps, stretches


def damp_spells(series: Series, limit: float | None, longest_s: float | None = None) -> tuple[DampSpell, ...]:
    """Return when it was damper than `limit`, in the order of time; nothing where there is none, or no humidity.

    Args:
        series: The readings.
        limit: Percent of relative humidity; inclusive, as all limits.
        longest_s: A step over this many seconds is a gap (R16); None as for `light.light_events`.
    """
    if limit is None or series.humidity is None:
        return ()
    known = having(series, series.humidity)
    seconds, humidity = known.seconds, known.humidity
    if humidity is None or max(humidity, default=0.0) <= limit:
        return ()
    unbroken = stretches(silent(steps(seconds), known.since_row, longest_s), len(seconds))
    return tuple(
        DampSpell(start=each.start_s, end=each.end_s, peak=max(humidity[each.begin : each.end]))
        for each in spells(seconds, humidity, unbroken, limit, partial(lt, limit))
    )
