"""Rows that a reading was lost from, told from headings, units and notes above the first row that can be read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ldninv.importers.loggers.clocks import halves
from ldninv.importers.loggers.source import Row
from ldninv.importers.loggers.values import is_number

_FEW = 20
"""Rows that show what words stand in all of them, as a unit does."""
_CLOCK = re.compile(r"(?<![\d+−-])\d{1,2}:\d{2}(?::\d{2})?")
_PART = re.compile(r"\d+|[^\W\d_]+|\s+|.")
_LONGEST = 1000
"""Characters of a line in which a reading is looked for."""


@dataclass(frozen=True, slots=True)
class Spoilt:
    """What a row shows that was one of a table's before it was damaged."""

    day: re.Pattern[str]
    """The shape of the table's dates."""
    words: frozenset[str]
    """What its rows hold beside numbers and times."""

    @classmethod
    def of(cls, body: Sequence[Row], times: tuple[int, ...]) -> Spoilt:
        """Return what rows that can be read have in common, given the columns of their moments."""
        first = body[0][times[0]]
        both = halves(first) if len(times) == 1 else None
        cells = (cell.strip() for row in body[:_FEW] for at, cell in enumerate(row) if at not in times)
        words = frozenset(cell for cell in cells if cell and not is_number(cell))
        return cls(_shape((both[0] if both is not None else first).strip()), words)

    def shows(self, row: Row) -> bool:
        """Whether a row below the headings was one: it has a date or a time of day, and a number beside them."""
        days, clocks, number = self._told(row)
        return (number and (days or clocks)) or self._is_bare(row)

    def is_sure(self, row: Row) -> bool:
        """Whether a row was one whatever its words say: it has all three, or no word that the other rows do not."""
        return all(self._told(row)) or self._is_bare(row)

    def _told(self, row: Row) -> tuple[bool, bool, bool]:
        """Return whether there are a date, a time of day, and a number beside them, in whatever cells."""
        rest, days = self.day.subn(" ", " ".join(row)[:_LONGEST])
        rest, clocks = _CLOCK.subn(" ", rest)
        return days > 0, clocks > 0, any(map(str.isdigit, rest))

    def _is_bare(self, row: Row) -> bool:
        """Whether a row holds numbers, and no word that stands in none of the others."""
        filled = [cell for each in row if (cell := each.strip())]
        return any(map(is_number, filled)) and all(is_number(cell) or cell in self.words for cell in filled)


def _shape(day: str) -> re.Pattern[str]:
    """Return what finds dates that are written as one is.

    >>> bool(_shape("24/01/2020").search("1;3/2/2020;13:08;22")), bool(_shape("24/01/2020").search("24.01.2020"))
    (True, False)
    """
    return re.compile("".join(map(_alike, _PART.findall(day))))


def _alike(part: str) -> str:
    if part.isdigit():
        return r"\d{1,4}" if len(part) <= len("2026") else rf"\d{{{len(part)}}}"
    if part.isalpha():
        return r"[^\W\d_]+"
    return r"\s+" if part.isspace() else re.escape(part)
