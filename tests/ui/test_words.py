from datetime import date

import pytest

from builders import a_batch, kept
from ldninv.domain.batch_list import DateOrder, Reading
from ldninv.domain.expiry import DecidedBy, Expiry
from ldninv.domain.ledger import Entry, Kind, Posted
from ldninv.domain.signs import OF_STORAGE
from ldninv.domain.standing import Storage, of
from ldninv.ui import words


def posted(kind, **facts):
    entry = Entry(kind=kind, day=date(2026, 1, 1), **facts)
    return Posted(id=1, lot="X", entry=entry, on_hand=70, at="2026-01-01T09:00:00+01:00", by="Ana")


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (-11, "expired 12 days ago"),
        (-1, "expired 2 days ago"),
        (0, "expired yesterday"),
        (1, "last day today"),
        (2, "2 days"),
        (365, "365 days"),
    ],
)
def test_usable_days_are_said_as_a_person_would(days, said):
    assert words.left(days) == said


def test_the_last_days_say_which_supplies_can_still_be_dispensed_and_until_when():
    batch = a_batch(beyond_use=date(2026, 3, 1))

    assert words.last_days(of(kept(batch), date(2026, 1, 15))) == (
        "90 days ended 2025-12-02\n60 days ended 2026-01-01\n30 days until 2026-01-31"
    )


def test_every_rule_that_can_decide_a_date_has_its_words():
    said = {words.decided_by(Expiry(date(2026, 3, 1), rule, "R")) for rule in DecidedBy}

    assert len(said) == len(DecidedBy)
    assert all("R" in text for text in said)


def test_every_level_of_storage_has_its_words():
    assert OF_STORAGE[Storage.NOT_MONITORED].word == "Not monitored"
    assert len({OF_STORAGE[level].word for level in Storage}) == len(Storage)


def test_stock_that_must_not_be_used_is_told_apart_from_what_stands_there():
    today = date(2026, 3, 1)

    assert words.stock(of(kept(on_hand=91), today)) == "91 capsules"
    assert words.stock(of(kept(on_hand=91, quarantined="new"), today)) == "91 capsules, 0 usable"


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
    assert words.happened(entry) == said


def test_every_kind_of_entry_has_words_of_its_own():
    said = {words.happened(posted(kind, capsules=3, place="Shelf")) for kind in Kind}

    assert len(said) == len(Kind)


def test_the_two_readings_of_a_date_are_named_by_their_months():
    told = [
        words.date_order(Reading(DateOrder.DMY, "04/09/2026", date(2026, 9, 4))),
        words.date_order(Reading(DateOrder.MDY, "04/09/2026", date(2026, 4, 9))),
    ]

    assert told == ["Day first: 04/09/2026 is 4 September 2026", "Month first: 04/09/2026 is 9 April 2026"]


def test_an_entry_that_was_taken_back_says_which_and_what_came_of_it():
    assert words.happened(posted(Kind.VOIDED, capsules=30, voids=7, reason="wrong lot")) == (
        "took back entry 7, 30 capsules back (wrong lot)"
    )
    assert words.happened(posted(Kind.VOIDED, capsules=-1, voids=7)) == "took back entry 7, 1 capsule off again"
    assert words.happened(posted(Kind.VOIDED, place="Shelf A", voids=7)) == "took back entry 7, back to Shelf A"
