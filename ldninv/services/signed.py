"""Who signed what of a batch, and whether what they signed is still what is there (R8)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ldninv.db import Transaction
from ldninv.domain.audit import Event
from ldninv.domain.batch import Kept
from ldninv.domain.entries import Kind, Posted
from ldninv.domain.signing import Meaning, Signature, holds, line
from ldninv.services import recorded
from ldninv.services.context import Context
from ldninv.services.evidence import signed_facts

_OF_AN_ENTRY = frozenset({Meaning.DECIDED, Meaning.EXPIRY_CHANGED, Meaning.DISPOSED, Meaning.TAKEN_BACK})


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature, held against what is there now."""

    signature: Signature
    unchanged: bool | None
    """Whether it is what was signed; None where it is compared elsewhere, as a recall is on its own paper."""
    taken_back: Posted | None = None
    """The entry that took back what was signed; None where none did."""


def of_batch(context: Context, kept: Kept) -> tuple[Signed, ...]:
    """Return the signatures under a batch that was read before, oldest first."""
    with context.store.reading() as work:
        return under(work, kept)


def under(work: Transaction, kept: Kept) -> tuple[Signed, ...]:
    """Return the same from one moment of the database."""
    found = work.signatures.of(kept.batch.lot)
    history = work.ledger.of(kept.batch.id, kept.batch.lot) if found else []
    entries = {work.ledger.event_of(each.id): each for each in history if each.entry.kind is not Kind.DISPENSED}
    back = {each.entry.voids: each for each in history if each.entry.voids is not None}

    def held(signature: Signature) -> Signed:
        about = entries.get(signature.about)
        return Signed(
            signature,
            _unchanged(work, kept, signature, about),
            taken_back=None if about is None else back.get(about.id),
        )

    return tuple(map(held, found))


def in_words(found: Iterable[Signed]) -> tuple[str, ...]:
    """Return each signature as a line, with whether what it stands under was changed since."""
    return tuple(line(each.signature, unchanged=each.unchanged, taken_back=each.taken_back) for each in found)


def _unchanged(work: Transaction, kept: Kept, signature: Signature, about: Posted | None) -> bool | None:
    if signature.meaning is Meaning.RELEASED:
        return holds(signature, recorded.content(work, kept))
    if signature.meaning in _OF_AN_ENTRY and signature.about is not None:
        content = _of_event(work, signature.about) if about is None else _of_entry(work, about)
        return holds(signature, content)
    return None


def _of_entry(work: Transaction, posted: Posted) -> Mapping[str, object]:
    """Return what was signed of an entry."""
    return signed_facts(posted, work.disposals.of(posted.id))


def _of_event(work: Transaction, event: int) -> Mapping[str, object]:
    """Return what was signed of a decision that stands in the trail alone: that a date is kept."""
    (told,) = work.trail.rows([event])
    return of_decision(told)


def of_decision(told: Event) -> Mapping[str, object]:
    """Return what was signed of a decision that needs no entry, by the event that has it."""
    after: dict[str, object] = json.loads(told.after or "{}")
    return after | {"lot": told.subject, "reason": told.reason}
