"""Codes whose separators a scanner dropped: the readings that fit, never one of them in silence (R34)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ldninv.domain.scan import elements
from ldninv.domain.scan.elements import DATES, Element, NotGS1, Reading
from ldninv.domain.scan.plain import GS

ON_PACKAGES = frozenset({"01", "10", "11", "15", "17", "21", "7003", "710", "711", "712", "713", "714", "715", "716"})
"""What stands on packages of medicines and substances: only these are looked for where a separator is missing."""

LONG_LOT = 12
"""Characters; makers' lots are seldom longer, so that a longer one may have swallowed what stood after it."""

MOST = 12
"""Readings that a person can choose among."""

MOST_STEPS = 2_000
"""Values that are tried in one text: a real label takes under a hundred, and no text takes all day."""

_LONGEST = 300
"""Characters; those that stand on packages, each once and as long as it may be, hold fewer."""

TOO_MANY = "its separators are missing, and it can be read in too many ways"


def readings(text: str, today: date) -> tuple[Reading, ...]:
    """Return the readings of `text` in which at least one separator is missing, those that say most first.

    Args:
        text: What stands in the symbol, the separators that were kept as GS.
        today: What a two-digit year is read from.

    Raises:
        NotGS1: there are more than a person can choose among, or than can be looked for.
    """
    found = _found(text.strip(GS), today)
    if found is None or len(found) > MOST:
        raise NotGS1(TOO_MANY)
    return tuple(found)


def doubts(text: str, strict: Reading, today: date) -> tuple[Reading, ...]:
    """Return the readings that a code without any separator may have as well as its strict one, a few of many.

    Its last value may have swallowed what stood after it: a date, or a serial number where the lot is long.

    Raises:
        NotGS1: there are more than can be looked for.
    """
    if GS in text.strip(GS):
        return ()
    found = _found(text.strip(GS), today)
    if found is None:
        raise NotGS1(TOO_MANY)
    return tuple(each for each in found if _likely(each, strict))[:MOST]


def _found(text: str, today: date) -> list[Reading] | None:
    """Return every reading that fits, those that say most first; None where too much would have to be tried."""
    if len(text) > _LONGEST:
        return []
    splits = Splits(text)
    found: dict[Reading, None] = {}
    for split in splits.all():
        try:
            reading = elements.reading(split, today)
        except NotGS1:
            continue
        if elements.written(reading.elements) != text:
            found[reading] = None
    if splits.steps > MOST_STEPS:
        return None
    return sorted(found, key=lambda each: len(each.elements), reverse=True)


def _likely(other: Reading, strict: Reading) -> bool:
    (last, value), names = strict.elements[-1], {name for name, _ in other.elements}
    if last not in names or len(other.elements) <= len(strict.elements):
        return False
    more = names - {name for name, _ in strict.elements}
    return bool(more & DATES) or (bool(more) and len(value) > LONG_LOT)


class Splits:
    """The ways to part one text into elements, values ending at a separator, at the end, or before another.

    What a place of the text can begin is looked at once, and a place from which no way leads to the end is never tried
    again; the ways themselves are followed up to `MOST_STEPS`, for their number can double with every element.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self.steps = 0
        """Values that were tried so far."""
        self._beginning: dict[int, list[tuple[Element, int]]] = {}

    def all(self) -> Iterator[tuple[Element, ...]]:
        """Yield them, until none is left or too much was tried."""
        for place in range(len(self._text), -1, -1):
            self._beginning[place] = [each for each in self._elements(place) if self._ends(each[1])]
        yield from self._from(0, ())

    def _ends(self, place: int) -> bool:
        return place == len(self._text) or bool(self._beginning[place])

    def _from(self, place: int, before: tuple[Element, ...]) -> Iterator[tuple[Element, ...]]:
        if place == len(self._text):
            yield before
            return
        for element, end in self._beginning[place]:
            self.steps += 1
            if self.steps > MOST_STEPS:
                return
            if element[0] not in {name for name, _ in before}:
                yield from self._from(end, (*before, element))

    def _elements(self, place: int) -> list[tuple[Element, int]]:
        """Return what can begin at a place, each element with the place behind it, the longest first."""
        identifier = elements.begins(self._text[place : place + 4])
        if identifier is None or identifier.ai not in ON_PACKAGES:
            return []
        start, longest = place + len(identifier), elements.longest(identifier.ai)
        value = self._text[start : start + longest].partition(GS)[0]
        lengths = range(len(value), 0, -1) if identifier.separator_required else (longest,)
        found = []
        for length in lengths:
            if _fits(identifier.ai, value[:length]):
                end = start + len(value[:length])
                found.append(((identifier.ai, value[:length]), end + self._text.startswith(GS, end)))
        return found


def _fits(identifier: str, value: str) -> bool:
    try:
        elements.check(identifier, value)
    except NotGS1:
        return False
    return True
