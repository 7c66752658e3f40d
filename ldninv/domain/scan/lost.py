"""Codes whose separators a scanner dropped: the readings that fit, never one of them in silence (R34)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice

from ldninv.domain.scan import elements
from ldninv.domain.scan.elements import DATES, Element, NotGS1, Reading
from ldninv.domain.scan.plain import GS

ON_PACKAGES = frozenset({"01", "10", "11", "15", "17", "21", "7003", "710", "711", "712", "713", "714", "715", "716"})
"""What stands on packages of medicines and substances: only these are looked for where a separator is missing."""

LONG_LOT = 12
"""Characters; makers' lots are seldom longer, so that a longer one may have swallowed what stood after it."""

MOST = 12
"""Readings that a person can choose among."""

_MOST_TRIED = 400


def readings(text: str, today: date) -> tuple[Reading, ...]:
    """Return the readings of `text` in which at least one separator is missing, those that say most first.

    Empty where none fits, or too many do.

    Args:
        text: What stands in the symbol, the separators that were kept as GS.
        today: What a two-digit year is read from.
    """
    found: list[Reading] = []
    for split in islice(_splits(text.strip(GS), ()), _MOST_TRIED):
        try:
            reading = elements.reading(split, today)
        except NotGS1:
            continue
        if elements.written(reading.elements) != text.strip(GS) and reading not in found:
            found.append(reading)
    found.sort(key=lambda each: len(each.elements), reverse=True)
    return tuple(found) if len(found) <= MOST else ()


def doubts(text: str, strict: Reading, today: date) -> tuple[Reading, ...]:
    """Return the readings that a code without any separator may have as well as its strict one.

    Its last value may have swallowed what stood after it: a date, or a serial number where the lot is long.
    """
    if GS in text.strip(GS):
        return ()
    return tuple(each for each in readings(text, today) if _likely(each, strict))


def _likely(other: Reading, strict: Reading) -> bool:
    (last, value), names = strict.elements[-1], {name for name, _ in other.elements}
    if last not in names or len(other.elements) <= len(strict.elements):
        return False
    more = names - {name for name, _ in strict.elements}
    return bool(more & DATES) or (bool(more) and len(value) > LONG_LOT)


def _splits(text: str, before: tuple[Element, ...]) -> Iterator[tuple[Element, ...]]:
    """Yield the ways to part `text` into elements, values ending at a separator, at the end, or before another."""
    if not text:
        yield before
        return
    identifier = elements.begins(text)
    if identifier is None or identifier.ai not in ON_PACKAGES or identifier.ai in {name for name, _ in before}:
        return
    body = text[len(identifier) :]
    longest = elements.longest(identifier.ai)
    whole = len(body.partition(GS)[0])
    lengths = range(min(whole, longest), 0, -1) if identifier.separator_required else (longest,)
    for length in lengths:
        value = body[:length]
        if _fits(identifier.ai, value):
            yield from _splits(body[length:].removeprefix(GS), (*before, (identifier.ai, value)))


def _fits(identifier: str, value: str) -> bool:
    try:
        elements.check(identifier, value)
    except NotGS1:
        return False
    return True
