"""Buttons drawn by the house: the chips that filter, and the navigation."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ldninv.domain.signs import Sign
from ldninv.ui import icons, pills, theme, words

ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
"""Both keys that are called so."""


class Drawn(QAbstractButton):
    """A button that draws itself and shows where the focus and the mouse are.

    Enter presses it as Space does, unless it is one of several: there Enter confirms the choice.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press it by Enter too."""
        if event.key() in ENTER and not self.isCheckable():
            self.click()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Draw it under the mouse."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Draw it without the mouse."""
        super().leaveEvent(event)
        self.update()

    def _paint_focus(self, painter: QPainter, radius: float) -> None:
        """Draw a ring around the button that has the focus."""
        if not self.hasFocus():
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(theme.colours_of(self.palette()).accent), 2))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), radius, radius)


class Whole(Drawn):
    """A button as large as what stands on it: never cut, and never wider."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._measured: tuple[str, QSize] | None = None
        self.setText(text)
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def room(self) -> QSize:
        """Return room for what stands on it."""
        raise NotImplementedError

    def sizeHint(self) -> QSize:
        """Return that room, measured once for each text: a layout asks hundreds of times."""
        if self._measured is None or self._measured[0] != self.text():
            self._measured = (self.text(), self.room())
        return self._measured[1]

    def minimumSizeHint(self) -> QSize:
        """Return the same."""
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        """Measure again in another font."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._measured = None


class Chip(Drawn):
    """A filter: icon, word and count in its tone; on, it is filled."""

    def __init__(self, sign: Sign, about: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sign = sign
        self._count: int | None = None
        self._widest = 0
        self.setText(sign.word)
        self.setToolTip(about)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_count(None)

    @property
    def count(self) -> int | None:
        """How many batches it stands for; None where not known."""
        return self._count

    def show_count(self, count: int | None) -> None:
        """Show how many batches it stands for."""
        if count == self._count and self._widest:
            return
        self._count = count
        self.setAccessibleName(self._said)
        wider = max(self._widest, pills.width(theme.metrics(self, bold=True), self._said))
        if wider > self._widest:
            self._widest = wider
            self.updateGeometry()
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Measure again in another font."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._widest = pills.width(theme.metrics(self, bold=True), self._said)
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return room for icon, word and the largest count so far: chips that move with every key are tiring."""
        return QSize(self._widest, theme.metrics(self, bold=True).height() + theme.step(self, 3))

    def minimumSizeHint(self) -> QSize:
        """Return the same: a chip is never cut."""
        return self.sizeHint()

    @property
    def _said(self) -> str:
        return self.sign.word if self._count is None else f"{self.sign.word}  {words.grouped(self._count)}"

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        colours = theme.colours_of(self.palette())
        tint = colours.tones[self.sign.tone]
        painter = QPainter(self)
        painter.setFont(theme.scaled(self.font(), 1, bold=True))
        filled, ink = (tint.ink, colours.base) if self.isChecked() else (tint.wash, tint.ink)
        pills.ground(painter, self.rect().adjusted(2, 2, -2, -2), filled, tint.ink if self.underMouse() else tint.edge)
        pills.content(painter, self.rect(), self.sign.icon, self._said, ink)
        self._paint_focus(painter, self.height() / 2 - 1)
        painter.end()


class NavigationButton(Drawn):
    """The way to a page: icon and word, or the icon alone where room is short."""

    def __init__(self, icon: str, title: str, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon
        self._narrow = False
        self._low = False
        self.setText(title)
        self.setToolTip(f"{title} ({keys})")
        self.setAccessibleName(title)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def set_narrow(self, narrow: bool) -> None:  # noqa: FBT001 - a setter, as Qt has them
        """Show the icon alone, or the word beside it."""
        self._narrow = narrow
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return room for icon and word."""
        metrics = theme.metrics(self, bold=True)
        side = self.usual_height
        width = side if self._narrow else side + metrics.horizontalAdvance(self.text()) + theme.step(self, 5)
        return QSize(width, metrics.height() + theme.step(self, 1) if self._low else side)

    def set_low(self, low: bool) -> None:  # noqa: FBT001 - the same
        """Stand with less air, where there are more of them than the window is high for."""
        if low != self._low:
            self._low = low
            self.updateGeometry()

    @property
    def usual_height(self) -> int:
        """How high it is with all its air, in pixels."""
        return theme.metrics(self, bold=True).height() + theme.step(self, 5)

    def minimumSizeHint(self) -> QSize:
        """Return room with little air."""
        return QSize(self.sizeHint().width(), theme.metrics(self, bold=True).height() + theme.step(self, 1))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        colours = theme.colours_of(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius = theme.step(self, 1)
        if self.isChecked() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.selection if self.isChecked() else colours.button))
            painter.drawRoundedRect(self.rect(), radius, radius)
        ink = QColor(colours.on_selection if self.isChecked() else colours.text)
        side, size = self.usual_height, round(self.fontMetrics().height() * 1.2)
        box = QRect((side - size) // 2, (self.height() - size) // 2, size, size)
        icons.paint(painter, box, self._icon, QColor(colours.accent) if self.isChecked() else ink)
        if not self._narrow:
            painter.setFont(theme.scaled(self.font(), 1, bold=self.isChecked()))
            painter.setPen(ink)
            painter.drawText(self.rect().adjusted(side, 0, 0, 0), int(Qt.AlignmentFlag.AlignVCenter), self.text())
        self._paint_focus(painter, radius)
        painter.end()
