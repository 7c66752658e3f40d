"""The window on a server's database: it says where it works, and follows other workstations."""

from contextlib import closing
from datetime import timedelta

import pytest

import server
from builders import TODAY, a_batch, at_work, keep
from ldninv.db import open_store
from ldninv.domain.question import Question
from ldninv.services import batches, ledger
from ldninv.ui.window import MainWindow

GOOD = TODAY + timedelta(days=200)


@pytest.fixture
def url():
    lent = server.fresh_address()
    yield lent
    server.give_back(lent)


@pytest.fixture
def here(url):
    with closing(open_store(url)) as store:
        context = at_work(store)
        keep(context, a_batch(lot="GOOD-1", beyond_use=GOOD), a_batch(lot="GOOD-2", beyond_use=GOOD))
        yield context


@pytest.fixture
def window(qtbot, dressed, memory, here):
    window = MainWindow(here, here.store.name, memory)
    qtbot.addWidget(window, before_close_func=lambda shown: shown.jobs.finish())
    with qtbot.waitExposed(window):
        window.show()
    return window


def listed(window):
    model = window.batches.model
    return [model.index(row, column).data() for row in range(model.rowCount()) for column in range(model.columnCount())]


def test_it_says_which_database_of_which_server_it_works_on(window, here):
    name = here.store.name

    assert name.startswith("test_")
    assert name.endswith(" on this computer")
    assert name in window.windowTitle()
    assert window.status.database.text == name


def test_what_another_workstation_writes_is_seen_at_the_next_look(qtbot, window, url):
    window.go_to(window.batches)
    qtbot.waitUntil(lambda: "GOOD-1" in listed(window))
    with closing(open_store(url)) as store:
        keep(at_work(store), a_batch(lot="NEW-1", beyond_use=GOOD))
    with qtbot.waitSignal(window.news.changed):
        window.midnight.looked.emit()

    qtbot.waitUntil(lambda: "NEW-1" in listed(window))


def test_its_own_writes_are_no_news_from_elsewhere(qtbot, window, here):
    ledger.waste(here, "GOOD-1", 1, reason="dropped")

    with qtbot.assertNotEmitted(window.news.changed):
        window.midnight.looked.emit()


def test_a_server_that_is_started_anew_is_told_or_not_noticed_and_work_goes_on(qtbot, window, here, url):
    server.cut_off(url)
    window.midnight.looked.emit()
    window.midnight.looked.emit()

    ledger.waste(here, "GOOD-1", 1, reason="dropped")
    assert batches.count(here, Question()) == 2
