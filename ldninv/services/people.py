"""People are added, renamed and retired, and get new PINs. Neither PIN nor badge is ever told again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace

from ldninv.db import Transaction
from ldninv.domain.people import MANAGERS, Person, Role, checked_badge, checked_name, checked_pin, name_key
from ldninv.domain.refusal import Refused
from ldninv.services.context import Change, Context
from ldninv.services.sign_in import known, proven, working

ADDED, RENAMED, ROLE_CHANGED = "person-added", "person-renamed", "role-changed"
RETIRED, BACK = "person-retired", "person-back"
PIN_CHANGED, PIN_RESET, BADGE_CHANGED = "pin-changed", "pin-reset", "badge-changed"
"""What the trail calls what is done to people."""

_ASK_A_MANAGER = "Ask a pharmacist or an admin."


def everybody(context: Context) -> list[Person]:
    """Return everybody who works here or did, by name."""
    with context.store.reading() as work:
        return work.people.all()


def at_work(context: Context) -> list[Person]:
    """Return who works here, by name: whom the window offers to sign in."""
    return [person for person in everybody(context) if not person.retired]


def of_badge(context: Context, text: str) -> Person | None:
    """Return who works here under a scanned badge; None where the scan is no badge."""
    with context.store.reading() as work:
        person = work.people.by_badge(text)
    return None if person is None or person.retired else person


def add(context: Context, name: str, role: Role, pin: str, badge: str | None = None) -> Person:
    """Add a person. The first is a pharmacist or admin and needs nobody's leave.

    Raises:
        Refused: the name is or was somebody's, the PIN is too easy, or who is signed in may not add people.
    """
    name, kept_badge = checked_name(name), None if badge is None else checked_badge(badge)
    hashed = context.pins.hashed(checked_pin(pin))
    with context.writing() as work:
        if work.people.any():
            managing(context, work)
        elif role not in MANAGERS:
            raise Refused(f"{name} would be the first person here, who adds the others: a pharmacist or an admin.")
        _free(work, name)
        event = work.trail.append(
            context.event(ADDED, name, after={"role": role, "badge": badge is not None} | pin_facts(hashed))
        )
        key = work.people.append(name, role, hashed, event)
        if kept_badge is not None:
            _give(work, key, kept_badge)
        return work.people.get(key)


def rename(context: Context, name: str, to: str) -> Change:
    """Let a person go by another name, and stay the same person; the old name is never given to another."""
    to = checked_name(to)
    with context.writing() as work:
        managing(context, work)
        person = known(work, name)
        holder = work.people.by_name(to)
        if person.name == to:
            return Change.NOTHING
        if holder is not None and holder.id != person.id:
            _free(work, to)
        event = work.trail.append(context.event(RENAMED, person.name, before={"name": person.name}, after={"name": to}))
        work.people.rename(person.id, to, event)
    return Change.PEOPLE


def set_role(context: Context, name: str, role: Role) -> Change:
    """Make a person something else; nobody does so for themselves.

    Raises:
        Refused: it is oneself, or the last pharmacist.
    """
    with context.writing() as work:
        acting = managing(context, work)
        person = working(work, name)
        if person.role is role:
            return Change.NOTHING
        if person.id == acting.id:
            raise Refused(f"You are {person.name}. Let another pharmacist or admin change what you are.")
        _not_the_last(work, replace(person, role=role))
        work.trail.append(context.event(ROLE_CHANGED, person.name, before={"role": person.role}, after={"role": role}))
        work.people.set_role(person.id, role)
    return Change.PEOPLE


def retire(context: Context, name: str, reason: str | None = None) -> Change:
    """Let a person leave: they no longer sign in or sign, and all they did stays.

    Raises:
        Refused: they left already, or are the last pharmacist or the last who may add people.
    """
    with context.writing() as work:
        managing(context, work)
        person = working(work, name)
        _not_the_last(work, replace(person, retired=True))
        work.trail.append(context.event(RETIRED, person.name, after={"retired": True}, reason=reason))
        work.people.set_retired(person.id, retired=True)
    return Change.PEOPLE


def bring_back(context: Context, name: str, pin: str) -> Change:
    """Let a person who left come back with a new PIN, which they change before they sign anything."""
    hashed = context.pins.hashed(checked_pin(pin))
    with context.writing() as work:
        managing(context, work)
        person = known(work, name)
        if not person.retired:
            raise Refused(f"{person.name} works here already. Nothing was changed.")
        event = work.trail.append(context.event(BACK, person.name, after={"retired": False} | pin_facts(hashed)))
        work.people.set_retired(person.id, retired=False)
        work.people.set_pin(person.id, hashed, event, given=True)
    return Change.PEOPLE


def change_pin(context: Context, name: str, pin: str, new: str) -> Change:
    """Let a person change their own PIN, with the one they have.

    Raises:
        Refused: the PIN is wrong, or the new one is too easy or the same.
    """
    person = proven(context, name, pin)
    if pin == new:
        raise Refused("That is the PIN you have. Choose another.")
    hashed = context.pins.hashed(checked_pin(new))
    with context.writing(signed_in=False) as work:
        if work.people.get(person.id).pin_set != person.pin_set:
            raise Refused(f"The PIN of {person.name} was changed elsewhere at this moment. Try again.")
        event = work.trail.append(context.event(PIN_CHANGED, person.name, after=pin_facts(hashed), by=person.name))
        work.people.set_pin(person.id, hashed, event, given=False)
        changed, idle = work.people.get(person.id), work.preferences.read().idle_minutes
    session = context.seat.session
    if session is not None and session.person == person.id:
        context.seat.take(changed, idle)
    return Change.PEOPLE


def reset_pin(context: Context, name: str, pin: str) -> Change:
    """Give somebody else a new PIN; they change it themselves before they sign anything.

    Raises:
        Refused: it is oneself, who is signed in may not, or the PIN is too easy.
    """
    hashed = context.pins.hashed(checked_pin(pin))
    with context.writing() as work:
        acting = managing(context, work)
        person = working(work, name)
        if person.id == acting.id:
            raise Refused(f"You are {person.name}. Change your own PIN with the one you have.")
        event = work.trail.append(context.event(PIN_RESET, person.name, after=pin_facts(hashed)))
        work.people.set_pin(person.id, hashed, event, given=True)
    return Change.PEOPLE


def pin_facts(hashed: str) -> dict[str, object]:
    """Return what the trail keeps of a PIN: the SHA-256 of its salted hash, which tells nothing of it."""
    return {"pin_hash": hashlib.sha256(hashed.encode()).hexdigest()}


def set_badge(context: Context, name: str, badge: str | None) -> Change:
    """Give a person a badge, or take it away; the trail keeps that it was, never the badge."""
    kept = None if badge is None else checked_badge(badge)
    with context.writing() as work:
        managing(context, work)
        person = working(work, name)
        work.trail.append(
            context.event(
                BADGE_CHANGED, person.name, before={"badge": person.has_badge}, after={"badge": kept is not None}
            )
        )
        if kept is None:
            work.people.set_badge(person.id, None)
        else:
            _give(work, person.id, kept)
    return Change.PEOPLE


def giver_here(context: Context) -> str | None:
    """Return who gave whoever is signed in here the PIN that they still have; None where it is their own."""
    session = context.seat.session
    if session is None:
        return None
    with context.store.reading() as work:
        return pin_giver(work, work.people.get(session.person))


def pin_giver(work: Transaction, person: Person) -> str | None:
    """Return who gave a person the PIN that they still have, by the name of that time; None where it is their own.

    The first person came by nobody's leave: their PIN counts as their own.
    """
    (event,) = work.trail.rows([person.pin_set]) or (None,)
    if event is None or event.action not in {ADDED, BACK, PIN_RESET}:
        return None
    is_first = person.id == min(each.id for each in work.people.all())
    return None if is_first and event.action == ADDED else event.by


def same_person(work: Transaction, one: str, other: str) -> bool:
    """Whether two names are one person's, whichever of the names they ever had; strangers are told by their names."""
    first, second = work.people.by_name(one), work.people.by_name(other)
    if first is not None and second is not None:
        return first.id == second.id
    return name_key(one) == name_key(other)


def managing(context: Context, work: Transaction, what: str = "add or change people") -> Person:
    """Return who is signed in and may look after the house: its people, or `what`.

    Raises:
        Refused: they may not, or there are no people.
    """
    session = context.seat.session
    if session is None:
        raise Refused("There are no people here yet. Add the first: a pharmacist or an admin.")
    acting = work.people.get(session.person)
    if not acting.manages:
        raise Refused(f"{acting.name} is {acting.role.one}, who does not {what}. {_ASK_A_MANAGER}")
    return acting


def witness(
    work: Transaction, name: str | None, did: Mapping[str, str | None], lot: str, *, needed: bool
) -> str | None:
    """Return the name of who saw something done to a batch, as the record keeps it (R13).

    While there are no people any name will do, or none.

    Args:
        work: The transaction.
        name: Who is said to have seen it.
        did: Who did it, and so cannot have watched it, by what each does: "does it".
        lot: Which batch, for the sentence.
        needed: Whether there has to be somebody.

    Raises:
        Refused: nobody is named, or somebody who does not work here or did it.
    """
    name = " ".join((name or "").split())
    if not work.people.any():
        return name or None
    if not name:
        if needed:
            raise Refused(f"The disposal of batch {lot} takes another person who saw it. Name the witness.").when_typed(
                "--witness NAME"
            )
        return None
    person = working(work, name)
    for what, each in did.items():
        if each and same_person(work, person.name, each):
            raise Refused(
                f"{person.name} {what}, and cannot be the witness too: the disposal of batch {lot} takes another "
                f"person. Name one."
            )
    return person.name


def _free(work: Transaction, name: str) -> None:
    holder = work.people.by_name(name)
    if holder is not None:
        held = f"{holder.name} is here already" if name_key(holder.name) == name_key(name) else f"{holder.name} had it"
        raise Refused(f"The name {name} is taken ({held}), and is never given to another. Add an initial.")


def _give(work: Transaction, key: int, badge: str) -> None:
    holder = work.people.by_badge(badge)
    if holder is not None and holder.id != key:
        raise Refused(f"That is the badge of {holder.name}. Take it away there first, or scan another.")
    work.people.set_badge(key, badge)


def _not_the_last(work: Transaction, changed: Person) -> None:
    """Refuse what would leave nobody to release, or nobody to add people."""
    before = [person for person in work.people.all() if not person.retired]
    after = [person for person in (changed if each.id == changed.id else each for each in before) if not person.retired]
    for what, left, had in (
        ("the last pharmacist", _any_pharmacist(after), _any_pharmacist(before)),
        ("the last who may add people", any(each.manages for each in after), True),
    ):
        if had and not left:
            raise Refused(f"{changed.name} is {what} here. Add another first.")


def _any_pharmacist(people: Iterable[Person]) -> bool:
    return any(person.role is Role.PHARMACIST for person in people)
