"""What is said of a whole batch can be taken back, and a recall as a whole. Frozen."""

from ldninv.db import triggers


def up(migrator, db):  # noqa: ANN001, ANN201, ARG001
    db.execute_sql('ALTER TABLE "recall_closed" ADD COLUMN "taken_back" INTEGER NOT NULL DEFAULT FALSE')
    for statement in triggers.TRIGGERS_TAKING_BACK:
        db.execute_sql(statement)
