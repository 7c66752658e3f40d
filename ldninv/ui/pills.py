"""A sign drawn as a pill: icon and word in their tone's ink on its wash."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen

from ldninv.domain.signs import Sign
from ldninv.ui import icons
from ldninv.ui.colours import Colours

_MIDDLE = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine)


def icon_size(metrics: QFontMetrics) -> int:
    """Return the size of an icon beside text, in pixels."""
    return round(metrics.height() * 1.0)


def width(metrics: QFontMetrics, text: str) -> int:
    """Return how wide the pill of `text` is, in pixels."""
    return icon_size(metrics) + metrics.horizontalAdvance(text) + round(metrics.height() * 1.35)


def height(metrics: QFontMetrics) -> int:
    """Return how high a pill is, in pixels."""
    return round(metrics.height() * 1.35)


def ground(painter: QPainter, box: QRect, wash: str, edge: str | None) -> None:
    """Draw a pill's ground into `box`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(edge)) if edge else Qt.PenStyle.NoPen)
    painter.setBrush(QColor(wash))
    shape = QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5)
    painter.drawRoundedRect(shape, shape.height() / 2, shape.height() / 2)
    painter.restore()


def content(painter: QPainter, box: QRect, icon: str, text: str, ink: str) -> None:
    """Draw icon and text into the pill `box`, with the painter's font."""
    metrics = painter.fontMetrics()
    size, gap = icon_size(metrics), round(metrics.height() * 0.35)
    left = box.left() + round(metrics.height() * 0.45)
    icons.paint(painter, QRect(left, box.top() + (box.height() - size) // 2, size, size), icon, QColor(ink))
    painter.save()
    painter.setPen(QColor(ink))
    painter.drawText(box.adjusted(left - box.left() + size + gap, 0, 0, 0), _MIDDLE, text)
    painter.restore()


def paint(painter: QPainter, box: QRect, sign: Sign, colours: Colours) -> None:
    """Draw `sign` as a pill at the left of `box`, with the painter's font."""
    tint = colours.tones[sign.tone]
    metrics = painter.fontMetrics()
    pill = QRect(box.left(), 0, min(width(metrics, sign.word), box.width()), min(box.height(), height(metrics)))
    pill.moveTop(box.top() + (box.height() - pill.height()) // 2)
    ground(painter, pill, tint.wash, None)
    content(painter, pill, sign.icon, sign.word, tint.ink)
