"""What may happen to a batch, and the fact that each happening leaves behind (R8–R11, R13).

Quantity on hand is the sum of the entries' changes and never below zero. What must not be dispensed is refused here,
below every screen; what must go away always can.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from ldninv.domain import signs
from ldninv.domain.batch import Batch, Kept, Stock
from ldninv.domain.coverage import covers, last_dispensing_day
from ldninv.domain.quantities import LARGEST_BATCH, whole_capsules, whole_days
from ldninv.domain.quantities import capsules as in_words
from ldninv.domain.refusal import Refused
from ldninv.domain.standing import State, shortage
from ldninv.domain.standing import of as standing_of


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


class DisposalReason(StrEnum):
    """Why capsules are disposed of (R13)."""

    EXPIRED = "expired"
    FAILED_QC = "failed-qc"
    STORAGE = "storage"
    RECALL = "recall"
    DAMAGE = "damage"
    COUNT_LOSS = "count-loss"


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
    """Method, witness or checks, as the kind has them."""
    voids: int | None = None
    """The entry that this one takes back (R10)."""


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


def stock_after(entries: Iterable[Entry]) -> Stock:
    """Return what a batch's entries, oldest first, make of it: what the database's own sums are checked against.

    >>> stock_after([]).on_hand
    0
    """
    stock = Stock()
    for entry in entries:
        stock = _after(stock, entry)
    return stock


def _after(stock: Stock, entry: Entry) -> Stock:
    on_hand = stock.on_hand + entry.capsules
    destroyed = stock.destroyed if entry.capsules == 0 else entry.kind is Kind.DESTROYED and on_hand == 0
    stock = replace(stock, on_hand=on_hand, destroyed=destroyed, place=entry.place or stock.place)
    said = entry.reason or ""
    match entry.kind:
        case Kind.RELEASED:
            stock = replace(stock, quarantined=None)
        case Kind.QUARANTINED:
            stock = replace(stock, quarantined=said or Stock().quarantined)
        case Kind.REJECTED:
            stock = replace(stock, rejected=said)
        case Kind.RECALLED:
            stock = replace(stock, recalled=said)
        case Kind.HELD:
            stock = replace(stock, held=said)
        case Kind.DECIDED:
            stock = replace(stock, held=None)
    return stock


def made(batch: Batch, place: str | None, day: date) -> Entry:
    """Return the entry that opens a batch's ledger."""
    return Entry(kind=Kind.MADE, day=day, capsules=batch.made, place=place)


def dispense(
    kept: Kept, capsules: int, days_supply: int, today: date, *, buffer: int = 0, reason: str | None = None
) -> Entry:
    """Return the entry that takes `capsules` for a supply of `days_supply` days.

    Raises:
        Refused: the batch is not usable today, does not cover the supply, or holds too few capsules (R5, R9, R10).
    """
    whole_capsules(capsules)
    whole_days(days_supply)
    lot = kept.batch.lot
    now = standing_of(kept, today, buffer=buffer)
    if not now.usable:
        word = signs.sign(now).word.lower()
        raise Refused(f"Batch {lot} must not be dispensed ({word}): {'; '.join(now.reasons)}. Scan another batch.")
    if not covers(now.usable_days, days_supply, buffer):
        last = last_dispensing_day(kept.batch.expiry.on, days_supply, buffer)
        raise Refused(
            f"Batch {lot} does not cover {days_supply} days: its last usable day is {kept.batch.expiry.on}, and the "
            f"last day to dispense {days_supply} days was {last}. Take a batch with a later date or a shorter supply."
        )
    _must_hold(kept, capsules)
    return Entry(kind=Kind.DISPENSED, day=today, capsules=-capsules, days_supply=days_supply, reason=reason)


def waste(kept: Kept, capsules: int, reason: str, today: date) -> Entry:
    """Return the entry that writes off `capsules`; allowed in every state with stock (R9)."""
    _must_hold(kept, whole_capsules(capsules))
    return Entry(kind=Kind.WASTED, day=today, capsules=-capsules, reason=_given(reason, "write off capsules"))


def dispose(
    kept: Kept,
    capsules: int,
    reason: DisposalReason,
    today: date,
    *,
    method: str | None = None,
    witness: str | None = None,
) -> Entry:
    """Return the entry that disposes of `capsules`; allowed in every state with stock (R9, R13)."""
    _must_hold(kept, whole_capsules(capsules))
    details = [f"{name}: {text}" for name, text in (("method", method), ("witness", witness)) if text]
    return Entry(
        kind=Kind.DESTROYED, day=today, capsules=-capsules, reason=reason.value, note="; ".join(details) or None
    )


def count(kept: Kept, found: int, today: date, *, reason: str | None = None) -> Entry:
    """Return the entry that sets the books to the `found` capsules; the difference is its change."""
    if not 0 <= found <= LARGEST_BATCH:
        raise Refused(f"{found} is no count of capsules. Give 0 or more.")
    if found > kept.batch.made and not (reason or "").strip():
        raise Refused(
            f"{found} is more than the {kept.batch.made} that were made of batch {kept.batch.lot}. Count again, or "
            f"give a reason."
        )
    return Entry(kind=Kind.COUNTED, day=today, capsules=found - kept.stock.on_hand, reason=reason)


def move(kept: Kept, place: str, today: date) -> Entry:
    """Return the entry that puts the batch at `place`; allowed in every state (R9).

    Raises:
        Refused: it stands there already.
    """
    if kept.stock.place == place:
        raise Refused(f"Batch {kept.batch.lot} stands at {place} already.")
    return Entry(kind=Kind.MOVED, day=today, place=place)


def release(kept: Kept, today: date, *, checks: str | None = None) -> Entry:
    """Return the entry that takes a batch out of quarantine (R8).

    Raises:
        Refused: it is released already, or something stands that a release does not lift.
    """
    lot = kept.batch.lot
    now = standing_of(kept, today)
    if kept.stock.quarantined is None:
        raise Refused(f"Batch {lot} is released already.")
    if now.state in {State.DESTROYED, State.RECALLED, State.REJECTED, State.EXPIRED}:
        raise Refused(f"Batch {lot} cannot be released: {now.reasons[0]}. Dispose of what is left of it.")
    if kept.batch.prepared > today:
        raise Refused(f"Batch {lot} cannot be released before it is made, on {kept.batch.prepared}.")
    return Entry(kind=Kind.RELEASED, day=today, note=checks)


def quarantine(kept: Kept, reason: str, today: date) -> Entry:
    """Return the entry that puts a batch into quarantine.

    Raises:
        Refused: it is there already, or no reason is given.
    """
    if kept.stock.quarantined is not None:
        raise Refused(f"Batch {kept.batch.lot} is in quarantine already: {kept.stock.quarantined}.")
    return Entry(kind=Kind.QUARANTINED, day=today, reason=_given(reason, "quarantine a batch"))


_VOIDABLE = frozenset(
    {Kind.DISPENSED, Kind.WASTED, Kind.SAMPLED, Kind.COUNTED, Kind.DESTROYED, Kind.MOVED, Kind.RELEASED}
)
"""What a new entry can take back. A quarantine is lifted by a release, which somebody answers for."""


def voidable(entry: Entry) -> bool:
    """Whether a new entry could take `entry` back at all, were it the last of its batch."""
    return entry.kind in _VOIDABLE and entry.voids is None


def void(history: Sequence[Posted], number: int, reason: str, today: date) -> Entry:
    """Return the entry that takes back entry `number` of a batch (R10).

    Capsules come back, or leave again where a count had added them; a moved batch stands where it stood before; a
    release that is taken back leaves the batch in quarantine.

    Args:
        history: All entries of the batch, oldest first.
        number: Which of them.
        reason: Why.
        today: The pharmacy's local day.

    Raises:
        Refused: it cannot be taken back, was taken back already, or less than nothing would be left.
    """
    posted = next((each for each in history if each.id == number), None)
    if posted is None:
        raise Refused(f"There is no entry {number}. Look at the batch's movements for its number.")
    old = posted.entry
    if not voidable(old):
        raise Refused(f"Entry {number} ({old.kind}) cannot be taken back. Make a new entry that says what is so now.")
    if any(each.entry.voids == number for each in history):
        raise Refused(f"Entry {number} was taken back already.")
    stock = stock_after(each.entry for each in history)
    if stock.on_hand < old.capsules:
        raise Refused(
            f"Entry {number} cannot be taken back: it added {old.capsules}, and the batch holds "
            f"{in_words(stock.on_hand)}. Count the batch instead."
        )
    said = _given(reason, "take an entry back")
    if old.kind is Kind.RELEASED:
        return Entry(kind=Kind.QUARANTINED, day=today, reason=f"release taken back: {said}", voids=number)
    if old.kind is Kind.MOVED:
        return _back(history, posted, said, today)
    return Entry(kind=Kind.VOIDED, day=today, capsules=-old.capsules, reason=said, voids=number)


def _back(history: Sequence[Posted], moved: Posted, reason: str, today: date) -> Entry:
    if any(each.id > moved.id and each.entry.place for each in history):
        raise Refused(f"Batch {moved.lot} was moved again since. Move it to where it stands now.")
    before = stock_after(each.entry for each in history if each.id < moved.id).place
    if before is None:
        raise Refused(f"Batch {moved.lot} stood nowhere before. Move it to where it stands now.")
    return Entry(kind=Kind.VOIDED, day=today, place=before, reason=reason, voids=moved.id)


def _must_hold(kept: Kept, capsules: int) -> None:
    if kept.stock.on_hand == 0:
        raise Refused(f"Batch {kept.batch.lot} has no capsules left. Scan another, or count it if some stand there.")
    if kept.stock.on_hand < capsules:
        raise Refused(
            f"Batch {kept.batch.lot} {shortage(kept, capsules)}. "
            f"Take {in_words(kept.stock.on_hand)} or fewer, or count the batch."
        )


def _given(reason: str, purpose: str) -> str:
    if not reason.strip():
        raise Refused(f"A reason is needed to {purpose}. Say it in a few words.")
    return reason.strip()
