"""The marks of curves as shapes to fill: one wide and high, around 0, 0."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPolygonF
from PySide6.QtWidgets import QWidget

from ldninv.ui.storage.looks import Mark

Corners = Sequence[tuple[float, float]]

_IN, _OUT = 0.17, 0.58
_CROSS = ((_IN, _IN), (_OUT, _IN), (_OUT, -_IN), (_IN, -_IN), (_IN, -_OUT), (-_IN, -_OUT))
_CORNERS: dict[Mark, Corners] = {
    Mark.SQUARES: ((-0.44, -0.44), (0.44, -0.44), (0.44, 0.44), (-0.44, 0.44)),
    Mark.TRIANGLES: ((-0.55, 0.45), (0, -0.55), (0.55, 0.45)),
    Mark.DIAMONDS: ((-0.5, 0), (0, -0.62), (0.5, 0), (0, 0.62)),
    Mark.CROSSES: (*_CROSS, *((-x, -y) for x, y in _CROSS)),
}


def shape(mark: Mark) -> QPainterPath:
    """Return the outline of a mark."""
    path = QPainterPath()
    if mark is Mark.CIRCLES:
        path.addEllipse(QRectF(-0.5, -0.5, 1, 1))
    else:
        path.addPolygon(QPolygonF([QPointF(*corner) for corner in _CORNERS[mark]]))
        path.closeSubpath()
    return path


def draw(painter: QPainter, mark: Mark, middle: QPointF, width: float, ink: QColor) -> None:
    """Draw a mark, `width` wide."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(middle)
    painter.scale(width, width)
    painter.fillPath(shape(mark), ink)
    painter.restore()


def width_beside(widget: QWidget) -> int:
    """Return how wide a mark is beside the text of a widget, in pixels."""
    return max(8, round(widget.fontMetrics().height() * 0.6))
