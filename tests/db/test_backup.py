"""A backup is a whole database of its own, with the head of its trail beside it (R28)."""

import json
from contextlib import closing
from pathlib import Path
from threading import Event, Thread

import pytest

from builders import a_batch, at_work, dump, keep
from ldninv.db import open_store
from ldninv.domain.refusal import Refused, Surroundings
from ldninv.services import safety


def test_a_backup_holds_the_same_and_stands_alone(filed, tmp_path):
    keep(filed, a_batch())
    before, head = dump(filed.store), filed.store.beside()
    copy = tmp_path / "monday.db"

    safety.backup(filed, copy)

    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith("monday")) == [
        "monday.db",
        "monday.db.head",
    ]
    with closing(open_store(str(copy))) as store:
        assert dump(store) == before
        assert safety.check(at_work(store)) == []
        assert store.beside() == head


def test_an_older_backup_is_replaced_with_its_head(filed, tmp_path):
    copy = tmp_path / "monday.db"
    keep(filed, a_batch(lot="A"))
    safety.backup(filed, copy)
    keep(filed, a_batch(lot="B"))
    safety.backup(filed, copy)

    assert json.loads((tmp_path / "monday.db.head").read_text())["events"] == 3
    with closing(open_store(str(copy))) as store:
        assert safety.verify_trail(at_work(store)).intact
        assert len(dump(store)["batch"]) == 2


def test_a_backup_in_the_midst_of_work_is_whole_and_agrees_with_its_head(filed, tmp_path):
    keep(filed, a_batch(lot="first"))
    done = Event()

    def work():
        number = 0
        while not done.is_set():
            keep(filed, a_batch(lot=f"L{(number := number + 1)}"))
        filed.store.close()

    busy = Thread(target=work)
    busy.start()
    for number in range(8):
        safety.backup(filed, tmp_path / f"{number}.db")
    done.set()
    busy.join()

    for number in range(8):
        with closing(open_store(str(tmp_path / f"{number}.db"))) as store:
            assert safety.check(at_work(store)) == []
            assert store.beside().head.events == len(dump(store)["event"])


def test_the_trail_notes_a_backup_after_it_was_made(filed, tmp_path):
    keep(filed, a_batch())
    done = safety.backup(filed, tmp_path / "monday.db")

    assert (done.file, done.notices) == (tmp_path / "monday.db", ())
    with filed.store.reading() as work:
        *_, event = work.trail.all()
    assert (event.action, event.after) == ("backup", '{"file": "monday.db"}')


def test_a_database_that_cannot_be_written_is_copied_all_the_same(filed, tmp_path):
    keep(filed, a_batch())
    with filed.store.reading() as work:
        work.database.pragma("query_only", 1)
    done = safety.backup(filed, tmp_path / "monday.db")

    assert done.notices[0].startswith("The backup was written, but not noted in the trail. The database")
    with closing(open_store(str(tmp_path / "monday.db"))) as store:
        assert len(dump(store)["batch"]) == 1


def test_the_database_itself_is_never_the_target_however_it_is_named(filed, tmp_path):
    keep(filed, a_batch())
    before = dump(filed.store)
    alias = tmp_path / "alias.db"
    alias.symlink_to(filed.store.file)

    for target in (filed.store.file, tmp_path / "x" / ".." / "batches.db", alias):
        (tmp_path / "x").mkdir(exist_ok=True)
        with pytest.raises(Refused, match=r"is the database itself\. Name another file"):
            safety.backup(filed, target)
    assert dump(filed.store) == before


def test_a_file_of_another_kind_is_never_overwritten(filed, tmp_path):
    letter = tmp_path / "letter.txt"
    letter.write_text("dear all")

    with pytest.raises(Refused, match="is not a database of ldninv"):
        safety.backup(filed, letter)
    with pytest.raises(Refused, match="is a folder"):
        safety.backup(filed, tmp_path)
    assert letter.read_text() == "dear all"


@pytest.mark.parametrize("name", ["no/such/folder/x.db", "letter.txt/x.db", f"{'n' * 300}.db"])
def test_a_place_that_cannot_be_written_is_told_in_a_sentence_and_nothing_is_left(filed, tmp_path, name):
    keep(filed, a_batch())
    (tmp_path / "letter.txt").write_text("dear all")
    before = set(tmp_path.iterdir())

    with pytest.raises(Surroundings):
        safety.backup(filed, tmp_path / Path(name))
    assert set(tmp_path.iterdir()) == before
