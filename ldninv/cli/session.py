"""What the options before a command settle: which database, which day, who, and how answers are written."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial
from getpass import getpass
from pathlib import Path

from ldninv.db import Store, at_home, default_url, exists, file_of, newborn, open_store
from ldninv.domain.refusal import Refused
from ldninv.services import people
from ldninv.services.context import Context, on_this_computer
from ldninv.services.sign_in import sign_in
from ldninv.services.signing import Pen

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
    signer: str | None = None

    @property
    def exists(self) -> bool:
        """Whether the database is there already."""
        return exists(self.url or default_url())

    @property
    def file(self) -> Path:
        """The database's file."""
        return at_home(file_of(self.url or default_url()))

    def here(self, store: Store) -> Context:
        """Return the context of this computer on a database."""
        return on_this_computer(store, day=self.day, user=self.user)

    @contextmanager
    def context(self, *, create: bool = False, in_memory: bool = False, named: bool = False) -> Iterator[Context]:
        """Open the database for one command.

        Args:
            create: Make it where it is not there; a command that fails leaves none behind.
            in_memory: Work on a new database that is never kept.
            named: It makes a paper, which tells who made it: who gave name and PIN is signed in at once.
        """
        url = self.url or default_url()
        with newborn(url) if create and not self.exists else _opened(MEMORY if in_memory else url) as store:
            here = self.here(store)
            here.seat.ask = partial(self._sign_in, here)
            if named and self.user and "LDNINV_PIN" in os.environ and here.sign_in_needed() is not None:
                self._sign_in(here)
            yield here

    def pen(self, here: Context, name: str | None = None) -> Pen | None:
        """Return who signs: `name`, or whom --signer names before the command; None where nobody does, or can yet.

        Raises:
            Refused: somebody is named, and there is no PIN.
        """
        name = name or self.signer
        if not name or not people.everybody(here):
            return None
        return Pen(name, secret("LDNINV_SIGNER_PIN", "The PIN of who signs"))

    def _sign_in(self, here: Context) -> None:
        """Sign in who acts, before the first write.

        Raises:
            Refused: nobody is named, there is no PIN, or it is wrong.
        """
        if not self.user:
            raise Refused("Sign in to write: put --user NAME before the command, and the PIN in LDNINV_PIN.")
        sign_in(here, self.user, secret("LDNINV_PIN", "Your PIN"))


@contextmanager
def _opened(url: str) -> Iterator[Store]:
    store = open_store(url)
    try:
        yield store
    finally:
        store.close()


def secret(variable: str, words: str) -> str:
    """Return what is never written on a command line: from the environment, or typed unseen on a terminal.

    Raises:
        Refused: neither is there.
    """
    kept = os.environ.get(variable)
    if kept:
        return kept
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise Refused(f"{words} is missing. Set {variable}, or call this from a terminal, where it is asked for.")
    return getpass(f"{words}: ")
