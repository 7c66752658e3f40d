"""An index of what is in stock by its date: the list opens with it, however many batches were ever made. Frozen."""


def up(migrator, db):  # noqa: ANN001, ANN201, ARG001
    db.execute_sql("CREATE INDEX batch_in_stock ON batch (expires, prepared, lot) WHERE on_hand > 0")
