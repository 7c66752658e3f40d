"""What is written down at the bench while a batch is made, and the weights that follow from it (R26).

Masses are milligrams as exact decimals, kept to the microgram. What is not known is asked for, never guessed: without
the drug lot's certificate there is no weight of drug.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from decimal import Decimal
from fractions import Fraction

from ldninv.domain.expiry import ComponentLot
from ldninv.domain.formulas import Formula
from ldninv.domain.quantities import Strength, whole_capsules
from ldninv.domain.refusal import Refused
from ldninv.domain.weights import believable, milligrams, plain, rounded

DRUG = "naltrexone"
"""What the drug's component is called by, in any spelling of its salt."""

LOWEST_ASSAY, HIGHEST_ASSAY = Decimal(90), Decimal(105)
"""Percent. Certificates of naltrexone hydrochloride lie within a few percent of 100; beyond these one was misread."""

MOST_WATER = Decimal(12)
"""Percent. The dihydrate of naltrexone hydrochloride holds 8.7 % by weight (2 × 18.015 in 413.89)."""

_WEIGHED_APART = Decimal(2)
"""Percent between the weight that was calculated and the one that was written down, from which on it is said."""


@dataclass(frozen=True, slots=True)
class CapsuleSize:
    """A size of two-piece hard capsules."""

    name: str
    volume_ml: Decimal
    shell_mg: Decimal
    """One empty shell, closed."""


SIZES: Mapping[str, CapsuleSize] = {
    name: CapsuleSize(name, Decimal(volume), Decimal(shell))
    for name, volume, shell in (
        ("000", "1.37", "163"),
        ("00", "0.95", "118"),
        ("0", "0.68", "96"),
        ("1", "0.50", "76"),
        ("2", "0.37", "61"),
        ("3", "0.30", "48"),
        ("4", "0.21", "38"),
        ("5", "0.13", "28"),
    )
}
"""Body volumes and shell weights as makers of hard gelatin capsules print them; a lot's own may differ by a tenth."""

_LIGHTEST, _DENSEST = Decimal("0.15"), Decimal("1.2")
"""Grams in a millilitre: loose and well pressed powders lie between."""


@dataclass(frozen=True, slots=True)
class Potency:
    """How much of the weighed drug is naltrexone hydrochloride, as its certificate of analysis says.

    The strength is that of the hydrochloride, which is also what is weighed: there is no factor for the salt.
    """

    assay_percent: Decimal
    """Of the substance as it is; of the dried substance where `water_percent` is above 0."""
    water_percent: Decimal = Decimal(0)
    """Water or loss on drying, where the certificate gives its assay for the dried substance."""

    def __post_init__(self) -> None:
        if not self.assay_percent.is_finite() or not LOWEST_ASSAY <= self.assay_percent <= HIGHEST_ASSAY:
            raise Refused(
                f"{self.assay_percent} % is no potency that a certificate of naltrexone hydrochloride gives: "
                f"{LOWEST_ASSAY} to {HIGHEST_ASSAY} %. Read it again; it is often called assay."
            )
        if not self.water_percent.is_finite() or not 0 <= self.water_percent <= MOST_WATER:
            raise Refused(
                f"{self.water_percent} % is no water content of naltrexone hydrochloride: 0 to {MOST_WATER} %. Give 0 "
                f"where the certificate's assay is that of the substance as it is."
            )

    @property
    def fraction(self) -> Fraction:
        """Grams of naltrexone hydrochloride in a gram of what is weighed.

        >>> Potency(Decimal("99.5"), Decimal("0.4")).fraction
        Fraction(49551, 50000)
        """
        return Fraction(self.assay_percent) / 100 * (1 - Fraction(self.water_percent) / 100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Worksheet:
    """What the bench writes down of a batch, besides what the batch itself says; None where nobody did."""

    planned: int
    """Capsules that were to be made."""
    prepared_at: time | None = None
    """Local time of the day."""
    formula: Formula | None = None
    fill_mg: Decimal | None = None
    """Contents of one capsule, drug and filler together: of that size, with that filler."""
    shell_mg: Decimal | None = None
    """One empty shell; None where the contents are weighed by themselves."""
    drug_lot: str | None = None
    """The component lot that `potency` is of."""
    potency: Potency | None = None
    verified_by: str | None = None
    """Who looked over the weighings and calculations."""
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Calculation:
    """What is to be weighed; None where something is missing for it."""

    capsules: int
    drug_each_mg: Decimal | None
    drug_mg: Decimal | None
    filler_mg: Decimal | None
    contents_mg: Decimal | None
    """Drug and filler of the batch together."""
    missing: tuple[str, ...] = ()
    """What has to be known for the rest, in words."""


def calculation(strength: Strength, capsules: int, potency: Potency | None, fill_mg: Decimal | None) -> Calculation:
    """Return the weights of drug and filler for a batch.

    Drug in one capsule = strength ÷ potency of its lot (USP <1160>); of the batch × capsules, rounded once. Filler =
    fill weight × capsules − drug: so little drug takes the room of as much filler.

    Raises:
        Refused: no such number of capsules, or the drug weighs more than what a capsule is to hold.

    >>> calculation(Strength(4500), 300, Potency(Decimal("99.2")), Decimal(130)).drug_mg
    Decimal('1360.887')
    """
    whole_capsules(capsules)
    missing = [] if potency else ["the potency on the drug lot's certificate"]
    missing += [] if fill_mg is not None else ["the fill weight of one capsule"]
    each = None if potency is None else Fraction(strength.micrograms, 1000) / potency.fraction
    drug = None if each is None else rounded(each * capsules)
    contents = None if fill_mg is None else rounded(Fraction(believable(fill_mg)) * capsules)
    filler = None if drug is None or contents is None else contents - drug
    if filler is not None and filler < 0:
        raise Refused(
            f"{capsules} capsules of {strength} mg need {plain(drug)} mg of drug, and {plain(fill_mg)} mg in each "
            f"holds {plain(contents)} mg in all. Check the fill weight."
        )
    return Calculation(
        capsules=capsules,
        drug_each_mg=None if each is None else rounded(each),
        drug_mg=drug,
        filler_mg=filler,
        contents_mg=contents,
        missing=tuple(missing),
    )


def checked(worksheet: Worksheet, strength: Strength, made_by: str | None = None) -> Worksheet:
    """Return a worksheet that can be kept.

    Raises:
        Refused: a number that cannot be, a formula of another strength, a potency that belongs to no lot, or nobody
            but the maker looked over it.
    """
    calculation(strength, worksheet.planned, worksheet.potency, worksheet.fill_mg)
    if worksheet.shell_mg is not None:
        believable(worksheet.shell_mg)
    formula = worksheet.formula
    if formula is not None and formula.strength != strength:
        raise Refused(
            f"Formula {formula} makes {formula.strength} mg, and this batch is {strength} mg. Choose another."
        )
    if worksheet.potency is not None and not (worksheet.drug_lot or "").strip():
        raise Refused("A potency belongs to a drug lot. Name the lot of naltrexone hydrochloride that it was read for.")
    if worksheet.verified_by and made_by and _name_key(worksheet.verified_by) == _name_key(made_by):
        raise Refused(f"{worksheet.verified_by} made this batch. A second person looks over weighings and sums.")
    return worksheet


def remarks(
    worksheet: Worksheet, strength: Strength, size: str | None, components: tuple[ComponentLot, ...]
) -> tuple[str, ...]:
    """Return what a second look is worth, in words: a fill that the size does not hold, a weight far from its sum."""
    found = []
    capsule = SIZES.get((size or "").strip())
    if capsule is not None and worksheet.fill_mg is not None:
        lightest, densest = (density * capsule.volume_ml * 1000 for density in (_LIGHTEST, _DENSEST))
        if not lightest <= worksheet.fill_mg <= densest:
            found.append(
                f"a capsule of size {capsule.name} ({capsule.volume_ml} mL) seldom holds {plain(worksheet.fill_mg)} mg"
            )
    planned = calculation(strength, worksheet.planned, worksheet.potency, worksheet.fill_mg)
    drug = drug_of(components)
    weighed = None if drug is None else milligrams(drug.amount)
    if drug is not None and weighed is not None and planned.drug_mg is not None:
        apart = abs(weighed - planned.drug_mg) / planned.drug_mg * 100
        if apart > _WEIGHED_APART:
            found.append(f"{plain(weighed)} mg of {drug.name} were weighed, and {plain(planned.drug_mg)} mg calculated")
    return tuple(found)


def drug_of(components: tuple[ComponentLot, ...]) -> ComponentLot | None:
    """Return the component that is the drug; None where none is called so."""
    return next((each for each in components if DRUG in each.name.casefold()), None)


def _name_key(name: str) -> str:
    return " ".join(name.split()).casefold()
