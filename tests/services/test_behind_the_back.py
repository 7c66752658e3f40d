"""Whatever is changed behind the program's back, in whichever table and column, `check` finds it and names it (R28)."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from datetime import date, datetime, timedelta

import pytest
from peewee import BlobField, BooleanField, FloatField, ForeignKeyField, IntegerField, IntegrityError

from builders import at_work
from ldninv.db import Store, sqlite
from ldninv.db.address import MEMORY
from ldninv.db.rows import ALL, EventRow
from ldninv.domain.refusal import Damaged
from ldninv.services import batches, safety
from whole_life import LIST, listed, live

pytestmark = pytest.mark.needs_qt

EXEMPT = {
    ("rx", "number"): "a prescription's number is never in the trail (R29)",
    ("rx", "movement_id"): "which entry carries a prescription's number is never in the trail either (R29)",
    ("person", "badge"): "the trail keeps that there is a badge, never which",
    ("person", "failures"): "wrong tries come and go; each is an event of its own",
    ("person", "failed_at"): "wrong tries come and go; each is an event of its own",
    ("reading_block", "layer"): "where there was room; readings are read in the order of time",
    ("batch_storage", "batch_id"): "an earlier word on a batch; the last one is recounted",
    ("batch_storage", "event_id"): "with which verb it came; what it says is recounted",
} | dict.fromkeys(
    [(table, "id") for table in ("component_date", "date_kept", "watch", "calibration", "reading_block")],
    "a number by which nothing is found and nothing is named",
)
"""What means something and is not held against the trail, each with why."""

OTHERS = {
    "kind": ("dispensed", "wasted", "released", "shelf", "used", "counted", "above-30"),
    "light": ("open", "dark"),
    "decision": ("keep", "discard"),
    "decided_by": ("component", "policy"),
    "first_decided_by": ("component", "policy"),
    "container": ("clear", "light-resistant"),
    "role": ("admin", "pharmacist"),
    "meaning": ("disposed", "released"),
    "level": ("in-range", "spike"),
    "storage": ("in-range", "spike"),
    "effect": ("recorded", "review"),
    "aspect": ("gap", "day"),
    "measure": ("pieces", "volume"),
    "profile": ("refrigerator", "crt"),
    "zone": ("UTC", "Europe/Paris"),
}
"""Values that could be there, for the columns that take a word of a few."""

COLUMNS = [
    (table, field.column_name)
    for table in ALL
    if table is not EventRow  # the chain's own tests change every byte of an event
    for field in table._meta.sorted_fields
    if (table._meta.table_name, field.column_name) not in EXEMPT
]


@pytest.fixture(scope="module")
def lived(tmp_path_factory):
    """The bytes of a small pharmacy in which everything happened once."""
    store = Store(sqlite.connect(MEMORY), MEMORY)
    content = _empty()
    store._database.connection().deserialize(content)
    context = at_work(store)
    live(context)
    path = tmp_path_factory.mktemp("list") / "old.csv"
    path.write_text(LIST)
    listed(context, path)
    yield store._database.connection().serialize()
    store.close()


def _empty():
    from builders import _empty as made

    return made()


@pytest.fixture
def touched(lived):
    """A context on a copy of it, in which nothing keeps anybody from changing a row."""
    database = sqlite.connect(MEMORY)
    database.connection().deserialize(lived)
    for (name,) in database.execute_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        database.execute_sql(f'DROP TRIGGER "{name}"')
    database.execute_sql("PRAGMA foreign_keys = OFF")
    store = Store(database, MEMORY)
    yield at_work(store)
    store.close()


def another(field, value, values):  # noqa: PLR0911 - one answer for each kind of column
    """Return what somebody who knows the program would write there instead."""
    name = field.column_name
    if isinstance(field, BlobField):
        return [bytes(value)[:-1] + bytes([bytes(value)[-1] ^ 1])]
    if isinstance(field, ForeignKeyField) or name.endswith("_id"):
        return [next(number for number in (2, 1) if number != value)]
    if isinstance(field, BooleanField):
        return [not value]
    if isinstance(field, IntegerField | FloatField):
        return [(value or 0) + 1]
    if name in OTHERS:
        return [next(word for word in OTHERS[name] if word != value)]
    for read, more in ((date.fromisoformat, timedelta(days=1)), (datetime.fromisoformat, timedelta(hours=1))):
        with suppress(ValueError, TypeError):
            return [(read(value) + more).isoformat()]
    return [f"{value or ''}x", *[each for each in values if each not in {None, value}][:1]]


def chosen(rows, at, table, column):
    """Return a row with a value and one without, and of the ledger one of each kind."""
    found = {}
    for key, *row in rows:
        kind = row[2] if table == "movement" and column in {"place_id", "day", "reason", "capsules"} else None
        found.setdefault((row[at] is None, kind), (key, row[at]))
    return list(found.values())


def changes(database, table, field):
    """Yield each row and value that a column is tried with: what somebody who knows the program would write."""
    name, fields = table._meta.table_name, table._meta.sorted_fields
    columns = ", ".join(f'"{each.column_name}"' for each in fields)
    rows = database.execute_sql(f'SELECT rowid, {columns} FROM "{name}"').fetchall()
    assert rows, f"nothing happened in the life of tests that leaves a row in {name}"
    at = next(number for number, each in enumerate(fields) if each is field)  # a field's == makes a query
    values = list(dict.fromkeys(row[1 + at] for row in rows))
    for key, value in chosen(rows, at, name, field.column_name):
        for new in another(field, value, values):
            yield key, new


@pytest.mark.parametrize(
    ("table", "column"), COLUMNS, ids=lambda each: each if isinstance(each, str) else each.__name__
)
def test_a_value_that_was_changed_is_found(touched, table, column):
    database, name = touched.store._database, table._meta.table_name
    field = next(each for each in table._meta.sorted_fields if each.column_name == column)
    unseen = []
    for key, new in changes(database, table, field):
        with database.atomic() as step:
            with suppress(IntegrityError, sqlite3.IntegrityError):
                database.execute_sql(f'UPDATE "{name}" SET "{column}" = ? WHERE rowid = ?', (new, key))
                if not safety.check(touched):
                    unseen.append((key, new))
            step.rollback()
    assert unseen == []


SPOILT = [
    ("movement", "kind", "wastex"),
    ("movement", "batch_id", 99),
    ("movement", "decision", "x"),
    ("movement", "expires", "soon"),
    ("movement", "capsules", "many"),
    ("setting", "value", "0"),
    ("signature", "meaning", "x"),
    ("quality", "weights", "heavy"),
    ("quality", "limits", "[]"),
    ("batch_record", "prepared_at", "noon"),
    ("batch_record", "assay", "2"),
    ("batch_record", "water", "wet"),
    ("batch", "decided_by", "x"),
    ("batch", "container", "x"),
    ("batch", "policy", "{}"),
    ("batch", "storage", "x"),
    ("batch", "lot", b"\xff"),
    ("formula", "container", "x"),
    ("formula", "ingredients", "[1]"),
    ("person", "role", "x"),
    ("reading_block", "body", b"x"),
    ("issued_report", "week", "x"),
]


@pytest.mark.parametrize(("table", "column", "value"), SPOILT)
def test_what_cannot_be_understood_is_named_and_is_no_traceback(touched, table, column, value):
    touched.store._database.execute_sql(f'UPDATE "{table}" SET "{column}" = ?', (value,))

    found = safety.check(touched)

    assert any(table in said and "\n" not in said for said in found), found


def test_an_ordinary_question_over_such_a_row_is_answered_in_one_sentence(touched):
    touched.store._database.execute_sql("UPDATE movement SET kind = 'wastex' WHERE id = 9")

    with pytest.raises(Damaged, match=r"Row 9 of movement cannot be understood \(kind: 'wastex'\)\. Nothing was"):
        batches.card(touched, "LDN2610120011")


def test_the_same_pharmacy_untouched_is_sound(touched):
    assert safety.check(touched) == []


def test_every_exemption_is_a_column_that_there_is():
    there = {(table._meta.table_name, field.column_name) for table in ALL for field in table._meta.sorted_fields}
    assert EXEMPT.keys() <= there
