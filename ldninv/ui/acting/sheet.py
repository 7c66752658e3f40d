"""What stands in the fields of a batch's worksheet, the weights that follow from it, and the worksheet; no Qt (R26)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from ldninv.domain.expiry import ComponentLot
from ldninv.domain.formulas import Formula
from ldninv.domain.quantities import Strength
from ldninv.domain.record import Calculation, Potency, Worksheet, calculation, drug_of
from ldninv.domain.weights import mass, percent, plain
from ldninv.ui.acting import words
from ldninv.ui.typed import Unread, read, time_of_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The fields."""

    planned: str = ""
    at: str = ""
    formula: Formula | None = None
    fill: str = ""
    shell: str = ""
    assay: str = ""
    water: str = ""
    verified_by: str = ""
    note: str = ""

    def worksheet(self, made: int, components: tuple[ComponentLot, ...]) -> Worksheet:
        """Return what the bench wrote down; nothing said of the plan means as many as were made.

        Raises:
            Unread: a field holds what cannot be read.
        """
        drug = drug_of(components)
        return Worksheet(
            planned=read("planned", lambda: words.number(self.planned, "capsules")) if self.planned.strip() else made,
            prepared_at=read("at", lambda: time_of_day(self.at)),
            formula=self.formula,
            fill_mg=read("fill", lambda: mass(self.fill, "fill weight")),
            shell_mg=read("shell", lambda: mass(self.shell, "weight of an empty shell")),
            drug_lot=drug.lot if drug else None,
            potency=self.potency,
            verified_by=self.verified_by.strip() or None,
            note=self.note.strip() or None,
        )

    @property
    def potency(self) -> Potency | None:
        """What the drug lot's certificate says; None where nobody read it.

        Raises:
            Unread: it is no potency.
        """
        assay = read("assay", lambda: percent(self.assay))
        water = read("water", lambda: percent(self.water, "water content"))
        if assay is None and water:
            raise Unread("assay", "A water content stands here without the assay. Type the assay from the certificate.")
        if assay is None:
            return None
        as_it_is = read("assay", lambda: Potency(assay))
        return as_it_is if water is None else read("water", lambda: Potency(assay, water))

    def weights(self, strength: Strength, made: int) -> Calculation:
        """Return what is to be weighed, as far as it is known.

        Raises:
            Refused: something that cannot be.
        """
        sheet = self.worksheet(made, ())
        return calculation(strength, sheet.planned, sheet.potency, sheet.fill_mg)


def of(worksheet: Worksheet) -> Sheet:
    """Return the fields of a worksheet that was kept."""
    potency, at = worksheet.potency, worksheet.prepared_at
    return Sheet(
        planned=str(worksheet.planned),
        at=f"{at:%H:%M}" if at else "",
        formula=worksheet.formula,
        fill=_weight(worksheet.fill_mg),
        shell=_weight(worksheet.shell_mg),
        assay=_weight(potency.assay_percent if potency else None),
        water=_weight((potency.water_percent or None) if potency else None),
        verified_by=worksheet.verified_by or "",
        note=worksheet.note or "",
    )


def _weight(value: Decimal | None) -> str:
    return "" if value is None else plain(value)


def blamed(worksheet: Worksheet, refused: Callable[[Worksheet], bool]) -> str | None:
    """Return the field without which a worksheet would not be refused; None where it is none of them."""
    without = {
        "planned": replace(worksheet, planned=1),
        "verified_by": replace(worksheet, verified_by=None),
        "formula": replace(worksheet, formula=None),
        "fill": replace(worksheet, fill_mg=None),
        "assay": replace(worksheet, potency=None),
        "shell": replace(worksheet, shell_mg=None),
    }
    return next((field for field, tried in without.items() if not refused(tried)), None)


def weighing(planned: Calculation, drug: str, filler: str) -> str:
    """Return what is to be weighed, in words; what has to be known for it where that is missing.

    >>> weighing(calculation(Strength(4500), 300, None, None), "drug", "MCC")
    "To calculate the weights, type the potency on the drug lot's certificate and the fill weight of one capsule."
    """
    if planned.drug_mg is None or planned.filler_mg is None:
        needs = " and ".join(planned.missing)
        weigh = f"Weigh {grouped(planned.drug_mg)} mg {drug}. " if planned.drug_mg is not None else ""
        return f"{weigh}To calculate the weights, type {needs}."
    return (
        f"Weigh {grouped(planned.drug_mg)} mg {drug} ({plain(planned.drug_each_mg)} mg each) and "
        f"{grouped(planned.filler_mg)} mg {filler}: {grouped(planned.contents_mg)} mg for {planned.capsules} capsules."
    )


def hint(weight_mg: Decimal | None) -> str:
    """Return what is to be weighed, for the field of what was; nothing where it is not known."""
    return "" if weight_mg is None else f"weigh {grouped(weight_mg)} mg"


def grouped(weight_mg: Decimal | None) -> str:
    """Return a weight with thin groups of thousands: one reads it off while weighing.

    >>> grouped(Decimal("37639.113")), grouped(Decimal("130.500"))
    ('37\u202f639.113', '130.5')
    """
    if weight_mg is None:
        return plain(None)
    whole, dot, rest = plain(weight_mg).partition(".")
    return f"{int(whole):,}".replace(",", "\u202f") + dot + rest
