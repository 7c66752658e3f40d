"""Going along a shelf with the scanner: real key events in the real window, on a real database."""

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QApplication

from builders import TODAY, a_batch, dump, keep
from ldninv.domain.concerns import Concern
from ldninv.domain.ledger import Kind
from ldninv.domain.places import PlaceKind
from ldninv.services import batches, ledger, places
from ldninv.services.context import Change
from ldninv.ui.scanner import taking
from ldninv.ui.scanner.says import Sound


@pytest.fixture
def page(window):
    window.go_to(window.counting)
    return window.counting


@pytest.fixture
def counting(page, write):
    """Shelf 3 is counted: GOOD-1, GOOD-2 and WAIT-1 stand there by the books."""
    write("shelf 3\r")
    return page


def rows(table):
    return [table.rows.row(number) for number in range(table.rows.rowCount())]


def remarks(page):
    return [(each.sign.word, each.lot) for each in rows(page.result.table)]


def stock(page, lot):
    return batches.card(page._context, lot).kept.stock


def test_a_place_is_chosen_by_its_name_as_a_scanner_types_it(page, write):
    assert page.choosing.places.field.hasFocus()
    write("cabinet a\r")

    assert page.place == "Cabinet A"
    assert page.scanning.field.hasFocus()


def test_where_there_are_no_places_the_way_to_the_first_one_is_offered(qtbot, open_window, filed):
    window = open_window(filed)
    window.go_to(window.counting)
    (add,) = window.counting.choosing.first.offers
    assert add.hasFocus()
    assert not window.counting.choosing.begin.isVisible()
    add.click()
    task = window.settings.places.task
    assert window.page is window.settings
    assert task.start().hasFocus()
    task.name.setText("Shelf 1")
    task.confirm()
    window.go_to(window.counting)

    assert window.counting.choosing.places.names == ("Shelf 1",)
    assert window.counting.choosing.places.field.hasFocus()
    assert not window.counting.choosing.first.isVisible()


def test_a_place_that_is_none_is_refused_and_not_added(page, write):
    write("Nowhere\r")

    assert page.banner.text == "There is no such place. Type the name of one."
    assert [place.name for place in places.places(page._context)] == ["Cabinet A", "Shelf 3"]


def test_the_whole_name_wins_over_one_that_contains_it(page, write):
    places.add_place(page._context, "Old Shelf 3")
    page.refresh()
    write("shelf 3\r")

    assert page.place == "Shelf 3"


def test_each_scan_answers_with_its_word_and_the_cursor_stays(counting, write):
    scanning = counting.scanning
    write("good-1\r")
    assert scanning.said.text == "GOOD-1: Good. 300 capsules on the books, stands here."
    write("OLD-1\r")
    assert scanning.said.text == "OLD-1: Expired. 300 capsules on the books, booked at Cabinet A."
    write("A-STRANGER\r")
    assert scanning.said.text == "A-STRANGER: Unknown, not in the books."

    assert scanning.field.hasFocus()
    assert scanning.field.text() == ""
    assert [each.text for each in rows(scanning.table)] == ["A-STRANGER", "OLD-1", "GOOD-1"]


def test_the_same_bottle_twice_is_counted_once(counting, write):
    write("GOOD-1\rgood-1\r")

    assert counting.scanning.said.text == "GOOD-1: counted already. Nothing was added."
    assert len(counting.scanning.scanned.lines) == 1


def test_a_misread_lot_is_no_line(counting, write):
    write("LDN260117001X\r")

    assert "LDN260117001X" in counting.scanning.said.text
    assert counting.scanning.scanned.lines == ()


def test_a_number_may_be_typed_beside_a_scan(counting, press, write):
    write("GOOD-1\r")
    press("Tab")
    assert QApplication.focusWidget() is counting.scanning.number
    assert counting.scanning.number.accessibleName() == "Capsules of GOOD-1, may stay empty"
    write("298\r")

    assert counting.scanning.field.hasFocus()
    assert counting.scanning.scanned.found == {"GOOD-1": 298}


def test_a_scan_that_lands_in_the_number_is_taken_as_a_scan(counting, press, write):
    write("GOOD-1\r")
    press("Tab")
    write("GOOD-2\r")

    assert counting.scanning.scanned.found == {"GOOD-1": None, "GOOD-2": None}
    assert counting.scanning.field.hasFocus()


def test_a_scan_that_meets_the_list_goes_to_the_field(counting, press, write):
    write("GOOD-1\r")
    counting.scanning.table.setFocus()
    write("GOOD-2\r")

    assert list(counting.scanning.scanned.found) == ["GOOD-1", "GOOD-2"]


def test_a_line_is_taken_away_by_a_key(counting, press, write):
    write("GOOD-1\rGOOD-2\r")
    counting.scanning.table.setFocus()
    counting.scanning.table.selectRow(1)
    press("Delete")

    assert list(counting.scanning.scanned.found) == ["GOOD-2"]


def test_the_name_of_the_place_ends_the_count_and_all_groups_are_told(counting, press, write):
    keep(counting._context, a_batch(lot="OLD-3", beyond_use=TODAY - timedelta(days=3)), place="Shelf 3")
    write("GOOD-1\r")
    press("Tab")
    write("250\r")
    write("NEAR-1\rOLD-3\rA-STRANGER\rshelf 3\r")

    assert remarks(counting) == [
        ("Missing", "GOOD-2"),
        ("Missing", "WAIT-1"),
        ("Unexpected", "A-STRANGER"),
        ("Wrong place", "NEAR-1"),
        ("Expired", "OLD-3"),
        ("Other number", "GOOD-1"),
    ]
    assert counting.result.summary.text() == (
        "2 missing · 1 unexpected · 1 in the wrong place · 1 expired · 1 with another number · 1 batch as in the books"
    )
    assert counting.result.post.hasFocus()
    assert stock(counting, "GOOD-1").on_hand == 300


def test_the_row_in_hand_is_told_whole_below_the_differences(counting, press, write):
    write("A-STRANGER\r")
    press("Ctrl+Return")
    result = counting.result
    result.table.selectRow([lot for _, lot in remarks(counting)].index("A-STRANGER"))

    assert result.told.isVisible()
    assert result.told.text().startswith("A-STRANGER: There is no batch A-STRANGER.")


def test_one_button_posts_the_numbers_and_nothing_else_unless_it_is_ticked(counting, press, write):
    write("GOOD-1\r")
    press("Tab")
    write("298\rNEAR-1\rGOOD-2\r")
    press("Ctrl+Return", "Return")

    assert counting.banner.text == (
        "Shelf 3 is counted: 1 batch as in the books. 1 number set to what was counted. 1 batch still missing: look "
        "for them."
    )
    assert (stock(counting, "GOOD-1").on_hand, stock(counting, "WAIT-1").on_hand) == (298, 300)
    assert stock(counting, "NEAR-1").place == "Cabinet A"
    assert counting.choosing.places.field.hasFocus()


def test_what_is_ticked_is_moved_and_set_to_none(counting, press, write):
    write("GOOD-1\rNEAR-1\rGOOD-2\r")
    press("Ctrl+Return")
    counting.result.moves.setChecked(True)
    counting.result.none_left.setChecked(True)
    counting.result.reason.setText("count loss")
    press("Return")

    assert stock(counting, "NEAR-1").place == "Shelf 3"
    assert stock(counting, "WAIT-1").on_hand == 0
    assert batches.card(counting._context, "WAIT-1").movements[0].entry.reason == "count loss"
    assert "1 batch moved here." in counting.banner.text


def test_a_count_that_agrees_says_so_and_is_kept_in_the_trail(counting, press, write):
    write("GOOD-1\rGOOD-2\rWAIT-1\r")
    press("Ctrl+Return")
    assert counting.result.agreed.text == "All as in the books\n3 batches at Shelf 3."
    assert counting.result.post.text() == "Keep this count"
    press("Return")

    with counting._context.store.reading() as work:
        assert work.trail.head().events
    assert counting.banner.text == "Shelf 3 is counted: 3 batches as in the books."


def test_esc_goes_back_a_step_and_asks_before_a_count_is_lost(counting, press, write):
    write("GOOD-1\r")
    press("Ctrl+Return", "Escape")
    assert counting.scanning.field.hasFocus()
    press("Escape")
    assert counting.banner.text == "1 bottle at Shelf 3 are scanned and not posted yet."
    counting.banner.offers[1].click()

    assert counting.choosing.isVisible()
    assert counting.scanning.scanned.lines == ()


def test_the_window_asks_before_a_count_is_lost(window, counting, write):
    write("GOOD-1\r")
    assert not window.close()
    assert counting.banner.offers[0].text() == "Go on counting"
    counting.banner.offers[1].click()

    assert not window.isVisible()


def test_a_count_stays_while_another_page_is_looked_at(window, counting, press, write):
    write("GOOD-1\r")
    ledger.dispense(counting._context, "GOOD-1", 30, days_supply=30)
    window.go_to(window.batches)
    window.news.changed.emit(Change.LEDGER)
    window.go_to(counting)

    assert counting.scanning.field.hasFocus()
    assert [(each.text, each.kept.stock.on_hand) for each in rows(counting.scanning.table)] == [("GOOD-1", 270)]


def test_three_hundred_bottles_are_counted(counting, write):
    lots = [f"L-{number:03}" for number in range(300)]
    keep(counting._context, *(a_batch(lot=lot, beyond_use=TODAY + timedelta(days=99)) for lot in lots), place="Shelf 3")
    for lot in lots:
        counting.scanning.enter(lot)
    counting.compare()

    assert remarks(counting) == [("Missing", lot) for lot in ("GOOD-1", "GOOD-2", "WAIT-1")]


@pytest.fixture
def at_bin(window):
    places.add_place(window._context, "Expired bin", PlaceKind.EXPIRED)
    window.go_to(window.today)
    window.today.bin_asked.emit()
    return window.counting.binning


def test_today_leads_there_and_the_only_bin_is_taken(at_bin):
    assert at_bin.bin == "Expired bin"
    assert at_bin.field.hasFocus()
    assert [kept.batch.lot for kept in rows(at_bin.table)] == ["OLD-1", "OLD-2"]


def test_bottle_after_bottle_is_moved_by_a_scan_with_its_word(at_bin, write):
    write("old-1\r")
    assert (at_bin.verdict.word, at_bin.said.text) == ("Expired", "OLD-1: moved from Cabinet A to Expired bin.")
    assert [kept.batch.lot for kept in rows(at_bin.table)] == ["OLD-2"]
    write("OLD-2\r")

    entries = [batches.card(at_bin._context, lot).movements[0].entry for lot in ("OLD-1", "OLD-2")]
    assert [(each.kind, each.place) for each in entries] == [(Kind.MOVED, "Expired bin")] * 2
    assert at_bin.nothing.isVisible()
    assert at_bin.field.hasFocus()


def test_the_last_bottle_is_taken_back_by_the_keys_that_do_so_everywhere(at_bin, press, write):
    assert not at_bin.back.isEnabled()
    write("OLD-1\r")
    press("Ctrl+Z")

    assert at_bin.said.text == "OLD-1: taken back, at Cabinet A. Put the bottle back there."
    assert stock(at_bin, "OLD-1").place == "Cabinet A"
    assert not at_bin.back.isEnabled()
    assert at_bin.field.hasFocus()
    press("Ctrl+Z")
    kinds = [each.entry.kind for each in batches.card(at_bin._context, "OLD-1").movements]
    assert kinds[:2] == [Kind.VOIDED, Kind.MOVED]


def test_a_bottle_that_has_not_expired_is_refused_in_words(at_bin, write):
    write("NEAR-1\r")

    assert at_bin.verdict.word == "Near expiry"
    assert at_bin.said.text.startswith("Batch NEAR-1 has not expired: its last usable day is 2026-12-20.")
    assert batches.card(at_bin._context, "NEAR-1").kept.stock.place == "Cabinet A"
    assert at_bin.field.hasFocus()


def test_what_is_no_batch_moves_nothing(at_bin, write):
    write("A-STRANGER\r")
    assert at_bin.verdict.word == "Unknown"
    write("shelf 3\r")
    assert at_bin.said.text.endswith("this is a place, and no bottle. Nothing was moved.")


def test_where_there_is_no_bin_yet_enter_makes_one(window, press):
    window.go_to(window.counting)
    window.counting.take_to_bin()
    assert window.counting.binning.places.names == ("Add “Expired bin” as a new place",)
    press("Return")

    (made,) = [place for place in places.places(window._context) if place.kind is PlaceKind.EXPIRED]
    assert made.name == window.counting.binning.bin == "Expired bin"


def test_a_count_that_was_begun_goes_on_after_the_bin(counting, write):
    places.add_place(counting._context, "Expired bin", PlaceKind.EXPIRED)
    write("GOOD-1\r")
    counting.take_to_bin()
    counting.binning.done.click()

    assert counting.scanning.isVisible()
    assert list(counting.scanning.scanned.found) == ["GOOD-1"]


def test_a_scan_from_anywhere_on_the_page_is_the_counts_and_not_the_windows(window, page):
    assert taking.take("GOOD-1", window) is None
    taking.take("Shelf 3", window)
    page.scanning.another.setFocus()
    heard = taking.take("OLD-1", window)

    assert (heard.line, heard.sound) == (page.scanning.said.text, Sound.STOP)
    taking.take("Shelf 3", window)
    assert page.result.isVisible()
    taking.take("GOOD-1", window)
    assert list(page.scanning.scanned.found) == ["OLD-1", "GOOD-1"]


def test_a_bottle_in_the_bin_sounds_good_and_one_that_is_refused_does_not(window, at_bin):
    assert taking.take("OLD-1", window).sound is Sound.GOOD
    assert taking.take("GOOD-1", window).sound is Sound.STOP


def test_the_list_of_what_has_expired_leads_to_the_bin(window):
    window.today.list_asked.emit(Concern.EXPIRED)
    (offer,) = window.batches.banner.offers
    offer.click()

    assert window.page is window.counting
    assert window.counting.binning.isVisible()


def test_a_walk_says_at_once_what_is_still_to_be_seen_misplaced_and_expired(counting, write):
    scanning = counting.scanning
    assert scanning.so_far.text() == "0 batches as in the books · 3 still to be seen: GOOD-1, GOOD-2, WAIT-1"
    write("good-1\r")
    write("OLD-1\r")
    assert scanning.so_far.text() == (
        "1 batch as in the books · 1 in the wrong place · 1 expired · 2 still to be seen: GOOD-2, WAIT-1"
    )
    write("good-2\r")
    write("wait-1\r")
    assert scanning.so_far.text().endswith("all that should stand here was seen")


def test_a_walk_that_only_looks_ends_with_what_was_seen_and_changes_nothing(counting, write, stocked):
    write("good-1\r")
    write("OLD-1\r")
    write("shelf 3\r")
    before = dump(stocked.store)
    counting.result.only_look.click()

    assert dump(stocked.store) == before
    assert counting.choosing.isVisible()
    assert counting.banner.text.startswith("Shelf 3: 2 missing · 1 in the wrong place")
    assert counting.banner.text.endswith("Nothing was changed.")
