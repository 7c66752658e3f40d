"""People, every name they ever had, and what they signed (R8)."""

from __future__ import annotations

from peewee import SQL, AutoField, BooleanField, ForeignKeyField, IntegerField, Model, TextField

from ldninv.db.rows.shelf import EventRow


class PersonRow(Model):
    """Who works here, or did. May be updated; each change has its event in the trail."""

    id = AutoField()
    name = TextField()
    name_key = TextField(unique=True)
    role = TextField()
    pin = TextField()
    pin_set = IntegerField()
    pin_given = BooleanField(default=False, constraints=[SQL("DEFAULT FALSE")])
    badge = TextField(null=True, unique=True)
    retired = BooleanField(default=False, constraints=[SQL("DEFAULT FALSE")])
    failures = IntegerField(default=0, constraints=[SQL("DEFAULT 0"), SQL("CHECK (failures >= 0)")])
    failed_at = TextField(null=True)
    event = ForeignKeyField(EventRow, on_delete="RESTRICT", index=False)

    class Meta:
        table_name = "person"


class PersonNameRow(Model):
    """Every name a person ever had; none is given to another."""

    name_key = TextField(primary_key=True)
    name = TextField()
    person = ForeignKeyField(PersonRow, on_delete="RESTRICT")
    event = ForeignKeyField(EventRow, on_delete="RESTRICT", index=False)

    class Meta:
        table_name = "person_name"


class SignatureRow(Model):
    """Who stood for what."""

    id = AutoField()
    person = ForeignKeyField(PersonRow, on_delete="RESTRICT", index=False)
    name = TextField()
    at = TextField()
    meaning = TextField()
    subject = TextField(index=True)
    digest = TextField()
    event = ForeignKeyField(EventRow, on_delete="RESTRICT", unique=True)
    about = ForeignKeyField(EventRow, on_delete="RESTRICT", null=True)

    class Meta:
        table_name = "signature"
