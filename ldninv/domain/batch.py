"""A batch as it was made, and what its ledger says of it now."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from ldninv.domain.expiry import ComponentLot, Container, Expiry, Policy
from ldninv.domain.quantities import Strength
from ldninv.domain.stored import NO_RECORD, Stored

FORM = "capsule"


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What was made, once and for all (R26)."""

    lot: str
    strength: Strength
    prepared: date
    expiry: Expiry
    """As it is now: a pharmacist may have shortened it."""
    made: int
    """Capsules."""
    first_expiry: Expiry | None = None
    """The date it was made with, where it was shortened since; None where that is still its date."""
    form: str = FORM
    filler: str | None = None
    container: Container | None = None
    capsule_size: str | None = None
    made_by: str | None = None
    verified_by: str | None = None
    policy: Policy | None = None
    """As it was on that day; None where the date was printed and no policy asked (R1)."""
    components: tuple[ComponentLot, ...] = ()
    id: int = 0
    """The database's key; 0 until it is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stock:
    """What the ledger says of a batch: how much is left, where, and what speaks against it (R8, R10)."""

    on_hand: int = 0
    place: str | None = None
    quarantined: str | None = "not released yet"
    """Why it is in quarantine; None once released."""
    rejected: str | None = None
    recalled: str | None = None
    held: str | None = None
    """Why it is on hold, all of it; None where it is not."""
    held_for_storage: str | None = None
    """The part of `held` that the record of its places gave; None where that gave none."""
    destroyed: bool = False
    """Whether the last capsules left by disposal."""
    returned: int = 0
    """How many of those on hand came back from outside the house, and are never usable again (R10)."""
    shortened: Expiry | None = None
    """The date that a pharmacist gave it instead of its own; None where none did."""
    taken_back: str | None = None
    """Why its making was taken back: it was never made under its lot (see `taking_back`); None where it was made."""

    @property
    def held_otherwise(self) -> str | None:
        """The part of `held` that has nothing to do with storage; None where there is none.

        >>> Stock(held="assay 84 %; storage breach: 41 °C", held_for_storage="storage breach: 41 °C").held_otherwise
        'assay 84 %'
        """
        if self.held is None or self.held == self.held_for_storage:
            return None
        return self.held.removesuffix(f"; {self.held_for_storage}")


@dataclass(frozen=True, slots=True)
class Kept:
    """A batch with its stock: what a list, a card and a guard are made from."""

    batch: Batch
    stock: Stock
    stored: Stored = NO_RECORD
    """How well it was kept, as the record of its places has it now."""
    recorded_until: date | None = None
    """The last day that the record of its place knows; None where no logger watches it, or it has no capsules."""

    def stored_on(self, today: date) -> Stored:
        """Return how well it was kept, as it is on a day: a record that stopped is not in range for ever (R16)."""
        return self.stored.as_of(today, self.stock.place, self.recorded_until)


def dated(batch: Batch, stock: Stock, stored: Stored = NO_RECORD) -> Kept:
    """Return a batch with its stock of some day, under the date that it had then (R1); its storage is as it is now."""
    first = batch.first_expiry or batch.expiry
    if stock.shortened is None:
        return Kept(replace(batch, expiry=first, first_expiry=None) if batch.first_expiry else batch, stock, stored)
    if batch.expiry == stock.shortened:
        return Kept(batch, stock, stored)
    return Kept(replace(batch, expiry=stock.shortened, first_expiry=first), stock, stored)
