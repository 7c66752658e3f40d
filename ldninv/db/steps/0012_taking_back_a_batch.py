"""A batch that a wrong clock dated ahead can be taken back itself. Frozen."""

from ldninv.db import triggers_making


def up(migrator, db):  # noqa: ANN001, ANN201, ARG001
    for statement in triggers_making.TRIGGERS_MAKING:
        db.execute_sql(statement)
