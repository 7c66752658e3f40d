"""All that is SQLite's own: pragmas, lock modes, triggers, the online backup, and the words for its errors."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from pathlib import Path

from peewee import Database, DatabaseError, Field, Function, IntegrityError, SqliteDatabase, fn

from ldninv.domain.refusal import Refused, Surroundings

APPLICATION_ID = 0x4C444E49
"""`LDNI`, written into the file's header: whose database this is."""

BUSY_SECONDS = 30
"""How long a write waits for another workstation's to end."""

MEMORY = ":memory:"

_FACTS = ("movement", "event", "component")
_MADE_ONCE = (
    "lot, lot_key, strength, form, prepared, expires, decided_by, decided_rule, made, filler, container, capsule_size, "
    "made_by, verified_by, policy, event_id"
)

TRIGGERS_1 = (
    *(
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, 'a fact is appended, never changed'); END"
        for table in _FACTS
        for verb in ("UPDATE", "DELETE")
    ),
    """CREATE TRIGGER batch_no_delete BEFORE DELETE ON batch
        BEGIN SELECT RAISE(ABORT, 'a batch outlives its stock'); END""",
    f"""CREATE TRIGGER batch_made_once BEFORE UPDATE OF {_MADE_ONCE} ON batch
        BEGIN SELECT RAISE(ABORT, 'what was made is never changed'); END""",
    """CREATE TRIGGER movement_keeps_stock AFTER INSERT ON movement BEGIN
        UPDATE batch SET
            on_hand = on_hand + NEW.capsules,
            place_id = COALESCE(NEW.place_id, place_id),
            destroyed = CASE WHEN NEW.capsules = 0 THEN destroyed
                ELSE NEW.kind = 'destroyed' AND on_hand + NEW.capsules = 0 END,
            released = CASE NEW.kind WHEN 'released' THEN TRUE WHEN 'quarantined' THEN FALSE ELSE released END,
            quarantined_id = CASE NEW.kind
                WHEN 'quarantined' THEN NEW.id WHEN 'released' THEN NULL ELSE quarantined_id END,
            rejected_id = CASE NEW.kind WHEN 'rejected' THEN NEW.id ELSE rejected_id END,
            recalled_id = CASE NEW.kind WHEN 'recalled' THEN NEW.id ELSE recalled_id END,
            held_id = CASE NEW.kind WHEN 'held' THEN NEW.id WHEN 'decided' THEN NULL ELSE held_id END
        WHERE id = NEW.batch_id;
    END""",
)
"""What the first schema step installs. Frozen with it."""

TRIGGERS_3 = tuple(
    f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN NEW.{key} IN (SELECT {key} FROM {table}) "  # noqa: S608 - our own names
    "BEGIN SELECT RAISE(ABORT, 'a fact is appended, never changed'); END"
    for table, key in (("movement", "id"), ("event", "number"), ("component", "id"), ("batch", "id"))
)
"""What the third step installs: `INSERT OR REPLACE` deletes without asking the triggers of DELETE. Frozen with it."""

TRIGGERS_7 = (
    *(
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, 'a fact is appended, never changed'); END"
        for table in ("recall", "recall_batch", "recall_closed")
        for verb in ("UPDATE", "DELETE")
    ),
    *(
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN NEW.{key} IN (SELECT {key} FROM {table}) "  # noqa: S608 - our own names
        "BEGIN SELECT RAISE(ABORT, 'a fact is appended, never changed'); END"
        for table, key in (("recall", "id"), ("recall_batch", "movement_id"), ("recall_closed", "recall_id"))
    ),
)
"""What the seventh step installs: a recall is opened once and closed once. Frozen with it."""

NOT_READ = sqlite3.OperationalError
"""What a row raises that cannot be read."""


def is_no_text(error: Exception) -> bool:
    """Whether a row could not be read because it holds bytes that are no characters."""
    return "decode" in str(error).lower()


TRIGGERS_4 = (
    *(
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, 'a fact is appended, never changed'); END"
        for table in ("person_name", "signature")
        for verb in ("UPDATE", "DELETE")
    ),
    *(
        f"CREATE TRIGGER {table}_no_replace_{key} BEFORE INSERT ON {table} "  # noqa: S608 - our own names
        f"WHEN NEW.{key} IN (SELECT {key} FROM {table}) "
        f"BEGIN SELECT RAISE(ABORT, 'a fact is appended, never changed'); END"
        for table, key in (
            ("person_name", "name_key"),
            ("signature", "id"),
            ("signature", "event_id"),
            ("person", "id"),
        )
    ),
    """CREATE TRIGGER person_no_delete BEFORE DELETE ON person
        BEGIN SELECT RAISE(ABORT, 'a person is retired, never deleted'); END""",
)
"""What the fourth step installs: a signature and a name stay, and so does a person. Frozen with it."""


_DATE = "expires, decided_by, decided_rule"
_FIRST_DATE = "first_expires, first_decided_by, first_decided_rule"
_MADE_ONCE_BUT_THE_DATE = _MADE_ONCE.replace(f"{_DATE}, ", "")

TRIGGERS_5 = (
    "DROP TRIGGER batch_made_once",
    f"""CREATE TRIGGER batch_made_once BEFORE UPDATE OF {_MADE_ONCE_BUT_THE_DATE} ON batch
        BEGIN SELECT RAISE(ABORT, 'what was made is never changed'); END""",
    f"""CREATE TRIGGER batch_date_is_only_shortened BEFORE UPDATE OF {_DATE}, {_FIRST_DATE} ON batch WHEN (
            NEW.expires < OLD.expires AND NEW.decided_by = 'pharmacist'
            AND (NEW.expires, NEW.decided_rule) = (
                SELECT expires, 'shortened: ' || COALESCE(reason, '') FROM movement
                WHERE batch_id = OLD.id AND expires IS NOT NULL ORDER BY id DESC LIMIT 1
            )
            AND NEW.first_expires = COALESCE(OLD.first_expires, OLD.expires)
            AND NEW.first_decided_by = COALESCE(OLD.first_decided_by, OLD.decided_by)
            AND NEW.first_decided_rule = COALESCE(OLD.first_decided_rule, OLD.decided_rule)
        ) IS NOT TRUE
        BEGIN SELECT RAISE(ABORT, 'what was made is never changed'); END""",  # noqa: S608 - our own names
    "DROP TRIGGER movement_keeps_stock",
    """CREATE TRIGGER movement_keeps_stock AFTER INSERT ON movement BEGIN
        UPDATE batch SET
            on_hand = on_hand + NEW.capsules,
            returned = returned + NEW.returned,
            place_id = COALESCE(NEW.place_id, place_id),
            destroyed = CASE
                WHEN NEW.capsules = 0 THEN destroyed
                WHEN on_hand + NEW.capsules <> 0 THEN FALSE
                WHEN NEW.voids IS NULL THEN NEW.kind = 'destroyed'
                ELSE COALESCE((
                    SELECT lasting.kind = 'destroyed' FROM movement AS lasting
                    WHERE lasting.batch_id = NEW.batch_id AND lasting.capsules <> 0 AND lasting.voids IS NULL
                        AND NOT EXISTS (
                            SELECT 1 FROM movement AS back
                            WHERE back.batch_id = NEW.batch_id AND back.voids = lasting.id
                        )
                    ORDER BY lasting.id DESC LIMIT 1
                ), FALSE) END,
            released = CASE NEW.kind WHEN 'released' THEN TRUE WHEN 'quarantined' THEN FALSE ELSE released END,
            quarantined_id = CASE NEW.kind
                WHEN 'quarantined' THEN NEW.id WHEN 'released' THEN NULL ELSE quarantined_id END,
            rejected_id = CASE WHEN NEW.kind = 'rejected' OR (NEW.kind = 'decided' AND NEW.decision = 'discard')
                THEN NEW.id ELSE rejected_id END,
            recalled_id = CASE NEW.kind WHEN 'recalled' THEN NEW.id ELSE recalled_id END,
            held_id = CASE NEW.kind WHEN 'held' THEN NEW.id WHEN 'decided' THEN NULL ELSE held_id END
        WHERE id = NEW.batch_id;
    END""",
    """CREATE TRIGGER movement_shortens AFTER INSERT ON movement WHEN NEW.expires IS NOT NULL BEGIN
        UPDATE batch SET
            first_expires = COALESCE(first_expires, expires),
            first_decided_by = COALESCE(first_decided_by, decided_by),
            first_decided_rule = COALESCE(first_decided_rule, decided_rule),
            expires = NEW.expires,
            decided_by = 'pharmacist',
            decided_rule = 'shortened: ' || COALESCE(NEW.reason, '')
        WHERE id = NEW.batch_id;
    END""",
    *(
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, 'a fact is appended, never changed'); END"
        for table in ("disposal", "rx")
        for verb in ("UPDATE", "DELETE")
    ),
    *(
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "  # noqa: S608 - our own names
        f"WHEN NEW.movement_id IN (SELECT movement_id FROM {table}) "
        "BEGIN SELECT RAISE(ABORT, 'a fact is appended, never changed'); END"
        for table in ("disposal", "rx")
    ),
)
"""What the fifth step installs: what came back is summed apart, and a date moves only to an earlier day, and only by
an entry of the ledger. Frozen with it."""

_APPEND_ONLY_6 = ("formula", "batch_record", "quality", "policy", "component_date", "date_kept")
_VERSIONED_6 = (("formula", "number_key"), ("batch_record", "batch_id"))
TRIGGERS_6 = (
    *(
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, 'a fact is appended, never changed'); END"
        for table in _APPEND_ONLY_6
        for verb in ("UPDATE", "DELETE")
    ),
    *(
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN NEW.id IN (SELECT id FROM {table}) "  # noqa: S608 - our own names
        "BEGIN SELECT RAISE(ABORT, 'a fact is appended, never changed'); END"
        for table in _APPEND_ONLY_6
    ),
    *(
        f"CREATE TRIGGER {table}_no_second BEFORE INSERT ON {table} "  # noqa: S608 - our own names
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key} AND version = NEW.version) "
        "BEGIN SELECT RAISE(ABORT, 'a fact is appended, never changed'); END"
        for table, key in _VERSIONED_6
    ),
)
"""What the sixth step installs: a version of a record or a formula stays as it is. Frozen with it."""


def connect(path: str, *, untouched: bool = False) -> SqliteDatabase:
    """Return a database on `path`, not opened yet.

    Args:
        path: File, or `:memory:`.
        untouched: Read without leaving a trace beside the file: for files and folders that cannot be written.
    """
    pragmas = {"foreign_keys": 1, "recursive_triggers": 1}
    if untouched:
        address = f"{Path(path).absolute().as_uri()}?mode=ro&immutable=1"
        return SqliteDatabase(address, pragmas=pragmas | {"query_only": 1}, timeout=BUSY_SECONDS, uri=True)
    return SqliteDatabase(path, pragmas=pragmas | {"synchronous": "FULL"}, timeout=BUSY_SECONDS)


def is_there(path: Path) -> bool:
    """Whether there is something at `path`.

    Raises:
        Surroundings: its folder cannot be looked into, or the name is none.
    """
    try:
        return path.exists()
    except OSError as error:
        raise Surroundings(f"{path} cannot be reached ({error.strerror}). Check the name and the folder.") from error


def claim(database: Database) -> None:
    """Make a new file ours, in the file itself since a log may stay open; then let a log serve readers and writers."""
    database.execute_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    database.execute_sql("PRAGMA journal_mode = wal")


def writing(database: Database) -> AbstractContextManager[object]:
    """Return a transaction that takes the write lock before it reads, so that what it decided on still holds."""
    transaction: AbstractContextManager[object] = database.atomic("IMMEDIATE")
    return transaction


@contextmanager
def rebuilding(database: Database) -> Iterator[None]:
    """Hold the write lock with references unchecked while tables are rebuilt, and check them all before it ends.

    Raises:
        RuntimeError: a row points to nothing afterwards.
    """
    database.execute_sql("PRAGMA foreign_keys = OFF")
    try:
        with writing(database):
            yield
            broken = database.execute_sql("PRAGMA foreign_key_check").fetchone()
            if broken is not None:
                raise RuntimeError(f"a schema step leaves table {broken[0]} with a reference to nothing")
    finally:
        database.execute_sql("PRAGMA foreign_keys = ON")


def version(database: Database) -> int:
    """Return a number that changes when another connection wrote."""
    return int(database.execute_sql("PRAGMA data_version").fetchone()[0])


def joined(column: Field, separator: str) -> Function:
    """Return the values of a group as one text."""
    text: Function = fn.GROUP_CONCAT(column, separator)
    return text


def application_id(path: Path) -> int | None:
    """Return whose SQLite file this is, from its header; None where it is no SQLite file."""
    with path.open("rb") as file:
        header = file.read(100)
    if not header.startswith(b"SQLite format 3\x00"):
        return None
    return int.from_bytes(header[68:72], "big")


@contextmanager
def in_words(name: str) -> Iterator[None]:
    """Turn SQLite's errors that are the surroundings' fault into a sentence about the database `name`.

    Raises:
        Surroundings: full, locked, read-only, damaged or unreachable.
        Refused: a text to be kept or looked for is none, such as bytes of another encoding on a command line.
    """
    try:
        yield
    except UnicodeEncodeError as error:
        raise Refused(f"{error.object!a} holds bytes that are no characters. Type it anew.") from error
    except (IntegrityError, sqlite3.IntegrityError):
        raise
    except (DatabaseError, sqlite3.DatabaseError) as error:
        said = "; ".join(_all_said(error)).lower()
        words = next((words for part, words in _WORDS if part in said), None)
        if words is None:
            raise
        raise Surroundings(f"The database {name} {words}") from error


def _all_said(error: BaseException | None) -> Iterator[str]:
    """Yield an error's text and those of the errors before it: a full disk also ends the transaction to take back."""
    while error is not None:
        yield str(error)
        error = error.__context__


_WORDS = (
    ("full", "could not be written: the disk is full. Nothing was changed. Free some space and try again."),
    ("locked", "is in use by another program that does not let go of it. Nothing was changed. Close it and try again."),
    ("readonly", "is read-only. Nothing was changed. Make the file and its folder writable, or work on a copy."),
    ("query_only", "is read-only. Nothing was changed. Make the file and its folder writable, or work on a copy."),
    ("malformed", "is damaged. Nothing was changed. Work on with a copy of the last backup."),
    ("not a database", "is not a database of ldninv. Name another file."),
    (
        "disk i/o",
        "could not be read or written: the disk reports a fault. Nothing was changed. Check the disk or the network.",
    ),
    ("unable to open", "cannot be opened. Check that its folder is there and may be written."),
)


def copy(source: Database, target: Path) -> None:
    """Write a consistent copy while others go on working: SQLite's online backup, aside first and then renamed.

    Raises:
        Surroundings: the place cannot be written.
    """
    aside = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        with in_words(str(target)), closing(sqlite3.connect(aside)) as copied:
            source.connection().backup(copied)
            copied.execute("PRAGMA journal_mode = DELETE")
        aside.replace(target)
    except OSError as error:
        raise Surroundings(
            f"The backup {target} cannot be written ({error.strerror}). Choose another place."
        ) from error
    finally:
        with suppress(OSError):
            aside.unlink()


def become(database: Database, other: Database) -> None:
    """Write all that `other` holds over `database`, inside one lock: SQLite's online backup, backwards."""

    def give_up(status: int, _remaining: int, _total: int) -> None:
        if status in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            raise sqlite3.OperationalError("database is locked")

    other.connection().backup(database.connection(), progress=give_up)


def faults(database: Database) -> list[str]:
    """Return what SQLite itself finds wrong with the file; empty where all is well."""
    found = [f"SQLite: {text}" for (text,) in database.execute_sql("PRAGMA integrity_check") if text != "ok"]
    broken = database.execute_sql("PRAGMA foreign_key_check").fetchall()
    return found + [
        f"Row {row} of {table} points to a row of {parent} that is not there" for table, row, parent, _ in broken
    ]


def refuse_foreign(path: Path, name: str) -> None:
    """Refuse what is not a database of ours: a folder, another kind of file, another program's database.

    Raises:
        Refused: with what it is instead.
        Surroundings: the file cannot be read.
    """
    if path.is_dir():
        raise Refused(f"{name} is a folder, not a database. Name a file in it, such as {path / 'ldninv.db'}.")
    try:
        whose = application_id(path)
    except OSError as error:
        raise Surroundings(f"The database {name} cannot be read ({error.strerror}). Check its permissions.") from error
    if whose is None and path.stat().st_size > 0:
        raise Refused(f"{name} is not a database of ldninv. Name another file; nothing was changed.")
    if whose is not None and whose != APPLICATION_ID:
        raise Refused(f"{name} is the database of another program. Name another file; nothing was changed.")


def unmake(file: Path) -> None:
    """Take away a database file with what SQLite keeps beside it."""
    for suffix in ("", "-wal", "-shm"):
        Path(f"{file}{suffix}").unlink(missing_ok=True)
