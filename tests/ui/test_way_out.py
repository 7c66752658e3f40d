"""No dead end while acting: keys that mean nothing yet, scans in the wrong place, and the step that comes next."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication

from ldninv.domain.ledger import Kind
from ldninv.domain.places import PlaceKind
from ldninv.domain.settings import Settings
from ldninv.services import batches, ledger, places, preferences
from ldninv.ui import appearance
from ldninv.ui.acting import actions
from seen import cut


@pytest.fixture
def page(window):
    window.go_to(window.batches)
    return window.batches


@pytest.fixture
def desk(page):
    return page.card.desk


@pytest.fixture
def large_text(dressed):
    before = dressed.font()
    appearance.size_text(dressed, 200)
    yield
    dressed.setFont(before)


def on_hand(page, lot):
    return batches.card(page._context, lot).kept.stock.on_hand


def last(page, lot):
    return batches.card(page._context, lot).movements[0].entry


def in_sight(page, widget):
    viewport = page.card._area.viewport()
    return viewport.rect().contains(QRect(widget.mapTo(viewport, QPoint()), widget.size()))


def test_the_reminder_is_a_line_and_no_tick_unless_the_pharmacy_wants_one(page, desk, press):
    page.open_lot("GOOD-1")
    press("Ctrl+D")

    assert desk.form.reminder.isVisible()
    assert not desk.form.tick.isVisible()
    press("Return")
    assert last(page, "GOOD-1").note is None


@pytest.mark.parametrize(("ticked", "note"), [(True, "opioid reminder ticked"), (False, None)])
def test_a_tick_is_kept_on_the_entry_and_never_asked_for(page, desk, press, ticked, note):
    preferences.change(page._context, Settings(reminder_tick=True))
    page.open_lot("GOOD-1")
    press("Ctrl+D")
    assert desk.form.tick.text() == "Not with opioid pain medicines"
    desk.form.tick.setChecked(ticked)
    press("Return")

    assert (last(page, "GOOD-1").kind, last(page, "GOOD-1").note) == (Kind.DISPENSED, note)
    assert (note or "left") in page.card.movements.list.shown[0].text


def test_that_the_capsules_were_looked_at_again_is_kept_where_they_were_made_on_an_earlier_day(page, desk, press):
    page.open_lot("GOOD-1")
    press("Ctrl+D")
    assert desk.form.again.isVisible()
    desk.form.again.setChecked(True)
    press("Return")

    assert last(page, "GOOD-1").note == "looked at again"
    assert "Not recorded" not in desk.banner.text


def test_the_tick_goes_along_to_the_batch_that_is_taken_instead(page, desk, press):
    preferences.change(page._context, Settings(reminder_tick=True))
    page.open_lot("GOOD-1")
    press("Ctrl+D")
    desk.form.days.setText("20")
    desk.form.tick.setChecked(True)
    desk.form.other.click()

    assert page.card.card.kept.batch.lot == "NEAR-1"
    assert desk.form.tick.isChecked()


@pytest.mark.parametrize("action", actions.ALL, ids=lambda action: action.word)
def test_keys_of_an_action_without_a_batch_say_what_to_do_first(window, page, desk, press, action):
    press(action.keys)

    assert desk.form is None
    assert window.status.advice.isVisible()
    assert window.status.advice.text == "Open a batch first: scan or search its lot."


def test_advice_is_over_once_it_was_followed(window, page, press):
    press("Ctrl+W")
    window.enter("GOOD-1")

    assert not window.status.advice.isVisible()
    assert window.status.database.isVisible()


def test_keys_of_an_action_on_another_page_act_on_no_batch_out_of_sight(window, page, desk, press):
    page.open_lot("GOOD-1")
    window.go_to(window.settings)
    press("Ctrl+W")

    assert desk.form is None
    assert window.status.advice.text.startswith("Open a batch first")


def test_advice_goes_by_itself(qtbot, window, page, press):
    window.status._advised.setInterval(10)
    press("Ctrl+W")
    qtbot.waitUntil(window.status.advice.isHidden)

    assert window.status.day.isVisible()


def chosen(page, *lots):
    cards = [batches.card(page._context, lot) for lot in lots]
    return [(card.kept, card.standing) for card in cards]


def test_of_many_of_which_nothing_is_left_nothing_is_offered(window, page, desk, press):
    for lot in ("OLD-1", "OLD-2"):
        ledger.waste(page._context, lot, 300, reason="flood")
    page.card.show_many(chosen(page, "OLD-1", "OLD-2"))

    assert desk.offered == ()
    assert all(button.isHidden() for button in desk.buttons.values())
    press("Ctrl+W")
    assert desk.form is None
    assert window.status.advice.text == "Nothing is left of these batches. Choose others."


def test_one_at_a_time_is_said_of_what_is_not_for_many(window, page, press):
    page.card.show_many(chosen(page, "OLD-1", "GOOD-1"))
    press("Ctrl+D")

    assert window.status.advice.text == "“Dispense” is for one batch at a time."


def test_a_released_batch_that_stands_in_quarantine_is_moved_next(page, desk, press, write):
    places.add_place(page._context, "Waiting", PlaceKind.QUARANTINE)
    ledger.move(page._context, "WAIT-1", "Waiting")
    page.open_lot("WAIT-1")
    press("Ctrl+R", "Return")

    assert "It still stands at Waiting: move it to the shelf." in desk.banner.text
    assert [offer.text() for offer in desk.banner.offers] == ["Move to the shelf (Ctrl+M)", "Undo (Ctrl+Z)"]
    assert desk.offered[:2] == (actions.MOVE, actions.DISPENSE)
    assert desk.buttons[actions.MOVE].text() == "Move to the shelf"
    desk.banner.offers[0].click()
    write("shelf")
    press("Return")
    assert last(page, "WAIT-1").place == "Shelf 3"
    assert desk.offered[0] is actions.DISPENSE
    assert desk.buttons[actions.MOVE].text() == "Move"


def test_what_is_typed_on_a_button_neither_leaves_the_form_nor_presses_it(window, page, desk, press, write):
    page.open_lot("GOOD-1")
    press("Ctrl+W")
    write("3")
    desk.form.reason.field.setText("dropped")
    desk.form.enter.setFocus()
    write("45")
    assert window.status.advice.text == "Nothing is typed on a button. Tab goes to the next field."
    press("Return")

    assert page.search.text() == ""
    assert on_hand(page, "GOOD-1") == 300
    assert desk.form.capsules.text() == "3"
    assert desk.form.banner.text.startswith("“45” was typed where there is no field, and nothing was done.")
    desk.form.enter.setFocus()
    press("Return")
    assert on_hand(page, "GOOD-1") == 297


def test_a_scan_on_a_button_is_offered_to_be_opened_and_the_form_stays(page, desk, press, write):
    page.open_lot("GOOD-1")
    press("Ctrl+D")
    desk.form.leave.setFocus()
    write("OLD-1\r")
    assert [offer.text() for offer in desk.form.banner.offers] == ["Open OLD-1"]
    assert desk.form.capsules.text() == "30"
    desk.form.banner.offers[0].click()

    assert page.card.card.kept.batch.lot == "OLD-1"
    assert desk.form is None


def test_a_scan_in_a_number_is_offered_to_be_opened(page, desk, press, write):
    page.open_lot("GOOD-1")
    press("Ctrl+W")
    write("near-1\r")

    assert desk.form.banner.text == "“near-1” is no number of capsules. Type a whole number."
    assert [offer.text() for offer in desk.form.banner.offers] == ["Open NEAR-1"]


def test_a_refusal_stands_right_before_its_way_out(page, desk, press):
    page.open_lot("GOOD-1")
    press("Ctrl+D")
    desk.form.days.setText("20")
    press("Return")

    form = desk.form
    QApplication.processEvents()
    assert form.says.y() < form.banner.y() < form.other.y() < form.reason.y()
    assert form.reason.field.hasFocus()


def test_a_refusal_and_what_was_done_are_said_whole(qtbot, window, page, desk, press):
    places.add_place(page._context, "Waiting", PlaceKind.QUARANTINE)
    ledger.move(page._context, "WAIT-1", "Waiting")
    page.open_lot("NEAR-1")
    press("Ctrl+D", "Up", "Up", "Return")
    QApplication.processEvents()
    assert not cut(window)
    page.open_lot("WAIT-1")
    press("Ctrl+R", "Return")
    QApplication.processEvents()

    assert not cut(window)


def test_tab_goes_from_a_refusal_to_its_way_out(page, desk, press):
    page.open_lot("OLD-1")
    press("Ctrl+D", "Return")
    assert desk.form.days.hasFocus()
    assert desk.form.says.isHidden()
    reached = []
    for _ in range(3):
        press("Tab")
        reached.append(QApplication.focusWidget())

    assert reached[0] is desk.form.capsules
    assert reached[2] is desk.form.other


@pytest.mark.usefixtures("large_text")
@pytest.mark.parametrize(("lot", "days"), [("OLD-1", "30"), ("GOOD-1", "20")], ids=["expired", "passing over"])
def test_at_twice_the_text_a_refusal_and_its_way_out_are_in_sight_together(qtbot, open_window, stocked, lot, days):
    window = open_window(stocked)
    page, desk = window.batches, window.batches.card.desk
    page.open_lot(lot)
    desk.begin(actions.DISPENSE)
    desk.form.days.setText(days)
    qtbot.keyClick(desk.form.days, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: in_sight(page, desk.form.banner) and in_sight(page, desk.form.other))
    focused = desk.form.focusWidget()
    assert in_sight(page, focused)


@pytest.mark.usefixtures("large_text")
def test_at_twice_the_text_the_status_is_one_line(qtbot, open_window, stocked):
    window = open_window(stocked)
    qtbot.waitUntil(lambda: window.status.height() < 2.5 * window.fontMetrics().height())

    assert window.width() == 1280
    assert window.status.day.toolTip() == "Today: Sunday, 22 November 2026"
