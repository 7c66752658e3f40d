"""What an entry of the ledger says, in words: one sentence for card, form, command line and paper."""

from __future__ import annotations

from ldninv.domain.entries import Decision, Entry, Kind, Posted
from ldninv.domain.quantities import capsules

_HAPPENED = {
    Kind.MADE: "made {number}",
    Kind.DISPENSED: "dispensed {number}",
    Kind.RETURNED: "{number} came back",
    Kind.WASTED: "wrote off {number}",
    Kind.SAMPLED: "took {number} for assay",
    Kind.DESTROYED: "disposed of {number}",
    Kind.QUARANTINED: "put into quarantine",
    Kind.RELEASED: "released",
    Kind.REJECTED: "rejected",
    Kind.HELD: "put on hold",
    Kind.RECALLED: "recalled",
    Kind.VOIDED: "corrected an entry",
}


def happened(posted: Posted) -> str:
    """Return what an entry of the ledger says, without its day."""
    entry = posted.entry
    text = _moved(posted) or _HAPPENED.get(entry.kind, entry.kind.value).format(number=abs(entry.capsules))
    if entry.days_supply is not None:
        text = f"{text} for {entry.days_supply} days"
    details = [detail for detail in (entry.reason, entry.remark) if detail]
    return f"{text} ({'; '.join(details)})" if details else text


def _decided(entry: Entry) -> str:
    match entry.decision:
        case Decision.SHORTEN:
            return f"decided to keep it, usable until {entry.expires} only"
        case Decision.DISCARD:
            return "decided to discard it"
        case _:
            return "decided to keep it"


def _moved(posted: Posted) -> str:
    """Word the kinds whose sentence depends on more than a number."""
    entry = posted.entry
    if entry.kind is Kind.MOVED:
        return f"moved to {entry.place}"
    if entry.kind is Kind.DECIDED:
        return _decided(entry)
    if entry.kind is Kind.VOIDED:
        what = f", {capsules(abs(entry.capsules))} {'back' if entry.capsules > 0 else 'off again'}"
        where = f", back to {entry.place}" if entry.place else ""
        return f"took back entry {entry.voids}{what if entry.capsules else ''}{where}"
    if entry.kind is not Kind.COUNTED:
        return ""
    if not entry.capsules:
        return f"counted {posted.on_hand}, as booked"
    return f"counted {posted.on_hand}, {abs(entry.capsules)} {'fewer' if entry.capsules < 0 else 'more'} than booked"
