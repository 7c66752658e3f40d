"""Judging a record by a profile (R14–R19)."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import filterfalse
from math import isnan
from typing import TypeVar

from ldninv.domain.pieces import highest, lowest
from ldninv.domain.storage import kinetic, telling
from ldninv.domain.storage.damp import damp_spells
from ldninv.domain.storage.judgement import Event, Judgement, LightEvent, OutOfRange
from ldninv.domain.storage.level import Level, worst
from ldninv.domain.storage.light import light_events
from ldninv.domain.storage.profile import CRT, ROUNDING_C, Profile
from ldninv.domain.storage.series import Series
from ldninv.domain.storage.spells import events, in_order, most_hours, too_often
from ldninv.domain.storage.trace import Trace

T = TypeVar("T")


def judge(
    series: Series, profile: Profile = CRT, *, interval: float | None = None, lux_limit: float = 10.0
) -> Judgement:
    """Return what `series` says under `profile`, in time linear in its readings.

    Args:
        series: At least one reading.
        profile: The limits.
        interval: The logging interval in seconds; None takes what the steps beside each step tell (R16).
        lux_limit: Above this many lux it is light at that place (R17).

    Raises:
        ValueError: there is no reading (what is not monitored is never judged, R16), one is no number, or they do not
            rise in time.
    """
    trace = Trace.of(series, interval=interval, gap_factor=profile.gap_factor)
    light = light_events(series, lux_limit, None if interval is None else profile.gap_factor * interval)
    return judge_trace(trace, profile, light=light)


def judge_trace(
    trace: Trace, profile: Profile = CRT, *, light: Sequence[LightEvent] = (), kept_out: bool = False
) -> Judgement:
    """Return what `trace` says under `profile`: of a place, or of a batch on its own path (`path.along`).

    Args:
        trace: What is known.
        profile: The limits.
        light: The light that reached it.
        kept_out: Whether its container keeps light out, so that light is written down and asks nothing (R17).
    """
    series = trace.series
    known = kinetic.windows(trace, profile.window_h, profile.activation_k, limit_c=profile.mkt_limit_c + ROUNDING_C)
    spells = events(trace, profile)
    judged = Judgement(
        profile=profile,
        readings=len(series.seconds) - trace.drawn,
        first=series.seconds[0],
        last=series.seconds[-1],
        interval_s=trace.interval_s,
        min_c=trace.min_c,
        max_c=trace.max_c,
        mean_c=trace.mean_c,
        gaps=trace.gaps,
        coverage=trace.coverage,
        incomplete=bool(trace.out_of_range) or trace.coverage < profile.coverage,
        out_of_range=trace.out_of_range,
        mkt_c=known.whole_c,
        mkt_30d_max_c=known.worst_c,
        mkt_30d_window=known.worst,
        mkt_over_limit=known.over,
        mkt_provisional=known.whole_record,
        mkt_worst_case_c=_worst_case(trace, profile, known.worst_c),
        level=_level(spells, profile, known, trace.out_of_range),
        events=spells,
        hours_above_30_in_30_days=most_hours(_spikes(spells, profile), profile.window_h),
        summed_over_limit=too_often(_spikes(spells, profile), profile.window_h, profile.spell_h),
        light=tuple(light),
        light_kept_out=kept_out,
        humidity=_range(series.humidity),
        damp=damp_spells(series, profile.review_humidity),
        thermal_age_h=known.age_h,
    )
    return replace(judged, reasons=telling.reasons(judged), review=telling.review(judged))


def worst_of(found: Sequence[Judgement]) -> Judgement:
    """Return what several records of one place or batch say together: of each figure that makes its level, the worst.

    The rest is that of the record whose level is worst; of equal ones, the first.
    """
    if len(found) == 1:
        return found[0]
    base = max(found, key=lambda each: (each.level.harm, each.incomplete))
    warmest = max(found, key=lambda each: each.mkt_30d_max_c)
    return replace(
        base,
        min_c=min(each.min_c for each in found),
        max_c=max(each.max_c for each in found),
        coverage=min(each.coverage for each in found),
        incomplete=any(each.incomplete for each in found),
        mkt_30d_max_c=warmest.mkt_30d_max_c,
        mkt_30d_window=warmest.mkt_30d_window,
        mkt_provisional=warmest.mkt_provisional,
        mkt_over_limit=warmest.mkt_over_limit,
        mkt_worst_case_c=max(each.mkt_worst_case_c for each in found),
        reasons=_once(reason for each in found if each.level is base.level for reason in each.reasons),
        review=_once(said for each in found for said in each.review),
        events=tuple(sorted(_once(event for each in found for event in each.events), key=in_order)),
        hours_above_30_in_30_days=max(each.hours_above_30_in_30_days for each in found),
    )


def _once(found: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(found))


def _level(spells: Sequence[Event], profile: Profile, known: kinetic.Windows, beyond: Sequence[OutOfRange]) -> Level:
    """Return the worst of the spells; a full window whose mean kinetic temperature is too high is a breach (R14).

    So is what is no reading and proves one.
    """
    seen = worst(*(spell.level for spell in spells))
    too_warm = profile.too_warm(known.worst_c) and not known.whole_record
    return Level.BREACH if too_warm or any(each.breaches(profile) for each in beyond) else seen


def _worst_case(trace: Trace, profile: Profile, real_c: float) -> float:
    if not trace.gaps:
        return real_c
    filled = kinetic.windows(trace, profile.window_h, profile.activation_k, filled_c=profile.highest_c).worst_c
    return max(real_c, filled)  # beside readings above it the gaps would look like relief


def _spikes(spells: Sequence[Event], profile: Profile) -> list[Event]:
    """Return the spells above the permitted range."""
    kind = f"above-{profile.permitted_high_c:g}"
    return [spell for spell in spells if spell.kind == kind]


def _range(values: array[float] | None) -> tuple[float, float] | None:
    there = list(filterfalse(isnan, values)) if values else []
    return (lowest(there), highest(there)) if there else None
