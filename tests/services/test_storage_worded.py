"""What storage did to a batch is told truly, and what an older program said of it stays valid (R18, R28)."""

from datetime import date

import pytest

from builders import a_batch, keep
from ldninv.domain.storage import worded
from ldninv.services import batches, safety
from ldninv.services.storage import proving
from rooms import a_room, brought

LOT = "OLD-1"


@pytest.fixture
def shelf(context):
    keep(context, a_batch(lot=LOT, prepared=date(2026, 9, 1), beyond_use=date(2027, 9, 1)))
    return context


def review(context):
    return batches.card(context, LOT).standing.review


def test_a_review_says_what_was_passed_and_not_that_the_furthest_lasted(shelf):
    brought(shelf, a_room(t33=(5, 8)))

    assert review(shelf) == "above 30 °C at Shelf A for 2.9 h, up to 33.0 °C"


def test_a_review_that_an_older_program_put_into_words_is_nothing_for_the_check(shelf, monkeypatch):
    with monkeypatch.context() as older:
        older.setattr("ldninv.services.storage.settling._stored.__defaults__", (worded.words_before,))
        brought(shelf, a_room(t33=(5, 8)))

    assert review(shelf) == "33.0 °C at Shelf A for 2.9 h"
    assert safety.check(shelf) == []


def test_a_review_in_no_words_of_any_program_is_found(shelf, monkeypatch):
    with monkeypatch.context() as lying:
        lying.setattr("ldninv.services.storage.settling._stored.__defaults__", (lambda _: "nothing much",))
        brought(shelf, a_room(t33=(5, 8)))

    assert review(shelf) == "nothing much"
    with shelf.store.reading() as work:
        assert proving.faults(work) == [f"Batch {LOT} shows another storage than its record gives."]
