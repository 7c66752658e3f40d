"""Which batch something can happen to today, and how its entry is appended with its event; within a write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ldninv.db import Transaction
from ldninv.domain import ledger, taking_back
from ldninv.domain.audit import Event
from ldninv.domain.batch import Kept
from ldninv.domain.entries import Entry, Posted, said
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


def enter(
    context: Context, work: Transaction, kept: Kept, entry: Entry, beside: Mapping[str, object] | None = None
) -> tuple[Posted, int]:
    """Append an entry with its event, and return it with the event's number; `beside` is told with it."""
    ((posted, number),) = enter_all(context, work, [(kept, entry)], beside)
    return posted, number


def enter_all(
    context: Context,
    work: Transaction,
    entries: Sequence[tuple[Kept, Entry]],
    beside: Mapping[str, object] | None = None,
) -> list[tuple[Posted, int]]:
    """Append entries of different batches, each with its event, and return each with its event's number."""
    entries = [(kept, replace(entry, reason=said(entry.reason))) for kept, entry in entries]
    events = [_event(context, kept, entry, beside or {}) for kept, entry in entries]
    first = work.trail.extend(events)
    numbers = range(first, first + len(events))
    keys = work.ledger.extend(
        (kept.batch.id, entry, event.at, event.by, number)
        for (kept, entry), event, number in zip(entries, events, numbers, strict=True)
    )
    return [
        (Posted(id=key, lot=kept.batch.lot, entry=entry, on_hand=_left(kept, entry), at=event.at, by=event.by), number)
        for key, (kept, entry), event, number in zip(keys, entries, events, numbers, strict=True)
    ]


def _left(kept: Kept, entry: Entry) -> int:
    return kept.stock.on_hand + entry.capsules


def _event(context: Context, kept: Kept, entry: Entry, beside: Mapping[str, object]) -> Event:
    stock = kept.stock
    before: dict[str, object] = {"on_hand": stock.on_hand, "place": stock.place}
    after: dict[str, object] = entry_facts(entry) | {"on_hand": _left(kept, entry), "place": entry.place or stock.place}
    if entry.expires is not None:
        before["expires"] = kept.batch.expiry.on
    if stock.returned or entry.returned:
        before["returned"] = stock.returned
        after["returned"] = stock.returned + entry.returned
    return context.event(
        entry.kind.value, kept.batch.lot, before=before, after={**after, **beside}, reason=entry.reason
    )
