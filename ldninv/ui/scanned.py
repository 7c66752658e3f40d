"""What a code that is scanned beside a component says of its lot; no Qt (R33, R34)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from ldninv.domain.refusal import Refused
from ldninv.domain.scan import Means, Reading, Scan, bare
from ldninv.domain.scan.plain import GS

_GTIN = re.compile(r"GTIN \d{14}", re.ASCII)


class Misread(Refused):
    """A code that says nothing certain."""


@dataclass(frozen=True, slots=True)
class Label:
    """What the label of a bought component says."""

    lot: str
    expires: date | None
    gtin: str | None

    def supplier(self, before: str) -> str:
        """Return the supplier with the product's number; a supplier whose product has another number is forgotten.

        >>> Label("A1", None, "00347335326830").supplier("Sample Chemicals")
        'Sample Chemicals, GTIN 00347335326830'
        """
        if self.gtin is None:
            return before
        number, said = f"GTIN {self.gtin}", before.strip()
        known = _GTIN.search(said)
        if known is None:
            return f"{said}, {number}" if said else number
        return said if known[0] == number else number

    def words(self, name: str) -> str:
        """Return what came, for the person who confirms it."""
        said = [f"lot {self.lot}", f"expires {self.expires}" if self.expires else "no expiry"]
        said += [f"GTIN {self.gtin}"] if self.gtin else []
        return f"{name or 'The code'}: {', '.join(said)}, as the code says. Compare it with the label."


def read(scan: Scan) -> Label | None:
    """Return what a code says; None where the text is a lot that was typed.

    A text that may be a lot stays one, unless a separator is in it or a product's number: what is typed is no code.

    Raises:
        Misread: it is a code that cannot be, that says no lot, or that has several readings.
    """
    if not scan.text:
        return None
    a_code = GS in bare(scan.input).raw.strip(GS) or any(each.gtin and len(each.elements) > 1 for each in scan.readings)
    if scan.as_lot and not a_code:
        if scan.means is Means.INVALID and scan.error:
            raise Misread(scan.error)
        return None
    if scan.means is Means.INVALID:
        raise Misread(scan.error or "The code cannot be read. Scan again, or type the lot.")
    if scan.reading is None:
        lots = " or ".join(dict.fromkeys(f"“{each.lot}”" for each in scan.readings if each.lot))
        raise Misread(f"The code came without its separators: its lot may be {lots}. Type the lot from the label.")
    return _label(scan.reading)


def _label(reading: Reading) -> Label:
    if reading.lot is None:
        raise Misread(f"The code of product {reading.gtin} names no lot. Scan the other code, or type the lot.")
    return Label(reading.lot, reading.expiry, reading.gtin)
