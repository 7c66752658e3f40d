"""Places, and how capsules were disposed of, held against the trail."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ldninv.db import Transaction
from ldninv.domain.audit import Event
from ldninv.domain.entries import Disposal, Kind
from ldninv.domain.places import place_key
from ldninv.services.evidence import IMPORTED
from ldninv.services.places import PLACE_ADDED
from ldninv.services.proving.holding import Row, Told, few, held, lying, told_by
from ldninv.services.storage.places import CHANGED

_NEW = {"kind": "shelf", "light": "dark", "lux_limit": 10, "profile": "crt"}
"""What a place is that a batch list brings in."""


def faults(work: Transaction) -> list[str]:
    """Return where a place or a disposal is not what the trail says, in words; empty where all agrees."""
    return _places(work) + _disposals(work)


def _places(work: Transaction) -> list[str]:
    told = _told(work)
    found = []
    for row in lying(work, "place"):
        facts = told.pop(place_key(row["name"]), {})  # of some that older lists brought in the trail says nothing
        differs = [name for name, said in facts.items() if row.get(name) != said]
        if differs:
            found.append(f"The place {row['name']} is not what the trail says: {', '.join(differs)}.")
    found += [f"{facts['name']} is not among the places, and the trail says so." for facts in told.values()]
    return few(found, "the places")


def _told(work: Transaction) -> dict[str, Mapping[str, object]]:
    """Return what each place is by the trail, by the key of its name."""
    actions = (PLACE_ADDED, CHANGED, IMPORTED)
    events = sorted((each for action in actions for each in work.trail.of_action(action)), key=lambda each: each.number)
    told: dict[str, Mapping[str, object]] = {}
    for event in events:
        after = told_by(event)
        if event.action != IMPORTED:
            facts = {name: after[name] for name in _NEW if name in after}
            told[place_key(event.subject)] = {"name": event.subject} | facts
            continue
        for name in after.get("places", ()):
            told[place_key(name)] = {"name": name} | _NEW
    return told


def _disposals(work: Transaction) -> list[str]:
    entries = {row["id"]: row for row in lying(work, "movement") if row["kind"] == Kind.DESTROYED}
    beside = {row["movement_id"]: row for row in lying(work, "disposal")}

    def judge(row: Row, event: Event, told: Told) -> Iterator[str]:
        now = {name: row[name] for name in ("method", "container", "witness", "value_cents")}
        if event.action != Kind.DESTROYED:
            yield "its entry"
        elif "disposal" in told:
            yield from (name for name, value in now.items() if told["disposal"][name] != value)
        elif (str(Disposal(**now)) or None) != row["note"]:
            yield "method, container or witness"

    rows = (
        row | {"event_id": entries.get(key, {}).get("event_id", 0), "note": entries.get(key, {}).get("note")}
        for key, row in beside.items()
    )
    found = held(work, "disposal", judge, lambda row: f"The disposal of entry {row['movement_id']}", rows=rows)
    alone = {row["event_id"] for key, row in entries.items() if key not in beside}
    gone = [each for each in work.trail.rows(sorted(alone)) if "disposal" in told_by(each)]
    return found + few(
        [f"How event {each.number} disposed of {each.subject} is not there." for each in gone], "disposal"
    )
