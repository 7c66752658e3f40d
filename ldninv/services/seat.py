"""Who sits at this workstation, and since when nothing was heard of them."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from ldninv.domain.people import Person, Role, SignInNeeded, Why
from ldninv.domain.settings import Settings

SECONDS = 60


def ticks() -> float:
    """Return seconds that only ever grow, also while the computer sleeps."""
    clock = getattr(time, "CLOCK_BOOTTIME", getattr(time, "CLOCK_MONOTONIC", None))
    return time.monotonic() if clock is None else time.clock_gettime(clock)


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody who is signed in."""

    person: int
    name: str
    role: Role
    pin_set: int
    """The PIN that let them in, by the event that set it."""
    touched: float
    """When they were last heard of, in ticks."""


class Seat:
    """The place before one screen. It is shared by all that works there, so that one sign-in holds everywhere.

    `ask` is called before a write where nobody is signed in, outside of any transaction: the command line reads name
    and PIN there. A window has none; it answers `SignInNeeded` and does the same again.
    """

    def __init__(self, clock: Callable[[], float] = ticks, ask: Callable[[], None] | None = None) -> None:
        self._clock = clock
        self.ask = ask
        self.session: Session | None = None
        self.last: str | None = None
        """Who was signed in last, to be offered first."""
        self.idle_minutes = Settings().idle_minutes
        """After how long the next write asks; as it was when it was last looked at."""

    def take(self, person: Person, idle_minutes: int) -> None:
        """Let a person in whose PIN was right."""
        self.idle_minutes = idle_minutes
        self.last = person.name
        self.session = Session(person.id, person.name, person.role, person.pin_set, self._clock())

    def touch(self) -> None:
        """Note that somebody is at work here; who was away for too long stays away."""
        session = self.session
        if session is not None and not self.idle:
            self.session = replace(session, touched=self._clock())

    def lock(self) -> None:
        """Let the next write ask for a PIN."""
        self.session = None

    @property
    def idle(self) -> bool:
        """Whether whoever is signed in was away for too long."""
        session = self.session
        return session is not None and self._clock() - session.touched > self.idle_minutes * SECONDS

    def admit(self, person: Person, session: Session, idle_minutes: int) -> None:
        """Let a signed-in person write, or say why the PIN has to be asked for.

        Raises:
            SignInNeeded: they left, their PIN is another, or nothing was heard of them for a while.
        """
        self.idle_minutes = idle_minutes
        if person.retired:
            raise SignInNeeded(Why.RETIRED, person.name)
        if person.pin_set != session.pin_set:
            raise SignInNeeded(Why.PIN_CHANGED, person.name)
        if self.idle:
            raise SignInNeeded(Why.IDLE, person.name)
