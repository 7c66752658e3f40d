"""Recalls with their batches and how each was closed; the trail by day and by person. Frozen."""

from peewee import SQL, AutoField, ForeignKeyField, IntegerField, Model, TextField

from ldninv.db import triggers


def up(migrator, db):  # noqa: ANN001, ANN201, ARG001
    class Event(Model):
        number = AutoField()

        class Meta:
            database = db
            table_name = "event"

    class Batch(Model):
        class Meta:
            database = db
            table_name = "batch"

    class Movement(Model):
        class Meta:
            database = db
            table_name = "movement"

    class Recall(Model):
        subject = TextField()
        component_key = TextField(null=True, index=True)
        names = TextField()
        reason = TextField()
        day = TextField()
        at = TextField()
        by = TextField()
        event = ForeignKeyField(Event, on_delete="RESTRICT", index=False)

        class Meta:
            database = db
            table_name = "recall"

    class RecallBatch(Model):
        movement = ForeignKeyField(Movement, primary_key=True, on_delete="RESTRICT")
        recall = ForeignKeyField(Recall, on_delete="RESTRICT")
        batch = ForeignKeyField(Batch, on_delete="RESTRICT")
        on_hand = IntegerField(constraints=[SQL("CHECK (on_hand >= 0)")])

        class Meta:
            database = db
            table_name = "recall_batch"

    class RecallClosed(Model):
        recall = ForeignKeyField(Recall, primary_key=True, on_delete="RESTRICT")
        note = TextField()
        returned = IntegerField()
        at = TextField()
        by = TextField()
        event = ForeignKeyField(Event, on_delete="RESTRICT", index=False)

        class Meta:
            database = db
            table_name = "recall_closed"

    db.create_tables([Recall, RecallBatch, RecallClosed])
    db.execute_sql('CREATE INDEX "event_at" ON "event" ("at")')
    db.execute_sql('CREATE INDEX "event_by" ON "event" ("by")')
    for statement in triggers.TRIGGERS_7:
        db.execute_sql(statement)
