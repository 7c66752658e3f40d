"""Cells of light: numbers with their thousands parted, in whatever unit lux can be made of."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from ldninv.importers.loggers.light import lux_in
from ldninv.importers.loggers.values import BAD, LONGEST, Number, number

_GROUPED = re.compile(r"[0-9]{1,3}(?P<mark>[.,])[0-9]{3}(?:(?P=mark)[0-9]{3})*(?P<part>[.,][0-9]+)?")
_DECIMAL = re.compile(r"[-+−–]?[0-9][0-9.,]*(?P<mark>[.,])(?:[0-9]{1,2}|[0-9]{4,})(?:\s*[^0-9\s].*)?")


def count(text: str, mark: str | None) -> Number:
    """Return what a cell of light says, where thousands may be parted.

    Args:
        text: The cell.
        mark: The decimal mark of the file, "." or ","; None where no cell tells.

    >>> count("10,333.4", None).value, count("1,500", ".").value, count("1,500", None).bad
    (10333.4, 1500.0, True)
    """
    plain = text.strip()
    grouped = _GROUPED.fullmatch(plain) if len(plain) <= LONGEST else None
    if grouped is None:
        return number(text)
    parts = plain.split(grouped["mark"])
    unsure = len(parts) == 2 and grouped["part"] is None  # noqa: PLR2004 - 1,500 is fifteen hundred, or one and a half
    if unsure and mark == grouped["mark"]:
        return number(text)
    if unsure and mark is None:
        return BAD
    return number("".join(parts))


def in_lux(text: str, mark: str | None, lux: float) -> Number:
    """Return what a cell of light says, in lux.

    Args:
        text: The cell.
        mark: The decimal mark of the file; see `count`.
        lux: Of one of the heading's units; a cell's own unit counts before it.

    >>> in_lux("0.3", ".", 1000.0).value, in_lux("0.3 klx", ".", 1.0).value, in_lux("3 mV", ".", 1.0).bad
    (300.0, 300.0, True)
    """
    found = count(text, mark)
    own = lux_in(found.words.casefold()) if found.words else lux
    if own is None or found.unit is not None:
        return BAD
    return found if own == 1.0 else replace(found, value=round(found.value * own, 6))


def decimal_mark(cells: Iterable[str]) -> str | None:
    """Return the decimal mark that some cells show, or None where they show none, or both.

    >>> decimal_mark(["21,5", "1,500"]), decimal_mark(["1,500", "333"]), decimal_mark(["10,333.4"])
    (',', None, '.')
    """
    found = {shown["mark"] for cell in cells if (shown := _DECIMAL.fullmatch(cell.strip()[:LONGEST])) is not None}
    return found.pop() if len(found) == 1 else None
