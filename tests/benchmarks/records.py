"""A year of readings, one a minute: judged, and drawn."""

from __future__ import annotations

import math
import random
import statistics
from array import array
from collections.abc import Iterator
from datetime import UTC

from PySide6.QtWidgets import QApplication
from timing import Figure, in_turn, ms, seconds

from ldninv.domain.storage.judging import judge
from ldninv.domain.storage.profile import CRT
from ldninv.domain.storage.series import Series
from ldninv.services.storage.drawn import Drawn
from ldninv.ui import application
from ldninv.ui.storage.chart import Chart

READINGS = 525_600
FEW = 1000
ON = f"{READINGS:,} readings".replace(",", " ")


def a_year(readings: int) -> Series:
    """Return a room with days, seasons and noise, read once a minute."""
    chance = random.Random(1)
    celsius = array("d")
    for number in range(readings):
        warm = 0.8 * math.sin(number / 1440 * math.tau) + 0.8 * math.sin(number / READINGS * math.tau)
        celsius.append(round(22.3 + warm + chance.gauss(0, 0.15), 2))
    return Series(array("d", range(0, 60 * readings, 60)), celsius)


def plain_pass(celsius: array[float]) -> float:
    """Return the mean kinetic temperature of readings that all weigh the same: the sum alone."""
    total = 0.0
    for each in celsius:
        total += math.exp(-10_000.0 / (each + 273.15))
    return -10_000.0 / math.log(total / len(celsius)) - 273.15


def judged(turns: int) -> Iterator[Figure]:
    """Measure all that is said of a record."""
    year = a_year(READINGS)
    floor, times = in_turn(lambda: plain_pass(year.celsius), *[lambda: judge(year)] * turns)
    reached = statistics.median(times)
    yield Figure(
        "a year at one minute, judged",
        ON,
        reached / floor,
        None,
        floor="one plain pass of the MKT sum",
        said=f"{ms(reached)}; the pass {ms(floor)}",
    )


def drawn(turns: int) -> Iterator[Figure]:
    """Measure moving a chart that shows all of a record, painted."""
    application.dress(QApplication.instance() or QApplication(["benchmark"]))
    many, few = _chart(a_year(READINGS)), _chart(a_year(FEW))
    times = [(seconds(lambda: _moved(few)), seconds(lambda: _moved(many))) for _ in range(3 * turns)]
    floor, reached = (statistics.median(each) for each in zip(*times, strict=True))
    yield Figure(
        "its chart, moved and painted",
        ON,
        reached / floor,
        None,
        floor=f"the chart of {FEW} readings",
        said=f"{ms(reached)}; {ms(floor)}",
    )
    for chart in (many, few):
        chart.close()


def _chart(series: Series) -> Chart:
    chart = Chart()
    chart.resize(1100, 400)
    low, high = min(series.celsius), max(series.celsius)
    chart.show_curves([Drawn(logger="Room 1", number=0, series=series, lowest=low, highest=high)], CRT, UTC)
    chart.show()
    chart.show_all()
    return chart


def _moved(chart: Chart) -> None:
    chart.zoom(0.9)
    chart.grab()
    chart.show_all()
    chart.grab()
