"""A logger's readings come in: what is new is kept, judged, and marked on the batches that stood there (R16, R18)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from ldninv.db.readings import Printed
from ldninv.domain.entries import Posted
from ldninv.domain.places import Place
from ldninv.domain.progress import Progress, unheard
from ldninv.domain.refusal import Refused
from ldninv.domain.storage.daily import DailyReading, last_of_each
from ldninv.domain.storage.happenings import Aspect, Effect
from ldninv.domain.storage.loggers import Logger
from ldninv.domain.storage.profiles import profile
from ldninv.domain.storage.stays import Span, overlap
from ldninv.domain.storage.trace import RULE
from ldninv.domain.stored import Storage
from ldninv.services.context import Change, Context
from ldninv.services.places import PLACE_ADDED, known_place, place_facts
from ldninv.services.storage import contradicting, dispensed, loggers, marking
from ldninv.services.storage.brought import ACTION, BroughtIn, Incoming, contradicted, read_otherwise
from ldninv.services.storage.digests import digest_beside, digest_of, digest_of_days
from ldninv.services.storage.merging import SHOWN, Conflict, Merged, merge
from ldninv.services.storage.settling import Marked

if TYPE_CHECKING:
    from ldninv.db import Transaction

_PARTS = 4


def bring_in(
    context: Context,
    incoming: Incoming,
    *,
    place: str,
    logger: str,
    zone: str,
    rest: bool = True,
    progress: Progress = unheard,
) -> BroughtIn:
    """Keep what is new of a logger's file and mark the batches that stood there, in one transaction.

    The same file again, or readings that are kept already, add nothing; what contradicts them is told and not kept.
    Another file that adds nothing is kept all the same, with its event: somebody looked at it.

    Args:
        context: Who and when.
        incoming: The file.
        place: Where the logger was.
        logger: Its name; a new one is added.
        zone: The time zone that its clock shows, by its IANA name.
        rest: Whether the rest of a file is kept of which some contradicts what is kept.
        progress: Told how far it is; where it raises `Cancelled`, nothing is kept.

    Raises:
        Contradicted: some of it contradicts what is kept, and the rest was not wanted.
        Refused: no such place, a logger whose clock shows another zone or that was elsewhere, readings that lie ahead,
            or an empty file.
        Cancelled: the person stopped it.
        Surroundings: the database cannot be written.
    """
    progress(0, _PARTS)
    with context.writing() as work:
        there = _place(context, work, place)
        watcher = _watcher(context, work, logger, zone)
        _of_some_use(context, incoming)
        if incoming.series is None:
            done = _keep_days(context, work, watcher, there, incoming)
        else:
            done = _keep_series(context, work, watcher, there, incoming, progress, rest=rest)
        if done.conflicts and not rest and done.new:
            raise contradicted(done)
    if done.conflicts and not rest:
        raise contradicted(done)  # nothing of it was new: it is kept that somebody looked at it
    return done


def _of_some_use(context: Context, incoming: Incoming) -> None:
    """Refuse an empty file, and one that lies ahead of the clock."""
    if not (incoming.series.seconds if incoming.series else incoming.days):
        raise Refused(f"{incoming.file} holds no readings. Read the logger out again.")
    _not_ahead(context, incoming)


def _not_ahead(context: Context, incoming: Incoming) -> None:
    """Refuse what lies ahead of the clock; a day is allowed, for zones and for a pharmacy's day that is set apart."""
    today = context.today()
    midnight = datetime.combine(today + timedelta(days=1), time(), context.now().tzinfo)
    latest = max(context.now(), midnight) + timedelta(days=1)
    said: Sequence[str] = ()
    row = 0
    if incoming.series is not None:
        seconds = incoming.series.seconds
        row = bisect_right(seconds, latest.timestamp())
        if row < len(seconds):
            said = incoming.printed[row : row + 1] or [str(datetime.fromtimestamp(seconds[row], UTC))]
    for at, each in enumerate(incoming.days):
        if each.day > latest.date():
            row, said = at, [each.day.isoformat()]
            break
    if said:
        raise Refused(
            f"{incoming.file} has readings that lie ahead: reading {row + 1} is of {said[0]}, and the clock here says "
            f"{context.now():%Y-%m-%d %H:%M}. Set right the logger's clock, the order of its dates or this clock."
        )


def _keep_series(
    context: Context,
    work: Transaction,
    watcher: Logger,
    place: Place,
    incoming: Incoming,
    progress: Progress,
    *,
    rest: bool,
) -> BroughtIn:
    series = incoming.series
    assert series is not None  # noqa: S101 - the caller looked
    span = series.seconds[0], series.seconds[-1] + 1
    limits = profile(place.profile)
    merged = merge(work.readings.series(watcher.id, *span), Printed(series, incoming.printed), limits)
    loggers.stood_at(watcher, place.name, span)
    wanted = merged.contradicting if rest else ()
    if not merged.new:
        if not work.loggers.has_file(watcher, incoming.digest):
            _keep_readings(context, work, watcher, place.name, incoming, merged, progress)
        return _brought(work, merged, contradicting.reopen(context, work, watcher, incoming, wanted), span)
    if work.loggers.brought_readings(watcher, incoming.digest):
        raise read_otherwise(incoming, merged, place.name)
    watcher = loggers.covering(context, work, watcher, place.name, span)
    event = _keep_readings(context, work, watcher, place.name, incoming, merged, progress)
    marks = Marked()
    for each in watcher.places(span):
        found = marking.judge_again(context, work, watcher, each, span, event)
        marks.batches |= found.batches
        marks.held += found.held
        progress(3, _PARTS)
    against = contradicting.reopen(context, work, watcher, incoming, wanted)
    done = _brought(work, merged, Marked(marks.batches | against.batches, marks.held + against.held), span)
    progress(_PARTS, _PARTS)
    return done


def _brought(work: Transaction, merged: Merged, marks: Marked, span: Span) -> BroughtIn:
    marked, held = _named(work, marks)
    anything = merged.new or marks.batches
    return BroughtIn(
        new=merged.new,
        known=merged.known,
        conflicts=merged.conflicts,
        shown=merged.shown,
        marked=marked,
        held=held,
        dispensed=_given_out(work, marks, span),
        changed=Change.PLACES | Change.BATCHES | Change.LEDGER if anything else Change.NOTHING,
    )


def _keep_readings(
    context: Context,
    work: Transaction,
    watcher: Logger,
    place: str,
    incoming: Incoming,
    merged: Merged,
    progress: Progress,
) -> int:
    """Keep a file and what is new of it, and return the number of its event."""
    facts = {
        "file": incoming.file,
        "sha256": incoming.digest,
        "place": place,
        "new": merged.new,
        "known": merged.known,
        "conflicts": merged.conflicts,
        "readings": digest_of(merged.runs),
        "beside": digest_beside(merged.runs),
        "gaps": RULE,
        **incoming.said,
    }
    event = work.trail.append(context.event(ACTION, watcher.name, after=facts))

    def keep_file() -> int:
        key = work.loggers.keep_file(watcher, incoming.file, incoming.content, incoming.digest, event)
        progress(1, _PARTS)
        return key

    work.readings.append(watcher.id, keep_file, merged.runs)
    progress(2, _PARTS)
    return event


def _named(work: Transaction, marks: Marked) -> tuple[tuple[tuple[str, Storage], ...], tuple[str, ...]]:
    worse = {key: each.level for key, each in marks.batches.items() if each.level not in _FINE}
    lots = {kept.batch.id: kept.batch.lot for kept in work.batches.rows([*worse, *marks.held])}
    return tuple((lots[key], level) for key, level in worse.items()), tuple(lots[key] for key in marks.held)


def _given_out(work: Transaction, marks: Marked, span: Span) -> tuple[Posted, ...]:
    """Return what was dispensed of the marked batches since what the file shows of them happened."""
    worse = [key for key, each in marks.batches.items() if each.level not in _FINE]
    touches = [
        touch
        for each in work.happenings.touching(worse)
        if each.effect is not Effect.RECORDED and each.aspect is not Aspect.GAP and not each.gone
        if overlap(each.span, span)
        for touch in each.touched
    ]
    met = {touch.batch for touch in touches}.intersection(worse)
    lots = {kept.batch.id: kept.batch.lot for kept in work.batches.rows(sorted(met))}
    return tuple(dispensed.of(work, touches, lots))


_FINE = frozenset({Storage.NOT_MONITORED, Storage.IN_RANGE})


def _place(context: Context, work: Transaction, name: str) -> Place:
    """Return the place of that name; the first of a database is added, as a batch list would."""
    if work.places.all():
        return known_place(work, name)
    place = Place(" ".join(name.split()))
    if not place.name:
        raise Refused("A logger was at a place. Name it.")
    work.trail.append(context.event(PLACE_ADDED, place.name, after=place_facts(place)))
    work.places.append(place)
    return place


def _watcher(context: Context, work: Transaction, name: str, zone: str) -> Logger:
    found = work.loggers.by_name(name)
    if found is None:
        return loggers.append(context, work, name, zone)
    if str(loggers.zone_of(zone)) != found.zone:
        raise Refused(
            f"The clock of logger {found.name} shows {found.zone}, which was confirmed, and not {zone}. Import the "
            f"file with that zone; a logger that was set to another one is a new logger here."
        )
    return found


def _keep_days(context: Context, work: Transaction, watcher: Logger, place: Place, incoming: Incoming) -> BroughtIn:
    """Keep what a logger kept of days: no series, and never a mean kinetic temperature (R15)."""
    days = [each.day for each in incoming.days]
    kept = last_of_each(each for each in work.daily.of(place.name, min(days), max(days)) if each.logger == watcher.name)
    new = [each for each in incoming.days if each.day not in kept]
    other = [
        Conflict(index, each.day.isoformat(), *differ)
        for index, each in enumerate(incoming.days)
        if each.day in kept and (differ := _other(kept[each.day], each)) is not None
    ]
    known = len(incoming.days) - len(new) - len(other)
    shown = tuple(other[:SHOWN])
    if not new and work.loggers.has_file(watcher, incoming.digest):
        return BroughtIn(new=0, known=known, conflicts=len(other), shown=shown)
    facts = {
        "file": incoming.file,
        "sha256": incoming.digest,
        "place": place.name,
        "days": len(new),
        "conflicts": len(other),
    }
    facts |= {"kept_days": digest_of_days(new), **incoming.said}
    event = work.trail.append(context.event(ACTION, watcher.name, after=facts))
    work.loggers.keep_file(watcher, incoming.file, incoming.content, incoming.digest, event)
    said = [replace(each, place=place.name, logger=watcher.name, at=context.instant(), by=context.user) for each in new]
    work.daily.append(said, work.places.key(place.name), watcher.id, event)
    zone = loggers.zone_of(watcher.zone)
    marks = marking.judge_days(context, work, place, said, zone, event)
    marked, held = _named(work, marks)
    bounds = [datetime.combine(day, time(), zone).timestamp() for day in (min(days), max(days) + timedelta(days=1))]
    return BroughtIn(
        new=len(new),
        known=known,
        conflicts=len(other),
        shown=shown,
        marked=marked,
        held=held,
        dispensed=_given_out(work, marks, (bounds[0], bounds[1])),
        changed=Change.PLACES | Change.BATCHES | Change.LEDGER,
    )


def _other(kept: DailyReading, said: DailyReading) -> tuple[float, float] | None:
    """Return where a day is said otherwise than it is kept: the kept figure and the other one."""
    pairs = ((kept.highest, said.highest), (kept.lowest, said.lowest))
    return next(((there, here) for there, here in pairs if there != here), None)
