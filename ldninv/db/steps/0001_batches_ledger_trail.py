"""The first tables: places, batches with components, ledger, trail, settings. Frozen: never edit, add a step."""

from peewee import SQL, AutoField, BooleanField, ForeignKeyField, IntegerField, Model, TextField

from ldninv.db import triggers


def up(migrator, db):  # noqa: ANN001, ANN201, ARG001
    class Place(Model):
        name = TextField()
        name_key = TextField(unique=True)
        kind = TextField()
        light = TextField()

        class Meta:
            database = db
            table_name = "place"

    class Event(Model):
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
            database = db
            table_name = "event"

    class Batch(Model):
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
        event = ForeignKeyField(Event, on_delete="RESTRICT", index=False)
        on_hand = IntegerField(default=0, constraints=[SQL("DEFAULT 0"), SQL("CHECK (on_hand >= 0)")])
        place = ForeignKeyField(Place, null=True, on_delete="RESTRICT")
        released = BooleanField(default=False, constraints=[SQL("DEFAULT FALSE")])
        destroyed = BooleanField(default=False, constraints=[SQL("DEFAULT FALSE")])
        quarantined_id = IntegerField(null=True)
        rejected_id = IntegerField(null=True)
        recalled_id = IntegerField(null=True)
        held_id = IntegerField(null=True)

        class Meta:
            database = db
            table_name = "batch"
            indexes = ((("expires", "prepared", "lot"), False), (("strength", "on_hand", "expires"), False))

    class Component(Model):
        batch = ForeignKeyField(Batch, on_delete="RESTRICT")
        name = TextField()
        supplier = TextField()
        lot = TextField()
        lot_key = TextField(index=True)
        expires = TextField(null=True)
        amount = TextField()

        class Meta:
            database = db
            table_name = "component"

    class Movement(Model):
        batch = ForeignKeyField(Batch, on_delete="RESTRICT", index=False)
        kind = TextField()
        capsules = IntegerField()
        day = TextField()
        at = TextField()
        by = TextField()
        reason = TextField(null=True)
        days_supply = IntegerField(null=True)
        place = ForeignKeyField(Place, null=True, on_delete="RESTRICT", index=False)
        note = TextField(null=True)
        voids = IntegerField(null=True)
        event = ForeignKeyField(Event, on_delete="RESTRICT", index=False)

        class Meta:
            database = db
            table_name = "movement"
            indexes = ((("batch", "kind", "capsules"), False), (("kind", "day"), False))

    not_null = Movement.voids.is_null(is_null=False)
    Movement.add_index(Movement.index(Movement.voids, where=not_null, name="movement_voids"))

    class Setting(Model):
        key = TextField(primary_key=True)
        value = TextField()

        class Meta:
            database = db
            table_name = "setting"

    db.create_tables([Place, Event, Batch, Component, Movement, Setting])
    for statement in triggers.TRIGGERS_1:
        db.execute_sql(statement)
