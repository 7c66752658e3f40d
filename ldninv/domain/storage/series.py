"""What a logger recorded: moments and values, without the ones that are missing."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from enum import IntFlag
from math import isnan, nan


class Beyond(IntFlag):
    """On which side of a reading the logger said that its probe's range was left, and which way."""

    ABOVE_BEFORE = 1
    BELOW_BEFORE = 2
    ABOVE_AFTER = 4
    BELOW_AFTER = 8
    HOT_BEFORE = 16
    COLD_BEFORE = 32
    HOT_AFTER = 64
    COLD_AFTER = 128
    """Beside those above: what it printed proves that it was above 40, or below 15 °C (R14)."""

    @property
    def before(self) -> bool:
        """Whether it was left before the reading."""
        return bool(self & (Beyond.ABOVE_BEFORE | Beyond.BELOW_BEFORE))

    @property
    def after(self) -> bool:
        """Whether it was left after the reading."""
        return bool(self & (Beyond.ABOVE_AFTER | Beyond.BELOW_AFTER))


def both_say(one: float, other: float) -> float:
    """Return what two files say of the sides of one reading, as a `Beyond`; nan where neither says anything.

    >>> both_say(float("nan"), 4.0), both_say(1.0, 4.0)
    (4.0, 5.0)
    """
    said = (0 if isnan(one) else int(one)) | (0 if isnan(other) else int(other))
    return float(said) if said else nan


def says_more(kept: float, said: float) -> float:
    """Return what a file says of the sides of a reading and is not kept yet; nan where that is nothing.

    >>> says_more(1.0, 5.0), says_more(5.0, 1.0)
    (4.0, nan)
    """
    more = (0 if isnan(said) else int(said)) & ~(0 if isnan(kept) else int(kept))
    return float(more) if more else nan


def only_after(said: float) -> float:
    """Return what is said of the time after a reading alone; nan where that is nothing.

    >>> only_after(5.0), only_after(1.0)
    (4.0, nan)
    """
    after = (Beyond.ABOVE_AFTER, Beyond.BELOW_AFTER, Beyond.HOT_AFTER, Beyond.COLD_AFTER)
    return float(int(said) & sum(after)) or nan


@dataclass(frozen=True, slots=True)
class Series:
    """Readings of one logger in the order of time; a missing reading is simply not in it.

    All arrays are of doubles (`array("d")`) and of one length.
    """

    seconds: array[float]
    """Seconds since 1970-01-01T00:00, strictly rising: UTC, or local times as printed where no zone is known."""
    celsius: array[float]
    """Degrees Celsius."""
    humidity: array[float] | None = None
    """Percent of relative humidity, nan where it is missing; None where the logger has none."""
    lux: array[float] | None = None
    """Illuminance in lux, nan where it is missing; None where the logger has none."""
    since_row: array[float] | None = None
    """Seconds since the logger wrote a row without a temperature, nan where the row before is a reading; None where all
    are: how often a logger looks shows in these rows too (R16)."""
    beyond: array[float] | None = None
    """The `Beyond` of each reading, nan where there is none; None where the logger never said so."""

    def each(self, take: Callable[[array[float]], array[float]]) -> Series:
        """Return the same of every column, such as a stretch of it."""
        columns = (getattr(self, name) for name in COLUMNS)
        return Series(*(None if column is None else take(column) for column in columns))  # type: ignore[arg-type]

    def cut(self, start: int, end: int) -> Series:
        """Return the readings from one index up to another."""
        return self.each(lambda column: column[start:end])


COLUMNS = tuple(each.name for each in fields(Series))
CHANNELS = COLUMNS[2:]
"""What may stand beside the moments and the temperatures."""


def joined(parts: Sequence[Series]) -> Series:
    """Return series that follow one another as one; where a part lacks a channel that others have, it is NaN."""
    seconds, celsius = array("d"), array("d")
    for each in parts:
        seconds.extend(each.seconds)
        celsius.extend(each.celsius)
    beside = {name: _channel([(getattr(each, name), len(each.seconds)) for each in parts]) for name in CHANNELS}
    return Series(seconds, celsius, **beside)


def _channel(parts: Sequence[tuple[array[float] | None, int]]) -> array[float] | None:
    if all(own is None for own, _ in parts):
        return None
    found = array("d")
    for own, count in parts:
        found.extend(array("d", [float("nan")]) * count if own is None else own)
    return found
