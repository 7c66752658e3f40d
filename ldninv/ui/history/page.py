"""The History page: the trail to read, the trail to check, and the recalls."""

from __future__ import annotations

from PySide6.QtCore import QSettings, QSize, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from ldninv.services.context import Change, Context
from ldninv.services.recalling import Subject
from ldninv.ui import icons
from ldninv.ui.history.check import Check
from ldninv.ui.history.events import Events
from ldninv.ui.jobs import Jobs
from ldninv.ui.news import News
from ldninv.ui.pages import Page, column, heading
from ldninv.ui.recalls.view import Recalls
from ldninv.ui.shortcuts import Shortcut
from ldninv.ui.tabs import Tabs


class HistoryPage(Page):
    """One tab for each; the one that is seen reads again when something changes."""

    concerns = ~Change.NOTHING
    shortcuts = (
        Shortcut("Ctrl+Tab", "Go to the next tab: events, check, recalls"),
        Shortcut("Enter", "Tell the event, or open the recall, that is in hand"),
    )

    lot_asked = Signal(str)
    """A batch is to be shown."""

    def __init__(
        self, context: Context, news: News, jobs: Jobs, memory: QSettings, parent: QWidget | None = None
    ) -> None:
        super().__init__(news, parent)
        self.events = Events(context, news, jobs, self.banner, self)
        self.check = Check(context, jobs, self.banner, self)
        self.recalls = Recalls(context, news, jobs, memory, self.banner, self)
        self.tabs = Tabs(self.tr("Parts of the history"), self)
        self._lay_out()
        self.events.lot_asked.connect(self.lot_asked)
        self.recalls.lot_asked.connect(self.lot_asked)
        self.check.event_asked.connect(self._show_event)
        self.tabs.currentChanged.connect(lambda _index: self._turned())

    def showEvent(self, event: QShowEvent) -> None:
        """Begin at the tabs: a field that keeps scans to itself has to be asked for, else none would open a batch."""
        super().showEvent(event)
        if self.focusWidget() in {None, self.events.filter.lot}:
            self.tabs.tabBar().setFocus()

    def refresh(self) -> None:
        """Read again what is seen."""
        if self.tabs.currentWidget() is self.events:
            self.events.refresh()
        elif self.tabs.currentWidget() is self.recalls:
            self.recalls.refresh()

    def show_recalls(self) -> None:
        """Show all recalls."""
        self.tabs.setCurrentWidget(self.recalls)
        self.recalls.show_all()

    def recall(self, subjects: tuple[Subject, ...], chosen: Subject | None = None) -> None:
        """Open the form that begins a recall of one of these."""
        self.tabs.setCurrentWidget(self.recalls)
        self.recalls.ask(subjects, chosen)

    def aside(self) -> None:
        """Put away the notice, then what is open."""
        if self.banner.text:
            self.banner.clear()
        elif self.tabs.currentWidget() is self.events:
            self.events.aside()
        elif self.tabs.currentWidget() is self.recalls:
            self.recalls.aside()

    def _turned(self) -> None:
        self.banner.clear()
        self.refresh()

    def _show_event(self, number: int) -> None:
        self.tabs.setCurrentWidget(self.events)
        self.events.show_number(number)

    def _lay_out(self) -> None:
        self.tabs.setDocumentMode(True)
        side = self.fontMetrics().height()
        self.tabs.setIconSize(QSize(side, side))
        self.tabs.setAccessibleName(self.tr("History"))
        for part, icon, title in (
            (self.events, "history", self.tr("Events")),
            (self.check, "shield-search", self.tr("Check")),
            (self.recalls, "bullhorn", self.tr("Recalls")),
        ):
            self.tabs.addTab(part, icons.icon(icon), title)
        self.tabs.tabBar().setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        layout = column(self)
        layout.addWidget(heading(self.tr("History"), self))
        layout.addWidget(self.banner)
        layout.addWidget(self.tabs, 1)
