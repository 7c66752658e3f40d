"""Builders for what does not matter in a test, so that what matters stands out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from typing import Any

from ldninv.db import Store
from ldninv.domain import ledger
from ldninv.domain.batch import Batch, Kept, Stock
from ldninv.domain.expiry import DecidedBy, Expiry
from ldninv.domain.ledger import Kind
from ldninv.domain.places import Place
from ldninv.domain.quantities import Strength
from ldninv.services.context import Context

LAST_DAY = date(2026, 3, 1)


def a_batch(*, beyond_use: date = LAST_DAY, **facts: Any) -> Batch:
    """Return a batch of 300 capsules of 4.5 mg, made on 2025-03-01, but for the facts given."""
    facts = {"lot": "LDN250301001F", "strength": Strength(4500), "prepared": date(2025, 3, 1), "made": 300} | facts
    return Batch(expiry=Expiry(beyond_use, DecidedBy.POLICY, "One year"), **facts)


def a_stock(**facts: Any) -> Stock:
    """Return 300 capsules, released and with nothing against them, but for the facts given."""
    return Stock(**({"on_hand": 300, "place": "Shelf A", "quarantined": None} | facts))


def kept(batch: Batch | None = None, **facts: Any) -> Kept:
    """Return a batch with a stock of the facts given."""
    return Kept(batch or a_batch(), a_stock(**facts))


TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=timezone(timedelta(hours=1)))


def at_work(store: Store, today: date = TODAY, user: str = "Ana") -> Context:
    """Return the context of somebody at work on `store` on a day, at half past nine."""
    return Context(store=store, user=user, workstation="bench", today=lambda: today, now=lambda: NOW)


def keep(context: Context, *batches: Batch, place: str = "Shelf A", released: bool = True) -> None:
    """Keep batches in a database as a person would have: made, then released."""
    with context.store.transaction() as work:
        event = work.trail.append(context.event("made", "test"))
        if work.places.by_name(place) is None:
            work.places.append(Place(place))
        first = work.batches.next_id()
        kept_batches = [replace(batch, id=first + index) for index, batch in enumerate(batches)]
        work.batches.append(kept_batches, event)
        entries = [(batch.id, ledger.made(batch, place, batch.prepared)) for batch in kept_batches]
        if released:
            entries += [(batch.id, ledger.Entry(kind=Kind.RELEASED, day=batch.prepared)) for batch in kept_batches]
        work.ledger.append(entries, at=context.instant(), by=context.user, event=event)
