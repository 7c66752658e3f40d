"""What is measured in an open window: keys, orders, jumps, scans, and how alive it stays."""

from __future__ import annotations

import random
import sqlite3
import statistics
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import cycle
from pathlib import Path
from time import perf_counter

from PySide6.QtCore import QEventLoop, QSettings, Qt, QTimer
from PySide6.QtWidgets import QApplication
from shelves import at_work
from timing import Figure, in_turn, ms

from ldninv.app import application
from ldninv.services import batches
from ldninv.services.batches import Question, Sort
from ldninv.ui.filters import EVERYTHING, FILTERS
from ldninv.ui.window import MainWindow

BARE = "a bare repaint"


@contextmanager
def opened(file: Path) -> Iterator[MainWindow]:
    """Open the program's window at the list, and wait until all batches are read."""
    running = application()
    context = at_work(file)
    with tempfile.TemporaryDirectory() as folder:
        memory = QSettings(f"{folder}/window.ini", QSettings.Format.IniFormat)
        window = MainWindow(context, str(file), memory)
        window.resize(1280, 720)
        window.go_to(window.batches)
        window.show()
        until(lambda: window.batches.table.finder.ready and window.batches.chips[0].count is not None)
        while window.jobs.busy:
            running.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 20)
        yield window
        window.close()
        context.store.close()
        window.deleteLater()
        running.processEvents()


def until(there: Callable[[], object]) -> None:
    """Let the window live until something is so."""
    while not there():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 20)


def measures(name: str, window: MainWindow, turns: int) -> Iterator[Figure]:
    """Measure all that a person waits for in the list."""
    page = window.batches
    target = {"100 000": {"key": 4, "jump": 3.5, "scan": 2}, "1 000 000": {"key": 15, "scan": 2}}.get(name, {})

    def bare() -> None:
        page.update()
        QApplication.sendPostedEvents()

    def painted(act: Callable[[], object]) -> Callable[[], None]:
        def whole() -> None:
            act()
            for _ in range(3):  # laying out asks for more laying out, and the last of it for the paint
                QApplication.sendPostedEvents()

        return whole

    def at_rest() -> None:
        until(lambda: not page.card.incomplete)
        QApplication.processEvents()

    def figure(what: str, goal: str, acts: list[Callable[[], object]], floor: Callable[[], object] = bare) -> Figure:
        for act in acts[:2]:
            painted(act)()
        low, times = in_turn(floor, *map(painted, acts), before=at_rest)
        middle, worst = statistics.median(times), max(times)
        against = BARE if floor is bare else "an indexed SELECT and a bare repaint"
        said = f"{ms(middle)}, worst {ms(worst)}, over {ms(low)}"
        return Figure(what, name, middle / low, target.get(goal), floor=against, said=said)

    chance = random.Random(1)
    keys = list(batches.ids(page._context, Question(sort=Sort.LOT)))
    lots = page.table.finder.lots([chance.choice(keys) for _ in range(turns)])
    yield figure("A key in the search", "key", [typed(page, lot[: length + 1]) for lot in lots for length in range(13)])
    page.search.clear()
    page._choose(EVERYTHING)
    yield figure("The same, first letters", "key", [typed(page, text) for text in ("l", "4", "n", "s") * turns])
    page.search.clear()
    page._choose(FILTERS[0])
    orders = [(sort, down) for down in (False, True) for sort in Sort] * max(1, turns // 3)
    yield figure("Another order", "sort", [lambda how=how: page.table.sort_asked.emit(*how) for how in orders])
    bar = page.table.verticalScrollBar()
    jumps = [lambda at=chance.randrange(bar.maximum()): bar.setValue(at) for _ in range(4 * turns)]
    yield figure("A jump anywhere", "jump", jumps)
    with closing(sqlite3.connect(page._context.store.name)) as plain:
        asked = cycle(page.table.finder.lots([chance.choice(keys) for _ in range(9 * turns)]))

        def select() -> None:
            plain.execute("SELECT * FROM batch WHERE lot_key = ?", (next(asked).lower(),)).fetchall()
            bare()

        scans = [lambda lot=lot: page.enter(lot) for lot in lots * 3]
        yield figure("A scan to its painted answer", "scan", scans, select)

        def scan_to_the_end(lot: str) -> None:
            page.enter(lot)
            page.card.complete()

        scans = [lambda lot=lot: scan_to_the_end(lot) for lot in reversed(lots * 3)]
        yield figure("The same with all below it, and its row in the list", "", scans, select)


def typed(page: object, text: str) -> Callable[[], None]:
    """Return what happens after a key, but for the pause that lets a scanner finish."""

    def type_it() -> None:
        page.search.setText(text)  # type: ignore[attr-defined]
        page.refresh()  # type: ignore[attr-defined]

    return type_it


def liveliness(name: str, window: MainWindow) -> Iterator[Figure]:
    """Measure the longest that a timer of 10 ms waits while a report is made and laid out."""
    gaps: list[float] = []
    last = [perf_counter()]

    def tick() -> None:
        now = perf_counter()
        gaps.append(now - last[0])
        last[0] = now

    timer = QTimer(window)
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.setInterval(10)
    timer.timeout.connect(tick)
    window.go_to(window.today)
    until(lambda: not window.jobs.busy)
    last[0] = perf_counter()
    timer.start()
    window.go_to(window.reports)
    begun = perf_counter()
    until(lambda: not window.reports.views.busy and perf_counter() - begun > 0.3)
    took = perf_counter() - begun
    timer.stop()
    worst = 1000 * max(gaps)
    said = f"the report took {ms(took)}; middle gap {ms(statistics.median(gaps))}"
    yield Figure("Longest gap of a 10 ms timer", name, worst, 100, unit="ms", floor="while a report is made", said=said)
