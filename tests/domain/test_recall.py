"""R12: which batches a recall reaches, and what has come back."""

from datetime import date

import pytest

from builders import kept
from ldninv.domain.entries import Entry, Kind, Posted
from ldninv.domain.expiry import ComponentLot
from ldninv.domain.recall import Closed, Reached, Recall, Tally, closing, entries, names_meant, tally
from ldninv.domain.refusal import Refused

TODAY = date(2026, 11, 22)
MCC, SHELLS = ComponentLot("MCC", "L1", None, "Ash"), ComponentLot("Shells", "L1")


def a_recall(**facts):
    usual = {"subject": "A1", "reason": "metal", "day": TODAY, "at": "2026-11-22T09:30:00+01:00", "by": "Ana"}
    return Recall(**(usual | facts))


def a_life(*entries):
    """Return entries as kept, numbered from 1; each is (kind, capsules) or (kind, capsules, voids)."""
    history, on_hand = [], 0
    for number, (kind, capsules, *voids) in enumerate(entries, start=1):
        on_hand += capsules
        entry = Entry(kind=kind, day=TODAY, capsules=capsules, voids=voids[0] if voids else None)
        history.append(Posted(id=number, lot="A1", entry=entry, on_hand=on_hand, at="", by="Ana"))
    return tuple(history)


def reached(entry, *life):
    return Reached(kept(on_hand=life[-1][1] if life else 0), 100, entry, a_life(*life))


def test_every_batch_gets_an_entry_with_the_reason_also_an_empty_and_a_destroyed_one():
    batches = [kept(), kept(on_hand=0), kept(on_hand=0, destroyed=True), kept(rejected="crumbly"), kept(held="41 °C")]

    made = entries("L1", ("MCC",), batches, " metal  found ", TODAY)

    assert [each for each, _ in made] == batches
    assert {entry for _, entry in made} == {
        Entry(kind=Kind.RECALLED, day=TODAY, reason="MCC lot L1: metal found"),
    }


def test_a_batch_of_its_own_is_recalled_with_the_plain_reason():
    assert entries("A1", None, [kept()], "metal", TODAY)[0][1].reason == "metal"


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_recall_takes_a_reason(reason):
    with pytest.raises(Refused, match="A reason is needed to recall"):
        entries("A1", None, [kept()], reason, TODAY)


def test_a_batch_is_recalled_once_and_the_refusal_says_where_to_look():
    with pytest.raises(Refused, match=r"recalled already: metal\. Look at the recalls"):
        entries("LDN250301001T", None, [kept(recalled="metal")], "glass", TODAY)


def test_a_component_lot_without_another_batch_is_refused():
    with pytest.raises(Refused, match="All batches with lot L1 are recalled already"):
        entries("L1", ("MCC",), [], "metal", TODAY)


def test_a_batch_that_was_recalled_for_another_reason_is_reached_by_its_component_too():
    assert len(entries("L1", ("MCC",), [kept(recalled="glass")], "metal", TODAY)) == 1


def test_one_component_needs_no_name_and_two_do():
    assert names_meant("L1", [MCC, ComponentLot("mcc", "L1", None, "Elm")], ()) in {("MCC",), ("mcc",)}
    with pytest.raises(Refused, match=r"L1 is the lot of MCC and of Shells\. Name the one"):
        names_meant("L1", [MCC, SHELLS], ())
    assert names_meant("L1", [MCC, SHELLS], ["shells "]) == ("Shells",)
    assert names_meant("L1", [MCC, SHELLS], ["MCC", "Shells", "mcc"]) == ("MCC", "Shells")


def test_a_lot_or_a_name_that_is_not_there_is_refused():
    with pytest.raises(Refused, match="No batch was made with a component of lot L9"):
        names_meant("L9", [], ())
    with pytest.raises(Refused, match=r"No Talc has the lot L1\. It is the lot of MCC"):
        names_meant("L1", [MCC], ["Talc"])


def test_dispensings_that_were_taken_back_are_nobody_to_call():
    each = reached(
        4, (Kind.MADE, 100), (Kind.DISPENSED, -30), (Kind.DISPENSED, -10), (Kind.RECALLED, 0), (Kind.VOIDED, 30, 2)
    )

    assert [posted.id for posted in each.dispensings] == [3]
    assert each.dispensed == 10


def test_only_what_came_back_since_the_recall_and_was_not_taken_back_is_counted():
    each = reached(
        4,
        (Kind.MADE, 100), (Kind.DISPENSED, -60), (Kind.RETURNED, 5), (Kind.RECALLED, 0), (Kind.RETURNED, 20),
        (Kind.RETURNED, 7), (Kind.VOIDED, -7, 6), (Kind.DESTROYED, -50),
    )  # fmt: skip

    assert (each.returned, each.disposed, each.dispensed) == (20, 50, 60)


def test_the_tally_adds_up_its_batches():
    one = reached(2, (Kind.MADE, 100), (Kind.RECALLED, 0))
    two = reached(3, (Kind.MADE, 100), (Kind.DISPENSED, -60), (Kind.RECALLED, 0), (Kind.RETURNED, 20))

    found = tally([one, two])

    assert found == Tally(batches=2, blocked=200, on_hand=20, supplies=1, dispensed=60, returned=20, disposed=0)
    assert found.missing == 40
    assert tally([]) == Tally(0, 0, 0, 0, 0, 0, 0)


def test_a_recall_is_closed_once_and_with_words():
    closed = a_recall(number=3, closed=Closed("all called", 0, "2026-11-23T10:00:00+01:00", "Mara"))

    assert closing(a_recall(), " all  called ") == "all called"
    with pytest.raises(Refused, match="Recall 3 was closed by Mara on 2026-11-23 already"):
        closing(closed, "again")
    with pytest.raises(Refused, match="Say in a few words what was done"):
        closing(a_recall(), " ")


def test_what_was_recalled_is_said_in_words():
    assert a_recall().what == "batch A1"
    assert a_recall(subject="L1", names=("MCC", "Shells")).what == "MCC or Shells lot L1"
