"""People and signatures held against the trail: what was changed beside its event shows here (R28)."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields

from ldninv.db import Transaction
from ldninv.domain.audit import Event
from ldninv.domain.people import name_key
from ldninv.domain.signing import Signature
from ldninv.services.people import ADDED, BACK, PIN_CHANGED, PIN_RESET, RENAMED, RETIRED, ROLE_CHANGED
from ldninv.services.signing import ACTION


@dataclass(slots=True)
class _Told:
    """What the trail tells of a person."""

    name: str = ""
    role: str = ""
    retired: bool = False
    pin_set: int = 0
    pin_given: bool = False


def faults(work: Transaction) -> list[str]:
    """Return where a person or a signature is not what the trail says, in words; empty where all agrees."""
    return _people(work) + _signatures(work)


def _people(work: Transaction) -> list[str]:
    told = _told(work)
    found = []
    for person in work.people.all():
        should = told.pop(name_key(person.name), None)
        if should is None:
            found.append(f"{person.name} is among the people, and no event of the trail says so.")
            continue
        differs = [part.name for part in fields(should) if getattr(should, part.name) != getattr(person, part.name)]
        if differs:
            found.append(f"{person.name} is not what the trail says: {', '.join(_WORDS[part] for part in differs)}.")
    return found + [f"{each.name} is not among the people, and the trail says so." for each in told.values()]


_WORDS = {"name": "name", "role": "role", "retired": "retired", "pin_set": "PIN", "pin_given": "who set the PIN"}


def _told(work: Transaction) -> dict[str, _Told]:
    """Return what becomes of everybody by the trail alone, by the name they have at its end."""
    actions = (ADDED, RENAMED, ROLE_CHANGED, RETIRED, BACK, PIN_CHANGED, PIN_RESET)
    events = sorted(
        (event for action in actions for event in work.trail.of_action(action)), key=lambda each: each.number
    )
    told: dict[str, _Told] = {}
    for event in events:
        key = name_key(event.subject)
        if event.action == ADDED:
            told[key] = _Told()
        one = told.pop(key, None)
        if one is not None:
            _follow(one, event)
            told[name_key(one.name)] = one
    return told


def _follow(one: _Told, event: Event) -> None:
    after = json.loads(event.after or "{}")
    if event.action == ADDED:
        one.name, one.role = event.subject, after["role"]
    elif event.action == RENAMED:
        one.name = after["name"]
    elif event.action == ROLE_CHANGED:
        one.role = after["role"]
    if event.action in {RETIRED, BACK}:
        one.retired = event.action == RETIRED
    if event.action in {ADDED, BACK, PIN_CHANGED, PIN_RESET}:
        one.pin_set, one.pin_given = event.number, event.action in {BACK, PIN_RESET}


def _signatures(work: Transaction) -> list[str]:
    events = {event.number: event for event in work.trail.of_action(ACTION)}
    held = work.people.names()
    found = []
    for signature in work.signatures.all():
        event = events.pop(signature.event, None)
        if event is None or not _agrees(signature, event) or held.get(name_key(signature.name)) != signature.person:
            found.append(
                f"The signature of {signature.name} under {signature.subject} is not what event {signature.event} says."
            )
    return found + [
        f"The signature of event {event.number} ({event.subject}) is not there." for event in events.values()
    ]


def _agrees(signature: Signature, event: Event) -> bool:
    told = json.loads(event.after or "{}")
    kept = {"meaning": signature.meaning.value, "digest": signature.digest, "about": signature.about}
    kept |= {} if signature.pin_given_by is None else {"pin_given_by": signature.pin_given_by}
    return (event.subject, event.by, event.at, told) == (signature.subject, signature.name, signature.at, kept)
