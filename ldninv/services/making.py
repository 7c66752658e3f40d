"""A new batch comes in: prefilled from the last one, dated by policy and components, in quarantine until released."""

from __future__ import annotations

from dataclasses import replace

from ldninv.db import Transaction
from ldninv.domain import ledger, lots, making
from ldninv.domain.batch import Batch, Kept
from ldninv.domain.expiry import DecidedBy
from ldninv.domain.making import Recipe
from ldninv.domain.quantities import Strength
from ldninv.domain.question import Question, Sort
from ldninv.services.context import Change, Context
from ldninv.services.evidence import made_facts
from ldninv.services.ledger import Done


def last_of(context: Context, strength: Strength) -> Kept | None:
    """Return the batch of that strength that was prepared last, with its components: what a new one begins from."""
    newest = Question(strength=strength, sort=Sort.PREPARED, descending=True, limit=1)
    with context.store.reading() as work:
        found = work.batches.rows(work.batches.ids(newest, context.today(), 0))
        return work.batches.by_lot(found[0].batch.lot) if found else None


def make(context: Context, recipe: Recipe) -> Done:
    """Keep a new batch under the next internal lot of its day; it stands in quarantine until it is released (R8).

    Raises:
        Refused: what is said of it cannot be, or the policy's conditions are not met and no reason is given (R2).
    """
    with context.writing() as work:
        lot = lots.internal_lot(recipe.prepared, _next_sequence(work, recipe))
        settings = work.preferences.read()
        batch = making.batch(recipe, lot, context.today(), with_components=settings.with_components)
        batch = replace(batch, id=work.batches.next_id(), made_by=batch.made_by or context.user)
        event = context.event(
            "made",
            lot,
            after=made_facts(batch) | {"components": [f"{part.name} {part.lot}" for part in batch.components]},
            reason=recipe.reason,
        )
        number = work.trail.append(event)
        work.batches.append([batch], number)
        entry = ledger.made(batch, recipe.place.name if recipe.place else None, context.today())
        (key,) = work.ledger.append([(batch.id, entry)], at=event.at, by=event.by, event=number)
    posted = ledger.Posted(id=key, lot=lot, entry=entry, on_hand=batch.made, at=event.at, by=event.by)
    notices = recipe.unmet + (("its policy gives more than the 180 days of USP <795>",) if _long(batch) else ())
    return Done(posted, Change.BATCHES | Change.LEDGER, notices)


def _next_sequence(work: Transaction, recipe: Recipe) -> int:
    body = lots.internal_lot(recipe.prepared, 1)[: -len("001M")]
    taken = [int(lot[len(body) : -1]) for lot in work.batches.beginning(body) if lots.is_internal(lot)]
    return max(taken, default=0) + 1


def _long(batch: Batch) -> bool:
    return batch.expiry.decided_by is DecidedBy.POLICY and batch.policy is not None and batch.policy.beyond_usp_795
