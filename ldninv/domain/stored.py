"""What is kept of a batch's storage beside its ledger: how well it was kept, and what waits for a pharmacist (R18)."""

from __future__ import annotations

from dataclasses import dataclass, replace
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

COVERED = 0.95
"""Share of the time that has to be known; under it a batch's record is incomplete, wherever it stood (R16)."""

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
    lost_on: date | None = None
    """The day (UTC) from which on it is incomplete where it stands, as no logger watches there; None where one does."""

    def as_of(self, today: date, place: str | None, until: date | None) -> Stored:
        """Return it as it is on a day: where nobody watches, or the record stopped, what follows is not known (R16).

        Where no logger watches it is incomplete once less than 95 % of its time is known, on a day known beforehand. A
        record that stopped is another matter:
        For a month it may wait to be read out, and says nothing. From then on the batch is incomplete until it is read
        out, as its place is that day. For all that was known less than a year and a half (589 days) over a twentieth of
        its time is missing then; one that was known longer is incomplete a few days before that. It has to be: nobody
        looked at where it stands for a month.

        Args:
            today: The day.
            place: Where the batch stands.
            until: The last day that the record of its place knows; None where no logger watches it.
        """
        if self.level is Storage.NOT_MONITORED:
            return self
        if until is not None and overdue(until, today):
            said = f"no record at {place} since {until}: read its logger out"
        elif until is None and self.lost_on is not None and self.lost_on <= today:
            said = f"less than {COVERED:.0%} of its time is known: no logger watches {place}"
        else:
            return self
        level = max(self.level, Storage.INCOMPLETE, key=lambda each: each.harm)
        return replace(self, level=level, review=said if self.review is None else f"{self.review}; {said}")


NO_RECORD = Stored()
"""Of a batch that no logger ever watched."""
