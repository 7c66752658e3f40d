import logging
import threading

import pytest
from PySide6.QtGui import QGuiApplication

from ldninv.domain.refusal import Refused, Surroundings
from ldninv.ui import logbook
from ldninv.ui.mistakes import MistakeDialog, Mistakes, story
from ldninv.ui.running import Running

TYPED = "Ana Ruiz, for her back"


def failed():
    """Return an error as the program would meet it, with what a person typed in its words."""
    try:
        try:
            {}[TYPED]
        except KeyError as why:
            raise ValueError(TYPED) from why
    except ValueError as error:
        return error


@pytest.fixture
def running(qtbot, dressed, stocked, memory):
    running = Running(dressed, stocked, "batches.db", memory)
    running.show()
    qtbot.waitUntil(lambda: not running.window.jobs.busy)
    yield running
    running.leave()
    running.window.deleteLater()


def dialog(running):
    return running.window.findChild(MistakeDialog)


def test_a_story_says_what_and_where_and_nothing_that_was_typed():
    told = story(failed())

    assert told.splitlines()[0] == "ValueError"
    assert "KeyError" in told
    assert " failed" in told
    assert "Ana" not in told
    assert "/" not in told


def test_a_mistake_opens_a_dialog_that_waits_for_nobody(qtbot, running, caplog):
    mistakes = Mistakes(running.tell)
    error = failed()
    mistakes(type(error), error, error.__traceback__)
    qtbot.waitUntil(lambda: dialog(running) is not None and dialog(running).isVisible())

    assert not dialog(running).isModal()
    assert "ValueError" in dialog(running).details.toPlainText()
    assert "ValueError" in caplog.text
    assert TYPED not in caplog.text
    dialog(running).copying.click()
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("ldninv ")
    assert "ValueError" in copied
    dialog(running).closing.click()
    assert not dialog(running).isVisible()


def test_a_mistake_that_happens_again_and_again_fills_one_dialog_and_no_more_than_a_page(running):
    for _ in range(100):
        running.tell(failed())

    assert len(running.window.findChildren(MistakeDialog)) == 1
    assert len(dialog(running).details.toPlainText().splitlines()) < 100


def test_a_mistake_of_another_thread_is_told_in_the_windows(qtbot, running):
    mistakes = Mistakes(running.tell)
    error = failed()
    args = threading.ExceptHookArgs((ValueError, error, error.__traceback__, None))
    thread = threading.Thread(target=mistakes.in_thread, args=(args,))
    thread.start()
    thread.join()

    qtbot.waitUntil(lambda: dialog(running) is not None)


@pytest.mark.parametrize("error", [Refused("No such batch."), Surroundings("The disk is full.")])
def test_a_refusal_that_nobody_caught_is_a_calm_line_and_no_mistake(qtbot, running, caplog, error):
    Mistakes(running.tell)(type(error), error, None)

    qtbot.waitUntil(lambda: running.window.page.banner.text == str(error))
    assert dialog(running) is None
    assert caplog.text == ""


def test_the_log_goes_to_a_file_and_stops_at_the_end(tmp_path):
    handler = logbook.begin("ldninv-x", tmp_path / "logs")
    logging.getLogger("ldninv").error("the first")
    logbook.end(handler)
    logging.getLogger("ldninv").error("the second")

    assert [path.name for path in (tmp_path / "logs").iterdir()] == ["ldninv-x.log"]
    assert "the first" in (tmp_path / "logs" / "ldninv-x.log").read_text("utf-8")
    assert "the second" not in (tmp_path / "logs" / "ldninv-x.log").read_text("utf-8")


def test_a_folder_that_cannot_be_written_takes_no_log_and_stops_nothing(tmp_path):
    (tmp_path / "file").write_text("")

    handler = logbook.begin("ldninv", tmp_path / "file")
    assert handler is None
    logbook.end(handler)
