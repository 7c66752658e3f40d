"""What a record makes of the batches that stood there: kept as versions, and as each batch's storage (R18)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time, tzinfo
from itertools import count
from typing import TYPE_CHECKING

from ldninv.domain.places import Place
from ldninv.domain.progress import Progress, unheard
from ldninv.domain.storage import happenings as rules
from ldninv.domain.storage.daily import DailyReading
from ldninv.domain.storage.happenings import Aspect, Effect, Happening, Touch
from ldninv.domain.storage.loggers import Logger
from ldninv.domain.storage.stays import Span, overlap, shared
from ldninv.services.context import Context
from ldninv.services.storage import beside, carried, happened, together
from ldninv.services.storage.seeing import reach, seen
from ldninv.services.storage.settling import Marked, settle
from ldninv.services.storage.versions import paired

if TYPE_CHECKING:
    from ldninv.db import Transaction
    from ldninv.db.whereabouts import Whereabout

Keys = Mapping[str, int]


def judge_again(
    context: Context,
    work: Transaction,
    logger: Logger,
    place: str,
    span: Span,
    event: int,
    progress: Progress = unheard,
) -> Marked:
    """Judge what a logger recorded of a place in a span, and mark the batches that stood there; within a write.

    Args:
        context: Who and when.
        work: The transaction.
        logger: As it is now.
        place: Where.
        span: What is new, in UTC seconds.
        event: The number of the event that this belongs to.
        progress: Told how far it is.
    """
    there = work.places.by_name(place)
    if there is None:
        return Marked()
    span = reach(work, logger, span)
    known, fresh = _around(
        span,
        lambda part: seen(work, logger, there, part),
        lambda part: _known(work, place, part, logger=logger.name),
    )
    joint, shown = _around(
        together.reach(work, there, span),
        lambda part: together.seen(work, there, part),
        lambda part: _known(work, place, part),
    )
    progress(1, _PARTS)
    others = beside.changed(work, logger, place, span)
    start = min([span[0], *(each.start for each in [*known, *fresh, *joint, *shown, *others])])
    changed = [
        *paired(known, beside.rested(work, fresh)),
        *paired(joint, beside.rested(work, shown)),
        *others,
    ]
    return _of_place(context, work, [*known, *joint, *others], changed, event, place, start, span, progress)


def _known(work: Transaction, place: str, span: Span, *, logger: str | None = None) -> list[Happening]:
    """Return what is known of a place in a span: by one logger's record, or by those that show it only together."""
    return [
        each
        for each in work.happenings.now(place=place, logger=logger, span=span, gone=True)
        if not each.path and each.aspect is not Aspect.DAY and bool(each.loggers) is (logger is None)
    ]


def _around(
    span: Span, see: Callable[[Span], list[Happening]], recall: Callable[[Span], list[Happening]]
) -> tuple[list[Happening], list[Happening]]:
    """Return what was known of a place and what is seen now, as far as what is new in a span may have changed it.

    What is new joins what was apart and parts what was joined, as windows of 30 days do that overlap: all that meets
    any of it is looked at, until nothing more does.
    """
    while True:
        fresh = see(span)
        known = [each for each in recall(span) if overlap(each.span, span)]
        there = [each for each in known if not each.gone or each.touched]
        starts, ends = zip(span, *(each.span for each in [*there, *fresh]), strict=True)
        if (min(starts), max(ends)) == span:
            return known, fresh
        span = min(starts), max(ends)


def judge_days(
    context: Context, work: Transaction, place: Place, readings: Sequence[DailyReading], zone: tzinfo | None, event: int
) -> Marked:
    """Judge the lowest and highest of days at a place, and mark the batches that stood there; within a write (R20).

    Days in a row are looked at together with all that is kept of the place: a reading may join what was apart.

    Args:
        context: Who and when.
        work: The transaction.
        place: Where.
        readings: Of each day the one that holds, all read by hand or all of one logger.
        zone: In which these days begin and end.
        event: The number of the event that this belongs to.
    """
    fresh = [each for reading in readings for each in happened.of_day(reading, place, zone)]
    sources = {(each.logger, each.day) for each in readings}
    loggers = {each.logger for each in readings}
    known = [
        each
        for each in work.happenings.now(place=place.name, gone=True)
        if each.aspect is Aspect.DAY
        and (each.logger in loggers if each.in_a_row else (each.logger, each.day) in sources)
    ]
    rows = [
        each for logger in loggers for each in happened.of_days(work.daily.last_of(place.name, logger), place, zone)
    ]
    changed = [
        version
        for _, day in sorted(sources, key=lambda source: source[1])
        for version in paired(
            [each for each in known if each.day == day and not each.in_a_row],
            [each for each in fresh if each.day == day],
        )
    ]
    changed += paired([each for each in known if each.in_a_row], rows)
    if not readings:
        return Marked()
    if not changed:
        first = datetime.combine(min(each.day for each in readings), time(), zone).timestamp()
        follow(context, work, work.whereabouts.candidates(place.name, first), event)
        return Marked()
    span = min(each.start for each in changed), max(each.end for each in changed)
    return _of_place(context, work, known, changed, event, place.name, span[0], span, unheard)


def _of_place(  # noqa: PLR0913, PLR0917 - all that a place's marks are made from
    context: Context,
    work: Transaction,
    known: Sequence[Happening],
    changed: Sequence[Happening],
    event: int,
    place: str,
    start: float,
    span: Span,
    progress: Progress,
) -> Marked:
    """Mark the batches that may have stood at a place since a moment, or that what is known there touched."""
    stood = work.whereabouts.of(
        list(dict.fromkeys([*work.whereabouts.candidates(place, start), *(t.batch for e in known for t in e.touched)]))
    )
    progress(2, _PARTS)
    marked = _mark(context, work, stood, changed, event, place=place, span=span)
    since = (start, span[1])
    met = {one.batch for one in stood for each in one.presences if each.place == place and overlap(each.span, since)}
    marked.batches = {batch: now for batch, now in marked.batches.items() if batch in met or batch in marked.held}
    return marked


def mark_anew(context: Context, work: Transaction, place: str, changed: Sequence[Happening], event: int) -> Marked:
    """Mark the batches of what is known of a place and rests on something else now; within a write."""
    span = min(each.start for each in changed), max(each.end for each in changed)
    return _of_place(context, work, changed, changed, event, place, span[0], span, unheard)


def follow(context: Context, work: Transaction, batches: Sequence[int], event: int) -> Marked:
    """Mark batches anew after entries that say where they stand, or that they stood elsewhere; within a write."""
    if not batches or not (work.whereabouts.monitored() or work.whereabouts.any_clear(batches)):
        return Marked()
    return _mark(context, work, work.whereabouts.of(batches), [], event)


_PARTS = 4


def _mark(
    context: Context,
    work: Transaction,
    stood: Sequence[Whereabout],
    changed: Sequence[Happening],
    event: int,
    *,
    place: str | None = None,
    span: Span | None = None,
) -> Marked:
    """Keep the versions that are new, and those whose batches changed; then what each batch's storage comes to."""
    current = _current(work, stood, place)
    before = dict(current)
    numbers = count(work.happenings.next_number())
    versions: list[Happening] = []

    def add(each: Happening) -> None:
        number = next(numbers)
        versions.append(replace(each, id=number, thread=each.thread or number, at=context.instant()))
        current[versions[-1].thread] = versions[-1]

    def known() -> list[Happening]:
        return [each for each in current.values() if not each.gone]

    of_span = [each for each in known() if not each.path and (span is None or overlap(each.span, span))]
    renewed = {each.thread for each in changed}
    decided = decided_on(work, (each.thread for each in [*changed, *of_span]))
    for each in changed:
        touched = _others(current.get(each.thread), stood)
        add(_no_longer(work, each) if each.gone else touching(each, stood, touched, decided.get(each.thread, ())))
    for old in of_span:
        if old.thread not in renewed:
            anew = touching(old, stood, _others(old, stood), decided.get(old.thread, ()))
            if anew.touched != old.touched:
                add(anew)
    for each in carried.anew(work, stood, list(current.values()), span):
        add(_no_longer(work, each) if each.gone else each)
    work.happenings.append(versions, work.places.keys(), {each.name: each.id for each in work.loggers.all()}, event)
    now = [each for each in current.values() if not each.gone or each.touched]
    lost = {batch for each in versions for batch in _breached(before.get(each.thread)) - _breached(each)}
    return settle(context, work, stood, now, event, lost=lost)


def _no_longer(work: Transaction, gone: Happening) -> Happening:
    return rules.no_longer(gone, [batch for _, batch in work.happenings.decided({gone.thread})])


def _breached(happening: Happening | None) -> set[int]:
    """Return the batches that a happening holds."""
    if happening is None or happening.effect is not Effect.HOLD or happening.gone:
        return set()
    return {touch.batch for touch in happening.touched if not touch.absent}


def decided_on(work: Transaction, threads: Iterable[int]) -> dict[int, set[int]]:
    """Return by happening the batches of it that a pharmacist decided on."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    for thread, batch in work.happenings.decided(threads):
        found[thread].add(batch)
    return found


def _current(work: Transaction, stood: Sequence[Whereabout], place: str | None) -> dict[int, Happening]:
    """Return by thread what is known of the places of batches, and what touched them where they are said no more."""
    places = {each.place for one in stood for each in one.presences} | ({place} if place else set())
    found = [each for at in sorted(places) for each in work.happenings.now(place=at)]
    found += work.happenings.touching([one.batch for one in stood])
    return {each.thread: each for each in found}


def _others(old: Happening | None, stood: Sequence[Whereabout]) -> tuple[Touch, ...]:
    """Return whom it touched of all that are not looked at now."""
    looked = {one.batch for one in stood}
    return () if old is None else tuple(touch for touch in old.touched if touch.batch not in looked)


def touching(
    happening: Happening, stood: Sequence[Whereabout], others: Iterable[Touch], decided: Collection[int] = ()
) -> Happening:
    """Return a happening with whom it touched; what only is written down needs no list of them.

    Args:
        happening: What happened.
        stood: The batches that are looked at, with where they stood.
        others: Whom of all others it touched.
        decided: The batches that were decided on; of a breach, one that never was there is named with no time there.
    """
    if happening.effect is Effect.RECORDED:
        return replace(happening, touched=())
    found = [
        Touch(one.batch, *met)
        for one in stood
        if rules.effect_on(happening, one.container) is not Effect.RECORDED
        for met in shared((each.span for each in one.presences if each.place == happening.place), [happening.span])
    ]
    if happening.effect is Effect.HOLD:
        there = {touch.batch for touch in found}
        looked = {one.batch for one in stood}.intersection(decided) - there
        found += [Touch(batch, happening.start, happening.start) for batch in looked]
    return replace(happening, touched=tuple(sorted([*found, *others])))
