"""The main window: the way to the pages at the left, the page beside it, and who works on what below.

A page is made when it is first opened: what nobody looks at costs neither time at the start nor memory.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSettings, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from ldninv.services.context import Change, Context
from ldninv.ui import theme
from ldninv.ui.backup import BackupCare
from ldninv.ui.errands import Errands, dropped
from ldninv.ui.jobs import Jobs
from ldninv.ui.memory import users_own
from ldninv.ui.midnight import Midnight
from ldninv.ui.navigation import WAYS, Navigation, Way
from ldninv.ui.news import News
from ldninv.ui.overlay import put_away
from ldninv.ui.page_stack import PageStack
from ldninv.ui.pages import Page
from ldninv.ui.shortcuts import EVERYWHERE, Shortcuts, ShortcutsView
from ldninv.ui.sign_in.door import Door
from ldninv.ui.status import StatusLine
from ldninv.ui.waiting import cancelled_within

if TYPE_CHECKING:
    from ldninv.ui.batches import BatchesPage
    from ldninv.ui.counting.page import CountPage
    from ldninv.ui.goods.page import ComponentsPage
    from ldninv.ui.history.page import HistoryPage
    from ldninv.ui.import_page import ImportPage
    from ldninv.ui.new_batch import NewBatchPage
    from ldninv.ui.reports_page import ReportsPage
    from ldninv.ui.settings.page import SettingsPage
    from ldninv.ui.storage.page import StoragePage

_WORDS_FROM = 150
"""Average letters of width from which the navigation shows words beside its icons."""

_AT_REST_MS = 300
"""After the window is first shown: its page is painted by then."""


class MainWindow(QMainWindow):
    """Holds the pages, and passes on what changes: by a verb, by the day, or from elsewhere."""

    batches: BatchesPage
    making: NewBatchPage
    counting: CountPage
    importing: ImportPage
    reports: ReportsPage
    history: HistoryPage
    goods: ComponentsPage
    storage: StoragePage
    settings: SettingsPage
    """Every page is an attribute, by the name of its way. Those that something else than the navigation goes to."""

    look_asked = Signal(object)
    """Carries the `Appearance` that the person wants."""
    scanner_settled = Signal(object)
    """Carries the `ScannerSettings` that are kept from now on."""
    rested = Signal()
    """It was shown, and its first page is painted: what is not seen can be made."""

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
        self.midnight = Midnight(context.today, context.now, self)
        self._stack = PageStack(context, self.news, {"jobs": self.jobs, "memory": memory}, self)
        self._navigation = Navigation(self)
        self.status = StatusLine(context.user, store_name, self)
        self.door = Door(context, self.news, self.status, self)
        self.backup = BackupCare(context, self.news, self.jobs, self.status, lambda: self.page.banner, self)
        self.errands = Errands(context, memory, self)
        self._at_rest = QTimer(self, singleShot=True, interval=_AT_REST_MS)
        self._lay_out()
        self._add_shortcuts()
        self._connect()
        self._recall()
        self.status.show_day(self._context.today())

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Page:
            """Return a page by its name; it is made when it is first needed."""
            way = next((way for way in WAYS if way.name == name), None)
            if way is None:
                raise AttributeError(name)
            setattr(self, name, self._stack.at(way))
            return vars(self)[name]

    @property
    def made(self) -> dict[Way, Page]:
        """The pages that were needed so far."""
        return self._stack.made

    @property
    def pages(self) -> tuple[Page, ...]:
        """All pages; what was not needed so far is made."""
        return tuple(map(self._stack.at, WAYS))

    @property
    def page(self) -> Page:
        """The page that is seen."""
        return self._stack.page

    def go_to(self, page: Page) -> None:
        """Show a page."""
        self._stack.setCurrentWidget(page)
        self._navigation.mark(self._stack.way)

    def search(self) -> None:
        """Put the cursor into the search box."""
        self.go_to(self.batches)
        self.batches.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.batches.search.selectAll()

    def enter(self, text: str) -> None:
        """Take a scan, whatever page is seen: its answer is a batch card, or a line that says why there is none."""
        self.go_to(self.batches)
        self.batches.enter(text)

    def look_for(self, text: str) -> None:
        """Search for a text in the list."""
        self.go_to(self.batches)
        self.batches.look_for(text)

    def look_around(self) -> None:
        """See what changed without this window: the day, and what others wrote."""
        self.midnight.look()

    def remember(self) -> None:
        """Keep size, page and widths for the next start."""
        self._memory.setValue("window/geometry", self.saveGeometry())
        self._memory.setValue("window/page", self._stack.way.name)
        self._memory.setValue("window/day", self._context.today().isoformat())
        for page in self.made.values():
            page.remember()
        self._memory.sync()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Begin a search with what is typed where nothing else takes it, so that a scan arrives from every page.

        Keys that were held for a scan come again as they were pressed: a sign typed with Shift misses its shortcut.
        """
        signs = {"?": self._list_shortcuts, "/": self.search}
        if event.text() in signs:
            signs[event.text()]()
        elif not self.errands.searched(event):
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Look around when the person comes back."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange and self.isActiveWindow():
            self.look_around()

    def showEvent(self, event: QShowEvent) -> None:
        """Make the list once the window is seen: a scan goes there from every page."""
        super().showEvent(event)
        self.door.watch(self.windowHandle())
        self._at_rest.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show words in the navigation where there is room."""
        super().resizeEvent(event)
        self._navigation.set_narrow(self.width() < theme.letters(self, _WORDS_FROM))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files, whatever page is seen."""
        if dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read a list that was dropped."""
        event.acceptProposedAction()
        self.errands.take_list(dropped(event))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop what runs, and keep what the next start needs; what would be lost is asked about first."""
        asking = next((page for page in self.made.values() if not page.may_close(self.close)), None)
        if asking is not None:
            event.ignore()
            self.go_to(asking)
            return
        self.jobs.finish()
        self.remember()
        super().closeEvent(event)

    def _page_made(self, page: Page) -> None:
        """Serve a new page; what is done on a card begins by its keys from anywhere."""
        self.errands.serve(page)
        if page.desk is not None:
            page.desk.advised.connect(self.status.advise)
            page.desk.listen(self)

    def _aside(self) -> None:
        if "_shortcuts" in vars(self) and self._shortcuts.isVisible():
            self._shortcuts.close()
        elif not self.door.put_away() and not put_away(self) and not cancelled_within(self.page):
            self.page.aside()

    def _day_changed(self) -> None:
        self.status.show_day(self._context.today())
        for page in self.made.values():
            page.look_again()

    def _looked(self) -> None:
        """Follow what the command line or another workstation wrote meanwhile."""
        with self.page.banner.calm():
            before, self._version = self._version, self._context.store.version
            if before != self._version:
                self.news.changed.emit(~Change.NOTHING)
        self.backup.show_age()

    def _lay_out(self) -> None:
        whole = QWidget(self)
        rows = QVBoxLayout(whole)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self._navigation)
        row.addWidget(self._stack, 1)
        rows.addLayout(row, 1)
        rows.addWidget(self.status)
        self.setCentralWidget(whole)

    def _add_shortcuts(self) -> None:
        for keys, act in (
            (QKeySequence(QKeySequence.StandardKey.Find), self.search),
            (QKeySequence("/"), self.search),
            (QKeySequence(Qt.Key.Key_Escape), self._aside),
            (QKeySequence(Qt.Key.Key_F1), self._list_shortcuts),
            (QKeySequence("?"), self._list_shortcuts),
            (QKeySequence("Ctrl+L"), self.door.turn),
            (QKeySequence("Ctrl+N"), lambda: self.go_to(self.making)),
            (QKeySequence("Ctrl+Q"), self.close),
        ):
            QShortcut(keys, self, act)
        for number, way in enumerate(WAYS, start=1):
            QShortcut(QKeySequence(f"Ctrl+{number % 10}"), self, lambda way=way: self._go(way))

    @cached_property
    def _shortcuts(self) -> ShortcutsView:
        """The list of all shortcuts, those of every page among them."""
        of_pages = [Shortcuts(way.title, page.shortcuts) for way, page in zip(WAYS, self.pages, strict=True)]
        return ShortcutsView([EVERYWHERE, *(each for each in of_pages if each.lines)], self)

    def _list_shortcuts(self) -> None:
        self._shortcuts.open()

    def _go(self, way: Way) -> None:
        self.go_to(self._stack.at(way))

    def _connect(self) -> None:
        self._stack.page_made.connect(self._page_made)
        self.midnight.passed.connect(self._day_changed)
        self.midnight.looked.connect(self._looked)
        self.midnight.looked.connect(self.door.show_seat)
        self.door.lot_asked.connect(self.enter)
        self.status.shortcuts_asked.connect(self._list_shortcuts)
        self._navigation.asked.connect(self._go)
        self._at_rest.timeout.connect(lambda: self.batches)
        self._at_rest.timeout.connect(self.rested)

    def _recall(self) -> None:
        """Come back as it was left; another day begins with Today."""
        geometry = self._memory.value("window/geometry")
        if geometry is None or not self.restoreGeometry(geometry):
            self.resize(
                QSize(theme.letters(self, 220), theme.letters(self, 140)).boundedTo(self.screen().availableSize())
            )
        same_day = self._memory.value("window/day") == self._context.today().isoformat()
        name = self._memory.value("window/page") if same_day else None
        self._go(next((way for way in WAYS if way.name == name), WAYS[0]))
