"""Who somebody is: by name and PIN. Neither is told again where it is wrong, for it may be the other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ldninv.db import Transaction
from ldninv.domain.people import FREE_TRIES, Person, must_not_wait, waiting_time
from ldninv.domain.refusal import Refused
from ldninv.services.context import Context

WRONG_PIN, RIGHT_PIN = "wrong-pin", "right-pin"
"""What the trail calls a PIN that was not the person's, and the first right one after it."""


def sign_in(context: Context, name: str, pin: str) -> Context:
    """Sign a person in at this workstation, and return the context, whose `user` they are from now on.

    Raises:
        Refused: nobody of that name works here, the PIN is wrong (which the trail keeps), or one has to wait.
    """
    person = proven(context, name, pin)
    with context.store.reading() as work:
        context.seat.take(person, work.preferences.read().idle_minutes)
    return context


def proven(context: Context, name: str, pin: str) -> Person:
    """Return the person whose name and PIN these are; a wrong PIN is kept in the trail whatever comes after.

    The PIN is compared within the write, so that two workstations cannot try twice as often.

    Raises:
        Refused: nobody of that name works here, the PIN is wrong, or one has to wait.
    """
    if not pin:
        raise Refused(f"There is no PIN. Type the PIN of {' '.join(name.split())}.")
    with context.writing(signed_in=False) as work:
        person = working(work, name)
        must_not_wait(person, context.now())
        fits = context.pins.fits(pin, work.people.pin_of(person.id))
        failures = 0 if fits else person.failures + 1
        if failures != person.failures:
            before, after = {"failures": person.failures}, {"failures": failures}
            action = "right-pin" if fits else WRONG_PIN
            work.trail.append(context.event(action, person.name, before=before, after=after))
            work.people.set_failures(person.id, failures, None if fits else context.now())
    if fits:
        return replace(person, failures=0, failed_at=None)
    left = FREE_TRIES - failures
    until = context.now() + waiting_time(failures)
    then = f"Another {left} and one has to wait" if left > 0 else f"Wait until {until:%H:%M:%S} before the next try"
    raise Refused(f"That is not the PIN of {person.name}. {then}; a pharmacist or admin can give a new PIN.")


def known(work: Transaction, name: str) -> Person:
    """Return who goes by a name or ever did.

    Raises:
        Refused: nobody. What was typed is not said again: it may have been a PIN or a badge.
    """
    person = work.people.by_name(name)
    if person is None:
        raise Refused(f"Nobody here goes by that name. People: {_names(work.people.all())}.")
    return person


def working(work: Transaction, name: str) -> Person:
    """Return who goes by a name and works here.

    Raises:
        Refused: nobody of that name, or they left.
    """
    person = known(work, name)
    if person.retired:
        raise Refused(f"{person.name} no longer works here. At work: {_names(work.people.all())}.")
    return person


def _names(people: Iterable[Person]) -> str:
    return ", ".join(person.name for person in people if not person.retired)
