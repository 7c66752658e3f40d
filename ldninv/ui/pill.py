"""A sign on its own, as a widget: icon and word in their tone's ink on its wash."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ldninv.domain.signs import Sign
from ldninv.ui import pills, theme


class Pill(QWidget):
    """A sign, as large as it is."""

    def __init__(self, sign: Sign, parent: QWidget) -> None:
        super().__init__(parent)
        self.sign = sign
        self.setAccessibleName(sign.word)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_sign(self, sign: Sign) -> None:
        """Show another sign."""
        self.sign = sign
        self.setAccessibleName(sign.word)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for icon and word."""
        metrics = theme.metrics(self, bold=True)
        return QSize(pills.width(metrics, self.sign.word), pills.height(metrics))

    def minimumSizeHint(self) -> QSize:
        """Return the same: it is never cut."""
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        """Measure again in another font."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setFont(theme.scaled(self.font(), 1, bold=True))
        pills.paint(painter, self.rect(), self.sign, theme.colours_of(self.palette()))
        painter.end()
