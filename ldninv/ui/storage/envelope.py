"""What of a long series can be seen: the lowest and the highest reading of every pixel, never a mean."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Line = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Curve:
    """Readings as they are drawn: all arrays have one item a reading."""

    seconds: Line
    values: Line
    begins: NDArray[np.int64]
    """Indices of the readings that nothing joins to the one before: the first after each gap, rising."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A line to draw, two points a pixel at most."""

    x: Line
    y: Line
    joined: NDArray[np.int32]
    """1 where a point is joined to the next, else 0."""


def envelope(curve: Curve, first: float, last: float, columns: int) -> Drawn:
    """Return what is seen of a curve between two moments in `columns` pixels.

    Each pixel has its lowest and its highest reading, on either side of a gap its own: a reading alone is as wide as a
    pixel, so that it is seen.
    """
    seconds, values = curve.seconds, curve.values
    low = max(0, int(np.searchsorted(seconds, first)) - 1)
    high = min(len(seconds), int(np.searchsorted(seconds, last, side="right")) + 1)
    begins = curve.begins[np.searchsorted(curve.begins, low, side="right") : np.searchsorted(curve.begins, high)]
    if high - low <= 2 * columns:
        starts = np.arange(low, high)
    else:
        edges = low + np.searchsorted(seconds[low:high], np.linspace(first, last, columns, endpoint=False))
        starts = np.unique(np.concatenate(([low], edges[edges < high], begins)))
    if not len(starts):
        return Drawn(np.empty(0), np.empty(0), np.empty(0, np.int32))
    x, y, joined = np.repeat(seconds[starts], 2), np.empty(2 * len(starts)), np.ones(2 * len(starts), np.int32)
    y[::2] = np.minimum.reduceat(values[low:high], starts - low)
    y[1::2] = np.maximum.reduceat(values[low:high], starts - low)
    first_of = np.searchsorted(starts, begins)
    joined[2 * first_of - 1] = 0
    joined[-1] = 0
    alone = (joined[1::2] == 0) & (np.concatenate(([0], joined[1:-1:2])) == 0)
    x[1::2][alone] += (last - first) / max(1, columns)
    return Drawn(x, y, joined)


def marked(curve: Curve, first: float, last: float, step: float, share: float) -> NDArray[np.int64]:
    """Return the readings that bear a mark between two moments: one every `step` seconds, none for a moment in a gap.

    Args:
        curve: The readings.
        first: The first moment.
        last: The last one.
        step: Seconds.
        share: Of a step by which the marks of this curve are set off, so that those of several do not meet.
    """
    seconds = curve.seconds
    low, high = int(np.searchsorted(seconds, first)), int(np.searchsorted(seconds, last, side="right"))
    moments = (np.arange(np.floor(first / step), np.ceil(last / step) + 1) + share) * step
    if high - low <= len(moments):
        return np.arange(low, high)
    near = np.searchsorted(seconds, moments)
    moments, near = moments[(near >= low) & (near < high)], near[(near >= low) & (near < high)]
    found = np.unique(near[(seconds[near] == moments) | ~np.isin(near, curve.begins)])
    return found if len(found) else np.array([low])
