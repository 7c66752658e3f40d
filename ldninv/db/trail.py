"""The trail in the database (R28)."""

from __future__ import annotations

from array import array
from collections.abc import Generator, Iterable, Iterator, Sequence
from typing import Any

from peewee import Database, Expression, Field, ModelSelect

from ldninv.db import dialect, sqlite
from ldninv.db.batches import AT_ONCE
from ldninv.db.rows import BatchRow, EventRow, MovementRow, insert
from ldninv.db.worded import Worded
from ldninv.domain import audit
from ldninv.domain.audit import Asked, Event, Head
from ldninv.domain.days import shifted
from ldninv.domain.lots import lot_key

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
        return self.extend([event])

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

    def raw(self) -> Generator[Sequence[Any], None, None]:
        """Yield the fields of every event in order, whatever they hold: what was tampered with need not be text.

        What cannot be read as an event at all comes as one without a number, and ends it.
        """
        names = ", ".join(f'"{column.column_name}"' for column in _COLUMNS)
        statement = f"SELECT {names} FROM event ORDER BY number"  # noqa: S608 - our own names
        try:
            yield from dialect.of(self._database).streamed(self._database, statement)
        except sqlite.NOT_READ as error:
            if not sqlite.is_no_text(error):
                raise
            yield (None,) * len(_COLUMNS)

    def tells_of(self, digest: str) -> bool:
        """Whether an event names the file with this SHA-256."""
        return (
            EventRow.select(EventRow.number).where(EventRow.after.contains(digest)).limit(1).scalar(self._database)
            is not None
        )

    def numbers(self, asked: Asked) -> array[int]:
        """Return the numbers of the events that answer `asked`, newest first: cheap to hold for a million."""
        if asked == Asked():
            return array("q", range(self.head().events, 0, -1))
        query = EventRow.select(EventRow.number).where(*self._wanted(asked)).order_by(EventRow.number.desc())
        return array("q", (number for (number,) in self._database.execute(query)))

    def rows(self, numbers: Sequence[int]) -> list[Event]:
        """Return the events of these numbers, in this order."""
        found: dict[int, Event] = {}
        for start in range(0, len(numbers), AT_ONCE):
            query = EventRow.select(*_COLUMNS).where(EventRow.number.in_(list(numbers[start : start + AT_ONCE])))
            found.update((row[0], _event(row)) for row in self._database.execute(query))
        return [found[number] for number in numbers if number in found]

    def actions(self) -> list[str]:
        """Return every kind of event that ever happened, by name."""
        return _distinct(self._database, EventRow.action)

    def people(self) -> list[str]:
        """Return everybody who ever did something, by name."""
        return _distinct(self._database, EventRow.by)

    def _wanted(self, asked: Asked) -> list[Expression]:
        found: list[Expression] = []
        if asked.lot is not None:
            batch = BatchRow.select(BatchRow.id).where(BatchRow.lot_key == lot_key(asked.lot))
            lots = BatchRow.select(BatchRow.lot).where(BatchRow.lot_key == lot_key(asked.lot))
            wrote = MovementRow.select(MovementRow.event).where(MovementRow.batch.in_(batch))
            found.append(EventRow.subject.in_(lots) | EventRow.number.in_(wrote))
        if asked.by is not None:
            of_few = asked.first is None and asked.last is None  # else the day's index serves better than the person's
            found.append((EventRow.by if of_few else dialect.of(self._database).unindexed(EventRow.by)) == asked.by)
        if asked.first is not None:
            found.append(EventRow.at >= asked.first.isoformat())
        if asked.last is not None:
            found.append(EventRow.at < shifted(asked.last, 1).isoformat())
        if asked.actions:
            found.append(EventRow.action.in_(sorted(asked.actions)))
        return found

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
        return [_event(row) for row in _of_batch(self._database, lot, batch)]


@Worded
def _of_batch() -> ModelSelect[EventRow]:
    wrote = MovementRow.select(MovementRow.event).where(MovementRow.batch == 0)
    about = (EventRow.subject == "") | EventRow.number.in_(wrote)
    return EventRow.select(*_COLUMNS).where(about).order_by(EventRow.number)


def _distinct(database: Database, column: Field) -> list[str]:
    """Return the different values of an indexed column, hopping from one to the next: a million rows are not read."""
    found: list[str] = []
    while True:
        query = EventRow.select(column).order_by(column).limit(1)
        query = query.where(column > found[-1]) if found else query
        value = query.scalar(database)
        if value is None:
            return found
        found.append(str(value))


def _event(row: Sequence[Any]) -> Event:
    number, at, by, workstation, action, subject, before, after, reason, previous, digest = row
    return Event(
        number=number, at=at, by=by, workstation=workstation, action=action, subject=subject,
        before=before, after=after, reason=reason, previous=previous, hash=digest,
    )  # fmt: skip
