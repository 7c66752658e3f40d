"""The main window: the way to the pages at the left, the page beside it, and who works on what below.

A page is made when it is first opened: what nobody looks at costs neither time at the start nor memory.
"""

from __future__ import annotations

import sys
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QEvent, QProcess, QSettings, QSize, Qt, QTimer, Signal
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
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from ldninv.domain.concerns import Concern
from ldninv.domain.signs import Tone
from ldninv.services.context import Change, Context
from ldninv.ui import theme
from ldninv.ui.backup import BackupCare
from ldninv.ui.filters import IN_STOCK, OF_CONCERN
from ldninv.ui.jobs import Jobs
from ldninv.ui.memory import users_own
from ldninv.ui.midnight import Midnight
from ldninv.ui.navigation import WAYS, Navigation, Way
from ldninv.ui.news import News
from ldninv.ui.overlay import put_away
from ldninv.ui.pages import Page
from ldninv.ui.shortcuts import EVERYWHERE, Shortcuts, ShortcutsView
from ldninv.ui.sign_in.door import Door
from ldninv.ui.status import StatusLine

if TYPE_CHECKING:
    from ldninv.services.lookup import Answer
    from ldninv.services.recalling import Subject
    from ldninv.ui.batches import BatchesPage
    from ldninv.ui.counting.page import CountPage
    from ldninv.ui.dates_panel import DatesPanel
    from ldninv.ui.goods.page import ComponentsPage
    from ldninv.ui.history.page import HistoryPage
    from ldninv.ui.import_page import ImportPage
    from ldninv.ui.label_panel import LabelPanel
    from ldninv.ui.new_batch import NewBatchPage
    from ldninv.ui.reports_page import ReportsPage
    from ldninv.ui.settings.page import SettingsPage
    from ldninv.ui.today import TodayPage

P = TypeVar("P", bound=Page)

_WORDS_FROM = 150
"""Average letters of width from which the navigation shows words beside its icons."""

_AT_REST_MS = 300
"""After the window is first shown: its page is painted by then."""


class MainWindow(QMainWindow):
    """Holds the pages, and passes on what changes: by a verb, by the day, or from elsewhere."""

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
        self._stack = QStackedWidget(self)
        self._navigation = Navigation(self)
        self.status = StatusLine(context.user, store_name, self)
        self.door = Door(context, self.news, self.status, self)
        self.backup = BackupCare(context, self.news, self.jobs, self.status, lambda: self.page.banner, self)
        self._at_rest = QTimer(self, singleShot=True, interval=_AT_REST_MS)
        self._lay_out()
        self._add_shortcuts()
        self._connect()
        self._recall()
        self._show_day()

    @cached_property
    def today(self) -> TodayPage:
        """What the shelf asks for."""
        from ldninv.ui.today import TodayPage

        page = self._taken_in(TodayPage(self._context, self.news, self.jobs, self))
        page.list_asked.connect(self._show_concern)
        page.stock_asked.connect(self._show_stock)
        page.recalls_asked.connect(self._show_recalls)
        page.bin_asked.connect(self._take_to_bin)
        page.dates_asked.connect(self._decide_on_dates)
        page.report_asked.connect(lambda: self.go_to(self.reports))
        page.import_asked.connect(self._import_asked)
        page.make_asked.connect(lambda: self.go_to(self.making))
        page.demo_asked.connect(self._demo_asked)
        return page

    @cached_property
    def batches(self) -> BatchesPage:
        """The list, and the card of one batch."""
        from ldninv.ui.batches import BatchesPage
        from ldninv.ui.scanner import answers

        page = self._taken_in(BatchesPage(self._context, self.news, self.jobs, self._memory, self))
        page.import_asked.connect(self._import_asked)
        page.recall_asked.connect(self._recall_asked)
        page.label_asked.connect(self._show_label)
        page.ways = answers.ways(self._context, self)
        page.card.desk.advised.connect(self.status.advise)
        page.card.desk.listen(self)
        return page

    @cached_property
    def making(self) -> NewBatchPage:
        """The form of a new batch."""
        from ldninv.ui.new_batch import NewBatchPage

        page = self._taken_in(NewBatchPage(self._context, self.news, self._memory, self))
        page.batch_asked.connect(self._show_lot)
        page.label_asked.connect(self._show_label)
        return page

    @cached_property
    def goods(self) -> ComponentsPage:
        """Component lots, and the goods that come in."""
        from ldninv.ui.goods.page import ComponentsPage

        page = self._taken_in(ComponentsPage(self._context, self.news, self))
        page.lot_asked.connect(self._show_lot)
        page.recall_asked.connect(self._recall_asked)
        return page

    @cached_property
    def labels(self) -> LabelPanel:
        """The labels of a batch, over whatever page."""
        from ldninv.ui.label_panel import LabelPanel

        return LabelPanel(self._context, self.news, self._memory, self)

    @cached_property
    def counting(self) -> CountPage:
        """Going along a shelf with the scanner."""
        from ldninv.ui.counting.page import CountPage

        return self._taken_in(CountPage(self._context, self.news, self))

    @cached_property
    def importing(self) -> ImportPage:
        """The way in for lists."""
        from ldninv.ui.import_page import ImportPage

        page = self._taken_in(ImportPage(self._context, self.news, self.jobs, self))
        page.stock_asked.connect(self._show_stock)
        return page

    @cached_property
    def reports(self) -> ReportsPage:
        """The report of this week."""
        from ldninv.ui.reports_page import ReportsPage

        page = self._taken_in(ReportsPage(self._context, self.news, self.jobs, self._memory, self))
        page.import_asked.connect(self._import_asked)
        page.make_asked.connect(lambda: self.go_to(self.making))
        return page

    @cached_property
    def history(self) -> HistoryPage:
        """The trail, and the recalls."""
        from ldninv.ui.history.page import HistoryPage

        page = self._taken_in(HistoryPage(self._context, self.news, self.jobs, self))
        page.lot_asked.connect(self._show_lot)
        return page

    @cached_property
    def settings(self) -> SettingsPage:
        """What the pharmacy and this computer are set to."""
        from ldninv.ui.settings.page import SettingsPage

        page = self._taken_in(SettingsPage(self._context, self.news, self._memory, self))
        page.look_asked.connect(self.look_asked)
        page.scanner_settled.connect(self.scanner_settled)
        page.place_label_asked.connect(self._show_place_label)
        page.badge_asked.connect(self._show_badge)
        return page

    @cached_property
    def dates(self) -> DatesPanel:
        """Where it is decided on dates that a rule would shorten."""
        from ldninv.ui.dates_panel import DatesPanel

        return DatesPanel(self._context, self.news, self.jobs, self)

    @property
    def made(self) -> dict[Way, Page]:
        """The pages that were needed so far."""
        return {way: vars(self)[way.name] for way in WAYS if way.name in vars(self)}

    @property
    def pages(self) -> tuple[Page, ...]:
        """All pages; what was not needed so far is made."""
        return tuple(getattr(self, way.name) for way in WAYS)

    @property
    def page(self) -> Page:
        """The page that is seen."""
        return next(page for page in self.made.values() if page is self._stack.currentWidget())

    def go_to(self, page: Page) -> None:
        """Show a page."""
        self._stack.setCurrentWidget(page)
        self._navigation.mark(next(way for way, made in self.made.items() if made is page))

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

    def receive(self, answer: Answer) -> None:
        """Take in goods that were scanned."""
        self.go_to(self.goods)
        self.goods.receive(answer)

    def link(self, answer: Answer) -> None:
        """Let what was scanned stand for a product or a batch."""
        self.go_to(self.goods)
        self.goods.link(answer.code, answer.product)

    def show_component(self, name: str, lot: str) -> None:
        """Show a component lot."""
        self.go_to(self.goods)
        self.goods.open_lot(name, lot)

    def look_around(self) -> None:
        """See what changed without this window: the day, and what others wrote."""
        self.midnight.look()

    def remember(self) -> None:
        """Keep size, page and widths for the next start."""
        self._memory.setValue("window/geometry", self.saveGeometry())
        self._memory.setValue("window/page", next(way.name for way, made in self.made.items() if made is self.page))
        self._memory.setValue("window/day", self._context.today().isoformat())
        for page in self.made.values():
            page.remember()
        self._memory.sync()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Begin a search with what is typed where nothing else takes it, so that a scan arrives from every page.

        Keys that were held for a scan come again as they were pressed: a sign typed with Shift misses its shortcut.
        """
        held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        signs = {"?": self._list_shortcuts, "/": self.search}
        if event.text() in signs:
            signs[event.text()]()
        elif held == Qt.KeyboardModifier.NoModifier and event.text().strip() and event.text().isprintable():
            self.search()
            self.batches.search.setText(event.text())
        else:
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
        self.go_to(self.importing)
        self.importing.take(dropped(event))

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

    def _taken_in(self, page: P) -> P:
        """Give a page its place behind the others."""
        self._stack.addWidget(page)
        return page

    def _aside(self) -> None:
        if "_shortcuts" in vars(self) and self._shortcuts.isVisible():
            self._shortcuts.close()
        elif not self.door.put_away() and not put_away(self):
            self.page.aside()

    def _day_changed(self) -> None:
        self._show_day()
        for page in self.made.values():
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
        if concern is Concern.EXPIRED:
            to_bin = (self.tr("Take to the expired bin…"), self._take_to_bin)
            says = self.tr("Expired stock leaves the shelf by the scanner, bottle after bottle.")
            self.batches.banner.tell(says, Tone.QUIET, [to_bin])
        self.batches.table.setFocus()

    def _decide_on_dates(self) -> None:
        self.dates.show_all()

    def _take_to_bin(self) -> None:
        self.go_to(self.counting)
        self.counting.take_to_bin()

    def _show_stock(self) -> None:
        self.go_to(self.batches)
        self.batches.show_only(IN_STOCK)
        self.batches.table.setFocus()

    def _show_label(self, lot: str) -> None:
        self.labels.show_label(lot)

    def _show_place_label(self, name: str) -> None:
        self.labels.show_place(name)

    def _show_badge(self, name: str) -> None:
        self.labels.show_badge(name)

    def _show_lot(self, lot: str) -> None:
        self.go_to(self.batches)
        self.batches.open_lot(lot)

    def _show_recalls(self) -> None:
        self.go_to(self.history)
        self.history.show_recalls()

    def _recall_asked(self, subjects: tuple[Subject, ...], chosen: Subject | None) -> None:
        self.go_to(self.history)
        self.history.recall(subjects, chosen)

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
            QShortcut(QKeySequence(f"Ctrl+{number}"), self, lambda way=way: self._go(way))

    @cached_property
    def _shortcuts(self) -> ShortcutsView:
        """The list of all shortcuts, those of every page among them."""
        of_pages = [Shortcuts(way.title, page.shortcuts) for way, page in zip(WAYS, self.pages, strict=True)]
        return ShortcutsView([EVERYWHERE, *(each for each in of_pages if each.lines)], self)

    def _list_shortcuts(self) -> None:
        self._shortcuts.open()

    def _go(self, way: Way) -> None:
        self.go_to(getattr(self, way.name))

    def _connect(self) -> None:
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


def dropped(event: QDropEvent) -> list[Path]:
    """Return the files that a drag carries."""
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
