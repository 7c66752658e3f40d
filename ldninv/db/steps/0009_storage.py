"""Loggers, readings, daily readings, what happened to storage and what was decided of it. Frozen."""

from peewee import (
    SQL,
    BlobField,
    BooleanField,
    CompositeKey,
    FloatField,
    ForeignKeyField,
    IntegerField,
    Model,
    TextField,
)

from ldninv.db import triggers


def up(migrator, db):  # noqa: ANN001, ANN201, ARG001
    class There(Model):
        class Meta:
            database = db

    class Event(There):
        number = IntegerField(primary_key=True)

        class Meta:
            table_name = "event"

    class Place(There):
        class Meta:
            table_name = "place"

    class Batch(There):
        class Meta:
            table_name = "batch"

    class Movement(There):
        class Meta:
            table_name = "movement"

    class Logger(There):
        name = TextField()
        name_key = TextField(unique=True)
        zone = TextField()
        event = ForeignKeyField(Event, on_delete="RESTRICT", index=False)

        class Meta:
            table_name = "logger"

    class Watch(There):
        logger = ForeignKeyField(Logger, on_delete="RESTRICT")
        place = ForeignKeyField(Place, null=True, on_delete="RESTRICT")
        since = FloatField()
        event = ForeignKeyField(Event, on_delete="RESTRICT", index=False)

        class Meta:
            table_name = "watch"

    class Calibration(There):
        logger = ForeignKeyField(Logger, on_delete="RESTRICT")
        day = TextField()
        event = ForeignKeyField(Event, on_delete="RESTRICT", index=False)

        class Meta:
            table_name = "calibration"

    class LoggerFile(There):
        logger = ForeignKeyField(Logger, on_delete="RESTRICT", index=False)
        name = TextField()
        sha256 = TextField()
        size = IntegerField()
        content = BlobField()
        event = ForeignKeyField(Event, on_delete="RESTRICT", index=False)

        class Meta:
            table_name = "logger_file"
            indexes = ((("logger", "sha256"), True),)

    class ReadingBlock(There):
        logger = ForeignKeyField(Logger, on_delete="RESTRICT", index=False)
        file = ForeignKeyField(LoggerFile, on_delete="RESTRICT", index=False)
        first = FloatField()
        last = FloatField()
        layer = IntegerField()
        readings = IntegerField()
        body = BlobField()

        class Meta:
            table_name = "reading_block"
            indexes = ((("logger", "layer", "first", "last"), True),)

    class Daily(There):
        place = ForeignKeyField(Place, on_delete="RESTRICT", index=False)
        day = TextField()
        logger = ForeignKeyField(Logger, null=True, on_delete="RESTRICT", index=False)
        min_c = FloatField()
        max_c = FloatField()
        now_c = FloatField(null=True)
        note = TextField(null=True)
        at = TextField()
        by = TextField()
        event = ForeignKeyField(Event, on_delete="RESTRICT", index=False)

        class Meta:
            table_name = "daily_reading"
            indexes = ((("place", "day"), False),)

    class Happening(There):
        thread = IntegerField(index=True)
        place = ForeignKeyField(Place, on_delete="RESTRICT", index=False)
        logger = ForeignKeyField(Logger, on_delete="RESTRICT", index=False)
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
        event = ForeignKeyField(Event, on_delete="RESTRICT", index=False)

        class Meta:
            table_name = "happening"
            indexes = ((("place", "start"), False),)

    class Touch(There):
        happening = ForeignKeyField(Happening, on_delete="RESTRICT", index=False)
        batch = ForeignKeyField(Batch, on_delete="RESTRICT")
        start = FloatField()
        end = FloatField()

        class Meta:
            table_name = "touch"
            primary_key = CompositeKey("happening", "batch", "start")

    class StorageDecision(There):
        happening = ForeignKeyField(Happening, on_delete="RESTRICT")
        batch = ForeignKeyField(Batch, on_delete="RESTRICT")
        decision = TextField()
        expires = TextField(null=True)
        reason = TextField()
        movement = ForeignKeyField(Movement, null=True, on_delete="RESTRICT", index=False)
        at = TextField()
        by = TextField()
        event = ForeignKeyField(Event, on_delete="RESTRICT", index=False)

        class Meta:
            table_name = "storage_decision"

    class BatchStorage(There):
        batch = ForeignKeyField(Batch, on_delete="RESTRICT")
        level = TextField()
        review = TextField(null=True)
        coverage = FloatField(null=True)
        event = ForeignKeyField(Event, on_delete="RESTRICT", index=False)

        class Meta:
            table_name = "batch_storage"

    db.execute_sql('ALTER TABLE "place" ADD COLUMN "lux_limit" INTEGER NOT NULL DEFAULT 10 CHECK (lux_limit > 0)')
    db.execute_sql('ALTER TABLE "place" ADD COLUMN "profile" TEXT NOT NULL DEFAULT \'crt\'')
    db.execute_sql('ALTER TABLE "batch" ADD COLUMN "storage" TEXT NOT NULL DEFAULT \'not-monitored\'')
    db.execute_sql('ALTER TABLE "batch" ADD COLUMN "review" TEXT')
    db.execute_sql(
        'CREATE INDEX "movement_place" ON "movement" ("place_id", "batch_id") WHERE ("place_id" IS NOT NULL)'
    )
    db.create_tables([Logger, Watch, Calibration, LoggerFile, ReadingBlock, Daily])
    db.create_tables([Happening, Touch, StorageDecision, BatchStorage])
    for statement in triggers.TRIGGERS_STORAGE:
        db.execute_sql(statement)
