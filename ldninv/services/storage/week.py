"""What the weekly report says of storage (R24)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING

from ldninv.domain.days import Week
from ldninv.domain.storage.daily import missing
from ldninv.domain.storage.happenings import Aspect, Happening
from ldninv.domain.storage.loggers import Logger
from ldninv.domain.storage.stays import Span, length, overlap, shared, union, without
from ldninv.domain.stored import COVERED, Storage, overdue
from ldninv.reports.storage import LoggerDue, PlaceWeek, Waiting, Waits
from ldninv.services.storage import daily, looking, recorded
from ldninv.services.storage.recorded import LATELY

if TYPE_CHECKING:
    from ldninv.db import Transaction
    from ldninv.domain.places import Place


def places(work: Transaction, week: Week, as_of: date, zone: tzinfo | None) -> tuple[PlaceWeek, ...]:
    """Return each place of which anything is known, by name, in the days of a week up to `as_of`.

    That is where a logger watched, somebody read a thermometer, or something happened or waits.

    Args:
        work: One moment of the database.
        week: Which week.
        as_of: Its last day that counts.
        zone: The pharmacy's own, for where its days begin.
    """
    span = _span(week.monday, as_of, zone)
    by_hand = work.daily.places()
    waiting = [each for each in looking.waiting(work) if each.start < span[1]]
    found = []
    for place in work.places.all():
        watching = [each for each in looking.watchers(work, place.name) if _watches(each, place.name, span)]
        waits = _waiting([each for each in waiting if each.place == place.name], as_of, zone)
        read = place.name in by_hand and by_hand[place.name] <= as_of
        if watching or read or waits or work.happenings.now(place=place.name, span=span):
            found.append(_place(work, place, watching, span, as_of, by_hand.get(place.name), zone, waits))
    return tuple(found)


def _place(  # noqa: PLR0913, PLR0917 - all that a place's line is made from
    work: Transaction,
    place: Place,
    watching: list[Logger],
    span: Span,
    as_of: date,
    begun: date | None,
    zone: tzinfo | None,
    waits: tuple[Waits, ...],
) -> PlaceWeek:
    there = [each for each in work.happenings.now(place=place.name, span=span) if not each.path and not each.gone]
    known = _known(work, place.name, watching, span, there, as_of)
    mean = _mean(work, place, span[1])
    absent = _absent(work, place, watching, span, as_of, begun, zone)
    return PlaceWeek(
        place=place.name,
        level=_level(there, known),
        breaches=sum(each.level is Storage.BREACH for each in there),
        spikes=sum(each.level is Storage.SPIKE for each in there),
        gaps=len({(each.logger, each.span) for each in there if each.is_hole}),
        light=sum(each.aspect is Aspect.LIGHT for each in there),
        damp=sum(each.aspect is Aspect.HUMIDITY for each in there),
        waiting=waits,
        mkt_30d_max_c=None if mean is None else mean[0],
        mkt_provisional=None if mean is None else mean[1],
        coverage=known,
        missing_checks=tuple(absent),
        read_by_hand=begun is not None,
        loggers=tuple(
            LoggerDue(
                logger=each.name,
                calibrated=each.calibrated,
                due=each.calibration_due(),
                past=each.past_calibration(as_of),
            )
            for each in watching
        ),
    )


def _waiting(found: list[Happening], as_of: date, zone: tzinfo | None) -> tuple[Waits, ...]:
    """Return what waits for a pharmacist, kind by kind, the most harmful first, each with its first day."""
    kinds: dict[Waiting, list[date]] = {}
    for each in found:
        kinds.setdefault(_kind(each), []).append(datetime.fromtimestamp(each.start, zone).date())
    return tuple(
        Waits(kind, len(kinds[kind]), min(kinds[kind]), Week.of(as_of).nth_since(Week.of(min(kinds[kind]))))
        for kind in Waiting
        if kind in kinds
    )


def _kind(happening: Happening) -> Waiting:
    by_level = {Storage.BREACH: Waiting.BREACH, Storage.SPIKE: Waiting.SPIKE}
    by_aspect = {
        Aspect.GAP: Waiting.GAP,
        Aspect.BEYOND: Waiting.RANGE,
        Aspect.LIGHT: Waiting.LIGHT,
        Aspect.HUMIDITY: Waiting.HUMIDITY,
    }
    return by_level.get(happening.level) or by_aspect.get(happening.aspect, Waiting.WARMTH)


def _level(there: list[Happening], known: float | None) -> str | None:
    if known is None:
        return max(
            (each.level for each in there if each.aspect is Aspect.DAY), key=lambda each: each.harm, default=None
        )
    level = max([Storage.IN_RANGE, *(each.level for each in there)], key=lambda each: each.harm)
    return Storage.seen(level.value, incomplete=known < COVERED).value


def _absent(
    work: Transaction,
    place: Place,
    watching: list[Logger],
    span: Span,
    as_of: date,
    begun: date | None,
    zone: tzinfo | None,
) -> list[date]:
    """Return the open days before `as_of` of which neither a logger nor a person knows anything (R20)."""
    if not watching and begun is None:
        return []
    met = (overlap(watched, span) for each in watching for watched in each.watched(place.name))
    first = [datetime.fromtimestamp(each[0], zone).date() for each in met if each is not None]
    begins = max(as_of - timedelta(days=as_of.weekday()), min([*first, *([] if begun is None else [begun])]))
    closed = frozenset(work.preferences.read().closed_days)
    return missing(begins, as_of - timedelta(days=1), daily.read_days(work, place.name, begins, as_of), closed)


def _known(
    work: Transaction, place: str, watching: list[Logger], span: Span, there: list[Happening], as_of: date
) -> float | None:
    """Return the share that is known of the span, from its first moment that was watched to the last that was read.

    A gap counts to its end, and so does the time since a record stopped too long ago to wait to be read out.
    """
    known: list[Span] = []
    asked: list[Span] = []
    until = work.loggers.recorded().get(place)
    for logger in watching:
        gaps = [each.span for each in there if each.is_hole and each.logger == logger.name]
        for watched in logger.watched(place):
            met = overlap(watched, span)
            bounds = None if met is None else work.readings.bounds(logger.id, *met)
            if bounds is not None:
                asked.append(bounds)
                known += without([bounds], gaps)
            if met is not None:
                asked += shared([met], gaps)
                if until is not None and overdue(until, as_of):
                    asked.append((met[0] if bounds is None else bounds[1], met[1]))
    whole = length(union(asked))
    return None if not asked else 1.0 if not whole else length(shared(union(known), union(asked))) / whole


def _mean(work: Transaction, place: Place, until: float) -> tuple[float, bool] | None:
    """Return the worst mean up to a moment; as far back from the last reading: a day not read out is no reason."""
    traces = [each for each in recorded.lately(work, place, until) if each.series.seconds[-1] >= until - LATELY]
    judged = recorded.judged(place, traces)
    return None if judged is None else (judged.mkt_30d_max_c, judged.mkt_provisional)


def _watches(logger: Logger, place: str, span: Span) -> bool:
    return any(overlap(each, span) for each in logger.watched(place))


def _span(first: date, last: date, zone: tzinfo | None) -> Span:
    begin = datetime.combine(first, time(), zone).timestamp()
    return begin, datetime.combine(last + timedelta(days=1), time(), zone).timestamp()
