"""What was scanned at a place, line by line, and what of it differs from the books; no Qt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ldninv.domain import signs
from ldninv.domain.batch import Kept
from ldninv.domain.entries import Kind
from ldninv.domain.signs import UNKNOWN, Sign, Tone
from ldninv.domain.standing import State
from ldninv.services.batches import Card
from ldninv.services.counting import Comparison, Counted, Found
from ldninv.ui import words
from ldninv.ui.words import counted

MISSING = Sign("Missing", Tone.STOP, "help-circle")
UNEXPECTED = Sign("Unexpected", Tone.LOOK, "alert")
WRONG_PLACE = Sign("Wrong place", Tone.LOOK, "map-marker")
EXPIRED = signs.OF_STATE[State.EXPIRED]
_NAMED = 4
"""Lots that are named one by one."""
OTHER_NUMBER = Sign("Other number", Tone.LOOK, "counter")


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was scanned at the place."""

    text: str
    """The lot, or what was scanned where it names no batch."""
    kept: Kept | None
    sign: Sign
    capsules: int | None = None
    """How many were counted; None where only the bottle was seen."""

    def fits(self, place: str) -> Sign:
        """Return how it fits the books, in a few words."""
        if self.kept is None:
            return Sign("not in the books", UNEXPECTED.tone, UNEXPECTED.icon)
        if not self.kept.stock.on_hand:
            return Sign("none left by the books", OTHER_NUMBER.tone, OTHER_NUMBER.icon)
        there = self.kept.stock.place
        if there == place:
            return Sign("stands here", signs.GOOD.tone, signs.GOOD.icon)
        return Sign(f"booked at {there or 'no place'}", WRONG_PLACE.tone, WRONG_PLACE.icon)


def line_of(card: Card) -> Line:
    """Return the line of a batch that was scanned."""
    return Line(card.kept.batch.lot, card.kept, card.sign)


def unknown(text: str) -> Line:
    """Return the line of something that names no batch."""
    return Line(text, None, UNKNOWN)


def said(line: Line, place: str) -> str:
    """Return what a scan is answered with: its word first."""
    if line.kept is None:
        return f"{line.text}: {line.sign.word}, {line.fits(place).word}."
    booked = counted(line.kept.stock.on_hand, "capsule")
    return f"{line.text}: {line.sign.word}. {booked} on the books, {line.fits(place).word}."


class Scanned:
    """What was scanned so far, the newest first."""

    def __init__(self, place: str) -> None:
        self.place = place
        self._lines: dict[str, Line] = {}

    @property
    def lines(self) -> tuple[Line, ...]:
        """All of it."""
        return tuple(reversed(self._lines.values()))

    @property
    def found(self) -> dict[str, int | None]:
        """What the count is told."""
        return {line.text: line.capsules for line in self._lines.values()}

    def take(self, line: Line) -> bool:
        """Add a line, and return whether it is a new one."""
        known = line.text in self._lines
        if not known:
            self._lines[line.text] = line
        return not known

    def count(self, text: str, capsules: int | None) -> None:
        """Set how many were counted of a line."""
        self._lines[text] = replace(self._lines[text], capsules=capsules)

    def remove(self, text: str) -> None:
        """Take a line away."""
        self._lines.pop(text, None)

    def read_again(self, line: Line) -> None:
        """Take a batch as it is now."""
        self._lines[line.text] = replace(line, capsules=self._lines[line.text].capsules)


@dataclass(frozen=True, slots=True)
class Difference:
    """One row of what came of a count."""

    sign: Sign
    lot: str
    kept: Kept | None
    capsules: int | None
    remark: str


def differences(seen: Comparison) -> tuple[Difference, ...]:
    """Return all that differs, group by group: missing, unexpected, wrong place, expired, other numbers."""
    return tuple(_differences(seen))


def _differences(seen: Comparison) -> Iterator[Difference]:
    for kept in seen.missing:
        yield Difference(MISSING, kept.batch.lot, kept, None, "should stand here, and was not scanned")
    for each in seen.unexpected:
        yield Difference(UNEXPECTED, each.text, None, None, each.why)
    for found in seen.wrong_place:
        yield _row(WRONG_PLACE, found, f"booked at {found.kept.stock.place or 'no place'}")
    for found in seen.expired:
        yield _row(EXPIRED, found, f"its last usable day was {found.kept.batch.expiry.on}")
    for found in seen.differing:
        yield _row(OTHER_NUMBER, found, _fewer(found.capsules or 0, found.kept.stock.on_hand))


def _row(sign: Sign, found: Found, remark: str) -> Difference:
    return Difference(sign, found.kept.batch.lot, found.kept, found.capsules, remark)


def _fewer(found: int, booked: int) -> str:
    return f"{abs(found - booked)} {'fewer' if found < booked else 'more'} than on the books"


def so_far(seen: Comparison) -> str:
    """Return how a walk along a shelf stands: what is still to be seen, and what is not as it should be.

    What is missing so far is named while it is little: it is what one looks for.
    """
    left = len(seen.missing)
    said = f"{counted(seen.agreed, 'batch', 'batches')} as in the books"
    if not left:
        still = "all that should stand here was seen"
    else:
        named = ", ".join(kept.batch.lot for kept in seen.missing[:_NAMED])
        still = f"{words.grouped(left)} still to be seen" + (f": {named}" if left <= _NAMED else "")
    return " · ".join([said, *(text for text in _wrong(seen)[1:] if text), still])


def summary(seen: Comparison) -> str:
    """Return how much differs, in one line."""
    agreed = f"{counted(seen.agreed, 'batch', 'batches')} as in the books"
    return " · ".join([*(text for text in _wrong(seen) if text), agreed])


def _wrong(seen: Comparison) -> list[str]:
    """Return what is not as it should be, group by group, what is missing first; empty texts for empty groups."""
    numbers = (
        (len(seen.missing), "missing"),
        (len(seen.unexpected), "unexpected"),
        (len(seen.wrong_place), "in the wrong place"),
        (len(seen.expired), "expired"),
        (len(seen.differing), "with another number"),
    )
    return [f"{words.grouped(number)} {what}" if number else "" for number, what in numbers]


def done(count: Counted, *, none_left: bool) -> str:
    """Return what was done, in a line; `none_left` is whether what was missing was set to none."""
    place, seen = count.comparison.place.name, count.comparison
    moved = sum(posted.entry.kind is Kind.MOVED for posted in count.posted)
    numbers = len(count.posted) - moved
    parts = [f"{place} is counted: {counted(seen.agreed, 'batch', 'batches')} as in the books."]
    if numbers:
        parts.append(f"{counted(numbers, 'number')} set to what was counted.")
    if moved:
        parts.append(f"{counted(moved, 'batch', 'batches')} moved here.")
    if seen.missing and not none_left:
        parts.append(f"{counted(len(seen.missing), 'batch', 'batches')} still missing: look for them.")
    return " ".join(parts)
