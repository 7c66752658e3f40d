"""Opening: what is not there, not ours or not readable is refused in one sentence, and left as it was."""

import sqlite3
import struct
import zlib
from contextlib import closing

import pytest

from builders import TODAY, a_batch, at_work, dump, keep
from ldninv.db import default_url, exists, newborn, open_store
from ldninv.domain.refusal import Refused, Surroundings


def opening(url, **how):
    """Open and close, for what ought to be refused."""
    open_store(url, **how).close()


def one_calm_sentence(said):
    text = str(said.value)
    return "\n" not in text and text.endswith(".") and "Error" not in text


def test_a_database_that_is_not_there_is_refused_and_none_is_born(tmp_path):
    with pytest.raises(Refused, match=r"There is no database .*typo\.db\. Check the name") as said:
        opening(f"sqlite:///{tmp_path / 'typo.db'}")

    assert one_calm_sentence(said)
    assert list(tmp_path.iterdir()) == []


def test_it_is_made_where_that_is_asked_for_with_its_folder(tmp_path):
    file = tmp_path / "new" / "batches.db"
    opening(f"sqlite:///{file}", create=True)

    opening(f"sqlite:///{file}")
    assert exists(str(file))
    assert not exists(f"{file}x")


def a_picture():
    def chunk(kind, content):
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    body = zlib.compress(b"\0\0")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


@pytest.mark.parametrize("create", [False, True])
@pytest.mark.parametrize(
    "content", [b"Lot,Strength\n1,4.5\n", a_picture(), b"\0", b"SQLite format 3", "Größe".encode("utf-16")]
)
def test_another_kind_of_file_is_refused_and_left_as_it_was(tmp_path, content, create):
    file = tmp_path / "list.db"
    file.write_bytes(content)

    with pytest.raises(Refused, match=r"list\.db is not a database of ldninv\. Name another file") as said:
        opening(f"sqlite:///{file}", create=create)

    assert one_calm_sentence(said)
    assert file.read_bytes() == content
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize("create", [False, True])
def test_another_programs_database_is_refused_and_left_as_it_was(tmp_path, create):
    file = tmp_path / "photos.db"
    with closing(sqlite3.connect(file)) as theirs:
        theirs.execute("CREATE TABLE batch (id)")
    before = file.read_bytes()

    with pytest.raises(Refused, match=r"is the database of another program") as said:
        opening(str(file), create=create)

    assert one_calm_sentence(said)
    assert file.read_bytes() == before
    assert list(tmp_path.iterdir()) == [file]


def test_an_empty_file_is_no_database_to_read_and_may_become_one(tmp_path):
    file = tmp_path / "empty.db"
    file.touch()

    with pytest.raises(Refused, match=r"empty\.db is empty, and no database"):
        opening(str(file))
    assert file.read_bytes() == b""
    opening(str(file), create=True)
    opening(str(file))


@pytest.mark.parametrize("create", [False, True])
def test_a_folder_is_refused_with_a_name_for_a_file_in_it(tmp_path, create):
    with pytest.raises(Refused, match=r"is a folder, not a database\. Name a file in it, such as .*ldninv\.db"):
        opening(f"sqlite:///{tmp_path}", create=create)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("postgresql://server/", "names no database. Write it as postgresql://you@server/ldninv"),
        ("postgresql://server/batches?sslmod=require", "The address of batches on server cannot be read"),
        ("mysql://server/batches", "is no address of a database"),
        ("", "is no address of a database"),
        ("sqlite:///", "is no address of a database"),
        ("sqlite:///~nobody-of-this-name/x.db", "lies in the folder of a person who is not known here"),
    ],
)
def test_an_address_that_means_nothing_here_is_refused(url, words):
    with pytest.raises(Refused, match=words):
        opening(url, create=True)


@pytest.mark.parametrize("name", ["plain/x.db", f"{'n' * 300}.db"])
def test_a_place_that_cannot_be_is_told_in_a_sentence(tmp_path, name):
    (tmp_path / "plain").write_text("no folder")

    with pytest.raises((Refused, Surroundings)) as said:
        opening(str(tmp_path / name), create=True)
    assert one_calm_sentence(said)
    assert [path.name for path in tmp_path.iterdir()] == ["plain"]


def test_a_newer_programs_database_is_refused_and_left_as_it_was(filed):
    keep(filed, a_batch())
    with filed.store.transaction() as work:
        work.database.execute_sql("INSERT INTO schema_step (name, applied) VALUES ('0999_later', '2030-01-01')")
    filed.store.close()
    before = filed.store.file.read_bytes()

    with pytest.raises(Refused, match=r"was made by a newer version of ldninv\. Update this program") as said:
        opening(filed.store.name)

    assert one_calm_sentence(said)
    assert filed.store.file.read_bytes() == before


def test_a_database_in_use_is_opened_beside_the_first_from_its_first_moment_on(filed):
    with closing(open_store(filed.store.name)) as second:
        keep(at_work(second), a_batch())

        assert dump(second) == dump(filed.store)


def test_a_new_database_has_its_name_only_when_all_was_done(tmp_path):
    file = tmp_path / "batches.db"
    with newborn(str(file)) as store:
        keep(at_work(store, TODAY), a_batch())
        assert not file.exists()

    assert {path.name for path in tmp_path.iterdir()} == {"batches.db", "batches.db.head"}
    with closing(open_store(str(file))) as opened, opened.reading() as work:
        assert work.batches.by_lot(a_batch().lot) is not None


def test_a_new_database_that_failed_leaves_nothing_behind(tmp_path):
    with pytest.raises(ZeroDivisionError), newborn(str(tmp_path / "batches.db")):
        raise ZeroDivisionError

    assert list(tmp_path.iterdir()) == []


def test_a_new_database_takes_nobodys_name(tmp_path):
    file = tmp_path / "batches.db"
    with pytest.raises(Refused, match="was made by another program meanwhile"), newborn(str(file)):
        file.write_bytes(b"theirs")

    assert file.read_bytes() == b"theirs"
    assert list(tmp_path.iterdir()) == [file]


def test_without_an_address_it_lies_in_the_users_data_folder():
    assert default_url().startswith("sqlite:///")
    assert default_url().endswith("ldninv.db")
