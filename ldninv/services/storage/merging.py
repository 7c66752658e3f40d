"""What of a logger's file is new beside what is kept, what is known, and what contradicts it (R18)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from ldninv.db.readings import Printed
from ldninv.domain.storage.series import Series

SAME = 0.006
"""Degrees by which two printings of one reading may differ: the other one is rounded to hundredths."""

SHOWN = 100
"""Conflicts that are told one by one."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A moment for which a file says something else than what is kept; the kept reading stays."""

    index: int
    """Which of the file's readings, or days, it is; 0 is the first."""
    printed: str
    kept_c: float
    said_c: float


@dataclass(frozen=True, slots=True)
class Merged:
    """What a file adds to what is kept."""

    runs: tuple[Printed, ...]
    """What is new: before what is kept, between, and after it."""
    known: int
    conflicts: int
    shown: tuple[Conflict, ...]

    @property
    def new(self) -> int:
        """How many readings are new."""
        return sum(len(run.series.seconds) for run in self.runs)


def merge(kept: Series, incoming: Printed) -> Merged:
    """Return what of a file is new, what is kept already, and what contradicts it.

    Args:
        kept: All that is kept between the file's first and last moment.
        incoming: The file's readings.
    """
    if not kept.seconds:
        return Merged((incoming,), 0, 0, ())
    moments, celsius = incoming.series.seconds, incoming.series.celsius
    head, tail = bisect_left(moments, kept.seconds[0]), bisect_right(moments, kept.seconds[-1])
    values = dict(zip(kept.seconds, kept.celsius, strict=True))
    between: list[int] = []
    shown: list[Conflict] = []
    known = conflicts = 0
    for index in range(head, tail):
        there = values.get(moments[index])
        if there is None:
            between.append(index)
        elif abs(there - celsius[index]) <= SAME:
            known += 1
        else:
            conflicts += 1
            if len(shown) < SHOWN:
                shown.append(Conflict(index, incoming.printed_at(index), there, celsius[index]))
    parts = [incoming.part(0, head), incoming.only(between), incoming.part(tail, len(moments))]
    return Merged(tuple(each for each in parts if each.series.seconds), known, conflicts, tuple(shown))
