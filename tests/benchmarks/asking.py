"""What is measured without a window: questions, paper, import."""

from __future__ import annotations

import csv
import random
import sqlite3
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from shelves import TODAY, at_work
from timing import Figure, in_turn, ms, seconds

from ldninv.app import application
from ldninv.db import open_store
from ldninv.domain.coverage import Band
from ldninv.domain.lots import internal_lot
from ldninv.paper.output import pdf_bytes
from ldninv.services import batches, importing, weekly
from ldninv.services.batches import Question
from ldninv.services.context import on_this_computer

SUM = "SELECT batch_id, SUM(capsules) FROM movement GROUP BY batch_id"
SOON = Question(bands=frozenset({Band.EXPIRED, Band.UNDER_30}), in_stock=True)
LISTED = 10_000


def expiring(name: str, file: Path, turns: int) -> Iterator[Figure]:
    """Measure what is expired or within 30 days, with what is on hand of it."""
    context = at_work(file)
    floor = "one pass of sum(quantity) by batch over a covering index, plain sqlite3"
    with closing(sqlite3.connect(file)) as plain:

        def bare() -> None:
            plain.execute(SUM).fetchall()

        def listed() -> None:
            batches.rows(context, batches.ids(context, SOON)[:50])

        for what, act, target in (
            ("Expired or within 30 days, listed with on hand", listed, 1),
            ("The same, every row with its standing and why", lambda: batches.find(context, SOON), None),
        ):
            low, times = in_turn(bare, *[act] * turns)
            middle, many = statistics.median(times), batches.count(context, SOON)
            goal = target if name == "100 000" else None
            said = f"{ms(middle)} for {many} over {ms(low)}"
            yield Figure(what, name, middle / low, goal, floor=floor, said=said)
    context.store.close()


def paper(name: str, file: Path, turns: int) -> Iterator[Figure]:
    """Measure rows a second onto pages of a PDF."""
    application()
    context = at_work(file)
    made = weekly.report(context)
    rows = sum(map(len, (made.expired, made.near_expiry, made.held, made.components)))
    took = statistics.median(seconds(lambda: pdf_bytes(weekly.paper(made))) for _ in range(max(3, turns // 3)))
    said = f"{rows} rows in {ms(took)}"
    yield Figure("Rows on paper", name, rows / took, 4000, unit="rows/s", at_least=True, said=said)
    context.store.close()


def imported(turns: int) -> Iterator[Figure]:
    """Measure the way of a list from a file into the database, over the least that could be done."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "list.csv"
        _write_list(file)

        def bare() -> None:
            with closing(sqlite3.connect(":memory:")) as plain, file.open(encoding="utf-8", newline="") as lines:
                plain.execute("CREATE TABLE batch (lot, strength, prepared, expires, made, on_hand, place)")
                plain.executemany("INSERT INTO batch VALUES (?, ?, ?, ?, ?, ?, ?)", csv.reader(lines))

        def ours() -> None:
            store = open_store("sqlite:///:memory:", create=True)
            context = on_this_computer(store, day=TODAY, user="Benchmark")
            importing.import_lists(context, [importing.preview(context, file)])
            store.close()

        low, times = in_turn(bare, *[ours] * max(3, turns // 3))
    middle = statistics.median(times)
    said = f"{LISTED / middle:,.0f} rows/s over {LISTED / low:,.0f}"
    yield Figure(
        "Import of a list", f"{LISTED:,} rows", middle / low, None, floor="csv.reader and executemany", said=said
    )


def _write_list(file: Path) -> None:
    chance = random.Random(7)
    with file.open("w", encoding="utf-8", newline="") as lines:
        rows = csv.writer(lines)
        rows.writerow(["Lot", "Strength (mg)", "Prepared", "Beyond-use date", "Quantity made", "On hand", "Location"])
        for number in range(LISTED):
            day = TODAY - timedelta(days=number // 100)
            lot = internal_lot(day, number % 100 + 1)
            made = chance.choice((90, 300))
            end = day + timedelta(days=365)
            rows.writerow([lot, chance.choice(("4.5", "3", "1.5")), day, end, made, chance.randrange(made), "Shelf 3"])
