"""What is measured of a verb: a whole dispensing over the least that SQLite itself needs to keep one."""

from __future__ import annotations

import shutil
import sqlite3
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from shelves import at_work
from timing import Figure, in_turn, ms

from ldninv.domain.standing import State
from ldninv.services import batches, ledger
from ldninv.services.batches import Question
from ldninv.services.context import Context

AT_LEAST = 40
"""A dispensing flushes the disk twice as a plain insert does; fewer turns than this say little."""


def dispensed(name: str, file: Path, turns: int) -> Iterator[Figure]:
    """Measure a dispensing, event, stock and head file included, over a plain insert and commit."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy.db"
        shutil.copy(file, copy)
        context = at_work(copy)
        lots = iter(_lots(context, AT_LEAST + turns))
        plain = sqlite3.connect(Path(folder) / "plain.db", isolation_level=None)
        with closing(plain):
            plain.execute("PRAGMA journal_mode = wal")
            plain.execute("PRAGMA synchronous = FULL")
            plain.execute("CREATE TABLE movement (id INTEGER PRIMARY KEY, batch INTEGER, kind TEXT, capsules INTEGER)")

            def inserted() -> None:
                plain.execute("INSERT INTO movement (batch, kind, capsules) VALUES (1, 'dispensed', -1)")

            def taken() -> None:
                ledger.dispense(context, next(lots), 1, days_supply=1, reason="a measure")

            low, times = in_turn(inserted, *[taken] * (AT_LEAST + turns))
        context.store.close()
    middle = statistics.median(times)
    yield Figure(
        "Dispensing, the whole verb", name, middle / low, None, floor="a plain insert and commit",
        said=f"{ms(middle)} over {ms(low)}",
    )  # fmt: skip


def _lots(context: Context, many: int) -> list[str]:
    asked = Question(states=frozenset({State.RELEASED}), usable=True, in_stock=True, limit=many)
    usable = [kept.batch.lot for kept, _ in batches.find(context, asked)]
    return (usable * many)[:many]
