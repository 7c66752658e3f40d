"""The trail in the window: read with filters, told in words, checked, and saved; by keyboard, on a real database."""

import csv
import sqlite3

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from builders import TODAY, at_work
from ldninv.services import ledger, standing, trail
from ldninv.ui import theme
from ldninv.ui.appearance import Scheme, colour
from ldninv.ui.history import event_table
from ldninv.ui.scanner import taking
from ldninv.ui.table import PAGE, RowTableModel
from ldninv.ui.words import grouped


@pytest.fixture
def lived(stocked):
    """A shelf on which something happened."""
    ledger.dispense(stocked, "GOOD-1", 60, days_supply=60)
    ledger.waste(stocked, "GOOD-1", 3, reason="dropped")
    standing.hold(at_work(stocked.store, user="Ben"), "GOOD-2", reason="assay low")
    return stocked


@pytest.fixture
def window(open_window, lived):
    return open_window(lived)


@pytest.fixture
def page(qtbot, window, press):
    press("Ctrl+8")
    settled(qtbot, window)
    return window.history


def settled(qtbot, window):
    qtbot.waitUntil(lambda: not window.jobs.busy)


def shown(page):
    """Return what the rows of the table say happened, to what."""
    rows = [page.events.model.row(number) for number in range(page.events.model.rowCount())]
    return [(row.event.action, row.event.subject) for row in rows]


@pytest.mark.parametrize("scheme", list(Scheme))
def test_the_open_tab_is_marked_in_every_scheme(page, scheme):
    colour(QApplication.instance(), scheme)
    bar = page.tabs.tabBar()
    bar.setCurrentIndex(1)
    drawn, accent = bar.grab().toImage(), theme.colours_of(page.palette()).accent

    marked = [drawn.pixelColor(bar.tabRect(number).center().x(), bar.tabRect(1).top()).name() for number in range(3)]

    assert [each == accent for each in marked] == [False, True, False]
    assert bar.accessibleName() == "Parts of the history"


def test_the_newest_event_is_first_and_the_one_in_hand_is_told_in_words(page, press):
    assert shown(page)[:3] == [("held", "GOOD-2"), ("wasted", "GOOD-1"), ("dispensed", "GOOD-1")]

    page.events.table.setFocus()
    press("Home", "Down")
    facts = {fact.name: fact.text for fact in event_table.facts(page.events.told.line)}
    assert (facts["On hand"], facts["Why"], facts["By"]) == ("240 → 237", "dropped", "Ana, at bench")
    assert page.events.told.isVisible()


def test_the_batch_of_an_event_is_one_press_away(window, page, press):
    page.events.table.setFocus()
    press("Home", "Return")
    page.events.told.batch.setFocus()
    press("Space")

    assert window.page is window.batches
    assert window.batches.card.card.kept.batch.lot == "GOOD-2"


def test_a_lot_is_typed_or_scanned_and_only_its_events_are_left(qtbot, window, page, press, write):
    page.events.filter.lot.setFocus()
    write("good-1")
    press("Return")
    settled(qtbot, window)
    assert [action for action, _ in shown(page)] == ["wasted", "dispensed", "made"]

    page.events.filter.lot.selectAll()
    write("]C0GOOD-2")
    press("Return")
    settled(qtbot, window)
    assert page.events.filter.lot.text() == "GOOD-2"
    assert [action for action, _ in shown(page)] == ["held", "made"]


def test_a_scan_into_the_field_of_the_batch_stays_on_the_page(qtbot, window, page):
    page.events.filter.lot.setFocus()
    heard = taking.take("]C0GOOD-2", window)

    assert heard is not None
    assert window.page is page
    settled(qtbot, window)
    assert page.events.filter.lot.text() == "GOOD-2"


def test_a_scan_elsewhere_on_the_page_opens_the_batch_as_everywhere(window, page):
    page.events.filter.first.setFocus()

    assert taking.take("GOOD-2", window) is None


def test_person_and_kind_are_chosen_from_those_that_are_there(qtbot, window, page):
    wanted = page.events.filter
    assert [wanted.person.itemText(row) for row in range(wanted.person.count())] == ["Everybody", "Ana", "Ben"]
    assert wanted.kind.findText("Wasted") > 0

    wanted.person.setCurrentText("Ben")
    wanted.person.activated.emit(wanted.person.currentIndex())
    settled(qtbot, window)
    assert shown(page) == [("held", "GOOD-2")]

    wanted.kind.setCurrentText("Wasted")
    wanted.kind.activated.emit(wanted.kind.currentIndex())
    settled(qtbot, window)
    assert shown(page) == []
    assert page.events.nothing.isVisible()


def test_days_bound_what_is_shown_and_esc_shows_all_again(qtbot, window, page, press, write):
    everything = len(shown(page))
    page.events.filter.first.setFocus()
    write("2027-01-01")
    press("Return")
    settled(qtbot, window)
    assert shown(page) == []

    press("Escape")
    settled(qtbot, window)
    assert len(shown(page)) == everything
    assert not page.events.filter.all.isEnabled()


@pytest.mark.parametrize(
    ("first", "last", "words"), [("11/23", "", "11/23"), ("2026-12-01", "2026-11-01", "Put the earlier day first")]
)
def test_days_that_mean_nothing_are_refused_in_words(page, first, last, words):
    page.events.filter.first.setText(first)
    page.events.filter.last.setText(last)
    page.events.filter.last.editingFinished.emit()

    assert words in page.banner.text


def test_a_million_events_are_held_by_number_and_read_a_page_at_a_time(qtbot, dressed):
    asked = []
    model = RowTableModel(event_table.columns(), lambda numbers: asked.append(list(numbers)) or [None] * len(numbers))
    model.show_ids(range(1_000_000, 0, -1))
    model.row(999_999)

    assert [len(numbers) for numbers in asked] == [PAGE]
    assert asked[0][-1] == 1


def test_the_table_keeps_qts_rules(qtmodeltester, lived):
    model = RowTableModel(event_table.columns(), lambda numbers: event_table.fetched(lived, numbers))
    model.show_ids(trail.numbers(lived))

    qtmodeltester.check(model)


def test_what_happens_meanwhile_comes_on_top_and_the_event_in_hand_stays(qtbot, window, page, press):
    page.events.table.setFocus()
    press("Home")
    held = page.events.told.line.event.number
    done = ledger.waste(page.events._context, "GOOD-2", 1, reason="split")
    window.news.changed.emit(done.changed)
    qtbot.waitUntil(lambda: shown(page)[0] == ("wasted", "GOOD-2"))

    assert page.events.table.selected_ids() == [held]


@pytest.mark.parametrize("suffix", ["csv", "pdf"])
def test_the_events_that_are_shown_are_saved(qtbot, window, page, tmp_path, suffix):
    page.events.filter.show_lot("GOOD-2")
    settled(qtbot, window)
    target = tmp_path / f"trail.{suffix}"
    page.events.save_as(target)
    qtbot.waitUntil(target.exists)
    settled(qtbot, window)

    assert page.banner.text == f"Saved as {target}."
    if suffix == "csv":
        rows = list(csv.reader(target.read_text("utf-8-sig").splitlines()))
        assert len(rows) == 3
    else:
        assert target.read_bytes().startswith(b"%PDF")


def test_the_trail_is_checked_by_keyboard_and_the_verdict_is_a_word(qtbot, window, page, press):
    page.tabs.setCurrentWidget(page.check)
    assert page.check.verdict.word == "Not checked yet"
    page.check.printed.setFocus()
    press("Tab", "Space")
    qtbot.waitUntil(lambda: page.check.verdict.word == "Unbroken")

    assert page.check.says.text().startswith("Unbroken: ")
    assert not page.check.show_event.isVisible()


def test_the_line_of_a_report_is_held_against_the_trail(qtbot, window, page, press, write, lived):
    page.tabs.setCurrentWidget(page.check)
    page.check.printed.setFocus()
    write("nonsense")
    press("Return")
    assert "is no head of a trail" in page.banner.text

    page.check.printed.setText(f"2 events, ends with {'ab' * 6}")
    page.check.printed.setFocus()
    press("Return")
    qtbot.waitUntil(lambda: page.check.verdict.word == "Broken")
    assert "written anew" in page.check.says.text()

    page.check.printed.setText(f"{trail.verify(lived).events} events, ends with {trail.verify(lived).head}")
    press("Return")
    qtbot.waitUntil(lambda: page.check.verdict.word == "Unbroken")
    assert "It has the event that was printed" in page.check.says.text()


def test_an_event_that_was_changed_is_named_and_shown(qtbot, window, page, lived, press):
    number = trail.numbers(lived)[2]
    with sqlite3.connect(lived.store.file) as raw:
        for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'event'"):
            raw.execute(f'DROP TRIGGER "{name}"')
        raw.execute("UPDATE event SET by = 'Eve' WHERE number = ?", (number,))
    raw.close()
    page.tabs.setCurrentWidget(page.check)
    page.check.begin()
    qtbot.waitUntil(lambda: page.check.verdict.word == "Broken")
    assert f"Broken at event {number}" in page.check.says.text()

    page.check.show_event.setFocus()
    press("Space")
    qtbot.waitUntil(lambda: page.events.told.line is not None)
    assert page.tabs.currentWidget() is page.events
    assert page.events.told.line.event.number == number


def test_a_check_is_cancelled_and_says_nothing(qtbot, window, page):
    page.tabs.setCurrentWidget(page.check)
    page.check.begin()
    page.check.views.cancel()
    settled(qtbot, window)

    assert page.check.verdict.word in {"Not checked yet", "Unbroken"}
    assert not page.check.views.busy


def test_in_a_narrow_window_the_event_takes_the_place_of_the_list_until_esc(qtbot, window, page, press):
    window.resize(700, 600)
    page.events.table.setFocus()
    press("Home", "Return")
    assert page.events.told.isVisible()
    assert not page.events.table.isVisible()

    press("Escape")
    assert page.events.table.isVisible()
    assert page.events.table.hasFocus()


def test_rows_are_copied_as_text(page, press):
    page.events.table.setFocus()
    press("Home", "Ctrl+C")

    copied = QApplication.clipboard().text().splitlines()
    assert copied[0].startswith("Event\tWhen\tWhat\tOf")
    assert copied[1].startswith(grouped(trail.numbers(page.events._context)[0]))


def test_a_click_tells_an_event(qtbot, page):
    table = page.events.table
    where = table.visualRect(table.model().index(1, 1)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(where))

    assert page.events.told.line.event.action == "wasted"
    assert TODAY.isoformat() in event_table.when(page.events.told.line.event.at)
