"""How an entry comes into the ledger: with its event, after the domain decided, all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ldninv.db import Transaction
from ldninv.domain.batch import Kept
from ldninv.domain.entries import Entry, Posted
from ldninv.services.context import Change, Context
from ldninv.services.entering import at_hand, enter
from ldninv.services.storage import marking

Decide = Callable[[Transaction, Kept], Entry]
"""What is to happen to a batch as it stands at that moment; refuses where it must not."""

Beside = Callable[[Transaction, Kept, Posted, int], None]
"""What is kept in the same transaction: it gets the batch before, the entry, and the number of its event."""

Tell = Callable[[Transaction, Kept], Mapping[str, object]]
"""What the event says of what is kept beside the entry; asked once it was decided."""


@dataclass(frozen=True, slots=True)
class Done:
    """The entry that a verb made, and what a person should know of it."""

    posted: Posted
    changed: Change = Change.LEDGER
    notices: tuple[str, ...] = ()


def post(context: Context, lot: str, decide: Decide, beside: Beside | None = None, *, tell: Tell | None = None) -> Done:
    """Find the batch, let the domain decide, append the entry with its event and what belongs beside it.

    Raises:
        Refused: there is no such batch, the clock has gone backwards, or what `decide` refuses.
    """
    with context.writing() as work:
        kept = at_hand(context, work, lot)
        return Done(append(context, work, kept, decide(work, kept), beside, tell=tell))


def append(
    context: Context,
    work: Transaction,
    kept: Kept,
    entry: Entry,
    beside: Beside | None = None,
    *,
    tell: Tell | None = None,
) -> Posted:
    """Append an entry that the domain made, with its event; within a write."""
    posted, number = enter(context, work, kept, entry, None if tell is None else tell(work, kept))
    if beside is not None:
        beside(work, kept, posted, number)
    if _stands_elsewhere(kept, entry):
        marking.follow(context, work, [kept.batch.id], number)
    return posted


def _stands_elsewhere(kept: Kept, entry: Entry) -> bool:
    """Whether an entry says where a batch stands from now on, that it stands nowhere any more, or stood elsewhere."""
    left = kept.stock.on_hand + entry.capsules
    return entry.place is not None or entry.voids is not None or (kept.stock.on_hand > 0) != (left > 0)
