"""What is measured of the trail and of recalls: the check of a long chain, and a component lot that is called back."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from shelves import FOLDER, TODAY, at_work
from timing import Figure, in_turn, ms, seconds

from ldninv.app import application
from ldninv.db import open_store
from ldninv.domain.audit import Event
from ldninv.domain.batch import Batch
from ldninv.domain.entries import Entry, Kind
from ldninv.domain.expiry import ComponentLot, DecidedBy, Expiry
from ldninv.domain.quantities import Strength
from ldninv.paper.output import pdf_bytes
from ldninv.services import recall, safety
from ldninv.services.context import Context

EVENTS = 1_000_000
BATCHES, SUPPLIES = 40, 50
COMPONENT = "CALLED-BACK"
_VALUES = (
    'SELECT at, "by", workstation, action, subject, before, after, reason, previous, hash FROM event ORDER BY number'
)


def verified(turns: int, events: int = EVENTS) -> Iterator[Figure]:
    """Measure the check of a whole trail over hashing the bytes of its values."""
    file = FOLDER / f"trail-{events}.db"
    if not file.exists():
        FOLDER.mkdir(exist_ok=True)
        _fill(file, events)
    context = at_work(file)
    with closing(sqlite3.connect(file)) as plain:
        values = ["".join(filter(None, row)).encode() for row in plain.execute(_VALUES)]

        def hashed() -> None:
            for value in values:
                hashlib.sha256(value).hexdigest()

        def read_and_hashed() -> None:
            for row in plain.execute(_VALUES):
                hashlib.sha256("".join(filter(None, row)).encode()).hexdigest()

        def checked() -> None:
            assert safety.verify_trail(context).events == events

        few = max(1, turns // 3)
        for floor, what, goal in (
            (hashed, "sha256 over the same bytes, already in memory", None),
            (read_and_hashed, "reading the rows with plain sqlite3 and sha256 over them", None),
        ):
            low, times = in_turn(floor, *[checked] * few)
            middle = statistics.median(times)
            yield Figure(
                "Check of the whole trail", f"{events:,} events", middle / low, goal, floor=what,
                said=f"{ms(middle)} over {ms(low)}",
            )  # fmt: skip
    context.store.close()


def _fill(file: Path, events: int) -> None:
    begun = file.with_suffix(".part")
    begun.unlink(missing_ok=True)
    with closing(open_store(str(begun), create=True)) as store, store.transaction() as work:
        work.trail.extend(map(_event, range(events)))
        file.with_name(f"{begun.name}.head").unlink(missing_ok=True)
    begun.rename(file)


def _event(number: int) -> Event:
    day = (TODAY - timedelta(days=number % 365)).isoformat()
    before = {"on_hand": 300 - number % 200, "place": "Cabinet A"}
    after = {"capsules": -30, "day": day, "days_supply": 30, "note": None, "on_hand": 270, "place": "Cabinet A"}
    return Event(
        at=f"{day}T10:00:00.000+00:00", by="Ana Ruiz", workstation="bench", action="dispensed",
        subject=f"LDN26{number % 10_000:08}M", before=json.dumps(before), after=json.dumps(after),
    )  # fmt: skip


def recalled(name: str, shelf: Path, turns: int) -> Iterator[Figure]:
    """Measure the recall of a component lot in 40 batches with 2 000 dispensings: held, listed, and put on paper."""
    application()
    with tempfile.TemporaryDirectory(dir=FOLDER) as folder:
        file = Path(folder) / "shelf.db"
        at_work(shelf).store.backup(file)
        floors, held, listed, papers = zip(*(_once(file, turn) for turn in range(max(3, turns // 2))), strict=True)
    low = statistics.median(floors)
    floor = "one plain sqlite3 commit of 40 rows, and 2 000 rows read by an index"
    for what, times in (
        ("Component lot recalled: 40 batches held, 2 000 dispensings listed", held),
        ("The same recall, listed again", listed),
        ("Its call list as a PDF", papers),
    ):
        middle = statistics.median(times)
        yield Figure(what, name, middle / low, None, floor=floor, said=f"{ms(middle)} over {ms(low)}")


def _once(file: Path, turn: int) -> tuple[float, float, float, float]:
    """Measure the floor, a recall, its list and its paper, on batches of their own."""
    with closing(sqlite3.connect(file)) as plain:
        floor = _floor(plain, turn)
    context = at_work(file)
    _made_with(context, turn)
    held = seconds(lambda: recall.open_recall(context, component=f"{COMPONENT}-{turn}", reason="letter"))
    number = recall.recalls(context)[0].number
    assert recall.show(context, number).tally.supplies == BATCHES * SUPPLIES
    listed = seconds(lambda: recall.show(context, number))
    printed = seconds(lambda: pdf_bytes(recall.paper(context, number)))
    context.store.close()
    return floor, held, listed, printed


def _floor(plain: sqlite3.Connection, turn: int) -> float:
    keys = [key for (key,) in plain.execute("SELECT id FROM batch ORDER BY id LIMIT 200")]
    marks = ", ".join("?" for _ in keys)
    plain.execute("CREATE TABLE IF NOT EXISTS floor (turn, number)")

    def bare() -> None:
        plain.execute(f"SELECT * FROM movement WHERE batch_id IN ({marks})", keys).fetchall()
        plain.executemany("INSERT INTO floor VALUES (?, ?)", ((turn, number) for number in range(BATCHES)))
        plain.commit()

    return seconds(bare)


def _made_with(context: Context, turn: int) -> None:
    part = ComponentLot("MCC", f"{COMPONENT}-{turn}", TODAY + timedelta(days=300), "Sample Chemicals")
    prepared = TODAY - timedelta(days=60)
    with context.store.transaction() as work:
        event = work.trail.append(context.event("made", "benchmark"))
        first = work.batches.next_id()
        batches = [
            Batch(
                id=first + number, lot=f"CB{turn}-{number:03}", strength=Strength(4500), prepared=prepared, made=3000,
                expiry=Expiry(TODAY + timedelta(days=300), DecidedBy.POLICY, "One year"), components=(part,),
            )
            for number in range(BATCHES)
        ]  # fmt: skip
        work.batches.append(batches, event)
        work.ledger.append(
            [(batch.id, entry) for batch in batches for entry in _life()], at=context.instant(), by="Ana", event=event
        )


def _life() -> list[Entry]:
    day = TODAY - timedelta(days=50)
    made = Entry(kind=Kind.MADE, day=day, capsules=3000, place="Cabinet A")
    out = Entry(kind=Kind.DISPENSED, day=day, capsules=-30, days_supply=30)
    return [made, replace(made, kind=Kind.RELEASED, capsules=0, place=None), *[out] * SUPPLIES]
