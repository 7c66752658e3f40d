"""Capsules that came back, dates that were shortened, disposals and prescription numbers. Frozen."""

from peewee import SQL, AutoField, ForeignKeyField, IntegerField, Model, TextField

from ldninv.db import triggers


def up(migrator, db):  # noqa: ANN001, ANN201, ARG001
    class Movement(Model):
        id = AutoField()

        class Meta:
            database = db
            table_name = "movement"

    class Disposal(Model):
        movement = ForeignKeyField(Movement, primary_key=True, on_delete="RESTRICT")
        method = TextField(null=True)
        container = TextField(null=True)
        witness = TextField(null=True)
        value_cents = IntegerField(null=True, constraints=[SQL("CHECK (value_cents >= 0)")])

        class Meta:
            database = db
            table_name = "disposal"

    class Rx(Model):
        movement = ForeignKeyField(Movement, primary_key=True, on_delete="RESTRICT")
        number = TextField()

        class Meta:
            database = db
            table_name = "rx"

    for column in (
        '"returned" INTEGER NOT NULL DEFAULT 0 CHECK (returned BETWEEN 0 AND on_hand)',
        '"first_expires" TEXT',
        '"first_decided_by" TEXT',
        '"first_decided_rule" TEXT',
    ):
        db.execute_sql(f'ALTER TABLE "batch" ADD COLUMN {column}')
    for column in ('"returned" INTEGER NOT NULL DEFAULT 0', '"expires" TEXT', '"decision" TEXT'):
        db.execute_sql(f'ALTER TABLE "movement" ADD COLUMN {column}')
    db.create_tables([Disposal, Rx])
    for statement in triggers.TRIGGERS_5:
        db.execute_sql(statement)
