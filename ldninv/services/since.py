"""A weekly report held against the last issued one: what is new, what is resolved, by whom, and what is still open."""

from __future__ import annotations

from datetime import date

from ldninv.db import Transaction
from ldninv.domain.changes import Changes, Listed, Resolved, compared, resolved
from ldninv.domain.entries import Posted
from ldninv.domain.issued import Issued
from ldninv.reports.json_file import listed
from ldninv.reports.weekly import Report


def changes(work: Transaction, made: Report) -> Changes:
    """Return what became of the batches that the last issued report listed (R24)."""
    issued = work.issued.before(made.as_of)
    before = () if issued is None else listed(work.issued.data(issued.number))
    new, still, gone = compared(made.listed, before, made.week)
    if issued is None:
        return Changes(new=new)
    ended = tuple(_resolved(work, each, issued, made.as_of) for each in gone)
    return Changes(since=issued.number, new=new, open=still, resolved=ended)


def _resolved(work: Transaction, gone: Listed, issued: Issued, as_of: date) -> Resolved:
    found = work.batches.by_lot(gone.lot)
    if found is None:
        return resolved(gone, ())
    entries = (each for each in work.ledger.of(found.batch.id, gone.lot) if each.entry.day <= as_of)
    return resolved(gone, (each for each in entries if _since(work, each, issued)))


def _since(work: Transaction, posted: Posted, issued: Issued) -> bool:
    """Whether an entry came after what an issued report says; one of a past week was made later than its Sunday."""
    return posted.entry.day > issued.as_of or (work.ledger.event_of(posted.id) or 0) > issued.head.events
