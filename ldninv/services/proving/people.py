"""People and all their names held against the trail: what was changed beside its event shows here (R28)."""

from __future__ import annotations

from dataclasses import dataclass, field

from ldninv.db import Transaction
from ldninv.domain.audit import Event
from ldninv.domain.people import name_key
from ldninv.services.people import (
    ADDED,
    BACK,
    BADGE_CHANGED,
    PIN_CHANGED,
    PIN_RESET,
    RENAMED,
    RETIRED,
    ROLE_CHANGED,
    pin_facts,
)
from ldninv.services.proving.holding import Row, lying, told_by

_WORDS = {
    "name": "name", "role": "role", "retired": "retired", "pin_set": "PIN", "pin_given": "who set the PIN",
    "event": "its event", "badge": "badge",
}  # fmt: skip


@dataclass(slots=True)
class _Told:
    """What the trail tells of a person."""

    name: str = ""
    role: str = ""
    retired: bool = False
    pin_set: int = 0
    pin_given: bool = False
    event: int = 0
    badge: bool = False
    pin: dict[str, object] = field(default_factory=dict)
    """What the trail keeps of the PIN; nothing where it was set before the trail did."""
    names: dict[str, tuple[str, int]] = field(default_factory=dict)
    """Every name that they had, by how it is compared, with the event that gave it."""


def faults(work: Transaction) -> list[str]:
    """Return where a person or a name is not what the trail says, in words; empty where all agrees."""
    told = _told(work)
    left = dict(told)
    found: list[str] = []
    held: dict[str, tuple[str, int, int]] = {}
    for row in lying(work, "person"):
        should = left.pop(name_key(row["name"]), None)
        if should is None:
            found.append(f"{row['name']} is among the people, and no event of the trail says so.")
            continue
        differs = [_WORDS[part] for part, now in _now(row).items() if getattr(should, part) != now]
        if should.pin and should.pin != pin_facts(str(row["pin"])):
            differs.append("PIN")
        if differs:
            found.append(f"{row['name']} is not what the trail says: {', '.join(dict.fromkeys(differs))}.")
        held |= {key: (name, row["id"], event) for key, (name, event) in should.names.items()}
    found += [f"{each.name} is not among the people, and the trail says so." for each in left.values()]
    return found + _names(work, held)


def _now(row: Row) -> dict[str, object]:
    return {
        "name": row["name"], "role": row["role"], "retired": bool(row["retired"]), "pin_set": row["pin_set"],
        "pin_given": bool(row["pin_given"]), "event": row["event_id"], "badge": row["badge"] is not None,
    }  # fmt: skip


def _names(work: Transaction, held: dict[str, tuple[str, int, int]]) -> list[str]:
    """Return the names that are not whose the trail says they are."""
    found = []
    for row in lying(work, "person_name"):
        should = held.pop(row["name_key"], None)
        if should != (row["name"], row["person_id"], row["event_id"]):
            found.append(f"The name {row['name']} is not whose the trail says it is.")
    return found + [f"The name {name} is not kept, and the trail says whose it is." for name, _, _ in held.values()]


def _told(work: Transaction) -> dict[str, _Told]:
    """Return what becomes of everybody by the trail alone, by the name they have at its end."""
    actions = (ADDED, RENAMED, ROLE_CHANGED, RETIRED, BACK, PIN_CHANGED, PIN_RESET, BADGE_CHANGED)
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
    after = told_by(event)
    if event.action == ADDED:
        one.name, one.role, one.event = event.subject, after["role"], event.number
    elif event.action == RENAMED:
        one.name = after["name"]
    elif event.action == ROLE_CHANGED:
        one.role = after["role"]
    if event.action in {ADDED, RENAMED}:
        one.names.setdefault(name_key(one.name), (one.name, event.number))
    if event.action in {ADDED, BADGE_CHANGED}:
        one.badge = bool(after.get("badge"))
    if event.action in {RETIRED, BACK}:
        one.retired = event.action == RETIRED
    if event.action in {ADDED, BACK, PIN_CHANGED, PIN_RESET}:
        one.pin_set, one.pin_given = event.number, event.action in {BACK, PIN_RESET}
        one.pin = {name: after[name] for name in pin_facts("") if name in after}
