"""What happened to the storage of places, whom it touched, what was decided, and what is kept of it with a batch."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from peewee import Database

from ldninv.db.rows import BatchStorageRow, HappeningRow, StorageDecisionRow, TouchRow, insert
from ldninv.domain.entries import Decision
from ldninv.domain.storage.happenings import Aspect, Decided, Effect, Happening, Touch, exposed
from ldninv.domain.storage.stays import Span
from ldninv.domain.stored import Storage, Stored

AT_ONCE = 500
"""Keys an `IN (…)` may name at once, below every SQLite's limit."""

_COLUMNS = (
    'happening.id, thread, place.name, logger.name, happening.kind, aspect, level, effect, start, "end", hours, '
    "longest_hours, extreme_c, limits, readings, gone, at"
)
_FROM = f"SELECT {_COLUMNS} FROM happening JOIN place ON place.id = place_id LEFT JOIN logger ON logger.id = logger_id "  # noqa: S608 - our own names
_SAID = "(NOT gone OR EXISTS (SELECT 1 FROM touch WHERE touch.happening_id = happening.id))"
"""What is known, and what is known no more but was decided on (R18)."""
_NOW = "NOT EXISTS (SELECT 1 FROM happening AS later WHERE later.thread = happening.thread AND later.id > happening.id)"
"""The last version of each."""


class Happenings:
    """What happened to storage, in one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def now(
        self, *, place: str | None = None, logger: str | None = None, span: Span | None = None, gone: bool = False
    ) -> list[Happening]:
        """Return what happened as it is known now, in the order of time, each with the batches it touched.

        What later readings have shown never to have been is gone, with the batches that were decided on for it alone.

        Args:
            place: Only there.
            logger: Only by this logger.
            span: Only what meets this half-open span of UTC seconds.
            gone: With all that is gone.
        """
        wanted: list[tuple[str, tuple[object, ...]]] = [(_NOW, ()), *([] if gone else [(_SAID, ())])]
        if place is not None:
            wanted.append(("place.name = ?", (place,)))
        if logger is not None:
            wanted.append(("logger.name = ?", (logger,)))
        if span is not None:
            wanted.append(('start < ? AND "end" > ?', (span[1], span[0])))
        clause = " AND ".join(text for text, _ in wanted)
        return self._found(f"{_FROM} WHERE {clause} ORDER BY start, happening.id", [v for _, of in wanted for v in of])

    def touching(self, batches: Sequence[int]) -> list[Happening]:
        """Return what is known now to have touched any of these batches."""
        found: list[Happening] = []
        for at in range(0, len(batches), AT_ONCE):
            part = batches[at : at + AT_ONCE]
            among = f"SELECT happening_id FROM touch WHERE batch_id IN ({', '.join('?' * len(part))})"  # noqa: S608 - our own names
            which = f"happening.id IN ({among}) AND {_SAID} AND {_NOW}"
            found += self._found(f"{_FROM} WHERE {which} ORDER BY happening.id", part)
        return list({each.id: each for each in found}.values())

    def version(self, number: int) -> Happening | None:
        """Return one version by its number; None where there is none."""
        return next(iter(self._found(f"{_FROM} WHERE happening.id = ?", [number])), None)

    def versions(self, thread: int) -> list[Happening]:
        """Return every version of one, oldest first."""
        return self._found(f"{_FROM} WHERE thread = ? ORDER BY happening.id", [thread])

    def kept_with(self, numbers: Sequence[int]) -> dict[int, tuple[int, str]]:
        """Return with which event of the trail each of these versions was kept: its number, and who wrote it."""
        found: dict[int, tuple[int, str]] = {}
        for at in range(0, len(numbers), AT_ONCE):
            part = numbers[at : at + AT_ONCE]
            asked = (
                "SELECT happening.id, event.number, event.by FROM happening JOIN event ON event.number = event_id "  # noqa: S608 - our own names
                f"WHERE happening.id IN ({', '.join('?' * len(part))})"
            )
            found |= {key: (number, by) for key, number, by in self._database.execute_sql(asked, tuple(part))}
        return found

    def next_number(self) -> int:
        """Return the number of the version that is kept next; right inside a write transaction only."""
        ((found,),) = self._database.execute_sql("SELECT coalesce(max(id), 0) + 1 FROM happening")
        return int(found)

    def append(
        self, versions: Iterable[Happening], places: Mapping[str, int], loggers: Mapping[str, int], event: int
    ) -> None:
        """Keep versions under their own numbers, with the batches that they touched."""
        kept = list(versions)
        rows = [
            {
                "id": each.id,
                "thread": each.thread,
                "place_id": places[each.place],
                "logger_id": None if each.logger is None else loggers[each.logger],
                "kind": each.kind,
                "aspect": each.aspect.value,
                "level": each.level.value,
                "effect": each.effect.value,
                "start": each.start,
                "end": each.end,
                "hours": each.hours,
                "longest_hours": each.longest_hours,
                "extreme_c": each.extreme_c,
                "limits": json.dumps(dict(each.limits), sort_keys=True, ensure_ascii=False),
                "readings": each.readings,
                "gone": each.gone,
                "at": each.at,
                "event_id": event,
            }
            for each in kept
        ]
        insert(HappeningRow, rows, self._database)
        touched = [
            {"happening_id": each.id, "batch_id": touch.batch, "start": touch.start, "end": touch.end}
            for each in kept
            for touch in each.touched
        ]
        insert(TouchRow, touched, self._database)

    def decided(self, threads: Iterable[int] | None = None) -> dict[tuple[int, int], Decided]:
        """Return the last decision on each batch of a happening, by thread and batch."""
        asked = (
            f"SELECT {_COLUMNS}, d.batch_id, d.decision, d.expires, d.reason, d.at, d.by FROM storage_decision AS d "  # noqa: S608 - our own names
            "JOIN happening ON happening.id = d.happening_id JOIN place ON place.id = place_id "
            "LEFT JOIN logger ON logger.id = logger_id WHERE NOT EXISTS (SELECT 1 FROM movement AS back "
            "WHERE back.batch_id = d.batch_id AND back.voids = d.movement_id) ORDER BY d.id"
        ).replace("gone, at,", "gone, happening.at,")
        wanted = None if threads is None else set(threads)
        found: dict[tuple[int, int], Decided] = {}
        if wanted is not None and not wanted:
            return found
        evidence: dict[int, str] = {}
        stood = self._stood()
        for row in self._database.execute_sql(asked):
            number, thread = row[:2]
            if wanted is None or thread in wanted:
                batch, decision, expires, reason, at, by = row[-6:]
                rests = evidence.get(number) or evidence.setdefault(number, _happening(row[:-6], ()).evidence)
                found[thread, batch] = Decided(
                    happening=number,
                    batch=batch,
                    evidence=exposed(rests, stood.get((number, batch), ())),
                    decision=Decision(decision),
                    expires=date.fromisoformat(expires) if expires else None,
                    reason=reason,
                    at=at,
                    by=by,
                )
        return found

    def _stood(self) -> dict[tuple[int, int], list[Span]]:
        """Return when each batch that was decided on stood there, as the version had it that was decided on."""
        asked = (
            'SELECT DISTINCT t.happening_id, t.batch_id, t.start, t."end" FROM touch AS t JOIN storage_decision AS d '
            "ON d.happening_id = t.happening_id AND d.batch_id = t.batch_id ORDER BY 1, 2, 3"
        )
        found: defaultdict[tuple[int, int], list[Span]] = defaultdict(list)
        for number, batch, start, end in self._database.execute_sql(asked):
            found[number, batch].append((start, end))
        return found

    def decide(self, decided: Iterable[Decided], movements: Mapping[int, int], event: int) -> None:
        """Keep decisions; `movements` has the ledger's entry for the batches that got one."""
        rows = [
            {
                "happening_id": each.happening,
                "batch_id": each.batch,
                "decision": each.decision.value,
                "expires": each.expires.isoformat() if each.expires else None,
                "reason": each.reason,
                "movement_id": movements.get(each.batch),
                "at": each.at,
                "by": each.by,
                "event_id": event,
            }
            for each in decided
        ]
        insert(StorageDecisionRow, rows, self._database)

    def keep(self, stored: Mapping[int, tuple[Stored, float | None]], event: int) -> None:
        """Keep what batches' storage comes to, with the share of their time that is known; a trigger shows it."""
        rows = [
            {"batch_id": key, "level": now.level.value, "review": now.review, "coverage": covered, "event_id": event}
            | {"lost_on": now.lost_on.isoformat() if now.lost_on else None}
            for key, (now, covered) in stored.items()
        ]
        insert(BatchStorageRow, rows, self._database)

    def last_kept(self) -> int:
        """Return the number of the last word on a batch's storage; 0 where there is none."""
        ((found,),) = self._database.execute_sql("SELECT coalesce(max(id), 0) FROM batch_storage")
        return int(found)

    def kept_since(self, number: int) -> list[int]:
        """Return the keys of the batches whose storage was kept after that number."""
        asked = "SELECT DISTINCT batch_id FROM batch_storage WHERE id > ? ORDER BY batch_id"
        return [key for (key,) in self._database.execute_sql(asked, (number,))]

    def kept(self, keys: Sequence[int] | None = None) -> dict[int, tuple[Stored, float | None]]:
        """Return what was kept last of these batches, or of all; one of which nothing was kept is left out."""
        asked = (
            "SELECT batch_id, level, review, coverage, lost_on FROM batch_storage AS last WHERE id = "
            "(SELECT max(id) FROM batch_storage WHERE batch_id = last.batch_id)"
        )
        found: dict[int, tuple[Stored, float | None]] = {}
        parts = [None] if keys is None else [keys[at : at + AT_ONCE] for at in range(0, len(keys), AT_ONCE)]
        for part in parts:
            more = "" if part is None else f" AND batch_id IN ({', '.join('?' * len(part))})"
            for key, level, review, covered, lost in self._database.execute_sql(asked + more, part or ()):
                found[key] = (Stored(Storage(level), review, date.fromisoformat(lost) if lost else None), covered)
        return found

    def _found(self, asked: str, values: Sequence[object]) -> list[Happening]:
        rows = list(self._database.execute_sql(asked, tuple(values)))
        touched = self._touched([row[0] for row in rows])
        return [_happening(row, tuple(touched.get(row[0], ()))) for row in rows]

    def _touched(self, numbers: Sequence[int]) -> dict[int, list[Touch]]:
        found: defaultdict[int, list[Touch]] = defaultdict(list)
        for at in range(0, len(numbers), AT_ONCE):
            part = numbers[at : at + AT_ONCE]
            asked = (
                f'SELECT happening_id, batch_id, start, "end" FROM touch WHERE happening_id IN ({", ".join("?" * len(part))}) '  # noqa: S608, E501 - our own names
                "ORDER BY happening_id, batch_id, start"
            )
            for number, batch, start, end in self._database.execute_sql(asked, tuple(part)):
                found[number].append(Touch(batch, start, end))
        return found


def _happening(row: Sequence[Any], touched: tuple[Touch, ...]) -> Happening:
    (
        key, thread, place, logger, kind, aspect, level, effect, start, end, hours, longest_hours,
        extreme_c, limits, readings, gone, at,
    ) = row  # fmt: skip
    return Happening(
        id=key,
        thread=thread,
        place=place,
        logger=logger,
        kind=kind,
        aspect=Aspect(aspect),
        level=Storage(level),
        effect=Effect(effect),
        start=start,
        end=end,
        hours=hours,
        longest_hours=longest_hours,
        extreme_c=extreme_c,
        limits=json.loads(limits),
        readings=readings,
        gone=bool(gone),
        at=at,
        touched=touched,
    )
