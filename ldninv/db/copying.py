"""Copying a whole database to another address: aside first, checked, and then named."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from peewee import Database

from ldninv.db import sqlite
from ldninv.db.address import MEMORY, Server, at_home, file_of, server_of
from ldninv.db.carrying import carry, new_file
from ldninv.db.head import head_file, keep_carried
from ldninv.db.opening import give_name, make_room, open_store
from ldninv.db.postgres import TURN
from ldninv.db.serving import building, open_on
from ldninv.db.store import Store
from ldninv.db.upgrade import DONE, pending
from ldninv.domain.audit import Beside
from ldninv.domain.refusal import Refused, Surroundings

Copy = tuple[Store, Mapping[str, int]]
"""A database's records, and how many rows each table has."""


@contextmanager
def copied(source: str, target: str) -> Iterator[Copy]:
    """Give the finished copy of `source` to be checked, with its rows by table; it becomes `target` at the end.

    Raises:
        Refused: the source is not there, not ours or newer; the target holds records, or is the source.
        Surroundings: one cannot be read, or the other written.
    """
    here, there = server_of(source), server_of(target)
    if here is not None and there is not None and here.anchor == there.anchor:
        raise Refused(f"{there.name} is the database itself. Name another one for the copy.")
    if there is not None:
        with _of_server(here) if here else _of_file(source) as original, _onto(there, original) as store:
            yield store, original.rows_in(store)
    elif here is not None:
        with _of_server(here) as original, _into(_target(target), original) as store:
            yield store, original.rows_in(store)
    else:
        with _from_file_to_file(_source(source), _target(target)) as found:
            yield found


@dataclass(frozen=True, slots=True)
class _Original:
    """What is copied, as it is at one moment."""

    database: Database
    name: str
    rows: Mapping[str, int]
    beside: Beside
    """The head that was kept before that moment: one of later events would not fit."""

    def rows_in(self, store: Store) -> Mapping[str, int]:
        """Return how many rows each table of a copy has, which are as many as here."""
        with store.reading() as work:
            if _rows(work.database) != self.rows:
                raise Refused(f"The copy of {self.name} has other rows than it. Nothing was copied; try again.")
        return self.rows


@contextmanager
def _from_file_to_file(here: Path, there: Path) -> Iterator[Copy]:
    if sqlite.is_there(there) and here.samefile(there):
        raise Refused(f"{there} is the database itself. Name another file for the copy.")
    rows: dict[str, int] = {}
    with _named_at_the_end(there, str(here), lambda aside: rows.update(_copy(here, aside))) as store:
        yield store, rows


@contextmanager
def _of_file(source: str) -> Iterator[_Original]:
    """Give a file's records as this program has them: those of an older one are brought up in a copy."""
    here = _source(source)
    with TemporaryDirectory() as folder:
        aside = Path(folder) / here.name
        with _by_name(aside, str(here)):
            rows = _copy(here, aside)
            with closing(open_store(str(aside))) as store, store.reading() as work:
                yield _Original(work.database, str(here), rows, store.beside())


@contextmanager
def _of_server(server: Server) -> Iterator[_Original]:
    """Give a server's records; they are only read."""
    with closing(open_on(server)) as store:
        beside = store.beside()
        with store.reading() as work:
            yield _Original(work.database, server.name, _rows(work.database), beside)


@contextmanager
def _onto(server: Server, original: _Original) -> Iterator[Store]:
    """Fill a server's database that holds nothing, in one transaction; it ends when the copy was checked."""
    with building(server) as (store, _born):
        with store.reading() as work:
            if _held(work.database):
                raise Refused(f"{server.name} holds records already. Name another one; nothing was changed.")
        try:
            carry(original.database, work.database)
            keep_carried(server.anchor, original.beside, work.trail, on_server=True)
            yield store
        except BaseException:
            head_file(server.anchor).unlink(missing_ok=True)
            raise


@contextmanager
def _into(there: Path, original: _Original) -> Iterator[Store]:
    """Fill a new file, which takes the name of `there` when it was checked."""

    def fill(aside: Path) -> None:
        new_file(original.database, aside)
        with closing(open_store(str(aside))) as store, store.reading() as work:
            keep_carried(aside, original.beside, work.trail)

    with _named_at_the_end(there, original.name, fill) as store:
        yield store


@contextmanager
def _named_at_the_end(there: Path, called: str, fill: Callable[[Path], None]) -> Iterator[Store]:
    """Give what `fill` wrote into a file aside; it becomes `there` at the end. Sentences speak of the original."""
    born = _holds_nothing(there)
    make_room(there)
    try:
        with TemporaryDirectory(dir=there.parent, prefix=f".{there.name}.", suffix=".part") as folder:
            aside = Path(folder) / there.name
            with _by_name(aside, called):
                fill(aside)
                with closing(open_store(str(aside))) as store:
                    yield store
                    if not born:
                        _become(there, store)
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
            held = _held(work.database)
    finally:
        store.close()
    if held:
        raise Refused(f"{file} holds records already. Name a new file for the copy; nothing was changed.")
    return False


def _held(database: Database) -> int:
    """Return how many records a database holds."""
    return sum(count for table, count in _rows(database).items() if table != DONE)


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
        if not table.startswith("sqlite_") and table != TURN
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
def _by_name(aside: Path, called: str) -> Iterator[None]:
    """Speak of the source where something is wrong with its copy."""
    try:
        yield
    except (Refused, Surroundings) as said:
        raise type(said)(str(said).replace(str(aside), called)) from said
