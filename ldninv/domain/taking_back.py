"""What an entry can take back, and what a batch is whose making was taken back (R8, R10).

A batch that a wrong clock dated ahead was never made under its lot. Once its making is taken back nothing of it is on
hand, it stands nowhere, and what was said of it before counts for nothing, but a recall. It is rejected, and nothing
can happen to it but a recall. No other batch gets its lot; the same one alone may come in again, with a list that says
the same of it. Its row, record, signatures and trail stay.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ldninv.domain.batch import Batch, Kept
from ldninv.domain.entries import (
    STANDING,
    Entry,
    Kind,
    Posted,
    given,
    out_of_the_house,
    standing_entries,
    stock_after,
)  # fmt: skip
from ldninv.domain.quantities import capsules as in_words
from ldninv.domain.refusal import Refused

_VOIDABLE = frozenset(
    {
        Kind.DISPENSED,
        Kind.RETURNED,
        Kind.WASTED,
        Kind.SAMPLED,
        Kind.COUNTED,
        Kind.DESTROYED,
        Kind.MOVED,
        Kind.RELEASED,
    }
)
"""What a new entry can take back. A quarantine is lifted by a release, which somebody answers for."""

_SIGNED = (STANDING - {Kind.RECALLED}) | {Kind.MADE}
"""What is taken back with a signature, where a wrong clock dated it ahead. A recall is taken back as a whole."""


def voidable(entry: Entry) -> bool:
    """Whether a new entry could take `entry` back at all, were it the last of its batch."""
    return entry.kind in _VOIDABLE and entry.voids is None


def dated_ahead(batch: Batch, entry: Entry, today: date) -> bool:
    """Whether `entry` or its batch has a day that lies ahead, as by a wrong clock: nothing could happen until then."""
    return max(entry.day, batch.prepared) > today and entry.voids is None


def void_signed(batch: Batch, entry: Entry, today: date) -> bool:
    """Whether `entry` is taken back with a pharmacist's signature.

    So is a disposal, which somebody signed and another person saw (R13); and what said on a wrong day what becomes of
    the batch. What was said on its right day stays: a hold is decided on, a quarantine released, and the others are
    for good. A recall is taken back as a whole, not batch by batch.
    """
    if entry.kind is Kind.DESTROYED:
        return entry.voids is None
    return entry.kind in _SIGNED and dated_ahead(batch, entry, today)


def void(batch: Batch, history: Sequence[Posted], number: int, reason: str, today: date) -> Entry:
    """Return the entry that takes back entry `number` of a batch (R10).

    Capsules come back, or leave again where a count had added them; a moved batch stands where it stood before; a
    release that is taken back leaves the batch in quarantine. An entry that a wrong clock dated ahead is taken back on
    its own day, whatever its kind: else nothing could happen to the batch until then.

    Args:
        batch: Which.
        history: All its entries, oldest first.
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
    if not voidable(old) and not (dated_ahead(batch, old, today) and old.kind in _SIGNED | {Kind.RECALLED}):
        raise Refused(f"Entry {number} of batch {posted.lot} cannot be taken back: {_INSTEAD[old.kind]}")
    if any(each.entry.voids == number for each in history):
        raise Refused(f"Entry {number} of batch {posted.lot} was taken back already. Look at the batch's movements.")
    if old.kind is Kind.MADE:
        _refuse_used(history, posted)
    elif old.kind is not Kind.RECALLED and number < _unmade(history):
        raise Refused(f"Batch {posted.lot} was taken back itself, and with it all that was said of it before.")
    elif old.capsules:
        _refuse_contradicting(batch, history, posted)
    _refuse_below_nothing(history, posted)
    said, today = given(reason, f"take entry {number} of batch {posted.lot} back"), max(today, old.day)
    if old.kind is Kind.RELEASED:
        return Entry(kind=Kind.QUARANTINED, day=today, reason=f"release taken back: {said}", voids=number)
    if old.kind is Kind.MOVED:
        return _back(history, posted, said, today)
    return Entry(kind=Kind.VOIDED, day=today, capsules=-old.capsules, returned=-old.returned, reason=said, voids=number)


def refuse_taken_back(kept: Kept) -> None:
    """Refuse what is to happen to a batch whose making was taken back.

    Raises:
        Refused: it was.
    """
    if kept.stock.taken_back is not None:
        raise Refused(
            f"Batch {kept.batch.lot} was taken back, so it was never made under this lot: {kept.stock.taken_back}. "
            f"Make it anew, and stick the new label on what stands there."
        )


_INSTEAD = {
    Kind.MADE: "the batch was made. Write off what is not there, or dispose of it.",
    Kind.QUARANTINED: "a quarantine is lifted by a release.",
    Kind.REJECTED: "it was rejected, and stays so. Dispose of what is left.",
    Kind.HELD: "a hold is lifted by a decision. Decide on the batch.",
    Kind.RECALLED: "it was recalled, and stays so. Dispose of what is left.",
    Kind.DECIDED: "it was decided on. Put the batch on hold and decide anew; a date is only shortened.",
    Kind.VOIDED: "it takes another one back itself. Do again what was taken back.",
}
"""Why an entry stays, and the way out."""


def _refuse_used(history: Sequence[Posted], made: Posted) -> None:
    """Refuse to take a making back while capsules of it left, came back or were counted in the books."""
    gone = {each.entry.voids for each in history}
    stand = [
        each
        for each in history
        if each.id > made.id and each.entry.capsules and each.entry.voids is None and each.id not in gone
    ]
    if stand:
        named = ", ".join(f"{each.id} ({each.entry.kind})" for each in reversed(stand))
        which = "this entry" if len(stand) == 1 else "these entries, the newest first"
        raise Refused(
            f"Batch {made.lot} cannot be taken back while its books tell of capsules that left, came back or were "
            f"counted. Take back {which}: {named}."
        )


def _refuse_below_nothing(history: Sequence[Posted], old: Posted) -> None:
    """Refuse what would leave less than nothing on hand, or of what came back."""
    stock = stock_after((each.entry for each in history), (each.id for each in history))
    if stock.on_hand < old.entry.capsules:
        raise Refused(
            f"Entry {old.id} of batch {old.lot} cannot be taken back: it added {old.entry.capsules}, and the batch "
            f"holds {in_words(stock.on_hand)}. Count the batch instead."
        )
    if not 0 <= stock.returned - old.entry.returned <= stock.on_hand - old.entry.capsules:
        raise Refused(
            f"Entry {old.id} of batch {old.lot} cannot be taken back: of the capsules that came back, "
            f"{stock.returned} are left. Count the batch instead."
        )


def _refuse_contradicting(batch: Batch, history: Sequence[Posted], old: Posted) -> None:
    """Refuse what would put capsules into the books that never were: what came after it rests on it."""
    start = f"Entry {old.id} of batch {old.lot} cannot be taken back:"
    stand = standing_entries(history)
    counted = [each for each in stand if each.entry.kind is Kind.COUNTED]
    found = {each.id: sum(one.entry.capsules for one in history if one.id <= each.id) for each in counted}
    later = next((each for each in reversed(counted) if each.id > old.id), None)
    if later is not None:
        raise Refused(
            f"{start} the batch was counted since, with entry {later.id}, and {in_words(found[later.id])} were found. "
            f"Take entry {later.id} back first, or count the batch anew."
        )
    back = [each for each in stand if each.entry.kind is Kind.RETURNED]
    if old.entry.kind is Kind.DISPENSED and back and out_of_the_house(history) + old.entry.capsules < 0:
        came = in_words(sum(each.entry.capsules for each in back))
        raise Refused(
            f"{start} {came} came back, more than were dispensed without it. Take the return of entry {back[-1].id} "
            f"back first, or count the batch."
        )
    after = sum(each.entry.capsules for each in history) - old.entry.capsules
    if old.entry.capsules < 0 and after > max(batch.made, *found.values(), 0):
        raise Refused(
            f"{start} the batch would then hold {in_words(after)}, and {batch.made} were made. Take back what came in "
            f"since, or count the batch."
        )


def _unmade(history: Sequence[Posted]) -> int:
    """Return the number of the entry that took the batch's making back last; 0 where none did."""
    made = {each.id for each in history if each.entry.kind is Kind.MADE}
    return max((each.id for each in history if each.entry.voids in made), default=0)


def _back(history: Sequence[Posted], moved: Posted, reason: str, today: date) -> Entry:
    if any(each.id > moved.id and each.entry.place for each in history):
        raise Refused(f"Batch {moved.lot} was moved again since. Move it to where it stands now.")
    earlier = [each for each in history if each.id < moved.id]
    before = stock_after((each.entry for each in earlier), (each.id for each in earlier)).place
    if before is None:
        raise Refused(f"Batch {moved.lot} stood nowhere before. Move it to where it stands now.")
    return Entry(kind=Kind.VOIDED, day=today, place=before, reason=reason, voids=moved.id)
