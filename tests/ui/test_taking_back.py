"""What was done is taken back: the last of it by Ctrl+Z, any movement from the card's list; both with what it was."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from builders import a_batch, at_work, keep
from ldninv.domain.ledger import Kind
from ldninv.services import batches, ledger, standing
from ldninv.ui.acting import actions


@pytest.fixture
def page(window):
    window.go_to(window.batches)
    return window.batches


@pytest.fixture
def desk(page):
    return page.card.desk


@pytest.fixture
def movements(page):
    return page.card.movements.list


def said(form):
    return " ".join(label.text() for label in form.findChildren(QLabel))


def on_hand(page, lot):
    return batches.card(page._context, lot).kept.stock.on_hand


def last(page, lot):
    return batches.card(page._context, lot).movements[0].entry


def test_the_last_deed_is_said_again_before_it_is_taken_back_out_of_sight(page, desk, press):
    page.open_lot("GOOD-1")
    press("Ctrl+D", "Return")
    page.open_lot("OLD-1")
    press("Ctrl+Z")
    assert desk.banner.text.startswith("GOOD-1: dispensed 30 for 30 days. 270 capsules left.")
    assert on_hand(page, "GOOD-1") == 270
    press("Ctrl+Z")

    assert on_hand(page, "GOOD-1") == 300
    assert desk.banner.text == "GOOD-1: taken back. 300 capsules on hand."


def test_where_no_card_is_open_the_batch_of_the_last_deed_is_opened_first(page, press):
    page.open_lot("GOOD-1")
    press("Ctrl+D", "Return")
    page.close_card()
    press("Ctrl+Z")
    assert page.card.card.kept.batch.lot == "GOOD-1"
    assert on_hand(page, "GOOD-1") == 270
    press("Ctrl+Z")

    assert on_hand(page, "GOOD-1") == 300


def test_only_the_last_deed_is_undone_by_its_keys(page, press, write):
    page.open_lot("GOOD-1")
    press("Ctrl+D", "Return")
    press("Ctrl+M")
    write("cab")
    press("Return", "Ctrl+Z", "Ctrl+Z", "Ctrl+Z")

    assert last(page, "GOOD-1").place == "Shelf 3"
    assert on_hand(page, "GOOD-1") == 270


def test_on_another_page_nothing_is_taken_back_unseen(window, page, press):
    page.open_lot("GOOD-1")
    press("Ctrl+D", "Return")
    window.go_to(window.today)
    press("Ctrl+Z", "Ctrl+Z")

    assert window.status.advice.text == "Go to Batches (Ctrl+2) to take back what was done last."
    assert on_hand(page, "GOOD-1") == 270


def test_any_movement_that_allows_it_is_taken_back_from_the_list_by_keyboard_with_a_reason(
    page, desk, movements, press, write
):
    ledger.waste(page._context, "GOOD-1", 5, reason="dropped")
    ledger.dispense(page._context, "GOOD-1", 30, days_supply=30)
    page.open_lot("GOOD-1")
    movements.setFocus()
    press("Down")
    assert movements.chosen.text == "wrote off 5 (dropped); 295 left"
    assert movements.buttons[actions.TAKE_BACK].isVisible()
    press("Return")
    assert desk.form.heading.text() == "Take back a movement of GOOD-1"
    press("Return")
    assert "A reason is needed to take a movement back" in desk.form.banner.text
    write("they lay under the tray")
    press("Return")

    assert (last(page, "GOOD-1").kind, last(page, "GOOD-1").reason) == (Kind.VOIDED, "they lay under the tray")
    assert on_hand(page, "GOOD-1") == 270
    assert desk.banner.text == "GOOD-1: taken back. 270 capsules on hand."
    assert [each.text for each in movements.shown][2] == "wrote off 5 (dropped); 295 left, taken back since"


def test_a_movement_that_cannot_be_taken_back_offers_no_way(page, desk, movements, press):
    page.open_lot("GOOD-1")
    movements.setFocus()
    press("End")

    assert movements.chosen.text == "made 300; 300 left"
    assert movements.buttons[actions.TAKE_BACK].isHidden()
    press("Return")
    assert desk.form is None


def test_what_the_ledger_refuses_to_take_back_is_said_in_the_form(page, desk, movements, press, write):
    ledger.move(page._context, "GOOD-1", "Cabinet A")
    ledger.move(page._context, "GOOD-1", "Shelf 3")
    page.open_lot("GOOD-1")
    desk.take_back(batches.card(page._context, "GOOD-1").movements[1])
    write("wrong batch")
    press("Return")

    assert "was moved again since" in desk.form.banner.text


def test_the_movement_in_hand_is_taken_back_by_its_button_too(qtbot, page, desk, movements):
    ledger.waste(page._context, "GOOD-1", 5, reason="dropped")
    page.open_lot("GOOD-1")
    movements.choose(0)
    qtbot.mouseClick(movements.buttons[actions.TAKE_BACK], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(desk.form.reason.buttons[0], Qt.MouseButton.LeftButton)
    desk.form.confirm()

    assert last(page, "GOOD-1").reason == "wrong number"


def test_another_card_has_no_movement_in_hand(page, movements):
    page.open_lot("GOOD-1")
    movements.choose(0)
    page.open_lot("OLD-1")

    assert movements.chosen is None
    assert movements.buttons[actions.TAKE_BACK].isHidden()


def test_a_hold_that_a_wrong_clock_dated_ahead_is_taken_back_from_the_list(page, desk, movements, press, write):
    here = page._context
    standing.hold(here, "GOOD-1", reason="warm")
    standing.hold(at_work(here.store, here.today() + timedelta(days=900)), "OLD-1", reason="warm")
    page.open_lot("GOOD-1")
    movements.choose(0)
    assert movements.buttons[actions.TAKE_BACK].isHidden()

    page.open_lot("OLD-1")
    movements.setFocus()
    press("Home", "Return")
    assert desk.form.reason.buttons[0].text() == "the computer's clock was wrong"
    write("wrong clock")
    press("Return")
    assert batches.card(here, "OLD-1").kept.stock.held is None
    assert desk.banner.text.startswith("OLD-1: taken back. 300 capsules on hand. Recorded as unsigned")


def test_a_batch_that_a_wrong_clock_made_is_taken_back_from_the_list(page, desk, movements, press, write):
    here = page._context
    ahead = here.today() + timedelta(days=900)
    keep(here, a_batch(lot="WRONG-1", prepared=ahead, beyond_use=ahead), released=False)
    page.open_lot("WRONG-1")
    assert desk.offered == ()
    movements.setFocus()
    press("Home", "Return")
    assert "Make it anew, and stick the new label" in said(desk.form)
    write("wrong clock")
    press("Return")

    assert batches.card(here, "WRONG-1").sign.word == "Taken back"
    assert desk.banner.text.startswith("WRONG-1: taken back. 0 capsules on hand. Recorded as unsigned")
    assert desk.offered == ()
    movements.choose(0)
    assert movements.buttons[actions.TAKE_BACK].isHidden()
