import pytest

from builders import a_batch, keep
from ldninv.domain.expiry import ComponentLot, Container
from ldninv.services import batches, ledger, places
from ldninv.ui import facts


@pytest.fixture
def card(context):
    lots = (ComponentLot("MCC", "M77", supplier="Fillers Ltd"),)
    keep(context, a_batch(lot="A-1", components=lots, filler="MCC", container=Container.CLEAR, made_by="Bo"))
    places.add_place(context, "Bin")
    ledger.move(context, "A-1", "Bin")
    return batches.card(context, "A-1")


def test_a_card_says_what_one_asks_first_of_a_batch(card):
    told = {fact.name: fact.text for fact in facts.facts(card)}

    assert told["Expires"] == "2026-03-01\nby the policy One year"
    assert told["Time left"] == "expired 266 days ago"
    assert told["On hand"] == "300 capsules, 0 usable"
    assert told["Place"] == "Bin"
    assert told["Storage"] == "not monitored"
    assert told["Prepared"] == "2025-03-01\nby Bo"
    assert told["Made"] == "300 capsules, filler MCC, clear container"


def test_a_card_tells_components_movements_places_and_history(card):
    told = {section.title: section.facts for section in facts.sections(card)}

    assert told["Components"] == (facts.Fact("MCC M77", "Fillers Ltd"),)
    assert [fact.text for fact in told["Movements"]] == [
        "moved to Bin; 300 left",
        "released; 300 left",
        "made 300; 300 left",
    ]
    assert [fact.name for fact in told["Places"]] == ["Bin", "Shelf A"]
    assert told["History"]


def test_a_section_with_nothing_in_it_is_left_out(context):
    keep(context, a_batch(lot="B-1"))

    assert "Components" not in [section.title for section in facts.sections(batches.card(context, "B-1"))]


def test_a_card_is_copied_as_plain_text_with_its_one_word(card):
    text = facts.as_text(card)

    assert text.startswith("A-1: Expired\nNaltrexone HCl 4.5 mg capsules\nPast its date since 2026-03-01\n")
    assert "Expires: 2026-03-01, by the policy One year\n" in text
    assert "MCC M77: Fillers Ltd\n" in text


def test_several_batches_are_told_by_their_words_and_their_capsules(context):
    keep(context, a_batch(lot="B-1"), a_batch(lot="B-2"), a_batch(lot="B-3", beyond_use=context.today()))
    standings = [batches.card(context, lot).standing for lot in ("B-1", "B-2", "B-3")]

    assert facts.tally(standings) == "2 × Expired\n1 × Near expiry\n900 capsules on hand, 300 usable"
