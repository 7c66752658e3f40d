"""The words for what a record says, and which is worse (R14)."""

from __future__ import annotations

from enum import StrEnum


class Level(StrEnum):
    """What was seen of a place's temperature, rising. `domain.standing.Storage` adds what may be missing from it."""

    IN_RANGE = "in-range"
    ALLOWED_EXCURSION = "allowed-excursion"
    SPIKE = "spike"
    BREACH = "breach"

    @property
    def harm(self) -> int:
        """How bad it is: 0 is good, more is worse. Compare by this, never by the word."""
        return _RISING.index(self)


_RISING = tuple(Level)


def worst(*levels: Level) -> Level:
    """Return the worst of `levels`; nothing seen is nothing wrong.

    >>> worst(Level.SPIKE, Level.ALLOWED_EXCURSION).value
    'spike'
    """
    return max(levels, key=lambda level: level.harm, default=Level.IN_RANGE)
