"""What stands in the fields of a new batch, and the recipe it makes; no Qt."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date

from ldninv.domain import making
from ldninv.domain.expiry import ComponentLot, Container, Policy
from ldninv.domain.formulas import Formula
from ldninv.domain.making import Recipe
from ldninv.domain.places import Place
from ldninv.domain.quantities import Strength
from ldninv.domain.record import DRUG, Calculation
from ldninv.domain.refusal import Refused
from ldninv.ui.acting import sheet, words
from ldninv.ui.acting.sheet import Sheet
from ldninv.ui.typed import Unread, day, read

USUAL = tuple(Strength(micrograms) for micrograms in range(500, 5000, 500))
"""The strengths that are usually made: 0.5 to 4.5 mg."""


@dataclass(frozen=True, slots=True)
class Part:
    """A component as it is typed."""

    name: str
    lot: str
    expires: str = ""
    supplier: str = ""
    amount: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing stands there."""
        return not (self.name.strip() or self.lot.strip() or self.expires.strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The fields."""

    strength: str
    prepared: str
    made: str
    policy: Policy
    place: Place | None
    filler: str
    container: Container | None
    capsule_size: str
    made_by: str
    parts: tuple[Part, ...]
    reason: str
    sheet: Sheet = field(default_factory=Sheet)

    def recipe(self) -> Recipe:
        """Return what is to be made.

        Raises:
            Unread: a field holds what cannot be read.
        """
        made = read("made", lambda: words.number(self.made, "capsules"))
        strength = read("strength", lambda: Strength.parse(self.strength))
        recipe = self._recipe(strength, made, _component)
        return replace(recipe, worksheet=self.sheet.worksheet(made, recipe.components))

    def weights(self) -> Calculation:
        """Return what is to be weighed, as far as it is known.

        Raises:
            Refused: strength or number are missing, or something that cannot be.
        """
        strength = read("strength", lambda: Strength.parse(self.strength))
        counted = self.sheet.planned if self.sheet.planned.strip() else self.made
        return self.sheet.weights(strength, read("made", lambda: words.number(counted, "capsules")))

    def to_weigh(self, filler: str) -> tuple[str, tuple[str, str]]:
        """Return what is to be weighed in words, or what has to be known for it, and the hints for drug and filler.

        `filler` is how it is called where it has no name.

        Raises:
            Refused: strength or number are missing, or something that cannot be.
        """
        planned = self.weights()
        says = sheet.weighing(planned, self.drug, self.filler.strip() or filler)
        return says, (sheet.hint(planned.drug_mg), sheet.hint(planned.filler_mg))

    @property
    def drug_lot(self) -> str:
        """The lot of the drug among the components; empty where none stands there."""
        return next((part.lot.strip() for part in self.parts if DRUG in part.name.casefold()), "")

    @property
    def drug(self) -> str:
        """What the drug is called among the components."""
        return next((part.name.strip() for part in self.parts if DRUG in part.name.casefold()), "drug")

    def preview(self) -> Recipe:
        """Return the recipe as far as it decides the date: strength, number and component lots may be missing still.

        Raises:
            Unread: a date cannot be read.
        """
        return self._recipe(USUAL[0], 1, _dated)

    def _recipe(self, strength: Strength, made: int, component: Callable[[int, Part], ComponentLot]) -> Recipe:
        return Recipe(
            strength=strength,
            prepared=read("prepared", lambda: day(self.prepared)),
            made=made,
            policy=self.policy,
            place=self.place,
            filler=self.filler.strip() or None,
            container=self.container,
            capsule_size=self.capsule_size.strip() or None,
            made_by=self.made_by.strip() or None,
            components=tuple(component(number, part) for number, part in enumerate(self.parts) if not part.empty),
            reason=self.reason.strip() or None,
        )


def to_text(draft: Draft) -> str:
    """Return a draft as it is put aside when the window closes."""
    place = draft.place.name if draft.place else None
    formula = str(draft.sheet.formula) if draft.sheet.formula else None
    said = asdict(draft) | {"policy": str(draft.policy), "place": place}
    return json.dumps(said | {"sheet": said["sheet"] | {"formula": formula}})


def from_text(
    text: str, policies: Sequence[Policy], places: Sequence[Place], formulas: Callable[[str], Sequence[Formula]]
) -> Draft | None:
    """Return a draft that was put aside, with what there is now of what it names; None where it is damaged.

    Args:
        text: What `to_text` returned.
        policies: Those that can be chosen.
        places: Those that can be chosen.
        formulas: What gives the master formulas of a strength as it was typed.
    """
    try:
        said = json.loads(text)
        known = {str(each): each for each in formulas(said["strength"])}
        found = {
            "sheet": Sheet(**said["sheet"] | {"formula": known.get(said["sheet"]["formula"] or "")}),
            "policy": next((each for each in policies if str(each) == said["policy"]), policies[0]),
            "place": next((each for each in places if each.name == said["place"]), None),
            "container": Container(said["container"]),
            "parts": tuple(Part(**part) for part in said["parts"]),
        }
        return Draft(**said | found)
    except (ValueError, TypeError, KeyError):
        return None


def obstacle(recipe: Recipe, today: date) -> str | None:
    """Return why the recipe would be refused, as the service would say it; None where it would not."""
    try:
        making.batch(recipe, "", today)
    except Refused as why:
        return str(why)
    return None


def blamed(draft: Draft, today: date) -> str:
    """Return the field without which the recipe of `draft` would not be refused: found by leaving one out at a time."""
    recipe = replace(draft.recipe(), reason="tried")
    written = recipe.worksheet
    if written is not None and obstacle(recipe, today) is not None:
        tried = sheet.blamed(written, lambda each: obstacle(replace(recipe, worksheet=each), today) is not None)
        if tried is not None:
            return tried
    if obstacle(replace(recipe, made=1), today) is None and obstacle(recipe, today) is not None:
        return "made"
    filled = [number for number, part in enumerate(draft.parts) if not part.empty]
    if obstacle(replace(recipe, components=()), today) is not None:
        return "prepared"
    for number, part in zip(filled, recipe.components, strict=True):
        if obstacle(replace(recipe, components=(part,)), today) is not None:
            return f"part-{number}-expires"
    return "reason"


def of_component(lot: ComponentLot) -> Part:
    """Return a component of an earlier batch as its fields show it: what was weighed then is not carried over."""
    return Part(lot.name, lot.lot, lot.expires.isoformat() if lot.expires else "", lot.supplier)


def _component(number: int, part: Part) -> ComponentLot:
    name, lot = part.name.strip(), part.lot.strip()
    if not name:
        raise Unread(f"part-{number}-name", f"Lot {lot or part.expires.strip()} has no name. Say what it is.")
    if not lot:
        raise Unread(f"part-{number}-lot", f"{name} has no lot. Type it, or take the line away.")
    return _dated(number, part)


def _dated(number: int, part: Part) -> ComponentLot:
    expires = read(f"part-{number}-expires", lambda: day(part.expires)) if part.expires.strip() else None
    return ComponentLot(part.name.strip(), part.lot.strip(), expires, part.supplier.strip(), part.amount.strip())
