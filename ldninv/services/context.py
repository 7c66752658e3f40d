"""What every verb is given: the database, who acts, where, and the clock; and what it says it changed."""

from __future__ import annotations

import getpass
import json
import platform
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from enum import Flag, auto
from typing import TYPE_CHECKING

from ldninv.domain.audit import Event

if TYPE_CHECKING:
    from ldninv.db import Store, Transaction
    from ldninv.domain.settings import Settings


class Change(Flag):
    """What a verb touched; a page that shows it reads anew."""

    NOTHING = 0
    BATCHES = auto()
    LEDGER = auto()
    PLACES = auto()
    SETTINGS = auto()
    REPORTS = auto()
    BACKUPS = auto()


@dataclass(frozen=True)
class Context:
    """Who works on which database, and when."""

    store: Store
    user: str
    workstation: str
    today: Callable[[], date]
    """The pharmacy's local day."""
    now: Callable[[], datetime]
    """The clock, with its local offset; the trail's instants always come from here."""

    @property
    def settings(self) -> Settings:
        """The pharmacy's settings as they are kept now."""
        with self.store.reading() as work:
            return work.preferences.read()

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """Read and write as one, as the person who acts: the only door to a change.

        Raises:
            Surroundings: the database is locked for too long, read-only or full.
        """
        with self.store.transaction() as work:
            yield work

    def instant(self) -> str:
        """Return the present instant as the ledger and the trail write it: ISO 8601 with the local offset."""
        return self.now().isoformat(timespec="milliseconds")

    def event(
        self,
        action: str,
        subject: str,
        *,
        before: Mapping[str, object] | None = None,
        after: Mapping[str, object] | None = None,
        reason: str | None = None,
    ) -> Event:
        """Return an event of this person, here and now, ready for the trail."""
        return Event(
            at=self.instant(),
            by=self.user,
            workstation=self.workstation,
            action=action,
            subject=subject,
            before=_text(before),
            after=_text(after),
            reason=reason,
        )


def _text(content: Mapping[str, object] | None) -> str | None:
    return None if content is None else json.dumps(content, ensure_ascii=False, sort_keys=True, default=str)


def on_this_computer(store: Store, *, day: date | None = None, user: str | None = None) -> Context:
    """Return the context of this computer's clock and user on `store`.

    Args:
        store: The database.
        day: The pharmacy's day, where it is not the computer's own.
        user: Who acts, where it is not the computer's account.
    """
    return Context(
        store=store,
        user=(user or "").strip() or _account(),
        workstation=platform.node() or "this computer",
        today=date.today if day is None else lambda: day,
        now=lambda: datetime.now().astimezone(),
    )


def _account() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown"
