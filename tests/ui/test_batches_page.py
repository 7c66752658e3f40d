from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from builders import TODAY, a_batch, at_work, keep
from ldninv.db import open_store
from ldninv.domain.ledger import DisposalReason
from ldninv.domain.refusal import Surroundings
from ldninv.services import batches, ledger, search
from ldninv.ui import batch_list, theme
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


def press_chip(qtbot, page, word):
    """Press a chip with the mouse, or choose it in the menu of those that have no room."""
    wanted = chip(page, word)
    if wanted.isVisible():
        qtbot.mouseClick(wanted, Qt.MouseButton.LeftButton)
        return wanted
    qtbot.mouseClick(page._bar.more, Qt.MouseButton.LeftButton)
    next(each for each in page._bar.more.list.actions() if each.text().startswith(word)).trigger()
    page._bar.more.list.close()
    return wanted


def top_of_the_list(page):
    return page._lists.mapTo(page, page._lists.rect().topLeft()).y()


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
        "Review": 0,
        "Quarantine": 1,
        "On hold": 0,
        "Empty": 0,
        "All ever made": 6,
        "Not yet made": 0,
        "This week": 0,
    }


@pytest.mark.parametrize("which", FILTERS, ids=lambda each: each.sign.word)
@pytest.mark.parametrize("text", ["", "old", "shelf"])
def test_a_chip_counts_what_the_list_shows_once_it_is_pressed(qtbot, page, which, text):
    page.search.setText(text)
    pressed = press_chip(qtbot, page, which.sign.word)

    assert pressed.isChecked()
    assert pressed.isVisible()
    assert [each for each in page.chips if each.isChecked()] == [pressed]
    assert pressed.count == page.model.rowCount() == len(batches.ids(page._context, page.question))


def test_what_is_expired_and_used_up_is_under_empty(qtbot, window, page):
    done = ledger.dispose(page._context, "OLD-1", 300, reason=DisposalReason.EXPIRED)
    ledger.waste(page._context, "OLD-2", 300, reason="spilt")
    window.news.changed.emit(done.changed)
    press_chip(qtbot, page, "Empty")

    assert lots(page) == ["OLD-1", "OLD-2"]
    assert counts(page)["All in stock"] + counts(page)["Empty"] == counts(page)["All ever made"] == 6


@pytest.mark.parametrize("width", [480, 800, 1280, 2000])
def test_the_filters_stand_in_one_row_whatever_is_counted_and_the_rest_in_a_menu(qtbot, window, page, width):
    window.resize(width, 720)
    before = top_of_the_list(page)
    page.search.setText("near")
    page.refresh()

    seen = [each for each in page.chips if each.isVisible()]
    assert len({each.y() for each in seen}) == 1
    assert all(page._bar.rect().contains(each.geometry()) for each in (*seen, page.columns))
    assert page._bar.more.isVisible() is (len(seen) < len(page.chips))
    assert top_of_the_list(page) == before


@pytest.mark.parametrize("width", [480, 560, 640])
def test_the_menu_of_filters_looks_like_the_most_harmful_that_counts_something(window, page, width):
    window.resize(width, 720)
    harmful = ("Expired", "Near expiry", "Quarantine")
    word = next(each for each in harmful if not chip(page, each).isVisible())

    assert page._bar.more.sign.icon == chip(page, word).sign.icon
    assert page._bar.more.accessibleName() == "More filters"
    assert page._bar.more.accessibleDescription().startswith(word)
    page.search.setText("nothing")
    page.refresh()
    assert page._bar.more.accessibleDescription() == ""


def test_columns_do_not_come_and_go_with_the_scroll_bar(qtbot, page):
    before = [column.key for column in page.table.shown_columns]
    keep(page._context, *(a_batch(lot=f"NEW-{number}", beyond_use=TODAY + timedelta(99)) for number in range(60)))
    page.refresh()

    qtbot.waitUntil(page.table.verticalScrollBar().isVisible)
    assert [column.key for column in page.table.shown_columns] == before


def test_a_letter_typed_in_the_list_begins_a_search(qtbot, window, page):
    press(qtbot, window, Qt.Key.Key_Down)
    type_text(qtbot, window, "near")

    assert page.search.text() == "near"
    assert page.search.hasFocus()


def test_home_and_end_go_to_the_first_and_last_batch(qtbot, window, page):
    press(qtbot, window, Qt.Key.Key_Down)
    press(qtbot, window, Qt.Key.Key_End)
    assert page.table.currentIndex().row() == 5
    press(qtbot, window, Qt.Key.Key_Home, Qt.KeyboardModifier.ShiftModifier)
    assert page.table.selected_count() == 6
    press(qtbot, window, Qt.Key.Key_End)
    assert (page.table.currentIndex().row(), page.table.selected_count()) == (5, 1)


def test_a_column_is_made_wider_by_keyboard_and_menu_and_stays_so(qtbot, window, page, open_window, stocked):
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    press(qtbot, window, Qt.Key.Key_Down)
    press(qtbot, window, Qt.Key.Key_Right)
    before = page.table.columnWidth(1)
    for _ in range(3):
        press(qtbot, window, Qt.Key.Key_Right, both)
    press(qtbot, window, Qt.Key.Key_Left, both)
    page.columns.list.aboutToShow.emit()
    next(each for each in page.columns.list.actions() if each.text().startswith("Wider")).trigger()

    assert page.table.columnWidth(1) == pytest.approx(before + 3 * theme.letters(page.table, 1), abs=8)
    wide = page.table.columnWidth(1)
    window.close()
    again = open_window(stocked).batches
    assert again.table.columnWidth(1) == wide
    again.columns.list.aboutToShow.emit()
    next(each for each in again.columns.list.actions() if each.text() == "Columns as they were at first").trigger()
    assert again.table.columnWidth(1) == before


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


def test_a_scan_of_a_batch_under_another_filter_shows_it_among_all_in_stock(qtbot, window, page):
    qtbot.mouseClick(chip(page, "Expired"), Qt.MouseButton.LeftButton)
    press(qtbot, window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    type_text(qtbot, window, "good-1\r")

    assert page.card.verdict.word == "Good"
    assert chip(page, "All in stock").isChecked()
    assert "GOOD-1" in lots(page)
    assert page.table.selectionModel().hasSelection()


def test_what_was_said_of_a_misread_scan_goes_when_something_else_is_typed(qtbot, window, page):
    type_text(qtbot, window, "LDN260117001K\r")
    assert page.card.verdict.word == "Misread"

    type_text(qtbot, window, "o")

    assert not page.card.opened
    assert page.banner.text == ""


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
    assert not page._bar.isVisible()
    press(qtbot, window, Qt.Key.Key_Escape)
    assert page.table.isVisible()
    assert page._bar.isVisible()


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


def test_states_move_when_the_day_does(open_window, stocked):
    days = [TODAY]
    window = open_window(replace(stocked, today=lambda: days[-1]))
    page = window.batches
    page.open_lot("NEAR-1")
    days.append(TODAY + timedelta(days=29))
    window.midnight.passed.emit()

    assert page.card.verdict.word == "Expired"
    assert counts(page)["Expired"] == 3
    assert page.model.row(2).sign.word == "Expired"


def test_the_card_is_copied_as_text(qtbot, page):
    page.open_lot("GOOD-1")
    qtbot.mouseClick(page.card.tools.buttons[-1], Qt.MouseButton.LeftButton)

    assert QGuiApplication.clipboard().text().startswith("GOOD-1: Good\n")


def test_an_empty_database_says_what_to_do_first(qtbot, open_window, on_file):
    window = open_window(on_file)
    page = window.batches

    assert page.first.isVisible()
    assert "Look at the demo" in page.first.text
    assert not page._bar.isVisible()
    with qtbot.waitSignal(page.import_asked):
        page.first.offers[0].click()
    assert window.page is window.importing


def test_a_filter_without_batches_says_so(qtbot, page):
    press_chip(qtbot, page, "On hold")

    assert page.nothing.isVisible()
    assert "On hold" in page.nothing.text
    seen = [offer for offer in page.nothing.offers if offer.isVisible()]
    assert [offer.text() for offer in seen] == ["All in stock"]
    qtbot.mouseClick(seen[0], Qt.MouseButton.LeftButton)
    assert page.table.isVisible()


def test_a_lot_that_another_filter_has_a_part_of_is_not_said_to_be_nowhere(qtbot, window, page):
    press_chip(qtbot, page, "Expired")
    type_text(qtbot, window, "good\r")

    assert page.banner.text == "No batch is called “good”. 2 batches contain it, none of them under “Expired”."


def test_what_is_typed_over_a_card_that_covers_the_list_shows_the_list(qtbot, window, page):
    window.resize(640, 720)
    page.open_lot("GOOD-1")
    assert not page.table.isVisible()
    type_text(qtbot, window, "near")

    qtbot.waitUntil(lambda: page.table.isVisible() and len(page.model.ids) == 1)


def test_a_database_out_of_reach_is_a_line_with_try_again(qtbot, page):
    page.banner.tell_error(Surroundings("The database is locked. Close the other program."), page.refresh)
    again = page.banner.offers[0]
    assert again.text() == "Try again"
    keep(page._context, a_batch(lot="NEW-1"))
    qtbot.mouseClick(again, Qt.MouseButton.LeftButton)

    assert page.banner.text == ""
    assert "NEW-1" in lots(page)


def test_what_another_program_entered_is_seen_without_being_asked_for(page, elsewhere):
    keep(elsewhere, a_batch(lot="THERE-1"))
    page.table.watch()

    assert "THERE-1" in lots(page)


@pytest.fixture
def elsewhere(on_file):
    """Somebody else at work on the same file."""
    opened = open_store(f"sqlite:///{on_file.store.name}")
    yield at_work(opened)
    opened.close()


@pytest.fixture
def large(monkeypatch, open_window, stocked):
    """A window over a database that is too large to be read before the first rows are seen."""
    monkeypatch.setattr(search, "FEW", 0)
    monkeypatch.setattr(search, "FIRST", 2)
    return open_window(stocked).batches


def test_of_many_batches_the_first_are_seen_at_once_and_the_rest_when_they_are_read(qtbot, large):
    assert lots(large)[:2] == ["OLD-1", "OLD-2"]
    qtbot.waitUntil(lambda: large.table.finder.ready and len(large.model.ids) == 6)

    assert counts(large)["All in stock"] == 6
    assert lots(large) == ["OLD-1", "OLD-2", "NEAR-1", "GOOD-1", "WAIT-1", "GOOD-2"]


def test_several_rows_are_chosen_by_keyboard_and_the_card_says_how_many(qtbot, window, page):
    press(qtbot, window, Qt.Key.Key_Down)
    press(qtbot, window, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    press(qtbot, window, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)

    assert page.table.selected_lots() == ["OLD-1", "OLD-2", "NEAR-1"]
    assert page.card.verdict.word == "3 batches"
    press(qtbot, window, Qt.Key.Key_Down)
    assert page.card.verdict.word == "Good"


def test_ctrl_a_chooses_all_and_ctrl_c_copies_them_under_their_titles(qtbot, window, page):
    press(qtbot, window, Qt.Key.Key_Down)
    press(qtbot, window, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    press(qtbot, window, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    titles, *rows = [line.split("\t") for line in QGuiApplication.clipboard().text().splitlines()]

    assert page.table.selected_lots() == lots(page)
    assert titles == [column.title for column in page.table.shown_columns]
    assert [row[titles.index("Lot")] for row in rows] == lots(page)


def test_more_rows_than_can_be_copied_at_once_are_copied_by_a_worker(qtbot, page, monkeypatch):
    monkeypatch.setattr(batch_list, "MANY", 2)
    page.table.selectAll()
    page.table.copy()
    qtbot.waitUntil(lambda: page.banner.text == "6 rows copied.")

    assert len(QGuiApplication.clipboard().text().splitlines()) == 7


def test_chosen_batches_stay_chosen_and_shown_when_a_verb_takes_them_off_the_list(window, page):
    page.table.select_ids(page.model.ids[:2])
    for lot in ("OLD-1", "OLD-2"):
        done = ledger.dispose(page._context, lot, 300, reason=DisposalReason.EXPIRED)
    window.news.changed.emit(done.changed)

    assert "OLD-1" not in lots(page)
    assert page.card.verdict.word == "2 batches"


def test_what_is_chosen_and_where_one_is_stays_when_the_list_is_read_again(page):
    page.table.setCurrentIndex(page.model.index(2, 1))
    page.table.select_ids(page.model.ids[2:4])
    keep(page._context, a_batch(lot="OLD-0", beyond_use=TODAY - timedelta(days=50)))
    page.refresh()

    assert page.table.selected_lots() == ["NEAR-1", "GOOD-1"]
    assert page.table.currentIndex().row() == 3


def test_columns_order_and_sort_come_back_at_the_next_start(window, page, open_window, stocked):
    table = page.table
    table.want(5, shown=False)
    table.shift(1, 1)
    table.sort_asked.emit("lot", True)
    window.close()
    again = open_window(stocked).batches.table

    assert [column.key for column in again.shown_columns][:3] == ["state", "strength", "lot"]
    assert again.wanted[5] is False
    assert again.sorted_by == ("lot", True)


def test_the_columns_menu_hides_sorts_and_puts_back(page):
    def action(text):
        page.columns.list.aboutToShow.emit()
        return next(each for each in page.columns.list.actions() if each.text() == text)

    action("Covers").trigger()
    assert "covers" not in [column.key for column in page.table.shown_columns]
    action("Descending").trigger()
    assert page.table.sorted_by == ("expires", True)
    action("Columns as they were at first").trigger()
    assert all(page.table.wanted)


def test_a_column_is_moved_by_keyboard(qtbot, window, page):
    press(qtbot, window, Qt.Key.Key_Down)
    page.table.setCurrentIndex(page.model.index(0, 1))
    press(qtbot, window, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier)

    assert [column.key for column in page.table.shown_columns][:3] == ["state", "strength", "lot"]


def test_a_scan_is_answered_first_and_what_lies_below_follows(qtbot, page):
    card, word = page.card, []
    card.verdict.painted.connect(
        lambda: word.append((card.verdict.word, card._facts.isVisible(), card._past.isVisible()))
    )
    with qtbot.waitSignal(card.completed):
        page.enter("GOOD-1")

    assert word[0] == (card.card.sign.word, True, False)
    assert card.movements.isVisible()
    assert card.movements.list.shown[-1].text.startswith("made 300")
    assert list(page.table.selected_ids()) == [card.card.kept.batch.id]


def test_keys_stay_in_the_list_of_movements_when_another_batch_is_scanned(qtbot, page):
    page.open_lot("OLD-1")
    movements = page.card.movements.list
    movements.setFocus()
    with qtbot.waitSignal(page.card.completed):
        page.enter("GOOD-1")

    assert movements.hasFocus()


def test_nothing_of_the_batch_before_stands_below_the_answer_to_a_scan(page):
    page.open_lot("OLD-1")
    page.enter("GOOD-1")

    assert [part.isVisible() for part in (page.card._movements, page.card._components, page.card._past)] == [False] * 3
