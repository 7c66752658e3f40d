"""Amounts of bought goods: whole micrograms, microlitres or pieces, as typed, written and shown (R26, R30)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from ldninv.domain.refusal import Refused


class Measure(StrEnum):
    """What a product is measured by; it never changes, or a stock could not be summed."""

    MASS = "mass"
    VOLUME = "volume"
    PIECES = "pieces"


UNITS: Mapping[str, tuple[Measure, int]] = {
    "mg": (Measure.MASS, 10**3),
    "g": (Measure.MASS, 10**6),
    "kg": (Measure.MASS, 10**9),
    "mL": (Measure.VOLUME, 10**3),
    "L": (Measure.VOLUME, 10**6),
    "pieces": (Measure.PIECES, 1),
}
"""Units that goods are bought in, and how many micrograms, microlitres or pieces one is."""

_SHOWN = {
    Measure.MASS: (("kg", 10**9), ("g", 10**6), ("mg", 10**3)),
    Measure.VOLUME: (("L", 10**6), ("mL", 10**3)),
}
"""Units that amounts are shown in, the largest first."""
_MOST = 10**13
"""Ten tonnes, or as many pieces: more is a slip of the finger."""
_WRITTEN = re.compile(r"([0-9][0-9 ., ]*)\s*([^\W\d_]*)\.?", re.ASCII)
_PIECES = frozenset({"", "piece", "pieces", "pcs", "pc", "capsule", "capsules", "shell", "shells", "unit", "units"})


@dataclass(frozen=True, slots=True)
class Amount:
    """So much of something, in whole micrograms, microlitres or pieces; below zero where it was taken away."""

    quantity: int
    measure: Measure

    def __str__(self) -> str:
        """Return it in the unit that reads best.

        >>> str(Amount(1_350_000, Measure.MASS)), str(Amount(900_500, Measure.MASS)), str(Amount(-3, Measure.PIECES))
        ('1.35 g', '900.5 mg', '−3 pieces')
        >>> str(Amount(2_750_000_000, Measure.MASS)), str(Amount(0, Measure.MASS))
        ('2.75 kg', '0 g')
        """
        return self._written(None)

    @property
    def about(self) -> str:
        """The same with three decimals at most, where a column has no room for all that the books keep.

        >>> Amount(2_635_721_784, Measure.MASS).about, Amount(900_500, Measure.MASS).about
        ('2.636 kg', '900.5 mg')
        """
        return self._written(3)

    def _written(self, decimals: int | None) -> str:
        sign, size = ("−" if self.quantity < 0 else ""), abs(self.quantity)
        if self.measure is Measure.PIECES:
            return f"{sign}{size} {'piece' if size == 1 else 'pieces'}"
        shown = _SHOWN[self.measure]
        unit, factor = next((each for each in shown if size >= each[1]), shown[-1]) if size else shown[-2]
        value = Decimal(size) / factor
        number = f"{value if decimals is None else round(value, decimals):f}"
        return f"{sign}{number.rstrip('0').rstrip('.') if '.' in number else number} {unit}"


def amount(number: str, unit: str) -> Amount:
    """Return the amount that a person typed, in a unit of `UNITS`.

    Raises:
        Refused: no such unit, no number above 0, or one finer or larger than can be kept.

    >>> amount("1,5", "kg").quantity
    1500000000
    """
    if unit not in UNITS:
        raise Refused(f"“{unit}” is no unit that goods come in. Give one of {', '.join(UNITS)}.")
    measure, factor = UNITS[unit]
    try:
        quantity = Decimal(number.strip().replace(",", ".")) * factor
    except InvalidOperation:
        quantity = Decimal("NaN")
    if not quantity.is_finite() or quantity < 0 or quantity > _MOST:
        raise Refused(f"“{number.strip()}” is no amount. Give a number of {unit}, such as 25.")
    if quantity != quantity.to_integral_value():
        raise Refused(f"{number.strip()} {unit} is finer than the books are kept. Give fewer decimals.")
    return Amount(int(quantity), measure)


def written_amount(text: str, measure: Measure) -> Amount | None:
    """Return an amount as a batch record carries it; None where it is written in another way or measured otherwise.

    >>> written_amount("1 360,9 mg", Measure.MASS).quantity, written_amount("300 shells", Measure.PIECES).quantity
    (1360900, 300)
    >>> written_amount("300 shells", Measure.MASS), written_amount("a little", Measure.MASS)
    (None, None)
    """
    found = _WRITTEN.fullmatch(text.strip())
    if found is None:
        return None
    number, unit = re.sub(r"[ \u00a0]", "", found[1]), found[2].casefold()
    named = "pieces" if unit in _PIECES else next((each for each in UNITS if each.casefold() == unit), "")
    try:
        made = amount(number, named)
    except Refused:
        return None
    return made if made.measure is measure and made.quantity else None
