"""How an entry comes into the ledger: with its event, after the domain decided, all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ldninv.db import Transaction
from ldninv.domain import ledger
from ldninv.domain.batch import Kept
from ldninv.domain.entries import Entry, Posted
from ldninv.services.batches import known
from ldninv.services.context import Change, Context
from ldninv.services.evidence import entry_facts

Decide = Callable[[Transaction, Kept], Entry]
"""What is to happen to a batch as it stands at that moment; refuses where it must not."""

Beside = Callable[[Transaction, Kept, Posted, int], None]
"""What is kept in the same transaction: it gets the batch before, the entry, and the number of its event."""


@dataclass(frozen=True, slots=True)
class Done:
    """The entry that a verb made, and what a person should know of it."""

    posted: Posted
    changed: Change = Change.LEDGER
    notices: tuple[str, ...] = ()


def post(context: Context, lot: str, decide: Decide, beside: Beside | None = None) -> Done:
    """Find the batch, let the domain decide, append the entry with its event and what belongs beside it.

    Raises:
        Refused: there is no such batch, the clock has gone backwards, or what `decide` refuses.
    """
    with context.writing() as work:
        kept = at_hand(context, work, lot)
        return Done(append(context, work, kept, decide(work, kept), beside))


def at_hand(context: Context, work: Transaction, lot: str) -> Kept:
    """Return the batch of a lot to which something can happen today.

    Raises:
        Refused: there is no such batch, or its last entry is of a later day.
    """
    kept = known(work, lot)
    ledger.refuse_backwards(kept.batch, work.ledger.last_day(kept.batch.id), context.today())
    return kept


def append(context: Context, work: Transaction, kept: Kept, entry: Entry, beside: Beside | None = None) -> Posted:
    """Append an entry that the domain made, with its event; within a write."""
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
    posted = Posted(id=key, lot=kept.batch.lot, entry=entry, on_hand=on_hand, at=event.at, by=event.by)
    if beside is not None:
        beside(work, kept, posted, number)
    return posted
