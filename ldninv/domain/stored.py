"""What is kept of a batch's storage beside its ledger: how well it was kept, and what waits for a pharmacist (R18)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
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

READ_OUT = 31
"""Days for which a logger may wait to be read out: a month, as many pharmacies do, and a window of the mean (R15)."""


def overdue(until: date, today: date) -> bool:
    """Whether a place's record ends longer ago than a logger may wait to be read out (R16, R20).

    >>> overdue(date(2026, 1, 7), date(2026, 2, 7)), overdue(date(2026, 1, 7), date(2026, 2, 8))
    (False, True)
    """
    return (today - until).days > READ_OUT


@dataclass(frozen=True, slots=True)
class Stored:
    """The storage of a batch as its record has it now; a batch without a record is not monitored."""

    level: Storage = Storage.NOT_MONITORED
    review: str | None = None
    """What a pharmacist should look at, in words; None where there is nothing. The batch stays usable all the same."""

    def as_of(self, today: date, place: str | None, until: date | None) -> Stored:
        """Return it as it is on a day: where the record of its place stopped, what follows is not known (R16).

        For a month it may wait to be read out, and says nothing. From then on the batch is incomplete until it is read
        out, as its place is that day. For all that was known less than a year and a half (589 days) over a twentieth of
        its time is missing then; one that was known longer is incomplete a few days before that. It has to be: nobody
        looked at where it stands for a month.

        Args:
            today: The day.
            place: Where the batch stands.
            until: The last day that the record of its place knows; None where no logger watches it.
        """
        if until is None or self.level is Storage.NOT_MONITORED or not overdue(until, today):
            return self
        said = f"no record at {place} since {until}: read its logger out"
        level = max(self.level, Storage.INCOMPLETE, key=lambda each: each.harm)
        return Stored(level, said if self.review is None else f"{self.review}; {said}")


NO_RECORD = Stored()
"""Of a batch that no logger ever watched."""
