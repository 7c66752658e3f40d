"""Databases to measure on: as large as asked, made once, kept in the system's folder for what may go.

They hold what the program itself would have written, put there in bulk: the same tables, the same triggers.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from ldninv.db import open_store
from ldninv.db.batch_rows import policy_text
from ldninv.domain.expiry import ONE_YEAR, DecidedBy
from ldninv.domain.lots import internal_lot, lot_key
from ldninv.domain.places import Place
from ldninv.services.context import Context, on_this_computer

TODAY = date(2026, 11, 22)
FOLDER = Path(tempfile.gettempdir()) / "ldninv-benchmarks"
_MADE = 3
"""Raised where what is kept in the folder no longer fits."""

_PLACES = ("Cabinet A", "Cabinet B", "Shelf 3", "Short-dated bin", "Quarantine shelf")
_STRENGTHS = (4500, 4500, 4500, 3000, 3000, 1500, 1500, 2000, 1000, 500, 2500)
_A_DAY = 600
_YEAR = 400
_AT_ONCE = 50_000
_BATCH = (
    "id, lot, lot_key, strength, form, prepared, expires, decided_by, decided_rule, made, filler, container, "
    "capsule_size, made_by, verified_by, policy, event_id"
)
_MOVEMENT = "batch_id, kind, capsules, day, at, by, reason, days_supply, place_id, event_id"
_COMPONENT = "batch_id, name, supplier, lot, lot_key, expires, amount"


def shelf(batches: int, movements: int) -> Path:
    """Return a database of that many batches with that many movements each."""
    file = FOLDER / f"shelf-{_MADE}-{batches}x{movements}.db"
    if not file.exists():
        FOLDER.mkdir(exist_ok=True)
        begun = file.with_suffix(".part")
        begun.unlink(missing_ok=True)
        _fill(begun, batches, movements)
        begun.rename(file)
    return file


def at_work(file: Path) -> Context:
    """Return somebody at work on a database, always on the same day."""
    return on_this_computer(open_store(f"sqlite:///{file}"), day=TODAY, user="Benchmark")


def _fill(file: Path, batches: int, movements: int) -> None:
    context = on_this_computer(open_store(f"sqlite:///{file}", create=True), day=TODAY, user="Benchmark")
    chance = random.Random(batches)
    with context.store.transaction() as work:
        run = work.database.cursor()
        event = work.trail.append(context.event("made", "benchmark"))
        for name in _PLACES:
            work.places.append(Place(name))
        rows = _rows(chance, batches, event)
        for start in range(0, batches, _AT_ONCE):
            part = [next(rows) for _ in range(min(_AT_ONCE, batches - start))]
            _insert(run, "batch", _BATCH, part)
            _insert(run, "component", _COMPONENT, (row for each in part for row in _components(each, movements)))
            _insert(run, "movement", _MOVEMENT, (row for each in part for row in _life(chance, each, movements)))
    context.store.close()


def _insert(run: Any, table: str, columns: str, rows: Any) -> None:
    marks = ", ".join("?" for _ in columns.split(","))
    names = ", ".join(f'"{name.strip()}"' for name in columns.split(","))
    run.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)


def _rows(chance: random.Random, count: int, event: int) -> Iterator[tuple[Any, ...]]:
    span = max(_YEAR, count // _A_DAY + 1)
    policy, sequence, last = policy_text(ONE_YEAR), 0, None
    for key in range(1, count + 1):
        prepared = TODAY - timedelta(days=span - span * key // (count + 1))
        sequence = sequence + 1 if prepared == last else 1
        last = prepared
        lot = internal_lot(prepared, sequence)
        days = ("capsule", prepared.isoformat(), (prepared + timedelta(days=364)).isoformat())
        made = (DecidedBy.POLICY.value, str(ONE_YEAR), 300, "MCC", "light-resistant", "3", "Ana Ruiz", "Mara Lind")
        yield (key, lot, lot_key(lot), chance.choice(_STRENGTHS), *days, *made, policy, event)


def _components(batch: tuple[Any, ...], movements: int) -> Iterator[tuple[Any, ...]]:
    half = batch[5][2:4] + ("1" if batch[5][5:7] <= "06" else "2")
    lots = (("Naltrexone HCl", "NX"), ("MCC", "MC"), ("Capsule shells, size 3", "CS"))
    for name, prefix in lots if movements > 1 else lots[:1]:
        lot = f"{prefix}{half}"
        yield (batch[0], name, "Sample Chemicals", lot, lot_key(lot), f"{int(batch[5][:4]) + 2}-06-30", "")


def _life(chance: random.Random, batch: tuple[Any, ...], movements: int) -> Iterator[tuple[Any, ...]]:
    """Yield a batch's movements: made, released, put on a shelf, then dispensed from, one in nine until it is empty."""
    key, made, event = batch[0], date.fromisoformat(batch[5]), batch[-1]
    empties = chance.randrange(9) == 0
    left = movements - 3
    for number in range(movements):
        day = min(TODAY, made + timedelta(days=number * 20)).isoformat()
        kind, capsules, place, supply = "dispensed", -30, None, 30
        if number == 0:
            kind, capsules, place, supply = "made", 300, len(_PLACES), None
        elif number == 1:
            kind, capsules, supply = "released", 0, None
        elif number == 2:
            kind, capsules, place, supply = "moved", 0, chance.randint(1, 3), None
        elif number == movements - 1 and empties:
            capsules = -(300 - 30 * (left - 1))
        yield (key, kind, capsules, day, f"{day}T10:00:00.000+00:00", "Ana Ruiz", None, supply, place, event)
