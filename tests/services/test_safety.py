"""What goes wrong behind the program's back is found, and named."""

import sqlite3
from contextlib import closing

import pytest

from builders import a_batch, at_work, keep
from ldninv.db import open_store
from ldninv.domain import audit
from ldninv.domain.audit import Event, Head
from ldninv.domain.refusal import Refused
from ldninv.services import ledger, restoring, safety

COLUMNS = ("at", "by", "workstation", "action", "subject", "before", "after", "reason", "previous", "hash")


@pytest.fixture
def tampered(filed, tmp_path):
    """Let somebody who knows SQLite work on a file of seven events behind the program's back; then look."""
    keep(filed, a_batch(lot="A1"))
    for number in range(6):
        ledger.waste(filed, "A1", 1, reason=f"dropped {number}")
    filed.store.backup(tmp_path / "sound.db")
    filed.store.close()

    def tamper(*statements):
        with closing(sqlite3.connect(filed.store.name, isolation_level=None)) as theirs:
            for trigger in ("event_no_update", "event_no_delete", "movement_no_update", "movement_no_delete"):
                theirs.execute(f"DROP TRIGGER {trigger}")
            for statement in statements:
                statement(theirs) if callable(statement) else theirs.execute(statement)
        return filed

    return tamper


def test_an_untouched_database_is_sound(tampered):
    context = tampered()

    assert safety.check(context) == []
    verdict = safety.verify_trail(context)
    assert (verdict.events, verdict.intact, verdict.first_broken) == (7, True, None)


@pytest.mark.parametrize("column", COLUMNS)
def test_one_character_in_any_column_of_an_event_is_found_there(tampered, column):
    context = tampered(f"UPDATE event SET {column} = COALESCE({column}, '') || '.' WHERE number = 4")

    verdict = safety.verify_trail(context)
    assert (verdict.intact, verdict.first_broken, verdict.events) == (False, 4, 3)
    (found,) = safety.check(context)
    assert found.startswith("The trail is broken at event 4: ")


@pytest.mark.parametrize("number", [1, 4, 7])
def test_every_event_counts_the_first_and_the_last_too(tampered, number):
    assert safety.verify_trail(tampered(f"UPDATE event SET by = 'Eve' WHERE number = {number}")).first_broken == number


@pytest.mark.parametrize("number", [1, 4])
def test_an_event_that_was_taken_out_is_found_where_it_stood(tampered, number):
    context = tampered("PRAGMA foreign_keys = OFF", f"DELETE FROM event WHERE number = {number}")

    assert safety.verify_trail(context).first_broken == number


def test_events_in_another_order_are_found(tampered):
    swap = [
        "UPDATE event SET number = -number WHERE number IN (3, 4)",
        "UPDATE event SET number = 7 + number WHERE number < 0",
    ]

    assert safety.verify_trail(tampered(*swap)).first_broken == 3


CUT_OFF = ("DELETE FROM movement WHERE event_id = 7", "DELETE FROM event WHERE number = 7")


def beside(context):
    return context.store.file.with_name("batches.db.head")


def test_a_tail_that_was_cut_off_is_found_by_the_head_beside_the_file(tampered):
    context = tampered(*CUT_OFF)

    assert safety.verify_trail(context).first_broken == 7


def written_anew(theirs):
    """Forge an event, and give it and all that follow new hashes."""
    theirs.execute("UPDATE event SET by = 'Eve' WHERE number = 3")
    names = ", ".join(name for name in ("number", *COLUMNS))
    events, head = [], Head(0, audit.START)
    for row in theirs.execute(f"SELECT {names} FROM event ORDER BY number").fetchall():
        events.append(audit.bound(Event(**dict(zip(("number", *COLUMNS), row, strict=True))), head))
        head = Head(events[-1].number, events[-1].hash)
    for each in events:
        theirs.execute(
            "UPDATE event SET previous = ?, hash = ? WHERE number = ?", (each.previous, each.hash, each.number)
        )


@pytest.mark.parametrize(("how", "broken"), [(CUT_OFF, 7), ((written_anew,), 7)])
def test_what_a_kept_head_shows_outlasts_every_later_write_until_a_backup_is_put_back(tampered, tmp_path, how, broken):
    context = tampered(*how)
    evidence = beside(context).read_bytes()

    for _ in range(3):
        ledger.waste(context, "A1", 1, reason="dropped")

    assert beside(context).read_bytes() == evidence
    assert safety.verify_trail(context).first_broken == broken
    assert safety.check(context)[-1].startswith(f"The trail is broken at event {broken}: ")
    restoring.restore(context, tmp_path / "sound.db")
    ledger.waste(context, "A1", 1, reason="dropped")
    assert safety.check(context) == []


def test_a_backup_of_a_trail_that_was_cut_off_is_written_and_says_that_it_is_not_sound(tampered, tmp_path):
    context = tampered(*CUT_OFF)
    found = safety.check(context)

    done = safety.backup(context, tmp_path / "copy.db")

    assert done.findings == tuple(found)
    assert done.findings[-1].startswith("The trail is broken at event 7: ")
    assert done.broken().startswith(f"{tmp_path / 'copy.db'} was written, but it is not sound: Batch A1 shows 294")
    with closing(open_store(str(tmp_path / "copy.db"))) as copy:
        assert safety.verify_trail(at_work(copy)).first_broken == 7
    with pytest.raises(Refused, match="is not sound: Batch A1 shows 294"):
        restoring.restore(context, tmp_path / "copy.db")


def test_a_missing_head_is_told_and_does_not_come_back_as_if_it_had_been_there(tampered, tmp_path):
    context = tampered(*CUT_OFF)
    beside(context).unlink()

    verdict = safety.verify_trail(context)
    assert verdict.intact
    assert verdict.unchecked == safety.unchecked(context)
    assert "could not be checked: there is no file batches.db.head beside the database. Hold the" in verdict.unchecked
    for _ in range(2):
        ledger.waste(context, "A1", 1, reason="dropped")
    assert "after event 6 could not be checked: no head was beside" in safety.unchecked(context)
    safety.backup(context, tmp_path / "copy.db")
    with closing(open_store(str(tmp_path / "copy.db"))) as copy:
        assert "after event 6 could not be checked" in safety.unchecked(at_work(copy))
    restoring.restore(context, tmp_path / "sound.db")
    assert safety.unchecked(context) is None


def test_a_trail_with_its_head_from_its_first_event_on_has_nothing_to_tell(tampered):
    context = tampered()
    ledger.waste(context, "A1", 1, reason="dropped")

    assert (safety.unchecked(context), safety.verify_trail(context).unchecked) == (None, None)


def test_a_new_chain_that_fits_in_itself_is_found_by_the_head_too(filed, tmp_path):
    keep(filed, a_batch(lot="A1"))
    with closing(open_store(str(tmp_path / "forged.db"), create=True)) as forged:
        keep(at_work(forged, user="Eve"), a_batch(lot="A1"))
        assert safety.verify_trail(at_work(forged)).intact
    filed.store.close()
    filed.store.file.write_bytes((tmp_path / "forged.db").read_bytes())

    assert safety.verify_trail(filed).first_broken == 1


@pytest.mark.parametrize("content", ["", "{}", "[1]", '{"events": "x", "head": 1}', "\0"])
def test_a_head_that_cannot_be_read_accuses_nobody_and_is_told(tampered, content):
    context = tampered()
    beside(context).write_text(content)

    verdict = safety.verify_trail(context)
    assert verdict.intact
    assert "the file batches.db.head beside the database cannot be read" in verdict.unchecked


def test_a_sum_that_drifted_is_found_with_both_numbers(tampered):
    context = tampered("UPDATE batch SET on_hand = 300")

    assert safety.check(context) == ["Batch A1 shows 300 capsules on hand, and its ledger gives 294."]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE batch SET released = FALSE",
        "UPDATE batch SET destroyed = TRUE",
        "UPDATE batch SET place_id = NULL",
        "UPDATE batch SET recalled_id = 1",
    ],
)
def test_a_standing_that_drifted_is_found(tampered, statement):
    assert "Batch A1 shows another standing." in safety.check(tampered(statement))


def test_an_entry_that_was_taken_out_is_found(tampered):
    assert safety.check(tampered("DELETE FROM movement WHERE capsules < 0 AND id = 4")) == [
        "Batch A1 shows 294 capsules on hand, and its ledger gives 295.",
        "Event 3 tells of batch A1 (wasted), and its ledger does not.",
    ]


def test_a_batch_without_any_entry_is_found(tampered):
    gone = [f"Event {number} tells of batch A1 (wasted), and its ledger does not." for number in range(2, 8)]

    assert safety.check(tampered("DELETE FROM movement")) == ["Batch A1 has no entry in the ledger.", *gone]


def test_a_reference_to_nothing_is_found(tampered):
    context = tampered("PRAGMA foreign_keys = OFF", "UPDATE movement SET place_id = 77 WHERE id = 1")

    assert "Row 1 of movement points to a row of place that is not there" in safety.check(context)
