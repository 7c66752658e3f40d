"""The people of a pharmacy: what they are, their PINs, and who may do what (R8)."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from ldninv.domain.lots import looks_internal
from ldninv.domain.refusal import Refused
from ldninv.domain.scan.plain import bare

LONGEST_NAME = 60
"""Characters that fit a signature line."""

SHORTEST_PIN, LONGEST_PIN = 6, 32
"""Digits."""

LONGEST_BADGE = 80
"""Characters."""

FREE_TRIES = 5
"""Wrong PINs, one after the other, from which on one has to wait."""

FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=30), timedelta(minutes=15)
"""The waiting time doubles with every further wrong PIN, up to the longest."""

_RUNS = "01234567890", "09876543210"


class Role(StrEnum):
    """What somebody is in this pharmacy."""

    TECHNICIAN = "technician"
    PHARMACIST = "pharmacist"
    ADMIN = "admin"

    @property
    def one(self) -> str:
        """One of them, in a sentence."""
        return f"an {self}" if self is Role.ADMIN else f"a {self}"


MANAGERS = (Role.PHARMACIST, Role.ADMIN)
"""Who adds people, and changes what they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who works here, or did: a person is retired, never deleted. Neither PIN nor badge is part of it."""

    id: int
    name: str
    role: Role
    retired: bool = False
    has_badge: bool = False
    pin_set: int = 0
    """Number of the event that set the PIN; another PIN has another."""
    pin_given: bool = False
    """Whether somebody else set the PIN anew: then its owner changes it before signing anything."""
    failures: int = 0
    """Wrong PINs since the last right one."""
    failed_at: datetime | None = None
    """When the last of them was."""

    @property
    def manages(self) -> bool:
        """Whether this person may add people and change what they are."""
        return not self.retired and self.role in MANAGERS


class Why(StrEnum):
    """Why the next write asks for a PIN."""

    NOBODY = "nobody"
    IDLE = "idle"
    RETIRED = "retired"
    PIN_CHANGED = "pin-changed"


class SignInNeeded(Refused):
    """Nobody is signed in who may write. Whoever can ask for a PIN asks, and then does the same again."""

    def __init__(self, why: Why, name: str | None = None) -> None:
        """Say why; `name` is who was signed in last."""
        self.why = why
        self.name = name
        super().__init__(f"Sign in to write: {_BECAUSE[why].format(name=name)}.")


_BECAUSE = {
    Why.NOBODY: "nobody is signed in here",
    Why.IDLE: "{name} was away for a while",
    Why.RETIRED: "{name} no longer works here",
    Why.PIN_CHANGED: "the PIN of {name} was changed since",
}


def name_key(name: str) -> str:
    """Return what two writings of one name have in common.

    >>> name_key("  Ana  RUIZ ") == name_key("Ana Ruiz")
    True
    """
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def checked_name(name: str) -> str:
    """Return a name as it is kept.

    Raises:
        Refused: there is none, it is too long, it cannot be printed or it is all digits, as a PIN typed there is.
    """
    kept = " ".join(unicodedata.normalize("NFC", name).split())
    if not kept or len(kept) > LONGEST_NAME or not kept.isprintable():
        raise Refused(f"That is no name for a person. Give 1 to {LONGEST_NAME} letters.")
    if not any(each.isalpha() for each in kept):
        raise Refused("A name has letters. Give the person's name; the PIN is asked for by itself.")
    return kept


def checked_pin(pin: str) -> str:
    """Return a new PIN, if it is fit to be one. What was typed is never said again.

    Raises:
        Refused: too short, not digits alone, one digit again and again, or counting up or down.
    """
    if not (pin.isascii() and pin.isdigit() and SHORTEST_PIN <= len(pin) <= LONGEST_PIN):
        raise Refused(f"A PIN is {SHORTEST_PIN} to {LONGEST_PIN} digits, and nothing else. Choose another.")
    if len(set(pin)) == 1 or any(pin in run for run in _RUNS):
        raise Refused("That PIN is guessed first: one digit again and again, or counting. Choose another.")
    return pin


def badge_key(text: str) -> str:
    r"""Return a scanned badge as it is kept and looked for.

    >>> badge_key("]C0STAFF-0017\r")
    'staff-0017'
    """
    return bare(text).text.casefold()


def checked_badge(text: str) -> str:
    """Return a new badge as it is kept. What was scanned is never said again.

    Raises:
        Refused: nothing, too much, or the lot of a batch.
    """
    kept = badge_key(text)
    if not kept or len(kept) > LONGEST_BADGE or not kept.isprintable():
        raise Refused(f"That is no badge. Scan a code of 1 to {LONGEST_BADGE} characters.")
    if looks_internal(kept):
        raise Refused("That is the lot of a batch, and no badge. Scan the person's badge.")
    return kept


def waiting_time(failures: int) -> timedelta:
    """Return how long one has to wait after so many wrong PINs.

    >>> [int(waiting_time(failures).total_seconds()) for failures in (4, 5, 6, 7, 100)]
    [0, 30, 60, 120, 900]
    """
    if failures < FREE_TRIES:
        return timedelta(0)
    doublings = min(failures - FREE_TRIES, 10)
    return min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)


def waits_until(person: Person) -> datetime | None:
    """Return until when no PIN of this person is looked at; None where none has to be waited for."""
    wait = waiting_time(person.failures)
    return person.failed_at + wait if wait and person.failed_at is not None else None


def must_not_wait(person: Person, now: datetime) -> None:
    """Let a PIN be tried, or say until when it is not.

    Raises:
        Refused: too many wrong PINs a short while ago.
    """
    until = waits_until(person)
    if until is not None and now < until:
        raise Refused(
            f"{person.failures} wrong PINs for {person.name}. Wait until {until.astimezone(now.tzinfo):%H:%M:%S}, or "
            f"let a pharmacist or admin give a new PIN."
        )
