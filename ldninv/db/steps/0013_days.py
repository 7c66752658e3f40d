"""What happened may rest on a thermometer that a person read, and then there is no logger. Frozen."""

from ldninv.db import triggers

_NEW = (
    'CREATE TABLE "happening_anew" ("id" INTEGER NOT NULL PRIMARY KEY, "thread" INTEGER NOT NULL, '
    '"place_id" INTEGER NOT NULL, "logger_id" INTEGER, "kind" TEXT NOT NULL, "aspect" TEXT NOT NULL, '
    '"level" TEXT NOT NULL, "effect" TEXT NOT NULL, "start" REAL NOT NULL, "end" REAL NOT NULL, "hours" REAL NOT NULL, '
    '"longest_hours" REAL, "extreme_c" REAL, "limits" TEXT NOT NULL, "readings" TEXT NOT NULL, '
    '"gone" INTEGER NOT NULL DEFAULT FALSE, "at" TEXT NOT NULL, "event_id" INTEGER NOT NULL, '
    'FOREIGN KEY ("place_id") REFERENCES "place" ("id") ON DELETE RESTRICT, '
    'FOREIGN KEY ("logger_id") REFERENCES "logger" ("id") ON DELETE RESTRICT, '
    'FOREIGN KEY ("event_id") REFERENCES "event" ("number") ON DELETE RESTRICT)'
)


def up(migrator, db):  # noqa: ANN001, ANN201, ARG001
    db.execute_sql(_NEW)
    db.execute_sql('INSERT INTO "happening_anew" SELECT * FROM "happening"')
    db.execute_sql('DROP TABLE "happening"')
    db.execute_sql('ALTER TABLE "happening_anew" RENAME TO "happening"')
    db.execute_sql('CREATE INDEX "happening_thread" ON "happening" ("thread")')
    db.execute_sql('CREATE INDEX "happening_place_id_start" ON "happening" ("place_id", "start")')
    for statement in triggers.TRIGGERS_STORAGE:
        if " ON happening " in statement:
            db.execute_sql(statement)
