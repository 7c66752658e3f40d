"""What the forms say: what would come of it, and what was done. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ldninv.domain import coverage
from ldninv.domain.batch import Batch, Kept, Stock
from ldninv.domain.entries import Decision
from ldninv.domain.expiry import DecidedBy, Expiry
from ldninv.domain.ledger import DisposalReason, Kind, Posted
from ldninv.domain.lots import is_internal
from ldninv.domain.places import PlaceKind
from ldninv.domain.quality import Checks, Quality
from ldninv.domain.quantities import capsules
from ldninv.domain.refusal import Refused
from ldninv.domain.standing import Standing, State
from ldninv.domain.told import happened
from ldninv.domain.weights import plain
from ldninv.services.ledger import Outlook
from ldninv.ui import words
from ldninv.ui.acting import reasons

NOT_WITH_OPIOIDS = "Not with opioid pain medicines"
"""The one reminder of the dispensing form (R37)."""

NEVER_AGAIN = "What left the house is never used again: it waits in quarantine until it is disposed of."
NO_DAY = "Type the day as YYYY-MM-DD, or pick it."

_LIKELY = {
    State.EXPIRED: DisposalReason.EXPIRED,
    State.REJECTED: DisposalReason.FAILED_QC,
    State.RECALLED: DisposalReason.RECALL,
    State.HELD: DisposalReason.STORAGE,
}
_KINDS = {
    PlaceKind.SHELF: "shelf",
    PlaceKind.SHORT_DATED: "short-dated",
    PlaceKind.QUARANTINE: "quarantine",
    PlaceKind.EXPIRED: "expired stock",
    PlaceKind.DISPOSAL: "disposal",
}
_PLACE_FOR = {State.EXPIRED: PlaceKind.EXPIRED, State.QUARANTINED: PlaceKind.QUARANTINE}


def disposal_reason(now: Standing) -> DisposalReason | None:
    """Return the reason that the state of a batch suggests; None where it suggests none."""
    return _LIKELY.get(now.state)


def place_kind(kind: PlaceKind) -> str:
    """Return what a place is for."""
    return _KINDS[kind]


def likely_place(now: Standing) -> PlaceKind:
    """Return the kind of place that a batch of this standing is moved to."""
    return _PLACE_FOR.get(now.state, PlaceKind.SHORT_DATED if now.near_expiry else PlaceKind.SHELF)


def number(text: str, what: str) -> int:
    """Return the whole number that a person typed for `what`.

    Raises:
        Refused: nothing, or something else, such as a scan that landed in the field.

    >>> number(" 30 ", "capsules")
    30
    """
    bare = text.strip()
    if not bare:
        raise Refused(f"The number of {what} is missing. Type it.")
    if is_internal(bare):
        raise Refused(
            f"“{bare}” is a batch's lot, and no number of {what}. Scan it in the search (Ctrl+F), or type a number."
        )
    if not (bare.isascii() and bare.isdigit()) or len(bare) > len("1000000"):
        raise Refused(f"“{bare}” is no number of {what}. Type a whole number.")
    return int(bare)


def reason(text: str, purpose: str) -> str:
    """Return the reason that a person gave.

    Raises:
        Refused: none, or a lot that was scanned into the field.
    """
    if not text.strip():
        raise Refused(f"A reason is needed to {purpose}. Say it in a few words.")
    if is_internal(text):
        raise Refused(f"“{text.strip()}” is a lot, and no reason. Leave this form with Esc to open it, or say why.")
    return text.strip()


def astray(text: str) -> str:
    """Return that something was typed, or scanned, where there is no field."""
    if is_internal(text):
        return f"“{text}” is a batch's lot. This form stays as it is; leave it with Esc, or open the batch."
    return f"“{text}” was typed where there is no field, and nothing was done. Type it here, or leave with Esc."


def opening(lot: str) -> str:
    """Return the words of the button that opens a batch whose lot was scanned into a form.

    >>> opening("LDN260117001M")
    'Open LDN260117001M'
    """
    return f"Open {lot}"


def still_at(place: str) -> str:
    """Return that a released batch stands where it waited, and what to do next (R8)."""
    return f"It still stands at {place}: move it to the shelf."


def covered(now: Standing, days: int, last: date) -> str:
    """Return that a supply is covered, and until when it would be taken.

    The first capsule is taken today, the last on `last` (R5).
    """
    spare = now.usable_days - days
    left = "on its last usable day" if spare == 0 else f"{spare} {'day' if spare == 1 else 'days'} to spare"
    return f"Covers {days} days: the last capsule is taken on {last}, {left}."


def instead(outlook: Outlook, lot: str) -> str | None:
    """Return the words of the button that takes another batch; None where this is the one to take, or none is."""
    first = outlook.first
    if first is None or first.batch.lot == lot or not (outlook.refusal or outlook.passes_over):
        return None
    return f"Take {first.batch.lot} instead"


def earlier(first: Kept) -> str:
    """Return that another batch ought to go first (R7)."""
    return (
        f"{first.batch.lot} expires earlier, on {first.batch.expiry.on}, and would serve. "
        f"Take it, or say why it is passed over."
    )


def counted(found: int, booked: int) -> str:
    """Return how a count differs from the books.

    >>> counted(118, 120), counted(120, 120)
    ('2 fewer than the 120 that are booked.', 'As booked: 120 capsules.')
    """
    if found == booked:
        return f"As booked: {capsules(booked)}."
    return f"{abs(found - booked)} {'fewer' if found < booked else 'more'} than the {booked} that are booked."


def remains(taken: int, on_hand: int) -> str:
    """Return what would be left on hand.

    >>> remains(30, 120), remains(130, 120)
    ('90 of 120 capsules will be left.', 'Only 120 capsules are on hand.')
    """
    if taken > on_hand:
        return f"Only {on_hand} {'capsule is' if on_hand == 1 else 'capsules are'} on hand."
    if taken == on_hand:
        return f"All of the {capsules(on_hand)}: none will be left."
    return f"{on_hand - taken} of {capsules(on_hand)} will be left."


def on_hand(number: int) -> str:
    """Return what is booked, before a number is typed.

    >>> on_hand(120)
    '120 capsules are on hand.'
    """
    return f"{capsules(number)} {'is' if number == 1 else 'are'} on hand."


def came_back(number: int, on_hand: int) -> str:
    """Return what becomes of capsules that come back (R10).

    >>> came_back(1, 119)
    '1 capsule more, 120 on hand. The batch goes into quarantine: dispose of what came back, and it is as before.'
    """
    return (
        f"{capsules(number)} more, {on_hand + number} on hand. The batch goes into quarantine: dispose of what came "
        f"back, and it is as before."
    )


def expires_now(until: date) -> str:
    """Return which date stands now."""
    return f"Its last usable day is {until}. A date is shortened, never lengthened."


def shortened(until: date, batch: Batch, today: date) -> str:
    """Return what a shorter date would mean."""
    if until >= batch.expiry.on:
        return f"{until} is no earlier than {batch.expiry.on}. A date is shortened, never lengthened."
    if until < batch.prepared:
        return f"It was made on {batch.prepared}, after {until}."
    days = coverage.usable_days(until, today)
    if days <= 0:
        return f"It would be expired at once: {until} is past."
    return f"Last usable day {until} in place of {batch.expiry.on}: {days} {'day' if days == 1 else 'days'} left."


def on_hold(stock: Stock) -> str:
    """Return for what a batch is on hold, and which of it a decision is about: one at a time."""
    if stock.held is None:
        return "It is not on hold."
    if stock.held_otherwise is None or stock.held_for_storage is None:
        return f"On hold: {stock.held}."
    return f"On hold: {stock.held_otherwise}. Storage is decided on apart, afterwards: {stock.held_for_storage}."


def decision(chosen: Decision | None, kept: Kept) -> str:
    """Return what a decision does."""
    on = kept.stock.held_otherwise is not None and kept.stock.held_for_storage is not None
    if chosen is Decision.KEEP:
        lifted = "Storage holds it on" if on else "The hold is lifted"
        return f"{lifted}, and the date stays {kept.batch.expiry.on}."
    if chosen is Decision.DISCARD:
        return "The batch is rejected for good; what is left of it is disposed of."
    which = "this hold, and not that for storage" if on else "the hold"
    return f"Keep lifts {which}; shorten gives an earlier date as well; discard rejects the batch."


def all_of_them(number: int) -> str:
    """Return how many capsules go where many batches do."""
    return f"All that stands there: {capsules(number)}."


def label(text: str) -> str:
    """Return what was seen of a batch's label, as it is kept.

    >>> label("matches the record"), label("strength smeared")
    ('ok', 'strength smeared')
    """
    return "ok" if text.strip() == reasons.LABEL_MATCHES else reason(text, "say how the label differs")


def weighed(found: Quality) -> str:
    """Return number, mean and spread of the capsules that were weighed, and why they cannot be judged."""
    sample = found.weighed
    if sample is None:
        return ""
    spread = "" if sample.rsd_percent is None else f", relative deviation {sample.rsd_percent} %"
    says = f"{sample.count} weighed: mean {plain(sample.mean_mg)} mg{spread}."
    return f"{says} Not judged: {found.undecided}." if found.undecided else says


def missing(checks: Checks) -> str:
    """Return which checks are not recorded yet (R8)."""
    found = checks.lacking()
    return f"Not recorded yet: {', '.join(found)}." if found else "All checks are recorded."


def decided(expiry: Expiry) -> str:
    """Return a new batch's date with the reason that decided it (R1).

    >>> decided(Expiry(date(2027, 4, 30), DecidedBy.COMPONENT, "Naltrexone HCl NX24"))
    '2027-04-30, because Naltrexone HCl NX24 expires then'
    """
    if expiry.decided_by is DecidedBy.COMPONENT:
        return f"{words.day(expiry.on)}, because {expiry.rule} expires then"
    return f"{words.day(expiry.on)}, {words.decided_by(expiry)}"


def done(posted: Posted) -> str:
    """Return what was done to a batch, in a line."""
    text = happened(posted)
    if posted.entry.kind is Kind.COUNTED or not posted.entry.capsules:
        return f"{posted.lot}: {text}."
    return f"{posted.lot}: {text}. {capsules(posted.on_hand)} left."


def undone(posted: Posted) -> str:
    """Return that an entry was taken back."""
    place = f", at {posted.entry.place}" if posted.entry.place else ""
    return f"{posted.lot}: taken back{place}. {capsules(posted.on_hand)} on hand."


def many(happened: str, did: Sequence[Posted], refused: Sequence[str]) -> str:
    """Return what came of one verb on several batches.

    >>> many("moved", [], ["Batch A stands at Shelf 3 already."])
    'None moved, 1 refused: Batch A stands at Shelf 3 already.'
    """
    text = f"{len(did) or 'None'} {happened}"
    if not refused:
        return f"{text}."
    shown = " ".join(refused[:_SHOWN])
    more = f" And {len(refused) - _SHOWN} more." if len(refused) > _SHOWN else ""
    return f"{text}, {len(refused)} refused: {shown}{more}"


_SHOWN = 3
"""Refusals that are told one by one."""
