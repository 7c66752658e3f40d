import socket
from threading import Thread

import pytest

from ldninv.domain.refusal import Surroundings
from ldninv.ui.only_one import OnlyOne, key


@pytest.fixture
def places(tmp_path):
    """Makes places for a database, in a folder of their own; they are left after the test."""
    made = []

    def make(name="batches.db"):
        made.append(OnlyOne(tmp_path / name, tmp_path / "open"))
        return made[-1]

    yield make
    for each in made:
        each.leave()


def test_the_second_raises_the_first(qtbot, places):
    first, second = places(), places()
    assert first.first()
    answers = []
    caller = Thread(target=lambda: answers.append(second.first()))

    with qtbot.waitSignal(first.asked):
        caller.start()
    caller.join()
    assert answers == [False]


def test_other_databases_have_places_of_their_own(places):
    assert places("one.db").first()
    assert places("two.db").first()


def test_a_place_that_was_left_is_free(places):
    first = places()
    assert first.first()
    first.leave()

    assert places().first()


def test_a_lock_that_nobody_stands_behind_is_taken_over(places):
    first = places()
    assert first.first()
    first._listening.close()

    assert places().first(patience=0)


def test_a_first_window_that_does_not_answer_is_told_in_words(places):
    assert places().first()

    with pytest.raises(Surroundings, match="does not answer"):
        places().first(patience=0.1)


def test_a_caller_without_the_word_raises_nothing(qtbot, places, tmp_path):
    first = places()
    assert first.first()
    (door,) = (tmp_path / "open").glob("*.door")
    port = int(door.read_text().split()[0])

    with qtbot.assertNotEmitted(first.asked, wait=100), socket.create_connection(("127.0.0.1", port)) as call:
        call.sendall(b"open sesame\n")


def test_one_database_has_one_name_however_it_is_written(tmp_path):
    (tmp_path / "x").mkdir()

    assert key(tmp_path / "a.db") == key(tmp_path / "x" / ".." / "a.db")
    assert key(tmp_path / "a.db") != key(tmp_path / "b.db")
