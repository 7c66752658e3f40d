"""What of a logger's file is new beside what is kept, what is known, and what contradicts it (R18)."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan, nan

from ldninv.db.readings import Printed
from ldninv.domain.storage.profile import CRT, Profile
from ldninv.domain.storage.series import Series, says_more

SAME = 0.006
"""Degrees by which two printings of one reading may differ: the other one is rounded to hundredths."""

ABOUT = 0.5
"""Percent or lux by which they may differ, and percent of the lux: these are often rounded to whole ones."""

UNITS = {"humidity": "%", "lux": "lux"}
"""What may be new of a reading whose temperature is kept already, with its unit."""

_DEGREES = "°C"
SHOWN = 100
"""Conflicts that are told one by one."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A moment for which a file says something else than what is kept; the kept reading stays."""

    index: int
    """Which of the file's readings, or days, it is; 0 is the first."""
    printed: str
    kept: float
    said: float
    unit: str = "°C"


@dataclass(frozen=True, slots=True)
class Merged:
    """What a file adds to what is kept."""

    runs: tuple[Printed, ...]
    """What is new: before what is kept, between, and after it."""
    known: int
    conflicts: int
    shown: tuple[Conflict, ...]
    contradicting: tuple[int, ...] = ()
    """Which of the file's temperatures contradict those that are kept."""
    beside: int = 0
    """How many of the new readings have a temperature that is kept, and are new by what stands beside it."""

    @property
    def new(self) -> int:
        """How many readings are new."""
        return sum(len(run.series.seconds) for run in self.runs)


def merge(kept: Series, incoming: Printed, limits: Profile = CRT) -> Merged:
    """Return what of a file is new, what is kept already, and what contradicts it.

    A reading whose temperature is kept is new by light, humidity or marks beside it that are not kept.

    Args:
        kept: All that is kept between the file's first and last moment.
        incoming: The file's readings.
        limits: What its place is judged by: on either side of a limit two printings are never one reading.
    """
    if not kept.seconds:
        return Merged((incoming,), 0, 0, ())
    moments = incoming.series.seconds
    head, tail = bisect_left(moments, kept.seconds[0]), bisect_right(moments, kept.seconds[-1])
    if _all_kept(kept, incoming.series.cut(head, tail)):
        parts = [incoming.part(0, head), incoming.part(tail, len(moments))]
        return Merged(tuple(each for each in parts if each.series.seconds), tail - head, 0, ())
    where = dict(zip(kept.seconds, range(len(kept.seconds)), strict=True))
    channels = [name for name in UNITS if getattr(incoming.series, name) is not None]
    between: list[int] = []
    more: list[int] = []
    shown: list[Conflict] = []
    contradicting: list[int] = []
    known = conflicts = 0
    for index in range(head, tail):
        there = where.get(moments[index])
        if there is None:
            between.append(index)
            continue
        is_new, differ = _beside(kept, there, incoming.series, index, channels, limits)
        if differ is not None:
            conflicts += 1
            if differ[2] == _DEGREES:
                contradicting.append(index)
            if len(shown) < SHOWN:
                shown.append(Conflict(index, incoming.printed_at(index), *differ))
        elif is_new:
            more.append(index)
        else:
            known += 1
    parts = [incoming.part(0, head), incoming.only(between), incoming.part(tail, len(moments))]
    sides = array("d", [_sides(kept, where[moments[index]], incoming.series, index) for index in more])
    parts.append(incoming.only(more).beside(_known(kept, where, moments, more), sides))
    runs = tuple(each for each in parts if each.series.seconds)
    return Merged(runs, known, conflicts, tuple(shown), tuple(contradicting), len(more))


def _all_kept(kept: Series, said: Series) -> bool:
    """Whether all of a file is kept to the last digit, as when it comes in again: seen without looking at each row."""
    columns = [(kept.seconds, said.seconds), (kept.celsius, said.celsius)]
    beside = (*UNITS, "beyond")
    columns += [(getattr(kept, name), column) for name in beside if (column := getattr(said, name)) is not None]
    return all(there is not None and there.tobytes() == here.tobytes() for there, here in columns)


def same(kept_c: float, said_c: float, limits: Profile = CRT) -> bool:
    """Whether two printings of a temperature are one reading: as near as rounding, and on one side of every limit.

    >>> same(21.3, 21.304), same(40.0, 40.005), same(39.995, 40.0), same(20.0, 19.996)
    (True, False, True, False)
    """
    if kept_c == said_c:
        return True
    if abs(kept_c - said_c) > SAME:
        return False
    low, high = min(kept_c, said_c), max(kept_c, said_c)
    below = limits.permitted_low_c, limits.keep_low_c
    above = limits.keep_high_c, limits.permitted_high_c, limits.highest_c
    return not (any(low < limit <= high for limit in below) or any(low <= limit < high for limit in above))


def _beside(
    kept: Series, there: int, incoming: Series, index: int, channels: Sequence[str], limits: Profile
) -> tuple[bool, tuple[float, float, str] | None]:
    """Return whether anything of a reading is new whose moment is kept, and what of it contradicts what is kept."""
    was, said = kept.celsius[there], incoming.celsius[index]
    if not same(was, said, limits):
        return False, (was, said, _DEGREES)
    is_new = not isnan(_sides(kept, there, incoming, index))
    for name in channels:
        said = getattr(incoming, name)[index]
        column = getattr(kept, name)
        before = nan if column is None else column[there]
        if isnan(said):
            continue
        if isnan(before):
            is_new = True
        elif abs(before - said) > max(ABOUT, ABOUT / 100 * before):
            return False, (before, said, UNITS[name])
    return is_new, None


def _sides(kept: Series, there: int, incoming: Series, index: int) -> float:
    """Return what is new of the sides of a reading on which the probe's range was left; nan where nothing is (R16)."""
    if incoming.beyond is None:
        return nan
    return says_more(nan if kept.beyond is None else kept.beyond[there], incoming.beyond[index])


def _known(kept: Series, where: dict[float, int], moments: array[float], more: Sequence[int]) -> dict[str, list[bool]]:
    """Return of each channel whether it is kept already of these readings."""
    return {
        name: [column is not None and not isnan(column[where[moments[index]]]) for index in more]
        for name, column in ((name, getattr(kept, name)) for name in UNITS)
    }
