"""The tables as they are now. They are never bound to a database: every query says on which one it runs.

Days are ISO text, instants ISO text with offset, masses whole micrograms. The columns of `BatchRow` from `on_hand` on
are kept by the database itself, by a trigger on `MovementRow` in the same transaction; `check` recounts them (R10).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from peewee import (
    SQL,
    AutoField,
    BooleanField,
    Database,
    ForeignKeyField,
    IntegerField,
    Model,
    TextField,
)


class PlaceRow(Model):
    """Where batches stand."""

    id = AutoField()
    name = TextField()
    name_key = TextField(unique=True)
    kind = TextField()
    light = TextField()

    class Meta:
        table_name = "place"


class EventRow(Model):
    """The trail (R28)."""

    number = AutoField()
    at = TextField()
    by = TextField()
    workstation = TextField()
    action = TextField(index=True)
    subject = TextField(index=True)
    before = TextField(null=True)
    after = TextField(null=True)
    reason = TextField(null=True)
    previous = TextField()
    hash = TextField()

    class Meta:
        table_name = "event"


class BatchRow(Model):
    """What was made, and what its ledger makes of it."""

    id = AutoField()
    lot = TextField()
    lot_key = TextField(unique=True)
    strength = IntegerField()
    form = TextField()
    prepared = TextField()
    expires = TextField()
    decided_by = TextField()
    decided_rule = TextField()
    made = IntegerField()
    filler = TextField(null=True)
    container = TextField(null=True)
    capsule_size = TextField(null=True)
    made_by = TextField(null=True)
    verified_by = TextField(null=True)
    policy = TextField(null=True)
    event = ForeignKeyField(EventRow, on_delete="RESTRICT", index=False)

    on_hand = IntegerField(default=0, constraints=[SQL("DEFAULT 0"), SQL("CHECK (on_hand >= 0)")])
    place = ForeignKeyField(PlaceRow, null=True, on_delete="RESTRICT")
    released = BooleanField(default=False, constraints=[SQL("DEFAULT FALSE")])
    destroyed = BooleanField(default=False, constraints=[SQL("DEFAULT FALSE")])
    quarantined_id = IntegerField(null=True)
    rejected_id = IntegerField(null=True)
    recalled_id = IntegerField(null=True)
    held_id = IntegerField(null=True)

    class Meta:
        table_name = "batch"
        indexes = ((("expires", "prepared", "lot"), False), (("strength", "on_hand", "expires"), False))


BatchRow.add_index(
    BatchRow.index(
        BatchRow.expires, BatchRow.prepared, BatchRow.lot, where=BatchRow.on_hand > SQL("0"), name="batch_in_stock"
    )
)


class ComponentRow(Model):
    """A lot that went into a batch."""

    id = AutoField()
    batch = ForeignKeyField(BatchRow, on_delete="RESTRICT")
    name = TextField()
    supplier = TextField()
    lot = TextField()
    lot_key = TextField(index=True)
    expires = TextField(null=True)
    amount = TextField()

    class Meta:
        table_name = "component"


class MovementRow(Model):
    """The ledger: one fact about one batch a row."""

    id = AutoField()
    batch = ForeignKeyField(BatchRow, on_delete="RESTRICT", index=False)
    kind = TextField()
    capsules = IntegerField()
    day = TextField()
    at = TextField()
    by = TextField()
    reason = TextField(null=True)
    days_supply = IntegerField(null=True)
    place = ForeignKeyField(PlaceRow, null=True, on_delete="RESTRICT", index=False)
    note = TextField(null=True)
    voids = IntegerField(null=True)
    event = ForeignKeyField(EventRow, on_delete="RESTRICT", index=False)

    class Meta:
        table_name = "movement"
        indexes = ((("batch", "kind", "capsules"), False), (("kind", "day"), False))


MovementRow.add_index(
    MovementRow.index(MovementRow.voids, where=MovementRow.voids.is_null(is_null=False), name="movement_voids")
)


class SettingRow(Model):
    """What the pharmacy set."""

    key = TextField(primary_key=True)
    value = TextField()

    class Meta:
        table_name = "setting"


ALL = (PlaceRow, EventRow, BatchRow, ComponentRow, MovementRow, SettingRow)


def insert(table: type[Model], rows: Sequence[Mapping[str, Any]], database: Database) -> None:
    """Insert many rows with the same keys (fields by their column's name) through one prepared statement.

    Ten times as fast as a query built for every hundred rows, which a long list feels.
    """
    if not rows:
        return
    columns = list(rows[0])
    names = ", ".join(f'"{column}"' for column in columns)
    marks = ", ".join(database.param for _ in columns)
    statement = f'INSERT INTO "{table._meta.table_name}" ({names}) VALUES ({marks})'  # noqa: S608, SLF001 - our own names
    database.cursor().executemany(statement, [tuple(row[column] for column in columns) for row in rows])
