"""The main window: the way to the pages at the left, the page beside it, and who works on what below."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QEvent, QProcess, QSettings, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from ldninv.domain.concerns import Concern
from ldninv.domain.signs import Tone
from ldninv.services.context import Change, Context
from ldninv.ui import theme
from ldninv.ui.backup import BackupCare
from ldninv.ui.batches import BatchesPage
from ldninv.ui.buttons import NavigationButton
from ldninv.ui.filters import IN_STOCK, OF_CONCERN
from ldninv.ui.import_page import ImportPage
from ldninv.ui.jobs import Jobs
from ldninv.ui.memory import users_own
from ldninv.ui.midnight import Midnight
from ldninv.ui.new_batch import NewBatchPage
from ldninv.ui.news import News
from ldninv.ui.pages import Page
from ldninv.ui.reports_page import ReportsPage
from ldninv.ui.settings.page import SettingsPage
from ldninv.ui.shortcuts import Shortcut, Shortcuts, ShortcutsView
from ldninv.ui.status import StatusLine
from ldninv.ui.today import TodayPage

_WORDS_FROM = 150
"""Average letters of width from which the navigation shows words beside its icons."""

_EVERYWHERE = Shortcuts(
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


class MainWindow(QMainWindow):
    """Holds the pages, and passes on what changes: by a verb, by the day, or from elsewhere."""

    look_asked = Signal(object)
    """Carries the `Appearance` that the person wants."""

    def __init__(self, context: Context, store_name: str, memory: QSettings | None = None) -> None:
        super().__init__()
        memory = memory or users_own()
        self._context = context
        self._memory = memory
        self._version = context.store.version
        self.setAcceptDrops(True)
        self.setWindowTitle(f"ldninv – {Path(store_name).name}")
        self.news = News(self)
        self.jobs = Jobs(self, leave=context.store.close)
        self.today = TodayPage(context, self.news, self.jobs, self)
        self.batches = BatchesPage(context, self.news, self.jobs, memory, self)
        self.making = NewBatchPage(context, self.news, self)
        self.importing = ImportPage(context, self.news, self.jobs, self)
        self.reports = ReportsPage(context, self.news, self.jobs, memory, self)
        self.settings = SettingsPage(context, self.news, memory, self)
        self.pages: tuple[Page, ...] = (
            *(self.today, self.batches, self.making),
            *(self.importing, self.reports, self.settings),
        )
        self.midnight = Midnight(context.today, context.now, self)
        self._stack = QStackedWidget(self)
        self.status = StatusLine(context.user, store_name, self)
        self.backup = BackupCare(context, self.news, self.jobs, self.status, lambda: self.page.banner, self)
        self._lay_out()
        self._shortcuts = ShortcutsView(self._listed(), self)
        self._add_shortcuts()
        self._connect()
        self._recall()
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

    def enter(self, text: str) -> None:
        """Take a scan, whatever page is seen: its answer is a batch card, or a line that says why there is none."""
        self.go_to(self.batches)
        self.batches.enter(text)

    def look_around(self) -> None:
        """See what changed without this window: the day, and what others wrote."""
        self.midnight.look()

    def remember(self) -> None:
        """Keep size, page and widths for the next start."""
        self._memory.setValue("window/geometry", self.saveGeometry())
        self._memory.setValue("window/page", type(self.page).__name__)
        self._memory.setValue("window/day", self._context.today().isoformat())
        self.batches.remember()
        self.reports.remember()
        self._memory.sync()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Begin a search with what is typed where nothing else takes it, so that a scan arrives from every page."""
        held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if held == Qt.KeyboardModifier.NoModifier and event.text().strip() and event.text().isprintable():
            self.search()
            self.batches.search.setText(event.text())
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Look around when the person comes back."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange and self.isActiveWindow():
            self.look_around()

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
        """Stop what runs, and keep what the next start needs."""
        self.jobs.finish()
        self.remember()
        super().closeEvent(event)

    def _aside(self) -> None:
        if self._shortcuts.isVisible():
            self._shortcuts.close()
        else:
            self.page.aside()

    def _day_changed(self) -> None:
        self._show_day()
        for page in self.pages:
            page.look_again()

    def _looked(self) -> None:
        """Follow what the command line or another workstation wrote meanwhile."""
        with self.page.banner.calm():
            version = self._context.store.version
            if version != self._version:
                self._version = version
                self.news.changed.emit(~Change.NOTHING)
        self.backup.show_age()

    def _show_day(self) -> None:
        self.status.show_day(self._context.today())

    def _show_concern(self, concern: Concern) -> None:
        self.go_to(self.batches)
        self.batches.show_only(OF_CONCERN[concern])
        self.batches.table.setFocus()

    def _show_stock(self) -> None:
        self.go_to(self.batches)
        self.batches.show_only(IN_STOCK)
        self.batches.table.setFocus()

    def _show_lot(self, lot: str) -> None:
        self.go_to(self.batches)
        self.batches.open_lot(lot)

    def _import_asked(self) -> None:
        self.go_to(self.importing)
        self.importing.ask_for_file()

    def _demo_asked(self) -> None:
        """Open the demo in a window of its own, beside this one."""
        program = ["demo"] if getattr(sys, "frozen", False) else ["-m", "ldninv", "demo"]
        begun = QProcess.startDetached(sys.executable, program)[0]
        if begun:
            self.page.banner.tell(self.tr("The demo opens in a window of its own in a moment."), Tone.QUIET)
        else:
            self.page.banner.tell(self.tr("The demo cannot be started. Try “ldninv demo” in a terminal."), Tone.STOP)

    def _lay_out(self) -> None:
        side = QWidget(self)
        side.setAccessibleName(self.tr("Pages"))
        ways = QVBoxLayout(side)
        gap = theme.step(self, 2)
        ways.setContentsMargins(gap, theme.step(self, 3), 0, gap)
        ways.setSpacing(theme.step(self, 1))
        group = QButtonGroup(self)
        self._ways: list[NavigationButton] = []
        for number, page in enumerate(self.pages, start=1):
            way = NavigationButton(page.icon, self.tr(page.title), f"Ctrl+{number}", side)
            way.clicked.connect(lambda _checked=False, page=page: self.go_to(page))
            group.addButton(way)
            if page is self.settings:
                ways.addStretch(1)
            ways.addWidget(way)
            self._ways.append(way)
            self._stack.addWidget(page)
        whole = QWidget(self)
        rows = QVBoxLayout(whole)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(side)
        row.addWidget(self._stack, 1)
        rows.addLayout(row, 1)
        rows.addWidget(self.status)
        self.setCentralWidget(whole)

    def _add_shortcuts(self) -> None:
        for keys, act in (
            (QKeySequence(QKeySequence.StandardKey.Find), self.search),
            (QKeySequence("/"), self.search),
            (QKeySequence(Qt.Key.Key_Escape), self._aside),
            (QKeySequence(Qt.Key.Key_F1), self._shortcuts.open),
            (QKeySequence("?"), self._shortcuts.open),
            (QKeySequence("Ctrl+N"), lambda: self.go_to(self.making)),
            (QKeySequence("Ctrl+Q"), self.close),
        ):
            QShortcut(keys, self, act)
        for number, page in enumerate(self.pages, start=1):
            QShortcut(QKeySequence(f"Ctrl+{number}"), self, lambda page=page: self.go_to(page))

    def _listed(self) -> list[Shortcuts]:
        return [_EVERYWHERE] + [Shortcuts(page.title, page.shortcuts) for page in self.pages if page.shortcuts]

    def _connect(self) -> None:
        self.midnight.passed.connect(self._day_changed)
        self.midnight.looked.connect(self._looked)
        self.batches.import_asked.connect(self._import_asked)
        self.making.batch_asked.connect(self._show_lot)
        self.settings.look_asked.connect(self.look_asked)
        self.status.shortcuts_asked.connect(self._shortcuts.open)
        self.today.list_asked.connect(self._show_concern)
        self.today.stock_asked.connect(self._show_stock)
        self.today.report_asked.connect(lambda: self.go_to(self.reports))
        self.today.import_asked.connect(self._import_asked)
        self.today.make_asked.connect(lambda: self.go_to(self.making))
        self.today.demo_asked.connect(self._demo_asked)

    def _recall(self) -> None:
        """Come back as it was left; another day begins with Today."""
        geometry = self._memory.value("window/geometry")
        if geometry is None or not self.restoreGeometry(geometry):
            self.resize(
                QSize(theme.letters(self, 220), theme.letters(self, 140)).boundedTo(self.screen().availableSize())
            )
        same_day = self._memory.value("window/day") == self._context.today().isoformat()
        name = self._memory.value("window/page") if same_day else None
        self.go_to(next((page for page in self.pages if type(page).__name__ == name), self.today))


def dropped(event: QDropEvent) -> list[Path]:
    """Return the files that a drag carries."""
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
