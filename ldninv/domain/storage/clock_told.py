"""What the clock that a file prints tells of the changes of its zone's clocks, and what has to be asked."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import timedelta, tzinfo
from itertools import pairwise

from ldninv.domain.storage.clock_changes import EPOCH, Change, east_of, first_offset
from ldninv.domain.storage.logger_file import Asked, Choice, ClockChange, LoggerFile, Question

_HOUR = 3600.0
_NEAR = 900.0
"""Seconds by which a step may be off the interval and still tell of a change of an hour."""
_BY_HAND = 12 * _HOUR
"""Seconds between readings that may be a person's, and no logger's."""


def told(file: LoggerFile, zone: tzinfo, changes: Sequence[Change]) -> ClockChange:
    """Return what the printed clock itself tells: that it was changed with the zone's, or that it stood.

    Raises:
        Asked: readings fall in an hour that is repeated or missing, or the steps over a change do not tell.
    """
    touched = [(change, at) for change in changes if (at := _touched(file, change)) is not None]
    if touched:
        raise _asked(file, zone, touched)
    if file.steps_back:
        return ClockChange.FOLLOWS  # it was set back, and if that was not where its zone was, the row is told
    across = [(change, at) for change in changes if (at := _first_after(file, change)) is not None]
    told = {change: _by_step(file, change, at) for change, at in across}
    for change, at in across:
        if told[change] is None or told[change] is not told[across[0][0]]:
            raise _asked_across(file, zone, change, at)
    return next(filter(None, told.values()), ClockChange.FOLLOWS)


def _first_after(file: LoggerFile, change: Change) -> int | None:
    """Return the first reading printed after a change that has one printed before it; None where there are not both."""
    at = bisect_left(file.local, change.last)
    return at if 0 < at < len(file.local) else None


def _by_step(file: LoggerFile, change: Change, at: int) -> ClockChange | None:
    """Return what the step over a change tells: it is an interval on a clock that stood, or on one that was changed.

    Nothing where there is a gap, and where it is half a day or more: people read thermometers by the clock on the wall.
    """
    interval = file.interval_s or 0.0
    printed = file.local[at] - file.local[at - 1]
    near = min(_NEAR, interval / 4)
    stood = abs(printed - interval) <= near
    followed = abs(printed + change.before - change.after - interval) <= near
    if stood is followed or interval >= _BY_HAND:
        return None
    return ClockChange.STANDS if stood else ClockChange.FOLLOWS


def _touched(file: LoggerFile, change: Change) -> int | None:
    """Return the first reading in an hour that is repeated or missing, or None."""
    for start, end in _runs(file):
        at = bisect_left(file.local, change.first, start, end)
        if at < end and file.local[at] < change.last:
            return at
    return None


def _runs(file: LoggerFile) -> list[tuple[int, int]]:
    """Return the stretches in which the printed clock only rises."""
    edges = [0, *file.steps_back, len(file.local)]
    return list(pairwise(edges))


def _asked(file: LoggerFile, zone: tzinfo, touched: Sequence[tuple[Change, int]]) -> Asked:
    change, at = touched[0]
    day = (EPOCH + timedelta(seconds=change.first)).date()
    what = "is printed twice" if change.back else "does not exist"
    likely = ClockChange.FOLLOWS if file.steps_back else None
    if likely is None and (not change.back or _runs_through(file, change)):
        likely = ClockChange.STANDS
    because = (
        f"On {day} the clocks of {zone} were {'set back' if change.back else 'put forward'}; {file.file} has readings "
        f"in the hour that {what} then (line {file.lines[at]}: {file.printed[at]})."
    )
    return _ask(file, zone, because, likely)


def _asked_across(file: LoggerFile, zone: tzinfo, change: Change, at: int) -> Asked:
    day = (EPOCH + timedelta(seconds=change.first)).date()
    because = (
        f"On {day} the clocks of {zone} were {'set back' if change.back else 'put forward'}; the readings of "
        f"{file.file} before and after it (line {file.lines[at]}: {file.printed[at]}) do not tell whether its clock "
        "was too."
    )
    return _ask(file, zone, because, None)


def asked_again(file: LoggerFile, zone: tzinfo, east: float) -> Asked:
    """Return the question whether the logger's clock still stands as it did in a file before."""
    because = (
        f"The clock of this logger stood at {east_of(east)} when the clocks of {zone} were changed before {file.file} "
        f"begins, at {file.printed[0]}; there they show {east_of(first_offset(zone, file.local[0]))}."
    )
    choices = (
        Choice(ClockChange.STANDS, f"it stands at {east_of(east)} still"),
        Choice(ClockChange.FOLLOWS, "it was set to the clocks of its zone since"),
    )
    said = f"{because} Say whether the logger's clock was set since."
    return Asked(said, Question.CLOCK, choices, None, because=because)


def _ask(file: LoggerFile, zone: tzinfo, because: str, likely: ClockChange | None) -> Asked:
    choices = (
        Choice(ClockChange.FOLLOWS, "it was changed with the clocks of its zone"),
        Choice(ClockChange.STANDS, f"it stayed at {east_of(first_offset(zone, file.local[0]))} throughout"),
    )
    return Asked(
        f"{because} Say whether the logger's clock was changed too.",
        Question.CLOCK,
        tuple(sorted(choices, key=lambda each: each.value != likely)),
        likely,
        because=because,
    )


def _runs_through(file: LoggerFile, change: Change) -> bool:
    """Whether readings go on through the repeated hour as on any other night."""
    at = bisect_left(file.local, change.last)
    usual = 2.5 * (file.interval_s or _HOUR)
    return 0 < at < len(file.local) and file.local[at] - file.local[at - 1] <= usual
