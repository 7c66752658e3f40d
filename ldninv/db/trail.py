"""The trail in the database, and its head in a file beside it (R28)."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from peewee import Database

from ldninv.db.rows import EventRow, MovementRow, insert
from ldninv.domain import audit
from ldninv.domain.audit import Event, Head

_COLUMNS = (
    EventRow.number, EventRow.at, EventRow.by, EventRow.workstation, EventRow.action, EventRow.subject,
    EventRow.before, EventRow.after, EventRow.reason, EventRow.previous, EventRow.hash,
)  # fmt: skip


class Trail:
    """The events of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def head(self) -> Head:
        """Return how far the trail goes."""
        rows = list(
            EventRow.select(EventRow.number, EventRow.hash)
            .order_by(EventRow.number.desc())
            .limit(1)
            .tuples()
            .execute(self._database)
        )
        return Head(*rows[0]) if rows else Head(0, audit.START)

    def append(self, event: Event) -> int:
        """Bind `event` to the one before, keep it, and return its number; only inside a write transaction."""
        placed = audit.bound(event, self.head())
        insert(EventRow, [audit.facts(placed)], self._database)
        return placed.number

    def extend(self, events: Iterable[Event]) -> int:
        """Bind and keep many events, and return the number of the first; only inside a write transaction."""
        head = self.head()
        first = head.events + 1
        rows = []
        for event in events:
            placed = audit.bound(event, head)
            head = Head(placed.number, placed.hash)
            rows.append(audit.facts(placed))
        insert(EventRow, rows, self._database)
        return first

    def all(self) -> Iterator[Event]:
        """Yield every event in order."""
        query = EventRow.select(*_COLUMNS).order_by(EventRow.number)
        return (_event(row) for row in query.tuples().iterator(self._database))

    def hash_of(self, number: int) -> str | None:
        """Return the hash of an event; None where there is no such event."""
        found = EventRow.select(EventRow.hash).where(EventRow.number == number).scalar(self._database)
        return None if found is None else str(found)

    def of_action(self, action: str) -> Iterator[Event]:
        """Yield the events of an action, oldest first."""
        query = EventRow.select(*_COLUMNS).where(EventRow.action == action).order_by(EventRow.number)
        return (_event(row) for row in self._database.execute(query))

    def last(self, action: str) -> Event | None:
        """Return the latest event of an action."""
        query = EventRow.select(*_COLUMNS).where(EventRow.action == action).order_by(EventRow.number.desc()).limit(1)
        return next((_event(row) for row in self._database.execute(query)), None)

    def of(self, batch: int, lot: str) -> list[Event]:
        """Return the events that concern a batch, oldest first: by its lot, or by an entry of its ledger."""
        wrote = MovementRow.select(MovementRow.event).where(MovementRow.batch == batch)
        query = (
            EventRow.select(*_COLUMNS)
            .where((EventRow.subject == lot) | EventRow.number.in_(wrote))
            .order_by(EventRow.number)
        )
        return [_event(row) for row in query.tuples().execute(self._database)]


def _event(row: Sequence[Any]) -> Event:
    number, at, by, workstation, action, subject, before, after, reason, previous, digest = row
    return Event(
        number=number, at=at, by=by, workstation=workstation, action=action, subject=subject,
        before=before, after=after, reason=reason, previous=previous, hash=digest,
    )  # fmt: skip


def head_file(database: Path) -> Path:
    """Return where the head is kept beside a database."""
    return database.with_name(database.name + ".head")


def keep_head(database: Path, head: Head) -> None:
    """Write the head beside the database, aside first and then renamed.

    A head that cannot be written takes nothing from what was committed: the one that stands there still holds for its
    part.
    """
    target = head_file(database)
    aside = target.with_name(f"{target.name}.{os.getpid()}")
    with suppress(OSError):
        aside.write_text(json.dumps({"events": head.events, "head": head.hash}) + "\n", encoding="utf-8")
        aside.replace(target)


def kept_head(database: Path) -> Head | None:
    """Return the head that stands beside the database; None where there is none that can be read."""
    try:
        content = json.loads(head_file(database).read_text(encoding="utf-8"))
        return Head(int(content["events"]), str(content["head"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
