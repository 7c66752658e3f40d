"""What a record shows of a place, what it asks for, and what it makes of the batches that stood there (R18)."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from itertools import islice, takewhile
from math import inf

from ldninv.domain.batch import Kept
from ldninv.domain.entries import Decision
from ldninv.domain.expiry import Container
from ldninv.domain.storage.profile import CRT
from ldninv.domain.storage.stays import Span, overlap
from ldninv.domain.stored import COVERED, Storage

CONTRADICTED = "contradicted"
"""Under which its limits say that readings of a file contradict those that are kept."""
PROVEN = "proven"
"""Under which its limits say which of them the logger proves passed by what it printed beyond its probe's range."""


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
    BEYOND = "beyond"
    """The logger said that the temperature was out of its probe's range: no reading, and more than a gap (R16)."""
    LIGHT = "light"
    HUMIDITY = "humidity"


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
    """Whether later readings show that it never was; it touches those alone that were decided on for it."""
    at: str = ""
    touched: tuple[Touch, ...] = ()

    @property
    def span(self) -> Span:
        """From and to."""
        return self.start, self.end

    @property
    def gravity(self) -> tuple[int, float, float, float, str, str]:
        """How bad it is beside others, the worse the greater, so that of several one is the worst in whatever order."""
        beyond = (
            0.0
            if self.extreme_c is None
            else max(self.extreme_c - self.limit("keep_high_c"), self.limit("keep_low_c") - self.extreme_c, 0.0)
        )
        return self.level.harm, beyond, self.hours, self.start, self.kind, self.seen_by

    def limit(self, name: str) -> float:
        """Return a limit of the `Profile` that it was judged by; of controlled room temperature where it tells none."""
        told = self.limits.get("profile")
        said = told.get(name) if isinstance(told, Mapping) else None
        return float(getattr(CRT, name) if said is None else said)

    @property
    def path(self) -> tuple[str, ...]:
        """The places through which one batch carried it, by its own record (R18); nothing where it is a place's."""
        named = self.limits.get("path")
        return tuple(map(str, named)) if isinstance(named, Sequence) else ()

    @property
    def loggers(self) -> tuple[str, ...]:
        """The loggers whose records show it only together; nothing where one of them shows it alone."""
        named = self.limits.get("loggers")
        return tuple(map(str, named)) if isinstance(named, Sequence) else ()

    @property
    def seen_by(self) -> str:
        """Whose record shows it, in words; nothing where a person read a thermometer."""
        return " and ".join(self.loggers) or self.logger or ""

    @property
    def day(self) -> date | None:
        """The day of which it is the lowest or the highest; None where it is no such (R20)."""
        named = self.limits.get("day")
        return date.fromisoformat(named) if isinstance(named, str) else None

    @property
    def is_hole(self) -> bool:
        """Whether nothing is known of the temperature meanwhile: silence, or what the probe cannot measure (R16)."""
        return self.aspect in {Aspect.GAP, Aspect.BEYOND} and self.hours > 0

    @property
    def in_a_row(self) -> bool:
        """Whether it is days in a row, of which the lowest was above a limit (R14)."""
        return self.aspect is Aspect.DAY and "last" in self.limits

    @property
    def of_breach(self) -> bool:
        """Whether it holds batches, or did: what is gone and asks was a breach."""
        return self.effect is Effect.HOLD or self.gone

    @property
    def places(self) -> tuple[str, ...]:
        """Where it was: its place, or those of the path."""
        return self.path or (self.place,)

    def evidence_of(self, batch: int) -> str:
        """Return what a decision on one batch of it rests on: the record, and when that batch stood there (R18)."""
        at = bisect_left(self.touched, Touch(batch, -inf, -inf))
        stood = takewhile(lambda touch: touch.batch == batch, islice(self.touched, at, None))
        return exposed(self.evidence, ((touch.start, touch.end) for touch in stood))

    def for_batch(self, batch: int) -> Happening:
        """Return it as it is for one batch: what was decided on for one that was never there is no longer seen."""
        if not any(touch.batch == batch and touch.absent for touch in self.touched):
            return self
        return replace(self, gone=True, level=Storage.NOT_MONITORED, effect=Effect.REVIEW)

    @property
    def evidence(self) -> str:
        """What it rests on, apart from the batches that it touched: a decision on other evidence counts no more."""
        limits = json.dumps(dict(self.limits), sort_keys=True, default=str)
        said = (self.kind, self.level, self.start, self.end, self.extreme_c, limits, self.readings)
        return "|".join(map(str, (*said, "gone") if self.gone else said))


@dataclass(frozen=True, slots=True, order=True)
class Touch:
    """A batch that stood there, from one moment up to another within it."""

    batch: int
    """Its key."""
    start: float
    end: float

    @property
    def absent(self) -> bool:
        """Whether it was decided on, and by now is known never to have stood there at all."""
        return self.start == self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What a pharmacist decided of one batch of a happening."""

    happening: int
    """Number of the version that was decided on."""
    batch: int
    evidence: str
    """What that version rested on, for this batch."""
    decision: Decision
    expires: date | None = None
    reason: str
    at: str
    by: str

    def said(self, worded: Callable[[str], str] = str) -> str:
        """Return what was decided, in words; an earlier date with it."""
        done = worded(self.decision.done)
        return f"{done} to {self.expires}" if self.expires else done


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


def exposed(evidence: str, stood: Iterable[Span]) -> str:
    """Return what a decision on one batch rests on: what happened, and when the batch stood there.

    >>> exposed("above-40|…", [(0.0, 720.0)])
    'above-40|…|0.0 to 720.0'
    """
    return "|".join([evidence, *(f"{start} to {end}" for start, end in stood)])


def no_longer(happening: Happening, decided: Iterable[int]) -> Happening:
    """Return what later readings no longer show; of batches whose breach was decided on the evidence changed (R18)."""
    batches = set(decided)
    touched = tuple(touch for touch in happening.touched if touch.batch in batches)
    if not touched or happening.effect is not Effect.HOLD:
        return replace(happening, gone=True, touched=())
    return replace(happening, gone=True, touched=touched, level=Storage.NOT_MONITORED, effect=Effect.REVIEW)


def status(happening: Happening, decided: Decided | None) -> Status:
    """Return how far a pharmacist is with one batch of a happening."""
    if decided is not None:
        return Status.DECIDED if decided.evidence == happening.evidence_of(decided.batch) else Status.CHANGED
    return Status.RECORDED if happening.effect is Effect.RECORDED else Status.OPEN


def status_of(happening: Happening, kept: Kept, decided: Decided | None, covered: float | None) -> Status:
    """Return the same of a batch as it is: a gap asks only where it leaves too little known of the batch (R16).

    Of what is all gone nothing is left to keep, shorten or discard. Only a breached batch that was not disposed of
    still asks: who has its capsules may have to be told.

    Args:
        happening: What happened.
        kept: The batch.
        decided: The last decision on it.
        covered: The share of the batch's time that is known; None where nothing is.
    """
    now = status(happening, decided)
    given_out = happening.effect is Effect.HOLD and not kept.stock.destroyed
    if kept.stock.on_hand == 0 and not given_out:
        return Status.RECORDED if decided is None else Status.DECIDED
    if happening.aspect is Aspect.GAP and now is Status.OPEN and (covered is None or covered >= COVERED):
        return Status.RECORDED
    return now


def effect_on(happening: Happening, container: Container | None) -> Effect:
    """Return what a happening does to a batch: light is only written down where its container keeps light out (R17)."""
    if happening.aspect is Aspect.LIGHT and container is Container.LIGHT_RESISTANT:
        return Effect.RECORDED
    return happening.effect


def answers(one: Happening, other: Happening) -> bool:
    """Whether a decision on one answers the other too: what is `together` with it, but on a review no breach (R18)."""
    same = bool(one.thread) and one.thread == other.thread
    return same or ((one.of_breach or not other.of_breach) and together(one, other))


def together(one: Happening, other: Happening) -> bool:
    """Whether they are the same, or at the same time and place, as one around the other."""
    if one.thread and one.thread == other.thread:
        return True
    return not set(one.places).isdisjoint(other.places) and overlap(one.span, other.span) is not None
