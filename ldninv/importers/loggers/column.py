"""The numbers of one column of a logger's file, read block by block."""

from __future__ import annotations

import math
from array import array
from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from operator import or_

from ldninv.domain.refusal import Refused
from ldninv.domain.storage.logger_file import Unit
from ldninv.domain.storage.profile import CRT
from ldninv.importers.loggers.values import ABSENT, Number, temperature
from ldninv.importers.sheets import quoted

_ITSELF_PASSED = (">", "<")
"""What says before a number that it was not the number itself."""


class _Known(dict[str, float]):
    """What each text says as a number, read once; no more is kept of each than a number, for there may be many."""

    def __init__(self, read: Callable[[str], Number]) -> None:
        super().__init__()
        self._read = read
        self.printed: dict[float, int] = {}
        """With how many decimals each value is printed: one bit for each."""
        self.units: set[Unit] = set()
        self.marks: dict[bool, str] = {}
        """The first text with decimals behind a point, and behind a comma."""

    def __missing__(self, text: str) -> float:
        found = self._read(text)
        self[text] = found.value
        if not math.isnan(found.value):
            self.printed[found.value] = self.printed.get(found.value, 0) | 1 << found.digits
            if found.unit is not None:
                self.units.add(found.unit)
        if found.digits:
            self.marks.setdefault(found.comma, text)
        return found.value


class Column:
    """The numbers of one column, block by block."""

    def __init__(self, read: Callable[[str], Number] = temperature) -> None:
        self._read = read
        self._known = _Known(read)
        self.values: array[float] = array("d")
        """NaN where a row has none."""
        self.odd: dict[int, str] = {}
        """The texts of the rows that have none."""

    def extend(self, texts: Sequence[str]) -> list[int]:
        """Add a block's cells, and return the rows of the block that hold no number."""
        start = len(self.values)
        self.values.extend(map(self._known.__getitem__, texts))
        if not math.isnan(sum(self.values[start:])):
            return []
        empty = [at for at in range(len(texts)) if math.isnan(self.values[start + at])]
        self.odd.update((start + at, texts[at]) for at in empty)
        return empty

    def keep(self, rows: Sequence[int]) -> None:
        """Keep these rows alone, in their order."""
        self.values = array("d", map(self.values.__getitem__, rows))
        self.odd = {new: self.odd[old] for new, old in enumerate(rows) if old in self.odd}

    def is_bad(self, row: int) -> bool:
        """Whether a row's text is neither a number nor a mark for a missing one."""
        return row in self.odd and self._read(self.odd[row]).bad

    def beyond(self, row: int) -> str:
        """Which way a row says that the probe's range was left; empty where it does not."""
        return self._read(self.odd[row]).beyond if row in self.odd else ""

    def past(self, row: int, unit: Unit) -> float | None:
        """Return which limit of `CRT` such a row proves passed, °C: that of “>60” is 40; None where it proves none.

        Args:
            row: Which.
            unit: That of the column, where the cell says none.
        """
        way, bound = self.beyond(row), self.bound(row, unit)
        itself = self.odd.get(row, "").strip()[:1] in _ITSELF_PASSED
        if way == "above" and (bound > CRT.highest_c or (itself and bound == CRT.highest_c)):
            return CRT.highest_c
        if way == "below" and (bound < CRT.permitted_low_c or (itself and bound == CRT.permitted_low_c)):
            return CRT.permitted_low_c
        return None

    def bound(self, row: int, unit: Unit) -> float:
        """Return the number of such a row in °C, as 60 of “>60”; NaN where it has none."""
        said = self._read(self.odd[row]) if row in self.odd else ABSENT
        return (said.unit or unit).celsius(said.bound)

    @property
    def digits(self) -> int:
        """The most decimals printed."""
        return max(0, self.shapes.bit_length() - 1)

    @property
    def shapes(self) -> int:
        """With how many decimals its numbers are printed: one bit for each that there is, the lowest for none."""
        return reduce(or_, self._known.printed.values(), 0)

    @property
    def printed(self) -> Mapping[float, int]:
        """The same of each value."""
        return self._known.printed

    @property
    def units(self) -> frozenset[Unit]:
        """The units that stand in the cells."""
        return frozenset(self._known.units)

    def refuse_two_marks(self, name: str) -> None:
        """Refuse a column that writes decimals with point and comma both.

        Raises:
            Refused: it does.
        """
        marks = self._known.marks
        if len(marks) > 1:
            pointed, comma = marks[False], marks[True]
            raise Refused(
                f"{name} writes decimals with a point ({quoted(pointed)}) and with a comma ({quoted(comma)}). "
                "Export it again in one way."
            )
