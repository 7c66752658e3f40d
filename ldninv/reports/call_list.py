"""The call list of a recall: what it reached, whom to call, and what has come back (R12)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ldninv.domain.entries import Posted
from ldninv.domain.quantities import capsules
from ldninv.domain.recall import Reached, Recall, Tally, tally
from ldninv.domain.signs import OF_STATE, TAKEN_BACK
from ldninv.domain.standing import State
from ldninv.reports.document import Column, Document, Maker, Part, instant, said

TITLE, OF_ENDED = "Recall call list", "Recall record"
BATCHES = (
    Column("Lot", 2.4, bold=True), Column("Strength", 1.1), Column("Prepared", 1.4), Column("Last usable day", 1.4),
    Column("On hand then", 1, number=True), Column("On hand now", 1, number=True),
    Column("Dispensed", 1.2, number=True), Column("Came back", 1, number=True),
    Column("Disposed of", 1.1, number=True), Column("Place", 1.8),
)  # fmt: skip
_CALLS = (
    Column("Dispensed", 1.5), Column("Lot", 2.2, bold=True), Column("Capsules", 1.1, number=True),
    Column("Days", 0.8, number=True), Column("By", 1.6),
)  # fmt: skip
_RX = Column("Rx number", 1.6)
_HAND = (Column("Called on", 1.4, hand=True), Column("Came back", 1.3, hand=True), Column("Initials", 1, hand=True))
NO_RX = (
    "Prescription numbers are not kept here. Find who received each supply in the pharmacy's own system, by day, lot "
    "and quantity."
)


def build(
    recall: Recall,
    reached: Sequence[Reached],
    made: Maker,
    rx: Mapping[int, str] | None = None,
    signatures: Sequence[str] = (),
) -> Document:
    """Return the call list of a recall; of one that has ended, its record.

    Args:
        recall: It.
        reached: Its batches with their ledgers.
        made: Who makes the paper.
        rx: The prescriptions' numbers by entry; None where the pharmacy keeps none (R29).
        signatures: Who signed its end, in words.
    """
    total = tally(reached)
    return Document(
        title=TITLE if recall.closed is None else OF_ENDED,
        subject=recall.what[:1].upper() + recall.what[1:],
        sign=TAKEN_BACK if recall.closed and recall.closed.taken_back else OF_STATE[State.RECALLED],
        made=made,
        facts=said(
            ("Recall", f"number {recall.number}"),
            ("Opened", instant(recall.at)),
            ("Opened by", recall.by),
            ("Reason", recall.reason),
            ("Closed", _closed(recall)),
            *(("Signed", each) for each in signatures),
        ),
        parts=(_totals(total), _batches(reached), _calls(reached, rx)),
        signatures=() if signatures else ("Pharmacist",),
    )


def _closed(recall: Recall) -> str:
    if recall.closed is None:
        return "still open"
    return f"{instant(recall.closed.at)} by {recall.closed.by}: {recall.closed}"


def _totals(total: Tally) -> Part:
    return Part(
        title="What it comes to",
        facts=said(
            ("Batches", total.batches),
            ("Blocked on the shelf", capsules(total.blocked)),
            ("On the shelf now", capsules(total.on_hand)),
            ("Supplies dispensed", f"{total.supplies}, {capsules(total.dispensed)}"),
            ("Came back since", capsules(total.returned)),
            ("Disposed of since", capsules(total.disposed)),
            ("Not come back", capsules(total.missing)),
        ),
    )


def _batches(reached: Sequence[Reached]) -> Part:
    return Part(
        title="Batches",
        note="All are blocked, the empty ones too. A recalled batch stays recalled; what is left is disposed of.",
        columns=BATCHES,
        rows=tuple(_batch(each) for each in reached),
    )


def _batch(each: Reached) -> tuple[str, ...]:
    batch, stock = each.kept.batch, each.kept.stock
    days = batch.prepared.isoformat(), batch.expiry.on.isoformat()
    numbers = each.on_hand, stock.on_hand, each.dispensed, each.returned, each.disposed
    return (batch.lot, f"{batch.strength} mg", *days, *map(str, numbers), stock.place or "nowhere")


def _calls(reached: Sequence[Reached], rx: Mapping[int, str] | None) -> Part:
    calls = sorted((each for batch in reached for each in batch.dispensings), key=lambda each: (each.at, each.id))
    return Part(
        title="To call",
        note="" if rx is not None else NO_RX,
        columns=(*_CALLS, *(() if rx is None else (_RX,)), *_HAND),
        rows=tuple(_call(each, rx) for each in calls),
        none="Nothing of these batches was dispensed: nobody has to be called.",
    )


def _call(posted: Posted, rx: Mapping[int, str] | None) -> tuple[str, ...]:
    entry = posted.entry
    days = "" if entry.days_supply is None else str(entry.days_supply)
    cells = (entry.day.isoformat(), posted.lot, str(-entry.capsules), days, posted.by)
    return cells if rx is None else (*cells, rx.get(posted.id, "not recorded"))
