"""Batches, where they stand and what happened to them, and the trail."""

from __future__ import annotations

from peewee import SQL, AutoField, BooleanField, ForeignKeyField, IntegerField, Model, TextField


class PlaceRow(Model):
    """Where batches stand."""

    id = AutoField()
    name = TextField()
    name_key = TextField(unique=True)
    kind = TextField()
    light = TextField()
    lux_limit = IntegerField(default=10, constraints=[SQL("DEFAULT 10"), SQL("CHECK (lux_limit > 0)")])
    profile = TextField(default="crt", constraints=[SQL("DEFAULT 'crt'")])

    class Meta:
        table_name = "place"


class EventRow(Model):
    """The trail (R28)."""

    number = AutoField()
    at = TextField(index=True)
    by = TextField(index=True)
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
    returned = IntegerField(default=0, constraints=[SQL("DEFAULT 0"), SQL("CHECK (returned BETWEEN 0 AND on_hand)")])
    first_expires = TextField(null=True)
    first_decided_by = TextField(null=True)
    first_decided_rule = TextField(null=True)
    storage = TextField(default="not-monitored", constraints=[SQL("DEFAULT 'not-monitored'")])
    review = TextField(null=True)

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
    returned = IntegerField(default=0, constraints=[SQL("DEFAULT 0")])
    expires = TextField(null=True)
    decision = TextField(null=True)

    class Meta:
        table_name = "movement"
        indexes = ((("batch", "kind", "capsules"), False), (("kind", "day"), False))


MovementRow.add_index(
    MovementRow.index(MovementRow.voids, where=MovementRow.voids.is_null(is_null=False), name="movement_voids")
)
MovementRow.add_index(
    MovementRow.index(
        MovementRow.place, MovementRow.batch, where=MovementRow.place.is_null(is_null=False), name="movement_place"
    )
)


class DisposalRow(Model):
    """How capsules were disposed of (R13)."""

    movement = ForeignKeyField(MovementRow, primary_key=True, on_delete="RESTRICT")
    method = TextField(null=True)
    container = TextField(null=True)
    witness = TextField(null=True)
    value_cents = IntegerField(null=True, constraints=[SQL("CHECK (value_cents >= 0)")])

    class Meta:
        table_name = "disposal"


class RxRow(Model):
    """The prescription that an entry dispensed, where the pharmacy keeps the numbers (R29)."""

    movement = ForeignKeyField(MovementRow, primary_key=True, on_delete="RESTRICT")
    number = TextField()

    class Meta:
        table_name = "rx"
