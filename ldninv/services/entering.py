"""Which batch something can happen to today, and how its entry is appended with its event; within a write."""

from __future__ import annotations

from ldninv.db import Transaction
from ldninv.domain import ledger, taking_back
from ldninv.domain.batch import Kept
from ldninv.domain.entries import Entry, Posted
from ldninv.services.batches import known
from ldninv.services.context import Context
from ldninv.services.evidence import entry_facts


def at_hand(context: Context, work: Transaction, lot: str) -> Kept:
    """Return the batch of a lot to which something can happen today.

    Raises:
        Refused: there is no such batch, it was taken back, or its last entry is of a later day.
    """
    kept = known(work, lot)
    taking_back.refuse_taken_back(kept)
    ledger.refuse_backwards(kept.batch, work.ledger.last_day(kept.batch.id), context.today())
    return kept


def enter(context: Context, work: Transaction, kept: Kept, entry: Entry) -> tuple[Posted, int]:
    """Append an entry with its event, and return it with the event's number."""
    stock = kept.stock
    on_hand = stock.on_hand + entry.capsules
    before: dict[str, object] = {"on_hand": stock.on_hand, "place": stock.place}
    after = entry_facts(entry) | {"on_hand": on_hand, "place": entry.place or stock.place}
    if entry.expires is not None:
        before["expires"] = kept.batch.expiry.on
    if stock.returned or entry.returned:
        before["returned"] = stock.returned
        after["returned"] = stock.returned + entry.returned
    event = context.event(entry.kind.value, kept.batch.lot, before=before, after=after, reason=entry.reason)
    number = work.trail.append(event)
    (key,) = work.ledger.append([(kept.batch.id, entry)], at=event.at, by=event.by, event=number)
    return Posted(id=key, lot=kept.batch.lot, entry=entry, on_hand=on_hand, at=event.at, by=event.by), number
