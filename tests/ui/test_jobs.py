import gc
import sys
import weakref
from threading import Event, get_ident

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLineEdit, QProgressBar, QWidget

from ldninv.domain.refusal import Refused
from ldninv.ui.collector import COLLECTOR
from ldninv.ui.jobs import Jobs
from ldninv.ui.waiting import Waiting, cancelled_within

pytestmark = pytest.mark.usefixtures("dressed", "collecting")


@pytest.fixture
def collecting():
    """Python's collector at work by itself, as it is where no window's loop runs."""
    gc.enable()


@pytest.fixture
def jobs():
    made = Jobs()
    yield made
    made.finish()


def until_stopped(progress):
    """Work that never ends by itself."""
    pause = Event()
    while True:
        progress(0, 0)
        pause.wait(0.001)


def test_work_is_done_on_another_thread_and_answers_on_this_one(qtbot, jobs):
    job = jobs.start(lambda _progress: get_ident())
    heard = []
    job.done.connect(lambda answer: heard.append((answer, get_ident())))
    with qtbot.waitSignal(job.done):
        pass

    (worked, told) = heard[0]
    assert told == get_ident() != worked


def test_a_refusal_arrives_as_it_was_said(qtbot, jobs):
    def refuse(_progress):
        raise Refused("No.")

    job = jobs.start(refuse)
    with qtbot.waitSignal(job.failed) as told:
        pass

    assert str(told.args[0]) == "No."


def test_cancelled_work_stops_at_its_next_note_of_progress(qtbot, jobs):
    job = jobs.start(until_stopped)
    with qtbot.waitSignal(job.cancelled):
        job.cancel()


def test_progress_is_told_and_its_end_always(qtbot, jobs):
    heard = Event()

    def count(progress):
        heard.wait()
        for done in range(1, 1001):
            progress(done, 1000)

    job = jobs.start(count)
    told = []
    job.progressed.connect(lambda done, total: told.append((done, total)))
    heard.set()
    with qtbot.waitSignal(job.done):
        pass

    assert told[-1] == (1000, 1000)
    assert len(told) < 1000


def test_every_job_leaves_its_thread_clean_also_when_it_fails(qtbot):
    left = []
    jobs = Jobs(leave=lambda: left.append(get_ident()))

    def refuse(_progress):
        raise Refused("No.")

    with qtbot.waitSignal(jobs.start(refuse).failed):
        pass

    assert len(left) == 1
    assert left[0] != get_ident()


def test_finishing_stops_what_runs(jobs):
    job = jobs.start(until_stopped)
    jobs.finish()

    assert job.isFinished()


@pytest.fixture
def waiting(qtbot, jobs):
    made = Waiting(jobs)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_a_view_waits_with_cancel_in_sight_and_goes_back(qtbot, waiting):
    before = waiting.currentWidget()
    ended = []
    waiting.run("Reading…", until_stopped, done=ended.append, failed=ended.append)

    assert waiting.busy
    assert waiting.stop.isVisible()
    waiting.stop.click()
    qtbot.waitUntil(lambda: not waiting.busy)
    assert waiting.currentWidget() is before
    assert ended == []


@pytest.mark.parametrize("long", [True, False])
def test_an_esc_that_comes_as_something_long_ends_puts_nothing_away(qtbot, waiting, monkeypatch, long):
    monkeypatch.setattr("ldninv.ui.waiting._LONG_S", 0.0 if long else 60.0)
    page = QWidget()
    qtbot.addWidget(page)
    waiting.setParent(page)
    page.show()
    waiting.show()
    waiting.run("Importing…", lambda _progress: 7, done=print, failed=print)
    qtbot.waitUntil(lambda: not waiting.busy)

    kept = cancelled_within(page)
    waiting.setParent(None)

    assert kept is long


def test_the_bar_is_as_wide_as_there_is_room_up_to_a_line_of_text(qtbot, waiting):
    waiting.resize(900, 400)
    waiting.run("Reading…", until_stopped, done=print, failed=print)
    bar = waiting.findChild(QProgressBar)
    qtbot.waitUntil(lambda: bar.width() == bar.maximumWidth())
    assert abs(bar.geometry().center().x() - waiting.width() // 2) <= 2

    waiting.resize(160, 400)
    qtbot.waitUntil(lambda: 100 < bar.width() < 160)
    waiting.cancel()
    qtbot.waitUntil(lambda: not waiting.busy)


def test_after_cancel_the_keyboard_is_where_it_was(qtbot, waiting):
    view = QWidget()
    begun = QLineEdit(view)
    waiting.addWidget(view)
    waiting.setCurrentWidget(view)
    waiting.activateWindow()
    begun.setFocus()
    qtbot.waitUntil(begun.hasFocus)
    waiting.run("Reading…", until_stopped, done=print, failed=print)

    waiting.cancel()

    qtbot.waitUntil(lambda: not waiting.busy)
    assert begun.hasFocus()


def test_a_second_job_is_not_begun_while_one_runs(qtbot, waiting):
    begun = []
    waiting.run("One", until_stopped, done=begun.append, failed=begun.append)
    waiting.run("Two", begun.append, done=begun.append, failed=begun.append)
    waiting.cancel()
    qtbot.waitUntil(lambda: not waiting.busy)

    assert begun == []


def test_no_cycles_are_collected_on_a_jobs_thread_and_they_are_again_after_it(qtbot, jobs):
    seen = []
    with qtbot.waitSignal(jobs.start(lambda _progress: seen.append(gc.isenabled())).done):
        assert not gc.isenabled()

    assert seen == [False]
    assert gc.isenabled()


def test_a_window_that_closes_while_a_job_runs_lets_cycles_be_collected_again():
    jobs = Jobs()
    jobs.start(lambda _progress: None)

    jobs.finish()

    assert gc.isenabled()


def test_a_job_lets_the_window_go_on_sooner_and_its_answer_is_not_looked_through_at_once(qtbot, jobs):
    usual, meanwhile = sys.getswitchinterval(), []

    def work(_progress):
        meanwhile.append(sys.getswitchinterval())
        return [[number] for number in range(50_000)]

    job = jobs.start(work)
    with qtbot.waitSignal(job.done) as told:
        pass

    young = {id(each) for generation in (0, 1) for each in gc.get_objects(generation)}
    assert meanwhile[0] < usual == sys.getswitchinterval()
    assert not young.intersection(map(id, told.args[0]))
    assert gc.isenabled()


def test_nothing_begins_once_the_window_has_closed(jobs):
    jobs.finish()

    late = jobs.start(until_stopped)

    assert not late.isRunning()
    assert not jobs.busy
    assert gc.isenabled()


def test_what_holds_the_collector_while_a_job_runs_does_not_let_it_work(jobs):
    job = jobs.start(until_stopped)
    COLLECTOR.hold()
    COLLECTOR.release()
    assert not gc.isenabled()

    job.cancel()
    jobs.finish()
    assert gc.isenabled()


class Ring:
    """Something that holds itself, so that only the collector lets it go."""

    def __init__(self):
        self.itself = self


def fill_the_young():
    return [[] for _ in range(gc.get_threshold()[0] + 1)]


def test_while_the_loop_runs_the_collector_works_at_its_looks_alone_and_now_and_then_on_everything():
    old = weakref.ref(Ring())
    with COLLECTOR.between_events(QObject()):
        new = weakref.ref(Ring())
        kept = fill_the_young()
        assert (gc.isenabled(), new() is None) == (False, False)

        COLLECTOR.look()
        assert (new() is None, old() is None) == (True, False)

        for _ in range(600):
            COLLECTOR.look()
        assert (old() is None, len(kept) > 0) == (True, True)
    assert gc.isenabled()


def test_while_a_job_runs_a_look_of_the_loop_lets_everything_be(jobs):
    with COLLECTOR.between_events(QObject()):
        jobs.start(until_stopped)
        ring = weakref.ref(Ring())
        for _ in range(600):
            COLLECTOR.look()
        assert ring() is not None
        jobs.finish()
        for _ in range(600):
            COLLECTOR.look()
        assert ring() is None
