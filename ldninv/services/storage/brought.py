"""What a logger's file brings in, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from ldninv.domain.entries import Posted
from ldninv.domain.refusal import Refused
from ldninv.domain.storage.daily import DailyReading
from ldninv.domain.storage.logger_file import ClockChange, Stood
from ldninv.domain.storage.series import Series
from ldninv.domain.stored import Storage
from ldninv.services.context import Change
from ldninv.services.files import sha256
from ldninv.services.storage.merging import Conflict, Merged

ACTION = "readings-imported"
"""What the trail calls a logger's file that came in."""
CLOCK = "clock"
"""What an event tells of a logger whose clock stood when its zone's were changed, or was set again."""
CLOCK_ANSWERED = "clock_answered"
"""The same of what a person said of the clock changes in its file."""
READ_AS = "read_as"
"""The same of what a person said of how the file is read: dates, column, unit."""
AS_PRINTED = "as_printed"
"""The same of what a person said was measured as it stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """What a logger's file holds, in UTC."""

    file: str
    content: bytes
    """The file itself."""
    series: Series | None = None
    printed: Sequence[str] = ()
    """Each reading's time as it stands in the file."""
    as_printed: Sequence[str] = ()
    """What a person said was measured as it stands, although it looks otherwise."""
    stood: Stood | None = None
    """What it says of the logger's clock for the files that follow."""
    clock: ClockChange | None = None
    """What a person said of that clock."""
    read_as: Mapping[str, str] = field(default_factory=dict)
    """What a person said of how it is read, by the question."""
    days: Sequence[DailyReading] = ()
    """What a logger kept of days, where it keeps no readings; their place is filled in."""

    @property
    def digest(self) -> str:
        """The SHA-256 of the file."""
        return sha256(self.content)

    @property
    def said(self) -> dict[str, object]:
        """What a person said of it and what it says of its logger's clock, as its event tells them."""
        stood = self.stood and {"since": self.stood.since, "east": self.stood.east}
        clock = self.clock and self.clock.value
        told = {CLOCK: stood, CLOCK_ANSWERED: clock, READ_AS: {**self.read_as}, AS_PRINTED: [*self.as_printed]}
        return {key: value for key, value in told.items() if value}


@dataclass(frozen=True, slots=True, kw_only=True)
class BroughtIn:
    """What came of a file."""

    new: int
    known: int
    """Readings that are kept already, with the same value."""
    conflicts: int
    shown: tuple[Conflict, ...] = ()
    """The first of them."""
    marked: tuple[tuple[str, Storage], ...] = ()
    """The lots whose record is worse than in range, each with its level, of all that stood there."""
    held: tuple[str, ...] = ()
    """The lots that were put on hold."""
    dispensed: tuple[Posted, ...] = ()
    """What was dispensed of these since it happened, as far as a pharmacist is to look at it (R18)."""
    changed: Change = Change.NOTHING


class Contradicted(Refused):
    """A file says something else than what is kept, and nothing of it was kept."""

    def __init__(self, brought: BroughtIn) -> None:
        count = "1 reading contradicts" if brought.conflicts == 1 else f"{brought.conflicts} readings contradict"
        waits = "1 new reading waits" if brought.new == 1 else f"{brought.new} new readings wait"
        super().__init__(
            f"Nothing was written: {count} what is kept of this logger, the first is {brought.shown[0].printed}; "
            f"{waits if brought.new else 'none is new'}. See which logger this file is from."
        )
        self.brought = brought


def contradicted(done: BroughtIn) -> Contradicted:
    """Return the refusal of a file of which some contradicts what is kept, as nothing of it was marked."""
    return Contradicted(replace(done, marked=(), held=(), changed=Change.NOTHING))


def read_otherwise(incoming: Incoming, merged: Merged, place: str) -> Refused:
    """Return the refusal of a file of which readings are kept and others are new: it was read in another way before."""
    if merged.new == merged.beside:
        return Refused(
            f"{incoming.file} came in before, with an earlier version of this program that read less of it: what its "
            "marks say of the probe's range, or its light and humidity. What is kept of it stays. Read the logger out "
            "again: with another file all of it is kept."
        )
    return Refused(
        f"{incoming.file} came in before and was read in another way then, by the order of its dates or by its "
        f"clock. What is kept of it stays; look at the record of {place} for it."
    )
