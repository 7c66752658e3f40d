"""Recalls, the batches that each reached, and how each was closed (R12)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from peewee import JOIN, Database

from ldninv.db.rows import BatchRow, ComponentRow, RecallBatchRow, RecallClosedRow, RecallRow, insert
from ldninv.domain.expiry import ComponentLot
from ldninv.domain.lots import lot_key
from ldninv.domain.policies import same_component
from ldninv.domain.recall import Closed, Recall

_COLUMNS = (
    RecallRow.id, RecallRow.subject, RecallRow.names, RecallRow.reason, RecallRow.day, RecallRow.at, RecallRow.by,
    RecallClosedRow.note, RecallClosedRow.returned, RecallClosedRow.at, RecallClosedRow.by, RecallClosedRow.taken_back,
)  # fmt: skip


class Recalls:
    """The recalls of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def next_number(self) -> int:
        """Return the number of the recall that is opened next; right inside a write transaction only."""
        last = RecallRow.select(RecallRow.id).order_by(RecallRow.id.desc()).limit(1).scalar(self._database)
        return int(last or 0) + 1

    def open(self, recall: Recall, batches: Iterable[tuple[int, int, int]], event: int) -> None:
        """Keep a recall under its own number.

        Args:
            recall: It.
            batches: Of each batch its key, the capsules on hand and the number of the entry that recalled it.
            event: The number of its event.
        """
        row = {
            "id": recall.number,
            "subject": recall.subject,
            "component_key": lot_key(recall.subject) if recall.of_component else None,
            "names": json.dumps(recall.names, ensure_ascii=False),
            "reason": recall.reason,
            "day": recall.day.isoformat(),
            "at": recall.at,
            "by": recall.by,
            "event_id": event,
        }
        insert(RecallRow, [row], self._database)
        reached = [
            {"movement_id": entry, "recall_id": recall.number, "batch_id": key, "on_hand": on_hand}
            for key, on_hand, entry in batches
        ]
        insert(RecallBatchRow, reached, self._database)

    def close(self, number: int, closed: Closed, event: int) -> None:
        """Keep how a recall ended."""
        facts = asdict(closed)
        insert(RecallClosedRow, [facts | {"recall_id": number, "event_id": event}], self._database)

    def all(self) -> list[Recall]:
        """Return every recall, newest first."""
        query = self._query().order_by(RecallRow.id.desc())
        return [_recall(row) for row in self._database.execute(query)]

    def by_number(self, number: int) -> Recall | None:
        """Return a recall; None where there is none of that number."""
        query = self._query().where(RecallRow.id == number)
        return next((_recall(row) for row in self._database.execute(query)), None)

    def of_batch(self, batch: int) -> list[Recall]:
        """Return the recalls that reached a batch, oldest first."""
        reached = RecallBatchRow.select(RecallBatchRow.recall).where(RecallBatchRow.batch == batch)
        query = self._query().where(RecallRow.id.in_(reached)).order_by(RecallRow.id)
        return [_recall(row) for row in self._database.execute(query)]

    def of_component(self, part: ComponentLot) -> Recall | None:
        """Return the first recall of a component's lot that was not taken back; None where there is none."""
        query = self._query().where(RecallRow.component_key == lot_key(part.lot)).order_by(RecallRow.id)
        found = (_recall(row) for row in self._database.execute(query))
        standing = (each for each in found if each.closed is None or not each.closed.taken_back)
        wanted = same_component(part)
        return next((each for each in standing if wanted in _components(part.lot, each.names or ())), None)

    def reached(self, number: int) -> list[tuple[int, int, int]]:
        """Return of each batch of a recall its key, the capsules on hand then, and the entry that recalled it."""
        row = RecallBatchRow
        query = (
            row.select(row.batch, row.on_hand, row.movement)
            .join(BatchRow)
            .where(row.recall == number)
            .order_by(BatchRow.prepared, BatchRow.lot)
        )
        return [(key, on_hand, entry) for key, on_hand, entry in self._database.execute(query)]

    def made_with(self, lot: str, names: Sequence[str]) -> list[int]:
        """Return the keys of the batches with a component of this lot and one of these names, oldest first.

        Those that a recall of the same component reached before are left out.
        """
        wanted = _components(lot, names)
        before = self._reached_before(lot, wanted)
        row = ComponentRow
        query = row.select(row.batch, row.name).join(BatchRow).where(row.lot_key == lot_key(lot))
        query = query.order_by(BatchRow.prepared, BatchRow.lot)
        found = (
            key for key, name in self._database.execute(query) if same_component(ComponentLot(name, lot)) in wanted
        )
        return [key for key in dict.fromkeys(found) if key not in before]

    def _reached_before(self, lot: str, wanted: set[tuple[str, str]]) -> set[int]:
        row = RecallBatchRow
        back = RecallClosedRow.select(RecallClosedRow.recall).where(RecallClosedRow.taken_back)
        query = row.select(row.batch, RecallRow.names).join(RecallRow)
        query = query.where(RecallRow.component_key == lot_key(lot), RecallRow.id.not_in(back))
        rows = self._database.execute(query)
        return {key for key, names in rows if wanted <= _components(lot, json.loads(names))}

    def _query(self) -> Any:  # noqa: ANN401 - peewee's queries are untyped
        return RecallRow.select(*_COLUMNS).join(
            RecallClosedRow, JOIN.LEFT_OUTER, on=(RecallClosedRow.recall == RecallRow.id)
        )


def _components(lot: str, names: Iterable[str]) -> set[tuple[str, str]]:
    return {same_component(ComponentLot(name, lot)) for name in names}


def _recall(row: Sequence[Any]) -> Recall:
    number, subject, names, reason, day, at, by, note, returned, closed_at, closed_by, back = row
    told = json.loads(names)
    return Recall(
        number=number,
        subject=subject,
        names=None if told is None else tuple(told),
        reason=reason,
        day=date.fromisoformat(day),
        at=at,
        by=by,
        closed=None if note is None else Closed(note, returned, closed_at, closed_by, taken_back=back),
    )
