"""What may happen to a batch's capsules, and the fact that each happening leaves behind (R9–R11, R13).

Quantity on hand is the sum of the entries' changes and never below zero. What must not be dispensed is refused here,
below every screen; what must go away always can.
"""

from __future__ import annotations

from datetime import date

from ldninv.domain import signs
from ldninv.domain.batch import Batch, Kept
from ldninv.domain.coverage import Band, covers, last_dispensing_day
from ldninv.domain.entries import Decision, Disposal, DisposalReason, Entry, Kind, Posted, given, stock_after
from ldninv.domain.quantities import LARGEST_BATCH, whole_capsules, whole_days
from ldninv.domain.quantities import capsules as in_words
from ldninv.domain.refusal import Refused
from ldninv.domain.standing import of as standing_of
from ldninv.domain.standing import shortage

__all__ = [
    "Decision",
    "Disposal",
    "DisposalReason",
    "Entry",
    "Kind",
    "Posted",
    "accept_return",
    "count",
    "dispense",
    "dispose",
    "made",
    "move",
    "refuse_backwards",
    "sample",
    "stock_after",
    "waste",
]


def made(batch: Batch, place: str | None, day: date) -> Entry:
    """Return the entry that opens a batch's ledger."""
    return Entry(kind=Kind.MADE, day=day, capsules=batch.made, place=place)


def ticked(*, reminded: bool = False, reinspected: bool = False) -> str | None:
    """Return what is kept on a dispensing of the ticks beside it; they decide nothing.

    Args:
        reminded: The reminder was read (R37).
        reinspected: The capsules were looked at again, as they are on a later day than made (R8).

    >>> ticked(reminded=True, reinspected=True)
    'opioid reminder ticked; looked at again'
    """
    said = ((REMINDED, reminded), (REINSPECTED, reinspected))
    return "; ".join(text for text, tick in said if tick) or None


REMINDED = "opioid reminder ticked"
REINSPECTED = "looked at again"


def dispense(
    kept: Kept,
    capsules: int,
    days_supply: int,
    today: date,
    *,
    buffer: int = 0,
    reason: str | None = None,
    note: str | None = None,
) -> Entry:
    """Return the entry that takes `capsules` for a supply of `days_supply` days.

    Raises:
        Refused: the batch is not usable today, does not cover the supply, or holds too few capsules (R5, R9, R10).
    """
    lot = kept.batch.lot
    whole_capsules(capsules, lot)
    whole_days(days_supply, lot)
    now = standing_of(kept, today, buffer=buffer)
    if not now.usable:
        word = signs.sign(now).word.lower()
        raise Refused(f"Batch {lot} must not be dispensed ({word}): {signs.why(now)}. Scan another batch.")
    if not covers(now.usable_days, days_supply, buffer):
        last = last_dispensing_day(kept.batch.expiry.on, days_supply, buffer)
        raise Refused(
            f"Batch {lot} does not cover {days_supply} days: its last usable day is {kept.batch.expiry.on}, and the "
            f"last day to dispense {days_supply} days was {last}. Take a batch with a later date or a shorter supply."
        )
    _must_hold(kept, capsules)
    return Entry(kind=Kind.DISPENSED, day=today, capsules=-capsules, days_supply=days_supply, reason=reason, note=note)


def waste(kept: Kept, capsules: int, reason: str, today: date) -> Entry:
    """Return the entry that writes off `capsules`; allowed in every state with stock (R9)."""
    _must_hold(kept, whole_capsules(capsules, kept.batch.lot))
    said = given(reason, f"write off capsules of batch {kept.batch.lot}")
    return Entry(kind=Kind.WASTED, day=today, capsules=-capsules, returned=_came_back(kept, capsules), reason=said)


def sample(kept: Kept, capsules: int, today: date, *, reason: str | None = None) -> Entry:
    """Return the entry that takes `capsules` for an assay; allowed in every state with stock."""
    _must_hold(kept, whole_capsules(capsules, kept.batch.lot))
    returned = _came_back(kept, capsules)
    return Entry(kind=Kind.SAMPLED, day=today, capsules=-capsules, returned=returned, reason=reason)


def accept_return(kept: Kept, capsules: int, out: int, today: date, *, reason: str | None = None) -> Entry:
    """Return the entry that takes back `capsules` which had left the house: never usable again (R10).

    Args:
        kept: The batch as it stands.
        capsules: How many came back.
        out: How many can (`entries.out_of_the_house`).
        today: The pharmacy's local day.
        reason: Why.

    Raises:
        Refused: more than are out by the books, or than were made.
    """
    lot, made, on_hand = kept.batch.lot, kept.batch.made, kept.stock.on_hand
    if whole_capsules(capsules, lot) > out:
        are_out = f"{in_words(out)} of it" if out > 0 else "none of it"
        raise Refused(
            f"{in_words(capsules)} of batch {lot} cannot have come back: by its books {are_out} went to patients and "
            f"did not come back yet. Check lot and number; what never left the house is entered by a count."
        )
    if capsules > made - on_hand:
        raise Refused(
            f"{in_words(capsules)} of batch {lot} cannot have come back: {made} were made, and {on_hand} are on hand. "
            f"Check lot and number, or count the batch."
        )
    return Entry(kind=Kind.RETURNED, day=today, capsules=capsules, returned=capsules, reason=reason)


def dispose(
    kept: Kept,
    capsules: int,
    reason: DisposalReason,
    today: date,
    *,
    disposal: Disposal | None = None,
) -> Entry:
    """Return the entry that disposes of `capsules`; allowed in every state with stock (R9, R13).

    Raises:
        Refused: the batch holds too few capsules, or is said to have expired and has not.
    """
    _must_hold(kept, whole_capsules(capsules, kept.batch.lot))
    if reason is DisposalReason.EXPIRED and standing_of(kept, today).band is not Band.EXPIRED:
        raise Refused(
            f"Batch {kept.batch.lot} has not expired: its last usable day is {kept.batch.expiry.on}. Give the reason "
            f"that is so, such as damage or recall."
        )
    return Entry(
        kind=Kind.DESTROYED,
        day=today,
        capsules=-capsules,
        returned=_came_back(kept, capsules),
        reason=reason.value,
        note=str(disposal) or None if disposal else None,
    )


def count(kept: Kept, found: int, today: date, *, reason: str | None = None) -> Entry:
    """Return the entry that sets the books to the `found` capsules; the difference is its change."""
    if not 0 <= found <= LARGEST_BATCH:
        raise Refused(f"{found} is no count of capsules of batch {kept.batch.lot}. Give 0 to {LARGEST_BATCH}.")
    if found > kept.batch.made and not (reason or "").strip():
        raise Refused(
            f"{found} is more than the {kept.batch.made} that were made of batch {kept.batch.lot}. Count again, or "
            f"give a reason."
        )
    returned = min(0, found - kept.stock.returned)
    return Entry(kind=Kind.COUNTED, day=today, capsules=found - kept.stock.on_hand, returned=returned, reason=reason)


def move(kept: Kept, place: str, today: date) -> Entry:
    """Return the entry that puts the batch at `place`; allowed in every state (R9).

    Raises:
        Refused: it stands there already.
    """
    if kept.stock.place == place:
        raise Refused(f"Batch {kept.batch.lot} stands at {place} already. Name another place, or leave it there.")
    return Entry(kind=Kind.MOVED, day=today, place=place)


def _must_hold(kept: Kept, capsules: int) -> None:
    if kept.stock.on_hand == 0:
        raise Refused(f"Batch {kept.batch.lot} has no capsules left. Scan another, or count it if some stand there.")
    if kept.stock.on_hand < capsules:
        raise Refused(
            f"Batch {kept.batch.lot} {shortage(kept, capsules)}. "
            f"Take {in_words(kept.stock.on_hand)} or fewer, or count the batch."
        )


def _came_back(kept: Kept, capsules: int) -> int:
    """Return the change of what came back where so many capsules leave: what is never usable again goes first."""
    return -min(kept.stock.returned, capsules)


def refuse_backwards(batch: Batch, last: date | None, today: date) -> None:
    """Refuse an entry on a day before the batch was made, or before its last entry.

    Args:
        batch: Which.
        last: The latest day of an entry of its ledger.
        today: The pharmacy's local day.

    Raises:
        Refused: the clock has gone backwards, or the batch is dated ahead.
    """
    if last is not None and today < last:
        raise Refused(
            f"Batch {batch.lot} has an entry of {last}, and today is {today} here: the clock has gone backwards. Set "
            f"the computer's clock right and try again; if it is right, take that entry back first."
        )
    if today < batch.prepared:
        raise Refused(
            f"Batch {batch.lot} is dated {batch.prepared}, and today is {today} here: nothing can happen to it before "
            f"it is made. If today is wrong, set the computer's clock right; if the batch's day is, take back the "
            f"entry that made it."
        )
