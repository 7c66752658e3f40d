"""Questions about storage: places now, what happened, readings, where a batch stood. Nothing here writes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from ldninv.db.readings import joined
from ldninv.domain.batch import Kept
from ldninv.domain.places import Place
from ldninv.domain.refusal import Refused
from ldninv.domain.storage.happenings import WAITING, Aspect, Decided, Happening, Status, Touch, status_of
from ldninv.domain.storage.judging import judge, judge_trace, worst_of
from ldninv.domain.storage.light import light_events
from ldninv.domain.storage.loggers import Logger
from ldninv.domain.storage.profiles import profile
from ldninv.domain.storage.series import Series
from ldninv.domain.storage.stays import Presence, Span, overlap
from ldninv.domain.storage.trace import Trace
from ldninv.domain.stored import Storage, overdue
from ldninv.services.batches import known
from ldninv.services.context import Context
from ldninv.services.places import known_place

if TYPE_CHECKING:
    from ldninv.db import Transaction
    from ldninv.domain.storage.judgement import Judgement

LATELY = 31 * 86_400
"""Seconds that a place is judged by now: a whole window of the mean kinetic temperature lies in it (R15)."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading."""

    at: float
    """UTC seconds."""
    celsius: float
    humidity: float | None = None
    lux: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceNow:
    """A place, with what its record says of the last 31 days that were read out."""

    place: Place
    loggers: tuple[Logger, ...]
    """Those that watch it now."""
    last: Reading | None
    """The latest; None where there is none."""
    judged: Judgement | None
    """The last 31 days of the record, the worst of all loggers that watch it; None where there is no record."""
    batches: int
    """Batches with capsules that stand there."""
    waiting: int
    """Events of any time that wait for a pharmacist."""
    of_days: Storage
    """The worst that the lowest and highest of a day say of the last 31 days; not monitored where they say nothing."""
    read_by_hand: bool
    """Whether somebody reads a thermometer there (R20)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TouchedBatch:
    """A batch that stood there, and how far a pharmacist is with it."""

    lot: str
    kept: Kept
    touch: Touch
    status: Status
    decided: Decided | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """Something that happened, with the batches that it touched."""

    happening: Happening
    status: Status
    """That of the batch that is least far; of one that touched nobody, recorded."""
    batches: tuple[TouchedBatch, ...]

    @property
    def waiting(self) -> tuple[TouchedBatch, ...]:
        """The batches that wait for a decision."""
        return tuple(each for each in self.batches if each.status in WAITING)


def places_now(context: Context) -> list[PlaceNow]:
    """Return every place as it is now, by name. Judging takes a moment: call it on a worker."""
    with context.store.reading() as work:
        found = work.loggers.all()
        standing = work.whereabouts.standing()
        by_hand = work.daily.places()
        waiting = waiting_by_place(work)
        stopped = {name for name, until in work.loggers.recorded().items() if overdue(until, context.today())}
        return [
            _place_now(
                work,
                place,
                found,
                standing.get(place.name, 0),
                waiting[place.name],
                place.name in by_hand,
                _now(context) if place.name in stopped else None,
                _of_days(work, place.name, _now(context)),
            )
            for place in work.places.all()
        ]


def events(
    context: Context, *, place: str | None = None, span: Span | None = None, waiting: bool = False
) -> list[Seen]:
    """Return what happened, newest first.

    Args:
        context: Here.
        place: Only there.
        span: Only what meets this half-open span of UTC seconds.
        waiting: Only what waits for a pharmacist.
    """
    with context.store.reading() as work:
        found = _seen(work, work.happenings.now(place=place, span=span))
    return [each for each in reversed(found) if each.waiting or not waiting]


def event(context: Context, number: int) -> Seen:
    """Return what happened by the number of one of its versions, as it is known now.

    Raises:
        Refused: there is none.
    """
    with context.store.reading() as work:
        version = work.happenings.version(number)
        if version is None:
            raise Refused(f"There is no storage event {number}. Look at the list of events.")
        (found,) = _seen(work, work.happenings.versions(version.thread)[-1:])
    return found


def versions(context: Context, thread: int) -> list[Happening]:
    """Return every version of what happened, oldest first: what was known when something was decided."""
    with context.store.reading() as work:
        return work.happenings.versions(thread)


def readings(context: Context, place: str, start: float, end: float, *, logger: str | None = None) -> Series:
    """Return what was recorded at a place from `start` up to `end`, without `end`; UTC seconds.

    Args:
        context: Here.
        place: Where.
        start: The first moment.
        end: The first that is not asked for.
        logger: Which of several; the one with the latest reading there where none is named.

    Raises:
        Refused: there is no such place.
    """
    with context.store.reading() as work:
        there = known_place(work, place)
        watching = watchers(work, there.name)
        chosen = next((each for each in watching if logger in {None, each.name}), None)
        return joined([]) if chosen is None else recorded_by(work, chosen, there.name, (start, end))


def recorded(context: Context, place: str) -> Span | None:
    """Return from when to when a place was recorded, in UTC seconds; None where it never was."""
    with context.store.reading() as work:
        there = known_place(work, place).name
        found = [
            bounds
            for each in watchers(work, there)
            for span in each.watched(there)
            if (bounds := work.readings.bounds(each.id, *span)) is not None
        ]
    return (min(start for start, _ in found), max(end for _, end in found)) if found else None


def loggers_at(context: Context, place: str) -> list[Logger]:
    """Return the loggers that watched a place at any time, the one read out last first."""
    with context.store.reading() as work:
        return watchers(work, known_place(work, place).name)


def stays(context: Context, lot: str) -> tuple[Presence, ...]:
    """Return where a batch stood, oldest first.

    Raises:
        Refused: there is no such batch.
    """
    with context.store.reading() as work:
        (one,) = work.whereabouts.of([known(work, lot).batch.id])
    return one.presences


def to_decide(work: Transaction) -> int:
    """Return how many events wait for a pharmacist."""
    return sum(waiting_by_place(work).values())


def waiting_by_place(work: Transaction) -> Counter[str]:
    """Return how many events of each place wait for a pharmacist."""
    return Counter(each.place for each in waiting(work))


def waiting(work: Transaction) -> list[Happening]:
    """Return what happened, wherever, that waits for a pharmacist."""
    return [each.happening for each in _seen(work, work.happenings.now()) if each.waiting]


def past_calibration(work: Transaction, today: date) -> list[Logger]:
    """Return the loggers that watch a place and are past their calibration (R20)."""
    return [each for each in work.loggers.all() if each.place is not None and each.past_calibration(today)]


def watchers(work: Transaction, place: str) -> list[Logger]:
    """Return the loggers that watched a place at any time, the one read out last first."""
    found = [each for each in work.loggers.all() if each.watched(place)]
    return sorted(found, key=lambda each: (work.readings.ends(each.id) or (0, 0))[1], reverse=True)


def _seen(work: Transaction, found: Sequence[Happening]) -> list[Seen]:
    decided = work.happenings.decided({each.thread for each in found})
    keys = sorted({touch.batch for each in found for touch in each.touched})
    kept = {each.batch.id: each for each in work.batches.rows(keys)}
    return [_with_batches(each, kept, decided) for each in found]


def _with_batches(happening: Happening, kept: dict[int, Kept], decided: dict[tuple[int, int], Decided]) -> Seen:
    batches = []
    for touch in happening.touched:
        last = decided.get((happening.thread, touch.batch))
        now = status_of(happening, kept[touch.batch], last)
        batches.append(
            TouchedBatch(lot=kept[touch.batch].batch.lot, kept=kept[touch.batch], touch=touch, status=now, decided=last)
        )
    ranks = (Status.RECORDED, Status.DECIDED, Status.OPEN, Status.CHANGED)
    worst = max((each.status for each in batches), key=ranks.index, default=Status.RECORDED)
    return Seen(happening=happening, status=worst, batches=tuple(batches))


def _of_days(work: Transaction, place: str, until: float) -> Storage:
    """Return the worst that the lowest and highest of a day said of a place lately."""
    found = work.happenings.now(place=place, span=(until - LATELY, until))
    levels = [each.level for each in found if each.aspect is Aspect.DAY]
    return max([Storage.NOT_MONITORED, *levels], key=lambda each: each.harm)


def _place_now(  # noqa: PLR0913, PLR0917 - all that is known of a place
    work: Transaction,
    place: Place,
    found: Sequence[Logger],
    batches: int,
    waiting: int,
    by_hand: bool,  # noqa: FBT001
    asked_until: float | None,
    of_days: Storage,
) -> PlaceNow:
    watching = watchers(work, place.name)
    now = [each for each in watching if each.place == place.name] or watching[:1]
    lately = (_lately(work, each, place.name) for each in now)
    series = [each for each in lately if each is not None and each.seconds]
    judged = [_judged(each, place, asked_until) for each in series]
    return PlaceNow(
        place=place,
        loggers=tuple(each for each in found if each.place == place.name),
        last=_last(max(series, key=lambda each: each.seconds[-1])) if series else None,
        judged=worst_of(judged) if judged else None,
        batches=batches,
        waiting=waiting,
        of_days=of_days,
        read_by_hand=by_hand,
    )


def _judged(series: Series, place: Place, asked_until: float | None) -> Judgement:
    """Return how a place is judged; where its record stopped too long ago, all since is a gap (R16)."""
    limits = profile(place.profile)
    if asked_until is None:
        return judge(series, limits, lux_limit=place.lux_limit)
    trace = replace(Trace.of(series, gap_factor=limits.gap_factor), until=asked_until)
    light = light_events(series, place.lux_limit)
    return judge_trace(trace, limits, light=light)


def _now(context: Context) -> float:
    """Return the end of the pharmacy's day."""
    zone = context.now().tzinfo
    return datetime.combine(context.today() + timedelta(days=1), time(), zone).timestamp()


def _lately(work: Transaction, logger: Logger, place: str) -> Series | None:
    """Return the last 31 days that a logger recorded of a place."""
    for span in reversed(logger.watched(place)):
        bounds = work.readings.bounds(logger.id, *span)
        if bounds is not None:
            return work.readings.series(logger.id, max(span[0], bounds[1] - LATELY), min(span[1], bounds[1] + 1))
    return None


def _last(series: Series) -> Reading:
    humidity = None if series.humidity is None else series.humidity[-1]
    lux = None if series.lux is None else series.lux[-1]
    return Reading(series.seconds[-1], series.celsius[-1], humidity, lux)


def recorded_by(work: Transaction, logger: Logger, place: str, span: Span) -> Series:
    """Return what a logger recorded while it watched a place."""
    parts = [
        work.readings.series(logger.id, *met)
        for watched in logger.watched(place)
        if (met := overlap(watched, span)) is not None
    ]
    return joined(parts)
