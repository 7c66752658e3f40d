"""Questions about storage: places now, what happened, readings, where a batch stood. Nothing here writes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ldninv.domain.batch import Kept
from ldninv.domain.refusal import Refused
from ldninv.domain.storage.happenings import WAITING, Decided, Happening, Status, Touch, status_of
from ldninv.domain.storage.loggers import Logger
from ldninv.domain.storage.series import Series, joined
from ldninv.domain.storage.stays import Presence, Span, overlap
from ldninv.services.batches import known
from ldninv.services.context import Context
from ldninv.services.places import known_place

if TYPE_CHECKING:
    from ldninv.db import Transaction


@dataclass(frozen=True, slots=True)
class Recording:
    """What one logger recorded at a place in a span: at least one reading."""

    logger: Logger
    number: int
    """Of all that ever watched the place, in the order in which they began to: 0 is the first."""
    series: Series


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


def to_decide(work: Transaction) -> tuple[int, int]:
    """Return how many events wait for a pharmacist, and in how many of them decisions are open again."""
    found = [each for each in _seen(work, work.happenings.now()) if each.waiting]
    return len(found), sum(any(one.status is Status.CHANGED for one in each.batches) for each in found)


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


def recordings(work: Transaction, place: str, span: Span) -> list[Recording]:
    """Return what each logger recorded at a place in a span (UTC seconds), in the order in which they came to watch it.

    The one answer to which curves belong to a place and a time: chart and paper draw one of each.
    """
    began = [(watched[0], each.name, each) for each in work.loggers.all() if (watched := each.watched(place))]
    watching = [logger for *_, logger in sorted(began, key=lambda each: each[:2])]
    found = (Recording(each, at, recorded_by(work, each, place, span)) for at, each in enumerate(watching))
    return [each for each in found if each.series.seconds]


def _seen(work: Transaction, found: Sequence[Happening]) -> list[Seen]:
    decided = work.happenings.decided({each.thread for each in found})
    keys = sorted({touch.batch for each in found for touch in each.touched})
    kept = {each.batch.id: each for each in work.batches.rows(keys)}
    covered = {batch: share for batch, (_, share) in work.happenings.kept(keys).items()}
    return [_with_batches(each, kept, decided, covered) for each in found]


def _with_batches(
    happening: Happening,
    kept: dict[int, Kept],
    decided: dict[tuple[int, int], Decided],
    covered: dict[int, float | None],
) -> Seen:
    batches = []
    for touch in happening.touched:
        last = decided.get((happening.thread, touch.batch))
        now = status_of(happening, kept[touch.batch], last, covered.get(touch.batch))
        batches.append(
            TouchedBatch(lot=kept[touch.batch].batch.lot, kept=kept[touch.batch], touch=touch, status=now, decided=last)
        )
    ranks = (Status.RECORDED, Status.DECIDED, Status.OPEN, Status.CHANGED)
    worst = max((each.status for each in batches), key=ranks.index, default=Status.RECORDED)
    return Seen(happening=happening, status=worst, batches=tuple(batches))


def recorded_by(work: Transaction, logger: Logger, place: str, span: Span) -> Series:
    """Return what a logger recorded while it watched a place."""
    parts = [
        work.readings.series(logger.id, *met)
        for watched in logger.watched(place)
        if (met := overlap(watched, span)) is not None
    ]
    return joined(parts)
