"""What is measured on whole processes: the start, memory, and the command line."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from shelves import FOLDER, TODAY
from timing import Figure, in_turn, ms, seconds

HERE = Path(__file__).parent
ENVIRONMENT = os.environ | {"PYTHONPYCACHEPREFIX": str(FOLDER / "compiled"), "PYTHONDONTWRITEBYTECODE": ""}
"""As on a computer where the program ran before: compiled, and apart from the checkout."""

SUM = """
import sqlite3, sys
with_it = sqlite3.connect(sys.argv[1])
with_it.execute("SELECT batch_id, SUM(capsules) FROM movement GROUP BY batch_id").fetchall()
"""


def python(*arguments: object) -> str:
    """Run Python and return what it says."""
    command = [sys.executable, *map(str, arguments)]
    return subprocess.run(command, env=ENVIRONMENT, check=True, capture_output=True, text=True).stdout


def painted(*arguments: object) -> float:
    """Open a window until it is painted, and return the megabytes it holds then."""
    return float(python(HERE / "begin.py", *arguments).split()[-1])


SEEN = {"today": "Start to first paint", "counted": "Start to the counts of Today", "list": "Start to the list"}


def start(shelves: dict[str, Path], turns: int) -> Iterator[Figure]:
    """Measure from nothing to what is painted first, of the page of the morning and of the list."""
    times: dict[tuple[str, str], float] = {}
    painted("empty")
    for name, file in shelves.items():
        for kind, what in SEEN.items():
            painted(kind, file)
            floor, found = in_turn(
                lambda: painted("empty"), *[lambda kind=kind, file=file: painted(kind, file)] * turns
            )
            times[kind, name] = statistics.median(found)
            target = 2 if (kind, name) == ("today", "100 000") else None
            said = f"{ms(times[kind, name])} over {ms(floor)}"
            yield Figure(what, name, times[kind, name] / floor, target, floor="an empty Qt window", said=said)
    if {"10 000", "1 000 000"} <= shelves.keys():
        small, large = shelves["10 000"], shelves["1 000 000"]
        for kind, what in SEEN.items():
            floor, found = in_turn(
                lambda kind=kind: painted(kind, small), *[lambda kind=kind: painted(kind, large)] * turns
            )
            ratio = statistics.median(found) / floor
            target = 1.2 if kind == "today" else None
            yield Figure(what, "1 000 000", ratio, target, floor="the same with 10 000", said=ms(floor * ratio))


def memory(shelves: dict[str, Path]) -> Iterator[Figure]:
    """Measure what an open window holds, with all batches searchable."""
    bare = painted("empty")
    for name, file in shelves.items():
        held = painted("loaded", file)
        target = 2.2 if name == "100 000" else None
        said = f"{held:.0f} MB over {bare:.0f} MB"
        yield Figure("Memory, all in reach", name, held / bare, target, floor="an empty Qt window", said=said)


def report(name: str, file: Path, turns: int) -> Iterator[Figure]:
    """Measure the weekly report from the command line, on a copy that nobody has opened, and again."""
    with tempfile.TemporaryDirectory() as folder:
        copied = Path(folder) / "copy.db"
        shutil.copyfile(file, copied)

        def made() -> None:
            where = ("--database", f"sqlite:///{copied}", "--today", TODAY)
            python("-m", "ldninv", *where, "report", "weekly", "--out", f"{folder}/report.csv")

        floor = "one pass of sum(quantity) in plain sqlite3"
        cold = seconds(made)
        bare, warm = in_turn(lambda: python("-c", SUM, copied), *[made] * turns)
        again = statistics.median(warm)
    for what, took in (("cold", cold), ("warm", again)):
        yield Figure(f"Weekly report, command line, {what}", name, took / bare, None, floor=floor, said=ms(took))
