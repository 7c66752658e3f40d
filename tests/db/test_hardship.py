"""Locked, read-only, full or damaged: one calm sentence, the old file untouched, nothing half-written."""

import sqlite3
import sys
from contextlib import closing

import pytest

from builders import a_batch, at_work, dump, keep
from elsewhere import as_nobody, locked
from ldninv.db import open_store, sqlite
from ldninv.domain.refusal import Refused, Surroundings
from ldninv.services import batches, ledger, places, safety
from ldninv.services.batches import Question


@pytest.fixture
def impatient(filed, monkeypatch):
    """Somebody at work on a file with one batch, who waits for nobody."""
    keep(filed, a_batch())
    filed.store.close()
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.05)
    store = open_store(filed.store.name)
    yield at_work(store)
    store.close()


def test_a_locked_database_is_still_read_and_refuses_to_write_in_a_sentence(impatient):
    before = dump(impatient.store)

    with locked(impatient.store.file):
        assert batches.count(impatient, Question()) == 1
        with pytest.raises(
            Surroundings, match=r"is in use by another program that does not let go of it\. Nothing was"
        ):
            ledger.waste(impatient, "LDN250301001T", 1, reason="dropped")
        assert dump(impatient.store) == before

    ledger.waste(impatient, "LDN250301001T", 1, reason="dropped")


def test_an_old_style_database_that_is_locked_whole_is_told_in_a_sentence(impatient):
    with impatient.store.reading() as work:
        pass
    work.database.pragma("journal_mode", "delete")
    impatient.store.close()

    with locked(impatient.store.file, "BEGIN EXCLUSIVE"), pytest.raises(Surroundings, match="is in use by another"):
        open_store(impatient.store.name)


def test_a_full_disk_takes_the_whole_change_back(filed):
    keep(filed, a_batch())
    before = dump(filed.store)
    with filed.store.reading() as work:
        work.database.pragma("max_page_count", work.database.pragma("page_count"))

    with pytest.raises(Surroundings, match=r"could not be written: the disk is full\. Nothing was changed\. Free some"):
        keep(filed, *(a_batch(lot=f"L{number}") for number in range(500)))
    assert dump(filed.store) == before
    assert safety.check(filed) == []


def test_a_read_only_connection_says_so(filed):
    with filed.store.reading() as work:
        work.database.pragma("query_only", 1)

    with pytest.raises(
        Surroundings, match=r"is read-only\. Nothing was changed\. Make the file and its folder writable"
    ):
        places.add_place(filed, "Shelf A")


@pytest.fixture
def shown(filed, tmp_path):
    """A database that everybody may see and nobody but its owner may write."""
    keep(filed, a_batch())
    filed.store.close()
    for path in (tmp_path, *list(tmp_path.parents)[:2]):
        path.chmod(0o755)
    filed.store.file.chmod(0o444)
    tmp_path.chmod(0o555)
    yield filed.store.file
    tmp_path.chmod(0o755)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights")
def test_a_read_only_file_is_read_without_a_trace_and_refuses_to_write(shown):
    before, names = shown.read_bytes(), set(shown.parent.iterdir())

    listed = as_nobody("--database", shown, "--format", "csv", "batches")
    wasted = as_nobody("--database", shown, "waste", "LDN250301001T", "--capsules", 1, "--reason", "dropped")
    added = as_nobody("--database", shown.with_name("other.db"), "import", "batches", "list.csv")

    assert (listed.returncode, listed.stderr) == (0, "")
    assert "LDN250301001T" in listed.stdout
    assert wasted.returncode == added.returncode == 1
    assert "is read-only. Nothing was changed." in wasted.stderr
    assert "other.db cannot be opened. Check that its folder is there and may be written." in added.stderr
    for said in (wasted, added):
        assert said.stderr.count("\n") == 1, said.stderr
    assert shown.read_bytes() == before
    assert set(shown.parent.iterdir()) == names


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights")
def test_a_file_that_may_not_even_be_read_is_told_in_a_sentence(shown):
    shown.chmod(0)

    said = as_nobody("--database", shown, "batches")

    assert said.returncode == 1
    assert said.stderr == f"The database {shown} cannot be read (Permission denied). Check its permissions.\n"


def damaged(filed, where):
    """Keep some batches, then overwrite a part of the file, as a dying disk would."""
    keep(filed, *(a_batch(lot=f"L{number}") for number in range(300)))
    filed.store.close()
    content = bytearray(filed.store.file.read_bytes())
    content[where(content)] = b"\xa5" * len(content[where(content)])
    filed.store.file.write_bytes(content)
    return bytes(content)


@pytest.mark.parametrize(
    "where",
    [
        lambda content: slice(4096, len(content)),
        lambda _: slice(100, 4096),
        lambda content: slice(len(content) // 2, len(content)),
        lambda _: slice(16, 18),
    ],
    ids=["all but the first page", "the schema", "the second half", "the page size"],
)
def test_a_damaged_file_is_told_in_a_sentence_and_not_touched(filed, where):
    content = damaged(filed, where)

    said = pytest.raises((Surroundings, Refused), match=r"damaged|not a database of ldninv")
    with said, closing(open_store(filed.store.name)) as store:
        batches.find(at_work(store), Question(text="L"))
    assert filed.store.file.read_bytes() == content


def test_a_file_that_was_cut_short_is_told_in_a_sentence(filed):
    damaged(filed, lambda _: slice(0, 0))
    content = filed.store.file.read_bytes()[:9000]
    filed.store.file.write_bytes(content)

    with pytest.raises(Surroundings, match="is damaged"), closing(open_store(filed.store.name)) as store:
        batches.find(at_work(store), Question())
    assert filed.store.file.read_bytes() == content


def test_a_bug_of_ours_is_not_dressed_up_as_a_fault_of_the_surroundings(store):
    with pytest.raises(Exception, match="no such table: not_there"), store.reading() as work:
        work.database.execute_sql("SELECT * FROM not_there")
    with pytest.raises(sqlite3.IntegrityError), store.transaction() as work:
        work.database.cursor().executemany("INSERT INTO setting VALUES (?, ?)", [("a", "1"), ("a", "2")])
