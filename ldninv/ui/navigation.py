"""The ways to the pages, at the left of the window: they stand there before there is a page behind them."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from ldninv.ui import theme
from ldninv.ui.buttons import NavigationButton


@dataclass(frozen=True, slots=True)
class Way:
    """The way to a page."""

    name: str
    """What the window calls its page."""
    title: str
    icon: str
    page: str
    """The class of its page, and the module of `ldninv.ui` that holds it."""
    takes: tuple[str, ...] = ()
    """What the page is made with besides context and news: `jobs`, `memory`."""


WAYS = (
    Way("today", "Today", "home", "today.TodayPage", ("jobs",)),
    Way("batches", "Batches", "pill-multiple", "batches.BatchesPage", ("jobs", "memory")),
    Way("storage", "Storage", "home-thermometer", "storage.page.StoragePage", ("jobs", "memory")),
    Way("making", "New batch", "flask-plus", "new_batch.NewBatchPage", ("memory",)),
    Way("counting", "Count", "counter", "counting.page.CountPage"),
    Way("importing", "Import", "tray-arrow-down", "import_page.ImportPage", ("jobs",)),
    Way("reports", "Reports", "clipboard-text-clock", "reports_page.ReportsPage", ("jobs", "memory")),
    Way("history", "History", "history", "history.page.HistoryPage", ("jobs", "memory")),
    Way("goods", "Components", "flask", "goods.page.ComponentsPage", ("jobs",)),
    Way("settings", "Settings", "cog", "settings.page.SettingsPage", ("memory",)),
)
"""All pages from the top, by the names that the window gives them: a line here is all that a new page needs."""


class Navigation(QWidget):
    """One button a page, the last one apart from the others, at the bottom."""

    asked = Signal(object)
    """Carries the `Way` that is to be gone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Pages"))
        self.buttons: list[NavigationButton] = []
        column = self._column = QVBoxLayout(self)
        gap = theme.step(self, 2)
        column.setContentsMargins(gap, theme.step(self, 3), 0, gap)
        self._gap = theme.step(self, 1)
        column.setSpacing(self._gap)
        group = QButtonGroup(self)
        for number, way in enumerate(WAYS, start=1):
            button = NavigationButton(way.icon, self.tr(way.title), f"Ctrl+{number % 10}", self)
            button.clicked.connect(lambda _checked=False, way=way: self.asked.emit(way))
            group.addButton(button)
            if way is WAYS[-1]:
                column.addStretch(1)
            column.addWidget(button)
            self.buttons.append(button)

    def mark(self, shown: Way) -> None:
        """Show which page is seen; Tab stops at its button alone."""
        for way, button in zip(WAYS, self.buttons, strict=True):
            button.setChecked(way is shown)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if way is shown else Qt.FocusPolicy.ClickFocus)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let all buttons be seen, however large the text."""
        super().resizeEvent(event)
        gaps = self._column.contentsMargins()
        between = self._gap * len(self.buttons)
        needed = gaps.top() + gaps.bottom() + between + sum(button.usual_height for button in self.buttons)
        low = needed > self.height()
        self._column.setSpacing(0 if low else self._gap)
        for button in self.buttons:
            button.set_low(low)

    def minimumSizeHint(self) -> QSize:
        """Return room for low buttons, close to one another: a window is never taller than a small screen for them."""
        gaps = self._column.contentsMargins()
        lowest = sum(button.minimumSizeHint().height() for button in self.buttons)
        return QSize(super().minimumSizeHint().width(), gaps.top() + gaps.bottom() + lowest)

    def set_narrow(self, narrow: bool) -> None:  # noqa: FBT001 - a setter, as Qt has them
        """Show icons alone, or words beside them."""
        for button in self.buttons:
            button.set_narrow(narrow)
