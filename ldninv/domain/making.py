"""A new batch: what a person says of it, what is wrong with that, and the date it will carry (R1, R2, R26)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ldninv.domain import record
from ldninv.domain.batch import FORM, Batch
from ldninv.domain.expiry import FILLER, ComponentLot, Container, Expiry, Policy, expiry, unmet_conditions
from ldninv.domain.places import Place
from ldninv.domain.quantities import Strength, whole_capsules
from ldninv.domain.record import Worksheet
from ldninv.domain.refusal import Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """What a batch is to be, before it has a lot."""

    strength: Strength
    prepared: date
    made: int
    """Capsules."""
    policy: Policy
    place: Place | None = None
    form: str = FORM
    filler: str | None = FILLER
    container: Container | None = Container.LIGHT_RESISTANT
    capsule_size: str | None = None
    made_by: str | None = None
    components: tuple[ComponentLot, ...] = ()
    reason: str | None = None
    """Why the policy's date is taken although its conditions are not met (R2)."""
    worksheet: Worksheet | None = None
    """What the bench wrote down; None where nobody did (R26)."""

    def expiry(self, *, with_components: bool = True) -> Expiry:
        """Return the date it will carry, and which rule decides it."""
        return expiry(self.prepared, self.policy, self.components, with_components=with_components)

    @property
    def unmet(self) -> tuple[str, ...]:
        """What keeps it from the policy's date, in words."""
        light = self.place.light if self.place else None
        return unmet_conditions(self.policy, self.filler, self.container, light)


def batch(recipe: Recipe, lot: str, today: date, *, with_components: bool = True) -> Batch:
    """Return the batch of `recipe` under `lot`.

    Raises:
        Refused: a number of capsules that cannot be, a day ahead, a component that expired before, or the policy's
            conditions are not met and no reason is given.
    """
    whole_capsules(recipe.made)
    if recipe.prepared > today:
        raise Refused(f"The preparation date {recipe.prepared} lies ahead. Give today or an earlier day.")
    for part in recipe.components:
        if part.expires is not None and part.expires < recipe.prepared:
            raise Refused(
                f"{part.name} {part.lot} expired on {part.expires}, before {recipe.prepared}. Use another lot, or "
                f"correct its date."
            )
    if recipe.worksheet is not None:
        record.checked(recipe.worksheet, recipe.strength, recipe.made_by)
    if recipe.unmet and not (recipe.reason or "").strip():
        raise Refused(f"{_sentence(recipe.unmet)}. Choose another policy, or give a reason to take its date.")
    return Batch(
        lot=lot,
        strength=recipe.strength,
        form=recipe.form,
        prepared=recipe.prepared,
        expiry=recipe.expiry(with_components=with_components),
        made=recipe.made,
        filler=recipe.filler,
        container=recipe.container,
        capsule_size=recipe.capsule_size,
        made_by=recipe.made_by,
        verified_by=recipe.worksheet.verified_by if recipe.worksheet else None,
        policy=recipe.policy,
        components=recipe.components,
    )


def _sentence(texts: tuple[str, ...]) -> str:
    joined = "; ".join(texts)
    return joined[:1].upper() + joined[1:]
