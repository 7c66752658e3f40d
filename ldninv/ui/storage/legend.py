"""Whose the curves of a chart are, and what each says where the mouse points."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ldninv.ui import theme
from ldninv.ui.flow import FlowLayout
from ldninv.ui.storage.looks import Look
from ldninv.ui.storage.shapes import draw, width_beside

_LINE = 3.0
"""Marks wide is the line beside a name."""


class Legend(QWidget):
    """Seen where there is more than one curve. What it tells of a moment has its room before: nothing moves for it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Loggers"))
        self.entries: list[Entry] = []
        self._room: Sequence[str] = ()
        self._flow = FlowLayout(theme.step(self, 3), self)
        self.hide()

    def show_names(self, named: Sequence[tuple[str, Look]]) -> None:
        """Name the curves; fewer than two need none."""
        for each in self.entries:
            each.hide()
            each.deleteLater()
        while self._flow.takeAt(0) is not None:
            pass
        self.entries = [Entry(name, look, self._room, self) for name, look in named] if len(named) > 1 else []
        for entry in self.entries:
            entry.setMaximumWidth(max(1, self.width()))
            self._flow.addWidget(entry)
        self.setVisible(bool(self.entries))

    def tell(self, said: Sequence[str]) -> None:
        """Tell what each says of a moment; of none it tells nothing."""
        for number, entry in enumerate(self.entries):
            entry.tell(said[number] if said else "")

    def keep_room(self, said: Sequence[str]) -> None:
        """Keep as much room as the longest of `said`."""
        self._room = said
        for entry in self.entries:
            entry.keep_room(said)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let no name be wider than there is room."""
        super().resizeEvent(event)
        for entry in self.entries:
            entry.setMaximumWidth(self.width())


class Entry(QWidget):
    """A piece of the curve, its name, and what it says."""

    def __init__(self, name: str, look: Look, room: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.name, self.look, self.said = name, look, ""
        self._room = room
        self.setAccessibleName(f"{name}: {look.mark.value}")
        self.setToolTip(name)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def tell(self, said: str) -> None:
        """Say something beside the name."""
        if said != self.said:
            self.said = said
            self.update()

    def keep_room(self, said: Sequence[str]) -> None:
        """Keep as much room as the longest of these."""
        self._room = said
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return room for its piece of the curve, its name and what it may say."""
        name = self.fontMetrics().horizontalAdvance(self.name)
        return QSize(self._sample + name + self._value + theme.step(self, 1), self.fontMetrics().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it; a name that is too long for the window is cut where it ends, never what it says."""
        colours = theme.colours_of(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = QColor(self.look.ink(colours))
        width, middle = width_beside(self), self.height() / 2
        painter.setPen(QPen(ink, 1.5))
        painter.drawLine(QPointF(0, middle), QPointF(_LINE * width, middle))
        draw(painter, self.look.mark, QPointF(_LINE * width / 2, middle), width, ink)
        painter.setPen(QColor(colours.text))
        room = self.width() - self._sample - self._value
        name = self.fontMetrics().elidedText(self.name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(self._sample, 0, room, self.height()), _LEFT, name)
        said = self._sample + min(room, self.fontMetrics().horizontalAdvance(name)) + theme.step(self, 1)
        painter.setPen(QColor(colours.muted))
        painter.drawText(QRectF(said, 0, self._value, self.height()), _LEFT, self.said)
        painter.end()

    @property
    def _sample(self) -> int:
        return round(_LINE * width_beside(self)) + theme.step(self, 1)

    @property
    def _value(self) -> int:
        return max((self.fontMetrics().horizontalAdvance(each) for each in self._room), default=0)


_LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
