"""Opening a server's database, beginning one, or saying in one sentence why not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from peewee import Database

from ldninv.db import postgres
from ldninv.db.address import Server
from ldninv.db.head import head_file, keep_carried
from ldninv.db.store import Store
from ldninv.db.upgrade import DONE, pending, upgrade
from ldninv.domain.audit import Beside
from ldninv.domain.refusal import Refused


def begun_on(server: Server) -> bool:
    """Whether a server's database has our tables.

    Raises:
        Refused: the driver of servers is not installed.
        Surroundings: the server cannot be reached.
    """
    database = postgres.connect(server)
    with postgres.in_words(server.name, database):
        try:
            return bool(database.table_exists(DONE))
        finally:
            database.close()


def open_on(server: Server, *, create: bool = False) -> Store:
    """Open a server's database and bring it to this program's schema.

    Args:
        server: It.
        create: Make our tables where there are none at all.

    Raises:
        Refused: it holds no records of ours, or another program's, or was made by a newer program.
        Surroundings: it cannot be reached, or does not let this person in.
    """
    database = postgres.connect(server)
    with postgres.in_words(server.name, database):
        try:
            database.connect()
            _refuse_others(database, server, create=create)
            if pending(database, server.name):
                upgrade(database, server.name, None)
        except BaseException:
            database.close()
            raise
    store = _store(database, server)
    _join(store, server)
    return store


def _join(store: Store, server: Server) -> None:
    """Keep the head from now on, where this computer has not worked on the database before; others kept it so far."""
    if not head_file(server.anchor).exists():
        with store.reading() as work:
            keep_carried(server.anchor, Beside(), work.trail, on_server=True)


@contextmanager
def newborn_on(server: Server) -> Iterator[Store]:
    """Make the tables and what goes into them in one transaction: a failure or a kill leaves none behind.

    Raises:
        Refused: another workstation began it meanwhile.
    """
    with building(server) as (store, born):
        if not born:
            raise Refused(f"{server.name} was begun by another workstation meanwhile. Run the command again.")
        yield store


@contextmanager
def building(server: Server) -> Iterator[tuple[Store, bool]]:
    """Hold a server's database alone with our tables in it, and whether they were made now: all is kept, or nothing.

    Raises:
        Refused: it is another program's, or a newer program's.
    """
    database = postgres.connect(server)
    born = False
    try:
        with postgres.in_words(server.name, database), postgres.rebuilding(database):
            born = not database.table_exists(DONE)
            _refuse_others(database, server, create=True)
            upgrade(database, server.name, None)
            if born:
                head_file(server.anchor).unlink(missing_ok=True)  # of a database of that name that was taken away
            yield _store(database, server), born
    except BaseException:
        if born:
            head_file(server.anchor).unlink(missing_ok=True)
        raise
    finally:
        database.close()


def _refuse_others(database: Database, server: Server, *, create: bool) -> None:
    """Refuse a server's database that is another program's, or that holds no records of ours yet."""
    tables = database.get_tables()
    if tables and DONE not in tables:
        raise Refused(
            f"{server.name} is the database of another program. Have one made for ldninv; nothing was changed."
        )
    if not tables and not create:
        raise Refused(
            f"There are no records of ldninv in the database {server.name}. Check the name; “ldninv import batches” "
            "begins them."
        )


def _store(database: Database, server: Server) -> Store:
    return Store(database, server.name, server.anchor)
