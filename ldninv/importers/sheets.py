"""What every format of table is turned into before it is understood: sheets of numbered lines of cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from ldninv.domain.progress import Progress

LONGEST_QUOTE = 40
"""Characters of a cell that a message repeats."""


@dataclass(frozen=True, slots=True)
class Unfit:
    """Something that cannot be used, and why."""

    why: str
    """Continues a sentence that begins with the field: “three mg” holds no number."""

    def __str__(self) -> str:
        """Return what stands for it where the row is shown."""
        return "?"


Cell = str | int | Decimal | date | Unfit
"""Text as written; numbers and days only where the format itself knows them; `Unfit` for a formula without a result."""

Line = tuple[int, Sequence[Cell]]
"""Its number in the file, where 1 is the first, and its cells; a blank cell is an empty text."""


class Sheet(Protocol):
    """One table of a file."""

    @property
    def title(self) -> str:
        """The sheet's name in its workbook; empty where the file has but one."""

    @property
    def ragged(self) -> bool:
        """Whether a stray separator can move the cells of a line, as it can in text."""

    def lines(self, limit: int | None, progress: Progress) -> list[Line]:
        """Return the lines that hold anything, at most the first `limit` of the file.

        Raises:
            Refused: the file is damaged or too large.
        """


def blank(cell: Cell) -> bool:
    """Whether a cell holds nothing but blanks."""
    return isinstance(cell, str) and not cell.strip()


def quoted(cell: Cell) -> str:
    """Return a cell as messages repeat it: on one line, cut where it is long, in quotation marks.

    >>> quoted("three  mg")
    '“three mg”'
    """
    text = " ".join(str(cell)[: 4 * LONGEST_QUOTE].split())
    return f"“{text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1] + '…'}”"
