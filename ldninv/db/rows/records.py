"""Master formulas, batch records, policies and settings, in versions (R26)."""

from __future__ import annotations

from peewee import SQL, AutoField, ForeignKeyField, IntegerField, Model, TextField

from ldninv.db.rows.shelf import BatchRow, EventRow


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
