"""Is the database sound, is the trail unbroken, is there a copy elsewhere."""

from __future__ import annotations

from pathlib import Path

from ldninv.db import Transaction
from ldninv.domain import audit
from ldninv.domain.audit import Verdict
from ldninv.services.context import Change, Context


def verify_trail(context: Context) -> Verdict:
    """Recompute the whole chain and hold it against the head beside the database (R28)."""
    kept = context.store.kept_head()
    with context.store.reading() as work:
        return audit.verify(work.trail.all(), kept)


def check(context: Context) -> list[str]:
    """Return what is wrong with the database, in words; empty where all is well.

    SQLite's own check, every kept sum against a recount of the ledger (R10), and the trail.
    """
    with context.store.reading() as work:
        found = work.faults() + _drifted(work)
    verdict = verify_trail(context)
    if not verdict.intact:
        found.append(f"The trail is broken at event {verdict.first_broken}.")
    return found


def backup(context: Context, target: Path) -> Change:
    """Write a consistent copy of the database to `target`; others go on working meanwhile."""
    context.store.backup(target)
    return Change.NOTHING


def _drifted(work: Transaction) -> list[str]:
    recounts = dict(work.ledger.recounted())
    found = []
    for kept in work.batches.all():
        recount = recounts.get(kept.batch.id)
        if recount is None:
            found.append(f"Batch {kept.batch.lot} has no entry in the ledger.")
        elif recount != kept.stock:
            told = kept.stock.on_hand, recount.on_hand
            what = (
                f"{told[0]} capsules on hand, and its ledger gives {told[1]}"
                if told[0] != told[1]
                else "another standing"
            )
            found.append(f"Batch {kept.batch.lot} shows {what}.")
    return found
