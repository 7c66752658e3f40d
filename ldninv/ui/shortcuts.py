"""The list of all shortcuts, laid over the window until a key or a click puts it away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QAbstractSlider, QGridLayout, QLabel, QPushButton, QWidget

from ldninv.ui import icons, theme
from ldninv.ui.navigation import WAYS
from ldninv.ui.overlay import Overlay, Tall

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
        Shortcut(f"Ctrl+1 … Ctrl+{len(WAYS) % 10}", "Go to a page, from the top"),
        Shortcut("Ctrl+N", "Make a new batch"),
        Shortcut("Ctrl+F  or  /", "Search; a scan goes there too"),
        Shortcut("Tab, Shift+Tab", "Go to the next field or button, or back"),
        Shortcut("Esc", "Put away what is open: notice, form, search, card"),
        Shortcut("Ctrl+L", "Lock, or sign in (where people are set up)"),
        Shortcut("?  or  F1", "Show this list"),
        Shortcut("Ctrl+Q", "Close the window"),
    ),
)


class ShortcutsView(Overlay):
    """Covers its window until a key or a click."""

    def __init__(self, shown: Sequence[Shortcuts], parent: QWidget) -> None:
        super().__init__(parent.tr("Keyboard shortcuts"), parent)
        self._shown = tuple(shown)
        self._fill()

    @property
    def text(self) -> str:
        """All of it, line by line."""
        lines = (line for each in self._shown for line in each.lines)
        return "\n".join(f"{line.keys}\t{line.does}" for line in lines)

    def start(self) -> QWidget:
        """Return the button that closes it."""
        return self.closing

    def open(self) -> None:
        """Lay it over the window, or put it away."""
        if self.isVisible():
            self.close()
        else:
            super().open()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Scroll by the keys that a button would take."""
        step = _SCROLLS.get(Qt.Key(event.key())) if isinstance(event, QKeyEvent) else None
        if watched is self.closing and step is not None:
            if event.type() is QEvent.Type.KeyPress:
                self._bar.triggerAction(step)
            return True
        return super().eventFilter(watched, event)

    def focusNextPrevChild(self, _following: bool) -> bool:  # noqa: FBT001 - Qt's own signature
        """Keep the focus at the button, which the keys scroll from."""
        self.closing.setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _fill(self) -> None:
        lines = QWidget(self.panel)
        lines.setBackgroundRole(QPalette.ColorRole.Base)
        grid = QGridLayout(lines)
        grid.setHorizontalSpacing(theme.step(self, 5))
        grid.setVerticalSpacing(theme.step(self, 1))
        for each in self._shown:
            self._add_group(grid, each, lines)
        grid.setColumnStretch(1, 1)
        area = Tall(lines, self.panel)
        area.setAccessibleName(self.accessibleName())
        self.closing = QPushButton(self.tr("Close (Esc)"), self.panel)
        icons.put_on(self.closing, "close")
        self.closing.clicked.connect(self.close)
        self.closing.installEventFilter(self)
        self._bar = area.verticalScrollBar()
        heading = QLabel(self.accessibleName(), self.panel)
        heading.setFont(theme.scaled(self.font(), 1.6, bold=True))
        self.column.addWidget(heading)
        self.column.addWidget(area, 1)
        self.column.addWidget(self.closing, 0, Qt.AlignmentFlag.AlignRight)

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
