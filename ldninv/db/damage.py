"""What goes wrong while a database is asked, in words: its surroundings, its file, or a row that a stranger changed."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from peewee import Database

from ldninv.db import sqlite
from ldninv.domain.refusal import Damaged

NOT_UNDERSTOOD = (
    ValueError, TypeError, LookupError, ArithmeticError, AttributeError, AssertionError, zlib.error, struct.error,
)  # fmt: skip
"""What comes of a value that is none of its kind."""


@contextmanager
def named(database: Database, name: str) -> Iterator[None]:
    """Turn what a row raises that cannot be understood into a sentence that names it; any other error stays a bug.

    Only where something fails are the rows looked at, so that what is read takes no longer.

    Raises:
        Damaged: a row of the database `name` cannot be understood.
    """
    try:
        yield
    except (*NOT_UNDERSTOOD, sqlite.NOT_READ) as error:
        found: list[str] = []
        with suppress(Exception), database.atomic():
            found = _illegible(database)
        if not found:
            raise
        raise Damaged(
            f"The database {name} is damaged. {found[0]} Nothing was changed. Work on with a copy of the last backup."
        ) from error


def _illegible(database: Database) -> list[str]:
    from ldninv.db import legible  # noqa: PLC0415 - knows every table, and is asked where something failed

    return legible.faults(database)
