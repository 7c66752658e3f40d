from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from builders import TODAY, a_batch, at_work, keep
from ldninv.domain.refusal import Surroundings
from ldninv.services import batches, ledger
from ldninv.ui.filters import EVERYTHING, FILTERS


@pytest.fixture
def page(window):
    return window.batches


def type_text(qtbot, window, text):
    """Press real keys in the real window, wherever its focus is."""
    for character in text:
        qtbot.keyClick(window.windowHandle(), character)


def press(qtbot, window, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(window.windowHandle(), key, modifier)


def lots(page):
    return [page.model.row(number).kept.batch.lot for number in range(len(page.model.ids))]


def chip(page, word):
    return next(chip for chip in page.chips if chip.sign.word == word)


def counts(page):
    return {chip.sign.word: chip.count for chip in page.chips}


def test_it_opens_with_what_is_in_stock_earliest_expiry_first(page):
    assert lots(page) == ["OLD-1", "OLD-2", "NEAR-1", "GOOD-1", "WAIT-1", "GOOD-2"]
    assert page.table.isVisible()


def test_the_chips_count_what_stands_on_the_shelf(page):
    assert counts(page) == {
        "All in stock": 6,
        "Expired": 2,
        "Near expiry": 1,
        "Good": 2,
        "Quarantine": 1,
        "On hold": 0,
        "Empty": 0,
        "All ever made": 6,
    }


@pytest.mark.parametrize("which", FILTERS, ids=lambda each: each.sign.word)
@pytest.mark.parametrize("text", ["", "old", "shelf"])
def test_a_chip_counts_what_the_list_shows_once_it_is_pressed(qtbot, page, which, text):
    page.search.setText(text)
    pressed = chip(page, which.sign.word)
    qtbot.mouseClick(pressed, Qt.MouseButton.LeftButton)

    assert pressed.isChecked()
    assert [each for each in page.chips if each.isChecked()] == [pressed]
    assert pressed.count == page.model.rowCount() == len(batches.ids(page._context, page.question))


def test_a_chip_is_pressed_by_keyboard(qtbot, window, page):
    chip(page, "Expired").setFocus()
    press(qtbot, window, Qt.Key.Key_Space)

    assert lots(page) == ["OLD-1", "OLD-2"]


def test_the_list_follows_what_is_typed(qtbot, window, page):
    type_text(qtbot, window, "shelf 3")
    qtbot.waitUntil(lambda: page.model.rowCount() == 3)

    assert lots(page) == ["GOOD-1", "WAIT-1", "GOOD-2"]


def test_the_search_finds_strengths(qtbot, page):
    page.search.setText("1.5")
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)

    assert lots(page) == ["GOOD-2"]


def test_a_scan_opens_the_card_with_the_one_word(qtbot, window, page):
    type_text(qtbot, window, "old-1\r")

    assert page.card.card.kept.batch.lot == "OLD-1"
    assert page.card.verdict.word == "Expired"
    assert page.card.isVisible()
    assert page.search.text() == ""
    assert page.table.currentIndex().row() == 0


def test_a_scan_opens_a_batch_that_the_list_does_not_show(qtbot, window, page):
    qtbot.mouseClick(chip(page, "Expired"), Qt.MouseButton.LeftButton)
    press(qtbot, window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    type_text(qtbot, window, "good-1\r")

    assert page.card.verdict.word == "Good"
    assert lots(page) == ["OLD-1", "OLD-2"]
    assert not page.table.selectionModel().hasSelection()


def test_a_scan_of_something_else_is_answered_in_a_line_and_closes_the_old_card(qtbot, window, page):
    type_text(qtbot, window, "good-1\r")
    type_text(qtbot, window, "ZZ-99\r")

    assert page.banner.text == "Nothing here is called “ZZ-99”."
    assert [button.text() for button in page.banner.offers] == ["Import a list"]
    assert page.card.card is None
    assert page.card.verdict.word == "Unknown"
    assert page.search.selectedText() == "ZZ-99"


def test_what_is_only_under_another_filter_is_offered(qtbot, window, page):
    qtbot.mouseClick(chip(page, "Expired"), Qt.MouseButton.LeftButton)
    press(qtbot, window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    type_text(qtbot, window, "GOOD\r")
    search, _ = page.banner.offers
    qtbot.mouseClick(search, Qt.MouseButton.LeftButton)

    assert lots(page) == ["GOOD-1", "GOOD-2"]
    assert chip(page, EVERYTHING.sign.word).isChecked()


def test_enter_on_a_part_of_a_lot_opens_nothing_by_itself(qtbot, window, page):
    type_text(qtbot, window, "good-1\r")
    type_text(qtbot, window, "OLD\r")

    assert page.banner.text == "No batch is called “OLD”. 2 batches contain it."
    assert not page.card.opened
    assert lots(page) == ["OLD-1", "OLD-2"]


def test_a_misread_lot_says_so_and_leaves_no_other_card_open(qtbot, window, page):
    type_text(qtbot, window, "good-1\r")
    type_text(qtbot, window, "LDN260117001K\r")

    assert "misread" in page.banner.text
    assert page.card.verdict.word == "Misread"
    assert page.card.card is None


def test_ctrl_f_goes_to_the_search_from_any_page_and_esc_clears_it(qtbot, window, page):
    window.go_to(window.importing)
    press(qtbot, window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert window.page is page
    assert page.search.hasFocus()

    type_text(qtbot, window, "old")
    press(qtbot, window, Qt.Key.Key_Escape)
    assert page.search.text() == ""
    qtbot.waitUntil(lambda: page.model.rowCount() == 6)


def test_esc_puts_away_the_notice_then_the_search_then_the_card(qtbot, window, page):
    type_text(qtbot, window, "zz\r")
    for shown in (page.banner.text, page.search.text(), page.card.opened):
        assert shown
        press(qtbot, window, Qt.Key.Key_Escape)

    assert (page.banner.text, page.search.text(), page.card.opened) == ("", "", False)


def test_down_goes_from_the_search_into_the_list_and_the_card_follows(qtbot, window, page):
    press(qtbot, window, Qt.Key.Key_Down)
    assert page.table.hasFocus()
    assert page.card.card.kept.batch.lot == "OLD-1"
    press(qtbot, window, Qt.Key.Key_Down)
    assert page.card.card.kept.batch.lot == "OLD-2"


def test_in_a_small_window_the_card_waits_for_enter_and_then_takes_the_place_of_the_list(qtbot, window, page):
    window.resize(640, 480)
    qtbot.waitUntil(lambda: not page._beside)
    press(qtbot, window, Qt.Key.Key_Down)
    press(qtbot, window, Qt.Key.Key_Down)
    assert page.table.isVisible()
    assert not page.card.isVisible()

    press(qtbot, window, Qt.Key.Key_Return)
    assert page.card.isVisible()
    assert not page.table.isVisible()
    press(qtbot, window, Qt.Key.Key_Escape)
    assert page.table.isVisible()


def test_a_list_is_sorted_by_its_source(page):
    page._sort_by("lot", descending=True)

    assert lots(page) == sorted(lots(page), reverse=True)
    assert page.table.horizontalHeader().sortIndicatorOrder() is Qt.SortOrder.DescendingOrder


def test_what_a_verb_changes_is_seen_at_once_in_list_chips_and_card(window, page):
    page.open_lot("NEAR-1")
    done = ledger.quarantine(page._context, "NEAR-1", reason="a cracked lid")
    window.news.changed.emit(done.changed)

    assert counts(page)["Near expiry"] == 0
    assert counts(page)["Quarantine"] == 2
    assert page.card.verdict.word == "Quarantine"


def test_states_move_when_the_day_does(window, page, on_file):
    page.open_lot("NEAR-1")
    tomorrow = at_work(on_file.store, today=TODAY + timedelta(days=29))
    page._context = tomorrow
    window.midnight.passed.emit()

    assert page.card.verdict.word == "Expired"
    assert counts(page)["Expired"] == 3


def test_the_card_is_copied_as_text(qtbot, page):
    page.open_lot("GOOD-1")
    qtbot.mouseClick(page.card._copy, Qt.MouseButton.LeftButton)

    assert QGuiApplication.clipboard().text().startswith("GOOD-1: Good\n")


def test_an_empty_database_says_what_to_do_first(qtbot, open_window, on_file):
    window = open_window(on_file)
    page = window.batches

    assert page.first.isVisible()
    assert "ldninv demo" in page.first.text
    assert not page._bar.isVisible()
    with qtbot.waitSignal(page.import_asked):
        page.first.offers[0].click()
    assert window.page is window.importing


def test_a_filter_without_batches_says_so(qtbot, page):
    qtbot.mouseClick(chip(page, "On hold"), Qt.MouseButton.LeftButton)

    assert page.nothing.isVisible()
    assert "On hold" in page.nothing.text


def test_a_database_out_of_reach_is_a_line_with_try_again(qtbot, page):
    page.banner.tell_error(Surroundings("The database is locked. Close the other program."), page.refresh)
    again = page.banner.offers[0]
    assert again.text() == "Try again"
    keep(page._context, a_batch(lot="NEW-1"))
    qtbot.mouseClick(again, Qt.MouseButton.LeftButton)

    assert page.banner.text == ""
    assert "NEW-1" in lots(page)
