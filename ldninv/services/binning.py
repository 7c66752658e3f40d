"""Taking expired stock off the shelf: each bottle scanned, and moved to the bin for expired stock (R9)."""

from __future__ import annotations

from ldninv.db import Transaction
from ldninv.domain import ledger, standing
from ldninv.domain.batch import Kept
from ldninv.domain.concerns import Concern
from ldninv.domain.coverage import Band
from ldninv.domain.entries import Entry
from ldninv.domain.places import Place, PlaceKind
from ldninv.domain.refusal import Refused
from ldninv.services import batches, places
from ldninv.services.context import Context
from ldninv.services.places import known_place
from ldninv.services.posting import Done, post

BINS = frozenset({PlaceKind.EXPIRED, PlaceKind.DISPOSAL})
"""Kinds of places that expired stock is taken to."""


def bins(context: Context) -> list[Place]:
    """Return the places that expired stock is taken to, those for it first."""
    found = [place for place in places.places(context) if place.kind in BINS]
    return sorted(found, key=lambda place: place.kind is not PlaceKind.EXPIRED)


def to_fetch(context: Context) -> list[Kept]:
    """Return the expired batches with capsules that stand anywhere but in a bin, by place and lot."""
    there = {place.name for place in bins(context)}
    found = [kept for kept, _ in batches.find(context, Concern.EXPIRED.question) if kept.stock.place not in there]
    return sorted(found, key=lambda kept: (kept.stock.place or "", kept.batch.lot))


def take_to_bin(context: Context, lot: str, place: str) -> Done:
    """Move an expired batch to a bin.

    Raises:
        Refused: no such batch, it has not expired, nothing is left of it, it is there already, or that is no bin.
    """

    def decide(work: Transaction, kept: Kept) -> Entry:
        bin_ = known_place(work, place)
        if bin_.kind not in BINS:
            raise Refused(f"{bin_.name} is no place for expired stock. Choose the expired bin.")
        _must_be_expired(context, kept)
        return ledger.move(kept, bin_.name, context.today())

    return post(context, lot, decide)


def _must_be_expired(context: Context, kept: Kept) -> None:
    if standing.of(kept, context.today()).band is not Band.EXPIRED:
        raise Refused(
            f"Batch {kept.batch.lot} has not expired: its last usable day is {kept.batch.expiry.on}. It stays where it "
            f"is; put the bottle back."
        )
    if kept.stock.on_hand == 0:
        raise Refused(f"By the books nothing is left of batch {kept.batch.lot}. Count it if some stand there.")
