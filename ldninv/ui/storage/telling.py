"""What a place's record says, and what happened there, in sentences; no Qt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, tzinfo
from typing import TypeVar

from ldninv.domain.entries import Posted
from ldninv.domain.quantities import with_minus
from ldninv.domain.storage import worded
from ldninv.domain.storage.daily import DailyReading
from ldninv.domain.storage.happenings import Aspect, Effect, Happening, Status
from ldninv.domain.storage.judgement import Judgement
from ldninv.domain.storage.loggers import Logger
from ldninv.services.storage.drawn import Drawn
from ldninv.services.storage.looking import Seen, TouchedBatch
from ldninv.services.storage.places_now import PlaceNow
from ldninv.ui import words
from ldninv.ui.facts import Fact
from ldninv.ui.storage import signs
from ldninv.ui.storage.figures import between, celsius, moment
from ldninv.ui.storage.looks import Look

Row = TypeVar("Row")


def not_read_out(now: PlaceNow, zone: tzinfo, today: date) -> str:
    """Return since when nothing is known of a place that a logger watches; nothing where its record reaches to now."""
    if now.last is None or signs.read_out(now, today):
        return ""
    return f"Not read out since {moment(now.last.at, zone)[:10]}."


def why(judged: Judgement) -> str:
    """Return what made the level of a record, and what else asks for a look."""
    return with_minus("; ".join((*judged.reasons, *judged.review)))


def mkt(now: PlaceNow) -> str:
    """Return the largest mean kinetic temperature of the last 30 days, and whether it is provisional."""
    if now.judged is None:
        return words.NOTHING
    said = celsius(now.judged.mkt_30d_max_c)
    return f"{said} provisional" if now.judged.mkt_provisional else said


def coverage(now: PlaceNow) -> str:
    """Return which share of the time is known; never rounded up to all of it."""
    if now.judged is None:
        return words.NOTHING
    return worded.share(now.judged.coverage)


def calibration(loggers: Sequence[Logger], today: date) -> str:
    """Return until when the loggers of a place are calibrated, by the one that is first to be sent (R20)."""
    if not loggers:
        return words.NOTHING
    if any(each.calibrated is None for each in loggers):
        return "not written down"
    due = min(day for each in loggers if (day := each.calibration_due()) is not None)
    return f"over since {words.day(due)}" if due < today else f"until {words.day(due)}"


def summary(now: PlaceNow, zone: tzinfo, today: date) -> str:
    """Return what the last 30 days of a place's record come to, in sentences."""
    judged = now.judged
    if judged is None:
        return "No logger's record of this place is kept here. Not monitored is never “in range”."
    span, worst = f"{moment(judged.first, zone)} to {moment(judged.last, zone)}", celsius(judged.mkt_worst_case_c)
    ended = not_read_out(now, zone, today)
    time = "the time up to today" if ended else "the time"
    known = f"{worded.share(judged.coverage)} of {time} known in {words.counted(judged.readings, 'reading')}"
    assumed = f"{judged.profile.highest_c:g} °C"
    gaps = f"; had it been {assumed} all through the gaps, of which nothing is known, {worst}" if judged.gaps else ""
    told = [
        *([ended] if ended else ()),
        f"{span}: {between(judged.min_c, judged.max_c)}, {known}.",
        f"Mean kinetic temperature {mkt(now)}{gaps}.",
    ]
    if judged.hours_above_30_in_30_days:
        limits = judged.profile
        warm = worded.hours(judged.hours_above_30_in_30_days, limits.spell_h)
        told.append(f"{warm} above {limits.permitted_high_c:g} °C in {limits.window}.")
    if judged.humidity:
        told.append(f"Humidity {judged.humidity[0]:.0f} to {judged.humidity[1]:.0f} %.")
    if judged.light:
        told.append(f"{words.counted(len(judged.light), 'light event')}.")
    days = (judged.last - judged.first) / 86_400
    age = f"{judged.thermal_age_h / 24:.1f} days at 25 °C"
    told.append(f"In these {days:.1f} days it aged what stood there as {age} would (estimate).")
    return " ".join(told)


def checks(last: DailyReading | None, missing: Sequence[date], due: bool) -> str:  # noqa: FBT001 - as it is read
    """Return what the daily checks of a place say of the last two weeks (R20).

    >>> checks(DailyReading(place="Bin", day=date(2026, 11, 26), lowest=21, highest=24.5), [date(2026, 11, 24)], True)
    'Read by hand, last on 2026-11-26: 21.0 to 24.5 °C. Missing: 2026-11-24. Not read today.'
    """
    told = ["Read by hand; no day of the last two weeks is read."]
    if last is not None:
        told = [f"Read by hand, last on {words.day(last.day)}: {between(last.lowest, last.highest)}."]
        if missing:
            told.append(f"Missing: {', '.join(map(words.day, missing))}.")
    return " ".join([*told, "Not read today."] if due else told)


def in_brief(now: PlaceNow, zone: tzinfo, today: date, events: Sequence[Seen], by_hand: str = "") -> str:
    """Return why a place is as its sign says, and what is to be done there, in a few words."""
    judged, ended = now.judged, not_read_out(now, zone, today)
    told = [ended] if ended else []
    if judged is not None:
        said = why(judged)
        span = f"{moment(judged.first, zone)[:10]} to {moment(judged.last, zone)[:10]}"
        told.append(f"{span}: {between(judged.min_c, judged.max_c)}{f'; {said}' if said else ''}.")
    elif now.read_by_hand:
        told.append(by_hand)
    elif events:
        told.append("Only the lowest and the highest of each day are known here: no chart.")
    else:
        told.append("Nobody watches this place. Not monitored is never “in range”.")
    if now.waiting:
        wait = "waits" if now.waiting == 1 else "wait"
        told.append(f"{words.counted(now.waiting, 'event')} {wait} for a pharmacist to decide.")
    return " ".join(told)


def curves(drawn: Sequence[Drawn], zone: tzinfo) -> str:
    """Return whose the curves of a chart are, by their marks, and how far each went; nothing where there is but one."""
    if len(drawn) < 2:  # noqa: PLR2004 - one curve is told by what is said of the place
        return ""
    told = (
        f"{each.logger}, {Look.of(each.number).mark.value}, {moment(each.span[0], zone)} to "
        f"{moment(each.span[1], zone)}, {between(each.lowest, each.highest)}"
        for each in drawn
    )
    return f"{len(drawn)} loggers, a curve each: {'; '.join(told)}."


_GIVEN_OUT = 8
"""Dispensings that are told one by one; the paper has them all."""


def given_out(dispensed: Sequence[Posted]) -> str:
    """Return what was dispensed of the batches since it began, one line each; nothing where nothing was (R18)."""
    lines = [
        f"{words.day(each.entry.day)}: {words.counted(-each.entry.capsules, 'capsule')} of {each.lot}"
        for each in dispensed[:_GIVEN_OUT]
    ]
    more = len(dispensed) - len(lines)
    if more > 0:
        lines.append(f"and {words.grouped(more)} more, which the storage record of these days lists")
    return "\n".join(["Dispensed of these batches since it began:", *lines]) if lines else ""


def lasted(happening: Happening) -> str:
    """Return how long it lasted; with an open edge, at least so long."""
    if happening.aspect is Aspect.DAY and not happening.in_a_row:
        return "not known"
    said = worded.hours(happening.hours, happening.limit("spell_h"))
    if happening.aspect is Aspect.MEAN:
        return f"within {said}"
    return f"at least {said}" if happening.limits.get("at_least") else said


def begun(happening: Happening, zone: tzinfo) -> str:
    """Return since when: of the lowest and the highest of a day, which day, wherever its midnight was."""
    day = happening.day
    return moment(happening.start, zone) if day is None else words.day(day)


def _whole(happening: Happening, figure: str) -> str:
    found = happening.limits.get(figure, 0)
    return words.grouped(round(found)) if isinstance(found, int | float) else words.NOTHING


def extreme(happening: Happening) -> str:
    """Return the reading furthest out, or the mean, or the light."""
    if happening.aspect is Aspect.LIGHT:
        return f"{_whole(happening, 'peak_lux')} lux"
    if happening.aspect is Aspect.HUMIDITY:
        return f"{_whole(happening, 'peak_percent')} %"
    said = celsius(happening.extreme_c)
    return f"MKT {said}" if happening.aspect is Aspect.MEAN else said


def headline(happening: Happening) -> str:
    """Return what happened, as a sentence begins."""
    said = with_minus(worded.words(happening))
    return said[:1].upper() + said[1:]


def facts(seen: Seen, zone: tzinfo) -> tuple[Fact, ...]:
    """Return what is known of it, line by line."""
    happening = seen.happening
    found = [
        Fact("Place", " → ".join(happening.places)),
        Fact("Logger", happening.seen_by or "read by hand"),
        *_when(happening, zone),
        _how_long(happening),
    ]
    longest = happening.longest_hours
    if longest is not None and not happening.limits.get("at_least") and longest > happening.hours:
        found.append(Fact("Between good readings", worded.hours(longest, happening.limit("spell_h"))))
    if happening.aspect not in {Aspect.GAP, Aspect.BEYOND}:
        found.append(Fact("Extreme", extreme(happening)))
    if happening.aspect is Aspect.LIGHT:
        dose = _whole(happening, "lux_hours")
        found.append(Fact("Dose", f"{dose} lux-hours"))
    if seen.waiting or happening.effect is Effect.RECORDED:
        found.append(Fact("Meaning", _MEANING[happening.effect] + _more(happening)))
    return (*found, Fact("Decision", signs.OF_STATUS[seen.status].word))


def _when(happening: Happening, zone: tzinfo) -> tuple[Fact, ...]:
    if happening.day is not None and not happening.in_a_row:
        return (Fact("Day", begun(happening, zone)),)
    return Fact("From", begun(happening, zone)), Fact("To", moment(happening.end, zone))


def _how_long(happening: Happening) -> Fact:
    """Return how long it lasted; of a mean, whose 30 days run into one another, what its first and last moment are."""
    if happening.aspect is not Aspect.MEAN:
        return Fact("Lasted", lasted(happening))
    return Fact(
        f"Over {worded.window(happening)}", f"{worded.windows(happening)}. Single days in it may have been cool"
    )


def decided_before(seen: Seen, versions: Sequence[Happening], tr: Callable[[str], str] = str) -> tuple[Fact, ...]:
    """Return what was decided before the evidence changed, and on what: the difference is to be judged (R18)."""
    before = next((each.decided for each in seen.batches if each.status is Status.CHANGED and each.decided), None)
    known = next((each for each in versions if before is not None and each.id == before.happening), None)
    if before is None or known is None:
        return ()
    said = f"{before.said(tr)}, by {before.by} on {before.at[:10]}: {before.reason}"
    return Fact("Decided before", said), Fact("It was then", _then(known, seen.happening))


def _then(known: Happening, now: Happening) -> str:
    """Return what it was; where that sounds the same as now, what else can have changed."""
    was = headline(known)
    same = f"{was}, as now: other readings came in beside its own, or a batch stood there longer or shorter"
    return same if was == headline(now) else was


def _more(happening: Happening) -> str:
    """Return where to look for the part of an allowed excursion that was no longer allowed."""
    limits, extreme_c = happening.limits.get("profile"), happening.extreme_c
    if happening.effect is not Effect.RECORDED or not isinstance(limits, dict) or extreme_c is None:
        return ""
    low, high = limits["permitted_low_c"], limits["permitted_high_c"]
    if low <= extreme_c <= high:
        return ""
    return f" What went {f'above {high:g}' if extreme_c > high else f'below {low:g}'} °C is an event of its own."


_MEANING = {
    Effect.RECORDED: "Allowed and kept; nothing to do.",
    Effect.REVIEW: "The batches stay usable; a pharmacist should look.",
    Effect.HOLD: "The batches are on hold until a pharmacist keeps, shortens or discards them.",
}


def decided(row: TouchedBatch, tr: Callable[[str], str] = str) -> str:
    """Return what was decided of a batch, and by whom."""
    if row.decided is None:
        return words.NOTHING
    return f"{row.decided.said(tr)}, by {row.decided.by}: {row.decided.reason}"
