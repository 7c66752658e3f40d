"""One fact about one batch, appended and never changed; and the stock that a batch's facts add up to (R8, R10)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import count

from ldninv.domain.batch import Stock
from ldninv.domain.expiry import DecidedBy, Expiry
from ldninv.domain.quantities import Strength
from ldninv.domain.refusal import Refused


class Kind(StrEnum):
    """What an entry says happened."""

    MADE = "made"
    DISPENSED = "dispensed"
    RETURNED = "returned"
    WASTED = "wasted"
    SAMPLED = "sampled"
    COUNTED = "counted"
    DESTROYED = "destroyed"
    MOVED = "moved"
    QUARANTINED = "quarantined"
    RELEASED = "released"
    REJECTED = "rejected"
    HELD = "held"
    RECALLED = "recalled"
    DECIDED = "decided"
    VOIDED = "voided"


STANDING = frozenset({Kind.QUARANTINED, Kind.REJECTED, Kind.HELD, Kind.RECALLED, Kind.DECIDED})
"""Kinds that say what becomes of the whole batch, but its release: one is taken back only with a signature."""


class DisposalReason(StrEnum):
    """Why capsules are disposed of (R13)."""

    EXPIRED = "expired"
    FAILED_QC = "failed-qc"
    STORAGE = "storage"
    RECALL = "recall"
    DAMAGE = "damage"
    COUNT_LOSS = "count-loss"


class Decision(StrEnum):
    """What a pharmacist decides of a batch that is on hold, or of its date."""

    KEEP = "keep"
    SHORTEN = "shorten"
    DISCARD = "discard"

    @property
    def done(self) -> str:
        """What became of the batch, as people say it."""
        return {Decision.KEEP: "kept", Decision.SHORTEN: "shortened", Decision.DISCARD: "to be discarded"}[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One fact about one batch; appended, never changed."""

    kind: Kind
    day: date
    """The pharmacy's local day on which it happened."""
    capsules: int = 0
    """The change of what is on hand: below zero where capsules leave."""
    reason: str | None = None
    days_supply: int | None = None
    place: str | None = None
    """Where the batch stands from now on; None where it stays."""
    note: str | None = None
    """Method, witness or checks, as the kind has them; of a hold what of its reason is for storage."""
    voids: int | None = None
    """The entry that this one takes back (R10)."""
    returned: int = 0
    """The change of what came back and is never usable again, part of `capsules`."""
    expires: date | None = None
    """The last usable day from now on; None where the date stays."""
    decision: Decision | None = None

    @property
    def remark(self) -> str | None:
        """Its note, where its reason does not say it already."""
        return None if self.kind is Kind.HELD else self.note


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """An entry that was kept, with what the database adds to it."""

    id: int
    lot: str
    entry: Entry
    on_hand: int
    """Capsules after it."""
    at: str
    """Instant, ISO 8601 with the local offset."""
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Disposal:
    """How capsules were disposed of, for the certificate (R13)."""

    method: str | None = None
    container: str | None = None
    witness: str | None = None
    value_cents: int | None = None
    """What they were worth; None where the pharmacy set no value."""

    def __str__(self) -> str:
        held = (("method", self.method), ("container", self.container), ("witness", self.witness))
        return "; ".join(f"{name}: {text}" for name, text in held if text)


@dataclass(frozen=True, slots=True)
class Dispensing:
    """One supply that left, as a list of many shows it."""

    id: int
    """Its entry's number."""
    lot: str
    strength: Strength
    day: date
    capsules: int
    """How many left."""
    days_supply: int | None
    by: str
    reason: str | None
    voided_by: int | None
    """The entry that took it back; None where none did."""


def stock_after(entries: Iterable[Entry], numbers: Iterable[int] | None = None) -> Stock:
    """Return what a batch's entries, oldest first, make of it: what the database's own sums are checked against.

    What was said of the whole batch and taken back since counts for nothing; but a date that was shortened stays. So
    does a recall where the batch's making was taken back, and nothing else of it (see `taking_back`).

    Args:
        entries: All of them up to some moment.
        numbers: Their numbers in the ledger, by which one names another that it takes back; 1, 2, 3 where not given.

    >>> stock_after([]).on_hand
    0
    """
    stock = Stock()
    lasting: dict[int, Kind] = {}
    numbered = list(zip(count(1) if numbers is None else numbers, entries, strict=False))
    taken_back = {entry.voids for _, entry in numbered}
    makings = {number for number, entry in numbered if entry.kind is Kind.MADE}
    for number, entry in numbered:
        stock = _moved(stock, entry)
        if number not in taken_back:
            stock = _stands(stock, entry)
        if entry.capsules and entry.voids is None:
            lasting[number] = entry.kind
        elif entry.capsules:
            lasting.pop(entry.voids or 0, None)
        if entry.capsules:
            last = next(reversed(lasting.values()), None)
            stock = replace(stock, destroyed=stock.on_hand == 0 and last is Kind.DESTROYED)
        if entry.voids in makings:
            stock = _never_made(stock, entry)
    return stock


def _moved(stock: Stock, entry: Entry) -> Stock:
    return replace(
        stock,
        on_hand=stock.on_hand + entry.capsules,
        returned=stock.returned + entry.returned,
        place=entry.place or stock.place,
        shortened=_shortened(entry) or stock.shortened,
    )


def _never_made(stock: Stock, entry: Entry) -> Stock:
    return Stock(
        on_hand=stock.on_hand,
        returned=stock.returned,
        recalled=stock.recalled,
        shortened=stock.shortened,
        taken_back=entry.reason or "",
    )


def _stands(stock: Stock, entry: Entry) -> Stock:
    said = entry.reason or ""
    match entry.kind:
        case Kind.MADE:
            stock = replace(stock, taken_back=None)
        case Kind.RELEASED:
            stock = replace(stock, quarantined=None)
        case Kind.QUARANTINED:
            stock = replace(stock, quarantined=said or Stock().quarantined)
        case Kind.REJECTED:
            stock = replace(stock, rejected=said)
        case Kind.RECALLED:
            stock = replace(stock, recalled=said)
        case Kind.HELD:
            stock = replace(stock, held=said, held_for_storage=entry.note)
        case Kind.DECIDED:
            rejected = said if entry.decision is Decision.DISCARD else stock.rejected
            stock = replace(stock, held=None, held_for_storage=None, rejected=rejected)
    return stock


def _shortened(entry: Entry) -> Expiry | None:
    if entry.expires is None:
        return None
    return Expiry(entry.expires, DecidedBy.PHARMACIST, f"shortened: {entry.reason or ''}")


def said(reason: str | None) -> str | None:
    """Return a reason as one line of words, or None where it says nothing.

    A break in it could feign a line of history.

    >>> said("  stood   warm "), said(" "), said(None)
    ('stood warm', None, None)
    """
    return " ".join((reason or "").split()) or None


def given(reason: str, purpose: str) -> str:
    """Return the reason that a person gave, as one line of words.

    Raises:
        Refused: there is none.
    """
    words = said(reason)
    if words is None:
        raise Refused(f"A reason is needed to {purpose}. Say it in a few words.")
    return words


def taken_back(history: Iterable[Posted]) -> dict[int, int]:
    """Return the entries of a history that were taken back, each with the number of the entry that did it (R10)."""
    return {each.entry.voids: each.id for each in history if each.entry.voids is not None}


LISTED = "left on the imported list"
"""How the reason of the count ends that brings a batch to what an imported list says of it."""


def standing_entries(history: Sequence[Posted]) -> list[Posted]:
    """Return the entries of a history that were not taken back, without those that took another one back."""
    back = taken_back(history)
    return [each for each in history if each.id not in back and each.entry.voids is None]


def out_of_the_house(history: Sequence[Posted]) -> int:
    """Return how many capsules of a batch can still come back: those dispensed, less those that came back (R10).

    What was gone already when a list brought the batch in can come back too: the list does not say how it left.
    """
    left = 0
    for entry in (each.entry for each in standing_entries(history)):
        listed = entry.kind is Kind.COUNTED and entry.capsules < 0 and (entry.reason or "").endswith(LISTED)
        if listed or entry.kind in {Kind.DISPENSED, Kind.RETURNED}:
            left -= entry.capsules
    return left
