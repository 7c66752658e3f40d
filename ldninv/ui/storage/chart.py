"""The chart of a place: what its loggers recorded in the bands of its profile, as far as one looks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, tzinfo
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ldninv.domain.quantities import with_minus
from ldninv.domain.signs import Tone
from ldninv.domain.storage.profile import CRT, Profile
from ldninv.services.storage.drawn import Drawn, span_of
from ldninv.ui import theme
from ldninv.ui.ring import FocusRing
from ldninv.ui.storage import figures
from ldninv.ui.storage.curves import Curves
from ldninv.ui.storage.legend import Legend
from ldninv.ui.storage.looks import Look
from ldninv.ui.storage.shapes import width_beside

_SHORTEST = 600.0
"""Seconds below which nothing more can be seen by going nearer."""
_SHIFT, _NEARER = 0.2, 0.5
_AIR = 0.6
"""Degrees above and below what is seen."""
_BANDS = 3
_LOWEST = 7
"""Lines of text that it is high, its legend left out."""
_REACH = 3
"""Pixels beside a reading that stands alone at which the mouse still points at it."""


class _Days(pg.DateAxisItem):  # type: ignore[misc] # pyqtgraph has no types
    """Days below the chart; where the name of a day would run into that of a month, the month stands."""

    def generateDrawSpecs(self, painter: QPainter) -> Any:  # noqa: ANN401 - pyqtgraph has no types
        """Return what is drawn, without the texts that lie over others."""
        axis, ticks, texts = super().generateDrawSpecs(painter)
        free: list[tuple[QRectF, int, str]] = []
        for each in texts:  # those of the longer spans come first
            if not any(each[0].intersects(other[0]) for other in free):
                free.append(each)
        return axis, ticks, free


class _Degrees(pg.AxisItem):  # type: ignore[misc] # pyqtgraph has no types
    """Temperatures beside the chart, with the sign of print below zero."""

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        """Return what stands beside each line."""
        return [with_minus(each) for each in super().tickStrings(values, scale, spacing)]


class Chart(QWidget):
    """Readings of each logger over time. Arrow keys and + and − move it; the mouse drags it, and zooms by its wheel."""

    ranged = Signal(float, float)
    """The first and last moment that are seen now."""
    next_asked = Signal(int)
    """The next event is asked for (1), or the one before (−1)."""
    open_asked = Signal()
    """The event in hand is to be opened."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._drawn: tuple[Drawn, ...] = ()
        self._profile = CRT
        self._whole = (0.0, 1.0)
        self._zone: tzinfo | None = None
        self.axis = _Days(orientation="bottom", utcOffset=0)
        self._plot = pg.PlotWidget(self, axisItems={"bottom": self.axis, "left": _Degrees("left")}, background=None)
        self._plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._plot.setFrameShape(self._plot.Shape.NoFrame)
        self._item = self._plot.getPlotItem()
        self._view = self._item.getViewBox()
        self._curves = Curves(self._item)
        self.legend = Legend(self)
        self.readout = QLabel(self)
        self.readout.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.nothing = QLabel(self.tr("Nothing was recorded here.\nHome shows all, ← and → go on"), self)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nothing.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.nothing.hide()
        self._bands = [pg.LinearRegionItem(orientation="horizontal", movable=False) for _ in range(_BANDS)]
        self._limits = [pg.InfiniteLine(angle=0, movable=False) for _ in range(4)]
        self._chosen = pg.LinearRegionItem(movable=False)
        self._dress()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        air = theme.step(self, 1)
        self.legend.setContentsMargins(air, air, air, 0)
        layout.addWidget(self.legend)
        layout.addWidget(self._plot, 1)
        FocusRing(self)
        self._view.sigXRangeChanged.connect(lambda *_: self._moved())
        self._view.sigResized.connect(lambda *_: self._moved())
        self._plot.scene().sigMouseMoved.connect(self._point)

    @property
    def range(self) -> tuple[float, float]:
        """The first and last moment that are seen."""
        first, last = self._view.viewRange()[0]
        return float(first), float(last)

    @property
    def margins(self) -> tuple[int, int]:
        """How far the readings are from the left and right edge, in pixels."""
        box = self._view.sceneBoundingRect()
        return round(box.left()), max(0, self.width() - round(box.right()))

    def show_curves(self, drawn: Sequence[Drawn], profile: Profile, zone: tzinfo) -> None:
        """Show what each logger recorded, one or more. What is seen stays as it is."""
        self._drawn = tuple(drawn)
        self._profile, self._zone = profile, zone
        first, last = span_of(self._drawn)
        self._whole = first, max(last, first + _SHORTEST)
        self._curves.show(self._drawn)
        self._place_bands()
        self._dress()
        self.legend.show_names([(each.logger, Look.of(each.number)) for each in self._drawn])
        self._moved()

    def show_range(self, first: float, last: float) -> None:
        """Look from one moment to another, as far as there is anything to see."""
        begin, end = self._whole
        room = (end - begin) * 0.01
        length = min(max(last - first, _SHORTEST), end - begin + 2 * room)
        first = min(max((first + last - length) / 2, begin - room), end + room - length)
        if (first, first + length) == self.range:
            self._moved()
        self._view.setXRange(first, first + length, padding=0)

    def show_all(self) -> None:
        """Look at all of it."""
        self.show_range(*self._whole)

    def show_last(self, days: float) -> None:
        """Look at the last days of it."""
        self.show_range(max(self._whole[0], self._whole[1] - days * 86_400), self._whole[1])

    def zoom(self, factor: float) -> None:
        """Go nearer (below 1) or further away, around the middle."""
        first, last = self.range
        half = (last - first) * factor / 2
        self.show_range((first + last) / 2 - half, (first + last) / 2 + half)

    def shift(self, share: float) -> None:
        """Move by a share of what is seen."""
        first, last = self.range
        self.show_range(first + share * (last - first), last + share * (last - first))

    def choose(self, span: tuple[float, float] | None) -> None:
        """Mark a time, and let it be seen; None marks none."""
        self._chosen.setVisible(span is not None)
        if span is None:
            return
        self._chosen.setRegion(span)
        first, last = self.range
        if span[0] < first or span[1] > last or (span[1] - span[0]) < (last - first) / 200:
            half = max(span[1] - span[0], 6 * 3600) * 1.5
            middle = (span[0] + span[1]) / 2
            self.show_range(middle - half, middle + half)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move by the arrow keys, zoom by + and −, go from event to event by Page Up and Page Down."""
        acts: dict[Qt.Key, Callable[[], object]] = {
            Qt.Key.Key_Left: lambda: self.shift(-_SHIFT),
            Qt.Key.Key_Right: lambda: self.shift(_SHIFT),
            Qt.Key.Key_Up: lambda: self.zoom(_NEARER),
            Qt.Key.Key_Down: lambda: self.zoom(1 / _NEARER),
            Qt.Key.Key_Plus: lambda: self.zoom(_NEARER),
            Qt.Key.Key_Minus: lambda: self.zoom(1 / _NEARER),
            Qt.Key.Key_Home: self.show_all,
            Qt.Key.Key_End: lambda: self.show_last(30),
            Qt.Key.Key_PageUp: lambda: self.next_asked.emit(-1),
            Qt.Key.Key_PageDown: lambda: self.next_asked.emit(1),
            Qt.Key.Key_Return: self.open_asked.emit,
            Qt.Key.Key_Enter: self.open_asked.emit,
        }
        act = acts.get(Qt.Key(event.key()))
        if act is None:
            super().keyPressEvent(event)
        else:
            act()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep what the mouse points at below the days, where nothing else is written."""
        super().resizeEvent(event)
        line = self.fontMetrics().height()
        self.readout.setGeometry(0, self.height() - line - 1, self.width() - theme.step(self, 1), line)
        self.readout.raise_()

    def changeEvent(self, event: QEvent) -> None:
        """Wear the colours and the text size of the window."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.FontChange} and hasattr(self, "_chosen"):
            self._dress()

    def _moved(self) -> None:
        """Draw what is seen now."""
        if not self._drawn:
            return
        first, last = self.range
        keep = self._profile
        seen = self._curves.draw(first, last, max(1, round(self._view.width())), width_beside(self))
        self.nothing.setGeometry(self._plot.geometry())
        self.nothing.setVisible(seen is None)
        low, high = seen or (keep.keep_low_c, keep.keep_high_c)
        low, high = min(low, keep.permitted_low_c) - _AIR, max(high, keep.permitted_high_c) + _AIR
        self._view.setYRange(low, high, padding=0)
        if self._zone is not None:
            middle = datetime.fromtimestamp((first + last) / 2, UTC).astimezone(self._zone)
            offset = middle.utcoffset()
            self.axis.utcOffset = 0 if offset is None else -offset.total_seconds()
        self.ranged.emit(first, last)

    def _point(self, place: QPointF) -> None:
        """Say what each curve says where the mouse is: of one alone below the days, of several in the legend."""
        if not self._drawn or not self._view.sceneBoundingRect().contains(place):
            self.legend.tell(())
            self.readout.clear()
            return
        first, last = self.range
        moment = float(self._view.mapSceneToView(place).x())
        near = self._curves.near(moment, _REACH * (last - first) / max(1.0, self._view.width()))
        said = [self._said(None if each is None else each[1]) for each in near]
        if len(near) == 1:
            moment = moment if near[0] is None else near[0][0]
        self.legend.tell(said)
        alone = f"   {said[0]}" if len(said) == 1 else ""
        self.readout.setText(f"{figures.moment(moment, self._zone or UTC)}{alone}")

    def _said(self, celsius: float | None) -> str:
        return self.tr("not known") if celsius is None else with_minus(f"{celsius:z.2f} °C")

    def _place_bands(self) -> None:
        keep = self._profile
        spans = (
            (keep.keep_low_c, keep.keep_high_c),
            (keep.permitted_low_c, keep.keep_low_c),
            (keep.keep_high_c, keep.permitted_high_c),
        )
        for band, span in zip(self._bands, spans, strict=True):
            band.setRegion(span)
        limits = (keep.permitted_low_c, keep.keep_high_c, keep.permitted_high_c, keep.highest_c)
        for line, limit in zip(self._limits, limits, strict=True):
            line.setValue(limit)

    def _dress(self) -> None:
        """Put the parts together in the colours of the window."""
        colours = theme.colours_of(self.palette())
        good, look, stop = (colours.tones[each] for each in (Tone.GOOD, Tone.LOOK, Tone.STOP))
        for band, wash in zip(self._bands, (good.wash, look.wash, look.wash), strict=True):
            band.setBrush(QColor(wash))
            for edge in band.lines:
                edge.setPen(pg.mkPen(None))
        for line, ink in zip(self._limits, (stop.ink, good.ink, look.ink, stop.ink), strict=True):
            line.setPen(pg.mkPen(QColor(ink), width=1, style=Qt.PenStyle.DashLine))
        accent = QColor(colours.accent)
        self._curves.dress(colours, width_beside(self))
        self.legend.keep_room([self._said(-88.88), self._said(None)])
        shade = QColor(accent)
        shade.setAlpha(40)
        self._chosen.setBrush(shade)
        for edge in self._chosen.lines:
            edge.setPen(pg.mkPen(accent, width=1))
        self._plot.setBackground(QColor(colours.base))
        font = QFont(self.font())
        for side in ("left", "bottom"):
            axis = self._item.getAxis(side)
            axis.setStyle(tickFont=font, tickLength=-theme.step(self, 1))
            axis.setTextPen(QColor(colours.muted))
            axis.setPen(QColor(colours.border))
        self._item.getAxis("left").setWidth(theme.letters(self, 12))
        above = self.fontMetrics().height() // 2
        self._item.layout.setContentsMargins(0, above, above, 0)
        self._plot.setMinimumHeight(_LOWEST * self.fontMetrics().height())
        self._item.getAxis("bottom").setHeight(round(self.fontMetrics().height() * 2.4))
        if not self._item.items:
            self._assemble()

    def _assemble(self) -> None:
        self._item.hideButtons()
        self._item.setMenuEnabled(False)
        self._view.setMouseEnabled(x=True, y=False)
        self._view.setDefaultPadding(0)
        self._view.disableAutoRange()
        self._chosen.setVisible(False)
        for depth, part in ((-20, self._bands), (-10, self._limits), (-5, [self._chosen])):
            for each in part:
                each.setZValue(depth)
                self._item.addItem(each)
        self._place_bands()
