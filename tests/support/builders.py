"""Builders for what does not matter in a test, so that what matters stands out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from functools import cache
from typing import Any

from ldninv.db import Store, open_store, sqlite
from ldninv.db.address import MEMORY
from ldninv.domain import ledger
from ldninv.domain.batch import Batch, Kept, Stock
from ldninv.domain.expiry import DecidedBy, Expiry
from ldninv.domain.ledger import Entry, Kind
from ldninv.domain.places import Place
from ldninv.domain.quantities import Strength
from ldninv.services.context import Context
from ldninv.services.pins import Pins

LAST_DAY = date(2026, 3, 1)


def a_batch(*, beyond_use: date = LAST_DAY, **facts: Any) -> Batch:
    """Return a batch of 300 capsules of 4.5 mg, made on 2025-03-01, but for the facts given."""
    facts = {"lot": "LDN250301001T", "strength": Strength(4500), "prepared": date(2025, 3, 1), "made": 300} | facts
    return Batch(expiry=Expiry(beyond_use, DecidedBy.POLICY, "One year"), **facts)


def a_stock(**facts: Any) -> Stock:
    """Return 300 capsules, released and with nothing against them, but for the facts given."""
    return Stock(**({"on_hand": 300, "place": "Shelf A", "quarantined": None} | facts))


def kept(batch: Batch | None = None, **facts: Any) -> Kept:
    """Return a batch with a stock of the facts given."""
    return Kept(batch or a_batch(), a_stock(**facts))


TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=timezone(timedelta(hours=1)))

CHEAP_PINS = Pins(passes=1, memory_kib=8, lanes=1)
"""Hashed as the real ones are, without the time that a thief shall need."""


def at_work(store: Store, today: date = TODAY, user: str = "Ana") -> Context:
    """Return the context of somebody at work on `store` on a day, at half past nine."""
    return Context(
        store=store, account=user, workstation="bench", today=lambda: today, now=lambda: NOW, pins=CHEAP_PINS
    )


def keep(context: Context, *batches: Batch, place: str = "Shelf A", released: bool = True) -> None:
    """Keep batches in a database as a person would have: made, then released."""
    keep_lives(context, *((batch, opening(batch, place, released=released)) for batch in batches))


def opening(batch: Batch, place: str = "Shelf A", *, released: bool = True) -> list[Entry]:
    """Return the entries that every batch begins with."""
    made = ledger.made(batch, place, batch.prepared)
    return [made, Entry(kind=Kind.RELEASED, day=batch.prepared)] if released else [made]


def keep_lives(context: Context, *lives: tuple[Batch, Sequence[Entry]]) -> list[Batch]:
    """Keep batches with whatever entries are given, in a file or in memory, and return them with their keys."""
    with context.store.transaction() as work:
        event = work.trail.append(context.event("made", "test"))
        for name in dict.fromkeys(entry.place for _, life in lives for entry in life if entry.place):
            if work.places.by_name(name) is None:
                work.places.append(Place(name))
        first = work.batches.next_id()
        batches = [replace(batch, id=first + index) for index, (batch, _) in enumerate(lives)]
        work.batches.append(batches, event)
        entries = [(batch.id, entry) for batch, (_, life) in zip(batches, lives, strict=True) for entry in life]
        work.ledger.append(entries, at=context.instant(), by=context.user, event=event)
    return batches


@contextmanager
def fresh(today: date = TODAY) -> Iterator[Context]:
    """Give a context on a database of its own, for examples that must not see each other's rows."""
    database = sqlite.connect(MEMORY)
    database.connection().deserialize(_empty())
    store = Store(database, MEMORY)
    try:
        yield at_work(store, today)
    finally:
        store.close()


@cache
def _empty() -> bytes:
    """Return a database that the real steps made, once: a hundred examples cannot wait for each its own."""
    store = open_store("sqlite:///:memory:", create=True)
    try:
        with store.reading() as work:
            content: bytes = work.database.connection().serialize()
        return content
    finally:
        store.close()


def dump(store: Store) -> dict[str, list[Any]]:
    """Return every row of every table, to see that nothing changed."""
    with store.reading() as work:
        tables = sorted({*work.database.get_tables()} - {"turn"})
        return {name: work.database.execute_sql(f'SELECT * FROM "{name}"').fetchall() for name in tables}
