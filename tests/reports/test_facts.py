"""Batches and entries as others read them."""

from datetime import date

from builders import a_batch, kept
from ldninv.domain import standing
from ldninv.domain.ledger import Entry, Kind, Posted
from ldninv.reports.facts import batch_facts, entry_facts


def test_a_batch_has_the_keys_of_the_contract_in_their_order():
    batch = kept(a_batch(beyond_use=date(2026, 3, 1)), on_hand=120, place="Shelf A")

    facts = batch_facts(batch, standing.of(batch, date(2026, 1, 1)))

    assert list(facts.items()) == [
        ("lot", "LDN250301001T"),
        ("strength_mg", "4.5"),
        ("form", "capsule"),
        ("prepared", "2025-03-01"),
        ("expires", "2026-03-01"),
        ("decided_by", "policy"),
        ("usable_days", 60),
        ("band", "under-90"),
        ("state", "released"),
        ("usable", True),
        ("usable_capsules", 120),
        ("reasons", ["60 usable days: covers 30, 60 days"]),
        ("made", 300),
        ("on_hand", 120),
        ("place", "Shelf A"),
        ("covers", [30, 60]),
        ("storage", "not-monitored"),
        ("last_dispensing", {"30": "2026-01-31", "60": "2026-01-01", "90": "2025-12-02"}),
    ]


def test_an_entry_says_how_many_capsules_came_or_went():
    entry = Entry(kind=Kind.WASTED, day=date(2026, 1, 1), capsules=-5, reason="dropped")

    assert entry_facts(Posted(id=7, lot="A", entry=entry, on_hand=95, at="2026-01-01T09:30:00+01:00", by="Ana")) == {
        "id": 7,
        "lot": "A",
        "kind": "wasted",
        "capsules": -5,
        "on_hand": 95,
        "at": "2026-01-01T09:30:00+01:00",
        "by": "Ana",
        "reason": "dropped",
    }
