"""The trail, asked and checked: whatever byte of it is changed is found, and named (R28)."""

import csv
import io
import sqlite3
from contextlib import closing, suppress
from datetime import date

import pytest
from peewee import DatabaseError

from builders import a_batch, at_work, keep
from ldninv.db import sqlite
from ldninv.db.address import MEMORY
from ldninv.db.trail import Trail
from ldninv.domain import audit
from ldninv.domain.audit import Head
from ldninv.domain.refusal import Refused
from ldninv.services import ledger, safety, trail
from ldninv.services.trail import Asked

COLUMNS = ("at", "by", "workstation", "action", "subject", "before", "after", "reason", "previous", "hash")
TRIGGERS = ("event_no_update", "event_no_delete", "event_no_replace", "movement_no_update", "movement_no_delete")


@pytest.fixture
def small(context):
    """A trail of four events, one of them with other letters than plain ones."""
    keep(context, a_batch(lot="A1"))
    ledger.waste(context, "A1", 2, reason="fiel zu Boden – über den Tisch 🫙")
    ledger.count(context, "A1", 290)
    ledger.waste(at_work(context.store, user="Zoë"), "A1", 1, reason="chipped")
    return context


@pytest.fixture
def opened(small):
    """The same database in the hands of somebody who knows SQLite."""
    with small.store.reading() as work:
        theirs = work.database.connection()
    theirs.execute("PRAGMA foreign_keys = OFF")
    for trigger in TRIGGERS:
        theirs.execute(f"DROP TRIGGER {trigger}")
    return theirs


def checked(context):
    return safety.verify_trail(context).first_broken


def test_every_byte_of_every_value_of_every_event_counts(small, opened):
    """Each byte in turn, one bit of it or all, put back afterwards."""
    tried = 0
    for number, column, content in list(_values(opened)):
        for at in range(len(content)):
            for flip in (0x01, 0x20, 0x80):
                forged = bytearray(content)
                forged[at] ^= flip
                opened.execute(f"UPDATE event SET {column} = CAST(? AS TEXT) WHERE number = ?", (bytes(forged), number))
                verdict = safety.verify_trail(small)
                assert (verdict.intact, verdict.first_broken) == (False, number), (column, at, flip)
                tried += 1
        opened.execute(f"UPDATE event SET {column} = CAST(? AS TEXT) WHERE number = ?", (content, number))
    assert safety.verify_trail(small).intact
    assert tried > 3000


def _values(opened):
    for number in range(1, 5):
        for column in COLUMNS:
            (content,) = opened.execute(
                f"SELECT CAST({column} AS BLOB) FROM event WHERE number = ?", (number,)
            ).fetchone()
            if content is not None:
                yield number, column, content


@pytest.mark.parametrize("value", ["", "1", "null", b"wasted"])
@pytest.mark.parametrize("column", COLUMNS)
def test_a_value_in_the_place_of_another_counts_too(small, opened, column, value):
    opened.execute(f"UPDATE event SET {column} = ? WHERE number = 2", (value,))

    assert checked(small) == 2


@pytest.mark.parametrize("column", ["before", "after", "reason"])
def test_nothing_in_the_place_of_a_value_counts_too(small, opened, column):
    opened.execute(f"UPDATE event SET {column} = NULL WHERE number = 2")

    assert checked(small) == 2


def test_every_byte_of_a_file_where_the_trail_stands_counts(small):
    """Where a byte of the trail's page is changed in the file itself, it is found, or what is read is as it was."""
    with small.store.reading() as work:
        head, events = work.trail.head(), list(work.trail.all())
        whole = _alone(work.database.connection())
    assert whole[PAGE] == LEAF
    assert _read(whole, head) == events

    read = {at: _read(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :], head) for at in range(PAGE, 2 * PAGE)}

    assert [at for at, found in read.items() if found not in (None, events)] == []
    assert sum(found is None for found in read.values()) > 1200


PAGE = 4096
"""Bytes: the first page holds the schema, the second the trail."""
LEAF = 0x0D
"""The first byte of a page that holds rows."""


def _alone(connection):
    """Return a database file that holds the trail and nothing else: small, so that it can be read often."""
    with closing(sqlite3.connect(":memory:")) as alone:
        alone.execute(f"PRAGMA page_size = {PAGE}")
        alone.execute(*connection.execute("SELECT sql FROM sqlite_master WHERE name = 'event'").fetchone())
        for row in connection.execute("SELECT * FROM event"):
            alone.execute(f"INSERT INTO event VALUES ({', '.join('?' for _ in row)})", row)
        alone.commit()
        return alone.serialize()


def _read(content, head):
    """Return the events of a database's bytes; None where the check finds the trail broken, or SQLite the file."""
    database = sqlite.connect(MEMORY)
    with closing(database), suppress(DatabaseError, sqlite3.DatabaseError):
        database.connection().deserialize(content)
        trail_of_it = Trail(database)
        if audit.verify_rows(trail_of_it.raw(), head).intact:
            return list(trail_of_it.all())
    return None


def test_what_was_changed_is_said_in_words(small, opened):
    whole = opened.serialize()

    def said(statement):
        opened.deserialize(whole)
        opened.execute(statement)
        return audit.in_words(safety.verify_trail(small))

    assert said("SELECT 1").startswith("Unbroken: 4 events, ends with ")
    assert said("UPDATE event SET by = 'Eve' WHERE number = 3") == (
        "Broken at event 3: what it says is not what was written."
    )
    assert said("UPDATE event SET by = CAST(X'FF' AS TEXT) WHERE number = 3") == (
        "Broken at event 3: it cannot be read: it holds bytes that are no text."
    )
    assert said("UPDATE event SET previous = hash WHERE number = 3").startswith(
        "Broken at event 3: it does not follow the event before"
    )
    assert said("UPDATE event SET number = 9 WHERE number = 3") == (
        "Broken at event 3: another event, 4, stands in its place."
    )


def test_an_end_that_was_printed_finds_a_tail_that_was_cut_off_and_a_trail_that_was_written_anew(small):
    head = safety.verify_trail(small)
    printed = audit.head_of(f"{head.events} events, ends with {head.head[:12]}")

    assert trail.verify(small, printed).intact
    verdict = trail.verify(small, Head(6, "ab" * 32))
    assert (verdict.first_broken, verdict.events) == (5, 4)
    assert audit.in_words(verdict) == (
        "Broken at event 5: the trail ends before it; the head kept elsewhere tells of 2 more events."
    )
    assert trail.verify(small, Head(2, "ab" * 32)).first_broken == 2


@pytest.mark.parametrize(
    "text", ["", "x", "3f9a1c2b4d5e", "12 events, ends with 3f9a", "12 events, ends with no-hash-at-all"]
)
def test_what_is_no_end_of_a_trail_is_refused_with_an_example(text):
    with pytest.raises(Refused, match="Copy it from a report"):
        audit.head_of(text)


def test_events_are_found_by_batch_person_day_and_kind_newest_first(small):
    keep(small, a_batch(lot="B2"))

    def found(**asked):
        return list(trail.numbers(small, Asked(**asked)))

    assert found() == [5, 4, 3, 2, 1]
    assert found(lot=" a1 ") == [4, 3, 2, 1]
    assert found(lot="B2") == [5]
    assert found(lot="none") == []
    assert found(by="Zoë") == [4]
    assert found(actions=frozenset({"wasted", "counted"}), by="Ana") == [3, 2]
    day = date(2026, 11, 22)
    assert found(first=day, last=day) == [5, 4, 3, 2, 1]
    assert found(last=date(2026, 11, 21)) == found(first=date(2026, 11, 23)) == []
    assert found(first=date.min, last=date.max) == found()


def test_an_event_says_what_it_changed_from_what_to_what(small):
    (line,) = trail.rows(small, [3])

    assert str(line.changed[0]) == "on hand: 298 → 290"
    assert "place" not in {each.what for each in line.changed}


def test_the_filters_offer_what_there_is(small):
    assert trail.actions(small) == ["counted", "made", "wasted"]
    assert trail.people(small) == ["Ana", "Zoë"]


def test_the_trail_leaves_as_a_table_that_begins_no_formula(small, tmp_path):
    ledger.waste(at_work(small.store, user="=Eve"), "A1", 1, reason="+1")

    saved = trail.export(small, tmp_path / "trail.csv")

    table = list(csv.DictReader(io.StringIO(saved.file.read_text("utf-8-sig"))))
    assert [row["number"] for row in table] == ["1", "2", "3", "4", "5"]
    assert (table[4]["by"], table[4]["reason"]) == ("'=Eve", "'+1")
    assert table[1]["reason"].endswith("🫙")
    assert [row["hash"] for row in table][:-1] == [row["previous"] for row in table][1:]
    (noted,) = trail.rows(small, [6])
    assert (noted.event.action, noted.event.subject) == ("trail-exported", "all events")
    assert trail.export(small, tmp_path / "trail.csv", Asked(by="Zoë")).file.read_text("utf-8-sig").count("\n") == 2


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (Asked(lot="NOPE"), "There is no batch NOPE"),
        (Asked(by="Nobodyy"), "Nobody called “Nobodyy” is in the trail. Those who are: "),
    ],
)
def test_what_nobody_is_called_is_not_copied_as_if_nothing_had_happened(small, tmp_path, asked, words):
    with pytest.raises(Refused, match=words):
        trail.export(small, tmp_path / "trail.csv", asked)
    assert not (tmp_path / "trail.csv").exists()


def test_a_file_that_is_no_paper_of_ours_is_left_alone(small, tmp_path):
    mine = tmp_path / "trail.csv"
    mine.write_text("my own notes")

    with pytest.raises(Refused, match="is no paper of this database"):
        trail.export(small, mine)
    with pytest.raises(Refused, match=r"Let it end in .csv or .pdf"):
        trail.export(small, tmp_path / "trail.txt")
    assert mine.read_text() == "my own notes"


def test_a_kind_that_never_happened_is_refused_and_the_kinds_that_did_are_named(small, tmp_path):
    with pytest.raises(Refused, match=r"Nothing of the kind “nonsense” is in the trail\. Kinds that are: "):
        trail.export(small, tmp_path / "trail.csv", Asked(actions=frozenset({"nonsense"})))
    assert not (tmp_path / "trail.csv").exists()
