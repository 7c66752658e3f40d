"""Issued reports, kept with their data and their pages. Frozen."""

from peewee import AutoField, BlobField, ForeignKeyField, IntegerField, Model, TextField

from ldninv.db import triggers


def up(migrator, db):  # noqa: ANN001, ANN201, ARG001
    class Event(Model):
        number = AutoField()

        class Meta:
            database = db
            table_name = "event"

    class IssuedReport(Model):
        week = TextField()
        as_of = TextField(index=True)
        at = TextField()
        by = TextField()
        data_sha256 = TextField()
        pdf_sha256 = TextField()
        head_events = IntegerField()
        head_hash = TextField()
        event = ForeignKeyField(Event, on_delete="RESTRICT", unique=True)
        data = BlobField()
        pdf = BlobField()

        class Meta:
            database = db
            table_name = "issued_report"

    db.create_tables([IssuedReport])
    for statement in triggers.TRIGGERS_ISSUED:
        db.execute_sql(statement)
