"""Master formulas: how a strength is made, in numbered versions that never change (R26)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from ldninv.domain.batch import FORM
from ldninv.domain.expiry import FILLER, Container
from ldninv.domain.quantities import HEAVIEST_MG, Strength
from ldninv.domain.refusal import Refused

LONGEST_NAME = 120
LONGEST_STEPS = 8000
"""Characters: some three pages of a record."""


@dataclass(frozen=True, slots=True)
class Ingredient:
    """What a formula asks for."""

    name: str
    amount: str = ""
    """For one capsule or for the batch, as the pharmacist wrote it: `4.5 mg each`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """One version of a master formula."""

    number: str
    """What the pharmacy files it under: `MF-LDN-4.5`."""
    name: str
    strength: Strength
    version: int = 0
    """1 for the first; 0 until it is kept."""
    form: str = FORM
    capsule_size: str | None = None
    filler: str | None = FILLER
    container: Container | None = Container.LIGHT_RESISTANT
    fill_mg: Decimal | None = None
    """Contents of one capsule; None where each batch finds its own."""
    ingredients: tuple[Ingredient, ...] = ()
    steps: str = ""
    """What is done, one step a line."""
    id: int = 0
    """The database's key; 0 until it is kept."""

    def __str__(self) -> str:
        return f"{self.number}, version {self.version}" if self.version else self.number


@dataclass(frozen=True, slots=True, kw_only=True)
class Approved:
    """A version with who put it in force, and when."""

    formula: Formula
    by: str
    at: str
    """Instant, ISO 8601 with the local offset."""
    reason: str | None = None
    """Why it was changed."""
    used: int = 0
    """Batches made by it."""


def formula_key(number: str) -> str:
    """Return what formulas of one number have in common: blanks and case tell none apart.

    >>> formula_key(" mf-LDN  4.5")
    'MF-LDN 4.5'
    """
    return " ".join(number.split()).upper()


def checked(formula: Formula) -> Formula:
    """Return a formula as it is kept: blanks in order, and nothing in it that cannot be.

    Raises:
        Refused: no number or name, a text that is too long, or a fill weight that no capsule has.
    """
    number, name = " ".join(formula.number.split()), " ".join(formula.name.split())
    for what, said in (("number", number), ("name", name)):
        if not said:
            raise Refused(f"A master formula needs a {what}: it stands on every record made by it.")
        if len(said) > LONGEST_NAME:
            raise Refused(f"The formula's {what} has {len(said)} characters. Shorten it to {LONGEST_NAME}.")
    steps = "\n".join(line.rstrip() for line in formula.steps.strip().splitlines())
    if len(steps) > LONGEST_STEPS:
        raise Refused(f"The steps of {number} have {len(steps)} characters. Shorten them to {LONGEST_STEPS}.")
    if formula.fill_mg is not None and not formula.strength.micrograms < formula.fill_mg * 1000 < HEAVIEST_MG * 1000:
        raise Refused(
            f"{formula.fill_mg} mg cannot be the contents of a {formula.strength} mg capsule. Give the weight of what "
            f"one capsule holds, drug and filler together."
        )
    named = tuple(each for each in formula.ingredients if each.name.strip())
    return replace(formula, number=number, name=name, steps=steps, ingredients=named)


def followed(formula: Formula, latest: Formula | None) -> Formula:
    """Return `formula` as the version after `latest`.

    Raises:
        Refused: it says what the latest version says, or is of another strength than the number stands for.
    """
    if latest is None:
        return replace(formula, version=1)
    if formula.strength != latest.strength:
        raise Refused(
            f"Formula {latest.number} makes {latest.strength} mg. Give another number for {formula.strength} mg."
        )
    if replace(formula, version=latest.version, id=latest.id, number=latest.number) == latest:
        raise Refused(f"Formula {latest} says this already. Nothing was changed.")
    return replace(formula, version=latest.version + 1, number=latest.number)
