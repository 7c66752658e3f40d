"""Who has capsules that stood there: what was dispensed of batches since something happened to them (R18)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from ldninv.domain.entries import Kind, Posted
from ldninv.domain.storage.happenings import Touch
from ldninv.domain.storage.stays import Step, moment
from ldninv.services.context import Context
from ldninv.services.storage.looking import Seen

if TYPE_CHECKING:
    from ldninv.db import Transaction


def since(context: Context, seen: Seen) -> list[Posted]:
    """Return what was dispensed of the batches that an event touched, from the moment on that it touched each."""
    with context.store.reading() as work:
        lots = {each.kept.batch.id: each.lot for each in seen.batches}
        return of(work, (each.touch for each in seen.batches), lots)


def of(work: Transaction, touches: Iterable[Touch], lots: Mapping[int, str]) -> list[Posted]:
    """Return what was dispensed of batches since the first of their touches, oldest first; what was voided is not.

    Args:
        work: The transaction.
        touches: When each was touched.
        lots: The lot of each by its key.
    """
    first: dict[int, float] = {}
    for touch in (each for each in touches if not each.absent):
        first[touch.batch] = min(touch.start, first.get(touch.batch, touch.start))
    found: list[Posted] = []
    for key, entries in work.ledger.of_all(lots).items():
        back = {each.entry.voids for each in entries}
        found += [
            each
            for each in entries
            if each.entry.kind is Kind.DISPENSED and each.id not in back and key in first and _when(each) >= first[key]
        ]
    return sorted(found, key=lambda each: each.id)


def _when(posted: Posted) -> float:
    entry = posted.entry
    return moment(Step(posted.id, posted.at, entry.day, entry.capsules, None))
