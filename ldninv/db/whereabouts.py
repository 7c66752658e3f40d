"""Where batches stood and when, read off their ledgers (R8, R18)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from typing import Any

from peewee import Database

from ldninv.domain.expiry import Container
from ldninv.domain.storage.stays import Presence, Step, presences

AT_ONCE = 500
"""Keys an `IN (…)` may name at once, below every SQLite's limit."""

_STEPS = (
    "SELECT m.batch_id, b.prepared, b.container, m.id, m.at, m.day, m.capsules, place.name, m.voids FROM movement AS m "
    "JOIN batch AS b ON b.id = m.batch_id LEFT JOIN place ON place.id = m.place_id WHERE m.batch_id IN ({}) "
    "ORDER BY m.batch_id, m.id"
)


@dataclass(frozen=True, slots=True)
class Whereabout:
    """Where one batch stood, and what it stood in."""

    batch: int
    """Its key."""
    container: Container | None
    presences: tuple[Presence, ...]


class Whereabouts:
    """The whereabouts of one database's batches."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, keys: Sequence[int]) -> list[Whereabout]:
        """Return where these batches stood."""
        found: list[Whereabout] = []
        for at in range(0, len(keys), AT_ONCE):
            part = keys[at : at + AT_ONCE]
            rows = self._database.execute_sql(_STEPS.format(", ".join("?" * len(part))), tuple(part))
            found.extend(_whereabout(batch, group) for batch, group in groupby(rows, key=lambda row: row[0]))
        return found

    def candidates(self, place: str, start: float) -> list[int]:
        """Return the keys of the batches that may have stood at a place after a moment; some of them did not."""
        day = (datetime.fromtimestamp(start, UTC) - timedelta(days=1)).date().isoformat()
        asked = (
            "SELECT b.id FROM batch AS b WHERE b.id IN (SELECT batch_id FROM movement WHERE place_id = "
            "(SELECT id FROM place WHERE name = ?) AND place_id IS NOT NULL) AND (b.on_hand > 0 OR EXISTS "
            "(SELECT 1 FROM movement AS m WHERE m.batch_id = b.id AND (m.at >= ? OR m.day >= ?))) ORDER BY b.id"
        )
        return [key for (key,) in self._database.execute_sql(asked, (place, day, day))]

    def standing(self) -> dict[str, int]:
        """Return how many batches with capsules stand at each place."""
        asked = (
            "SELECT place.name, count(*) FROM batch JOIN place ON place.id = batch.place_id WHERE on_hand > 0 "
            "GROUP BY place.name"
        )
        return dict(self._database.execute_sql(asked))

    def any_clear(self, keys: Sequence[int]) -> bool:
        """Whether any of these batches is in a container that lets light in."""
        asked = "SELECT 1 FROM batch WHERE container = ? AND id BETWEEN ? AND ? LIMIT 1"
        values = (Container.CLEAR.value, min(keys), max(keys))
        return self._database.execute_sql(asked, values).fetchone() is not None

    def monitored(self) -> bool:
        """Whether any logger watches any place, or anything happened at one: else nothing of storage is to be kept."""
        asked = "SELECT EXISTS (SELECT 1 FROM watch) OR EXISTS (SELECT 1 FROM happening)"
        return bool(self._database.execute_sql(asked).fetchone()[0])


def _whereabout(batch: int, rows: Iterable[Sequence[Any]]) -> Whereabout:
    listed = list(rows)
    _, prepared, container, *_ = listed[0]
    steps = [Step(row[3], row[4], date.fromisoformat(row[5]), row[6], row[7], row[8]) for row in listed]
    return Whereabout(
        batch, Container(container) if container else None, presences(date.fromisoformat(prepared), steps)
    )
