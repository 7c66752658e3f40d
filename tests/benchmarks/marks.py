"""What a breach costs to mark: on no batch, on one, and on a thousand of all that the database holds."""

from __future__ import annotations

import shutil
import statistics
import tempfile
from array import array
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from shelves import TODAY, at_work
from timing import Figure, ms, seconds

from ldninv.domain.places import Place
from ldninv.domain.storage.series import Series
from ldninv.services.context import Context
from ldninv.services.storage.brought import Incoming
from ldninv.services.storage.importing import bring_in

TOUCHED = (0, 1, 1000)
_STEP = 600.0
_READINGS = 31 * 144
_BEGAN = datetime(TODAY.year, TODAY.month, TODAY.day, tzinfo=UTC) - timedelta(days=31)
_MOVED = _BEGAN - timedelta(days=1)


def marked(name: str, file: Path, turns: int) -> Iterator[Figure]:
    """Measure an import with a breach at places where more and more batches stand, over one where none does."""
    times: dict[int, list[float]] = {touched: [] for touched in TOUCHED}
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "marks.db"
        shutil.copy(file, copy)
        context = at_work(copy)
        for turn in range(max(3, turns // 3)):
            for touched in TOUCHED:
                place = f"Room {turn} {touched}"
                _stand(context, place, turn * max(TOUCHED), touched)
                given = Incoming(file="room.csv", content=place.encode(), series=_breach())
                times[touched].append(seconds(lambda: _import(context, given, place)))  # noqa: B023 - called at once
        context.store.close()
    floor = statistics.median(times[0])
    for touched in TOUCHED[1:]:
        took = statistics.median(times[touched])
        what = f"A breach is imported and marked on {touched:,} of them"
        said = f"{ms(took)} over {ms(floor)}, {ms((took - floor) / touched)} a batch"
        yield Figure(what, name, took / floor, None, floor="the same where no batch stands", said=said)


def _import(context: Context, given: Incoming, place: str) -> None:
    done = bring_in(context, given, place=place, logger=f"Logger of {place}", zone="UTC")
    assert len(done.marked) == int(place.rsplit(maxsplit=1)[-1])  # one may be on hold for another room already


def _breach() -> Series:
    """Return a month at ten minutes, two hours of it at 41 °C."""
    moments = array("d", [_BEGAN.timestamp() + _STEP * at for at in range(_READINGS)])
    return Series(moments, array("d", [41.0 if 2880 <= at < 2892 else 22.0 for at in range(_READINGS)]))


def _stand(context: Context, place: str, first: int, count: int) -> None:
    """Put batches that have capsules at a place of their own, as moves that were written a month ago."""
    with context.store.transaction() as work:
        work.places.append(Place(place))
        event = work.trail.append(context.event("made", place))
        asked = "SELECT id FROM batch WHERE on_hand > 0 AND prepared < ? ORDER BY id DESC LIMIT ? OFFSET ?"
        before = (_MOVED - timedelta(days=100)).date().isoformat()
        keys = [key for (key,) in work.database.execute_sql(asked, (before, count, first))]
        there, day, at = work.places.key(place), _MOVED.date().isoformat(), _MOVED.isoformat()
        rows = [(key, "moved", 0, day, at, "Ana Ruiz", there, event) for key in keys]
        work.database.cursor().executemany(
            "INSERT INTO movement (batch_id, kind, capsules, day, at, by, place_id, event_id) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            rows,
        )
