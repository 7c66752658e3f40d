from datetime import date

import pytest

from ldninv.domain.entries import Entry, Kind, Posted, taken_back
from ldninv.domain.told import happened


def posted(kind, **facts):
    entry = Entry(kind=kind, day=date(2026, 1, 1), **facts)
    return Posted(id=1, lot="X", entry=entry, on_hand=70, at="2026-01-01T09:00:00+01:00", by="Ana")


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (posted(Kind.DISPENSED, capsules=-30, days_supply=30), "dispensed 30 for 30 days"),
        (posted(Kind.MOVED, place="Cabinet A"), "moved to Cabinet A"),
        (posted(Kind.COUNTED, capsules=-2, reason="spilt"), "counted 70, 2 fewer than booked (spilt)"),
        (posted(Kind.COUNTED, capsules=1), "counted 70, 1 more than booked"),
        (posted(Kind.COUNTED), "counted 70, as booked"),
        (
            posted(Kind.DESTROYED, capsules=-5, reason="expired", note="witness: Bo"),
            "disposed of 5 (expired; witness: Bo)",
        ),
    ],
)
def test_an_entry_says_what_happened(entry, said):
    assert happened(entry) == said


def test_every_kind_of_entry_has_words_of_its_own():
    said = {happened(posted(kind, capsules=3, place="Shelf")) for kind in Kind}

    assert len(said) == len(Kind)


def test_an_entry_that_was_taken_back_says_which_and_what_came_of_it():
    assert happened(posted(Kind.VOIDED, capsules=30, voids=7, reason="wrong lot")) == (
        "took back entry 7, 30 capsules back (wrong lot)"
    )
    assert happened(posted(Kind.VOIDED, capsules=-1, voids=7)) == "took back entry 7, 1 capsule off again"
    assert happened(posted(Kind.VOIDED, place="Shelf A", voids=7)) == "took back entry 7, back to Shelf A"


def test_a_history_tells_which_entries_were_taken_back_and_by_which():
    history = [posted(Kind.WASTED, capsules=-5), posted(Kind.VOIDED, capsules=5, voids=7)]

    assert taken_back(history) == {7: 1}
