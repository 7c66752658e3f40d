"""Batches and ledger held against the trail: what was changed beside its event shows here (R28)."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from ldninv.db import Transaction
from ldninv.domain.audit import Event
from ldninv.domain.batch import Batch
from ldninv.domain.ledger import Entry, Kind

IMPORTED = "imported"
"""What the trail calls a batch list that came in."""


def made_facts(batch: Batch) -> dict[str, object]:
    """Return what the trail keeps of a batch that was made."""
    return {
        "strength_mg": str(batch.strength),
        "prepared": batch.prepared.isoformat(),
        "expires": batch.expiry.on.isoformat(),
        "decided_by": batch.expiry.decided_by.value,
        "made": batch.made,
        "filler": batch.filler,
        "container": batch.container,
        "capsule_size": batch.capsule_size,
        "made_by": batch.made_by,
        "policy": str(batch.policy),
    }


def digest_of(came_in: Iterable[tuple[Batch, int]]) -> str:
    """Return the SHA-256 that binds the batches of a list, each with the capsules it came in with, to their event."""
    lines = (
        f"{batch.lot}|{batch.strength}|{batch.prepared}|{batch.expiry.on}|{batch.expiry.decided_by}|{batch.made}|{on_hand}"
        for batch, on_hand in came_in
    )
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def contradictions(work: Transaction) -> list[str]:
    """Return where a batch or an entry is not what its event says, in words; empty where all agrees."""
    batches = {kept.batch.id: kept.batch for kept in work.batches.all()}
    written: defaultdict[int, list[tuple[int, Entry]]] = defaultdict(list)
    for number, key, entry in work.ledger.by_event():
        written[number].append((key, entry))
    found = (_contradiction(event, written.get(event.number, []), batches) for event in work.trail.all())
    return [text for text in found if text]


def _contradiction(event: Event, entries: Sequence[tuple[int, Entry]], batches: Mapping[int, Batch]) -> str | None:
    told = json.loads(event.after or "{}")
    if event.action == IMPORTED and "lots" in told:
        on_hand: defaultdict[int, int] = defaultdict(int)
        for key, entry in entries:
            on_hand[key] += entry.capsules
        if digest_of((batches[key], capsules) for key, capsules in on_hand.items()) != told["lots"]:
            return f"The batches of {event.subject} are not what came in with event {event.number}."
    if event.action in set(Kind) and entries:
        key, entry = entries[0]
        facts = made_facts(batches[key]) if event.action == Kind.MADE else {}
        facts |= {"capsules": entry.capsules, "day": entry.day.isoformat(), "note": entry.note}
        differs = [name for name, value in facts.items() if name in told and told[name] != value]
        if entry.kind != event.action or (event.action != Kind.MADE and entry.reason != event.reason):
            differs.append("kind or reason")
        if differs:
            return f"Batch {event.subject} is not what event {event.number} says: {', '.join(differs)}."
    return None
