"""Product numbers: GTIN, EAN, UPC, and the NDC inside them (R35)."""

from __future__ import annotations

import re
from datetime import date

from ldninv.domain.scan import elements
from ldninv.domain.scan.elements import Reading

_LENGTHS = frozenset({8, 12, 13, 14})
_NDC = re.compile(r"(\d{4})-(\d{4})-(\d{2})|(\d{5})-(\d{3})-(\d{2})|(\d{5})-(\d{4})-(\d)", re.ASCII)


def has_form(text: str) -> bool:
    """Whether `text` is as many digits as a GTIN, an EAN or a UPC has."""
    return text.isascii() and text.isdigit() and len(text) in _LENGTHS


def product(text: str, today: date) -> Reading | None:
    """Return the product that a number names, by its GTIN of fourteen digits; None where it is no such number.

    >>> product("347335326833", date(2026, 11, 22)).gtin, product("47335-326-83", date(2026, 11, 22)).gtin
    ('00347335326833', '00347335326833')
    """
    if _NDC.fullmatch(text):
        digits = "003" + text.replace("-", "")
        return _reading(next(f"{digits}{last}" for last in range(10) if elements.checks(f"{digits}{last}")), today)
    if has_form(text) and elements.checks(text):
        return _reading(text.zfill(14), today)
    return None


def _reading(gtin: str, today: date) -> Reading:
    return Reading((("01", gtin),), today)
