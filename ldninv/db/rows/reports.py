"""Reports that were issued, with all that they said (R25)."""

from __future__ import annotations

from peewee import AutoField, BlobField, ForeignKeyField, IntegerField, Model, TextField

from ldninv.db.rows.shelf import EventRow


class IssuedReportRow(Model):
    """An issued report: what it says as JSON, and its pages as PDF. What is long stands last."""

    id = AutoField()
    week = TextField()
    as_of = TextField(index=True)
    at = TextField()
    by = TextField()
    data_sha256 = TextField()
    pdf_sha256 = TextField()
    head_events = IntegerField()
    head_hash = TextField()
    event = ForeignKeyField(EventRow, on_delete="RESTRICT", unique=True)
    data = BlobField()
    pdf = BlobField()

    class Meta:
        table_name = "issued_report"
