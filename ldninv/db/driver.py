"""The driver of PostgreSQL servers: an extra, so nothing imports this module before a server's address is opened."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import psycopg
from psycopg.adapt import Loader

Error = psycopg.Error


class _Number(Loader):
    """Sums come as decimals; here they are sums of whole numbers."""

    def load(self, data: bytes | bytearray | memoryview) -> int | float:
        text = bytes(data).decode()
        return int(text) if text.lstrip("-").isdigit() else float(text)


class _Connection(psycopg.Connection[Any]):
    """A connection that is let go when the thread ends that had it."""

    def __del__(self, *_: object) -> None:
        with suppress(Exception):
            self.pgconn.finish()


def connected(url: str, *, reach_seconds: int) -> psycopg.Connection[Any]:
    """Return a connection to the database at an address, each statement a transaction of its own.

    Args:
        url: The address.
        reach_seconds: How long the server may take to answer, where the address does not say.
    """
    asked = psycopg.conninfo.conninfo_to_dict(url)
    asked.setdefault("connect_timeout", reach_seconds)
    asked.setdefault("application_name", "ldninv")
    connection = _Connection.connect(_text(asked), autocommit=True)
    connection.adapters.register_loader("numeric", _Number)
    return connection


def _text(asked: Mapping[str, Any]) -> str:
    return psycopg.conninfo.make_conninfo(**asked)


def is_readable(url: str) -> bool:
    """Whether the driver can read an address."""
    try:
        psycopg.conninfo.conninfo_to_dict(url)
    except psycopg.ProgrammingError:
        return False
    return True
