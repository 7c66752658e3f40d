"""Counting a place: what is missing, unexpected, elsewhere, expired or another number; and posting it as one."""

import json
from datetime import timedelta

import pytest

from builders import TODAY, a_batch, dump, keep
from ldninv.domain.refusal import Refused
from ldninv.services import batches, counting, ledger, places, safety
from ldninv.services.context import Change

pytestmark = pytest.mark.on_both

GOOD = TODAY + timedelta(days=200)


@pytest.fixture
def shelf(context):
    """Four batches on shelf A, one of them expired, one on shelf B, and one that is all gone."""
    keep(context, *(a_batch(lot=lot, beyond_use=GOOD) for lot in ("SAME", "FEWER", "GONE-MISSING", "EMPTY")))
    keep(context, a_batch(lot="OLD", beyond_use=TODAY - timedelta(days=1)))
    keep(context, a_batch(lot="STRAYED", beyond_use=GOOD), place="Shelf B")
    ledger.waste(context, "EMPTY", 300, reason="spilled")
    return context


FOUND = {"SAME": 300, "]C0fewer\r": 290, "OLD": None, "strayed": 300, "EMPTY": None, "NOBODYS": 3}


def lots(found):
    return [each.kept.batch.lot for each in found]


def test_what_stands_there_is_held_against_the_books_and_nothing_is_changed(shelf):
    before = dump(shelf.store)
    seen = counting.compare(shelf, "shelf a", FOUND)

    assert seen.place.name == "Shelf A"
    assert [kept.batch.lot for kept in seen.missing] == ["GONE-MISSING"]
    assert {each.text: each.why.split(".")[0] for each in seen.unexpected} == {
        "NOBODYS": "There is no batch NOBODYS",
        "EMPTY": "by the books it has no capsules left",
    }
    assert lots(seen.wrong_place) == ["STRAYED"]
    assert lots(seen.expired) == ["OLD"]
    assert [(each.kept.batch.lot, each.capsules) for each in seen.differing] == [("FEWER", 290)]
    assert seen.agreed == 2
    assert dump(shelf.store) == before


def test_only_numbers_are_posted_unless_more_is_asked(shelf):
    done = counting.post(shelf, "Shelf A", FOUND, reason="monthly count")

    assert [(each.lot, each.entry.capsules, each.entry.reason) for each in done.posted] == [
        ("FEWER", -10, "monthly count")
    ]
    assert done.changed is Change.LEDGER
    assert batches.card(shelf, "STRAYED").kept.stock.place == "Shelf B"
    assert batches.card(shelf, "GONE-MISSING").kept.stock.on_hand == 300


def test_what_strayed_is_moved_and_what_is_missing_set_to_nothing_where_that_is_asked(shelf):
    done = counting.post(shelf, "Shelf A", FOUND, move=True, none_left=True)

    assert [(each.lot, each.entry.kind.value, each.on_hand) for each in done.posted] == [
        ("FEWER", "counted", 290), ("GONE-MISSING", "counted", 0), ("STRAYED", "moved", 300),
    ]  # fmt: skip
    assert safety.check(shelf) == []
    again = counting.compare(shelf, "Shelf A", FOUND)
    assert (again.missing, again.wrong_place, again.differing) == ((), (), ())


def test_a_count_is_noted_in_the_trail_also_where_all_agrees(shelf):
    counting.post(shelf, "Shelf B", {"STRAYED": 300})

    with shelf.store.reading() as work:
        noted = work.trail.last(counting.ACTION)
    assert (noted.subject, json.loads(noted.after)["agreed"]) == ("Shelf B", 1)


def test_one_count_that_cannot_be_keeps_all_of_them_out(shelf):
    before = dump(shelf.store)

    with pytest.raises(Refused, match="301 is more than the 300 that were made of batch SAME"):
        counting.post(shelf, "Shelf A", {"FEWER": 290, "SAME": 301})
    assert dump(shelf.store) == before


def test_a_place_that_is_none_and_a_batch_counted_twice_are_refused(shelf):
    with pytest.raises(Refused, match="There is no place “Attic”"):
        counting.compare(shelf, "Attic", {})
    with pytest.raises(Refused, match="SAME was counted twice: 300 and 290"):
        counting.compare(shelf, "Shelf A", {"SAME": 300, "same": 290})
    assert counting.compare(shelf, "Shelf A", {"SAME": None, "same": 290}).differing[0].capsules == 290


def test_a_place_with_nothing_is_counted_too(context):
    places.add_place(context, "Attic")

    assert counting.compare(context, "Attic", {}).agreed == 0
