"""The places of the Storage page, and the one in hand below them."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from ldninv.services import ledger
from ldninv.services.places import add_place
from ldninv.services.storage import daily
from ldninv.ui.table import TOOL_TIP
from rooms import HOUR, START, a_room, brought


@pytest.fixture
def page(window, stocked, qtbot):
    """The page over places that are as they should be, but for a breach at Shelf 3, and a bin that is read by hand."""
    brought(stocked, a_room(hours=100), place="Cabinet A", logger="Room 2", file="other.csv")
    brought(stocked, a_room(start=START - 500 * HOUR, hours=980, t41=(900, 903)), place="Shelf 3", logger="Room 1")
    add_place(stocked, "Bin")
    ledger.move(stocked, "GOOD-1", "Bin")
    for back, highest in ((1, 26), (0, 41)):
        daily.read(stocked, "Bin", lowest=20, highest=highest, day=stocked.today() - timedelta(days=back))
    page = window.storage
    window.go_to(page)
    qtbot.waitUntil(lambda: not page.busy)
    return page


def gone_to(page, qtbot, place):
    page.table.setFocus()
    page.table.selectRow([page.model.row(number).place.name for number in range(len(page.model.ids))].index(place))
    qtbot.waitUntil(lambda: not page.busy)
    return page.overview.in_hand


def test_the_place_that_most_needs_somebody_is_in_hand_first_with_its_last_month(page):
    in_hand = page.overview.in_hand

    assert (in_hand.place, in_hand.sign.sign.word) == ("Shelf 3", "Breach")
    assert in_hand.chart.isVisible()
    assert in_hand.found.drawn[0].span[0] > START - 500 * HOUR
    assert "above 40 °C once" in in_hand.says.text()
    assert "for a pharmacist to decide" in in_hand.says.text()


def test_a_row_that_is_gone_to_is_shown_below_and_enter_opens_it(page, qtbot, press):
    in_hand = gone_to(page, qtbot, "Cabinet A")

    assert (page.shown, in_hand.place) == (page.table, "Cabinet A")
    assert in_hand.strip.bars == ()
    press("Return")
    qtbot.waitUntil(lambda: not page.busy)
    assert (page.shown, page.place.title.text()) == (page.place, "Cabinet A")


def test_a_place_read_by_hand_tells_its_last_check_and_leads_to_the_next_first(page, qtbot):
    in_hand = gone_to(page, qtbot, "Bin")

    assert in_hand.says.text().startswith("Read by hand, last on ")
    assert "20.0 to 41.0 °C." in in_hand.says.text()
    assert "Not read today" not in in_hand.says.text()
    qtbot.waitUntil(lambda: in_hand.daily.x() < in_hand.bring.x())
    assert in_hand.daily.nextInFocusChain() is in_hand.bring

    add_place(page._context, "Attic")
    page.refresh()
    qtbot.waitUntil(lambda: not page.busy)
    in_hand = gone_to(page, qtbot, "Attic")
    qtbot.waitUntil(lambda: in_hand.bring.x() < in_hand.daily.x())


def test_going_back_to_the_places_keeps_the_one_in_hand(page, qtbot, press):
    gone_to(page, qtbot, "Cabinet A")
    press("Return")
    qtbot.waitUntil(lambda: not page.busy)
    press("Escape")
    qtbot.waitUntil(lambda: not page.busy)

    assert page.overview.in_hand.place == "Cabinet A"


def test_a_bar_below_the_chart_leads_to_its_event_and_escape_back_to_the_places(page, qtbot, press):
    in_hand = page.overview.in_hand
    in_hand.strip.grab()
    number = next(n for n, bar in enumerate(in_hand.strip.bars) if bar.text == "41.0 °C")
    box = next(box for box, each in in_hand.strip._drawn if each == number)
    qtbot.mouseClick(in_hand.strip, Qt.MouseButton.LeftButton, pos=box.center())

    assert page.shown is page.event_view
    assert page.event_view.seen.happening.extreme_c == 41
    press("Escape")
    qtbot.waitUntil(lambda: not page.busy)
    assert (page.shown, in_hand.place) == (page.table, "Shelf 3")


def test_in_the_chart_page_down_takes_an_event_in_hand_and_enter_opens_it(page, qtbot, press):
    page.overview.in_hand.chart.setFocus()
    press("PgDown")
    assert "41.0 °C" in page.overview.in_hand.says.text()
    press("Return")

    assert page.shown is page.event_view


def test_enter_in_the_chart_without_an_event_opens_the_place(page, qtbot, press):
    page.overview.in_hand.chart.setFocus()
    press("Return")
    qtbot.waitUntil(lambda: not page.busy)

    assert page.shown is page.place


def test_what_happened_at_a_place_without_a_chart_is_listed_and_what_waits_comes_first(page, qtbot, press):
    in_hand = gone_to(page, qtbot, "Bin")
    assert not in_hand.chart.isVisible()
    assert in_hand.says.text().startswith("Read by hand")
    assert in_hand.model.row(0).waiting

    in_hand.table.setFocus()
    in_hand.table.selectRow(0)
    press("Return")
    assert page.shown is page.event_view
    assert page.event_view.seen.happening.extreme_c == 41


def test_an_event_that_was_opened_from_among_the_places_stays_when_they_are_read_again(page, qtbot):
    in_hand = gone_to(page, qtbot, "Bin")
    in_hand.table.activated.emit(in_hand.model.index(0, 0))
    page.look_again()
    qtbot.waitUntil(lambda: not page.busy)

    assert page.shown is page.event_view


def test_a_place_that_nobody_watches_says_what_to_do(page, stocked, qtbot):
    add_place(stocked, "Attic")
    page.look_again()
    qtbot.waitUntil(lambda: not page.busy)
    in_hand = gone_to(page, qtbot, "Attic")

    assert "Nobody watches this place" in in_hand.says.text()
    assert (in_hand.chart.isVisible(), in_hand.table.isVisible()) == (False, False)
    with qtbot.waitSignal(page.import_asked):
        in_hand.bring.click()
    in_hand.daily.click()
    assert (page.shown, page.doing.month.place) == (page.doing, "Attic")


def test_titles_that_are_short_for_something_say_for_what(page):
    titles = {column.title: number for number, column in enumerate(page.model.columns)}
    told = page.model.headerData(titles["MKT, 30 days"], Qt.Orientation.Horizontal, TOOL_TIP)

    assert told.startswith("Mean kinetic temperature")
    assert page.model.headerData(titles["Place"], Qt.Orientation.Horizontal, TOOL_TIP) is None


def test_a_long_name_of_a_place_is_seen_whole(page, stocked, qtbot):
    narrow = page.table.columnWidth(0)
    add_place(stocked, "Compounding room, cabinet by the window")
    page.look_again()
    qtbot.waitUntil(lambda: not page.busy)

    needed = page.table.fontMetrics().horizontalAdvance("Compounding room, cabinet by the window")
    assert narrow < needed < page.table.columnWidth(0)


def test_a_file_that_came_in_leads_to_its_place(page, window, qtbot):
    window.go_to(window.importing)
    window.importing.storage_asked.emit("Cabinet A")
    qtbot.waitUntil(lambda: not page.busy)

    assert (window.page, page.shown, page.place.title.text()) == (page, page.place, "Cabinet A")


def test_a_place_that_nobody_watches_is_no_trouble_beside_one_that_is_recorded(window, stocked, qtbot):
    add_place(stocked, "Shelf 9")
    brought(stocked, a_room(hours=100), place="Shelf 9", logger="Room 9")
    window.go_to(window.storage)
    qtbot.waitUntil(lambda: not window.storage.busy)

    assert window.storage.overview.in_hand.place == "Shelf 9"
