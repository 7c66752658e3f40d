"""Batch records, quality results, master formulas, policies, component dates read anew. Frozen."""

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

    class Formula(Model):
        number = TextField()
        number_key = TextField()
        version = IntegerField()
        name = TextField()
        strength = IntegerField()
        form = TextField()
        capsule_size = TextField(null=True)
        filler = TextField(null=True)
        container = TextField(null=True)
        fill = IntegerField(null=True)
        ingredients = TextField()
        steps = TextField()
        event = ForeignKeyField(Event, on_delete="RESTRICT", index=False)

        class Meta:
            database = db
            table_name = "formula"
            indexes = ((("number_key", "version"), True),)

    class BatchRecord(Model):
        batch = ForeignKeyField(Batch, on_delete="RESTRICT", index=False)
        version = IntegerField()
        planned = IntegerField(constraints=[SQL("CHECK (planned > 0)")])
        prepared_at = TextField(null=True)
        formula = ForeignKeyField(Formula, null=True, on_delete="RESTRICT")
        fill = IntegerField(null=True)
        shell = IntegerField(null=True)
        drug_lot = TextField(null=True)
        drug_lot_key = TextField(null=True, index=True)
        assay = TextField(null=True)
        water = TextField(null=True)
        verified_by = TextField(null=True)
        note = TextField(null=True)
        event = ForeignKeyField(Event, on_delete="RESTRICT", index=False)

        class Meta:
            database = db
            table_name = "batch_record"
            indexes = ((("batch", "version"), True),)

    class Quality(Model):
        batch = ForeignKeyField(Batch, on_delete="RESTRICT")
        appearance = TextField(null=True)
        label = TextField(null=True)
        yielded = IntegerField(null=True)
        weights = TextField()
        planned = IntegerField()
        target = IntegerField(null=True)
        limits = TextField()
        event = ForeignKeyField(Event, on_delete="RESTRICT", index=False)

        class Meta:
            database = db
            table_name = "quality"

    class Policy(Model):
        policy = TextField()
        effective_from = TextField()
        event = ForeignKeyField(Event, on_delete="RESTRICT", index=False)

        class Meta:
            database = db
            table_name = "policy"

    class ComponentDate(Model):
        name = TextField()
        lot = TextField()
        lot_key = TextField(index=True)
        expires = TextField()
        event = ForeignKeyField(Event, on_delete="RESTRICT", index=False)

        class Meta:
            database = db
            table_name = "component_date"

    class DateKept(Model):
        batch = ForeignKeyField(Batch, on_delete="RESTRICT")
        against = TextField()
        rule = TextField()
        event = ForeignKeyField(Event, on_delete="RESTRICT", index=False)

        class Meta:
            database = db
            table_name = "date_kept"

    db.create_tables([Formula, BatchRecord, Quality, Policy, ComponentDate, DateKept])
    for statement in triggers.TRIGGERS_6:
        db.execute_sql(statement)
