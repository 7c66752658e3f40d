"""Batches and their ledger, held against the events that made them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace

from ldninv.db import Transaction
from ldninv.domain.audit import Asked, Event
from ldninv.domain.batch import Batch
from ldninv.domain.entries import Entry, Kind
from ldninv.services.evidence import DEMO, IMPORTED, RARE, all_of, digest_of, made_facts, whole
from ldninv.services.proving.holding import Row, Told, differing, entry_of, few, held, lying, told_by, written_by

_SAME = {
    "capsules": "capsules", "day": "day", "days_supply": "days_supply", "note": "note", "voids": "voids",
    "returned": "came_back", "decision": "decision", "expires": "shortened_to",
}  # fmt: skip
"""The columns of an entry, and what its event calls them."""

_KINDS = frozenset(Kind)

_OF_LISTS = frozenset({Kind.MADE, Kind.COUNTED, Kind.QUARANTINED, Kind.RELEASED})


@dataclass
class _Shelf:
    """What the entries name by number."""

    batches: dict[int, Batch]
    """With their components."""
    places: dict[int, str]
    came_in: defaultdict[int, list[tuple[int, Entry]]] = field(default_factory=lambda: defaultdict(list))
    """What each list brought in, by the number of its event."""
    recalled: defaultdict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    """The lots that each recall reached, by the number of its event."""
    single: dict[int, int] = field(default_factory=dict)
    """The entry of each event that tells of one alone."""

    opened: dict[int, int] = field(default_factory=dict)
    """The event of the entry that opens each batch's ledger, by the batch's key."""

    def lot(self, row: Row) -> str:
        """Return the lot of the batch that a row is about."""
        batch = self.batches.get(row["batch_id"])
        return "that is not there" if batch is None else batch.lot

    def judge(self, row: Row, event: Event, told: Told) -> Iterator[str]:
        """Yield what of an entry is not what its event says."""
        batch = self.batches.get(row["batch_id"])
        self.opened.setdefault(row["batch_id"], event.number)
        yield from written_by(row, event)
        if batch is None:
            yield "batch"
        elif event.action == IMPORTED:
            yield from self._of_list(row, told)
        elif event.action not in _KINDS:
            yield "kind or reason"
        elif event.after is None:
            return  # it tells nothing of its entries
        elif event.action == Kind.RECALLED and "batches" in told:
            yield from self._of_recall(row, batch, event, told)
        else:
            yield from self._of_verb(row, batch, event, told)

    def _of_list(self, row: Row, told: Told) -> Iterator[str]:
        if row["kind"] not in _OF_LISTS:
            yield "kind or reason"
        if "whole" in told or "lots" in told:
            self.came_in[row["event_id"]].append((row["batch_id"], entry_of(row, self._place(row))))

    def _of_recall(self, row: Row, batch: Batch, event: Event, told: Told) -> Iterator[str]:
        if row["kind"] != Kind.RECALLED or row["reason"] != event.reason:
            yield "kind or reason"
        self.recalled[event.number].append(batch.lot)
        if row["capsules"] or row["returned"]:
            yield "capsules"
        yield from self._unused(row, "days_supply", "place_id", "note", "voids", "expires", "decision")
        yield from differing(row, told, day="day")

    def _of_verb(self, row: Row, batch: Batch, event: Event, told: Told) -> Iterator[str]:
        if self.single.setdefault(event.number, row["id"]) != row["id"]:
            yield "one entry alone"
        if batch.lot != event.subject:
            yield "batch"
        made = event.action == Kind.MADE
        if row["kind"] != event.action or row["reason"] != (None if made else event.reason):
            yield "kind or reason"
        if made:
            yield from self._of_making(row, batch, told)
        elif "day" in told:
            facts = dict.fromkeys(RARE) | dict(told)
            yield from differing(dict(row) | {"returned": row["returned"] or None}, facts, **_SAME)
            yield from self._stands(row, event, told)
        else:
            yield from differing(row, told, capsules="capsules")

    def _of_making(self, row: Row, batch: Batch, told: Told) -> Iterator[str]:
        facts = made_facts(batch)
        yield from (name for name, value in facts.items() if name in told and told[name] != value)
        if row["capsules"] != batch.made:
            yield "capsules"
        if row["returned"]:
            yield "returned"
        yield from self._unused(row, "days_supply", "note", "voids", "expires", "decision")
        yield from differing(dict(row) | {"place": self._place(row)}, told, day="day", place="place")
        if "whole" in told and told["whole"] != whole(batch):
            yield "what was written down of it"

    def _stands(self, row: Row, event: Event, told: Told) -> Iterator[str]:
        """Yield the place, where an entry names another one than its event says the batch stands at from then on."""
        there, before = self._place(row), json.loads(event.before or "{}").get("place")
        if "place" not in told:
            return
        if told["place"] != before or event.action == Kind.MOVED:
            wanted = {told["place"]}
        else:
            wanted = {None, told["place"]} if event.action == Kind.VOIDED else {None}
        if there not in wanted:
            yield "place"

    def _place(self, row: Row) -> str | None:
        return None if row["place_id"] is None else self.places.get(row["place_id"], "")

    @staticmethod
    def _unused(row: Row, *columns: str) -> Iterator[str]:
        return (name.removesuffix("_id") for name in columns if row[name] is not None)


def faults(work: Transaction) -> list[str]:
    """Return where a batch or an entry is not what its event says, in words; empty where all agrees."""
    parts = work.batches.components()
    batches = {
        each.batch.id: replace(each.batch, components=parts.get(each.batch.id, ())) for each in work.batches.all()
    }
    shelf = _Shelf(batches, {row["id"]: row["name"] for row in lying(work, "place")})
    there: set[int] = set()

    def seen() -> Iterator[Row]:
        for row in lying(work, "movement"):
            there.add(row["event_id"])
            yield row

    found = held(work, "movement", shelf.judge, lambda row: f"Batch {shelf.lot(row)}", rows=seen())
    return found + _lists(work, shelf) + _recalls(work, shelf) + _gone(work, there) + _kept_sums(work, shelf)


def _lists(work: Transaction, shelf: _Shelf) -> list[str]:
    """Return the batch lists whose batches are not what came in with their event."""
    born: defaultdict[int, list[Batch]] = defaultdict(list)
    for row in lying(work, "batch"):
        born[row["event_id"]].append(shelf.batches[row["id"]])
    found = []
    for event in work.trail.of_action(IMPORTED):
        told, entries = told_by(event), shelf.came_in.get(event.number, [])
        on_hand: defaultdict[int, int] = defaultdict(int)
        for key, entry in entries:
            on_hand[key] += entry.capsules
        lots = digest_of((shelf.batches[key], capsules) for key, capsules in on_hand.items())
        came_in = ((shelf.batches[key].lot, entry) for key, entry in entries)
        now = {"lots": lots, "whole": all_of(map(whole, born[event.number]), came_in)}
        if any(name in told and told[name] != digest for name, digest in now.items()):
            found.append(f"The batches of {event.subject} are not what came in with event {event.number}.")
    return found


def _recalls(work: Transaction, shelf: _Shelf) -> list[str]:
    events = ((event, told_by(event)) for event in work.trail.of_action(Kind.RECALLED))
    return [
        f"The batches recalled for {event.subject} are not those that event {event.number} says."
        for event, told in events
        if "batches" in told and told["batches"] != shelf.recalled.get(event.number, [])
    ]


_POINTERS = {
    "quarantined_id": {Kind.QUARANTINED},
    "rejected_id": {Kind.REJECTED, Kind.DECIDED, Kind.VOIDED},
    "recalled_id": {Kind.RECALLED},
    "held_id": {Kind.HELD},
}
"""What a batch keeps of its ledger by an entry's number, and of which kinds that entry is."""


def _kept_sums(work: Transaction, shelf: _Shelf) -> list[str]:
    """Return the batches that name another event or another entry than their own; the sums are recounted elsewhere."""
    pointed = {row[name] for row in lying(work, "batch") for name in _POINTERS if row[name] is not None}
    entries = {row["id"]: row for row in lying(work, "movement") if row["id"] in pointed}
    demo = next((each.number for each in work.trail.rows([1]) if each.action == DEMO), None)

    def wrong(row: Row) -> Iterator[str]:
        if row["event_id"] not in {demo, shelf.opened.get(row["id"], row["event_id"])}:
            yield "its event"
        for name, kinds in _POINTERS.items():
            entry = entries.get(row[name])
            if row[name] is not None and (
                entry is None or (entry["batch_id"] != row["id"] or entry["kind"] not in kinds)
            ):
                yield name.removesuffix("_id")
        if row["released"] and row["quarantined_id"] is not None:
            yield "quarantined"
        if len({row[name] is None for name in ("first_expires", "first_decided_by", "first_decided_rule")}) > 1:
            yield "its first date"

    found = [(row, list(wrong(row))) for row in lying(work, "batch")]
    return few(
        [f"Batch {row['lot']} is not what its ledger says: {', '.join(said)}." for row, said in found if said], "batch"
    )


def _gone(work: Transaction, there: Collection[int]) -> list[str]:
    """Return the events of entries that are not in the ledger."""
    gone = [n for n in work.trail.numbers(Asked(actions=frozenset(Kind))) if n not in there]
    found = [
        f"Event {event.number} tells of batch {event.subject} ({event.action}), and its ledger does not."
        for event in reversed(work.trail.rows(gone))
        if event.action != Kind.RECALLED and not {"day", "made", "capsules"}.isdisjoint(told_by(event))
    ]
    return few(found, "the ledger")
