"""Recalls as they are kept: facts like the ledger, bound to their event, and held against it by the check."""

import pytest
from peewee import IntegrityError

from builders import TODAY, a_batch, dump, keep
from ldninv.domain.expiry import ComponentLot
from ldninv.services import recall, safety

TABLES = ("recall", "recall_batch", "recall_closed")
WORDS = "a fact is appended, never changed"


@pytest.fixture
def recalled(context):
    """A component lot that was recalled from two batches, and the recall closed."""
    keep(
        context, *(a_batch(lot=lot, beyond_use=TODAY, components=(ComponentLot("MCC", "M1"),)) for lot in ("A1", "A2"))
    )
    recall.open_recall(context, component="M1", reason="letter")
    recall.close(context, 1, note="all called")
    return context


def refused(store, statement, words=WORDS):
    before = dump(store)
    with pytest.raises(IntegrityError, match=words), store.transaction() as work:
        work.database.execute_sql(statement)
    assert dump(store) == before


@pytest.mark.parametrize("table", TABLES)
def test_a_recall_is_never_updated_deleted_or_replaced(recalled, table):
    key = {"recall": "id", "recall_batch": "movement_id", "recall_closed": "recall_id"}[table]

    refused(recalled.store, f"UPDATE {table} SET {key} = {key}")
    refused(recalled.store, f"DELETE FROM {table}")
    refused(recalled.store, f"REPLACE INTO {table} SELECT * FROM {table} LIMIT 1")


def test_a_recall_belongs_to_an_event_and_its_batches_to_entries(recalled):
    refused(recalled.store, "INSERT INTO recall_batch VALUES (99, 1, 1, 0)", "FOREIGN KEY constraint failed")
    refused(recalled.store, "INSERT INTO recall_batch VALUES (1, 99, 1, 0)", "FOREIGN KEY constraint failed")
    refused(recalled.store, "INSERT INTO recall_batch VALUES (1, 1, 1, -1)", "CHECK constraint failed")


def test_a_batch_that_is_slipped_into_a_recall_or_out_of_it_is_found(recalled):
    assert safety.check(recalled) == []
    with recalled.store.transaction() as work:
        work.database.execute_sql("DROP TRIGGER movement_no_update")
        work.database.execute_sql("UPDATE movement SET batch_id = 1 WHERE kind = 'recalled'")

    assert "The batches recalled for M1 are not those that event 2 says." in safety.check(recalled)


def test_recalls_of_a_batch_are_found_by_it(recalled):
    with recalled.store.reading() as work:
        kept = work.batches.by_lot("A2")
        (found,) = work.recalls.of_batch(kept.batch.id)
        assert (found.number, found.names, found.closed.note) == (1, ("MCC",), "all called")
        assert work.recalls.of_batch(99) == []
