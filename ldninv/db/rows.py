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

    class Meta:
        table_name = "recall_closed"


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


class FormulaRow(Model):
    """A version of a master formula (R26)."""

    id = AutoField()
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
    event = ForeignKeyField(EventRow, on_delete="RESTRICT", index=False)

    class Meta:
        table_name = "formula"
        indexes = ((("number_key", "version"), True),)


class BatchRecordRow(Model):
    """What the bench wrote down of a batch; a correction is a further version (R26). Fill and shell in micrograms."""

    id = AutoField()
    batch = ForeignKeyField(BatchRow, on_delete="RESTRICT", index=False)
    version = IntegerField()
    planned = IntegerField(constraints=[SQL("CHECK (planned > 0)")])
    prepared_at = TextField(null=True)
    formula = ForeignKeyField(FormulaRow, null=True, on_delete="RESTRICT")
    fill = IntegerField(null=True)
    shell = IntegerField(null=True)
    drug_lot = TextField(null=True)
    drug_lot_key = TextField(null=True, index=True)
    assay = TextField(null=True)
    water = TextField(null=True)
    verified_by = TextField(null=True)
    note = TextField(null=True)
    event = ForeignKeyField(EventRow, on_delete="RESTRICT", index=False)

    class Meta:
        table_name = "batch_record"
        indexes = ((("batch", "version"), True),)


class QualityRow(Model):
    """What was looked at before a release, against what was planned and the limits of that day (R8)."""

    id = AutoField()
    batch = ForeignKeyField(BatchRow, on_delete="RESTRICT")
    appearance = TextField(null=True)
    label = TextField(null=True)
    yielded = IntegerField(null=True)
    weights = TextField()
    planned = IntegerField()
    target = IntegerField(null=True)
    limits = TextField()
    event = ForeignKeyField(EventRow, on_delete="RESTRICT", index=False)

    class Meta:
        table_name = "quality"


class PolicyRow(Model):
    """A policy that was put in force (R2)."""

    id = AutoField()
    policy = TextField()
    effective_from = TextField()
    event = ForeignKeyField(EventRow, on_delete="RESTRICT", index=False)

    class Meta:
        table_name = "policy"


class ComponentDateRow(Model):
    """A component lot's date that was read anew after batches were made with it (R1)."""

    id = AutoField()
    name = TextField()
    lot = TextField()
    lot_key = TextField(index=True)
    expires = TextField()
    event = ForeignKeyField(EventRow, on_delete="RESTRICT", index=False)

    class Meta:
        table_name = "component_date"


class DateKeptRow(Model):
    """A decision that a batch keeps its date although a rule of later would shorten it to `against` (R1)."""

    id = AutoField()
    batch = ForeignKeyField(BatchRow, on_delete="RESTRICT")
    against = TextField()
    rule = TextField()
    event = ForeignKeyField(EventRow, on_delete="RESTRICT", index=False)

    class Meta:
        table_name = "date_kept"


class SettingRow(Model):
    """What the pharmacy set."""

    key = TextField(primary_key=True)
    value = TextField()

    class Meta:
        table_name = "setting"


ALL = (
    PlaceRow,
    EventRow,
    BatchRow,
    ComponentRow,
    MovementRow,
    DisposalRow,
    RxRow,
    RecallRow,
    RecallBatchRow,
    RecallClosedRow,
    SettingRow,
    FormulaRow,
    BatchRecordRow,
    QualityRow,
    PolicyRow,
    ComponentDateRow,
    DateKeptRow,
    PersonRow,
    PersonNameRow,
    SignatureRow,
)


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
