"""People with every name they had, and signatures. Frozen."""

from peewee import SQL, BooleanField, ForeignKeyField, IntegerField, Model, TextField

from ldninv.db import triggers


def up(migrator, db):  # noqa: ANN001, ANN201, ARG001
    class Event(Model):
        number = IntegerField(primary_key=True)

        class Meta:
            database = db
            table_name = "event"

    class Person(Model):
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
        event = ForeignKeyField(Event, on_delete="RESTRICT", index=False)

        class Meta:
            database = db
            table_name = "person"

    class PersonName(Model):
        name_key = TextField(primary_key=True)
        name = TextField()
        person = ForeignKeyField(Person, on_delete="RESTRICT")
        event = ForeignKeyField(Event, on_delete="RESTRICT", index=False)

        class Meta:
            database = db
            table_name = "person_name"

    class Signature(Model):
        person = ForeignKeyField(Person, on_delete="RESTRICT", index=False)
        name = TextField()
        at = TextField()
        meaning = TextField()
        subject = TextField(index=True)
        digest = TextField()
        event = ForeignKeyField(Event, on_delete="RESTRICT", unique=True)
        about = ForeignKeyField(Event, on_delete="RESTRICT", null=True)

        class Meta:
            database = db
            table_name = "signature"

    db.create_tables([Person, PersonName, Signature])
    for statement in triggers.TRIGGERS_4:
        db.execute_sql(statement)
