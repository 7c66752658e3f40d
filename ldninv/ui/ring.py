"""A ring around what has the focus and draws nothing of its own to say so: tables, and areas that scroll."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ldninv.ui import theme

_WHEN = {QEvent.Type.FocusIn, QEvent.Type.FocusOut, QEvent.Type.Resize}


class FocusRing(QWidget):
    """Lies over a widget while that has the focus, and lets the mouse through."""

    def __init__(self, around: QWidget) -> None:
        super().__init__(around)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._around = around
        around.installEventFilter(self)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the focus and the size."""
        if watched is self._around and event.type() in _WHEN:
            self.setGeometry(self._around.rect())
            self.setVisible(self._around.hasFocus())
            self.raise_()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setPen(QPen(QColor(theme.colours_of(self.palette()).accent), 2))
        painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()
