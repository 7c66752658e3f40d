"""Codes as people and the web write them: brackets around identifiers, and GS1 Digital Links (R32)."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import parse_qsl, unquote, urlsplit

from ldninv.domain.scan import elements
from ldninv.domain.scan.elements import Element, NotGS1, Reading

_BRACKET = re.compile(r"\((\d{2,4})\)")
_LINK = re.compile(r"https?://", re.IGNORECASE)
_LENGTHS_OF_GTIN = frozenset({8, 12, 13, 14})


def bracketed(text: str, today: date) -> Reading | None:
    """Return what `(01)…(17)…` says; None where `text` is not written so.

    Raises:
        NotGS1: it is, and something in it cannot be.
    """
    if _BRACKET.match(text) is None:
        return None
    _, *parts = _BRACKET.split(text)
    return elements.reading(zip(parts[::2], parts[1::2], strict=True), today)


def linked(text: str, today: date) -> Reading | None:
    """Return what a GS1 Digital Link says, whatever its domain; None where `text` is no link that names a product.

    Raises:
        NotGS1: it is, and something in it cannot be.
    """
    if _LINK.match(text) is None:
        return None
    try:
        link = urlsplit(text)
    except ValueError:
        return None
    path = [unquote(part) for part in link.path.split("/")[1:]]
    start = next((place for place, part in enumerate(path[:-1]) if part == "01" and _is_gtin(path[place + 1])), None)
    if start is None:
        return None
    path = path[start:] if path[-1] else path[start:-1]
    if len(path) % 2:
        raise NotGS1(f"its path ends with ({path[-1]}) without a value")
    found: list[Element] = list(zip(path[::2], path[1::2], strict=True))
    found += [(name, value) for name, value in parse_qsl(link.query, keep_blank_values=True) if name.isdigit()]
    found[0] = ("01", found[0][1].zfill(14))
    return elements.reading(found, today)


def _is_gtin(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) in _LENGTHS_OF_GTIN
