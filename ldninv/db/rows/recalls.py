"""Recalls, what each reached and how it was closed (R12)."""

from __future__ import annotations

from peewee import SQL, AutoField, BooleanField, ForeignKeyField, IntegerField, Model, TextField

from ldninv.db.rows.shelf import BatchRow, EventRow, MovementRow


class RecallRow(Model):
    """A recall, as it was opened (R12)."""

    id = AutoField()
    subject = TextField()
    component_key = TextField(null=True, index=True)
    names = TextField()
    reason = TextField()
    day = TextField()
    at = TextField()
    by = TextField()
    event = ForeignKeyField(EventRow, on_delete="RESTRICT", index=False)

    class Meta:
        table_name = "recall"


class RecallBatchRow(Model):
    """A batch that a recall reached, with the entry that recalled it."""

    movement = ForeignKeyField(MovementRow, primary_key=True, on_delete="RESTRICT")
    recall = ForeignKeyField(RecallRow, on_delete="RESTRICT")
    batch = ForeignKeyField(BatchRow, on_delete="RESTRICT")
    on_hand = IntegerField(constraints=[SQL("CHECK (on_hand >= 0)")])

    class Meta:
        table_name = "recall_batch"


class RecallClosedRow(Model):
    """How a recall ended."""

    recall = ForeignKeyField(RecallRow, primary_key=True, on_delete="RESTRICT")
    note = TextField()
    returned = IntegerField()
    at = TextField()
    by = TextField()
    event = ForeignKeyField(EventRow, on_delete="RESTRICT", index=False)
    taken_back = BooleanField(default=False, constraints=[SQL("DEFAULT FALSE")])

    class Meta:
        table_name = "recall_closed"
