"""What the options before a command settle: which database, which day, who, and how answers are written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ldninv.db import default_url, exists, open_store
from ldninv.services.context import Context, on_this_computer


class Format(StrEnum):
    """How answers are written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class Session:
    """The options of one call."""

    url: str | None = None
    """None for the database in the user's data folder."""
    day: date | None = None
    """None for the computer's own day."""
    user: str | None = None
    format: Format = Format.TABLE

    @property
    def exists(self) -> bool:
        """Whether the database is there already."""
        return exists(self.url or default_url())

    @contextmanager
    def context(self, *, create: bool = False, in_memory: bool = False) -> Iterator[Context]:
        """Open the database for one command.

        Args:
            create: Make it where it is not there; it is taken away again where the command fails.
            in_memory: Work on a new database that is never kept.
        """
        store = open_store("sqlite:///:memory:" if in_memory else self.url or default_url(), create=create or in_memory)
        try:
            yield on_this_computer(store, day=self.day, user=self.user)
        except BaseException:
            store.forsake()
            raise
        store.close()
