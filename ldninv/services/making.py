"""A new batch comes in: prefilled from the last one, dated by policy and components, in quarantine until released."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ldninv.db import Transaction
from ldninv.domain import ledger, lots, making
from ldninv.domain.batch import Batch, Kept
from ldninv.domain.entries import Entry, Kind
from ldninv.domain.expiry import DecidedBy
from ldninv.domain.formulas import Formula
from ldninv.domain.making import Recipe
from ldninv.domain.quantities import Strength
from ldninv.domain.question import Question, Sort
from ldninv.domain.recall import refuse_recalled
from ldninv.domain.record import SIZES, Potency, Worksheet, drug_of, remarks
from ldninv.domain.signing import Meaning
from ldninv.services import goods, record, recorded, signing
from ldninv.services.context import Change, Context
from ldninv.services.evidence import opening_facts
from ldninv.services.formulas import latest
from ldninv.services.posting import Done
from ldninv.services.signing import Pen
from ldninv.services.storage import marking


def last_of(context: Context, strength: Strength) -> Kept | None:
    """Return the batch of that strength that was prepared last, with its components: what a new one begins from."""
    newest = Question(strength=strength, made=True, sort=Sort.PREPARED, descending=True, limit=1)
    with context.store.reading() as work:
        found = work.batches.rows(work.batches.ids(newest, context.today(), 0))
        return work.batches.by_lot(found[0].batch.lot) if found else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Prefilled:
    """What a new batch of a strength begins from; what nobody knows is left open, and asked for."""

    kept: Kept | None
    """The batch of that strength that was prepared last; None where it is the first."""
    formulas: tuple[Formula, ...]
    """The master formulas of that strength, each in its last version."""
    worksheet: Worksheet
    """Formula, fill and shell from last time, the potency of the drug lot where it was read before, and the time."""


def prefilled(context: Context, strength: Strength) -> Prefilled:
    """Return what a new batch of that strength begins from (R26)."""
    kept = last_of(context, strength)
    with context.store.reading() as work:
        formulas = latest(work, strength)
        last = work.records.last_of(strength)
        drug = drug_of(kept.batch.components) if kept else None
        number = last.formula.number if last and last.formula else None
        formula = next(
            (each for each in formulas if each.number == number), formulas[0] if len(formulas) == 1 else None
        )
        usual = SIZES.get(
            (kept.batch.capsule_size if kept else None) or (formula.capsule_size if formula else "") or ""
        )
        return Prefilled(
            kept=kept,
            formulas=formulas,
            worksheet=Worksheet(
                planned=last.planned if last else kept.batch.made if kept else 100,
                prepared_at=context.now().time().replace(second=0, microsecond=0, tzinfo=None),
                formula=formula,
                fill_mg=(formula.fill_mg if formula else None) or (last.fill_mg if last else None),
                shell_mg=last.shell_mg if last else usual.shell_mg if usual else None,
                drug_lot=drug.lot if drug else None,
                potency=work.records.potency_of(drug.lot) if drug else None,
            ),
        )


def formulas_for(context: Context, strength: Strength) -> tuple[Formula, ...]:
    """Return the master formulas of a strength, each in its last version."""
    with context.store.reading() as work:
        return latest(work, strength)


def potency_of(context: Context, drug_lot: str) -> Potency | None:
    """Return the potency that was last read for a drug lot: what a scanned component brings with it."""
    with context.store.reading() as work:
        return work.records.potency_of(drug_lot)


def make(context: Context, recipe: Recipe, *, sign: Pen | None = None) -> Done:
    """Keep a new batch under the next internal lot of its day; it stands in quarantine until it is released (R8).

    Args:
        context: Who and when.
        recipe: What is to be.
        sign: The pharmacist who takes the policy's date although its conditions are not met; else nobody signs.

    Raises:
        Refused: what is said of it cannot be, or the policy's conditions are not met and no pharmacist gives a reason
            (R2).
    """
    signer = signing.signer(context, sign, Meaning.CONDITIONS) if recipe.unmet and recipe.reason else None
    with context.writing() as work:
        lot = lots.internal_lot(recipe.prepared, _next_sequence(work, recipe))
        settings = work.preferences.read()
        refuse_recalled(map(work.recalls.of_component, recipe.components))
        batch = making.batch(recipe, lot, context.today(), with_components=settings.with_components)
        batch = replace(batch, id=work.batches.next_id(), made_by=batch.made_by or context.user)
        entry = ledger.made(batch, recipe.place.name if recipe.place else None, context.today())
        event = context.event(Kind.MADE.value, lot, after=_facts(batch, entry, recipe), reason=recipe.reason)
        number = work.trail.append(event)
        work.batches.append([batch], number)
        (key,) = work.ledger.append([(batch.id, entry)], at=event.at, by=event.by, event=number)
        stock = goods.use(work, batch, context.today(), event, number)
        marking.follow(context, work, [batch.id], number)
        if recipe.worksheet is not None:
            record.keep_worksheet(work, batch.id, recipe.worksheet, number)
        if signer is not None:
            conditions = {
                "lot": lot,
                "unmet": list(recipe.unmet),
                "reason": recipe.reason,
                "policy": str(recipe.policy),
            }
            signing.sign(context, work, signer, lot, conditions, about=number)
    posted = ledger.Posted(id=key, lot=lot, entry=entry, on_hand=batch.made, at=event.at, by=event.by)
    notices = recipe.unmet + (("its policy gives more than the 180 days of USP <795>",) if _long(batch) else ())
    return Done(posted, Change.BATCHES | Change.LEDGER, (*notices, *stock, *_second_look(recipe)))


def _facts(batch: Batch, entry: Entry, recipe: Recipe) -> dict[str, object]:
    """Return what the trail keeps of a new batch, with what went into it and what the bench wrote down."""
    parts = {"components": [f"{part.name} {part.lot}" for part in batch.components]}
    return (
        opening_facts(batch, entry) | parts | ({"record": recorded.facts(recipe.worksheet)} if recipe.worksheet else {})
    )


def _next_sequence(work: Transaction, recipe: Recipe) -> int:
    body = lots.internal_lot(recipe.prepared, 1)[: -len("001M")]
    taken = [int(lot[len(body) : -1]) for lot in work.batches.beginning(body) if lots.is_internal(lot)]
    return max(taken, default=0) + 1


def _long(batch: Batch) -> bool:
    return batch.expiry.decided_by is DecidedBy.POLICY and batch.policy is not None and batch.policy.beyond_usp_795


def _second_look(recipe: Recipe) -> tuple[str, ...]:
    if recipe.worksheet is None:
        return ()
    return remarks(recipe.worksheet, recipe.strength, recipe.capsule_size, recipe.components)
