"""Master formulas: listed, and put in force version by version (R26)."""

from __future__ import annotations

from dataclasses import dataclass

from ldninv.db import Transaction
from ldninv.domain import formulas as domain
from ldninv.domain.formulas import Approved, Formula, checked, followed
from ldninv.domain.quantities import Strength
from ldninv.domain.refusal import Refused
from ldninv.domain.signing import Meaning
from ldninv.domain.weights import plain
from ldninv.services import signing
from ldninv.services.context import Change, Context
from ldninv.services.signing import Pen

ACTION = "formula"
"""What the trail calls a master formula that was put in force."""


@dataclass(frozen=True, slots=True)
class Done:
    """The version that was kept, and what a person should know of it."""

    formula: Formula
    changed: Change = Change.SETTINGS
    notices: tuple[str, ...] = ()


def formulas(context: Context, strength: Strength | None = None) -> list[Approved]:
    """Return every version of every formula, or of those of a strength: by number, latest first."""
    with context.store.reading() as work:
        return [each for each in work.formulas.all() if strength is None or each.formula.strength == strength]


def latest(work: Transaction, strength: Strength) -> tuple[Formula, ...]:
    """Return the formulas of a strength, each in its last version."""
    found: dict[str, Formula] = {}
    for each in work.formulas.all():
        if each.formula.strength == strength:
            found.setdefault(domain.formula_key(each.formula.number), each.formula)
    return tuple(found.values())


def approve(context: Context, formula: Formula, *, reason: str | None = None, sign: Pen | None = None) -> Done:
    """Put a formula in force, as the next version of its number; versions that are there stay as they are.

    Raises:
        Refused: what is said in it cannot be, it says nothing new, a change has no reason, or nobody signs who may.
    """
    wanted = checked(formula)
    signer = signing.signer(context, sign, Meaning.FORMULA)
    with context.writing() as work:
        before = work.formulas.latest(wanted.number)
        wanted = followed(wanted, before)
        if before is not None and not (reason or "").strip():
            raise Refused(f"Say why {before} is changed: it stands beside version {wanted.version}.")
        event = context.event(
            ACTION,
            wanted.number,
            before=None if before is None else content(before),
            after=content(wanted),
            reason=(reason or "").strip() or None,
        )
        number = work.trail.append(event)
        kept = work.formulas.append(wanted, number)
        signing.sign(context, work, signer, kept.number, content(kept), about=number)
    return Done(kept, notices=signing.remarks(signer))


def content(formula: Formula) -> dict[str, object]:
    """Return a formula as the trail keeps it and as it is signed."""
    return {
        "number": formula.number,
        "version": formula.version,
        "name": formula.name,
        "strength_mg": str(formula.strength),
        "form": formula.form,
        "capsule_size": formula.capsule_size,
        "filler": formula.filler,
        "container": formula.container.value if formula.container else None,
        "fill_mg": None if formula.fill_mg is None else plain(formula.fill_mg),
        "ingredients": [[each.name, each.amount] for each in formula.ingredients],
        "steps": formula.steps,
    }
