"""A scanner's text without what the scanner adds; internal lots, and text to compare with the lots kept (R31, R32)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from ldninv.domain import lots

GS = "\x1d"
"""The separator of GS1 elements, as ASCII has it."""

_AIM = re.compile(r"\][A-Za-z][0-9A-Za-z]")
_CUT_OFF = re.compile(r"\][A-Za-z]?")
"""An AIM identifier that ends too soon."""

_CONTROLS = "".join(map(chr, range(0x20))) + "\x7f"
_BLANKS = " \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff" + "".join(map(chr, range(0x2000, 0x200C)))
_OUTER = _CONTROLS + _BLANKS
_SUFFIX = _OUTER.replace(GS, "")

_TORN = re.compile("[\ud800-\udfff]")
"""What stands for bytes that could not be read as text."""

_SEPARATORS = re.compile(r"\^\]|<GS>|\{GS\}|\[GS\]|[\u241d\uf70b]", re.IGNORECASE)
"""How scanners and keyboards write GS (R33)."""


class Carrier(StrEnum):
    """What the scanner says of the symbol, by its AIM identifier (ISO/IEC 15424)."""

    UNSAID = "unsaid"
    PLAIN = "plain"
    """Anything but GS1: nothing in it is to be read as GS1, except a link."""
    GS1 = "gs1"
    """`]d2`, `]C1`, `]Q3`, `]e0`: strictly GS1."""
    RETAIL = "retail"
    """`]E0` to `]E4`, `]I1`: a product's number."""


_GS1 = frozenset({"]d2", "]C1", "]Q3", "]e0", "]J1"})
_RETAIL = frozenset({"]E0", "]E1", "]E2", "]E3", "]E4", "]I1"})


@dataclass(frozen=True, slots=True)
class Bare:
    """What the symbol holds, and what the scanner says of the symbol."""

    text: str
    """Without suffix, outer blanks, controls and AIM identifier."""
    carrier: Carrier
    raw: str
    """As `text`, with GS where a separator was sent or written."""
    error: str | None = None
    """Why it is no text at all, in words; or an internal lot that was misread."""

    @property
    def internal(self) -> bool:
        """Whether it is an internal lot with the right check character."""
        return self.error is None and lots.is_internal(self.text)


def bare(text: str) -> Bare:
    r"""Return `text` without what the scanner adds; never raises, whatever it is.

    >>> bare("]C0ldn260117001m\r").text
    'LDN260117001M'
    >>> bare("LDN260117001K").error
    '“LDN260117001K” was misread: its check character does not fit. Scan again.'
    """
    found = text.strip(_SUFFIX)
    identifier = _AIM.match(found.lstrip(GS))
    rest = found.lstrip(GS)[identifier.end() :].strip(_SUFFIX) if identifier else found
    carrier = _carrier(identifier[0]) if identifier else Carrier.UNSAID
    held = rest.strip(_OUTER)
    if not held:
        return Bare(held, carrier, rest, "The scan is empty. Scan again.")
    if _CUT_OFF.fullmatch(held):
        return Bare(held, carrier, rest, "Only the beginning of a scan arrived. Scan again.")
    if _TORN.search(held):
        return Bare(held, carrier, rest, "The scan holds bytes that are no characters. Scan again.")
    if lots.is_internal(held):
        return Bare(held.upper(), carrier, rest)
    if lots.looks_internal(held):
        return Bare(held, carrier, rest, f"“{held}” was misread: its check character does not fit. Scan again.")
    return Bare(held, carrier, _SEPARATORS.sub(GS, rest))


def name_in(text: str) -> str:
    r"""Return the name that a scan may be, of what we label; empty where the scanner says that it is GS1 or retail.

    >>> name_in("]Q1Shelf 3\r"), name_in("]C110AB1234")
    ('Shelf 3', '')
    """
    found = bare(text)
    return "" if found.carrier in {Carrier.GS1, Carrier.RETAIL} else found.text


def _carrier(identifier: str) -> Carrier:
    if identifier in _GS1:
        return Carrier.GS1
    return Carrier.RETAIL if identifier in _RETAIL else Carrier.PLAIN
