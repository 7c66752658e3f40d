"""What a logger recorded: moments and values, without the ones that are missing."""

from __future__ import annotations

from array import array
from dataclasses import dataclass


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
