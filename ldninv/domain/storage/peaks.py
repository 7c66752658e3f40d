"""A record as narrow as paper: of each column the lowest and the highest reading, so that no peak is lost."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

Peak = tuple[float, float] | None
"""The lowest and the highest of a column; None where nothing is known."""


def peaks(seconds: Sequence[float], values: Sequence[float], start: float, end: float, columns: int) -> list[Peak]:
    """Return the lowest and highest value of each of `columns` equal parts of a span.

    >>> peaks([0, 1, 2, 3], [20, 41, 22, 21], 0, 4, 2), peaks([0.0], [20.0], 0, 4, 2)
    ([(20, 41), (21, 22)], [(20.0, 20.0), None])
    """
    edges = [bisect_left(seconds, start + (end - start) * at / columns) for at in range(columns + 1)]
    parts = (values[first:last] for first, last in pairwise(edges))
    return [(min(part), max(part)) if part else None for part in parts]
