"""Until when the record of a place goes: what says that one stopped (R16, R20)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import lru_cache

from peewee import JOIN, SQL, Case, ModelSelect, fn

from ldninv.db.rows import BatchRow, BatchStorageRow, ReadingBlockRow, WatchRow
from ldninv.domain.stored import Storage


@lru_cache(maxsize=256)
def day_of(seconds: float) -> date:
    """Return the day (UTC) of a moment; a few serve all batches."""
    return datetime.fromtimestamp(seconds, UTC).date()


def lost_on() -> Case:
    """Select from which day on a batch is incomplete where it stands, as its storage was kept last; else NULL."""
    last = BatchStorageRow.alias()
    kept = last.select(last.lost_on).where(last.batch == BatchRow.id).order_by(last.id.desc()).limit(SQL("1"))
    return Case(None, ((BatchRow.storage != SQL(f"'{Storage.NOT_MONITORED.value}'"), kept),), None)


def recorded() -> ModelSelect[WatchRow]:
    """Select until when the record of each place goes that a logger watches now: `place_id`, `until` (UTC seconds).

    A logger that was not read out since it came there knows nothing from that moment on.
    """
    later = WatchRow.alias()
    follows = (later.since > WatchRow.since) | ((later.since == WatchRow.since) & (later.id > WatchRow.id))
    last = Case(None, ((ReadingBlockRow.last > WatchRow.since, ReadingBlockRow.last),), WatchRow.since)
    return (
        WatchRow.select(WatchRow.place.alias("place_id"), fn.MAX(last).alias("until"))
        .join(ReadingBlockRow, JOIN.LEFT_OUTER, on=(ReadingBlockRow.logger == WatchRow.logger))
        .where(
            WatchRow.place.is_null(is_null=False),
            ~fn.EXISTS(later.select(later.id).where(later.logger == WatchRow.logger, follows)),
        )
        .group_by(WatchRow.place)
    )
