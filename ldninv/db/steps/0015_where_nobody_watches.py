"""A batch's storage tells from which day on it is incomplete where no logger watches. Frozen."""


def up(migrator, db):  # noqa: ANN001, ANN201, ARG001
    db.execute_sql('ALTER TABLE "batch_storage" ADD COLUMN "lost_on" TEXT')
