"""The schema: made by its steps, as the rows say, and unwilling to change a fact."""

import re
import sqlite3
from datetime import date
from pathlib import Path

import pytest
from peewee import IntegrityError, SqliteDatabase
from playhouse.schema_diff import diff_models

from builders import TODAY, a_batch, dump, keep
from ldninv.db import rows, upgrade
from ldninv.domain.amounts import amount
from ldninv.domain.entries import Decision, Disposal
from ldninv.domain.expiry import ONE_YEAR, USP_795, ComponentLot
from ldninv.domain.formulas import Formula
from ldninv.domain.goods import Delivery, Product
from ldninv.domain.making import Recipe
from ldninv.domain.quality import Checks
from ldninv.domain.quantities import Strength
from ldninv.domain.record import Worksheet
from ldninv.services import formulas, goods, making, policies, standing
from ldninv.services.storage import daily, deciding, loggers, looking
from rooms import a_room, brought

FACTS = ("movement", "event", "component", "disposal", "rx")


@pytest.fixture
def kept(context):
    keep(context, a_batch(components=(ComponentLot("MCC", "MC1"),)))
    with context.store.transaction() as work:
        work.disposals.append(1, Disposal(method="incinerated"))
        work.prescriptions.append(1, "RX-1")
    return context.store


@pytest.fixture
def written(context):
    """A batch with all that the bench writes of one."""
    formula = formulas.approve(context, Formula(number="F", name="N", strength=Strength(4500))).formula
    recipe = Recipe(
        strength=Strength(4500), prepared=TODAY, made=300, policy=ONE_YEAR,
        components=(ComponentLot("MCC", "MC1", date(2028, 1, 1)),), worksheet=Worksheet(planned=300, formula=formula),
    )  # fmt: skip
    lot = making.make(context, recipe).posted.lot
    standing.release(context, lot, Checks(appearance="ok"))
    policies.approve(context, USP_795)
    policies.read_anew(context, "MC1", date(2027, 1, 1), reason="the supplier wrote")
    policies.decide(context, lot, policies.Decision.KEEP, reason="a study of our own")
    return context.store


def refused(store, statement, words):
    """Run `statement` as a clumsy person with a database tool would, and expect it to be refused whole."""
    before = dump(store)
    with pytest.raises(IntegrityError, match=words), store.transaction() as work:
        work.database.execute_sql(statement)
    assert dump(store) == before


def test_the_steps_make_just_the_tables_that_the_rows_describe(store):
    with store.reading() as work:
        difference = diff_models(work.database, rows.ALL)

    assert not difference, str(difference)


def test_the_steps_and_the_rows_agree_on_types_defaults_and_constraints_too(store):
    asked = "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name != 'schema_step'"
    by_rows = SqliteDatabase(":memory:")
    with by_rows.bind_ctx(rows.ALL):
        by_rows.create_tables(rows.ALL)
    with store.reading() as work:
        by_steps = set(work.database.execute_sql(asked))

    assert by_steps == set(by_rows.execute_sql(asked))
    by_rows.close()


def test_the_steps_are_numbered_without_a_gap_and_recorded(store):
    names = sorted(path.stem for path in Path(upgrade.STEPS).glob("*.py"))
    with store.reading() as work:
        recorded = upgrade.runner(work.database).applied()

    assert sorted(recorded) == names
    assert [int(re.match(r"\d+", name)[0]) for name in names] == list(range(1, len(names) + 1))


@pytest.mark.parametrize("table", FACTS)
def test_a_fact_is_never_updated_deleted_or_replaced(kept, table):
    words = "a fact is appended, never changed"

    column = {"movement": "day", "event": "reason", "component": "lot", "disposal": "method", "rx": "number"}[table]
    refused(kept, f"UPDATE {table} SET {column} = 'x'", words)
    refused(kept, f"DELETE FROM {table}", words)
    refused(kept, f"REPLACE INTO {table} SELECT * FROM {table} LIMIT 1", words)
    refused(kept, f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}", words)


MADE_ONCE = [
    "lot", "lot_key", "strength", "form", "prepared", "expires", "decided_by", "decided_rule", "made", "filler",
    "container", "capsule_size", "made_by", "verified_by", "policy", "event_id", "first_expires", "first_decided_by",
    "first_decided_rule",
]  # fmt: skip


@pytest.mark.parametrize("column", MADE_ONCE)
def test_what_was_made_is_never_changed(kept, column):
    refused(kept, f"UPDATE batch SET {column} = {column}", "what was made is never changed")


def test_every_column_of_a_batch_is_made_once_or_kept_by_the_ledger(store):
    with store.reading() as work:
        columns = {each.name for each in work.database.get_columns("batch")}

    by_ledger = {"on_hand", "place_id", "released", "destroyed"}
    by_ledger |= {"returned", "quarantined_id", "rejected_id", "recalled_id", "held_id"}
    by_ledger |= {"storage", "review"}  # by the appended rows of batch_storage
    assert columns == {"id", *MADE_ONCE} | by_ledger


SHORTER = "INSERT INTO movement SELECT NULL, batch_id, 'decided', 0, day, at, by, 'warm', NULL, NULL, NULL, NULL, "


def test_a_date_moves_with_an_entry_that_shortens_it_and_to_no_other_day(kept):
    with kept.transaction() as work:
        work.database.execute_sql(f"{SHORTER} event_id, 0, '2026-01-15', 'shorten' FROM movement LIMIT 1")

    with kept.reading() as work:
        row = "SELECT expires, decided_by, decided_rule, first_expires, first_decided_by FROM batch"
        assert work.database.execute_sql(row).fetchone() == (
            "2026-01-15", "pharmacist", "shortened: warm", "2026-03-01", "policy",
        )  # fmt: skip
    for expires in ("2026-01-14", "2026-01-15", "2026-03-01", "2027-01-01", "x"):
        refused(kept, f"UPDATE batch SET expires = '{expires}'", "what was made is never changed")
    refused(kept, "UPDATE batch SET first_expires = '2030-01-01'", "what was made is never changed")
    refused(kept, "UPDATE batch SET first_expires = NULL, first_decided_by = NULL", "what was made is never changed")


@pytest.mark.parametrize("expires", ["2026-03-01", "2026-03-02", "2030-01-01"])
def test_an_entry_that_would_lengthen_a_date_is_not_kept(kept, expires):
    entry = f"{SHORTER} event_id, 0, '{expires}', 'shorten' FROM movement LIMIT 1"
    refused(kept, entry, "what was made is never changed")


@pytest.mark.parametrize(("capsules", "returned"), [(-1, -1), (0, 301), (0, -1), (-300, 1)])
def test_what_came_back_is_never_below_nothing_nor_above_what_is_there(kept, capsules, returned):
    entry = (
        "INSERT INTO movement SELECT NULL, batch_id, 'counted', {}, day, at, by, NULL, NULL, NULL, NULL, NULL, event_id"
    )
    refused(kept, f"{entry.format(capsules)}, {returned}, NULL, NULL FROM movement LIMIT 1", "CHECK constraint failed")


def test_a_batch_is_never_deleted_nor_replaced(kept):
    refused(kept, "DELETE FROM batch", "a batch outlives its stock")
    refused(kept, "REPLACE INTO batch SELECT * FROM batch", "a fact is appended, never changed")


def test_the_database_itself_keeps_the_ledger_from_going_below_zero(kept):
    taken = "INSERT INTO movement SELECT NULL, batch_id, 'dispensed', -301, day, at, by, NULL, NULL, NULL, NULL, NULL, "
    refused(kept, f"{taken} event_id, 0, NULL, NULL FROM movement LIMIT 1", "CHECK constraint failed: on_hand >= 0")
    refused(kept, "UPDATE batch SET on_hand = -1", "CHECK constraint failed: on_hand >= 0")


@pytest.mark.usefixtures("kept")
def test_a_lot_is_there_once_without_case(context):
    with pytest.raises(sqlite3.IntegrityError, match=r"UNIQUE constraint failed: batch\.lot_key"):
        keep(context, a_batch(lot="ldn250301001t"))


def test_an_entry_belongs_to_a_batch_an_event_and_a_place(kept):
    columns = "SELECT NULL, {batch}, kind, 0, day, at, by, NULL, NULL, {place}, NULL, NULL, {event}, 0, NULL, NULL"
    for batch, place, event in ((99, 1, 1), (1, 99, 1), (1, 1, 99)):
        facts = columns.format(batch=batch, place=place, event=event)
        refused(kept, f"INSERT INTO movement {facts} FROM movement LIMIT 1", "FOREIGN KEY constraint failed")


BENCH = {
    "formula": "steps", "batch_record": "note", "quality": "appearance", "policy": "policy",
    "component_date": "expires", "date_kept": "rule",
}  # fmt: skip


@pytest.mark.parametrize(("table", "column"), BENCH.items())
def test_a_version_of_what_the_bench_wrote_is_never_updated_deleted_or_replaced(written, table, column):
    words = "a fact is appended, never changed"

    refused(written, f"UPDATE {table} SET {column} = 'x'", words)
    refused(written, f"DELETE FROM {table}", words)
    refused(written, f"REPLACE INTO {table} SELECT * FROM {table} LIMIT 1", words)


@pytest.mark.parametrize("table", ["formula", "batch_record"])
def test_a_version_is_there_once(written, table):
    with written.reading() as work:
        columns = ", ".join(each.name for each in work.database.get_columns(table) if each.name != "id")

    for verb in ("INSERT INTO", "REPLACE INTO"):
        refused(written, f"{verb} {table} ({columns}) SELECT {columns} FROM {table}", "appended, never changed")


@pytest.fixture
def bought(context):
    """Goods that were received under a barcode."""
    product = Product(name="MCC", supplier="Sample Fillers")
    delivery = Delivery(product=product, lot="MC1", amount=amount("5", "kg"), code="00347335326833")
    goods.receive(context, delivery)
    return context.store


GOODS = {"product": "supplier", "alias": "text", "goods": "expires", "goods_movement": "day"}


@pytest.mark.parametrize(("table", "column"), GOODS.items())
def test_what_was_bought_is_never_updated_deleted_or_replaced(bought, table, column):
    words = "a fact is appended, never changed"

    refused(bought, f"UPDATE {table} SET {column} = 'x'", words)
    refused(bought, f"DELETE FROM {table}", words)
    refused(bought, f"REPLACE INTO {table} SELECT * FROM {table} LIMIT 1", words)


@pytest.mark.parametrize("table", ["product", "goods"])
def test_a_product_and_a_received_lot_are_there_once(bought, table):
    with bought.reading() as work:
        columns = ", ".join(each.name for each in work.database.get_columns(table) if each.name != "id")

    refused(bought, f"INSERT INTO {table} ({columns}) SELECT {columns} FROM {table}", "appended, never changed")


@pytest.fixture
def recorded(context):
    """A breach that was brought in from a logger's file and decided on, and a thermometer that was read."""
    keep(context, a_batch(lot="OLD-1", prepared=date(2026, 9, 1), beyond_use=date(2027, 9, 1)))
    brought(context, a_room(hours=24, t41=(5, 9)))
    event = looking.events(context, waiting=True)[0].happening.id
    deciding.decide(context, event, {"OLD-1": deciding.Choice(Decision.KEEP)}, reason="short")
    loggers.calibrate(context, "Room 1", TODAY)
    daily.read(context, "Shelf A", lowest=20, highest=24)
    return context.store


STORAGE = {
    "logger": "zone", "watch": "since", "calibration": "day", "logger_file": "name", "reading_block": "last",
    "daily_reading": "note", "happening": "kind", "touch": "start", "storage_decision": "reason",
    "batch_storage": "level",
}  # fmt: skip


@pytest.mark.parametrize(("table", "column"), STORAGE.items())
def test_what_was_recorded_of_storage_is_never_updated_deleted_or_replaced(recorded, table, column):
    with recorded.reading() as work:
        assert work.database.execute_sql(f"SELECT count(*) FROM {table}").fetchone()[0]
    words = "a fact is appended, never changed"

    refused(recorded, f"UPDATE {table} SET {column} = 'x'", words)
    refused(recorded, f"DELETE FROM {table}", words)
    replaced = f"{words}|a logger has one reading at a moment"  # whichever trigger speaks first
    refused(recorded, f"REPLACE INTO {table} SELECT * FROM {table} LIMIT 1", replaced)
