"""A paper of one batch or decision, laid over the window: seen as it will be printed, printed, or saved as a PDF."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, QSettings, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from ldninv.domain.signs import Tone
from ldninv.paper.output import Paper, print_on
from ldninv.services.context import Change
from ldninv.services.documents import Saved
from ldninv.ui import icons, theme
from ldninv.ui.banner import Banner
from ldninv.ui.flow import FlowLayout
from ldninv.ui.jobs import Jobs
from ldninv.ui.news import News
from ldninv.ui.overlay import Overlay
from ldninv.ui.page_view import PageView
from ldninv.ui.printing import Prints, ask_printer, remember, usual_printer
from ldninv.ui.saving import ask_where
from ldninv.ui.waiting import Waiting


@dataclass(frozen=True, slots=True)
class Printable:
    """A paper that can be asked for."""

    title: str
    file: str
    """The name that is offered for its PDF."""
    paper: Callable[[], Paper]
    """Makes its pages, on a worker."""
    save: Callable[[Path], Saved]
    """Writes them, on a worker."""
    printed: Callable[[], Change]
    """Notes that they were printed."""


class PaperPanel(Overlay):
    """Shows one paper at a time; Esc puts it away."""

    def __init__(self, news: News, jobs: Jobs, memory: QSettings, parent: QWidget) -> None:
        super().__init__(parent.tr("Paper"), parent)
        self._news, self._memory = news, memory
        self._asked: Printable | None = None
        self._paper: Paper | None = None
        self.banner = Banner(self)
        self.view = PageView(self)
        self.views = Waiting(jobs, self)
        self.views.addWidget(self.view)
        self.views.setCurrentWidget(self.view)
        self.print = self._button(self.tr("Print…"), "printer", self.ask_printer)
        self.save = self._button(self.tr("Save as PDF…"), "content-save", self.ask_where)
        self.closing = self._button(self.tr("Close (Esc)"), "close", self.close)
        self._title = QLabel(self)
        self._title.setFont(theme.scaled(self.font(), 1.4, bold=True))
        self._title.setWordWrap(True)
        tools = QWidget(self)
        flow = FlowLayout(theme.step(self, 2), tools)
        for button in (self.print, self.save, self.closing):
            flow.addWidget(button)
        for part in (self._title, tools, self.banner):
            self.column.addWidget(part)
        self.column.addWidget(self.views, 1)

    def start(self) -> QWidget:
        """Return the way to close it: the others wait for the pages."""
        return self.closing

    def place(self) -> None:
        """Take nearly all of the window: pages are read."""
        super().place()
        gap = theme.step(self, 4)
        self.panel.setGeometry(self.rect().adjusted(gap, gap, -gap, -gap))

    def event(self, event: QEvent) -> bool:
        """Keep the window's keys from what is behind; Esc puts it away."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride:
            event.setAccepted(event.key() != Qt.Key.Key_Escape)
            return True
        return super().event(event)

    def show_paper(self, asked: Printable) -> None:
        """Make a paper, and show it."""
        if self.views.busy:
            return
        self._asked, self._paper = asked, None
        self._title.setText(asked.title)
        self.setAccessibleName(asked.title)
        self._ready(ready=False)
        self.banner.clear()
        self.open()
        self.views.run(
            self.tr("Making the pages…"),
            lambda _progress: asked.paper(),
            done=self._made,
            failed=lambda why: self.banner.tell_error(why, lambda: self.show_paper(asked)),
        )

    def ask_printer(self) -> None:
        """Ask on which printer, and which pages."""
        if self._paper is None:
            return
        printer = usual_printer(self._memory, Prints.PAPERS)
        printer.setDocName(self._paper.title)
        printer.setPageLayout(self._paper.layout)
        ask_printer(self, printer, self.print_on, self._paper.page_count)

    def print_on(self, printer: QPrinter) -> None:
        """Print the pages that were asked for."""
        if self._paper is None or self._asked is None:
            return
        with self.banner.calm(self.ask_printer):
            print_on(self._paper, printer, printer.fromPage() or 1, printer.toPage() or None)
            remember(self._memory, Prints.PAPERS, printer.printerName())
            self._news.changed.emit(self._asked.printed())
            self.banner.tell(
                self.tr("Sent to {printer}.").format(printer=printer.printerName() or printer.outputFileName()),
                Tone.GOOD,
            )

    def ask_where(self) -> None:
        """Ask under which name to save it."""
        if self._asked is None:
            return
        ask_where(self, self.save.text(), self._asked.file, {"pdf": "PDF"}, self.save_as)

    def save_as(self, path: Path) -> None:
        """Write it to a file."""
        asked = self._asked
        if asked is None:
            return
        self.banner.clear()
        self.views.run(
            self.tr("Saving {file}…").format(file=path.name),
            lambda _progress: asked.save(path),
            done=self._saved,
            failed=lambda why: self.banner.tell_error(why, lambda: self.save_as(path)),
        )

    def _made(self, paper: Paper) -> None:
        self._paper = paper
        self.view.show_paper(paper)
        self._ready(ready=True)
        if self.closing.hasFocus():
            self.print.setFocus(Qt.FocusReason.OtherFocusReason)

    def _saved(self, saved: Saved) -> None:
        said = [self.tr("Saved as {file}.").format(file=saved.file), *saved.notices]
        self.banner.tell(" ".join(said), Tone.LOOK if saved.notices else Tone.GOOD)
        self._news.changed.emit(saved.changed)

    def _ready(self, *, ready: bool) -> None:
        for button in (self.print, self.save):
            button.setEnabled(ready)

    def _button(self, text: str, icon: str, act: Callable[[], object]) -> QPushButton:
        button = QPushButton(text, self)
        button.setAutoDefault(True)
        icons.put_on(button, icon)
        button.clicked.connect(lambda _checked=False: act())
        return button


def over(there: PaperPanel | None, news: News, jobs: Jobs, memory: QSettings, asking: QWidget) -> PaperPanel:
    """Return the panel over the window of what asks: the one that is there, unless that lies over another window."""
    window = asking.window()
    return there if there is not None and there.parent() is window else PaperPanel(news, jobs, memory, window)
