"""Weights as exact decimals of milligrams, kept to the microgram: typed, read, rounded and written (R26)."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from fractions import Fraction

from ldninv.domain.quantities import HEAVIEST_MG
from ldninv.domain.refusal import Refused

MICROGRAM = Decimal("0.001")
"""In milligrams: as fine as a mass is kept."""


def percent(text: str, what: str = "potency") -> Decimal | None:
    """Return the percentage that a person typed; None where nothing stands there.

    Raises:
        Refused: it is no number.

    >>> percent("99,2 %"), percent(" ")
    (Decimal('99.2'), None)
    """
    return _number(text.strip().removesuffix("%"), f"“{text}” is no {what}. Write percent, such as 99.2.")


def mass(text: str, what: str = "weight") -> Decimal | None:
    """Return the milligrams that a person typed; None where nothing stands there.

    Raises:
        Refused: it is no number of milligrams, or one that no capsule weighs.

    >>> mass("130,5 mg")
    Decimal('130.5')
    """
    bare = text.strip().lower().removesuffix("mg")
    found = _number(bare, f"“{text}” is no {what}. Write milligrams, such as 130.")
    return None if found is None else believable(found)


def milligrams(amount: str) -> Decimal | None:
    """Return the milligrams of an amount as components carry it; None where it is written in another way.

    >>> milligrams("1.35 g"), milligrams("1 360,9 mg"), milligrams("300 capsules")
    (Decimal('1350.00'), Decimal('1360.9'), None)
    """
    bare = amount.casefold().replace(",", ".").replace(" ", "")
    for unit, factor in (("mg", Decimal(1)), ("kg", Decimal(10**6)), ("g", Decimal(1000))):
        if bare.endswith(unit):
            try:
                return Decimal(bare.removesuffix(unit)) * factor
            except InvalidOperation:
                return None
    return None


def rounded(exact: Fraction) -> Decimal:
    """Return a mass in milligrams to the microgram, a half upwards.

    >>> rounded(Fraction(1, 3))
    Decimal('0.333')
    """
    scaled = exact * 1000
    return (Decimal(scaled.numerator) / Decimal(scaled.denominator)).quantize(Decimal(1), ROUND_HALF_UP) * MICROGRAM


def plain(number: Decimal | None) -> str:
    """Return a number without trailing zeros, for sentences.

    >>> plain(Decimal("130.500")), plain(Decimal("1360.887")), plain(Decimal("300"))
    ('130.5', '1360.887', '300')
    """
    if number is None:
        return "–"
    return f"{number:f}".rstrip("0").rstrip(".") if number % 1 else f"{number.to_integral_value():f}"


def believable(weight_mg: Decimal) -> Decimal:
    """Return the weight of a capsule or of its contents.

    Raises:
        Refused: no capsule weighs that, or it is finer than a microgram.
    """
    if not weight_mg.is_finite() or not 0 < weight_mg < HEAVIEST_MG:
        raise Refused(f"{weight_mg} mg is no weight of a capsule. Give milligrams above 0 and below {HEAVIEST_MG}.")
    if weight_mg != weight_mg.quantize(MICROGRAM):
        raise Refused(f"{weight_mg} mg is finer than a microgram. Give at most three decimals.")
    return weight_mg


def _number(text: str, otherwise: str) -> Decimal | None:
    bare = text.strip().replace(",", ".")
    if not bare:
        return None
    try:
        found = Decimal(bare)
    except InvalidOperation:
        raise Refused(otherwise) from None
    if not found.is_finite():
        raise Refused(otherwise)
    return found
