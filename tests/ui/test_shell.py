"""What the window does around its pages: search, scan, shortcuts, backup, and what it remembers."""

import sqlite3
from contextlib import closing
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel

from builders import NOW, TODAY
from ldninv.db import open_store
from ldninv.services import safety
from ldninv.services.context import Context
from ldninv.ui.window import MainWindow


def press(qtbot, window, keys, held=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(window.windowHandle(), keys, held)


@pytest.fixture
def elsewhere(qtbot, window):
    """The window, at a page that is not the batches."""
    window.go_to(window.reports)
    window.reports.view.setFocus()
    qtbot.waitUntil(lambda: not window.jobs.busy)
    return window


@pytest.mark.parametrize(
    ("key", "held"), [(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier), (Qt.Key.Key_Slash, Qt.KeyboardModifier(0))]
)
def test_a_key_leads_to_the_search_from_every_page(qtbot, elsewhere, key, held):
    press(qtbot, elsewhere, key, held)

    assert elsewhere.page is elsewhere.batches
    assert elsewhere.batches.search.hasFocus()
    assert elsewhere.batches.search.text() == ""


def test_what_is_typed_where_nothing_takes_it_is_searched(qtbot, elsewhere):
    for key in "GOOD-2":
        qtbot.keyClick(elsewhere.windowHandle(), key)
    assert elsewhere.batches.search.text() == "GOOD-2"
    press(qtbot, elsewhere, Qt.Key.Key_Return)

    assert elsewhere.batches.card.card.kept.batch.lot == "GOOD-2"


def test_esc_stops_what_runs_on_the_page_before_it_puts_anything_away(qtbot, elsewhere):
    page, ended, pause = elsewhere.reports, [], Event()

    def until_stopped(progress):
        while True:
            progress(0, 0)
            pause.wait(0.001)

    page.views.run("Reading…", until_stopped, done=ended.append, failed=ended.append)
    page.banner.tell("It stays until the next Esc.")

    press(qtbot, elsewhere, Qt.Key.Key_Escape)

    qtbot.waitUntil(lambda: not page.views.busy)
    assert (ended, page.banner.text) == ([], "It stays until the next Esc.")


def test_a_scan_is_answered_by_the_batch_card_whatever_page_is_seen(elsewhere):
    elsewhere.enter("old-1")

    assert elsewhere.page is elsewhere.batches
    assert elsewhere.batches.card.verdict.word == "Expired"


@pytest.mark.parametrize("key", [Qt.Key.Key_F1, Qt.Key.Key_Question])
def test_the_shortcuts_are_listed_and_the_focus_comes_back(qtbot, elsewhere, key):
    held = elsewhere.focusWidget()
    press(qtbot, elsewhere, key)
    listed = elsewhere._shortcuts
    assert listed.isVisible()
    assert "Ctrl+N\tMake a new batch" in listed.text
    assert listed.closing.hasFocus()
    press(qtbot, elsewhere, Qt.Key.Key_Tab)
    assert listed.closing.hasFocus()
    press(qtbot, elsewhere, Qt.Key.Key_Escape)

    assert not listed.isVisible()
    assert elsewhere.focusWidget() is held


def test_a_list_of_shortcuts_that_is_longer_than_the_window_scrolls_by_keys(qtbot, window):
    window.resize(700, 360)
    window._shortcuts.open()
    qtbot.waitUntil(lambda: window._shortcuts._bar.maximum() > 0)
    press(qtbot, window, Qt.Key.Key_End)

    assert window._shortcuts._bar.value() == window._shortcuts._bar.maximum()


def test_a_question_mark_that_was_held_for_a_scan_lists_them_too(qtbot, elsewhere):
    press(qtbot, elsewhere, Qt.Key.Key_Question, Qt.KeyboardModifier.ShiftModifier)

    assert elsewhere._shortcuts.isVisible()
    assert elsewhere.page is elsewhere.reports


def test_a_question_mark_in_a_field_is_text(qtbot, window):
    window.search()
    qtbot.keyClick(window.windowHandle(), Qt.Key.Key_Question, Qt.KeyboardModifier.ShiftModifier)

    assert not window._shortcuts.isVisible()


def test_every_shortcut_that_is_listed_is_read_out(window):
    window._shortcuts.open()
    seen = [label.text() for label in window._shortcuts.findChildren(QLabel)]

    for line in window._shortcuts.text.splitlines():
        assert set(line.split("\t")) <= set(seen)


def test_the_status_line_says_who_works_on_what(window):
    status = window.status

    assert status.person.text == "Ana"
    assert status.database.text == "batches.db"
    assert status.scanner.text() == "Scanner ready"
    assert status.backup.text() == "Never backed up – back up…"


def test_a_backup_is_made_from_the_window_and_its_time_is_kept(qtbot, window, stocked, tmp_path):
    window.backup.copy_to(tmp_path / "monday.db")
    qtbot.waitUntil(lambda: window.status.backup.text() == "Backup today 09:30 – back up…")

    assert window.page.banner.text.startswith("Backed up to ")
    assert safety.last_backup(stocked) == NOW
    copy = open_store(str(tmp_path / "monday.db"))
    assert safety.check(Context(copy, "Ana", "bench", stocked.today, stocked.now)) == []
    copy.close()


def test_a_backup_that_fails_is_a_calm_line_with_try_again(qtbot, window, tmp_path):
    window.backup.copy_to(tmp_path / "no" / "such" / "folder" / "x.db")
    qtbot.waitUntil(lambda: window.page.banner.text != "")

    assert [offer.text() for offer in window.page.banner.offers] == ["Try again"]
    assert window.status.backup.isEnabled()


def test_a_backup_that_is_not_sound_says_so_and_counts_as_none(qtbot, window, stocked, tmp_path):
    with stocked.store.transaction() as work:
        work.trail.append(stocked.event("noted", "something"))
    with closing(sqlite3.connect(stocked.store.name, isolation_level=None)) as theirs:
        (guard,) = theirs.execute("SELECT sql FROM sqlite_master WHERE name = 'event_no_update'").fetchone()
        theirs.execute("DROP TRIGGER event_no_update")
        theirs.execute("UPDATE event SET by = 'Eve' WHERE number = 1")
        theirs.execute(guard)
    window.backup.copy_to(tmp_path / "monday.db")
    qtbot.waitUntil(lambda: window.page.banner.text != "")

    assert "monday.db was written, but it is not sound: The trail is broken at event 1" in window.page.banner.text
    assert window.page.banner.offers == ()
    assert window.status.backup.text() == "Never backed up – back up…"
    assert safety.last_backup(stocked) is None


def test_the_backup_asks_where_to_and_nothing_waits(qtbot, window):
    window.status.backup.click()
    dialog = window.findChild(QFileDialog)

    qtbot.waitUntil(dialog.isVisible)
    assert not window.jobs.busy
    dialog.reject()


def test_the_window_comes_back_at_its_page_on_the_same_day_and_at_today_on_the_next(
    qtbot, open_window, stocked, memory
):
    first = open_window(stocked)
    first.go_to(first.importing)
    first.close()
    same = MainWindow(stocked, "batches.db", memory)
    qtbot.addWidget(same, before_close_func=lambda shown: shown.jobs.finish())
    assert same.page is same.importing

    memory.setValue("window/day", "2026-11-21")
    other = MainWindow(stocked, "batches.db", memory)
    qtbot.addWidget(other, before_close_func=lambda shown: shown.jobs.finish())
    assert other.page is other.today


def test_coming_back_to_the_window_looks_at_the_clock(qtbot, window):
    looked = []
    window.midnight.looked.connect(lambda: looked.append(1))
    other = QLabel("another window")
    qtbot.addWidget(other, before_close_func=lambda shown: shown.jobs.finish())
    other.show()
    other.activateWindow()
    qtbot.waitUntil(lambda: not window.isActiveWindow())
    window.activateWindow()

    qtbot.waitUntil(lambda: bool(looked))


def test_midnight_moves_the_states_in_an_open_window(qtbot, open_window, stocked):
    day = [TODAY]
    window = open_window(Context(stocked.store, "Ana", "bench", lambda: day[0], stocked.now))
    window.batches.open_lot("NEAR-1")
    assert window.batches.card.verdict.word == "Near expiry"

    day[0] = TODAY.replace(year=TODAY.year + 1)
    window.midnight.look()
    assert window.status.day.text == "Monday, 22 November 2027"
    qtbot.waitUntil(lambda: window.batches.card.verdict.word == "Expired")
    window.go_to(window.today)
    qtbot.waitUntil(lambda: window.today.today is not None and window.today.today.day == day[0])
