"""Batches and ledger held against the trail: what was changed beside its event shows here (R28)."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict

from ldninv.db import Transaction
from ldninv.domain.audit import Event
from ldninv.domain.batch import Batch
from ldninv.domain.entries import Disposal, Entry, Kind, Posted

IMPORTED = "imported"
"""What the trail calls a batch list that came in."""


def made_facts(batch: Batch) -> dict[str, object]:
    """Return what the trail keeps of a batch that was made, under the date that it had then."""
    expiry = batch.first_expiry or batch.expiry
    return {
        "strength_mg": str(batch.strength),
        "prepared": batch.prepared.isoformat(),
        "expires": expiry.on.isoformat(),
        "decided_by": expiry.decided_by.value,
        "made": batch.made,
        "filler": batch.filler,
        "container": batch.container,
        "capsule_size": batch.capsule_size,
        "made_by": batch.made_by,
        "policy": str(batch.policy),
    }


_RARE = ("came_back", "decision", "shortened_to")
"""What few entries have; an event that does not tell it says that there was none."""


def entry_facts(entry: Entry) -> dict[str, object]:
    """Return what the trail keeps of an entry."""
    rare = (entry.returned or None, entry.decision, entry.expires and entry.expires.isoformat())
    return {
        "capsules": entry.capsules,
        "day": entry.day.isoformat(),
        "days_supply": entry.days_supply,
        "note": entry.note,
        "voids": entry.voids,
    } | {name: said for name, said in zip(_RARE, rare, strict=True) if said is not None}


def signed_facts(posted: Posted, disposal: Disposal | None = None) -> dict[str, object]:
    """Return what a signature under an entry stands for: the entry as it was kept, with what is kept beside it."""
    facts = {"lot": posted.lot, "kind": posted.entry.kind, "reason": posted.entry.reason} | entry_facts(posted.entry)
    return facts if disposal is None else facts | {"disposal": asdict(disposal)}


def digest_of(came_in: Iterable[tuple[Batch, int]]) -> str:
    """Return the SHA-256 that binds the batches of a list, each with the capsules it came in with, to their event."""
    lines = (
        f"{batch.lot}|{batch.strength}|{batch.prepared}|{first.on}|{first.decided_by}|{batch.made}|{on_hand}"
        for batch, on_hand in came_in
        for first in (batch.first_expiry or batch.expiry,)
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
    lots = [batches[key].lot for key, _ in entries]
    if event.action == Kind.RECALLED and told.get("batches", lots) != lots:
        return f"The batches recalled for {event.subject} are not those that event {event.number} says."
    if event.action in set(Kind) and not entries and ("day" in told or "made" in told):
        return f"Event {event.number} tells of batch {event.subject} ({event.action}), and its ledger does not."
    if event.action in set(Kind) and entries:
        return _differs(event, told, *entries[0], batches)
    return None


def _differs(
    event: Event, told: Mapping[str, object], key: int, entry: Entry, batches: Mapping[int, Batch]
) -> str | None:
    facts = (made_facts(batches[key]) if event.action == Kind.MADE else {}) | entry_facts(entry)
    differs = [name for name, value in facts.items() if name in told and told[name] != value]
    differs += [name for name in _RARE if "day" in told and (name in told) != (name in facts)]
    if entry.kind != event.action or (event.action != Kind.MADE and entry.reason != event.reason):
        differs.append("kind or reason")
    if not differs:
        return None
    return f"Batch {event.subject} is not what event {event.number} says: {', '.join(differs)}."
