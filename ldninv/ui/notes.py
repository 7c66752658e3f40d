"""The notes of the status line: an icon and a few words, which are fewer where room is short."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ldninv.ui import icons, theme
from ldninv.ui.buttons import Whole

_LINE = int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
_LEAST = 3
"""Average letters of a text below which its icon stands alone."""
NOTHING = " "
"""What a note says where its icon alone has room."""


class Note(QWidget):
    """An icon and a few words; where room is short they are fewer, or end in dots, and whole they stand in the tip."""

    def __init__(self, icon: str, name: str, parent: QWidget, *, kept: bool = False) -> None:
        super().__init__(parent)
        self._icon = icon
        self._name = name
        self._kept = kept
        self._short = False
        self.text = ""
        """What it says."""
        self._less = ""
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def say(self, text: str, more: str = "", less: str = "") -> None:
        """Say `text`, and `more` to who points at it; where room is short `less`, or nothing beside the icon."""
        self.text, self._less = text, less
        self.setAccessibleName(f"{self._name}: {more or text}")
        self.setToolTip(f"{self._name}: {more or text}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for all of it, or for what is left where room is short."""
        if self._short:
            return _room(self, self._less) if self._less else self.minimumSizeHint()
        return self.whole()

    def whole(self) -> QSize:
        """Return room for all of it."""
        return _room(self, self.text)

    def set_short(self, short: int) -> None:
        """Say less, or all of it at 0."""
        self._short = bool(short)
        self.updateGeometry()
        self.update()

    @property
    def _shown(self) -> str:
        return self._less if self._short and self._less else self.text

    def minimumSizeHint(self) -> QSize:
        """Return room for the icon; for all of it where it is kept whole."""
        if self._kept:
            return self.whole()
        return QSize(round(1.2 * self.fontMetrics().height()), self.whole().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        colours = theme.colours_of(self.palette())
        painter = QPainter(self)
        _draw(painter, self.rect(), self._icon, self._shown, (QColor(colours.muted), QColor(colours.text)))
        painter.end()


class NoteButton(Whole):
    """A note that does something, and is never cut."""

    def __init__(self, icon: str, parent: QWidget) -> None:
        super().__init__("", parent)
        self._icon = icon
        self._texts = "", "", ""
        self.setCheckable(False)

    def say(
        self, text: str, spoken: str, icon: str | None = None, less: str | None = None, least: str | None = None
    ) -> None:
        """Say `text`, and `spoken` to who hears or points at it, with another icon where one is given.

        Where room is short it is `less`, and where there is none at all `least`.
        """
        self._icon = icon or self._icon
        self._texts = text, less or text, least or less or text
        self.setText(text)
        self.updateGeometry()
        self.update()
        self.setAccessibleName(spoken)
        self.setToolTip(spoken)

    def set_short(self, short: int) -> None:
        """Say all of it, or less at 1, or the least at 2."""
        self.setText(self._texts[short])
        self.updateGeometry()

    def room(self) -> QSize:
        """Return room for all of it, and for the ring of the focus."""
        return _room(self, self.text()) + QSize(theme.step(self, 2), theme.step(self, 1))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        colours = theme.colours_of(self.palette())
        painter = QPainter(self)
        if self.underMouse() and self.isEnabled():
            painter.fillRect(self.rect(), QColor(colours.selection))
        ink = QColor(colours.text if self.isEnabled() else colours.disabled)
        pad = theme.step(self, 1)
        _draw(painter, self.rect().adjusted(pad, 0, -pad, 0), self._icon, self.text(), (ink, ink))
        self._paint_focus(painter, pad)
        painter.end()


def _room(widget: QWidget, text: str) -> QSize:
    metrics = widget.fontMetrics()
    return QSize(metrics.horizontalAdvance(text) + round(1.5 * metrics.height()), round(1.3 * metrics.height()))


def _draw(painter: QPainter, box: QRect, icon: str, text: str, inks: tuple[QColor, QColor]) -> None:
    """Draw an icon and what fits of a text, in their colours."""
    metrics = painter.fontMetrics()
    side = metrics.height()
    icons.paint(painter, QRect(box.left(), box.top() + (box.height() - side) // 2, side, side), icon, inks[0])
    beside = box.adjusted(round(1.4 * side), 0, 0, 0)
    if beside.width() < _LEAST * metrics.averageCharWidth():
        return
    painter.setPen(inks[1])
    painter.drawText(beside, _LINE, metrics.elidedText(text, Qt.TextElideMode.ElideRight, beside.width()))
