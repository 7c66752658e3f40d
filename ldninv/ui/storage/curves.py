"""The curves of a chart: one of each logger, told apart where there are several."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, log2

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QColor

from ldninv.services.storage.drawn import Drawn
from ldninv.ui.colours import Colours
from ldninv.ui.storage.envelope import Curve, envelope, marked
from ldninv.ui.storage.looks import Look
from ldninv.ui.storage.shapes import shape

_APART = 6
"""Marks of a curve are as many times their width apart, at least."""


class Curves:
    """What is drawn of the loggers of a place in a plot; the curve of one alone bears no marks."""

    def __init__(self, plot: pg.PlotItem) -> None:
        self._plot = plot
        self._lines: list[_Line] = []

    def show(self, drawn: Sequence[Drawn]) -> None:
        """Show these, and no others."""
        for line in self._lines:
            line.leave(self._plot)
        several = len(drawn) > 1
        self._lines = [_Line(self._plot, each, Look.of(each.number) if several else None) for each in drawn]

    def draw(self, first: float, last: float, columns: int, mark: int) -> tuple[float, float] | None:
        """Draw what is seen between two moments, and return the lowest and the highest of it; None where nothing is.

        Args:
            first: The first moment.
            last: The last one.
            columns: Pixels between them.
            mark: The width of a mark in pixels.
        """
        step = 2.0 ** ceil(log2((last - first) / columns * mark * _APART * max(1, len(self._lines))))
        found = [line.draw(first, last, columns, step, at / len(self._lines)) for at, line in enumerate(self._lines)]
        seen = [each for each in found if each is not None]
        return (min(low for low, _ in seen), max(high for _, high in seen)) if seen else None

    def dress(self, colours: Colours, mark: int) -> None:
        """Wear the colours of the window; marks are `mark` pixels wide."""
        for line in self._lines:
            line.dress(colours, mark)

    def near(self, moment: float, reach: float) -> list[tuple[float, float] | None]:
        """Return of each curve the reading nearest to a moment, which may be a hole but for `reach` seconds of it."""
        return [line.near(moment, reach) for line in self._lines]


class _Line:
    """One curve."""

    def __init__(self, plot: pg.PlotItem, drawn: Drawn, look: Look | None) -> None:
        self._curve = Curve(
            np.frombuffer(drawn.series.seconds, np.float64),
            np.frombuffer(drawn.series.celsius, np.float64),
            np.asarray(drawn.begins, np.int64),
        )
        self._look = look
        self._line = pg.PlotCurveItem()
        plot.addItem(self._line)
        self._marks: pg.ScatterPlotItem | None = None
        if look is not None:
            self._marks = pg.ScatterPlotItem(symbol=shape(look.mark), pxMode=True)
            self._marks.setZValue(1)
            plot.addItem(self._marks)

    def leave(self, plot: pg.PlotItem) -> None:
        for each in (self._line, self._marks):
            if each is not None:
                plot.removeItem(each)

    def dress(self, colours: Colours, mark: int) -> None:
        ink = QColor(colours.accent if self._look is None else self._look.ink(colours))
        self._line.setPen(pg.mkPen(ink, width=1))
        if self._marks is not None:
            self._marks.setBrush(ink)
            self._marks.setPen(pg.mkPen(QColor(colours.base), width=1))
            self._marks.setSize(mark)

    def draw(self, first: float, last: float, columns: int, step: float, share: float) -> tuple[float, float] | None:
        drawn = envelope(self._curve, first, last, columns)
        self._line.setData(drawn.x, drawn.y, connect=drawn.joined, skipFiniteCheck=True)
        if self._marks is not None:
            at = marked(self._curve, first, last, step, share)
            self._marks.setData(self._curve.seconds[at], self._curve.values[at])
        inside = drawn.y[(drawn.x >= first) & (drawn.x <= last)]
        return (float(inside.min()), float(inside.max())) if len(inside) else None

    def near(self, moment: float, reach: float) -> tuple[float, float] | None:
        """Return the reading nearest to a moment; None where nothing is known within `reach` seconds of it."""
        seconds = self._curve.seconds
        after = int(np.searchsorted(seconds, moment))
        beside = [at for at in (after - 1, after) if 0 <= at < len(seconds)]
        nearest = min(beside, key=lambda at: abs(float(seconds[at]) - moment))
        joined = len(beside) > 1 and after not in self._curve.begins
        if not joined and abs(float(seconds[nearest]) - moment) > reach:
            return None
        return float(seconds[nearest]), float(self._curve.values[nearest])
