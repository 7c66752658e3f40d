"""What the options before a command settle: which database, which day, who, and how answers are written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ldninv.db import Store, default_url, exists, newborn, open_store
from ldninv.services.context import Context, on_this_computer

MEMORY = "sqlite:///:memory:"


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
            create: Make it where it is not there; a command that fails leaves none behind.
            in_memory: Work on a new database that is never kept.
        """
        url = self.url or default_url()
        with newborn(url) if create and not self.exists else _opened(MEMORY if in_memory else url) as store:
            yield on_this_computer(store, day=self.day, user=self.user)


@contextmanager
def _opened(url: str) -> Iterator[Store]:
    store = open_store(url)
    try:
        yield store
    finally:
        store.close()
