"""All that is SQLite's own: pragmas, lock modes, triggers, the online backup, and the words for its errors."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from peewee import SQL, Database, DatabaseError, Field, Function, IntegrityError, NodeList, SqliteDatabase, fn

from ldninv.domain.refusal import Damaged, Refused, Surroundings

APPLICATION_ID = 0x4C444E49
"""`LDNI`, written into the file's header: whose database this is."""

BUSY_SECONDS = 30
"""How long a write waits for another workstation's to end."""

NOT_READ = sqlite3.OperationalError
"""What a row raises that cannot be read."""


def is_no_text(error: Exception) -> bool:
    """Whether a row could not be read because it holds bytes that are no characters."""
    return "decode" in str(error).lower()


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


def reading(database: Database) -> AbstractContextManager[object]:
    """Return a transaction that sees one and the same moment."""
    transaction: AbstractContextManager[object] = database.atomic()
    return transaction


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


def unindexed(column: Field) -> NodeList:
    """Return a column so that its index is left alone where another serves better."""
    return NodeList((SQL("+"), column))


def streamed(database: Database, statement: str, at_once: int = 1) -> Iterator[Sequence[Any]]:
    """Yield rows as they come, one by one."""
    del at_once
    yield from database.execute_sql(statement)


def application_id(path: Path) -> int | None:
    """Return whose SQLite file this is, from its header; None where it is no SQLite file."""
    with path.open("rb") as file:
        header = file.read(100)
    if not header.startswith(b"SQLite format 3\x00"):
        return None
    return int.from_bytes(header[68:72], "big")


def is_no_database(path: Path) -> bool:
    """Whether a file holds something, and does not begin as SQLite's files do."""
    try:
        return path.stat().st_size > 0 and application_id(path) is None
    except OSError:
        return False


@contextmanager
def in_words(name: str, database: Database | None = None) -> Iterator[None]:  # noqa: ARG001 - a server's is let go
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
        kind = Damaged if words in _SPOILT else Surroundings
        raise kind(f"The database {name} {words}") from error


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

_SPOILT = frozenset(words for part, words in _WORDS if part in {"malformed", "not a database"})


def copy(source: Database, target: Path) -> None:
    """Write a consistent copy while others go on working: SQLite's online backup.

    Raises:
        Surroundings: the place cannot be written.
    """
    with aside(target) as part, in_words(str(target)), closing(sqlite3.connect(part)) as copied:
        source.connection().backup(copied)
        copied.execute("PRAGMA journal_mode = DELETE")


@contextmanager
def aside(target: Path) -> Iterator[Path]:
    """Lend the name of a file beside a backup's, which becomes it when all of it is written; a failure leaves none.

    Raises:
        Surroundings: the place cannot be written.
    """
    part = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        yield part
        part.replace(target)
    except OSError as error:
        raise Surroundings(
            f"The backup {target} cannot be written ({error.strerror}). Choose another place."
        ) from error
    finally:
        with suppress(OSError):
            unmake(part)


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
