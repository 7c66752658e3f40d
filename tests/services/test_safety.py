"""What goes wrong behind the program's back is found, and named."""

import sqlite3
from contextlib import closing

import pytest

from builders import a_batch, at_work, keep
from ldninv.db import open_store
from ldninv.services import ledger, safety

COLUMNS = ("at", "by", "workstation", "action", "subject", "before", "after", "reason", "previous", "hash")


@pytest.fixture
def tampered(filed):
    """Let somebody who knows SQLite work on a file of seven events behind the program's back; then look."""
    keep(filed, a_batch(lot="A1"))
    for number in range(6):
        ledger.waste(filed, "A1", 1, reason=f"dropped {number}")
    filed.store.close()

    def tamper(*statements):
        with closing(sqlite3.connect(filed.store.name, isolation_level=None)) as theirs:
            for trigger in ("event_no_update", "event_no_delete", "movement_no_update", "movement_no_delete"):
                theirs.execute(f"DROP TRIGGER {trigger}")
            for statement in statements:
                theirs.execute(statement)
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
    assert safety.check(context) == ["The trail is broken at event 4."]


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


def test_a_tail_that_was_cut_off_is_found_by_the_head_beside_the_file(tampered):
    context = tampered("DELETE FROM movement WHERE event_id = 7", "DELETE FROM event WHERE number = 7")

    assert safety.verify_trail(context).first_broken == 7
    context.store.file.with_name("batches.db.head").unlink()
    assert safety.verify_trail(context).intact


def test_a_new_chain_that_fits_in_itself_is_found_by_the_head_too(filed, tmp_path):
    keep(filed, a_batch(lot="A1"))
    with closing(open_store(str(tmp_path / "forged.db"), create=True)) as forged:
        keep(at_work(forged, user="Eve"), a_batch(lot="A1"))
        assert safety.verify_trail(at_work(forged)).intact
    filed.store.close()
    filed.store.file.write_bytes((tmp_path / "forged.db").read_bytes())

    assert safety.verify_trail(filed).first_broken == 1


@pytest.mark.parametrize("content", ["", "{}", "[1]", '{"events": "x", "head": 1}', "\0"])
def test_a_head_that_cannot_be_read_accuses_nobody(tampered, content):
    context = tampered()
    context.store.file.with_name("batches.db.head").write_text(content)

    assert safety.verify_trail(context).intact


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
    assert safety.check(tampered(statement)) == ["Batch A1 shows another standing."]


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
