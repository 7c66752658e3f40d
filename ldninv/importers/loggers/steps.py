"""The steps from one reading to the next: the usual one, and those that run back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from operator import sub

from ldninv.domain.pieces import pieces, rises
from ldninv.domain.storage.clock_changes import FURTHEST_BACK, set_back_to

DAY = 86400.0
GAP = 2.5
"""Steps longer than this many intervals are holes in the record (R16)."""

_LATE = 0.1
"""Share of an interval by which the reading after may come early or late."""
_APART = 90 * DAY
"""Clocks are set back once a year; files that do it oftener run backwards."""


class Steps:
    """The steps of a file's clock, counted once."""

    def __init__(self, local: Sequence[float]) -> None:
        self._counts: Counter[float] = Counter()
        for part in pieces(len(local) - 1):
            self._counts.update(map(sub, local[part.start + 1 : part.stop + 1], local[part]))

    @property
    def rising(self) -> bool:
        """Whether every step goes forwards."""
        return not self._counts or min(self._counts) > 0

    @property
    def falling(self) -> bool:
        """Whether most steps go backwards, as in a file that begins with the newest reading."""
        return sum(count if step < 0 else -count for step, count in self._counts.items()) > 0

    @property
    def usual(self) -> float | None:
        """The most frequent step forwards in seconds, the shortest of several; None where there is none."""
        forwards = [(count, -step) for step, count in self._counts.items() if step > 0]
        return -max(forwards)[1] if forwards else None

    @property
    def short(self) -> float | None:
        """The shortest step forwards that is made more than once, else the usual one."""
        return min((step for step, count in self._counts.items() if step > 0 and count > 1), default=self.usual)

    @property
    def even(self) -> bool:
        """Whether no step runs back or jumps over a hole."""
        return self.rising and (self.usual is None or max(self._counts) <= GAP * self.usual)

    @property
    def longest(self) -> float:
        """The longest step, whichever way it goes."""
        return max(map(abs, self._counts), default=0.0)

    @property
    def irregular(self) -> int:
        """How many steps are not the most frequent one."""
        return sum(self._counts.values()) - max(self._counts.values(), default=0)


def backwards(local: Sequence[float]) -> list[int]:
    """Return the rows before which time stands still or runs back, but where summer time may have ended.

    >>> backwards([0.0, 60.0, 60.0, 120.0, 100.0])
    [2, 4]
    """
    if rises(local):
        return []
    found = [at for at, (before, now) in enumerate(pairwise(local), 1) if now <= before]
    set_back = steps_back(local, found)
    return [at for at in found if at not in set_back]


def steps_back(local: Sequence[float], rows: Iterable[int] | None = None) -> set[int]:
    """Return the rows before which the clock may have been set back, as somewhere at the end of summer time."""
    usual = Steps(local).usual
    if usual is None or (1 - _LATE) * usual > FURTHEST_BACK:  # then no clock that is set back shows a time again
        return set()
    if rows is None:
        rows = [at for at, (before, now) in enumerate(pairwise(local), 1) if now <= before]
    found: set[int] = set()
    last = None
    for at in rows:
        if last is not None and local[at] - last <= _APART:
            continue
        forwards = usual - (local[at] - local[at - 1])
        if any(abs(forwards - back) <= _LATE * usual for back in set_back_to(local[at])):
            found.add(at)
            last = local[at]
    return found
