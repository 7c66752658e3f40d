"""Batches and entries as others read them: the keys of the command line and of the files (contract)."""

from __future__ import annotations

from ldninv.domain.batch import Kept
from ldninv.domain.ledger import Posted
from ldninv.domain.standing import Standing

BATCH_KEYS = (
    "lot", "strength_mg", "form", "prepared", "expires", "decided_by", "usable_days", "band", "state", "usable",
    "usable_capsules", "reasons", "made", "on_hand", "place", "covers", "storage", "last_dispensing",
)  # fmt: skip
"""The keys of a batch, in their order (contract)."""


def batch_facts(kept: Kept, standing: Standing) -> dict[str, object]:
    """Return a batch with what it is on one day, fit for JSON."""
    batch, stock = kept.batch, kept.stock
    return {
        "lot": batch.lot,
        "strength_mg": str(batch.strength),
        "form": batch.form,
        "prepared": batch.prepared.isoformat(),
        "expires": batch.expiry.on.isoformat(),
        "decided_by": batch.expiry.decided_by.value,
        "usable_days": standing.usable_days,
        "band": standing.band.value,
        "state": standing.state.value,
        "usable": standing.usable,
        "usable_capsules": standing.usable_capsules,
        "reasons": list(standing.reasons),
        "made": batch.made,
        "on_hand": stock.on_hand,
        "place": stock.place,
        "covers": list(standing.covers),
        "storage": standing.storage.value,
        "last_dispensing": {str(supply): day.isoformat() for supply, day in standing.last_dispensing},
    }


def entry_facts(posted: Posted) -> dict[str, object]:
    """Return an entry that was kept, fit for JSON; `capsules` is the change, below zero where capsules left."""
    return {
        "id": posted.id,
        "lot": posted.lot,
        "kind": posted.entry.kind.value,
        "capsules": posted.entry.capsules,
        "on_hand": posted.on_hand,
        "at": posted.at,
        "by": posted.by,
        "reason": posted.entry.reason,
    }
