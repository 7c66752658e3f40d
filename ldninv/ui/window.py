"""The main window: the way to the pages at the left, the page beside it, and who works on what below."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from ldninv.services.context import Context
from ldninv.ui import theme, words
from ldninv.ui.batches import BatchesPage
from ldninv.ui.buttons import NavigationButton
from ldninv.ui.import_page import ImportPage
from ldninv.ui.jobs import Jobs
from ldninv.ui.memory import users_own
from ldninv.ui.midnight import Midnight
from ldninv.ui.news import News
from ldninv.ui.pages import Page
from ldninv.ui.reports_page import ReportsPage

_WORDS_FROM = 150
"""Average letters of width from which the navigation shows words beside its icons."""


class MainWindow(QMainWindow):
    """Holds the pages, and passes on what changes: by a verb, or by the day."""

    def __init__(self, context: Context, store_name: str, memory: QSettings | None = None) -> None:
        super().__init__()
        memory = memory or users_own()
        self._context = context
        self._memory = memory
        self._store_name = store_name
        self.setAcceptDrops(True)
        self.setWindowTitle(f"ldninv – {Path(store_name).name}")
        self.news = News(self)
        self.jobs = Jobs(self, leave=context.store.close)
        self.batches = BatchesPage(context, self.news, memory, self)
        self.importing = ImportPage(context, self.news, self.jobs, self)
        self.reports = ReportsPage(context, self.news, self.jobs, memory, self)
        self.pages: tuple[Page, ...] = (self.batches, self.importing, self.reports)
        self.midnight = Midnight(context.today, context.now, self)
        self.midnight.passed.connect(self._day_changed)
        self._stack = QStackedWidget(self)
        self._day = QLabel(self)
        self._lay_out()
        self._add_shortcuts()
        self._recall()
        self.go_to(self.batches)
        self.batches.search.setFocus()
        self._show_day()

    @property
    def page(self) -> Page:
        """The page that is seen."""
        return self.pages[self._stack.currentIndex()]

    def go_to(self, page: Page) -> None:
        """Show a page."""
        self._stack.setCurrentWidget(page)
        for way, shown in zip(self._ways, self.pages, strict=True):
            way.setChecked(shown is page)
            way.setFocusPolicy(Qt.FocusPolicy.StrongFocus if shown is page else Qt.FocusPolicy.ClickFocus)

    def search(self) -> None:
        """Put the cursor into the search box."""
        self.go_to(self.batches)
        self.batches.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.batches.search.selectAll()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show words in the navigation where there is room."""
        super().resizeEvent(event)
        narrow = self.width() < theme.letters(self, _WORDS_FROM)
        for way in self._ways:
            way.set_narrow(narrow)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files, whatever page is seen."""
        if dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read a list that was dropped."""
        event.acceptProposedAction()
        self.go_to(self.importing)
        self.importing.take(dropped(event))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop what runs, and keep size and widths for the next start."""
        self.jobs.finish()
        self._memory.setValue("window/geometry", self.saveGeometry())
        self.batches.remember()
        self.reports.remember()
        self._memory.sync()
        super().closeEvent(event)

    def _aside(self) -> None:
        self.page.aside()

    def _day_changed(self) -> None:
        self._show_day()
        for page in self.pages:
            page.look_again()

    def _show_day(self) -> None:
        self._day.setText(words.weekday(self._context.today()))

    def _import_asked(self) -> None:
        self.go_to(self.importing)
        self.importing.ask_for_file()

    def _lay_out(self) -> None:
        side = QWidget(self)
        side.setAccessibleName(self.tr("Pages"))
        ways = QVBoxLayout(side)
        gap = theme.step(self, 2)
        ways.setContentsMargins(gap, theme.step(self, 3), 0, gap)
        ways.setSpacing(theme.step(self, 1))
        group = QButtonGroup(self)
        self._ways: list[NavigationButton] = []
        for page in self.pages:
            way = NavigationButton(page.icon, self.tr(page.title), side)
            way.clicked.connect(lambda _checked=False, page=page: self.go_to(page))
            group.addButton(way)
            ways.addWidget(way)
            self._ways.append(way)
            self._stack.addWidget(page)
        ways.addStretch(1)
        whole = QWidget(self)
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(side)
        row.addWidget(self._stack, 1)
        self.setCentralWidget(whole)
        self.statusBar().setSizeGripEnabled(False)
        self.statusBar().setContentsMargins(gap, 0, gap, 0)
        self.statusBar().addWidget(self._day)
        where = self.tr("{person} · {database}").format(person=self._context.user, database=self._store_name)
        self.statusBar().addPermanentWidget(QLabel(where, self))

    def _add_shortcuts(self) -> None:
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self, self.search)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self._aside)
        for number, page in enumerate(self.pages, start=1):
            QShortcut(QKeySequence(f"Ctrl+{number}"), self, lambda page=page: self.go_to(page))
            self._ways[number - 1].setToolTip(f"Ctrl+{number}")
        self.batches.import_asked.connect(self._import_asked)

    def _recall(self) -> None:
        geometry = self._memory.value("window/geometry")
        if geometry is None or not self.restoreGeometry(geometry):
            self.resize(theme.letters(self, 220), theme.letters(self, 140))


def dropped(event: QDropEvent) -> list[Path]:
    """Return the files that a drag carries."""
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
