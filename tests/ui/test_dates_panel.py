"""Dates that a rule would shorten: told on Today and on the card, decided by keyboard, and signed."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from builders import CHEAP_PINS, TODAY
from ldninv.domain.expiry import ONE_YEAR, USP_795, ComponentLot, DecidedBy
from ldninv.domain.making import Recipe
from ldninv.domain.quantities import Strength
from ldninv.services import batches, making, policies, signing
from ldninv.services.context import Context
from staff import MARA, PINS, pen, staffed

SOON = TODAY + timedelta(days=170)


def a_recipe(days_ago=10):
    return Recipe(
        strength=Strength(4500),
        prepared=TODAY - timedelta(days=days_ago),
        made=300,
        policy=ONE_YEAR,
        components=(ComponentLot("Naltrexone HCl", "NX24", date(2028, 4, 30)),),
    )


@pytest.fixture
def lots(stocked):
    """Two batches of one year, since when the pharmacy gives 180 days."""
    made = [making.make(stocked, a_recipe(days)).posted.lot for days in (10, 9)]
    policies.approve(stocked, USP_795)
    return made


@pytest.fixture
def panel(lots, window, qtbot, press):
    """The list, opened from Today."""
    window.go_to(window.today)
    qtbot.waitUntil(window.today.dates.isVisible)
    window.today.dates.findChildren(type(window.today._report))[0].setFocus()
    press("Space")
    qtbot.waitUntil(lambda: window.errands.dates.list.count() > 0)
    return window.errands.dates


def expiry(context, lot):
    return batches.card(context, lot).kept.batch.expiry


def test_today_tells_how_many_wait(panel, window):
    assert window.today.dates.text == (
        "2 batches keep a date that a rule of today would shorten. A pharmacist decides: shorten it, or keep it."
    )


def test_nothing_is_said_where_nothing_waits(window, qtbot):
    window.go_to(window.today)
    qtbot.waitUntil(lambda: window.today.today is not None)

    assert not window.today.dates.isVisible()


def test_each_line_says_what_the_date_is_and_would_be(panel, lots):
    first = panel.list.item(0).text()

    assert first.startswith(f"{lots[0]}: 4.5 mg, 300 capsules")
    assert "2027-11-12 would be 2027-05-11, by the policy USP <795> 180 days" in first
    assert panel.chosen == (lots[0],)
    assert "1 of 2 chosen" in panel.says.text()


def test_all_are_shortened_by_keyboard(qtbot, panel, lots, press, write):
    press("Ctrl+A")
    panel.decision.first().setFocus()
    press("Space")
    panel.reason.setFocus()
    write("policy of the pharmacy")
    press("Return")

    qtbot.waitUntil(lambda: panel.banner.text.startswith("2 batches: shortened."))
    assert expiry(panel._context, lots[0]).on == TODAY - timedelta(days=10) + timedelta(days=180)
    assert expiry(panel._context, lots[0]).decided_by is DecidedBy.PHARMACIST
    assert panel.list.count() == 0
    assert panel.closing.hasFocus()


def test_one_alone_is_kept_and_the_other_still_waits(panel, lots, press, write, window, qtbot):
    assert panel.chosen == (lots[0],)
    qtbot.mouseClick(panel.decision.button(list(panel.decision._buttons)[1]), Qt.MouseButton.LeftButton)
    panel.reason.setFocus()
    write("assay on file")
    press("Return")

    qtbot.waitUntil(lambda: panel.banner.text.startswith("1 batch: date kept."))
    assert panel.list.count() == 1
    assert expiry(panel._context, lots[0]).on == date(2027, 11, 12)
    assert [each.kept.batch.lot for each in policies.shortenings(panel._context)] == [lots[1]]
    press("Escape")
    qtbot.waitUntil(lambda: window.today.dates.text.startswith("1 batch keeps"))


MISSING = {
    "no batch": (lambda panel: panel.list.clearSelection(), "No batch is chosen", lambda panel: panel.list),
    "no decision": (lambda panel: panel.list.selectAll(), "Shorten, or keep?", lambda panel: panel.decision.first()),
    "no reason": (lambda panel: panel.decision.first().click(), "A reason is needed", lambda panel: panel.reason.field),
}


@pytest.mark.parametrize(("spoil", "says", "field"), MISSING.values(), ids=MISSING)
def test_what_is_missing_is_named_and_pointed_to(panel, press, spoil, says, field):
    spoil(panel)
    panel.enter.setFocus()
    press("Return")

    assert says in panel.banner.text
    assert field(panel).hasFocus()


def test_the_card_says_it_and_leads_to_the_decision(qtbot, lots, window, press, write):
    window.go_to(window.batches)
    window.batches.open_lot(lots[1])
    card = window.batches.card
    assert card.date.text == "Its date would be 2027-05-12 by the policy USP <795> 180 days. A pharmacist decides."
    card.date.way.setFocus()
    press("Return")
    assert card.date.panel.chosen == (lots[1],)
    card.date.panel.decision.first().click()
    card.date.panel.reason.setFocus()
    write("policy of the pharmacy")
    press("Return")
    qtbot.waitUntil(lambda: not card.date.isVisible())
    press("Escape")

    assert not card.date.panel.isVisible()
    assert expiry(window._context, lots[1]).on == date(2027, 5, 12)


def test_a_card_that_nothing_speaks_to_says_nothing(lots, window):
    window.go_to(window.batches)
    window.batches.open_lot("GOOD-1")

    assert not window.batches.card.date.isVisible()


def test_a_component_that_expires_earlier_than_it_was_read_asks_too(stocked, window):
    lot = making.make(stocked, a_recipe()).posted.lot
    policies.read_anew(stocked, "NX24", SOON, reason="letter of the supplier")
    window.go_to(window.batches)
    window.batches.open_lot(lot)

    assert window.batches.card.date.text.startswith(f"Its date would be {SOON} by component lot Naltrexone HCl NX24")


def test_where_there_are_people_a_pharmacist_signs_each(stocked, open_window, qtbot):
    here = staffed(Context(stocked.store, "root", "bench", stocked.today, stocked.now, pins=CHEAP_PINS))
    lots = [making.make(here, a_recipe(days)).posted.lot for days in (10, 9)]
    policies.approve(here, USP_795, sign=pen())
    window = open_window(here)
    window.go_to(window.today)
    qtbot.waitUntil(window.today.dates.isVisible)
    window.errands.decide_on_dates()
    panel = window.errands.dates
    qtbot.waitUntil(lambda: panel.list.count() > 0)
    panel.list.selectAll()
    panel.decision.first().click()
    panel.reason.field.setText("policy of the pharmacy")
    qtbot.keyClick(panel.reason.field, Qt.Key.Key_Return)
    assert "The PIN is missing" in panel.banner.text
    assert QApplication.focusWidget() is panel.signature.pin
    qtbot.keyClicks(panel.signature.pin, "999991")
    qtbot.keyClick(panel.signature.pin, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: panel.banner.text.startswith(f"That is not the PIN of {MARA}."))
    assert (panel.list.count(), len(panel.chosen)) == (2, 2)
    assert QApplication.focusWidget() is panel.signature.pin
    panel.signature.pin.clear()
    qtbot.keyClicks(panel.signature.pin, PINS[MARA])
    qtbot.keyClick(panel.signature.pin, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: panel.banner.text.startswith("2 batches: shortened."))
    assert [signing.signatures(here, lot)[0].name for lot in lots] == [MARA, MARA]
    assert panel.signature.pin.text() == ""
