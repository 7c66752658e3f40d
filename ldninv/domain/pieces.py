"""Long columns gone through in pieces: what runs in C holds the interpreter to its end, and a window waits for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import fsum
from operator import lt

AT_ONCE = 8192
"""Items that are gone through without letting another thread in: about a millisecond of work."""


def pieces(length: int) -> Iterator[slice]:
    """Yield slices that cover `length` items in order; between two of them other threads may run.

    >>> [(part.start, part.stop) for part in pieces(20_000)]
    [(0, 8192), (8192, 16384), (16384, 20000)]
    """
    for start in range(0, length, AT_ONCE):
        yield slice(start, min(start + AT_ONCE, length))


def lowest(values: Sequence[float]) -> float:
    """Return the lowest of at least one value."""
    return min(min(values[part]) for part in pieces(len(values)))


def highest(values: Sequence[float]) -> float:
    """Return the highest of at least one value."""
    return max(max(values[part]) for part in pieces(len(values)))


def total(values: Sequence[float]) -> float:
    """Return the sum of values, exact but for one rounding a piece."""
    return fsum(fsum(values[part]) for part in pieces(len(values)))


def rises(values: Sequence[float]) -> bool:
    """Return whether each value is above the one before it.

    >>> rises([1, 2, 3]), rises([1, 2, 2]), rises([1])
    (True, False, True)
    """
    return all(all(map(lt, values[part], values[part.start + 1 : part.stop + 1])) for part in pieces(len(values) - 1))
