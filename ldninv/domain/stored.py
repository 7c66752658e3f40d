"""What is kept of a batch's storage beside its ledger: how well it was kept, and what waits for a pharmacist (R18)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Storage(StrEnum):
    """What the record of its places says, rising: the levels of R14, and what may be missing from it (R16)."""

    NOT_MONITORED = "not-monitored"
    IN_RANGE = "in-range"
    ALLOWED_EXCURSION = "allowed-excursion"
    INCOMPLETE = "incomplete"
    SPIKE = "spike"
    BREACH = "breach"

    @property
    def harm(self) -> int:
        """How bad it is: more is worse. Compare by this, never by the word."""
        return _RISING.index(self)

    @classmethod
    def seen(cls, level: str, *, incomplete: bool) -> Storage:
        """Return what a record of that level says in one word: what is incomplete is never called in range (R16).

        >>> Storage.seen("in-range", incomplete=True).value
        'incomplete'
        """
        lacking = cls.INCOMPLETE if incomplete else cls.NOT_MONITORED
        return max(cls(level), lacking, key=lambda each: each.harm)


_RISING = tuple(Storage)


@dataclass(frozen=True, slots=True)
class Stored:
    """The storage of a batch as its record has it now; a batch without a record is not monitored."""

    level: Storage = Storage.NOT_MONITORED
    review: str | None = None
    """What a pharmacist should look at, in words; None where there is nothing. The batch stays usable all the same."""


NO_RECORD = Stored()
"""Of a batch that no logger ever watched."""
