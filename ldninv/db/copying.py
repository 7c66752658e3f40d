"""Copying a whole database to another address: aside first, checked, and then named."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from peewee import Database

from ldninv.db import sqlite
from ldninv.db.address import MEMORY, at_home, file_of
from ldninv.db.head import head_file
from ldninv.db.opening import give_name, make_room, open_store
from ldninv.db.store import Store
from ldninv.db.upgrade import DONE, pending
from ldninv.domain.refusal import Refused, Surroundings


@contextmanager
def copied(source: str, target: str) -> Iterator[tuple[Store, Mapping[str, int]]]:
    """Give the finished copy of `source` to be checked, with its rows by table; it becomes `target` at the end.

    Raises:
        Refused: the source is not there, not ours or newer; the target holds records, or is the source.
        Surroundings: one cannot be read, or the other written.
    """
    here, there = _source(source), _target(target)
    if sqlite.is_there(there) and here.samefile(there):
        raise Refused(f"{there} is the database itself. Name another file for the copy.")
    born = _holds_nothing(there)
    make_room(there)
    try:
        with TemporaryDirectory(dir=there.parent, prefix=f".{there.name}.", suffix=".part") as folder:
            aside = Path(folder) / there.name
            with _by_name(aside, here):
                rows = _copy(here, aside)
                store = open_store(str(aside))
                try:
                    yield store, rows
                    if not born:
                        _become(there, store)
                finally:
                    store.close()
            if born:
                _finish(aside, there)
    except OSError as error:
        raise Surroundings(f"The copy {there} cannot be written ({error.strerror}). Choose another place.") from error


def _source(url: str) -> Path:
    file = _file(url)
    if not sqlite.is_there(file):
        raise Refused(f"There is no database {file}. Check the name after --from; nothing was copied.")
    sqlite.refuse_foreign(file, str(file))
    if file.stat().st_size == 0:
        raise Refused(f"{file} is empty, and no database. Check the name after --from; nothing was copied.")
    return file


def _target(url: str) -> Path:
    file = _file(url)
    if sqlite.is_there(file):
        sqlite.refuse_foreign(file, str(file))
    return file


def _file(url: str) -> Path:
    path = file_of(url)
    if path == MEMORY:
        raise Refused("A database in memory is gone when the command ends. Name a file, such as sqlite:///batches.db.")
    return at_home(path)


def _holds_nothing(file: Path) -> bool:
    """Whether there is no database at `file` yet; one that is there may hold no record."""
    if not sqlite.is_there(file) or file.stat().st_size == 0:
        return True
    store = open_store(str(file))
    try:
        with store.reading() as work:
            held = sum(count for table, count in _rows(work.database).items() if table != DONE)
    finally:
        store.close()
    if held:
        raise Refused(f"{file} holds records already. Name a new file for the copy; nothing was changed.")
    return False


def _copy(here: Path, aside: Path) -> Mapping[str, int]:
    """Copy the file and the head beside it, from one moment, and return the rows of each table."""
    writable = os.access(here, os.W_OK) and os.access(here.parent, os.W_OK)
    original = sqlite.connect(str(here), untouched=not writable and not Path(f"{here}-wal").exists())
    try:
        with sqlite.in_words(str(here)):
            steps = pending(original, str(here))
            if head_file(here).is_file():  # first: a head of later events would not fit
                shutil.copyfile(head_file(here), head_file(aside))
            with original.atomic():
                rows = _rows(original)
                sqlite.copy(original, aside)
    finally:
        original.close()
    copy = sqlite.connect(str(aside))
    try:
        with sqlite.in_words(str(here)):
            if not steps and _rows(copy) != rows:
                raise Refused(f"The copy of {here} has other rows than it. Nothing was copied; try again.")
            sqlite.claim(copy)
    finally:
        copy.close()
    return rows


def _rows(database: Database) -> dict[str, int]:
    """Return how many rows each table has."""
    return {
        table: int(database.execute_sql(f'SELECT count(*) FROM "{table}"').fetchone()[0])  # noqa: S608 - names of tables
        for table in database.get_tables()
        if not table.startswith("sqlite_")
    }


def _become(there: Path, store: Store) -> None:
    """Let an empty database that is there become the copy, in one lock: somebody may have it open."""
    target = open_store(str(there))
    try:
        target.restore(store)
    finally:
        target.close()


def _finish(aside: Path, there: Path) -> None:
    if sqlite.is_there(there) and there.stat().st_size == 0:
        there.unlink()
    if not head_file(aside).is_file():
        head_file(there).unlink(missing_ok=True)
    give_name(aside, there)


@contextmanager
def _by_name(aside: Path, here: Path) -> Iterator[None]:
    """Speak of the source where something is wrong with its copy."""
    try:
        yield
    except (Refused, Surroundings) as said:
        raise type(said)(str(said).replace(str(aside), str(here))) from said
