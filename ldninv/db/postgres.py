"""All that is PostgreSQL's own: the connection, how writers take turns, its rules, and the words for its errors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import local
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from peewee import Database, DatabaseError, Field, Function, IntegrityError, OperationalError, PostgresqlDatabase, fn

from ldninv.db.address import Server
from ldninv.domain.refusal import Refused, Surroundings

if TYPE_CHECKING:
    from psycopg import Connection

WAIT_SECONDS = 30
"""How long a write waits for another workstation's to end."""

_REACH_SECONDS = 10
"""How long a server may take to answer at all, where the address does not say."""

_SNAPSHOT = "REPEATABLE READ READ ONLY"

TURN = "turn"
"""The table whose one number who writes counts up first: the others wait, and see by it that somebody wrote."""

_MY_TURN = f"UPDATE {TURN} SET number = number + 1"  # noqa: S608 - our own name

_BUILDING = 0x4C444E49
"""`LDNI`: who makes the tables, or changes them, does so alone."""


class _Turns(local):
    """How often this thread wrote."""

    own = 0


class ServerDatabase(PostgresqlDatabase):
    """A database of a server that keeps and sorts what SQLite does: whole numbers of 64 bits, text by its characters.

    Statements may be written with `?` for a value, as everywhere in this room.
    """

    field_types = PostgresqlDatabase.field_types | {
        "AUTO": "BIGSERIAL",
        "FLOAT": "DOUBLE PRECISION",
        "INT": "BIGINT",
        "TEXT": 'TEXT COLLATE "C"',
    }

    def __init__(self, url: str) -> None:
        self.turns = _Turns()
        super().__init__(url, prefer_psycopg3=True)

    def execute_sql(self, sql: str, params: Any = None) -> Any:  # noqa: ANN401 - as peewee has it
        """Run a statement; what is looked for with a character 0, which no text here holds, is not found."""
        if params and sql.startswith("SELECT"):
            params = [each.replace("\0", "\ufffd") if isinstance(each, str) else each for each in params]
        return super().execute_sql(sql.replace("?", "%s"), params)  # type: ignore[no-untyped-call]

    def begin(self, isolation_level: str | None = None) -> None:
        """Begin a transaction; where the server let go of an idle connection, on a new one: nothing is lost by it."""
        try:
            super().begin(isolation_level)
        except OperationalError:
            if self.in_transaction() or not _is_lost(self):
                raise
            self.close()
            super().begin(isolation_level)

    def _connect(self) -> Connection[Any]:
        from ldninv.db import driver

        return driver.connected(self.database, reach_seconds=_REACH_SECONDS)


def connect(server: Server) -> ServerDatabase:
    """Return a database on a server, not opened yet.

    Raises:
        Refused: the driver is not installed, or the address cannot be read.
    """
    try:
        from ldninv.db import driver
    except ImportError:
        raise Refused(
            "PostgreSQL servers need the package “psycopg”, which is not installed here. Install it with “pip install "
            "psycopg[binary]”."
        ) from None
    if not driver.is_readable(server.url):
        raise Refused(f"The address of {server.name} cannot be read. Write it as postgresql://you@server/ldninv.")
    return ServerDatabase(server.url)


@contextmanager
def reading(database: Database) -> Iterator[None]:
    """Ask of one and the same moment, whatever is written meanwhile."""
    with database.atomic(_SNAPSHOT):
        yield


@contextmanager
def writing(database: Database) -> Iterator[None]:
    """Hold the turn to write before anything is read, so that what was decided on still holds; it counts the writes."""
    if database.in_transaction():  # it has the turn already
        with database.atomic():
            yield
        return
    with database.atomic():
        _wait_no_longer(database)
        database.execute_sql(_MY_TURN)
        yield
    _turns(database).own += 1


@contextmanager
def rebuilding(database: Database) -> Iterator[None]:
    """Be the only one who makes or changes tables; nobody writes meanwhile."""
    with database.atomic():
        build_alone(database)
        if database.table_exists(TURN):
            database.execute_sql(_MY_TURN)
        yield


def _turns(database: Database) -> _Turns:
    assert isinstance(database, ServerDatabase)  # noqa: S101 - as `dialect` has it
    return database.turns


def build_alone(database: Database) -> None:
    """Wait until nobody else makes or changes tables; until the transaction ends nobody else does."""
    _wait_no_longer(database)
    database.execute_sql("SELECT pg_advisory_xact_lock(?)", (_BUILDING,))


def _wait_no_longer(database: Database) -> None:
    database.execute_sql(f"SET LOCAL lock_timeout = '{WAIT_SECONDS}s'")


def version(database: Database) -> int:
    """Return a number that changes when somebody else wrote: all writes but this thread's own."""
    return -_turns(database).own + int(database.execute_sql(f"SELECT number FROM {TURN}").fetchone()[0])  # noqa: S608 - our own name


def joined(column: Field, separator: str) -> Function:
    """Return the values of a group as one text."""
    text: Function = fn.STRING_AGG(column, separator)
    return text


def unindexed(column: Field) -> Field:
    """Return a column as it is: the server knows by its statistics which index serves best."""
    return column


def streamed(database: Database, statement: str, at_once: int = 2000) -> Iterator[Sequence[Any]]:
    """Yield rows as they come, so many at a time; only inside a transaction."""
    with database.connection().cursor(name=f"rows-{uuid4().hex}") as cursor:
        cursor.itersize = at_once
        cursor.execute(statement)
        yield from cursor


def faults(database: Database) -> list[str]:
    """Return what is wrong with the tables themselves: a rule that somebody switched off."""
    asked = (
        "SELECT c.relname, t.tgname FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid "
        "JOIN pg_namespace AS n ON n.oid = c.relnamespace "
        "WHERE n.nspname = current_schema() AND t.tgenabled = 'D' ORDER BY 1, 2"
    )
    return [
        f"PostgreSQL: the rule {rule} of table {table} is switched off" for table, rule in database.execute_sql(asked)
    ]


@contextmanager
def in_words(name: str, database: Database | None = None) -> Iterator[None]:
    """Turn the server's errors that are the surroundings' fault into a sentence about the database `name`.

    A connection that was lost is let go, so that what is asked next makes a new one.

    Raises:
        Surroundings: not reached, not let in, lost, full, locked or not allowed.
        Refused: a text to be kept or looked for is none.
    """
    try:
        yield
    except UnicodeEncodeError as error:
        raise Refused(f"{error.object!a} holds bytes that are no characters. Type it anew.") from error
    except IntegrityError:
        raise
    except Exception as error:
        if not isinstance(error, DatabaseError | _driver_error()):
            raise
        if database is None or database.is_closed():
            raise Surroundings(f"The database {name} {_unreached(error)}") from error
        first, lost = _first(error), _is_lost(database)
        if lost and not database.in_transaction():
            database.close()
        if "NUL (0x00)" in str(first):
            raise Refused("A text with a character 0 in it cannot be kept on this server. Type it anew.") from error
        words = _LOST if lost else _words(first)
        if words is None:
            raise
        raise Surroundings(f"The database {name} {words}") from error


def _is_lost(database: Database) -> bool:
    """Whether the connection is one that the server or the network let go of."""
    return not database.is_closed() and bool(database.connection().closed)


def _driver_error() -> type[Exception]:
    from ldninv.db import driver

    return driver.Error


def _first(error: BaseException) -> BaseException:
    """Return the error that the others followed from: taking back on a lost connection fails too."""
    while error.__context__ is not None:
        error = error.__context__
    return error


def _unreached(error: BaseException) -> str:
    """Return why there is no connection; the server's own words may be in another language."""
    said = str(error).lower()
    return next((words for part, words in _REACHING if part in said), _UNREACHED)


def _words(error: BaseException) -> str | None:
    """Return what to say of an error of the server; None where it is our mistake."""
    state = getattr(error, "sqlstate", None) or "none"
    return next((words for begin, words in _STATES if state.startswith(begin)), None)


_LOST = (
    "was lost in the midst of it: the server or the network stopped. Nothing was half-written. Look whether the last "
    "entry is there, then go on."
)
_NOT_LET_IN = (
    "does not let you in: it knows no such name and password. Check them in the address or in your pgpass file."
)
_UNREACHED = "cannot be reached. Check that the server runs, the network, and the address."
_LOCKED = "is being written by another workstation that does not end. Nothing was changed. Try again."
_REACHING = (
    ("password", _NOT_LET_IN),
    ("authentication failed", _NOT_LET_IN),
    ("role ", _NOT_LET_IN),
    ("pg_hba", "does not let this computer in. Ask who looks after the server."),
    ("does not exist", "is not there: the server runs, and knows no database of that name. Check it, or have it made."),
    ("too many", "has too many people on it. Close a window somewhere and try again."),
)
_STATES = (
    ("08", _LOST),
    ("57P", _LOST),
    ("28", _NOT_LET_IN),
    ("3D000", "is not there: the server runs, and knows no database of that name. Check it, or have it made."),
    ("55P03", _LOCKED),
    ("40", "was written by another workstation at the same moment. Nothing was changed. Try again."),
    ("57014", "took too long for the server. Nothing was changed. Try again."),
    ("53100", "could not be written: the server's disk is full. Nothing was changed. Have space made and try again."),
    ("53300", "has too many people on it. Close a window somewhere and try again."),
    ("53", "is on a server that is short of room. Nothing was changed. Ask who looks after it."),
    ("25006", "is read-only. Nothing was changed. Ask who looks after the server."),
    ("42501", "does not allow you that. Nothing was changed. Ask who looks after the server for the right to write."),
    ("58", "is on a server whose disk reports a fault. Nothing was changed. Ask who looks after it."),
    ("XX", "is damaged. Nothing was changed. Ask who looks after the server; the last backup can be put back."),
)
