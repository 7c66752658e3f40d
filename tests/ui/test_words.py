from datetime import date

import pytest

from builders import a_batch, kept
from ldninv.domain.batch_list import DateOrder, Reading
from ldninv.domain.expiry import DecidedBy, Expiry
from ldninv.domain.signs import OF_STORAGE
from ldninv.domain.standing import Storage, of
from ldninv.ui import words


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


def test_the_two_readings_of_a_date_are_named_by_their_months():
    told = [
        words.date_order(Reading(DateOrder.DMY, "04/09/2026", date(2026, 9, 4))),
        words.date_order(Reading(DateOrder.MDY, "04/09/2026", date(2026, 4, 9))),
    ]

    assert told == ["Day first: 04/09/2026 is 4 September 2026", "Month first: 04/09/2026 is 9 April 2026"]
