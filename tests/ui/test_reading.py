"""What a page reads on a worker."""

from __future__ import annotations

from threading import Event

import pytest

from ldninv.ui.jobs import Jobs
from ldninv.ui.reading import Reading


class Page:
    """Reads a number that grows with every reading, and remembers what it showed."""

    def __init__(self, jobs: Jobs) -> None:
        self.go_on = Event()
        self.begun = 0
        self.shown: list[int] = []
        self.told: list[str] = []
        self.reading = Reading(jobs, self.refresh, jobs)

    def refresh(self) -> None:
        self.reading.start(self._read, self.shown.append, lambda why: self.told.append(str(why)))

    def _read(self) -> int:
        self.begun += 1
        self.go_on.wait(10)
        return 10 // (self.begun - 1) if self.begun < 2 else self.begun


@pytest.fixture
def page(qtbot):
    jobs = Jobs()
    yield Page(jobs)
    jobs.finish()


def test_what_was_asked_for_while_it_reads_is_read_once_more_and_only_once(qtbot, page):
    page.begun = 1
    for _ in range(4):
        page.refresh()
    assert page.reading.busy
    page.go_on.set()
    qtbot.waitUntil(lambda: page.shown == [2, 3] and not page.reading.busy)


def test_a_reading_that_failed_is_told_and_the_next_one_begins(qtbot, page):
    page.go_on.set()
    page.refresh()
    qtbot.waitUntil(lambda: bool(page.told))
    assert not page.reading.busy
    page.refresh()
    qtbot.waitUntil(lambda: page.shown == [2])


def test_a_page_that_cannot_show_what_was_read_does_not_read_for_ever(qtbot, page):
    page.go_on.set()
    page.begun = 1
    with qtbot.captureExceptions() as raised:
        page.reading.start(page._read, lambda found: [][found], page.told.append)
        qtbot.waitUntil(lambda: bool(raised))
    assert not page.reading.busy
