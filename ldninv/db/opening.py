"""Opening a database by its address, or saying in one sentence why not."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ldninv.db import sqlite
from ldninv.db.address import MEMORY, at_home, file_of, server_of
from ldninv.db.head import beside, head_file
from ldninv.db.serving import begun_on, newborn_on, open_on
from ldninv.db.store import Store
from ldninv.db.upgrade import pending, upgrade
from ldninv.domain.refusal import Damaged, Refused, Surroundings


def exists(url: str) -> bool:
    """Whether there are records at `url`: a file, or our tables in a server's database.

    Raises:
        Refused: another kind of address, or the driver of servers is not installed.
        Surroundings: the server cannot be reached.
    """
    server = server_of(url)
    if server is not None:
        return begun_on(server)
    path = file_of(url)
    return path != MEMORY and sqlite.is_there(at_home(path))


def open_store(url: str, *, create: bool = False) -> Store:
    """Open the database at `url` and bring it to this program's schema.

    Args:
        url: `sqlite:///path/file.db`, `sqlite:///:memory:`, a file's path, or `postgresql://you@server/database`.
        create: Make it where it is not there, with its folder; in a server's database, which is there, the tables.

    Raises:
        Refused: not there, not ours, or from a newer program.
        Surroundings: locked, read-only, full, damaged or out of reach.
    """
    server = server_of(url)
    if server is not None:
        return open_on(server, create=create)
    path = file_of(url)
    if path == MEMORY:
        return _opened(path, born=True)
    file = at_home(path)
    born = not sqlite.is_there(file)
    if born and not create:
        raise Refused(
            f"There is no database {file}. Check the name; “ldninv import batches” or “ldninv demo” makes a new one."
        )
    if born:
        make_room(file)
    else:
        _refuse_what_was_ours(file)
        sqlite.refuse_foreign(file, str(file))
        born = file.stat().st_size == 0
        if born and not create:
            raise Refused(f"{file} is empty, and no database. Name another file, or import a list into this one.")
    return _opened(str(file), born=born)


def _refuse_what_was_ours(file: Path) -> None:
    """Tell a database whose beginning was spoilt from another program's file: a head of a trail stands beside it."""
    if file.is_file() and beside(file).head is not None and sqlite.is_no_database(file):
        raise Damaged(f"The database {file} is damaged. Nothing was changed. Work on with a copy of the last backup.")


@contextmanager
def newborn(url: str) -> Iterator[Store]:
    """Make a database aside, and give it its name when the block is done; a failure or a kill leaves none behind.

    A first import that was cut off must not leave an empty database that answers "no expired stock".

    Raises:
        Refused: another program made one of that name meanwhile.
        Surroundings: its place cannot be written.
    """
    server = server_of(url)
    if server is not None:
        with newborn_on(server) as store:
            yield store
        return
    file = at_home(file_of(url))
    aside = file.with_name(f"{file.name}.{os.getpid()}.part")
    try:
        store = open_store(str(aside), create=True)
        try:
            yield store
        finally:
            store.close()
        give_name(aside, file)
    except Surroundings as said:
        raise Surroundings(str(said).replace(str(aside), str(file))) from said
    finally:
        sqlite.unmake(aside)
        head_file(aside).unlink(missing_ok=True)


def give_name(aside: Path, file: Path) -> None:
    """Give a finished database its name, unless somebody has taken it."""
    if sqlite.is_there(file):
        raise Refused(f"{file} was made by another program meanwhile. Run the command again.")
    try:
        if head_file(aside).is_file():
            head_file(aside).replace(head_file(file))
        aside.rename(file)
    except OSError as error:
        raise Surroundings(
            f"The database {file} cannot be written ({error.strerror}). Choose another place."
        ) from error


def _opened(path: str, *, born: bool) -> Store:
    file = Path(path)
    in_memory = path == MEMORY
    writable = in_memory or born or (os.access(file, os.W_OK) and os.access(file.parent, os.W_OK))
    quiet = not writable and not Path(f"{path}-wal").exists()
    database = sqlite.connect(path, untouched=quiet)
    with sqlite.in_words(path):
        try:
            database.connect()
            if born:
                sqlite.claim(database)
            if pending(database, path):
                upgrade(database, path, None if born else before_upgrade(file))
        except BaseException:
            database.close()
            if born and not in_memory:
                sqlite.unmake(file)
            raise
    return Store(database, path)


def before_upgrade(file: Path) -> Path:
    """Return where a database is copied to before it is upgraded."""
    return file.with_name(f"{file.stem}-before-upgrade{file.suffix}")


def make_room(file: Path) -> None:
    """Make the folder that a new database goes into.

    Raises:
        Surroundings: it cannot be made.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Surroundings(
            f"The folder {file.parent} cannot be made ({error.strerror}). Choose another place for the database."
        ) from error
