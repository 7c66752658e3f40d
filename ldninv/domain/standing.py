"""What a batch is on a day, and why: the one answer that list, card, scan, report and guard all give (R4–R9)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from ldninv.domain import coverage
from ldninv.domain.batch import Batch, Kept, Stock
from ldninv.domain.coverage import SUPPLIES, THIS_WEEK, Band
from ldninv.domain.quantities import capsules as in_words
from ldninv.domain.stored import NO_RECORD, Storage, Stored

__all__ = ["Standing", "State", "Storage", "of", "shortage", "standing"]


class State(StrEnum):
    """The states of R8; where several hold, the first of this order is the batch's state."""

    DESTROYED = "destroyed"
    RECALLED = "recalled"
    REJECTED = "rejected"
    EXPIRED = "expired"
    HELD = "held"
    QUARANTINED = "quarantined"
    DEPLETED = "depleted"
    RELEASED = "released"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What a batch is on one day, and why."""

    state: State
    band: Band
    """By its date alone."""
    usable_days: int
    """May be negative."""
    covers: tuple[int, ...]
    """The usual supplies that its date still covers, whatever its state."""
    last_dispensing: tuple[tuple[int, date], ...]
    """For each usual supply the last day on which it is covered."""
    on_hand: int
    usable: bool
    """Released, within its date, nothing against it, capsules on hand."""
    reasons: tuple[str, ...]
    """All that speaks against it, or what it covers, in words."""
    storage: Storage
    taken_back: bool = False
    """Whether it was never made under its lot: rejected, but nothing was ever wrong with it (see `taking_back`)."""
    ahead: bool = False
    """Whether its preparation day lies ahead: nothing can happen to it yet but a recall."""
    review: str | None = None
    """What a pharmacist should look at in the record of its places; it stays usable all the same (R18)."""

    @property
    def usable_capsules(self) -> int:
        """What may be dispensed today; differs from what stands on the shelf (R11)."""
        return self.on_hand if self.usable else 0

    @property
    def near_expiry(self) -> bool:
        """Released, in date, and no longer good for every supply."""
        return self.state is State.RELEASED and self.band.near_expiry

    @property
    def this_week(self) -> bool:
        """Whether it expires before the next weekly report (R6)."""
        return 1 <= self.usable_days <= THIS_WEEK


def standing(batch: Batch, stock: Stock, today: date, *, buffer: int = 0, stored: Stored = NO_RECORD) -> Standing:
    """Return what the batch is on `today`, from time, storage and standing.

    Args:
        batch: What was made.
        stock: What its ledger says.
        today: The pharmacy's local day.
        buffer: Days to spare that the pharmacy asks of every supply (R5).
        stored: What the record of its places says.
    """
    days = coverage.usable_days(batch.expiry.on, today)
    against = _against(batch, stock, today, days)
    state = next((state for state, _ in against if state is not None), State.RELEASED)
    covered = coverage.covered_supplies(days, buffer)
    return Standing(
        state=state,
        band=coverage.band(days, buffer),
        usable_days=days,
        covers=covered,
        last_dispensing=coverage.last_dispensing_days(batch.expiry.on, buffer),
        on_hand=stock.on_hand,
        usable=not against,
        reasons=(*(tuple(text for _, text in against) or (_serves(days, covered),)), *_to_review(stored)),
        storage=stored.level,
        taken_back=stock.taken_back is not None,
        ahead=batch.prepared > today,
        review=stored.review,
    )


def of(kept: Kept, today: date, *, buffer: int = 0) -> Standing:
    """Return `standing` of a batch with its stock."""
    return standing(kept.batch, kept.stock, today, buffer=buffer, stored=kept.stored_on(today))


def _against(batch: Batch, stock: Stock, today: date, days: int) -> list[tuple[State | None, str]]:
    """List what speaks against dispensing, each with the state it makes, in the order of R8."""
    found = _barred(stock)
    if stock.taken_back is not None:
        return found
    if days <= 0:
        found.append((State.EXPIRED, f"past its date since {batch.expiry.on}"))
    if stock.held is not None:
        found.append((State.HELD, f"on hold: {stock.held}"))
    if stock.quarantined is not None:
        found.append((State.QUARANTINED, f"in quarantine: {stock.quarantined}"))
    if stock.returned:
        what = "dispose of it" if stock.returned == 1 else "dispose of them"
        found.append((State.QUARANTINED, f"in quarantine: {in_words(stock.returned)} came back; {what}"))
    if stock.on_hand == 0 and not stock.destroyed:
        found.append((State.DEPLETED, "no capsules left"))
    if batch.prepared > today:
        found.append((None, f"its preparation date {batch.prepared} lies ahead"))
    return found


def _barred(stock: Stock) -> list[tuple[State | None, str]]:
    """List what bars a batch for good."""
    found: list[tuple[State | None, str]] = []
    if stock.destroyed:
        found.append((State.DESTROYED, "the last capsules were disposed of"))
    if stock.recalled is not None:
        found.append((State.RECALLED, f"recalled: {stock.recalled}"))
    if stock.rejected is not None:
        found.append((State.REJECTED, f"rejected: {stock.rejected}"))
    if stock.taken_back is not None:
        found.append((State.REJECTED, f"taken back, never made under this lot: {stock.taken_back}"))
    return found


def _to_review(stored: Stored) -> tuple[str, ...]:
    return () if stored.review is None else (f"storage to review: {stored.review}",)


@lru_cache(coverage.MANY)
def _serves(days: int, covered: tuple[int, ...]) -> str:
    left = "1 usable day" if days == 1 else f"{days} usable days"
    if not covered:
        return f"{left}: too few for a supply of {SUPPLIES[0]} days"
    return f"{left}: covers {', '.join(str(supply) for supply in covered)} days"


def shortage(kept: Kept, capsules: int) -> str:
    """Return the words for a batch that holds fewer than `capsules` capsules."""
    return f"holds {in_words(kept.stock.on_hand)}, fewer than {capsules}"
