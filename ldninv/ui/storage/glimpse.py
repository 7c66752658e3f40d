"""A small picture of a record: lowest and highest of every column of pixels, over the limits of the profile."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ldninv.domain.quantities import with_minus
from ldninv.domain.signs import Tone
from ldninv.domain.storage.judgement import Gap
from ldninv.domain.storage.profile import CRT, Profile
from ldninv.domain.storage.series import Series
from ldninv.ui import theme

_LINES, _MOST = 7, 24
"""Lines of text that it is high; and where there is room."""
FINEST = 4096
"""Columns of an outline; no picture of it is wider."""
_MARGIN = 1.0
"""Degrees above the highest and below the lowest."""


class Glimpse(QWidget):
    """Draws a record as far as it is seen; what is not known is not drawn."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._outline: Outline | None = None
        self._limits = CRT
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setMaximumHeight(_MOST * self.fontMetrics().height())

    def show_outline(self, outline: Outline | None, says: str, limits: Profile = CRT) -> None:
        """Show a record over the limits of a place; its gaps are holes (R16)."""
        self._outline, self._limits = outline, limits
        self.setAccessibleName(says)
        self.setVisible(outline is not None)
        self.update()

    def sizeHint(self) -> QSize:
        """Return a few lines of text, as wide as there is room."""
        return QSize(theme.letters(self, 60), _LINES * self.fontMetrics().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        if self._outline is None:
            return
        colours = theme.colours_of(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(colours.base))
        lowest, highest = self._outline.lowest, self._outline.highest
        keep_low, keep_high = self._limits.keep_low_c, self._limits.keep_high_c
        low, high = min(keep_low, lowest) - _MARGIN, max(keep_high, highest) + _MARGIN
        left = self.fontMetrics().horizontalAdvance("−188.8 °C") + theme.step(self, 2)
        half = self.fontMetrics().height() / 2  # of a temperature at its edge
        box = QRectF(left, half, self.width() - left - 4, self.height() - 2 * half)

        def level(celsius: float) -> float:
            return box.bottom() - (celsius - low) / (high - low) * box.height()

        kept = QRectF(QPointF(box.left(), level(keep_high)), QPointF(box.right(), level(keep_low)))
        painter.fillRect(kept, QColor(colours.tones[Tone.GOOD].wash))
        painter.setPen(QColor(colours.muted))
        named: list[float] = []
        for celsius in (keep_low, keep_high, highest, lowest):
            y = level(celsius)
            if all(abs(y - each) >= self.fontMetrics().height() for each in named):
                named.append(y)
                self._name(painter, box.left(), y, celsius)
        painter.setPen(QPen(QColor(colours.accent), 1.5))
        before: Stretch | None = None
        columns = round(box.width())
        holes = {column * columns // FINEST for column in self._outline.holes}
        for each in narrowed(self._outline.stretches, columns):
            x = box.left() + each.column
            painter.drawLine(QPointF(x, level(each.highest) - 0.75), QPointF(x, level(each.lowest)))
            if before is not None and (before.column not in holes or each.column - before.column <= 1):
                painter.drawLine(QPointF(box.left() + before.column, level(before.last)), QPointF(x, level(each.first)))
            before = each
        painter.end()

    def _name(self, painter: QPainter, left: float, y: float, celsius: float) -> None:
        """Write a temperature beside its height."""
        line = self.fontMetrics().height()
        place = QRectF(0, y - line / 2, left - theme.step(self, 2), line)
        painter.drawText(place, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), written(celsius))


def written(celsius: float) -> str:
    """Return a temperature as it stands beside its height, to the tenth that a logger prints.

    >>> written(25), written(20.48), written(-0.02), written(-18)
    ('25 °C', '20.5 °C', '0 °C', '−18 °C')
    """
    return with_minus(f"{round(celsius, 1) + 0:g} °C")


@dataclass(frozen=True, slots=True)
class Stretch:
    """What one column of pixels shows, °C."""

    column: int
    first: float
    lowest: float
    highest: float
    last: float


@dataclass(frozen=True, slots=True)
class Outline:
    """What of a record any picture of it can show: made once, on a worker, for a year is half a million readings."""

    stretches: Sequence[Stretch]
    """In `FINEST` columns."""
    holes: frozenset[int]
    """The columns in which a gap begins."""
    lowest: float
    highest: float

    @classmethod
    def of(cls, series: Series, gaps: Iterable[Gap] = ()) -> Outline:
        """Return the outline of at least one reading, with its gaps."""
        found = envelope(series, FINEST)
        first, span_s = series.seconds[0], (series.seconds[-1] - series.seconds[0]) or 1.0
        holes = frozenset(int((each.start - first) / span_s * FINEST) for each in gaps)
        return cls(found, holes, min(each.lowest for each in found), max(each.highest for each in found))


def narrowed(stretches: Sequence[Stretch], columns: int) -> list[Stretch]:
    """Return what `FINEST` columns show in fewer of them."""
    found: list[Stretch] = []
    for each in stretches:
        column = each.column * columns // FINEST
        if found and found[-1].column == column:
            before = found[-1]
            lowest, highest = min(before.lowest, each.lowest), max(before.highest, each.highest)
            found[-1] = Stretch(column, before.first, lowest, highest, each.last)
        else:
            found.append(Stretch(column, each.first, each.lowest, each.highest, each.last))
    return found if columns > 0 else []


def envelope(series: Series, columns: int) -> Sequence[Stretch]:
    """Return what each column shows that has a reading, in order."""
    if columns < 1:
        return ()
    start, span = series.seconds[0], (series.seconds[-1] - series.seconds[0]) or 1.0
    edges = [bisect_left(series.seconds, start + span * at / columns) for at in range(columns)]
    found = []
    for column, (low, high) in enumerate(pairwise([*edges, len(series.seconds)])):
        part = series.celsius[low:high]
        if part:
            found.append(Stretch(column, part[0], min(part), max(part), part[-1]))
    return found
