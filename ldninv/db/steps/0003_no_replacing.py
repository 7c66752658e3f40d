"""Facts cannot be replaced either. Frozen."""

from ldninv.db import triggers


def up(migrator, db):  # noqa: ANN001, ANN201, ARG001
    for statement in triggers.TRIGGERS_3:
        db.execute_sql(statement)
