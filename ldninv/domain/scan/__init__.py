"""What a scanner's text means, before any database is asked (R30–R35). No input raises; doubt becomes a choice."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ldninv.domain.scan import elements, lost, products, written
from ldninv.domain.scan.elements import NotGS1, Reading
from ldninv.domain.scan.plain import GS, Bare, Carrier, bare

__all__ = ["Means", "Reading", "Scan", "bare", "parse"]

_WHOLE_GTIN = re.compile(r"01\d{14}.", re.ASCII)

LONGEST = 1_000
"""Characters; no symbol that is scanned here holds more than a hundred."""


class Means(StrEnum):
    """What a text can be."""

    LOT = "lot"
    """An internal lot with the right check character."""
    TEXT = "text"
    """Something to be compared, whole and without case, with the lots and aliases that are kept."""
    GS1 = "gs1"
    """A code whose elements were read."""
    PRODUCT = "product"
    """A product's number."""
    CHOOSE = "choose"
    """Several readings fit."""
    INVALID = "invalid"
    """Empty, no text, an internal lot that was misread, or a code with something in it that cannot be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """A text with what it means."""

    input: str
    """As it came."""
    text: str
    """Without the scanner's suffix, outer blanks and AIM identifier."""
    means: Means
    readings: tuple[Reading, ...] = ()
    """What its elements say: one where it is a code or a product, several where a person has to choose."""
    error: str | None = None
    """Why it is invalid, in words."""
    as_lot: bool = False
    """Whether the whole text may be a lot: it is compared with those kept before any element is looked at (R32)."""

    @property
    def reading(self) -> Reading | None:
        """The one reading; None where there is none, or more."""
        return self.readings[0] if len(self.readings) == 1 else None


def parse(text: str, today: date) -> Scan:
    r"""Return what `text` means; never raises, whatever it is.

    >>> parse("]C0LDN260117001M\r", date(2026, 11, 22)).text
    'LDN260117001M'
    >>> parse("]d2010034733532683110AB1234", date(2026, 11, 22)).error
    'The code cannot be right: (01) 00347335326831 has a wrong check digit. Scan again, or type the lot.'

    Args:
        text: Whatever the scanner typed.
        today: The pharmacy's local day; two-digit years are read from it.
    """
    found = bare(text)
    if found.error is None and len(found.text) > LONGEST:
        return Scan(input=text, text=found.text, means=Means.INVALID, error="The scan is far too long. Scan again.")
    if found.error is not None:
        return Scan(input=text, text=found.text, means=Means.INVALID, error=found.error)
    if found.internal:
        return Scan(input=text, text=found.text, means=Means.LOT, as_lot=True)
    try:
        means, readings = _read(found, today)
    except NotGS1 as why:
        error = f"The code cannot be right: {why}. Scan again, or type the lot."
        whole = found.carrier is Carrier.UNSAID
        return Scan(input=text, text=found.text, means=Means.INVALID, error=error, as_lot=whole)
    whole = found.carrier is not Carrier.GS1
    return Scan(input=text, text=found.text, means=means, readings=readings, as_lot=whole)


def _read(found: Bare, today: date) -> tuple[Means, tuple[Reading, ...]]:
    """Return what the text is, by what the scanner says of the symbol (R32).

    Raises:
        NotGS1: it is a code, and something in it cannot be.
    """
    link = written.linked(found.text, today)
    if link is not None:
        return Means.GS1, (link,)
    match found.carrier:
        case Carrier.GS1:
            return _strict(found.raw, today)
        case Carrier.RETAIL:
            return _retail(found.text, today)
        case Carrier.PLAIN:
            number = products.product(found.text, today)
            return (Means.PRODUCT, (number,)) if number else (Means.TEXT, ())
        case Carrier.UNSAID:
            return _unsaid(found, today)


def _strict(raw: str, today: date) -> tuple[Means, tuple[Reading, ...]]:
    try:
        reading = elements.strict(raw, today)
    except NotGS1:
        others = lost.readings(raw, today)
        if not others:
            raise
        return Means.CHOOSE, others
    doubts = lost.doubts(raw, reading, today)
    return (Means.CHOOSE, (reading, *doubts)) if doubts else (Means.GS1, (reading,))


def _retail(text: str, today: date) -> tuple[Means, tuple[Reading, ...]]:
    number = products.product(text, today)
    if number is None:
        why = f"{text} has a wrong check digit" if products.has_form(text) else f"{text} is no product's number"
        raise NotGS1(why)
    return Means.PRODUCT, (number,)


def _unsaid(found: Bare, today: date) -> tuple[Means, tuple[Reading, ...]]:
    number = products.product(found.text, today)
    try:
        means, readings = _strict(found.raw, today)
    except NotGS1:
        if number is not None:
            return Means.PRODUCT, (number,)
        brackets = written.bracketed(found.text, today)
        if brackets is not None:
            return Means.GS1, (brackets,)
        if _is_meant_as_gs1(found.raw):
            raise
        return Means.TEXT, ()
    return (means, readings) if number is None else (Means.CHOOSE, (*readings, number))


def _is_meant_as_gs1(raw: str) -> bool:
    """Whether a text without an AIM identifier can hardly be anything but a GS1 code: a separator, or a whole GTIN."""
    return GS in raw.strip(GS) or _WHOLE_GTIN.match(raw) is not None
