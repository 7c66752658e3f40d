"""What storage did to a batch is told truly, and what an older program said of it stays valid (R18, R28)."""

from datetime import date

import pytest

from builders import a_batch, keep
from ldninv.domain.storage import worded
from ldninv.services import batches, safety
from ldninv.services.storage import looking, proving
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


@pytest.mark.parametrize("first", [0, 1])
def test_of_what_two_loggers_saw_at_once_the_worse_is_told_in_whatever_order_they_were_read_out(shelf, first):
    rooms = [("Room 1", a_room(celsius=25.03)), ("Room 2", a_room(celsius=25.06))]
    for logger, room in (rooms[first], rooms[1 - first]):
        brought(shelf, room, logger=logger)

    assert review(shelf) == "mean kinetic temperature of 25.1 °C at Shelf A; and 1 more"
    assert safety.check(shelf) == []


def test_of_two_spikes_the_one_that_reached_further_is_told_and_not_the_last(shelf):
    brought(shelf, a_room(t39=(5, 20), t31=(100, 101)))

    assert review(shelf).startswith("above 30 °C at Shelf A for 15.")


def test_short_silences_ask_nothing_while_something_else_waits(shelf):
    brought(shelf, a_room(hours=480, t33=(5, 8), gap=(300, 301)))

    (waiting,) = looking.events(shelf, waiting=True)
    assert waiting.happening.kind == "above-30"
