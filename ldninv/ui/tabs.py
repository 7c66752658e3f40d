"""Tabs whose open one is seen in every scheme: in dark colours the style's own differ by a shade."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QTabBar, QTabWidget, QWidget

from ldninv.ui import theme


class _Bar(QTabBar):
    """Draws a line in the accent's colour along the open tab."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the tabs as the style does, and the line over them."""
        super().paintEvent(event)
        box = self.tabRect(self.currentIndex())
        if box.isValid():
            painter = QPainter(self)
            painter.fillRect(box.adjusted(1, 0, -1, 2 - box.height()), QColor(theme.colours_of(self.palette()).accent))
            painter.end()


class Tabs(QTabWidget):
    """Views of one thing, one of them open."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTabBar(_Bar(self))
        self.setAccessibleName(name)
        self.tabBar().setAccessibleName(name)
