"""What a scanner's text is, before any database is asked (R30–R32).

So far: internal lots, and any other text to be compared with the lots kept. No input raises.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from ldninv.domain import lots

_AIM = re.compile(r"\][A-Za-z][0-9A-Za-z]")
_CONTROLS = "".join(map(chr, range(0x20))) + "\x7f"
_BLANKS = " \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff" + "".join(map(chr, range(0x2000, 0x200C)))
_OUTER = _CONTROLS + _BLANKS

_TORN = re.compile("[\ud800-\udfff]")
"""What stands for bytes that could not be read as text."""


class Means(StrEnum):
    """What a text can be."""

    LOT = "lot"
    """An internal lot with the right check character."""
    TEXT = "text"
    """Something to be compared, whole and without case, with the lots that are kept."""
    INVALID = "invalid"
    """Empty, no text, or an internal lot that was misread."""


@dataclass(frozen=True, slots=True)
class Scan:
    """A text with what it means."""

    input: str
    """As it came."""
    text: str
    """Without the scanner's suffix, outer blanks and AIM identifier."""
    means: Means
    error: str | None = None
    """Why it is invalid, in words."""


def parse(text: str) -> Scan:
    r"""Return what `text` means; never raises, whatever it is.

    >>> parse("]C0LDN260117001M\r").text
    'LDN260117001M'
    >>> parse("LDN260117001K").means
    <Means.INVALID: 'invalid'>
    """
    bare = text.strip(_OUTER)
    if aim := _AIM.match(bare):
        bare = bare[aim.end() :].strip(_OUTER)
    if not bare:
        return Scan(text, bare, Means.INVALID, "The scan is empty. Scan again.")
    if _TORN.search(bare):
        return Scan(text, bare, Means.INVALID, "The scan holds bytes that are no characters. Scan again.")
    if lots.is_internal(bare):
        return Scan(text, bare.upper(), Means.LOT)
    if lots.looks_internal(bare):
        return Scan(text, bare, Means.INVALID, f"“{bare}” was misread: its check character does not fit. Scan again.")
    return Scan(text, bare, Means.TEXT)
