"""Which module knows a database's own ways: the one place that tells a file of SQLite from a server's database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from peewee import Database, Field, Function, SqliteDatabase

from ldninv.db import postgres, sqlite


class Dialect(Protocol):
    """What each of them can do; their docstrings say how."""

    def reading(self, database: Database) -> AbstractContextManager[object]:
        """Ask of one and the same moment."""

    def writing(self, database: Database) -> AbstractContextManager[object]:
        """Write as one, with the right to write taken before anything is read."""

    def rebuilding(self, database: Database) -> AbstractContextManager[object]:
        """Make or change tables as one."""

    def version(self, database: Database) -> int:
        """Return a number that changes when somebody else wrote."""

    def joined(self, column: Field, separator: str) -> Function:
        """Return the values of a group as one text."""

    def unindexed(self, column: Field) -> Any:  # noqa: ANN401 - peewee has no name for what can be compared
        """Return a column so that its index is left alone where another serves better."""

    def streamed(self, database: Database, statement: str, at_once: int = ...) -> Iterator[Sequence[Any]]:
        """Yield the rows of a long answer as they come."""

    def faults(self, database: Database) -> list[str]:
        """Return what is wrong with the database itself."""

    def in_words(self, name: str, database: Database | None = None) -> AbstractContextManager[None]:
        """Turn errors that are the surroundings' fault into sentences."""


def of(database: Database) -> Dialect:
    """Return what knows a database's own ways."""
    return sqlite if isinstance(database, SqliteDatabase) else postgres


def is_file(database: Database) -> bool:
    """Whether a database is SQLite's."""
    return isinstance(database, SqliteDatabase)
