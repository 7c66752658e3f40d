"""What a person decides of a whole batch, and the fact that each decision leaves behind (R8, R18)."""

from __future__ import annotations

from datetime import date

from ldninv.domain.batch import Kept
from ldninv.domain.entries import Decision, Entry, Kind, given, said
from ldninv.domain.quantities import capsules as in_words
from ldninv.domain.refusal import Refused
from ldninv.domain.standing import State
from ldninv.domain.standing import of as standing_of


def release(kept: Kept, today: date, *, checks: str | None = None) -> Entry:
    """Return the entry that takes a batch out of quarantine (R8).

    Raises:
        Refused: it is released already, or something stands that a release does not lift.
    """
    lot = kept.batch.lot
    now = standing_of(kept, today)
    if kept.stock.returned:
        came_back = in_words(kept.stock.returned)
        raise Refused(f"Batch {lot} cannot be released: {came_back} came back. Dispose of those first.")
    if kept.stock.quarantined is None:
        raise Refused(f"Batch {lot} is released already. Put it into quarantine first if it is to be looked at again.")
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
        raise Refused(
            f"Batch {kept.batch.lot} is in quarantine already: {kept.stock.quarantined}. Release it once that is "
            f"settled, or reject it."
        )
    return Entry(kind=Kind.QUARANTINED, day=today, reason=given(reason, f"quarantine batch {kept.batch.lot}"))


def reject(kept: Kept, reason: str, today: date) -> Entry:
    """Return the entry that rejects a batch for good; nothing releases it again.

    Raises:
        Refused: it is rejected or destroyed already, or no reason is given.
    """
    _refuse_destroyed(kept, today)
    if kept.stock.rejected is not None:
        raise Refused(f"Batch {kept.batch.lot} is rejected already: {kept.stock.rejected}. Dispose of what is left.")
    return Entry(kind=Kind.REJECTED, day=today, reason=given(reason, f"reject batch {kept.batch.lot}"))


def hold(kept: Kept, reason: str, today: date) -> Entry:
    """Return the entry that puts a batch on hold until a pharmacist decides; one held for storage gets both reasons.

    Raises:
        Refused: it is on hold for another reason or destroyed already, or no reason is given.
    """
    _refuse_destroyed(kept, today)
    if kept.stock.held_otherwise is not None:
        raise Refused(f"Batch {kept.batch.lot} is on hold already: {kept.stock.held}. Decide on it.")
    return _held(given(reason, f"put batch {kept.batch.lot} on hold"), kept.stock.held_for_storage, today)


def hold_for_storage(kept: Kept, reason: str, today: date) -> Entry | None:
    """Return the entry that puts a batch on hold for what its place's record shows; None where nothing is to hold.

    A batch that is barred for good, or of which nothing is left, is not held; one that is on hold for something else
    gets both reasons, and each waits for its own decision.
    """
    stock = kept.stock
    if stock.on_hand == 0 or stock.destroyed or stock.rejected is not None or stock.recalled is not None:
        return None
    reason = said(reason) or reason
    return None if stock.held_for_storage == reason else _held(stock.held_otherwise, reason, today)


def hold_without_breach(kept: Kept, today: date) -> Entry | None:
    """Return the entry that says of a hold for storage that later readings show no breach; None where none is to say.

    The batch stays on hold: what is known changed, and a pharmacist decides on it (R18).
    """
    held = kept.stock.held_for_storage
    if held is None or held.endswith(NO_LONGER) or kept.stock.on_hand == 0:
        return None
    return _held(kept.stock.held_otherwise, f"{held}; {NO_LONGER}", today)


def still_held(kept: Kept, today: date, *, otherwise: bool, storage: bool) -> Entry | None:
    """Return the entry that holds a batch again for what a decision did not answer; None where that is nothing.

    An entry of a decision lifts the whole hold, but it answers only what was decided: what the record of its places
    shows, or what else the batch is on hold for, never both (R9, R18).

    Args:
        kept: The batch as it was before the decision.
        today: The pharmacy's local day.
        otherwise: Whether what else holds it was not decided.
        storage: Whether its hold for storage was not decided.
    """
    left = kept.stock.held_otherwise if otherwise else None, kept.stock.held_for_storage if storage else None
    return None if left == (None, None) else _held(*left, today)


def _held(otherwise: str | None, storage: str | None, today: date) -> Entry:
    reasons = (each for each in (otherwise, storage) if each is not None)
    return Entry(kind=Kind.HELD, day=today, reason="; ".join(reasons), note=storage)


NO_LONGER = "evidence changed: later readings no longer show it"
"""How it ends where its breach is known no more."""


def decide(kept: Kept, decision: Decision, reason: str, today: date, *, expires: date | None = None) -> Entry:
    """Return the entry of a pharmacist's decision; it lifts the hold.

    Keep leaves the batch as it is, shorten gives it an earlier last usable day, discard rejects it. A date can be
    shortened without a hold too; nothing lengthens it.

    Raises:
        Refused: there is no hold to decide on, a date is missing or too many, or it is not earlier.
    """
    lot = kept.batch.lot
    _refuse_destroyed(kept, today)
    if decision is not Decision.SHORTEN and kept.stock.held is None:
        raise Refused(f"Batch {lot} is not on hold, so there is nothing to {decision}. {_INSTEAD[decision]}")
    if decision is Decision.SHORTEN:
        _must_be_earlier(kept, expires)
    elif expires is not None:
        raise Refused(f"A date goes with a decision to shorten, not with one to {decision}. Leave it out.")
    why = given(reason, f"{decision} batch {lot}")
    return Entry(kind=Kind.DECIDED, day=today, reason=why, decision=decision, expires=expires)


_INSTEAD = {
    Decision.KEEP: "If it is in quarantine, release it.",
    Decision.DISCARD: "Reject it instead.",
}
"""The way out where there is no hold."""


def _must_be_earlier(kept: Kept, expires: date | None) -> None:
    batch = kept.batch
    if expires is None:
        raise Refused(f"To shorten batch {batch.lot}, give its new last usable day.")
    if expires >= batch.expiry.on:
        raise Refused(
            f"{expires} is no earlier than {batch.expiry.on}, the last usable day of batch {batch.lot}. A date is "
            f"shortened, never lengthened."
        )
    if expires < batch.prepared:
        raise Refused(f"Batch {batch.lot} was made on {batch.prepared}, after {expires}. Give a later day.")


def _refuse_destroyed(kept: Kept, today: date) -> None:
    if standing_of(kept, today).state is State.DESTROYED:
        raise Refused(f"Batch {kept.batch.lot} is destroyed: nothing is left of it to decide on. Check the lot.")
