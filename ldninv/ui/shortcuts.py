"""The list of all shortcuts, laid over the window until a key or a click puts it away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QColor, QHideEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QAbstractSlider,
    QFrame,
    QGridLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ldninv.ui import icons, theme

_SHADE = 150
"""How dark the window is behind it, of 255."""

_SCROLLS = {
    Qt.Key.Key_Up: QAbstractSlider.SliderAction.SliderSingleStepSub,
    Qt.Key.Key_Down: QAbstractSlider.SliderAction.SliderSingleStepAdd,
    Qt.Key.Key_PageUp: QAbstractSlider.SliderAction.SliderPageStepSub,
    Qt.Key.Key_PageDown: QAbstractSlider.SliderAction.SliderPageStepAdd,
    Qt.Key.Key_Home: QAbstractSlider.SliderAction.SliderToMinimum,
    Qt.Key.Key_End: QAbstractSlider.SliderAction.SliderToMaximum,
}


@dataclass(frozen=True, slots=True)
class Shortcut:
    """Keys as they are written on them, and what they do."""

    keys: str
    does: str


@dataclass(frozen=True, slots=True)
class Shortcuts:
    """The shortcuts of one page, or of all."""

    title: str
    lines: tuple[Shortcut, ...]


EVERYWHERE = Shortcuts(
    "On every page",
    (
        Shortcut("Ctrl+1 … Ctrl+6", "Go to a page, from the top"),
        Shortcut("Ctrl+N", "Make a new batch"),
        Shortcut("Ctrl+F  or  /", "Search; a scan goes there too"),
        Shortcut("Tab, Shift+Tab", "Go to the next field or button, or back"),
        Shortcut("Esc", "Put away what is open: notice, form, search, card"),
        Shortcut("?  or  F1", "Show this list"),
        Shortcut("Ctrl+Q", "Close the window"),
    ),
)


class ShortcutsView(QWidget):
    """Covers its window; not a dialog, so nothing waits for it."""

    def __init__(self, shown: Sequence[Shortcuts], parent: QWidget) -> None:
        super().__init__(parent)
        self._behind = parent
        self._before: QWidget | None = None
        self._shown = tuple(shown)
        self.setAccessibleName(self.tr("Keyboard shortcuts"))
        self._panel = QFrame(self)
        self._panel.setAutoFillBackground(True)
        self._panel.setBackgroundRole(QPalette.ColorRole.Base)
        self._panel.setFrameShape(QFrame.Shape.StyledPanel)
        self._fill()
        parent.installEventFilter(self)
        self.hide()

    @property
    def text(self) -> str:
        """All of it, line by line."""
        lines = (line for each in self._shown for line in each.lines)
        return "\n".join(f"{line.keys}\t{line.does}" for line in lines)

    def open(self) -> None:
        """Lay it over the window."""
        if self.isVisible():
            self.close()
            return
        self._before = self.window().focusWidget()
        self._place()
        self.show()
        self.raise_()
        self.closing.setFocus(Qt.FocusReason.PopupFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        """Give the focus back."""
        super().hideEvent(event)
        if self._before is not None and not event.spontaneous():
            self._before.setFocus()
        self._before = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the window, and scroll by the keys that a button would take."""
        if watched is self._behind and event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        step = _SCROLLS.get(Qt.Key(event.key())) if isinstance(event, QKeyEvent) else None
        if watched is self.closing and step is not None:
            if event.type() is QEvent.Type.KeyPress:
                self._bar.triggerAction(step)
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go away at Esc; nothing else reaches the window behind."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go away at a click beside it."""
        if not self._panel.geometry().contains(event.position().toPoint()):
            self.close()

    def focusNextPrevChild(self, _next: bool) -> bool:  # noqa: FBT001 - Qt's own signature
        """Keep the focus inside while it is open."""
        self.closing.setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Darken what is behind."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(0, 0, 0, _SHADE))
        painter.end()

    def _place(self) -> None:
        """Stand in the middle, as large as it needs and the window allows."""
        room = self._behind.rect()
        self.setGeometry(room)
        gap = theme.step(self, 4)
        inside = room.adjusted(gap, gap, -gap, -gap)
        wanted = self._panel.sizeHint().boundedTo(inside.size())
        self._panel.resize(wanted)
        self._panel.move(room.center() - self._panel.rect().center())

    def _fill(self) -> None:
        lines = QWidget(self._panel)
        lines.setBackgroundRole(QPalette.ColorRole.Base)
        grid = QGridLayout(lines)
        grid.setHorizontalSpacing(theme.step(self, 5))
        grid.setVerticalSpacing(theme.step(self, 1))
        for each in self._shown:
            self._add_group(grid, each, lines)
        grid.setColumnStretch(1, 1)
        area = _Tall(lines, self._panel)
        area.setAccessibleName(self.accessibleName())
        self.closing = QPushButton(self.tr("Close (Esc)"), self._panel)
        icons.put_on(self.closing, "close")
        self.closing.clicked.connect(self.close)
        self.closing.installEventFilter(self)
        self._bar = area.verticalScrollBar()
        heading = QLabel(self.accessibleName(), self._panel)
        heading.setFont(theme.scaled(self.font(), 1.6, bold=True))
        column = QVBoxLayout(self._panel)
        pad = theme.step(self, 5)
        column.setContentsMargins(pad, pad, pad, pad)
        column.setSpacing(theme.step(self, 3))
        column.addWidget(heading)
        column.addWidget(area, 1)
        column.addWidget(self.closing, 0, Qt.AlignmentFlag.AlignRight)

    def _add_group(self, grid: QGridLayout, shown: Shortcuts, parent: QWidget) -> None:
        """Add a title and its lines below what stands there."""
        title = QLabel(self.tr(shown.title), parent)
        title.setFont(theme.scaled(self.font(), 1.15, bold=True))
        title.setContentsMargins(0, theme.step(self, 2), 0, 0)
        row = grid.rowCount()
        grid.addWidget(title, row, 0, 1, 2)
        for number, line in enumerate(shown.lines, start=row + 1):
            keys, does = QLabel(line.keys, parent), QLabel(self.tr(line.does), parent)
            keys.setFont(theme.scaled(self.font(), 1, bold=True))
            does.setWordWrap(True)
            grid.addWidget(keys, number, 0)
            grid.addWidget(does, number, 1)


class _Tall(QScrollArea):
    """Asks for all the room of what it holds, and scrolls where it gets less."""

    def __init__(self, inside: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._inside = inside
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setWidget(inside)

    def sizeHint(self) -> QSize:
        """Return the size of what it holds, wide enough that few lines break."""
        width = max(self._inside.sizeHint().width(), theme.letters(self, 80))
        return QSize(width, self._inside.heightForWidth(width) + theme.step(self, 1))
