"""Questions about batches: lists, counts and the card."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import isfinite

from ldninv.db import Transaction
from ldninv.domain import standing
from ldninv.domain.audit import Event
from ldninv.domain.batch import Kept
from ldninv.domain.ledger import Posted
from ldninv.domain.question import Question, Sort
from ldninv.domain.refusal import Refused
from ldninv.domain.scan import bare
from ldninv.domain.signs import Sign, sign
from ldninv.domain.standing import Standing
from ldninv.domain.storage.stays import Step, moment, presences
from ldninv.services.context import Context

__all__ = [
    "Card",
    "Question",
    "Sort",
    "Stay",
    "answer",
    "card",
    "count",
    "counts",
    "find",
    "ids",
    "rows",
    "standing_of",
]


@dataclass(frozen=True, slots=True)
class Stay:
    """Where a batch stood, from one instant to another; `to` is None where it stands there still."""

    place: str
    from_: str
    to: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """All that is known of one batch."""

    kept: Kept
    standing: Standing
    sign: Sign
    movements: tuple[Posted, ...]
    """Newest first."""
    events: tuple[Event, ...]
    """Newest first."""
    places: tuple[Stay, ...]
    """Newest first."""
    day: date
    """The pharmacy's day on which it says all this."""


def ids(context: Context, question: Question) -> array[int]:
    """Return the keys of the batches that answer `question`, in its order."""
    with context.store.reading() as work:
        return work.batches.ids(question, context.today(), work.preferences.read().buffer)


def rows(context: Context, keys: Sequence[int]) -> list[Kept]:
    """Return the batches of these keys, in this order, without their components."""
    with context.store.reading() as work:
        return work.batches.rows(keys)


def find(context: Context, question: Question) -> list[tuple[Kept, Standing]]:
    """Return the batches that answer `question` with their standings today, in its order."""
    today = context.today()
    with context.store.reading() as work:
        buffer = work.preferences.read().buffer
        found = work.batches.rows(work.batches.ids(question, today, buffer))
    return [(kept, standing.of(kept, today, buffer=buffer)) for kept in found]


def count(context: Context, question: Question) -> int:
    """Return how many batches answer `question`."""
    return counts(context, [question])[0]


def counts(context: Context, questions: Sequence[Question]) -> list[int]:
    """Return how many batches answer each question, all at one moment."""
    with context.store.reading() as work:
        buffer = work.preferences.read().buffer
        return [work.batches.count(question, context.today(), buffer) for question in questions]


def standing_of(context: Context, kept: Kept) -> Standing:
    """Return what a batch is today."""
    return standing.of(kept, context.today(), buffer=context.settings.buffer)


def card(context: Context, lot: str) -> Card:
    """Return the card of a batch.

    Raises:
        Refused: there is no such batch, or its lot was misread.
    """
    with context.store.reading() as work:
        return answer(context, work, known(work, lot))


def answer(context: Context, work: Transaction, kept: Kept) -> Card:
    """Return the card of a batch that was found in `work`."""
    now = standing.of(kept, context.today(), buffer=work.preferences.read().buffer)
    movements = work.ledger.of(kept.batch.id, kept.batch.lot)
    return Card(
        kept=kept,
        standing=now,
        sign=sign(now),
        movements=tuple(reversed(movements)),
        events=tuple(reversed(work.trail.of(kept.batch.id, kept.batch.lot))),
        places=tuple(reversed(_stays(kept.batch.prepared, movements))),
        day=context.today(),
    )


def known(work: Transaction, lot: str) -> Kept:
    """Return the batch of a lot that a person typed or scanned.

    Raises:
        Refused: there is no such batch, or its check character does not fit.
    """
    read = bare(lot)
    if read.error is not None:
        raise Refused(read.error)
    kept = work.batches.by_lot(read.text)
    if kept is None:
        raise Refused(f"There is no batch {read.text}. Check the lot number, or scan the label.")
    return kept


def named(context: Context, lot: str) -> str:
    """Return a batch as sentences name it: “batch LDN260117001M”.

    Raises:
        Refused: there is no such batch.
    """
    with context.store.reading() as work:
        return f"batch {known(work, lot).batch.lot}"


def _stays(prepared: date, movements: Sequence[Posted]) -> list[Stay]:
    """Return where a batch stood, oldest first: as storage is marked by it, so that both say the same (R18)."""
    steps = [
        Step(each.id, each.at, each.entry.day, each.entry.capsules, each.entry.place, each.entry.voids)
        for each in movements
    ]
    zones = {moment(step): datetime.fromisoformat(step.at).tzinfo for step in steps}
    zone = next(iter(zones.values()), None)

    def at(seconds: float) -> str:
        return datetime.fromtimestamp(round(seconds), zones.get(seconds, zone)).isoformat()

    return [
        Stay(each.place, at(each.start), at(each.end) if isfinite(each.end) else None)
        for each in presences(prepared, steps)
    ]
