"""Measures how fast the program is, and prints the table of the README.

python tests/benchmarks/run.py            10 000 and 100 000 batches with ten movements each, 1 000 000 with one
python tests/benchmarks/run.py --sizes 10000 --turns 3

Every figure is a ratio to a floor that is measured in the same run by turns, so that another computer, or a busy one,
gives about the same. Nothing is asserted: time is no test.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parent))

import asking
import loggers
import marks
import processes
import records
import scans
import trails
import verbs
import windows
from shelves import shelf
from timing import HEAD, Figure

MOVEMENTS = {10_000: 10, 100_000: 10, 1_000_000: 1}


def main() -> None:
    """Measure what is asked for."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--sizes", type=int, nargs="+", default=list(MOVEMENTS), help="how many batches")
    asked.add_argument("--turns", type=int, default=7, help="how often each thing is measured")
    asked.add_argument(
        "--only",
        nargs="+",
        default=[],
        help="start, memory, window, asking, report, paper, verbs, marks, recall, trail, storage, import, scan, "
        "readings, alive",
    )
    given = asked.parse_args()
    shelves = {f"{size:,}".replace(",", " "): shelf(size, MOVEMENTS.get(size, 10)) for size in given.sizes}
    print(HEAD, flush=True)
    for figure in figures(shelves, given.turns, set(given.only)):
        print(figure.line, flush=True)


def figures(shelves: dict[str, Path], turns: int, only: set[str]) -> Iterator[Figure]:
    """Measure one thing after the other."""

    def wanted(name: str) -> bool:
        return not only or name in only

    if wanted("start"):
        yield from processes.start(shelves, turns)
    if wanted("memory"):
        yield from processes.memory(shelves)
    for name, file in shelves.items():
        if wanted("window") or wanted("alive"):
            with windows.opened(file) as window:
                if wanted("window"):
                    yield from windows.measures(name, window, turns)
                if wanted("alive"):
                    yield from windows.liveliness(name, window)
        if wanted("asking"):
            yield from asking.expiring(name, file, turns)
        if wanted("report"):
            yield from processes.report(name, file, max(3, turns // 2))
        if wanted("paper"):
            yield from asking.paper(name, file, turns)
        if wanted("verbs"):
            yield from verbs.dispensed(name, file, turns)
        if wanted("marks"):
            yield from marks.marked(name, file, turns)
        if wanted("recall"):
            yield from trails.recalled(name, file, turns)
    if wanted("trail"):
        yield from trails.verified(turns)
    if wanted("storage"):
        yield from records.judged(turns)
        yield from records.drawn(turns)
    if wanted("import"):
        yield from asking.imported(turns)
    if wanted("scan"):
        yield from scans.parsed(turns)
    if wanted("readings"):
        yield from loggers.brought_in(turns)


if __name__ == "__main__":
    main()
