"""Acting on the batch of the card: by keyboard, on a real database, with what is refused and what is undone."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication

from builders import TODAY, a_batch, keep
from ldninv.domain.ledger import Kind
from ldninv.services import batches, ledger, places
from ldninv.ui.acting import actions
from ldninv.ui.acting.many import ManyForm


@pytest.fixture
def page(window):
    window.go_to(window.batches)
    return window.batches


@pytest.fixture
def desk(page):
    return page.card.desk


def on_hand(page, lot):
    return batches.card(page._context, lot).kept.stock.on_hand


def last(page, lot):
    return batches.card(page._context, lot).movements[0].entry


USUAL = (
    ("Dispense", "Move", "Write off", "Label…"),
    ("Count", "Sample", "Quarantine", "Hold", "Shorten date", "Reject", "Dispose"),
)
OFFERED = {
    "GOOD-1": USUAL,
    "NEAR-1": USUAL,
    "OLD-1": (("Dispose", "Move", "Write off"), ("Count", "Sample")),
    "WAIT-1": (
        ("Release", "Move", "Write off", "Label…"),
        ("Count", "Sample", "Hold", "Shorten date", "Reject", "Dispose"),
    ),
}


@pytest.mark.parametrize(("lot", "words"), OFFERED.items(), ids=OFFERED)
def test_what_makes_sense_now_comes_first_and_the_rest_is_behind_more(page, desk, lot, words):
    page.open_lot(lot)

    at_once, more = words
    offered = tuple(each for each in at_once if each != "Label…")
    assert tuple(action.word for action in desk.offered) == (*offered, *more, "Correct record")
    shown = [button for button in desk.buttons.values() if not button.isHidden()]
    assert {button.text() for button in shown} == set(at_once)
    assert [button.text() for button in shown if button.first] == [at_once[0]]
    label = () if "Label…" in at_once else ("Label…",)
    assert desk.more.words == (*more, "Correct record", *label, "Recall…", "Dossier…")


def test_an_empty_batch_is_counted_or_something_of_it_comes_back(page, desk):
    ledger.dispose(page._context, "OLD-1", 300, reason=ledger.DisposalReason.EXPIRED)
    page.open_lot("OLD-1")

    assert desk.offered == (actions.COUNT, actions.RETURN, actions.AMEND)


def test_no_two_actions_share_their_keys_and_none_is_a_bare_letter():
    keys = [action.keys for action in actions.ALL]

    assert len(set(keys)) == len(keys)
    assert all(each.startswith("Ctrl+") for each in keys)


def test_a_supply_is_dispensed_by_three_keys_and_the_search_waits_for_the_next_scan(page, desk, press, write):
    write("near-1\r")
    press("Ctrl+D")
    assert QApplication.focusWidget() is desk.form.days
    page.card.desk.form.days.setText("29")
    assert desk.form.capsules.text() == "29"
    assert desk.form.says.text() == (
        "Covers 29 days: the last capsule is taken on 2026-12-20, on its last usable day. 271 of 300 capsules will "
        "be left."
    )
    press("Return")

    assert desk.form is None
    assert on_hand(page, "NEAR-1") == 271
    assert desk.banner.text.startswith("NEAR-1: dispensed 29 for 29 days. 271 capsules left.")
    assert page.card.card.standing.on_hand == 271
    assert page.search.hasFocus()


def test_the_reminder_about_opioids_stands_in_the_form(page, desk):
    page.open_lot("GOOD-1")
    desk.begin(actions.DISPENSE)

    assert desk.form.reminder.isVisible()
    assert desk.form.reminder.text() == "Not with opioid pain medicines"


def test_capsules_follow_the_days_until_they_are_typed(qtbot, page, desk, press, write):
    page.open_lot("GOOD-1")
    press("Ctrl+D")
    qtbot.mouseClick(desk.form.supplies.button(60), Qt.MouseButton.LeftButton)
    assert (desk.form.days.text(), desk.form.capsules.text()) == ("60", "60")
    desk.form.point_to(desk.form.capsules)
    write("120")
    desk.form.point_to(desk.form.days)
    write("90")

    assert desk.form.capsules.text() == "120"
    assert desk.form.supplies.value == 90
    press("Return")
    assert (last(page, "GOOD-1").capsules, last(page, "GOOD-1").days_supply) == (-120, 90)


def test_the_arrows_step_through_the_usual_supplies(page, desk, press):
    page.open_lot("GOOD-1")
    press("Ctrl+D", "Up", "Up")
    assert desk.form.days.text() == "90"
    press("Down")
    assert desk.form.capsules.text() == "60"


def test_the_batch_that_expires_first_is_one_click_away_with_what_was_typed(qtbot, page, desk, press):
    keep(page._context, a_batch(lot="GOOD-0", beyond_use=TODAY + timedelta(days=99)))
    page.open_lot("GOOD-1")
    press("Ctrl+D", "Up")
    assert desk.form.other.text() == "Take GOOD-0 instead"
    assert desk.form.reason.isVisible()
    qtbot.mouseClick(desk.form.other, Qt.MouseButton.LeftButton)

    assert page.card.card.kept.batch.lot == "GOOD-0"
    assert (desk.form.days.text(), desk.form.capsules.text()) == ("60", "60")
    assert desk.form.other.isHidden()
    press("Return")
    assert (on_hand(page, "GOOD-0"), on_hand(page, "GOOD-1")) == (240, 300)


def test_passing_an_earlier_batch_over_asks_for_the_reason_in_the_form(page, desk, press, write):
    keep(page._context, a_batch(lot="GOOD-0", beyond_use=TODAY + timedelta(days=99)))
    page.open_lot("GOOD-1")
    press("Ctrl+D", "Return")
    assert desk.form.banner.text == "A reason is needed to pass over the earlier batch. Say it in a few words."
    assert desk.form.reason.field.hasFocus()
    assert on_hand(page, "GOOD-1") == 300
    write("asked for")
    press("Return")

    assert (last(page, "GOOD-1").kind, last(page, "GOOD-1").reason) == (Kind.DISPENSED, "asked for")


def test_what_must_not_be_dispensed_says_why_and_offers_another(page, desk, press):
    page.open_lot("OLD-1")
    press("Ctrl+D")
    assert "must not be dispensed (expired)" in desk.form.says.text()
    assert desk.form.other.text() == "Take GOOD-1 instead"
    press("Return")

    assert "must not be dispensed" in desk.form.banner.text
    assert on_hand(page, "OLD-1") == 300


def test_a_scan_that_lands_in_a_number_dispenses_nothing(page, desk, press, write):
    page.open_lot("GOOD-1")
    press("Ctrl+D")
    write("LDN260117001M\r")

    assert desk.form.banner.text == (
        "“LDN260117001M” is a batch's lot, and no number of days. Scan it in the search (Ctrl+F), or type a number."
    )
    assert desk.form.banner.offers == ()
    assert desk.form.days.hasFocus()
    assert on_hand(page, "GOOD-1") == 300


def test_a_scan_that_lands_in_a_reason_is_none(page, desk, press, write):
    page.open_lot("GOOD-1")
    press("Ctrl+W")
    write("2")
    press("Tab")
    write("LDN260117001M\r")

    assert desk.form.banner.text.startswith("“LDN260117001M” is a lot, and no reason.")
    assert on_hand(page, "GOOD-1") == 300


@pytest.mark.parametrize(("days", "words"), [("0", "no days' supply"), ("400", "longer than any"), ("", "is missing")])
def test_no_such_supply_is_said_live(page, desk, days, words):
    page.open_lot("GOOD-1")
    desk.begin(actions.DISPENSE)
    desk.form.days.setText(days)
    desk.form.capsules.setText("30")

    assert words in desk.form.says.text()


def test_too_many_capsules_are_refused_and_the_focus_goes_to_them(page, desk, press):
    page.open_lot("GOOD-1")
    press("Ctrl+D")
    desk.form.capsules.setText("301")
    press("Return")

    assert "holds 300 capsules, fewer than 301" in desk.form.banner.text
    assert desk.form.capsules.hasFocus()


def test_capsules_are_written_off_with_a_usual_reason(qtbot, page, desk, press, write):
    page.open_lot("GOOD-1")
    press("Ctrl+W")
    write("3")
    assert desk.form.says.text() == "297 of 300 capsules will be left."
    qtbot.mouseClick(desk.form.reason.buttons[0], Qt.MouseButton.LeftButton)
    press("Return")

    assert (last(page, "GOOD-1").capsules, last(page, "GOOD-1").reason) == (-3, "dropped")


def test_a_write_off_without_a_reason_points_to_it(page, desk, press, write):
    page.open_lot("GOOD-1")
    press("Ctrl+W")
    write("3")
    press("Return")

    assert "A reason is needed to write off capsules" in desk.form.banner.text
    assert desk.form.reason.field.hasFocus()


def test_expired_stock_is_disposed_of_whole_with_its_reason_filled_in(page, desk, press, write):
    page.open_lot("OLD-1")
    press("Ctrl+Shift+D")
    assert desk.form.capsules.text() == "300"
    desk.form.disposal.method.field.setText("incineration")
    desk.form.disposal.witness.field.setText("Ana")
    press("Return")
    assert "cannot be the witness too" in desk.form.banner.text
    assert desk.form.disposal.witness.field.hasFocus()
    write("Ben")
    press("Return")

    entry = last(page, "OLD-1")
    assert (entry.kind, entry.capsules, entry.reason) == (Kind.DESTROYED, -300, "expired")
    assert entry.note == "method: incineration; witness: Ben"
    assert page.card.verdict.word == "Destroyed"


def test_a_disposal_of_good_stock_asks_why(page, desk, press, write):
    page.open_lot("GOOD-1")
    press("Ctrl+Shift+D")
    write("10")
    press("Return")

    assert desk.form.banner.text == "Why are they disposed of? Choose one of the reasons."


def test_a_batch_is_moved_by_a_part_of_the_places_name(page, desk, press, write):
    page.open_lot("GOOD-1")
    press("Ctrl+M")
    assert desk.form.place.names == ("Cabinet A",)
    write("cab")
    press("Return")

    assert last(page, "GOOD-1").place == "Cabinet A"
    assert desk.banner.text == "GOOD-1: moved to Cabinet A."


def test_the_arrows_choose_among_the_places(page, press):
    for name in ("Bin 1", "Bin 2"):
        places.add_place(page._context, name)
    page.open_lot("GOOD-1")
    press("Ctrl+M", "Down", "Down", "Up", "Return")

    assert last(page, "GOOD-1").place == "Bin 2"


def test_a_place_that_is_not_there_yet_is_added_on_the_way(page, desk, press, write):
    page.open_lot("GOOD-1")
    press("Ctrl+M")
    write("Bin 9")
    assert desk.form.place.names == ("Add “Bin 9” as a new place",)
    press("Return")

    assert last(page, "GOOD-1").place == "Bin 9"


def test_a_count_says_the_difference_before_it_is_kept(page, desk, press, write):
    page.open_lot("GOOD-1")
    press("Ctrl+K")
    assert desk.form.says.text() == "300 capsules are on hand."
    write("298")
    assert desk.form.says.text() == "2 fewer than the 300 that are booked."
    press("Return")

    assert on_hand(page, "GOOD-1") == 298
    assert desk.banner.text == "GOOD-1: counted 298, 2 fewer than booked."


def test_a_count_of_more_than_was_made_points_to_the_reason(page, desk, press, write):
    page.open_lot("GOOD-1")
    press("Ctrl+K")
    write("310")
    press("Return")
    assert "more than the 300 that were made" in desk.form.banner.text
    assert desk.form.reason.field.hasFocus()
    write("found elsewhere")
    press("Return")

    assert on_hand(page, "GOOD-1") == 310


def test_a_quarantine_offers_no_undo_because_a_release_lifts_it(page, desk, press, write):
    page.open_lot("GOOD-1")
    press("Ctrl+Shift+Q")
    write("label doubtful")
    press("Return")

    assert page.card.verdict.word == "Quarantine"
    assert desk.banner.offers == ()
    press("Ctrl+Z")
    assert last(page, "GOOD-1").kind is Kind.QUARANTINED


def test_what_was_done_is_undone_by_a_button(qtbot, page, desk, press):
    page.open_lot("GOOD-1")
    press("Ctrl+D", "Return")
    qtbot.mouseClick(desk.banner.offers[0], Qt.MouseButton.LeftButton)

    assert on_hand(page, "GOOD-1") == 300
    assert desk.banner.text == "GOOD-1: taken back. 300 capsules on hand."
    assert page.card.card.standing.on_hand == 300


def test_what_was_done_is_undone_once_by_ctrl_z_even_from_the_empty_search(page, press, write):
    write("good-1\r")
    press("Ctrl+D", "Return")
    assert page.search.hasFocus()
    press("Ctrl+Z", "Ctrl+Z")

    assert on_hand(page, "GOOD-1") == 300
    assert len(batches.card(page._context, "GOOD-1").movements) == 4


def test_ctrl_z_in_a_field_with_text_takes_back_what_was_typed(page, press, write):
    write("good-1\r")
    press("Ctrl+D", "Return")
    write("old")
    press("Ctrl+Z")

    assert on_hand(page, "GOOD-1") == 270


def test_esc_leaves_the_form_and_keeps_the_card(page, desk, press):
    page.open_lot("GOOD-1")
    press("Ctrl+D")
    assert not page.card._facts.isVisible()
    press("Escape")

    assert desk.form is None
    assert page.card.opened
    assert page.card._facts.isVisible()
    assert on_hand(page, "GOOD-1") == 300


def test_enter_on_cancel_leaves_and_does_nothing(page, desk, press):
    page.open_lot("GOOD-1")
    press("Ctrl+D")
    desk.form.leave.setFocus()
    press("Return")

    assert desk.form is None
    assert on_hand(page, "GOOD-1") == 300


def test_a_form_stays_open_while_its_batch_changes_elsewhere(window, page, desk, press):
    page.open_lot("GOOD-1")
    press("Ctrl+W")
    desk.form.capsules.setText("10")
    done = ledger.waste(page._context, "GOOD-1", 100, reason="spilled")
    window.news.changed.emit(done.changed)

    assert desk.form.says.text() == "190 of 200 capsules will be left."


def test_bare_letters_only_type(page, desk, write):
    page.open_lot("GOOD-1")
    page.search.setFocus()
    write("dwmkr")

    assert desk.form is None
    assert page.search.text() == "dwmkr"


@pytest.mark.parametrize("action", actions.ALL, ids=lambda action: action.word)
def test_every_form_has_a_name_for_every_field(page, desk, action):
    page.open_lot("GOOD-1")
    desk.begin(action)

    assert desk.form.accessibleName()
    for field in desk.form.findChildren(type(desk.form.start())):
        assert field.accessibleName(), field


def test_tab_walks_from_the_fields_to_the_two_ways_out(page, desk, press):
    page.open_lot("GOOD-1")
    press("Ctrl+W")
    walked = []
    for _ in range(8):
        walked.append(QApplication.focusWidget())
        press("Tab")

    assert walked == [desk.form.capsules, desk.form.reason.field, *desk.form.reason.buttons, desk.form.enter]
    assert desk.form.leave.hasFocus()


def test_in_a_small_window_the_form_is_scrolled_to_and_so_is_what_it_says(qtbot, window, page, desk, press):
    window.resize(640, 400)
    qtbot.waitUntil(lambda: not page._beside)
    page.open_lot("OLD-1")
    press("Ctrl+Shift+D")
    bar = page.card._area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.value() == min(desk.y(), bar.maximum()) > 0)
    desk.form.capsules.setText("9999")
    bar.setValue(bar.maximum())
    press("Return")

    assert in_sight(page, desk.form.banner)
    assert in_sight(page, desk.form.capsules)
    assert desk.form.banner.geometry().bottom() < desk.form.capsules.y()


def in_sight(page, widget):
    viewport = page.card._area.viewport()
    return viewport.rect().contains(QRect(widget.mapTo(viewport, QPoint()), widget.size()))


def test_the_list_of_shortcuts_names_every_action(window):
    assert all(f"{action.keys}\t{action.word}" in window._shortcuts.text for action in actions.ALL)


def chosen(page, *lots):
    cards = [batches.card(page._context, lot) for lot in lots]
    return [(card.kept, card.standing) for card in cards]


def finished(qtbot, desk):
    qtbot.waitUntil(lambda: desk.form is None)


def test_many_are_moved_by_one_form_and_undone_together(qtbot, page, desk, press, write):
    page.card.show_many(chosen(page, "OLD-1", "GOOD-1", "GOOD-2"))
    assert page.card.verdict.word == "3 batches"
    press("Ctrl+M")
    write("cab")
    press("Return")
    finished(qtbot, desk)

    assert desk.banner.text.startswith("2 moved, 1 refused: Batch OLD-1 stands at Cabinet A already.")
    assert last(page, "GOOD-2").place == "Cabinet A"
    press("Ctrl+Z")
    qtbot.waitUntil(lambda: desk.banner.text == "2 taken back.")
    assert last(page, "GOOD-2").place == "Shelf 3"


def test_of_many_only_the_expired_are_disposed_of(qtbot, page, desk, press):
    page.card.show_many(chosen(page, "OLD-1", "OLD-2", "GOOD-1"))
    press("Ctrl+Shift+D")
    assert desk.form.says.text() == (
        "2 of the 3 chosen have expired; only they are disposed of. All that stands there: 600 capsules."
    )
    press("Return")
    finished(qtbot, desk)

    assert desk.banner.text == "2 disposed of."
    assert [on_hand(page, lot) for lot in ("OLD-1", "OLD-2", "GOOD-1")] == [0, 0, 300]


def test_many_are_written_off_whole_for_one_reason(qtbot, page, desk, press, write):
    page.card.show_many(chosen(page, "OLD-1", "GOOD-1"))
    press("Ctrl+W", "Return")
    assert "A reason is needed" in desk.form.banner.text
    write("flood")
    press("Return")
    finished(qtbot, desk)

    assert [last(page, lot).reason for lot in ("OLD-1", "GOOD-1")] == ["flood", "flood"]


def test_where_all_have_expired_that_is_the_reason_to_write_them_off(qtbot, page, desk, press):
    page.card.show_many(chosen(page, "OLD-1", "OLD-2"))
    assert not page.card.movements.isVisible()
    assert not page.card.components.isVisible()
    press("Ctrl+W", "Return")
    finished(qtbot, desk)

    assert [last(page, lot).reason for lot in ("OLD-1", "OLD-2")] == ["expired", "expired"]


def test_what_makes_no_sense_for_many_does_nothing(page, desk, press):
    page.card.show_many(chosen(page, "OLD-1", "GOOD-1"))
    press("Ctrl+D", "Ctrl+R")

    assert desk.form is None


def test_work_on_many_is_stopped_and_what_was_done_is_told(qtbot, page, desk, press, write):
    page.card.show_many(chosen(page, "OLD-1", "OLD-2", "GOOD-1"))
    press("Ctrl+W")
    write("flood")
    press("Return")
    assert isinstance(desk.form, ManyForm)
    assert desk.form.busy
    press("Escape")
    finished(qtbot, desk)

    left = sum(on_hand(page, lot) for lot in ("OLD-1", "OLD-2", "GOOD-1"))
    assert ("stopped" in desk.banner.text) == (left > 0)


def test_after_a_refusal_the_ways_out_of_the_form_are_in_sight_too(qtbot, window, page, desk, press):
    window.resize(1280, 430)
    page.open_lot("GOOD-1")
    press("Ctrl+H", "Return")

    assert "A reason is needed" in desk.form.banner.text
    for part in (desk.form.banner, desk.form.leave):
        qtbot.waitUntil(lambda part=part: part.visibleRegion().boundingRect() == part.rect())
