"""A folder that is watched: new files wait as a task, and come in only when a person says so."""

import shutil
from pathlib import Path

import pytest

from ldninv.services.places import add_place
from ldninv.ui.memory import WATCHED

FILE = Path(__file__).parents[1] / "data" / "loggers" / "qtag_readings.txt"


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "export"
    made.mkdir()
    return made


@pytest.fixture
def window(open_window, stocked, memory, folder):
    memory.setValue(WATCHED, str(folder))
    window = open_window(stocked)
    window.go_to(window.today)
    return window


def arrive(qtbot, window, folder):
    shutil.copy(FILE, folder / FILE.name)
    with qtbot.waitSignal(window.errands.watched.found):
        window.errands.watched.look()


def test_a_file_that_arrives_waits_on_today_and_on_import_and_nothing_is_kept(qtbot, window, folder):
    assert not window.today.waiting.isVisible()

    arrive(qtbot, window, folder)

    qtbot.waitUntil(window.today.waiting.isVisible)
    assert window.today.waiting.text == "1 logger’s file waits in “export”"
    assert window.importing.choose.offers[0].text() == "Read 1 file that waits"
    with window._context.store.reading() as work:
        assert work.loggers.all() == []


def test_what_waits_is_read_and_shown_and_once_it_came_in_it_waits_no_longer(qtbot, window, folder):
    add_place(window._context, "Vault")
    arrive(qtbot, window, folder)

    window.today.files_asked.emit()
    qtbot.waitUntil(window.importing.incoming.isVisible)
    qtbot.waitUntil(lambda: not window.importing.views.busy)
    window.importing.incoming.place.setCurrentText("Vault")
    window.importing.incoming.accept.click()
    qtbot.waitUntil(lambda: window.errands.watched.files == ())

    assert window.importing.banner.text.startswith("12 readings of RCPX00077 came in")


def test_where_no_folder_is_watched_one_is_offered_and_it_can_be_left_again(
    qtbot, open_window, stocked, memory, folder
):
    window = open_window(stocked)
    window.go_to(window.importing)
    assert [offer.text() for offer in window.importing.choose.offers] == [
        "Choose a file…",
        "Watch a folder for loggers’ files…",
    ]

    window.errands.watched.watch(folder)
    assert memory.value(WATCHED) == str(folder)
    assert window.importing.choose.offers[-1].text() == "No longer watch “export”"

    window.importing.folder_left.emit()
    assert window.errands.watched.folder is None


def test_what_waits_is_said_on_the_storage_page_too(qtbot, window, folder):
    window.go_to(window.storage)
    arrive(qtbot, window, folder)

    qtbot.waitUntil(window.storage.waiting.isVisible)
    assert window.storage.waiting.text == "1 logger’s file waits in “export”"
    window.storage.waiting.read.click()
    qtbot.waitUntil(window.importing.incoming.isVisible)
    qtbot.waitUntil(lambda: not window.importing.views.busy)


def test_a_folder_that_is_gone_is_told_until_it_is_there_again(qtbot, window, folder):
    folder.rmdir()

    window.errands.watched.look()
    qtbot.waitUntil(window.today.waiting.isVisible)

    assert window.errands.watched.files == ()
    assert "cannot be read" in window.today.waiting.text
    assert window.today.waiting.another.isVisible()
    assert not window.today.waiting.read.isVisible()
    offers = [offer.text() for offer in window.importing.choose.offers]
    assert offers[-2:] == ["Watch a folder for loggers’ files…", "No longer watch “export”"]

    folder.mkdir()
    arrive(qtbot, window, folder)
    qtbot.waitUntil(lambda: window.today.waiting.text == "1 logger’s file waits in “export”")


def test_the_settings_show_the_folder_and_lead_to_another_or_to_none(qtbot, window, folder):
    window.go_to(window.settings)
    form = window.settings.folder
    assert "nothing waits there" in form.says.text()

    arrive(qtbot, window, folder)
    assert form.says.text() == f"{folder}: 1 file waits."
    form.leave.click()

    assert (form.says.text(), form.choose.text()) == ("No folder is watched.", "Watch a folder…")
    assert window.errands.watched.folder is None
    window.errands.watched.watch(folder)
    assert form.choose.text() == "Watch another folder…"
