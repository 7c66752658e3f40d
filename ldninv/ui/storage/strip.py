"""A row of bars below the chart, under the same time: what happened, or where a batch stood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ldninv.domain.signs import Tone
from ldninv.ui import icons, theme
from ldninv.ui.storage.looks import Look
from ldninv.ui.storage.shapes import draw, width_beside

_NARROWEST = 3
"""Pixels: what took a minute of a year is seen too."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar."""

    start: float
    end: float
    """Seconds, as on the chart."""
    tone: Tone
    icon: str
    text: str
    """What stands on it where there is room."""
    about: str = ""
    """What its tool tip says."""
    rank: int = 0
    """Of two that are narrow the higher lies over the lower; a wide one lies under both."""
    lane: int = 0
    """In which row it lies, from above."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of bars."""

    name: str
    look: Look | None = None
    """Of the curve that they belong to; None where there is no need to say."""


class Strip(QWidget):
    """Bars that can be pressed; those that are narrower than a few pixels are still as wide as these."""

    pressed = Signal(int)
    """Carries the number of the bar, as it was shown."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._bars: tuple[Bar, ...] = ()
        self._rows: tuple[Row, ...] = (Row(name),)
        self._drawn: list[tuple[QRect, int]] = []
        self._range = (0.0, 1.0)
        self._edges = (0, 0)
        self.chosen = -1
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)

    @property
    def bars(self) -> tuple[Bar, ...]:
        """What is shown."""
        return self._bars

    def show_bars(self, bars: Sequence[Bar], about: str, rows: tuple[Row, ...] = ()) -> None:
        """Show bars; `about` tells a screen reader what they say, `rows` are told where there are several."""
        rows = rows or self._rows[:1]
        if len(rows) != len(self._rows):
            self.updateGeometry()
        self._bars, self._rows = tuple(bars), rows
        self.chosen = -1
        self.setAccessibleDescription(about)
        self.update()

    def choose(self, number: int) -> None:
        """Mark one of them; −1 marks none."""
        self.chosen = number
        self.update()

    def show_range(self, first: float, last: float, left: int, right: int) -> None:
        """Show what lies between two moments, between these margins in pixels."""
        self._range, self._edges = (first, last), (left, right)
        self.update()

    def bar_at(self, point: QPoint) -> int:
        """Return the number of the bar at a point; −1 where there is none."""
        return next((number for box, number in reversed(self._drawn) if box.contains(point)), -1)

    def sizeHint(self) -> QSize:
        """Return room for a line of text in each row."""
        return QSize(theme.letters(self, 40), len(self._rows) * self._row)

    def minimumSizeHint(self) -> QSize:
        """Return the same height, however narrow."""
        return QSize(0, self.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        """Say of the bar under the mouse what it is."""
        if isinstance(event, QHelpEvent):
            number = self.bar_at(event.pos())
            QToolTip.showText(event.globalPos(), self._bars[number].about if number >= 0 else "", self)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Press the bar that is there."""
        number = self.bar_at(event.position().toPoint())
        if number >= 0 and event.button() is Qt.MouseButton.LeftButton:
            self.pressed.emit(number)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the bars that are seen; of those that fill no more than a pixel one is enough."""
        colours = theme.colours_of(self.palette())
        painter = QPainter(self)
        left, right = self._edges
        room = QRect(left, 0, max(1, self.width() - left - right), self.height())
        painter.fillRect(room, QColor(colours.alternate))
        painter.setClipRect(room)
        self._drawn = self._placed(room)
        for box, number in self._drawn:
            self._paint(painter, box, number)
        painter.setClipping(False)
        self._name_rows(painter, left - theme.step(self, 1))
        painter.end()

    @property
    def _row(self) -> int:
        return round(self.fontMetrics().height() * (1.5 if len(self._rows) == 1 else 1.3))

    def _name_rows(self, painter: QPainter, right: int) -> None:
        """Write what the bars are, and draw beside each row the mark of the curve that it is of."""
        colours, mark = theme.colours_of(self.palette()), width_beside(self)
        beside = right - mark - theme.step(self, 1) if any(each.look for each in self._rows) else right
        for number, row in enumerate(self._rows):
            top = number * self._row
            if row.look is not None:
                ink = QColor(row.look.ink(colours))
                draw(painter, row.look.mark, QPointF(right - mark / 2, top + self._row / 2), mark, ink)
            painter.setPen(QColor(colours.muted))
            said = self.fontMetrics().elidedText(row.name, Qt.TextElideMode.ElideRight, max(0, beside))
            painter.drawText(QRect(0, top, beside, self._row), _RIGHT, said)

    def _placed(self, room: QRect) -> list[tuple[QRect, int]]:
        """Return where each bar is, the lowest first: what is wide under what is narrow, so that all can be pressed."""
        first, last = self._range
        scale = room.width() / max(1e-9, last - first)
        placed: list[tuple[QRect, int]] = []
        for number, bar in enumerate(self._bars):
            if bar.end < first or bar.start > last:
                continue
            begin = round((max(bar.start, first) - first) * scale)
            width = max(_NARROWEST, round((min(bar.end, last) - first) * scale) - begin)
            box = QRect(room.left() + begin, bar.lane * self._row + 2, width, self._row - 4)
            placed.append((box, number))
        placed.sort(key=lambda each: self._height(*each))
        return self._without_hidden(placed)

    def _height(self, box: QRect, number: int) -> tuple[bool, int, int]:
        wide = box.width() if self._is_wide(box) else 0
        return number == self.chosen, -wide, self._bars[number].rank

    def _is_wide(self, box: QRect) -> bool:
        """Whether there is room for an icon and a word."""
        return box.width() > self.fontMetrics().height() + 4

    def _without_hidden(self, placed: list[tuple[QRect, int]]) -> list[tuple[QRect, int]]:
        seen: set[tuple[int, int, int]] = set()
        kept: list[tuple[QRect, int]] = []
        for box, number in placed:
            place = box.left(), box.top(), self._bars[number].rank
            if box.width() > _NARROWEST or place not in seen or number == self.chosen:
                seen.add(place)
                kept.append((box, number))
        return kept

    def _paint(self, painter: QPainter, box: QRect, number: int) -> None:
        bar, colours = self._bars[number], theme.colours_of(self.palette())
        tint = colours.tones[bar.tone]
        side = self.fontMetrics().height()
        painter.setPen(
            QPen(QColor(colours.accent if number == self.chosen else tint.ink), 2 if number == self.chosen else 1)
        )
        painter.setBrush(QColor(tint.wash if self._is_wide(box) else tint.ink))
        painter.drawRect(box.adjusted(0, 0, -1, -1))
        if not self._is_wide(box):
            return
        icons.paint(painter, QRect(box.left() + 2, box.top(), side, box.height()), bar.icon, QColor(tint.ink))
        words = QRect(box.left() + side + 6, box.top(), box.width() - side - 8, box.height())
        painter.setPen(QColor(tint.ink))
        if self.fontMetrics().horizontalAdvance(bar.text) <= words.width():  # a temperature that is cut is another one
            painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), bar.text)


_RIGHT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
