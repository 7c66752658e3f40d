"""A judgement in words: what made its level, and what a person should look at besides."""

from __future__ import annotations

from collections.abc import Sequence

from ldninv.domain.quantities import grouped
from ldninv.domain.storage.judgement import Event, Judgement
from ldninv.domain.storage.level import Level
from ldninv.domain.storage.worded import beside, hours, percent


def number(value: float) -> str:
    """Return a limit, or a share, with as many decimals as it needs, two at most.

    >>> number(41.0), number(30.556)
    ('41', '30.56')
    """
    return f"{value:.2f}".rstrip("0").rstrip(".")


def reasons(judged: Judgement) -> tuple[str, ...]:
    """Return what made the level, worst first; nothing where all is in range."""
    of_level = [event for event in judged.events if event.level is judged.level]
    kinds = dict.fromkeys(event.kind for event in of_level)
    told = [_spells([event for event in of_level if event.kind == kind], judged) for kind in kinds]
    if not judged.mkt_provisional and judged.mkt_over:
        told.append(f"mean kinetic temperature of {judged.profile.window} {_mean(judged)}")
    return (*told, *_out_of_range(judged, proven=True))


def review(judged: Judgement) -> tuple[str, ...]:
    """Return what else asks for a look; it makes no level."""
    profile, told = judged.profile, []
    if judged.coverage < profile.coverage:
        told.append(f"only {percent(judged.coverage):.1f} % of the time is known")
    told += _out_of_range(judged, proven=False)
    if judged.mkt_provisional and judged.mkt_over:
        told.append(
            f"mean kinetic temperature {_mean(judged)}; provisional: less than {judged.profile.window} of record"
        )
    if judged.hours_above_30_in_30_days >= profile.spell_h:
        told.append(
            f"{hours(judged.hours_above_30_in_30_days, profile.spell_h)} above {number(profile.permitted_high_c)} °C "
            f"within {profile.window}"
        )
    unsure = [each for each in judged.events if each.level is Level.SPIKE and each.at_least]
    if unsure:
        told.append(
            f"nobody knows how long it stayed above {number(profile.permitted_high_c)} °C: the record breaks off"
        )
    lit = judged.light and not judged.light_kept_out
    return (*told, *((light(judged),) if lit else ()), *_humidity(judged))


def light(judged: Judgement) -> str:
    """Return how often it was light and how much; nothing where it never was."""
    if not judged.light:
        return ""
    times = "once" if len(judged.light) == 1 else f"{len(judged.light)} times"
    dose = sum(event.lux_hours for event in judged.light)
    peak = max(event.peak for event in judged.light)
    return f"light {times}, {grouped(round(dose))} lux-hours, up to {grouped(round(peak))} lux"


def _spells(spells: Sequence[Event], judged: Judgement) -> str:
    """Return spells of one kind in one sentence, by the longest and the furthest of them."""
    side, limit = spells[0].kind.split("-", 1)
    furthest = max(spells, key=lambda each: abs(each.extreme_c - float(limit))).extreme_c
    longest = max(spells, key=lambda each: (round(each.hours, 4), each.at_least))  # of two as long the open one
    least = "at least " if longest.at_least else ""
    reach = "up to" if side == "above" else "down to"
    times = "once" if len(spells) == 1 else f"{len(spells)} times, the longest"
    spell_h = judged.profile.spell_h
    lasted = f"{least}{hours(longest.hours, spell_h)}"
    if judged.level is Level.BREACH and longest.hours < spell_h <= longest.longest_hours:
        lasted += f", {hours(longest.longest_hours, spell_h)} between good readings"
    return f"{side} {limit} °C {times} for {lasted}, {reach} {beside(furthest, float(limit))} °C"


def _mean(judged: Judgement) -> str:
    limit = judged.profile.mkt_limit_c
    return f"{beside(judged.mkt_30d_max_c, limit)} °C, above {number(limit)} °C"


def _out_of_range(judged: Judgement, *, proven: bool) -> list[str]:
    """Return how often the probe's range was left: where that proves a breach, or where it only asks."""
    told = []
    for way in ("above", "below"):
        seen = [each for each in judged.out_of_range if each.way == way and each.breaches(judged.profile) is proven]
        if seen:
            times = "once" if len(seen) == 1 else f"{len(seen)} times"
            length = sum(each.hours for each in seen)
            lasted = f", for up to {hours(length)}" if length else ""
            past = f", and so {way} {number(seen[0].past_c)} °C," if proven and seen[0].past_c is not None else ""
            told.append(f"{way} what the probe can measure{past} {times}{lasted}")
    return told


def _humidity(judged: Judgement) -> list[str]:
    limit = judged.profile.review_humidity
    if limit is None or judged.humidity is None or judged.humidity[1] <= limit:
        return []
    return [f"relative humidity up to {number(judged.humidity[1])} %, above {number(limit)} %"]
