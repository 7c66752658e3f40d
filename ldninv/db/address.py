"""Where a database lies: a file by its path, or one of a PostgreSQL server by its address. No password is ever told."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from platformdirs import user_data_path

from ldninv.domain.refusal import Refused

SCHEME = "sqlite:///"
MEMORY = ":memory:"

_SERVERS = ("postgresql://", "postgres://")
_USUAL_PORT = ":5432"


@dataclass(frozen=True, slots=True)
class Server:
    """A database of a PostgreSQL server."""

    url: str
    """With the password, where it holds one: for the driver alone, never for a sentence."""
    database: str
    where: str
    """The server's name with its port where that is another than usual; empty for this computer."""

    @property
    def name(self) -> str:
        """Return what it is called in sentences and in the status bar."""
        return f"{self.database} on {self._spoken or 'this computer'}"

    @property
    def anchor(self) -> Path:
        """Return the file that it would be in this person's data folder: the head of the trail is kept beside it."""
        name = re.sub(r"[^\w.-]+", "_", f"{self.where or 'localhost'}_{self.database}").strip("_")
        return user_data_path("ldninv", appauthor=False) / "servers" / f"{name}.db"

    @property
    def _spoken(self) -> str:
        return "" if self.where.startswith("/") else self.where


def default_url() -> str:
    """Return the address of the database in the user's data folder."""
    return f"{SCHEME}{user_data_path('ldninv', appauthor=False) / 'ldninv.db'}"


def server_of(url: str) -> Server | None:
    """Return the server's database at an address; None where the address is a file's.

    Raises:
        Refused: it names no database.

    >>> server_of("postgresql://ana:secret@pg.example:5433/pharmacy").name
    'pharmacy on pg.example:5433'
    >>> server_of("batches.db") is None
    True
    """
    if not url.startswith(_SERVERS):
        return None
    parts = urlsplit(url)
    asked = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    database = asked.get("dbname") or unquote(parts.path.strip("/"))
    if not database or "/" in database:
        raise Refused(f"“{spoken(url)}” names no database. Write it as postgresql://you@server/ldninv.")
    where = unquote(parts.netloc.rpartition("@")[2]) or asked.get("host", "")
    port = f":{asked['port']}" if "port" in asked else ""
    return Server(url, database, (where + port).removesuffix(_USUAL_PORT))


def file_of(url: str) -> str:
    """Return the file of an address, or `:memory:`.

    Raises:
        Refused: another kind of database, or no file in it.
    """
    server = server_of(url)
    if server is not None:
        raise Refused(f"{server.name} is a server's database, not a file. Name a file, such as sqlite:///batches.db.")
    path = url.removeprefix(SCHEME) if "://" in url else url
    if not path or "://" in path:
        raise Refused(
            f"“{spoken(url)}” is no address of a database. Write it as sqlite:///batches.db, or as "
            "postgresql://you@server/ldninv."
        )
    return path


def place_of(url: str) -> Path:
    """Return what a window, its log and its head go by: the file, or what stands for a server's database."""
    server = server_of(url)
    return Path(file_of(url)) if server is None else server.anchor


def at_home(path: str) -> Path:
    """Return a file, with `~` for the person's own folder.

    Raises:
        Refused: it is the folder of somebody who is not known here.
    """
    try:
        return Path(path).expanduser()
    except RuntimeError:
        raise Refused(f"{path} lies in the folder of a person who is not known here. Write the whole path.") from None


def spoken(url: str) -> str:
    """Return an address as it may be shown: without a password, wherever it stands in it.

    >>> spoken("postgresql://ana:s3cr@t@pg.example/pharmacy?password=x&sslmode=require")
    'postgresql://ana@pg.example/pharmacy?sslmode=require'
    """
    hidden = re.sub(r"(//[^:/?#]*):[^/?#]*@", r"\1@", url)
    hidden = re.sub(r"(?<=[?&])(?:ssl)?password=[^&#]*&?", "", hidden)
    return hidden.rstrip("?&")
