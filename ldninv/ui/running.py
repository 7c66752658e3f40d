"""The program while it is open: its one window, made anew where its text changes size, and what nobody expected."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from ldninv.domain.refusal import Refused, Surroundings
from ldninv.domain.signs import Tone
from ldninv.services.context import Context
from ldninv.ui import appearance
from ldninv.ui.appearance import Appearance
from ldninv.ui.memory import users_own
from ldninv.ui.mistakes import MistakeDialog, story
from ldninv.ui.window import MainWindow

if TYPE_CHECKING:
    from ldninv.ui.scanner.scanner import Scanner


class Running(QObject):
    """Shows the window of one database."""

    _remade = Signal()

    def __init__(
        self, application: QApplication, context: Context, store_name: str, memory: QSettings | None = None
    ) -> None:
        super().__init__()
        self._application = application
        self._context = context
        self._store_name = store_name
        self._memory = memory or users_own()
        self._shown = appearance.kept(self._memory)
        self._mistake: MistakeDialog | None = None
        appearance.colour(application, self._shown.scheme)
        appearance.size_text(application, self._shown.text_size)
        self._hints = QGuiApplication.styleHints()
        self._hints.colorSchemeChanged.connect(self._system_changed)
        self._remade.connect(self._make_anew, Qt.ConnectionType.QueuedConnection)
        application.aboutToQuit.connect(self._end_work)
        self.window = self._make()

    @cached_property
    def scanner(self) -> Scanner:
        """What takes scans; made once the window rests, as its first page does without."""
        from ldninv.ui.scanner.scanner import Scanner  # noqa: PLC0415 - see above

        return Scanner(self._application, self._context, self._memory, lambda: self.window, self)

    def show(self) -> None:
        """Show the window."""
        self.window.show()

    def _end_work(self) -> None:
        """Leave no thread behind, also where the computer ends the program while a page would still ask."""
        self.window.jobs.finish()

    def to_front(self) -> None:
        """Bring the window before all others: somebody started the program again."""
        self.window.setWindowState(self.window.windowState() & ~Qt.WindowState.WindowMinimized)
        self.window.show()
        self.window.raise_()
        self.window.activateWindow()

    def tell(self, error: BaseException) -> None:
        """Say what nobody caught: a refusal in a bar, a mistake of the program in a dialog that waits for nobody."""
        if isinstance(error, Refused | Surroundings):
            self.window.page.banner.tell_error(error)
            return
        if self._mistake is None:
            self._mistake = MistakeDialog(self.window)
        self._mistake.tell(story(error))

    def let_keys_be(self) -> None:
        """Take no scan any more."""
        if "scanner" in vars(self):
            self.scanner.leave()

    def leave(self) -> None:
        """Let go of what outlives the window."""
        self._hints.colorSchemeChanged.disconnect(self._system_changed)
        self.let_keys_be()
        self.window.close()

    def _look(self, wanted: Appearance) -> None:
        before, self._shown = self._shown, wanted
        if wanted.scheme is not before.scheme:
            appearance.colour(self._application, wanted.scheme)
        if wanted.text_size == before.text_size:
            return
        if self.window.jobs.busy:  # what runs would be lost with its window
            says = self.window.tr("Something is still being done. The text has its new size at the next start.")
            self.window.page.banner.tell(says, Tone.QUIET)
        else:
            self._remade.emit()

    def _system_changed(self) -> None:
        appearance.colour(self._application, self._shown.scheme)

    def _make(self) -> MainWindow:
        window = MainWindow(self._context, self._store_name, self._memory)
        window.look_asked.connect(self._look)
        window.scanner_settled.connect(lambda wanted: self.scanner.settle(wanted))  # noqa: PLW0108 - made then
        window.rested.connect(lambda: self.scanner.show_link())  # noqa: PLW0108 - the same
        return window

    def _make_anew(self) -> None:
        """Make the window again in the new size, at the same page; every measure in it comes from its font."""
        before = self.window
        before.remember()
        appearance.size_text(self._application, self._shown.text_size)
        self.window = self._make()
        self.window.setGeometry(before.geometry())
        self.window.show()
        self._mistake = None
        before.close()
        before.deleteLater()
