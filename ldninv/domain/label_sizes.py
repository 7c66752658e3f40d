"""Rolls and sheets of labels, and the least that a scanner can be asked to read."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from enum import StrEnum

from ldninv.domain.refusal import Refused

LEAST_MODULE_MM = 0.25
"""A bar or module that is narrower is not read by every scanner."""

RESOLUTIONS = (203, 300, 600)
"""Dots an inch of the usual printers of labels."""

SMALLEST_MM, LARGEST_MM = 10, 210

_INCH = 25.4


class Symbol(StrEnum):
    """How the code is printed."""

    QR = "qr"
    DATAMATRIX = "datamatrix"
    CODE128 = "code128"

    @property
    def in_words(self) -> str:
        """As people call it."""
        return {Symbol.QR: "QR code", Symbol.DATAMATRIX: "Data Matrix", Symbol.CODE128: "Code 128"}[self]


@dataclass(frozen=True, slots=True)
class Size:
    """One label."""

    width_mm: float
    height_mm: float

    def __str__(self) -> str:
        return f"{self.width_mm:g}x{self.height_mm:g}"

    @classmethod
    def parse(cls, text: str) -> Size:
        """Return the size that a person wrote as width x height in millimetres.

        Raises:
            Refused: it is none, or no printer of labels takes it.

        >>> str(Size.parse("50,8 x 25.4 mm"))
        '50.8x25.4'
        """
        found = _SIZE.fullmatch(text.strip().lower().replace(",", "."))
        if found is None:
            raise Refused(f"“{text}” is no size of a label. Write millimetres, width first: {ROLLS[0]}.")
        size = cls(float(found[1]), float(found[2]))
        if not all(SMALLEST_MM <= length <= LARGEST_MM for length in (size.width_mm, size.height_mm)):
            raise Refused(f"A label of {size} mm cannot be. Give {SMALLEST_MM} to {LARGEST_MM} mm a side.")
        return size


_SIZE = re.compile(r"(\d{1,3}(?:\.\d{1,4})?)\s*[x×*]\s*(\d{1,3}(?:\.\d{1,4})?)\s*(?:mm)?", re.ASCII)

ROLLS = (
    Size(50.8, 25.4),
    Size(38.1, 25.4),
    Size(57.15, 31.75),
    Size(62, 29),
    Size(76.2, 25.4),
    Size(76.2, 50.8),
    Size(101.6, 50.8),
)
"""Common rolls, the commonest first."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of labels, all of one size; lengths in millimetres."""

    name: str
    page: str
    """`A4` or `Letter`, upright."""
    label: Size
    columns: int
    rows: int
    left: float
    top: float
    across: float
    """From one label's left edge to the next one's."""
    down: float
    """From one label's upper edge to the next one's."""

    @property
    def count(self) -> int:
        """Labels on a sheet."""
        return self.columns * self.rows

    def corner(self, at: int) -> tuple[float, float]:
        """Return the upper left corner of a label, 0 being the first, row by row.

        >>> SHEETS[0].corner(1)
        (74.6125, 12.7)
        """
        row, column = divmod(at, self.columns)
        return self.left + column * self.across, self.top + row * self.down


SHEETS = (
    Sheet("letter-30", "Letter", Size(66.675, 25.4), 3, 10, 4.7625, 12.7, 69.85, 25.4),
    Sheet("letter-10", "Letter", Size(101.6, 50.8), 2, 5, 3.96875, 12.7, 106.3625, 50.8),
    Sheet("a4-21", "A4", Size(63.5, 38.1), 3, 7, 7.25, 15.15, 66.0, 38.1),
    Sheet("a4-24", "A4", Size(70, 37), 3, 8, 0, 0.5, 70, 37),
)
"""Common sheets for office printers, by their page and how many labels they hold."""


def medium(text: str) -> Size | Sheet:
    """Return the roll's size or the sheet that a person named.

    Raises:
        Refused: it is neither.

    >>> medium("A4-24").count
    24
    """
    sheet = next((each for each in SHEETS if each.name == text.strip().lower()), None)
    if sheet is not None:
        return sheet
    try:
        return Size.parse(text)
    except Refused as why:
        raise Refused(f"{why} Or name a sheet: {', '.join(each.name for each in SHEETS)}.") from None


def resolution(dots_per_inch: int) -> int:
    """Return a printer's resolution that labels can be made for.

    Raises:
        Refused: no printer of labels has it.
    """
    if dots_per_inch not in RESOLUTIONS:
        raise Refused(f"{dots_per_inch} dots an inch is no label printer's. Give {', '.join(map(str, RESOLUTIONS))}.")
    return dots_per_inch


def whole_resolution(dots_per_inch: int) -> int:
    """Return the dots that a label is laid out in on a printer that has finer ones: a whole part of them.

    >>> [whole_resolution(each) for each in (203, 300, 600, 1200, 4800)]
    [203, 300, 600, 600, 600]
    """
    finest = RESOLUTIONS[-1]
    parts = range(1, dots_per_inch // 100 + 1)
    return next((dots_per_inch // n for n in parts if dots_per_inch % n == 0 and dots_per_inch // n <= finest), finest)


def least_dots(dots_per_inch: int) -> int:
    """Return the whole printer dots of the narrowest bar or module.

    >>> least_dots(203), least_dots(300), least_dots(600)
    (2, 3, 6)
    """
    return math.ceil(LEAST_MODULE_MM / _INCH * dots_per_inch)
