from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from builders import NOW, TODAY, a_batch, keep
from ldninv.domain.concerns import Concern
from ldninv.domain.refusal import Surroundings
from ldninv.services import ledger, weekly
from ldninv.services.context import Context
from ldninv.ui.filters import OF_CONCERN
from ldninv.ui.window import MainWindow


@pytest.fixture
def today(qtbot, window):
    """The Today page over the shelf of `stocked`, once it has counted."""
    return counted(qtbot, window)


def counted(qtbot, window):
    window.go_to(window.today)
    qtbot.waitUntil(lambda: window.today.today is not None and not window.jobs.busy)
    return window.today


def shown(page):
    return [(tile.sign.word, tile.figure) for tile in page.tiles.tiles]


@pytest.mark.usefixtures("dressed")
def test_the_window_opens_at_today(qtbot, stocked, memory):
    window = MainWindow(stocked, "batches.db", memory)
    qtbot.addWidget(window, before_close_func=lambda shown: shown.jobs.finish())
    window.show()

    assert window.page is window.today
    qtbot.waitUntil(lambda: shown(window.today) != [])


def test_counting_takes_the_focus_from_nothing_that_is_laid_over_the_page(qtbot, window):
    window.go_to(window.today)
    window.errands.set_up_scanner()
    assert window.focusWidget() is window.errands.scanner_setup.trial
    qtbot.waitUntil(lambda: window.today.today is not None and not window.jobs.busy)

    assert window.focusWidget() is window.errands.scanner_setup.trial


def test_what_to_do_first_stands_first(today):
    assert shown(today) == [("Expired, still on hand", "2"), ("Near expiry", "1"), ("Waiting for release", "1")]
    assert "Nothing is recalled, rejected or on hold\nNothing expires this week" in today.clear.text


@pytest.mark.parametrize("concern", list(Concern))
def test_a_count_leads_to_a_list_of_as_many_batches(qtbot, open_window, stocked, concern):
    keep(stocked, a_batch(lot="WEEK", beyond_use=TODAY + timedelta(days=6)))
    keep(stocked, a_batch(lot="AHEAD", prepared=TODAY + timedelta(days=3), beyond_use=TODAY + timedelta(days=368)))
    keep(stocked, a_batch(lot="BACK", beyond_use=TODAY + timedelta(days=300)))
    ledger.quarantine(stocked, "BACK", reason="letter of the maker")
    window = open_window(stocked)
    page = counted(qtbot, window)
    window.batches.search.setText("something else")
    figures = {each: tally.batches for each, tally in page.today.concerns}

    page.list_asked.emit(concern)
    assert window.page is window.batches
    qtbot.waitUntil(lambda: len(window.batches.model.ids) == figures[concern])
    assert window.batches.question.states == OF_CONCERN[concern].question.states
    assert window.batches.search.text() == ""


def test_enter_opens_the_count_in_hand_and_arrows_go_from_one_to_the_next(qtbot, window, today):
    assert today.tiles.tiles[0].hasFocus()
    qtbot.keyClick(window.windowHandle(), Qt.Key.Key_Right)
    assert today.tiles.tiles[1].hasFocus()
    qtbot.keyClick(window.windowHandle(), Qt.Key.Key_Left)
    qtbot.keyClick(window.windowHandle(), Qt.Key.Key_Return)

    assert window.page is window.batches
    qtbot.waitUntil(lambda: len(window.batches.model.ids) == 2)


def test_arrows_go_up_and_down_between_the_rows_and_stay_among_the_counts(qtbot, window, today):
    def press(key):
        qtbot.keyClick(window.windowHandle(), key)
        return [number for number, tile in enumerate(today.tiles.tiles) if tile.hasFocus()]

    beside = today.tiles._beside
    assert press(Qt.Key.Key_Up) == [0]
    assert press(Qt.Key.Key_Left) == [0]
    assert press(Qt.Key.Key_Down) == [beside if beside < len(today.tiles.tiles) else 0]
    last = len(today.tiles.tiles) - 1
    for _ in range(last):
        press(Qt.Key.Key_Right)
    assert press(Qt.Key.Key_Right) == [last]


def test_the_counts_follow_what_is_done(qtbot, window, today):
    done = ledger.waste(today._context, "OLD-1", 300, reason="expired")
    window.news.changed.emit(done.changed)

    qtbot.waitUntil(lambda: shown(today)[0] == ("Expired, still on hand", "1"))


def test_what_is_in_hand_stays_in_hand_when_it_is_counted_again(qtbot, window, today):
    before = today.tiles.tiles
    window.go_to(window.batches)
    done = ledger.waste(today._context, "OLD-1", 300, reason="expired")
    window.news.changed.emit(done.changed)
    window.go_to(today)
    qtbot.waitUntil(lambda: today.tiles.tiles is not before)

    assert today.tiles.tiles[0].hasFocus()


def test_the_counts_follow_what_another_program_writes(qtbot, window, today):
    elsewhere = Context(today._context.store, "Ben", "till 2", lambda: TODAY, lambda: NOW)
    job = window.jobs.start(lambda _progress: ledger.waste(elsewhere, "OLD-1", 300, reason="expired"))
    qtbot.waitSignal(job.done).wait()

    window.look_around()
    qtbot.waitUntil(lambda: shown(today)[0] == ("Expired, still on hand", "1"))


def test_the_report_is_missed_until_there_is_one(qtbot, window, today):
    assert today.report.text == "No report yet"
    window.news.changed.emit(weekly.remember(today._context, weekly.report(today._context)))
    qtbot.waitUntil(lambda: today.report.text == "Last report today")

    qtbot.mouseClick(today.report.findChild(QPushButton), Qt.MouseButton.LeftButton)
    assert window.page is window.reports


def test_a_shelf_that_needs_nothing_says_so(qtbot, open_window, on_file):
    keep(on_file, a_batch(lot="GOOD", beyond_use=TODAY + timedelta(days=300)))
    page = counted(qtbot, open_window(on_file))

    assert shown(page) == []
    assert page._summary.text() == "Nothing on the shelf needs you now"
    assert "No expired stock on hand" in page.clear.text


def test_an_empty_database_says_what_to_do_first(qtbot, open_window, on_file):
    window = open_window(on_file)
    page = counted(qtbot, window)

    assert page.first.isVisible()
    assert [offer.text() for offer in page.first.offers] == ["Import a list…", "Make a batch…", "Look at the demo"]
    qtbot.mouseClick(page.first.offers[1], Qt.MouseButton.LeftButton)
    assert window.page is window.making


def test_a_screen_reader_hears_the_count_and_what_to_do(today):
    tile = today.tiles.tiles[0]

    assert tile.accessibleName() == "Expired, still on hand: 2 batches, 600 capsules"
    assert tile.accessibleDescription() == "Take these off the shelf, and dispose of them."


def test_a_database_that_cannot_be_read_is_told_with_try_again(qtbot, window, today):
    today._failed(Surroundings("The database is locked."))

    assert today.banner.text == "The database is locked."
    qtbot.mouseClick(today.banner.offers[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.jobs.busy)
    assert today.banner.text == ""


def test_a_tile_opens_its_list_and_no_card_of_another(qtbot, dressed, stocked, memory):
    window = MainWindow(stocked, "batches.db", memory)
    qtbot.addWidget(window, before_close_func=lambda shown: shown.jobs.finish())
    window.resize(1280, 720)
    with qtbot.waitExposed(window):
        window.show()
    qtbot.waitUntil(lambda: bool(window.today.tiles.tiles))

    window.errands.show_concern(Concern.QUARANTINED)

    shown = window.batches.card.card
    assert [window.batches.model.row(0).kept.batch.lot] == ["WAIT-1"]
    assert shown is None or shown.kept.batch.lot == "WAIT-1"
