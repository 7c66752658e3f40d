"""What a record shows of a place, what it asks for, and what it makes of the batches that stood there (R18)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from ldninv.domain.batch import Kept
from ldninv.domain.entries import Decision
from ldninv.domain.expiry import Container
from ldninv.domain.places import Light
from ldninv.domain.storage.profile import CRT
from ldninv.domain.storage.stays import Span, length, overlap, shared, union
from ldninv.domain.stored import Storage, Stored

COVERED = CRT.coverage
"""Share of the time that has to be known; under it a batch's record is incomplete, wherever it stood (R16)."""


class Effect(StrEnum):
    """What it does to a batch that stood there."""

    RECORDED = "recorded"
    REVIEW = "review"
    """Still usable, and a pharmacist should look."""
    HOLD = "hold"
    """Not dispensed until a pharmacist decides."""


class Aspect(StrEnum):
    """What kind of thing it is, whatever the limits are called."""

    TEMPERATURE = "temperature"
    DAY = "day"
    """The lowest or highest temperature of a day; nobody knows how long it was so (R20)."""
    MEAN = "mean"
    """A mean kinetic temperature that is too warm."""
    SUMMED = "summed"
    """Too much time above the permitted range in 30 days, in however many spells (R14)."""
    GAP = "gap"
    LIGHT = "light"


class Status(StrEnum):
    """How far a pharmacist is with it."""

    RECORDED = "recorded"
    """Nothing is asked."""
    OPEN = "open"
    DECIDED = "decided"
    CHANGED = "evidence-changed"
    """It was decided, and readings came in since that change it."""


WAITING = frozenset({Status.OPEN, Status.CHANGED})
"""Where a pharmacist is asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """A spell, a gap, light, or a mean that is too warm, at one place; as one version of it has it."""

    id: int = 0
    """Its version's number; 0 until it is kept."""
    thread: int = 0
    """The number of its first version."""
    place: str
    logger: str | None
    """None where a person read a thermometer (R20)."""
    kind: str
    """As the judgement calls it."""
    aspect: Aspect
    level: Storage
    """What a batch is at least that stood there; light and a warm mean of less than 30 days make nothing worse."""
    effect: Effect
    start: float
    """UTC seconds; the first moment that belongs to it."""
    end: float
    """UTC seconds; the first that no longer does."""
    hours: float
    longest_hours: float | None = None
    extreme_c: float | None = None
    limits: Mapping[str, object] = field(default_factory=dict)
    """What it was judged by, and what else is to be known of it."""
    readings: str = ""
    """SHA-256 of the readings it rests on."""
    gone: bool = False
    """Whether later readings show that it never was."""
    at: str = ""
    touched: tuple[Touch, ...] = ()

    @property
    def span(self) -> Span:
        """From and to."""
        return self.start, self.end

    @property
    def path(self) -> tuple[str, ...]:
        """The places through which one batch carried it, by its own record (R18); nothing where it is a place's."""
        named = self.limits.get("path")
        return tuple(map(str, named)) if isinstance(named, Sequence) else ()

    @property
    def day(self) -> date | None:
        """The day of which it is the lowest or the highest; None where it is no such (R20)."""
        named = self.limits.get("day")
        return date.fromisoformat(named) if isinstance(named, str) else None

    @property
    def places(self) -> tuple[str, ...]:
        """Where it was: its place, or those of the path."""
        return self.path or (self.place,)

    @property
    def evidence(self) -> str:
        """What it rests on, apart from the batches that it touched: a decision on other evidence counts no more."""
        limits = json.dumps(dict(self.limits), sort_keys=True, default=str)
        return "|".join(map(str, (self.kind, self.level, self.start, self.end, self.extreme_c, limits, self.readings)))


@dataclass(frozen=True, slots=True, order=True)
class Touch:
    """A batch that stood there, from one moment up to another within it."""

    batch: int
    """Its key."""
    start: float
    end: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What a pharmacist decided of one batch of a happening."""

    happening: int
    """Number of the version that was decided on."""
    batch: int
    evidence: str
    """What that version rested on."""
    decision: Decision
    expires: date | None = None
    reason: str
    at: str
    by: str


@dataclass(frozen=True, slots=True)
class Met:
    """A happening that touched one batch, and how far a pharmacist is with it."""

    happening: Happening
    status: Status
    decided: Decided | None = None
    """The last decision, on this version or on one before."""

    @property
    def waits(self) -> bool:
        """Whether it waits for a pharmacist."""
        return self.status in WAITING


def status(happening: Happening, decided: Decided | None) -> Status:
    """Return how far a pharmacist is with one batch of a happening."""
    if decided is not None:
        return Status.DECIDED if decided.evidence == happening.evidence else Status.CHANGED
    return Status.RECORDED if happening.effect is Effect.RECORDED else Status.OPEN


def status_of(happening: Happening, kept: Kept, decided: Decided | None) -> Status:
    """Return the same of a batch as it is: a gap asks only where it leaves too little known of the batch (R16).

    Of what is all gone nothing is left to keep, shorten or discard. Only a breached batch that was not disposed of
    still asks: who has its capsules may have to be told.
    """
    now = status(happening, decided)
    given_out = happening.effect is Effect.HOLD and not kept.stock.destroyed
    if kept.stock.on_hand == 0 and not given_out:
        return Status.RECORDED if decided is None else Status.DECIDED
    if happening.aspect is Aspect.GAP and now is Status.OPEN and kept.stored.review is None:
        return Status.RECORDED
    return now


def effect_on(happening: Happening, container: Container | None) -> Effect:
    """Return what a happening does to a batch: light is only written down where its container keeps light out (R17)."""
    if happening.aspect is Aspect.LIGHT and container is Container.LIGHT_RESISTANT:
        return Effect.RECORDED
    return happening.effect


def coverage(stood: Sequence[Span], known: Sequence[Span], pending: Sequence[Span]) -> float | None:
    """Return the share of the time at its places that is known of a batch; None where nothing is.

    It counts from the first moment that is known to the last: before a place was watched there is no record that could
    be incomplete.

    Args:
        stood: When it stood anywhere.
        known: When a logger's record covers the place it stood at.
        pending: When a logger watched there that has not been read out since; it is neither known nor missing.
    """
    covered = shared(stood, known)
    if not covered:
        return None
    asked = shared([(covered[0][0], covered[-1][1])], union(stood))
    missing = length(without(asked, [*covered, *pending]))
    return length(covered) / (length(covered) + missing)


def stored(met: Iterable[Met], covered: float | None) -> Stored:
    """Return what a batch's record comes to, and what waits for a pharmacist.

    Args:
        met: What touched it.
        covered: The share of its time that is known.
    """
    found = list(met)
    level, sparse = Storage.NOT_MONITORED, covered is not None and covered < COVERED
    if covered is not None:
        level = Storage.INCOMPLETE if sparse else Storage.IN_RANGE
    level = max([level, *(each.happening.level for each in found)], key=lambda each: each.harm)
    waiting = [each for each in found if each.waits and (each.happening.aspect is not Aspect.GAP or sparse)]
    breaches = [each.happening for each in waiting if each.happening.effect is Effect.HOLD]
    waiting = [each for each in waiting if not any(together(each.happening, breach) for breach in breaches)]
    return Stored(level, _review(waiting, covered) if waiting else None)


def together(one: Happening, other: Happening) -> bool:
    """Whether a decision on one answers the other too: the same, or at the same time and place, as one around it."""
    if one.thread and one.thread == other.thread:
        return True
    return not set(one.places).isdisjoint(other.places) and overlap(one.span, other.span) is not None


def _review(waiting: Sequence[Met], covered: float | None) -> str:
    """Return the worst of what waits, in words, and how many more there are."""
    worst = max(waiting, key=lambda each: (each.happening.level.harm, each.happening.start))
    said = words(worst.happening)
    if worst.happening.aspect is Aspect.GAP and covered is not None:
        said = f"{said} ({covered:.0%} of its time is known)"
    if worst.status is Status.CHANGED:
        said = f"evidence changed: {said}"
    more = len(waiting) - 1
    return f"{said}; and {more} more" if more else said


def in_the_light(stored: Stored, place: str, light: Light) -> Stored:
    """Return the storage of a clear container: only in the dark does it meet the policy's condition (R17)."""
    if light is Light.DARK:
        return stored
    said = f"{clear_at(place, light)}; move it into the dark"
    return replace(stored, review=said if stored.review is None else f"{stored.review}; {said}")


def clear_at(place: str, light: Light) -> str:
    """Return in words that a container lets in the light of a place.

    >>> clear_at("Shelf A", Light.OPEN)
    'a clear container at Shelf A, which is open'
    """
    return f"a clear container at {place}, which is {light}"


def holds(waiting: Sequence[Happening]) -> str:
    """Return why a batch is on hold, in words: the worst breach, and how many more there are."""
    worst = max(waiting, key=lambda each: (each.aspect in {Aspect.TEMPERATURE, Aspect.DAY}, each.extreme_c or 0.0))
    more = len(waiting) - 1
    said = f"storage breach: {words(worst)}"
    return f"{said}; and {more} more" if more else said


def words(happening: Happening) -> str:
    """Return a happening in a few words, without its time."""
    at = at_places(happening)
    match happening.aspect:
        case Aspect.LIGHT:
            return f"light {at} for {hours(happening.hours)}"
        case Aspect.GAP:
            return f"no record {at} for {hours(happening.hours)}"
        case Aspect.MEAN:
            return f"mean kinetic temperature of {happening.extreme_c:.1f} °C {at}"
        case Aspect.SUMMED:
            return f"{hours(happening.hours)} above 30 °C in 30 days {at}"
        case Aspect.DAY:
            return f"{happening.extreme_c:.1f} °C {at} on {happening.day}, nobody knows how long"
        case Aspect.TEMPERATURE:
            return f"{happening.extreme_c:.1f} °C {at} for {hours(happening.hours)}"


def at_places(happening: Happening) -> str:
    """Return in words where it was."""
    return f"at {' and '.join(happening.places)}"


def hours(count: float) -> str:
    """Return a length of time as people say it.

    >>> hours(0.005), hours(0.5), hours(26.25), hours(72)
    ('under 1 min', '30 min', '26.2 h', '3.0 days')
    """
    if count < 1:
        return f"{round(count * 60)} min" if round(count * 60) else "under 1 min"
    return f"{count:.1f} h" if count < _DAYS else f"{count / 24:.1f} days"


_DAYS = 48
"""Hours from which on it is said in days."""


def without(spans: Iterable[Span], taken: Iterable[Span]) -> list[Span]:
    """Return what is left of spans without what is taken."""
    out = union(taken)
    found: list[Span] = []
    for start, end in union(spans):
        at = start
        for first, last in out:
            if last <= at or first >= end:
                continue
            if first > at:
                found.append((at, first))
            at = max(at, last)
        if at < end:
            found.append((at, end))
    return found
