"""What every verb is given: the database, who acts, where, and the clock; and what it says it changed."""

from __future__ import annotations

import getpass
import json
import platform
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Flag, auto
from typing import TYPE_CHECKING

from ldninv.domain.audit import Event
from ldninv.domain.entries import said
from ldninv.domain.people import SignInNeeded, Why
from ldninv.services.pins import Pins
from ldninv.services.seat import Seat

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
    PEOPLE = auto()
    GOODS = auto()
    """Bought goods, and what stands for them."""


@dataclass(frozen=True)
class Context:
    """Who works on which database, and when."""

    store: Store
    account: str
    """Who acts while there are no people: the computer's account, or a name given for it."""
    workstation: str
    today: Callable[[], date]
    """The pharmacy's local day."""
    now: Callable[[], datetime]
    """The clock, with its local offset; the trail's instants always come from here."""
    seat: Seat = field(default_factory=Seat)
    """Who is signed in here."""
    pins: Pins = field(default_factory=Pins)

    @property
    def user(self) -> str:
        """Who acts: whoever is signed in, or the account. Within a write it stays who began it."""
        seat, name = _ACTING.get()
        if seat is self.seat and name is not None:
            return name
        session = self.seat.session
        return self.account if session is None else session.name

    @property
    def settings(self) -> Settings:
        """The pharmacy's settings as they are kept now."""
        with self.store.reading() as work:
            return work.settings(self.today())

    @contextmanager
    def writing(self, *, signed_in: bool = True) -> Iterator[Transaction]:
        """Read and write as one, as the person who acts: the only door to a change.

        Args:
            signed_in: Whether it takes somebody who is signed in, once there are people. Not for what is noted beside
                a reading (a backup, a printed report), nor for what comes before any sign-in.

        Raises:
            SignInNeeded: there are people, and none of them is signed in here and at work.
            Surroundings: the database is locked for too long, read-only or full.
        """
        if signed_in:
            self._ask()
        with self.store.transaction() as work:
            name = self._admitted(work) if signed_in else self._noted_by(work)
            acting = _ACTING.set((self.seat, name))
            try:
                yield work
            finally:
                _ACTING.reset(acting)

    def admit(self) -> None:
        """Ask for a PIN now where the next write would: for what tells who made it before it is written.

        Raises:
            SignInNeeded: there are people, and none of them is signed in here and at work.
        """
        self._ask()
        needed = self.sign_in_needed()
        if needed is not None:
            raise needed

    def sign_in_needed(self) -> SignInNeeded | None:
        """Return why the next write would ask for a PIN; None where it would not."""
        with self.store.reading() as work:
            try:
                self._admitted(work)
            except SignInNeeded as needed:
                return needed
        return None

    def _ask(self) -> None:
        """Let whoever can ask for name and PIN do so, before anything is locked."""
        if self.seat.ask is not None and self.sign_in_needed() is not None:
            self.seat.ask()

    def _noted_by(self, work: Transaction) -> str:
        """Return under whose name something is noted that asks for no PIN: the account where nobody is at work."""
        try:
            return self._admitted(work)
        except SignInNeeded:
            return self.account

    def _admitted(self, work: Transaction) -> str:
        """Return who writes.

        Raises:
            SignInNeeded: nobody may, before a PIN was asked for.
        """
        session = self.seat.session
        if session is None:
            if work.people.any():
                raise SignInNeeded(Why.NOBODY, self.seat.last)
            return self.account
        person = work.people.get(session.person)
        self.seat.admit(person, session, work.preferences.read().idle_minutes)
        return person.name

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
        by: str | None = None,
    ) -> Event:
        """Return an event of this person (or of `by`, who signed), here and now, ready for the trail."""
        return Event(
            at=self.instant(),
            by=by or self.user,
            workstation=self.workstation,
            action=action,
            subject=subject,
            before=_text(before),
            after=_text(after),
            reason=said(reason),
        )


_ACTING: ContextVar[tuple[Seat | None, str | None]] = ContextVar("_ACTING", default=(None, None))
"""Who writes in the running transaction, and from which seat: a lock in between does not change it."""


def _text(content: Mapping[str, object] | None) -> str | None:
    return None if content is None else json.dumps(content, ensure_ascii=False, sort_keys=True, default=str)


def on_this_computer(store: Store, *, day: date | None = None, user: str | None = None) -> Context:
    """Return the context of this computer's clock and user on `store`.

    Args:
        store: The database.
        day: The pharmacy's day, where it is not the computer's own.
        user: Who acts, where it is not the computer's account. Once there are people, a name alone says nothing.
    """
    with store.reading() as work:
        by_name = not work.people.any()
    return Context(
        store=store,
        account=((user or "").strip() if by_name else "") or _account(),
        workstation=platform.node() or "this computer",
        today=date.today if day is None else lambda: day,
        now=lambda: datetime.now().astimezone(),
    )


def _account() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown"
