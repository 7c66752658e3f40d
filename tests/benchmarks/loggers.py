"""What a logger's year costs: read, kept, judged and marked on the batches that stood there."""

from __future__ import annotations

import csv
import sqlite3
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from itertools import islice
from math import sin
from pathlib import Path

from shelves import TODAY
from timing import Figure, in_turn

from ldninv.db import open_store
from ldninv.services.context import on_this_computer
from ldninv.services.places import add_place
from ldninv.services.storage import reading

READINGS = 525_600
"""A year at one minute."""


def brought_in(turns: int) -> Iterator[Figure]:
    """Measure the whole verb over the least that could be done with the same file."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "year.csv"
        _write_year(file)

        def bare() -> None:
            with closing(sqlite3.connect(Path(folder) / "bare.db")) as plain, file.open(newline="") as lines:
                plain.execute("DROP TABLE IF EXISTS reading")
                plain.execute("CREATE TABLE reading (number, at, celsius, humidity)")
                plain.executemany("INSERT INTO reading VALUES (?, ?, ?, ?)", islice(csv.reader(lines), 2, None))
                plain.commit()

        def read() -> None:
            reading.read_out(file)

        def ours() -> None:
            kept = Path(folder) / "ours.db"
            kept.unlink(missing_ok=True)
            store = open_store(f"sqlite:///{kept}", create=True)
            context = on_this_computer(store, day=TODAY, user="Benchmark")
            add_place(context, "Cabinet A")
            reading.keep(context, reading.read_out(file), place="Cabinet A", logger="Room 1", zone="UTC-07:00")
            store.close()

        low, times = in_turn(bare, *[ours] * max(3, turns // 3))
        again, reads = in_turn(bare, *[read] * max(3, turns // 3))
    floor = "csv.reader and executemany"
    for what, took, least, target in (
        ("Import of a logger's year at one minute, judged", times, low, 2),
        ("The same, only read", reads, again, None),
    ):
        middle = statistics.median(took)
        said = f"{middle:.1f} s over {least:.1f}"
        yield Figure(what, f"{READINGS:,} readings", middle / least, target, floor=floor, said=said)


def _write_year(file: Path) -> None:
    """Write what HOBOware exports of a year at one minute, 20.6 to 24.4 °C."""
    began = datetime(TODAY.year - 1, TODAY.month, 1)  # noqa: DTZ001 - the logger's own clock
    with file.open("w", encoding="utf-8", newline="") as lines:
        lines.write('"Plot Title: Cabinet A"\n')
        rows = csv.writer(lines)
        rows.writerow(["#", "Date Time, GMT-07:00", "Temp, °C (LGR S/N: 21000001)", "RH, % (LGR S/N: 21000001)"])
        for number in range(READINGS):
            at = began + timedelta(minutes=number)
            celsius = 22.5 + 1.5 * sin(number / 229) + 0.4 * sin(number / 7)
            rows.writerow([number + 1, f"{at:%m/%d/%y %I:%M:%S %p}", f"{celsius:.3f}", f"{45 + celsius % 1:.2f}"])
