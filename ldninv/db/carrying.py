"""All rows of a database carried into another, as they are: from a file to a server, back, and between servers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from peewee import AutoField, BlobField, BooleanField, Database, Model

from ldninv.db import dialect, sqlite
from ldninv.db.rows import ALL
from ldninv.db.upgrade import upgrade

_AT_ONCE = 1000
"""Rows that are held in memory at a time."""

_LONG_AT_ONCE = 8
"""The same of those with files in them."""


def to_file(database: Database, target: Path) -> None:
    """Write a consistent copy to a file while others go on working, aside first and then renamed.

    Raises:
        Surroundings: the place cannot be written.
    """
    if dialect.is_file(database):
        sqlite.copy(database, target)
        return
    with sqlite.aside(target) as part, dialect.of(database).reading(database):
        new_file(database, part)


def new_file(source: Database, file: Path) -> None:
    """Make a file that holds what `source` holds."""
    with closing(sqlite.connect(str(file))) as copied, sqlite.in_words(str(file)):
        copied.connect()
        sqlite.claim(copied)
        upgrade(copied, str(file), None)
        with sqlite.writing(copied):
            carry(source, copied)
        copied.execute_sql("PRAGMA journal_mode = DELETE")


def become(database: Database, other: Database) -> None:
    """Put all that `other` holds in the place of what `database` holds, as one; others see it at once."""
    if dialect.is_file(database) and dialect.is_file(other):
        sqlite.become(database, other)
        return
    with dialect.of(database).writing(database), dialect.of(other).reading(other):
        carry(other, database)


def carry(source: Database, target: Database) -> None:
    """Put the rows of `source` in the place of those of `target`; only inside a write transaction of the target.

    Both have this program's schema. The target's triggers rest meanwhile: what they kept is carried too.
    """
    with _resting(target):
        for table in reversed(ALL):
            target.execute_sql(f'DELETE FROM "{_name(table)}"')  # noqa: S608 - our own names
        for table in ALL:
            _carry_table(table, source, target)


def _carry_table(table: type[Model], source: Database, target: Database) -> None:
    fields = table._meta.sorted_fields  # noqa: SLF001 - peewee's own place for them
    columns = ", ".join(f'"{field.column_name}"' for field in fields)
    key = table._meta.primary_key  # noqa: SLF001 - the same
    order = ", ".join(f'"{part}"' for part in _key_columns(table, key))
    truths = [number for number, field in enumerate(fields) if isinstance(field, BooleanField)]
    marks = ", ".join([target.param] * len(fields))
    put = f'INSERT INTO "{_name(table)}" ({columns}) VALUES ({marks})'  # noqa: S608 - our own names
    asked = f'SELECT {columns} FROM "{_name(table)}" ORDER BY {order}'  # noqa: S608 - the same
    many = _LONG_AT_ONCE if any(isinstance(field, BlobField) for field in fields) else _AT_ONCE
    found = dialect.of(source).streamed(source, asked, many)
    while rows := [_with_truths(row, truths) for row in islice(found, many)]:
        target.cursor().executemany(put, rows)
    if not dialect.is_file(target) and isinstance(key, AutoField):
        _count_on(target, _name(table), key.column_name)


def _count_on(target: Database, table: str, key: str) -> None:
    """Let the server give the next number to the next row."""
    last = f'SELECT max("{key}") FROM "{table}"'  # noqa: S608 - our own names
    target.execute_sql(f"SELECT setval(pg_get_serial_sequence(?, ?), ({last}))", (table, key))


def _with_truths(row: Sequence[Any], truths: Sequence[int]) -> Sequence[Any]:
    """Return a row with yes and no where SQLite keeps 1 and 0."""
    return [bool(value) if at in truths else value for at, value in enumerate(row)] if truths else row


def _key_columns(table: type[Model], key: Any) -> list[str]:  # noqa: ANN401 - one field or several
    names = getattr(key, "field_names", None)
    if names is None:
        return [key.column_name]
    return [table._meta.fields[name].column_name for name in names]  # noqa: SLF001 - as above


def _name(table: type[Model]) -> str:
    return str(table._meta.table_name)  # noqa: SLF001 - as above


@contextmanager
def _resting(target: Database) -> Iterator[None]:
    """Let the triggers rest, which would refuse what is put back and sum up anew what was summed."""
    if dialect.is_file(target):
        asked = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        triggers = target.execute_sql(asked).fetchall()
        for name, _ in triggers:
            target.execute_sql(f'DROP TRIGGER "{name}"')
        yield
        for _, statement in triggers:
            target.execute_sql(statement)
        return
    links = _links(target) if _holds_rows(target) else []
    for table, name, _ in links:  # checked row by row they would read whole tables for each that goes
        target.execute_sql(f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"')
    for each in ALL:
        target.execute_sql(f'ALTER TABLE "{_name(each)}" DISABLE TRIGGER USER')
    yield
    for table, name, how in links:
        target.execute_sql(f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" {how}')
    for each in ALL:
        target.execute_sql(f'ALTER TABLE "{_name(each)}" ENABLE TRIGGER USER')


def _holds_rows(target: Database) -> bool:
    return any(
        target.execute_sql(f'SELECT 1 FROM "{_name(table)}" LIMIT 1').fetchone()  # noqa: S608 - our own names
        for table in ALL
    )


def _links(target: Database) -> list[tuple[str, str, str]]:
    """Return the references between tables: whose, its name and what it says."""
    asked = (
        "SELECT c.relname, l.conname, pg_get_constraintdef(l.oid) FROM pg_constraint AS l "
        "JOIN pg_class AS c ON c.oid = l.conrelid JOIN pg_namespace AS n ON n.oid = c.relnamespace "
        "WHERE l.contype = 'f' AND n.nspname = current_schema()"
    )
    found: list[tuple[str, str, str]] = target.execute_sql(asked).fetchall()
    return found
