"""What pages ask of the window, by the names of their signals: another page, and something to be done there."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QProcess, QSettings, Qt
from PySide6.QtGui import QDropEvent, QKeyEvent
from PySide6.QtWidgets import QFileDialog

from ldninv.domain.concerns import Concern
from ldninv.domain.signs import Tone
from ldninv.services.context import Context
from ldninv.ui.filters import IN_STOCK, OF_CONCERN
from ldninv.ui.memory import WATCHED
from ldninv.ui.pages import Page

if TYPE_CHECKING:
    from ldninv.services.lookup import Answer
    from ldninv.services.recalling import Subject
    from ldninv.ui.dates_panel import DatesPanel
    from ldninv.ui.label_panel import LabelPanel
    from ldninv.ui.scanner.pace import ScannerSettings
    from ldninv.ui.scanner.serial_port import Link
    from ldninv.ui.scanner_setup.panel import SetupPanel
    from ldninv.ui.watched import WatchedFolder
    from ldninv.ui.window import MainWindow


class Errands:
    """Does what a page asks for: a new page that has one of these signals is served without another word."""

    def __init__(self, context: Context, memory: QSettings, window: MainWindow) -> None:
        self._context, self._memory, self._window = context, memory, window
        self._showing: list[Callable[..., object]] = []
        self._served: Mapping[str, Callable[..., object]] = {
            "list_asked": self.show_concern,
            "stock_asked": self.show_stock,
            "lot_asked": self.show_lot,
            "batch_asked": self.show_lot,
            "label_asked": self.show_label,
            "place_label_asked": self.show_place_label,
            "badge_asked": self.show_badge,
            "way_on_asked": self.show_ways_on,
            "recall_asked": self.recall,
            "recalls_asked": self.show_recalls,
            "bin_asked": self.take_to_bin,
            "place_asked": self.add_place,
            "storage_asked": self.show_storage,
            "dates_asked": self.decide_on_dates,
            "report_asked": lambda: window.go_to(window.reports),
            "make_asked": lambda: window.go_to(window.making),
            "import_asked": self.ask_for_list,
            "files_asked": self.take_waiting,
            "folder_asked": self.ask_for_folder,
            "folder_left": lambda: self.watched.watch(None),
            "demo_asked": self.open_demo,
            "look_asked": window.look_asked.emit,
            "scanner_settled": window.scanner_settled.emit,
            "scanner_setup_asked": self.set_up_scanner,
        }
        self._link: tuple[str, Link | None] = ("", None)
        window.status.scanner_pressed.connect(self.set_up_scanner)

    @cached_property
    def labels(self) -> LabelPanel:
        """The labels of a batch, over whatever page."""
        from ldninv.ui.label_panel import LabelPanel

        return LabelPanel(self._context, self._window.news, self._memory, self._window)

    @cached_property
    def watched(self) -> WatchedFolder:
        """The folder that is watched for loggers' files."""
        from ldninv.ui.watched import WatchedFolder

        window = self._window
        watched = WatchedFolder(self._context, self._memory, window.jobs, window.news, window)
        watched.found.connect(self._show_waiting)
        return watched

    @cached_property
    def dates(self) -> DatesPanel:
        """Where it is decided on dates that a rule would shorten."""
        from ldninv.ui.dates_panel import DatesPanel

        return DatesPanel(self._context, self._window.news, self._window.jobs, self._window)

    @cached_property
    def scanner_setup(self) -> SetupPanel:
        """Where the scanner of this computer is set up, over whatever page."""
        from ldninv.ui.scanner_setup.panel import SetupPanel

        panel = SetupPanel(self._memory, self._window.news, self._window.jobs, self._window)
        panel.settled.connect(self._scanner_settled)
        return panel

    def serve(self, page: Page) -> None:
        """Do from now on what a page asks for."""
        for name, act in self._served.items():
            asked = getattr(page, name, None)
            if asked is not None:
                asked.connect(act)
        show = getattr(page, "show_waiting", None)
        if show is not None:
            self._showing.append(show)
            self._show_waiting()

    def searched(self, event: QKeyEvent) -> bool:
        """Begin a search with what is typed where nothing takes it, and return whether it was text."""
        from ldninv.ui import astray

        return astray.searched(event, self._window)

    def show_concern(self, concern: Concern) -> None:
        """Show the batches that something is to be done about."""
        batches = self._window.batches
        self._window.go_to(batches)
        batches.show_only(OF_CONCERN[concern])
        if concern is Concern.EXPIRED:
            to_bin = (self._window.tr("Take to the expired bin…"), self.take_to_bin)
            says = self._window.tr("Expired stock leaves the shelf by the scanner, bottle after bottle.")
            batches.banner.tell(says, Tone.QUIET, [to_bin])
        batches.table.setFocus()

    def show_storage(self, place: str = "") -> None:
        """Show how the places stand, or one of them."""
        self._window.go_to(self._window.storage)
        if place:
            self._window.storage.open_place(place)

    def show_stock(self) -> None:
        """Show what is in stock."""
        batches = self._window.batches
        self._window.go_to(batches)
        batches.show_only(IN_STOCK)
        batches.table.setFocus()

    def show_lot(self, lot: str) -> None:
        """Show the card of a batch."""
        self._window.go_to(self._window.batches)
        self._window.batches.open_lot(lot)

    def show_label(self, lot: str) -> None:
        """Show the labels of a batch, over whatever page."""
        self.labels.show_label(lot)

    def show_place_label(self, name: str) -> None:
        """Show the label of a place."""
        self.labels.show_place(name)

    def show_badge(self, name: str) -> None:
        """Show the badge of a person."""
        self.labels.show_badge(name)

    def show_ways_on(self, answer: Answer) -> None:
        """Say what was scanned into the list that is no batch, and what can be done with it."""
        from ldninv.ui.scanner import answers

        answers.tell(self._window.batches.banner, answer, answers.ways(self._context, self._window))

    def receive(self, answer: Answer) -> None:
        """Take in goods that were scanned."""
        self._window.go_to(self._window.goods)
        self._window.goods.receive(answer)

    def link(self, answer: Answer) -> None:
        """Let what was scanned stand for a product or a batch."""
        self._window.go_to(self._window.goods)
        self._window.goods.link(answer.code, answer.product)

    def show_component(self, name: str, lot: str) -> None:
        """Show a component lot."""
        self._window.go_to(self._window.goods)
        self._window.goods.open_lot(name, lot)

    def show_recalls(self) -> None:
        """Show the recalls."""
        self._window.go_to(self._window.history)
        self._window.history.show_recalls()

    def recall(self, subjects: tuple[Subject, ...], chosen: Subject | None) -> None:
        """Begin a recall; what is to be called back may still be open."""
        self._window.go_to(self._window.history)
        self._window.history.recall(subjects, chosen)

    def take_to_bin(self) -> None:
        """Begin to take expired stock off the shelf."""
        self._window.go_to(self._window.counting)
        self._window.counting.take_to_bin()

    def add_place(self) -> None:
        """Begin to add a place, where places are kept."""
        self._window.go_to(self._window.settings)
        self._window.settings.places.adding.click()

    def decide_on_dates(self) -> None:
        """Show the dates that a rule would shorten."""
        self.dates.show_all()

    def ask_for_list(self) -> None:
        """Ask which list is to be brought in."""
        self._window.go_to(self._window.importing)
        self._window.importing.choose.ask_for_file()

    def take_list(self, files: Sequence[Path]) -> None:
        """Read a list that was dropped."""
        self._window.go_to(self._window.importing)
        self._window.importing.take(files)

    def set_up_scanner(self) -> None:
        """Show the codes that a scanner is set up with."""
        self.scanner_setup.show_setup()
        self.scanner_setup.show_link(*self._link)

    def show_scanner(self, port: str, link: Link | None) -> None:
        """Say how it stands with the scanner: on the serial port of that name, or typing as a keyboard does."""
        self._link = (port, link)
        self._window.status.show_scanner(port, link)
        if "scanner_setup" in vars(self):
            self.scanner_setup.show_link(port, link)

    def _scanner_settled(self, wanted: ScannerSettings) -> None:
        """Pass on what was set up, and show it in the settings where those are open behind."""
        self._window.scanner_settled.emit(wanted)
        settings = next((page for way, page in self._window.made.items() if way.name == "settings"), None)
        if settings is not None:
            settings.refresh()

    def _show_waiting(self) -> None:
        """Tell every page that shows it what waits; where no folder is watched, nothing is made for it."""
        watched = self.watched if self._memory.value(WATCHED) or "watched" in vars(self) else None
        for show in self._showing:
            if watched is None:
                show(None, ())
            else:
                show(watched.folder, watched.files, watched.why)

    def take_waiting(self) -> None:
        """Read the files that wait in the folder that is watched."""
        self.take_list(self.watched.files)

    def ask_for_folder(self) -> None:
        """Ask which folder is to be watched."""
        dialog = QFileDialog(self._window, self._window.tr("Choose the folder that the logger's program exports to"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.watched.watch(Path(name)))
        dialog.open()

    def open_demo(self) -> None:
        """Open the demo in a window of its own, beside this one."""
        window = self._window
        program = ["demo"] if getattr(sys, "frozen", False) else ["-m", "ldninv", "demo"]
        begun = QProcess.startDetached(sys.executable, program)[0]
        if begun:
            window.page.banner.tell(window.tr("The demo opens in a window of its own in a moment."), Tone.QUIET)
        else:
            says = window.tr("The demo cannot be started. Try “ldninv demo” in a terminal.")
            window.page.banner.tell(says, Tone.STOP)


def dropped(event: QDropEvent) -> list[Path]:
    """Return the files that a drag carries."""
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
