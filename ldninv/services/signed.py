"""Who signed what of a batch, and whether what they signed is still what is there (R8)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ldninv.db import Transaction
from ldninv.domain.batch import Kept
from ldninv.domain.entries import Kind
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


def of_batch(context: Context, kept: Kept) -> tuple[Signed, ...]:
    """Return the signatures under a batch that was read before, oldest first."""
    with context.store.reading() as work:
        return under(work, kept)


def under(work: Transaction, kept: Kept) -> tuple[Signed, ...]:
    """Return the same from one moment of the database."""
    return tuple(Signed(each, _unchanged(work, kept, each)) for each in work.signatures.of(kept.batch.lot))


def in_words(found: Iterable[Signed]) -> tuple[str, ...]:
    """Return each signature as a line, with whether what it stands under was changed since."""
    return tuple(line(each.signature, unchanged=each.unchanged) for each in found)


def _unchanged(work: Transaction, kept: Kept, signature: Signature) -> bool | None:
    if signature.meaning is Meaning.RELEASED:
        return holds(signature, recorded.content(work, kept))
    if signature.meaning in _OF_AN_ENTRY and signature.about is not None:
        return holds(signature, _of_entry(work, kept, signature.about) or _of_event(work, signature.about))
    return None


def _of_entry(work: Transaction, kept: Kept, event: int) -> Mapping[str, object] | None:
    """Return what was signed of the entry that an event made; None where it made none."""
    for posted in work.ledger.of(kept.batch.id, kept.batch.lot):
        if posted.entry.kind is not Kind.DISPENSED and work.ledger.event_of(posted.id) == event:
            return signed_facts(posted, work.disposals.of(posted.id))
    return None


def _of_event(work: Transaction, event: int) -> Mapping[str, object]:
    """Return what was signed of a decision that stands in the trail alone: that a date is kept."""
    (told,) = work.trail.rows([event])
    after: dict[str, object] = json.loads(told.after or "{}")
    return after | {"lot": told.subject, "reason": told.reason}
