"""What the trail keeps of batches and entries, so that what is changed beside it shows (R28); see `proving`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict

from ldninv.domain.batch import Batch
from ldninv.domain.entries import Disposal, Entry, Posted
from ldninv.domain.places import place_key

DEMO = "demo"
"""What the trail calls the first event of every demo database: by it one is told from a pharmacy's own."""

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


RARE = ("came_back", "decision", "shortened_to")
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
    } | {name: said for name, said in zip(RARE, rare, strict=True) if said is not None}


def signed_facts(posted: Posted, disposal: Disposal | None = None) -> dict[str, object]:
    """Return what a signature under an entry stands for: the entry as it was kept, with what is kept beside it."""
    facts = {"lot": posted.lot, "kind": posted.entry.kind, "reason": posted.entry.reason} | entry_facts(posted.entry)
    return facts if disposal is None else facts | {"disposal": asdict(disposal)}


def opening_facts(batch: Batch, entry: Entry) -> dict[str, object]:
    """Return what the trail keeps of a batch that was made: itself, and the entry that opens its ledger."""
    return made_facts(batch) | {"day": entry.day.isoformat(), "place": entry.place, "whole": whole(batch)}


def whole(batch: Batch) -> str:
    """Return the SHA-256 of all that was written down of a batch when it came in, with what went into it."""
    first = batch.first_expiry or batch.expiry
    told = [
        batch.lot, batch.strength.micrograms, batch.form, batch.prepared, first.on, first.decided_by, first.rule,
        batch.made, batch.filler, batch.container, batch.capsule_size, batch.made_by, batch.verified_by,
        None if batch.policy is None else asdict(batch.policy),
        [[part.name, part.supplier, part.lot, part.expires, part.amount] for part in batch.components],
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(told, ensure_ascii=False, sort_keys=True, default=str).encode()).hexdigest()


def all_of(batches: Iterable[str], entries: Iterable[tuple[str, Entry]]) -> str:
    """Return the SHA-256 of all that came in with one event: what `whole` says of each batch, and every entry."""
    digest = hashlib.sha256("\n".join(batches).encode())
    for lot, entry in entries:
        told = {
            "lot": lot,
            "kind": entry.kind,
            "reason": entry.reason,
            "place": place_key(entry.place or ""),
        } | entry_facts(entry)
        digest.update(json.dumps(told, ensure_ascii=False, sort_keys=True).encode())
    return digest.hexdigest()


def digest_of(came_in: Iterable[tuple[Batch, int]]) -> str:
    """Return the SHA-256 that binds the batches of a list, each with the capsules it came in with, to their event."""
    lines = (
        f"{batch.lot}|{batch.strength}|{batch.prepared}|{first.on}|{first.decided_by}|{batch.made}|{on_hand}"
        for batch, on_hand in came_in
        for first in (batch.first_expiry or batch.expiry,)
    )
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
