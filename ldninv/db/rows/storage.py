"""Loggers and their readings, what happened to a place's storage, and what was decided of it (R14–R20).

Moments of readings are UTC seconds. Readings are kept in blocks: a year at one minute is a few hundred rows.
"""

from __future__ import annotations

from peewee import (
    SQL,
    AutoField,
    BlobField,
    BooleanField,
    CompositeKey,
    FloatField,
    ForeignKeyField,
    IntegerField,
    Model,
    TextField,
)

from ldninv.db.rows.shelf import BatchRow, EventRow, MovementRow, PlaceRow


class LoggerRow(Model):
    """A data logger, and the time zone that its clock shows."""

    id = AutoField()
    name = TextField()
    name_key = TextField(unique=True)
    zone = TextField()
    event = ForeignKeyField(EventRow, on_delete="RESTRICT", index=False)

    class Meta:
        table_name = "logger"


class WatchRow(Model):
    """From a moment on a logger watches a place, or none."""

    id = AutoField()
    logger = ForeignKeyField(LoggerRow, on_delete="RESTRICT")
    place = ForeignKeyField(PlaceRow, null=True, on_delete="RESTRICT")
    since = FloatField()
    event = ForeignKeyField(EventRow, on_delete="RESTRICT", index=False)

    class Meta:
        table_name = "watch"


class CalibrationRow(Model):
    """A day on which a logger was calibrated."""

    id = AutoField()
    logger = ForeignKeyField(LoggerRow, on_delete="RESTRICT")
    day = TextField()
    event = ForeignKeyField(EventRow, on_delete="RESTRICT", index=False)

    class Meta:
        table_name = "calibration"


class LoggerFileRow(Model):
    """A logger's file as it came in, byte by byte."""

    id = AutoField()
    logger = ForeignKeyField(LoggerRow, on_delete="RESTRICT", index=False)
    name = TextField()
    sha256 = TextField()
    size = IntegerField()
    content = BlobField()
    event = ForeignKeyField(EventRow, on_delete="RESTRICT", index=False)

    class Meta:
        table_name = "logger_file"
        indexes = ((("logger", "sha256"), True),)


class ReadingBlockRow(Model):
    """Readings of a logger, one after the other; those that came in later between them lie in a layer above."""

    id = AutoField()
    logger = ForeignKeyField(LoggerRow, on_delete="RESTRICT", index=False)
    file = ForeignKeyField(LoggerFileRow, on_delete="RESTRICT", index=False)
    first = FloatField()
    last = FloatField()
    layer = IntegerField()
    readings = IntegerField()
    body = BlobField()

    class Meta:
        table_name = "reading_block"
        indexes = ((("logger", "layer", "first", "last"), True),)


class DailyRow(Model):
    """The least and the most of a day at a place: read by hand, or out of a logger that keeps no more."""

    id = AutoField()
    place = ForeignKeyField(PlaceRow, on_delete="RESTRICT", index=False)
    day = TextField()
    logger = ForeignKeyField(LoggerRow, null=True, on_delete="RESTRICT", index=False)
    min_c = FloatField()
    max_c = FloatField()
    now_c = FloatField(null=True)
    note = TextField(null=True)
    at = TextField()
    by = TextField()
    event = ForeignKeyField(EventRow, on_delete="RESTRICT", index=False)

    class Meta:
        table_name = "daily_reading"
        indexes = ((("place", "day"), False),)


class HappeningRow(Model):
    """What a record shows of a place: a spell, a gap, light, a mean that is too warm. Later versions follow it."""

    id = AutoField()
    thread = IntegerField(index=True)
    place = ForeignKeyField(PlaceRow, on_delete="RESTRICT", index=False)
    logger = ForeignKeyField(LoggerRow, null=True, on_delete="RESTRICT", index=False)
    kind = TextField()
    aspect = TextField()
    level = TextField()
    effect = TextField()
    start = FloatField()
    end = FloatField()
    hours = FloatField()
    longest_hours = FloatField(null=True)
    extreme_c = FloatField(null=True)
    limits = TextField()
    readings = TextField()
    gone = BooleanField(default=False, constraints=[SQL("DEFAULT FALSE")])
    at = TextField()
    event = ForeignKeyField(EventRow, on_delete="RESTRICT", index=False)

    class Meta:
        table_name = "happening"
        indexes = ((("place", "start"), False),)


class TouchRow(Model):
    """A batch that stood there, and how long of it."""

    happening = ForeignKeyField(HappeningRow, on_delete="RESTRICT", index=False)
    batch = ForeignKeyField(BatchRow, on_delete="RESTRICT")
    start = FloatField()
    end = FloatField()

    class Meta:
        table_name = "touch"
        primary_key = CompositeKey("happening", "batch", "start")


class StorageDecisionRow(Model):
    """What a pharmacist decided of a batch that a happening touched."""

    id = AutoField()
    happening = ForeignKeyField(HappeningRow, on_delete="RESTRICT")
    batch = ForeignKeyField(BatchRow, on_delete="RESTRICT")
    decision = TextField()
    expires = TextField(null=True)
    reason = TextField()
    movement = ForeignKeyField(MovementRow, null=True, on_delete="RESTRICT", index=False)
    at = TextField()
    by = TextField()
    event = ForeignKeyField(EventRow, on_delete="RESTRICT", index=False)

    class Meta:
        table_name = "storage_decision"


class BatchStorageRow(Model):
    """How well a batch was kept, from now on; the last one holds, and the database keeps it with the batch."""

    id = AutoField()
    batch = ForeignKeyField(BatchRow, on_delete="RESTRICT")
    level = TextField()
    review = TextField(null=True)
    coverage = FloatField(null=True)
    event = ForeignKeyField(EventRow, on_delete="RESTRICT", index=False)
    lost_on = TextField(null=True)

    class Meta:
        table_name = "batch_storage"
