from dataclasses import replace
from datetime import date

import pytest

from builders import a_batch, keep
from ldninv.domain.expiry import ComponentLot, Container
from ldninv.domain.signs import OF_STORAGE
from ldninv.domain.stored import Storage
from ldninv.services import batches, ledger, places, standing
from ldninv.ui import facts
from ldninv.ui.card_parts import Facts
from ldninv.ui.pill import Pill


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
    assert told["Storage"] == ""
    assert told["Prepared"] == "2025-03-01\nby Bo"
    assert told["Made"] == "300 capsules, filler MCC, clear container"


def test_a_card_never_says_that_what_is_blocked_can_be_dispensed(card, context):
    told = {fact.name: fact.text for fact in facts.facts(card)}
    assert told["Dispense"].startswith("90 days ended ")
    keep(context, a_batch(lot="B-1", prepared=date(2026, 11, 1), beyond_use=date(2027, 11, 1)))
    assert _dispensed_until(context).startswith("90 days until 2027-08-04\n")
    standing.hold(context, "B-1", reason="warm")

    assert _dispensed_until(context).startswith("not now; by its date alone:\n90 days until 2027-08-04\n")
    standing.reject(context, "B-1", reason="chipped")

    assert _dispensed_until(context) == "not any more"


def _dispensed_until(context):
    return {fact.name: fact.text for fact in facts.facts(batches.card(context, "B-1"))}["Dispense"]


@pytest.mark.parametrize("level", Storage)
def test_a_card_says_how_a_batch_was_stored_as_colour_icon_and_word(card, level):
    storage = stored(card, level)

    assert storage.sign == OF_STORAGE[level]
    assert storage.line == OF_STORAGE[level].word


def test_a_card_says_that_storage_waits_for_a_review_and_takes_it_along_as_text(card):
    waiting = replace(card, standing=replace(card.standing, storage=Storage.SPIKE, review="31.0 °C for 24 min"))

    assert "Storage: Spike, for a pharmacist to review\n" in facts.as_text(waiting)


def test_a_sign_among_the_lines_takes_no_room_from_their_texts(qtbot):
    shown = Facts()
    qtbot.addWidget(shown)
    shown.show_facts([facts.Fact("Place", "Bin"), facts.Fact("Storage", "", OF_STORAGE[Storage.BREACH])])
    shown.resize(600, 200)
    shown.show()

    (pill,) = shown.findChildren(Pill)
    assert pill.sign == OF_STORAGE[Storage.BREACH]
    assert pill.x() < 200

    shown.show_facts([facts.Fact("Place", "Bin"), facts.Fact("Storage", "none")])
    assert not pill.isVisible()


def stored(card, level):
    """The line of a card whose batch was stored so."""
    found = facts.facts(replace(card, standing=replace(card.standing, storage=level)))
    return next(fact for fact in found if fact.name == "Storage")


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
