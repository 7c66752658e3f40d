"""From the local times that a file prints to instants: the logger's zone, and the hours that clock changes repeat.

Where a zone's clocks are set back an hour is printed twice, where they are put forward one is missing. Readings that
fall there are asked for once a file: did the logger's clock follow the change, or stand? None of them is dropped, and
what contradicts the answer is refused with its row.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from operator import le

from ldninv.domain.pieces import rises
from ldninv.domain.refusal import Refused
from ldninv.domain.storage.clock_changes import EPOCH, Change, changes_between, east_of, first_offset, offset
from ldninv.domain.storage.clock_told import asked_again, told
from ldninv.domain.storage.logger_file import Answers, ClockChange, LoggerFile, Stood
from ldninv.domain.storage.series import Series

_HOUR = 3600.0
_HALF_HOUR = 1800.0
"""By less no clock is set back."""
_MOST_HOURS = 14
_FIXED = re.compile(
    r"(?:UTC|GMT)?\s?(?:(?P<sign>[+−-])\s?(?P<hours>[0-9]{1,2})(?::?(?P<minutes>[0-9]{2}))?)?|Z", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Placed:
    """A file's readings as a series, with what is printed for each."""

    series: Series
    printed: Sequence[str]
    zone: tzinfo | None
    """None where none is known: the series then counts the printed clock."""
    set_back: tuple[tuple[float, float], ...] = ()
    """Without a zone: from which second of the series the printed clock is behind it, and by how many more."""
    stood: Stood | None = None
    """What the file says of the logger's clock, for the files that follow; None where it says nothing new."""
    clock: ClockChange | None = None
    """What a person said of it."""

    def said(self, seconds: float) -> str:
        """Return a moment of the series in ISO 8601: local, with its offset where a zone is known."""
        if self.zone is None:
            behind = sum(by for at, by in self.set_back if seconds >= at)
            return (EPOCH + timedelta(seconds=round(seconds - behind))).isoformat()
        return datetime.fromtimestamp(round(seconds), UTC).astimezone(self.zone).isoformat()


def zone_named(text: str) -> tzinfo:
    """Return the zone that a person names: a place's, UTC, or a fixed offset.

    Raises:
        Refused: there is no such zone.

    >>> zone_named("GMT-07:00"), zone_named("America/Denver").key
    (datetime.timezone(datetime.timedelta(days=-1, seconds=61200)), 'America/Denver')
    """
    said = text.strip()
    fixed = _FIXED.fullmatch(said) if said else None
    if fixed is not None:
        east = timedelta(hours=int(fixed["hours"] or 0), minutes=int(fixed["minutes"] or 0))
        if east <= timedelta(hours=_MOST_HOURS):
            return timezone(-east if fixed["sign"] in ("-", "−") else east)
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - loads the tables of zones

    try:
        if "/" in said:
            return ZoneInfo(said)
    except (ValueError, OSError, KeyError):  # a name that is not there, and one that is no name
        pass
    raise Refused(f"There is no time zone “{said}”. Name one such as America/Denver, or an offset such as UTC-07:00.")


def placed(file: LoggerFile, zone: tzinfo | None = None, answers: Answers | None = None) -> Placed:
    """Return the series of a file in UTC, or where no zone is known by the clock that it prints.

    Args:
        file: What was read.
        zone: The logger's, confirmed by a person.
        answers: What a person said of this file.

    Raises:
        Asked: readings fall in an hour that a clock change repeats or skips.
        Refused: they contradict the zone, or what a person said.
    """
    back: tuple[tuple[float, float], ...] = ()
    stood: Stood | None = None
    clock: ClockChange | None = None
    if zone is None:
        seconds, back = _by_printed_clock(file)
    elif file.offsets is not None:
        seconds = _by_printed_offsets(file, zone)
    else:
        answers = answers or Answers()
        seconds, stood = _by_zone(file, zone, answers)
        clock = answers.clock
    series = Series(seconds, file.celsius, file.humidity, file.lux, file.since_row, file.beyond)
    return Placed(series, file.printed, zone, back, stood, clock)


def _by_printed_clock(file: LoggerFile) -> tuple[array[float], tuple[tuple[float, float], ...]]:
    """Return the printed clock, gone on with where it was set back, so that durations stay true."""
    if not file.steps_back:
        return file.local, ()
    seconds = array("d", file.local)
    back = []
    for at in file.steps_back:
        by = _nearest_half_hour((file.interval_s or 0.0) - (file.local[at] - file.local[at - 1]))
        seconds[at:] = array("d", [each + by for each in seconds[at:]])
        back.append((seconds[at], by))
    return seconds, tuple(back)


def _nearest_half_hour(seconds: float) -> float:
    return round(seconds / _HALF_HOUR) * _HALF_HOUR


def _by_printed_offsets(file: LoggerFile, zone: tzinfo) -> array[float]:
    offsets = file.offsets or array("d")
    seconds = array("d", [local - east for local, east in zip(file.local, offsets, strict=True)])
    for at, (moment, east) in enumerate(zip(seconds, offsets, strict=True)):
        if (at == 0 or east != offsets[at - 1]) and east != 0 and east != offset(zone, moment):
            raise Refused(
                f"{file.file} prints its own offset, {east_of(east)}, which is not that of {zone} on line "
                f"{file.lines[at]}. Name the logger's zone."
            )
    return _rising(file, seconds)


def _by_zone(file: LoggerFile, zone: tzinfo, answers: Answers) -> tuple[array[float], Stood | None]:
    """Return the instants of a file, and what it says of the logger's clock for the files that follow."""
    zones = first_offset(zone, file.local[0])
    before = next((each for each in reversed(answers.stood) if each.since <= file.local[0] - zones), None)
    east = zones if before is None or before.east is None else before.east
    clock = answers.clock
    if clock is None and east != zones:
        raise asked_again(file, zone, east)
    changes = changes_between(zone, file.local[0], file.local[-1])
    if clock is None and changes:
        clock = told(file, zone, changes)
    if clock is ClockChange.STANDS:
        seconds = _rising(file, _shifted(file.local, east))
        return seconds, Stood(changes[0].moment, east) if changes and east == zones else None
    seconds = _rising(file, _followed(file, zone, changes))
    if before is None or before.east is None or (not changes and east == zones):
        return seconds, None
    return seconds, Stood(seconds[0] if east != zones else changes[0].moment, None)


def _followed(file: LoggerFile, zone: tzinfo, changes: Sequence[Change]) -> array[float]:
    """Return the instants of a clock that was changed with its zone's.

    Raises:
        Refused: a reading lies in an hour that the zone did not have, or the repeated hour cannot be told apart.
    """
    seconds = array("d")
    at = 0
    east = first_offset(zone, file.local[0])
    for change in changes:
        until = _after(file, change, at)
        seconds.extend(_shifted(file.local[at:until], east))
        at, east = until, change.after
    seconds.extend(_shifted(file.local[at:], east))
    return seconds


def _after(file: LoggerFile, change: Change, start: int) -> int:
    """Return the first reading after a change of the clocks.

    Raises:
        Refused: the printed clock does not tell.
    """
    end = next((at for at in file.steps_back if at > start), len(file.local))
    set_back = end < len(file.local) and change.first <= file.local[end] < change.last
    if end < len(file.local) and not set_back and file.local[end - 1] < change.first:
        raise _backwards(file, end)
    entered = bisect_left(file.local, change.first, start, end)
    left = bisect_left(file.local, change.last, entered, end)
    if not change.back:
        if left > entered:
            raise Refused(
                f"{file.file}, line {file.lines[entered]}: {file.printed[entered]} does not exist where clocks were "
                "put forward. The logger's clock was not changed then, or it is in another zone."
            ).when_typed("--clock stands, or another --zone")
        return entered
    if set_back:
        return end
    if entered == left:
        return entered
    return _one_passing(file, change, entered, left, end)


def _one_passing(file: LoggerFile, change: Change, entered: int, left: int, end: int) -> int:
    """Return where the repeated hour begins anew though it is printed once: where the record has its hole."""
    usual = 2.5 * (file.interval_s or _HOUR)
    joined_before = entered > 0 and file.local[entered] - file.local[entered - 1] <= usual
    joined_after = left < end and file.local[left] - file.local[left - 1] <= usual
    if joined_before and not joined_after:
        return left
    if joined_after and not joined_before:
        return entered
    if file.interval_s is not None and file.interval_s >= _HOUR and entered > 0:
        step = file.local[entered] - file.local[entered - 1]
        if abs(step - file.interval_s) < 1:
            return left
        if abs(step + _HOUR - file.interval_s) < 1:
            return entered
    day = datetime.fromtimestamp(change.moment, UTC).date()
    raise Refused(
        f"{file.file} prints the hour that was repeated on {day} once (from line {file.lines[entered]}). Its clock "
        "was not changed then, or its zone is a fixed offset such as UTC-07:00."
    ).when_typed("--clock stands, or --zone UTC-07:00")


def _shifted(local: array[float], east: float) -> array[float]:
    return array("d", [each - east for each in local]) if east else array("d", local)


def _rising(file: LoggerFile, seconds: array[float]) -> array[float]:
    """Refuse instants that do not rise, with the row.

    Raises:
        Refused: time stands still or runs backwards under this zone.
    """
    if rises(seconds):
        return seconds
    at = next(at for at, falls in enumerate(map(le, seconds[1:], seconds), 1) if falls)
    raise _backwards(file, at)


def _backwards(file: LoggerFile, at: int) -> Refused:
    return Refused(
        f"{file.file}: the clock runs backwards on line {file.lines[at]}, to {file.printed[at]} after "
        f"{file.printed[at - 1]}, and the zone has no change of its clocks there. Name the logger's zone, or export "
        "the file again."
    )
