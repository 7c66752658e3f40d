"""Bringing a database to the schema of this program: numbered steps, inside one write lock, after a backup."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from peewee import Database

from ldninv.db import dialect, sqlite
from ldninv.domain.refusal import Refused

if TYPE_CHECKING:
    from playhouse.migrations import Runner

STEPS = Path(__file__).parent / "steps"
BASE = Path(__file__).parent / "base"
"""What a server's database begins with instead of the first steps: its tables, and what it keeps and refuses."""

BASE_STEP = "0013_days"
"""The last step that the base holds already."""

DONE = "schema_step"
"""The table of the steps that were taken."""


def runner(database: Database) -> Runner:
    """Return the runner of the steps on `database`."""
    from playhouse.migrations import Runner  # noqa: PLC0415 - a database that needs no step starts without it

    return Runner(database, directory=str(STEPS), table_name=DONE)


def pending(database: Database, name: str) -> list[str]:
    """Return the steps that `database` still needs.

    Raises:
        Refused: it has steps that this program does not know, so a newer program made it.
    """
    known = {step.stem for step in STEPS.glob("[0-9]*.py")}
    done = {step for (step,) in database.execute_sql(f"SELECT name FROM {DONE}")} if _begun(database) else set()  # noqa: S608 - our own name
    if done - known:
        raise Refused(
            f"{name} was made by a newer version of ldninv. Update this program; the database was not changed."
        )
    return sorted(known - done)


def upgrade(database: Database, name: str, backup: Path | None) -> list[str]:
    """Run the steps that are missing and return their names.

    The version is read again inside the lock, since another workstation may have been first. A failure leaves the
    database as it was.

    Args:
        database: Opened, outside any transaction.
        name: For sentences.
        backup: Where the old state is kept first; None for a new database.

    Raises:
        Refused: a newer program made it.
    """
    if not pending(database, name):
        return []
    with dialect.of(database).rebuilding(database):
        if backup is not None and pending(database, name):
            _keep_before(database, backup)
        begun = [] if dialect.is_file(database) or _begun(database) else _lay_base(database)
        names: list[str] = runner(database).up()
    return begun + names


def _lay_base(database: Database) -> list[str]:
    """Make a server's tables as they were at a step of SQLite's, which is frozen with it."""
    for name in ("tables.sql", "rules.sql"):
        database.connection().execute((BASE / name).read_text(encoding="utf-8"))
    names: list[str] = runner(database).fake(BASE_STEP)
    return names


def _keep_before(database: Database, backup: Path) -> None:
    """Copy through a connection of its own: SQLite copies nothing from one that holds the lock for writing."""
    beside = sqlite.connect(database.database)
    try:
        sqlite.copy(beside, backup)
    finally:
        beside.close()


def _begun(database: Database) -> bool:
    """Whether any step was ever taken."""
    return bool(database.table_exists(DONE))
