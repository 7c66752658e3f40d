"""What a card scrolls in: it keeps in sight what is in hand, and what was just said."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from ldninv.ui import theme
from ldninv.ui.ring import FocusRing


class Column(QWidget):
    """What is scrolled: as high as its parts are in the width that there is."""

    def minimumSizeHint(self) -> QSize:
        """Return no height of its own: long texts would have that of a narrow column, and leave a blank below."""
        return QSize(super().minimumSizeHint().width(), 0)


class CardArea(QScrollArea):
    """Scrolls down and up, never sideways."""

    def __init__(self, content: QWidget, desk: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._content, self._desk = content, desk
        self._settling = False
        self._in_sight: tuple[QWidget, ...] = ()
        self._walked: QWidget = desk
        self._followed = QRect()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Details of the batch"))
        self.setWidget(content)
        FocusRing(self)
        self.verticalScrollBar().rangeChanged.connect(lambda _low, _high: self._settled())

    def begin_anew(self) -> None:
        """Show another batch from its top."""
        self._settling, self._followed = False, QRect()
        self.verticalScrollBar().setValue(0)

    def show_desk(self) -> None:
        """Scroll to the form, or the line that says what was done, once there is room for it."""
        self.verticalScrollBar().setValue(0)
        self._in_sight, self._followed = (), QRect()
        self._settling = True

    def show_told(self, in_sight: tuple[QWidget, ...]) -> None:
        """Show what a form says together with the way out, now and once there is room for it."""
        self._in_sight = in_sight
        self._settling = True
        self._show_told()

    def follow(self, walked: QWidget, where: QRect) -> None:
        """Keep the line in hand in sight."""
        self._walked, self._followed = walked, where
        self._show_followed()

    def _settled(self) -> None:
        """Scroll to the form, or to the line that says what was done, where the room is too short for all."""
        bottom = self._desk.y() + self._desk.height()
        if self._followed.isValid():
            self._show_followed()
        elif self._settling and self._in_sight:
            self._show_told()
        elif self._settling and bottom > self.viewport().height():
            self.verticalScrollBar().setValue(self._desk.y())
        self._settling = False

    def _show_told(self) -> None:
        for part in self._in_sight:
            if part.isVisible():
                self.ensureWidgetVisible(part, 0, theme.step(self, 1))

    def _show_followed(self) -> None:
        top = self._walked.mapTo(self._content, self._followed.topLeft()).y()
        for edge in (top + self._followed.height(), top):
            self.ensureVisible(0, edge, 0, theme.step(self, 2))
