"""The ledger: entries appended, read back, summed and recounted (R10)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from peewee import JOIN, Database, ModelSelect, fn

from ldninv.db.batches import AT_ONCE
from ldninv.db.places import Places
from ldninv.db.rows import BatchRow, MovementRow, PlaceRow, insert
from ldninv.db.worded import Worded
from ldninv.domain.batch import Stock
from ldninv.domain.entries import Decision, Dispensing, Entry, Kind, Posted, stock_after
from ldninv.domain.quantities import Strength

_ENTRY = (
    MovementRow.id, MovementRow.kind, MovementRow.capsules, MovementRow.day, MovementRow.reason,
    MovementRow.days_supply, PlaceRow.name, MovementRow.note, MovementRow.at, MovementRow.by, MovementRow.voids,
    MovementRow.returned, MovementRow.expires, MovementRow.decision,
)  # fmt: skip


class Ledger:
    """The movements of one database."""

    def __init__(self, database: Database, places: Places) -> None:
        self._database = database
        self._places = places
        self._place_keys: dict[str, int] = {}

    def append(self, entries: Iterable[tuple[int, Entry]], *, at: str, by: str, event: int) -> list[int]:
        """Append entries of one event, each with its batch's key, and return their numbers."""
        return self.extend((batch, entry, at, by, event) for batch, entry in entries)

    def extend(self, entries: Iterable[tuple[int, Entry, str, str, int]]) -> list[int]:
        """Append entries, each with its batch's key, instant, person and event, and return their numbers."""
        number = self.last()
        rows = [
            {
                "id": number + index,
                "batch_id": batch,
                "kind": entry.kind.value,
                "capsules": entry.capsules,
                "day": entry.day.isoformat(),
                "at": at,
                "by": by,
                "reason": entry.reason,
                "days_supply": entry.days_supply,
                "place_id": self._place_key(entry.place),
                "note": entry.note,
                "voids": entry.voids,
                "event_id": event,
                "returned": entry.returned,
                "expires": entry.expires.isoformat() if entry.expires else None,
                "decision": entry.decision.value if entry.decision else None,
            }
            for index, (batch, entry, at, by, event) in enumerate(entries, start=1)
        ]
        insert(MovementRow, rows, self._database)
        return list(range(number + 1, number + 1 + len(rows)))

    def of(self, batch: int, lot: str) -> list[Posted]:
        """Return a batch's entries, oldest first, each with what was on hand after it."""
        on_hand = 0
        found = []
        for row in _of_batch(self._database, batch):
            entry = _entry(row)
            on_hand += entry.capsules
            found.append(Posted(id=row[0], lot=lot, entry=entry, on_hand=on_hand, at=row[8], by=row[9]))
        return found

    def of_all(self, lots: Mapping[int, str]) -> dict[int, list[Posted]]:
        """Return the entries of many batches, by key, oldest first; `lots` has each batch's lot by its key."""
        found: dict[int, list[Posted]] = {key: [] for key in lots}
        keys = list(lots)
        for start in range(0, len(keys), AT_ONCE):
            chosen = MovementRow.batch.in_(keys[start : start + AT_ONCE])
            query = _entries(MovementRow.batch).where(chosen)
            for row in query.tuples().execute(self._database):
                before, entry = found[row[-1]], _entry(row)
                on_hand = (before[-1].on_hand if before else 0) + entry.capsules
                posted = Posted(id=row[0], lot=lots[row[-1]], entry=entry, on_hand=on_hand, at=row[8], by=row[9])
                before.append(posted)
        return found

    def first_day(self) -> date | None:
        """Return the earliest day of any entry; None where there is none."""
        found = MovementRow.select(fn.MIN(MovementRow.day)).scalar(self._database)
        return None if found is None else date.fromisoformat(found)

    def last_day(self, batch: int) -> date | None:
        """Return the latest day of a batch's entries; None where it has none.

        An entry that was taken back on its own day does not count, nor what took it back, nor anything before the
        batch's making was taken back.
        """
        ((found,),) = self._database.execute_sql(_LAST_DAY, (batch,))
        return None if found is None else date.fromisoformat(found)

    def lot_of(self, number: int) -> str | None:
        """Return the lot of the batch that an entry is about; None where there is no such entry."""
        query = MovementRow.select(BatchRow.lot).join(BatchRow).where(MovementRow.id == number)
        found = query.scalar(self._database)
        return None if found is None else str(found)

    def event_of(self, number: int) -> int | None:
        """Return the number of the event that an entry was made by; None where there is no such entry."""
        found = MovementRow.select(MovementRow.event).where(MovementRow.id == number).scalar(self._database)
        return None if found is None else int(found)

    def last(self) -> int:
        """Return the number of the last entry; 0 where there is none."""
        return int(MovementRow.select(fn.COALESCE(fn.MAX(MovementRow.id), 0)).scalar(self._database))

    def touched(self, after: int, most: int) -> list[int]:
        """Return the keys of the batches that the first `most` entries after number `after` are about."""
        query = MovementRow.select(MovementRow.batch).where(MovementRow.id > after).order_by(MovementRow.id)
        return list(dict.fromkeys(key for (key,) in self._database.execute(query.limit(most))))

    def stocks_on(self, day: date) -> Iterator[tuple[int, Stock]]:
        """Yield each batch's key with its stock as of the end of `day`, recounted from the entries up to it."""
        query = _entries(MovementRow.batch).where(MovementRow.day <= day.isoformat())
        rows = query.order_by(MovementRow.batch, MovementRow.id).tuples().iterator(self._database)
        for batch, group in groupby(rows, key=lambda row: row[-1]):
            rows_of = list(group)
            yield batch, stock_after(map(_entry, rows_of), (row[0] for row in rows_of))

    def used(self, until: date, days: int) -> dict[Strength, int]:
        """Return the capsules dispensed of each strength in the `days` days up to `until`, but what was taken back."""
        taken_back = MovementRow.alias()
        voided = taken_back.select(taken_back.voids).where(taken_back.voids.is_null(is_null=False))
        query = (
            MovementRow.select(BatchRow.strength, fn.SUM(MovementRow.capsules))
            .join(BatchRow)
            .where(
                MovementRow.kind == Kind.DISPENSED.value,
                MovementRow.day > (until - timedelta(days=days)).isoformat(),
                MovementRow.day <= until.isoformat(),
                MovementRow.id.not_in(voided),
            )
            .group_by(BatchRow.strength)
        )
        return {Strength(strength): -total for strength, total in query.tuples().execute(self._database)}

    def dispensed(self, first: date, last: date) -> Iterator[Dispensing]:
        """Yield what was dispensed in these days, oldest first, what was taken back too."""
        row, back = MovementRow, MovementRow.alias()
        columns = row.id, BatchRow.lot, BatchRow.strength, row.day, row.capsules, row.days_supply, row.by, row.reason
        query = (
            row.select(*columns, back.id)
            .join(BatchRow)
            .switch(row)
            .join(back, JOIN.LEFT_OUTER, on=(back.voids == row.id))
            .where(row.kind == Kind.DISPENSED.value, row.day.between(first.isoformat(), last.isoformat()))
            .order_by(row.day, row.id)
        )
        for key, lot, strength, day, capsules, *rest in query.tuples().iterator(self._database):
            yield Dispensing(key, lot, Strength(strength), date.fromisoformat(day), -capsules, *rest)

    def recounted(self) -> Iterator[tuple[int, Stock]]:
        """Yield each batch's key with its stock recounted from all its entries (R10)."""
        return self.stocks_on(date.max)

    def _place_key(self, name: str | None) -> int | None:
        if name is not None and name not in self._place_keys:
            self._place_keys[name] = self._places.key(name)
        return None if name is None else self._place_keys[name]


def _entries(*more: Any) -> ModelSelect[MovementRow]:  # noqa: ANN401 - a field of any kind
    query = MovementRow.select(*_ENTRY, *more).order_by(MovementRow.id)
    return query.join(PlaceRow, JOIN.LEFT_OUTER, on=(MovementRow.place == PlaceRow.id))


@Worded
def _of_batch() -> ModelSelect[MovementRow]:
    return _entries().where(MovementRow.batch == 0)


_LAST_DAY = """
    SELECT max(day) FROM movement AS this WHERE batch_id = ?
        AND NOT EXISTS (SELECT 1 FROM movement AS other WHERE other.voids = this.id AND other.day = this.day)
        AND NOT EXISTS (SELECT 1 FROM movement AS other WHERE other.id = this.voids AND other.day = this.day)
        AND NOT EXISTS (
            SELECT 1 FROM movement AS back JOIN movement AS made ON made.id = back.voids AND made.kind = 'made'
            WHERE back.batch_id = this.batch_id AND back.id >= this.id
        )
"""
"""Asked before every entry; writing it anew takes longer than answering it."""


def _entry(row: Sequence[Any]) -> Entry:
    return Entry(
        kind=Kind(row[1]),
        capsules=row[2],
        day=date.fromisoformat(row[3]),
        reason=row[4],
        days_supply=row[5],
        place=row[6],
        note=row[7],
        voids=row[10],
        returned=row[11],
        expires=date.fromisoformat(row[12]) if row[12] else None,
        decision=Decision(row[13]) if row[13] else None,
    )
