"""A whole database copied: all of it, its numbers and its chain, into what holds nothing, or not at all."""

import sqlite3
from contextlib import closing
from datetime import date
from math import inf

import pytest

from builders import a_batch, at_work, dump, keep
from freeze import FROZEN
from ldninv.db import open_store
from ldninv.domain.entries import Decision
from ldninv.domain.refusal import Refused, Surroundings
from ldninv.services import copying, ledger, safety
from ldninv.services.storage import daily, deciding, looking
from rooms import a_room, brought
from staff import staffed


@pytest.fixture
def source(filed):
    """A database with a batch, people and a waste."""
    keep(filed, a_batch(lot="A1"))
    staffed(filed)
    ledger.waste(filed, "A1", 5, reason="dropped")
    return filed


@pytest.fixture
def target(tmp_path):
    return tmp_path / "elsewhere" / "copy.db"


def copy(source, target):
    return copying.copy(f"sqlite:///{source.store.file}", f"sqlite:///{target}")


def test_everything_arrives_with_its_numbers_and_its_chain(source, target):
    before = dump(source.store)
    done = copy(source, target)

    with closing(open_store(str(target))) as store:
        assert dump(store) == before == dump(source.store)
        assert store.beside().head == source.store.beside().head
        assert safety.check(at_work(store)) == []
    assert done.rows == sum(map(len, before.values()))
    assert {path.name for path in target.parent.iterdir()} == {"copy.db", "copy.db.head"}


def test_readings_events_and_decisions_arrive_and_are_judged_alike(filed, target):
    keep(filed, a_batch(lot="OLD-1", prepared=date(2026, 9, 1), beyond_use=date(2027, 9, 1)))
    brought(filed, a_room(hours=24, t41=(5, 9), gap=(15, 20)))
    event = looking.events(filed, waiting=True)[0].happening.id
    deciding.decide(filed, event, {"OLD-1": deciding.Choice(Decision.KEEP)}, reason="short")
    daily.read(filed, "Shelf A", lowest=20, highest=24)
    before = dump(filed.store)
    copy(filed, target)

    with closing(open_store(str(target))) as store:
        there = at_work(store)
        assert dump(store) == before
        assert looking.readings(there, "Shelf A", 0, inf) == looking.readings(filed, "Shelf A", 0, inf)
        assert looking.events(there) == looking.events(filed)
        assert safety.check(there) == []


def test_an_empty_database_that_is_there_becomes_the_copy_for_whoever_has_it_open(source, target, new_database):
    target.parent.mkdir()
    there = new_database(str(target))
    copy(source, target)

    assert dump(there) == dump(source.store)
    assert safety.check(at_work(there)) == []


def test_an_empty_file_becomes_the_copy(source, target):
    target.parent.mkdir()
    target.touch()
    copy(source, target)

    with closing(open_store(str(target))) as store:
        assert dump(store) == dump(source.store)


def test_what_holds_records_is_never_written_over(source, target, new_database):
    target.parent.mkdir()
    other = at_work(new_database(str(target)))
    keep(other, a_batch(lot="THEIRS"))
    before = dump(other.store)

    with pytest.raises(Refused, match="holds records already"):
        copy(source, target)
    with pytest.raises(Refused, match="is the database itself"):
        copy(source, source.store.file)
    assert dump(other.store) == before


def broken(file):
    """Turn over bytes in the middle of a file."""
    content = bytearray(file.read_bytes())
    for at in range(len(content) // 2, len(content) // 2 + 4096):
        content[at] ^= 0xFF
    file.write_bytes(content)


def drifted(file):
    with closing(sqlite3.connect(file)) as database:
        database.execute("UPDATE batch SET on_hand = 7")
        database.commit()


def newer(file):
    with closing(sqlite3.connect(file)) as database:
        database.execute("INSERT INTO schema_step (name, applied) VALUES ('9999_later', '2030-01-01')")
        database.commit()


def cut_off(file):
    file.with_name(f"{file.name}.head").write_text('{"events": 99, "head": "ab"}')


SPOILED = {
    "missing": (lambda file: file.unlink(), "There is no database"),
    "empty": (lambda file: file.write_bytes(b""), "is empty, and no database"),
    "of another kind": (lambda file: file.write_bytes(b"Lot,Expires\n" * 40), "is not a database of ldninv"),
    "newer": (newer, "newer version of ldninv"),
    "damaged": (broken, "damaged|is not sound"),
    "drifted": (drifted, "is not sound: Batch A1 shows 7 capsules"),
    "cut off": (cut_off, "is not sound: The trail is broken"),
}


@pytest.mark.parametrize(("spoil", "says"), SPOILED.values(), ids=SPOILED)
def test_a_source_that_is_not_whole_is_refused_and_leaves_nothing(source, target, spoil, says):
    file = target.parent.parent / "source.db"
    source.store.backup(file)
    spoil(file)

    with pytest.raises((Refused, Surroundings), match=says) as why:
        copying.copy(str(file), str(target))
    assert str(file) in str(why.value)
    assert ".part" not in str(why.value)
    assert not target.parent.exists() or list(target.parent.iterdir()) == []


def test_a_database_of_an_older_version_is_copied_and_left_as_it_was(target, tmp_path):
    file = tmp_path / "old.db"
    file.write_bytes((FROZEN / "0.1.0.db").read_bytes())
    before = file.read_bytes()
    copying.copy(str(file), str(target))

    assert file.read_bytes() == before
    with closing(open_store(str(target))) as store:
        assert safety.check(at_work(store)) == []
    assert [path.name for path in target.parent.iterdir() if "upgrade" in path.name] == []
