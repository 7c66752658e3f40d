"""Internal lot numbers with their check character (R31), and how lots are compared."""

from __future__ import annotations

import re
from datetime import date

from ldninv.domain.refusal import Refused

PREFIX = "LDN"
LAST_SEQUENCE = 999
LONGEST = 40
"""Characters; a lot has to fit a label."""

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_INTERNAL = re.compile(r"LDN(\d{2})(\d{2})(\d{2})(\d{3})([0-9A-Z])", re.ASCII | re.IGNORECASE)


def lot_key(lot: str) -> str:
    """Return what two writings of one lot have in common: no outer blanks, no case (R31).

    >>> lot_key(" ldn260117001m ") == lot_key("LDN260117001M")
    True
    """
    return lot.strip().casefold()


def check_character(body: str) -> str:
    """Return the ISO 7064 MOD 37,36 check character of `body` (digits and capital letters).

    >>> check_character("LDN260117001")
    'M'
    """
    carry = 36
    for character in body:
        carry = (carry + _ALPHABET.index(character)) % 36 or 36
        carry = carry * 2 % 37
    return _ALPHABET[(37 - carry) % 36]


def internal_lot(prepared: date, sequence: int) -> str:
    """Return the internal lot of the `sequence`-th batch prepared on a day.

    Raises:
        Refused: there are more batches in a day than three digits can count.

    >>> internal_lot(date(2024, 1, 1), 1)
    'LDN240101001X'
    """
    if not 1 <= sequence <= LAST_SEQUENCE:
        raise Refused(f"{prepared} already has {LAST_SEQUENCE} batches; the lot number has no room for more.")
    body = f"{PREFIX}{prepared:%y%m%d}{sequence:03d}"
    return body + check_character(body)


def looks_internal(text: str) -> bool:
    """Whether `text` has the shape of an internal lot, with whatever check character."""
    return _INTERNAL.fullmatch(text.strip()) is not None


def is_internal(text: str) -> bool:
    """Whether `text` is an internal lot: its shape, a day of the calendar and the right check character.

    >>> is_internal("ldn260117001m"), is_internal("LDN260117001K")
    (True, False)
    """
    found = _INTERNAL.fullmatch(text.strip())
    if found is None or found[5].upper() != check_character(found[0][:-1].upper()):
        return False
    try:
        date(2000 + int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return False
    return True
