"""What nobody expected: told calmly, with a story to copy that holds no private data."""

from __future__ import annotations

import logging
import platform
import threading
import traceback
from collections.abc import Callable, Iterator
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal, qVersion
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

import ldninv
from ldninv.domain.refusal import Refused, Surroundings
from ldninv.ui import icons, theme

log = logging.getLogger(__name__)


def story(error: BaseException) -> str:
    """Return what failed and where, line by line.

    What an error says of itself is left out, for it can quote what a person typed; so are folders, which name people.

    >>> story(ValueError("Ana Ruiz"))
    'ValueError'
    """
    return "\nwhile dealing with\n".join("\n".join([type(each).__qualname__, *_where(each)]) for each in _chain(error))


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    each: BaseException | None = error
    while each is not None and id(each) not in seen:
        seen.add(id(each))
        yield each
        each = each.__cause__ or (None if each.__suppress_context__ else each.__context__)


def _where(error: BaseException) -> Iterator[str]:
    for frame, line in traceback.walk_tb(error.__traceback__):
        yield f"  {frame.f_globals.get('__name__', '?')}:{line} {frame.f_code.co_qualname}"


def versions() -> str:
    """Return what is needed to see a mistake again."""
    return f"ldninv {ldninv.__version__}, Python {platform.python_version()}, Qt {qVersion()}, {platform.platform()}"


class MistakeDialog(QDialog):
    """Says that the program made a mistake, and lets its story be copied; never stands in the way."""

    MOST = 5
    """Stories told at one go: a mistake while painting happens again and again."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._stories: list[str] = []
        self.setModal(False)
        self.setWindowTitle(self.tr("The program made a mistake"))
        title = QLabel(self.windowTitle(), self)
        title.setFont(theme.scaled(self.font(), 1.4, bold=True))
        says = QLabel(
            self.tr(
                "It did not finish what you asked for. What was saved before is safe; look whether the last step is "
                "there, and try again.\nThe text below says where in the program it happened. It holds no names, no "
                "reasons and no patient data. Send it to whoever looks after this program."
            ),
            self,
        )
        for label in (title, says):
            label.setWordWrap(True)
        self.details = QPlainTextEdit(self)
        self.details.setReadOnly(True)
        self.details.setTabChangesFocus(True)
        self.details.setAccessibleName(self.tr("What happened"))
        self.details.setFont(theme.scaled(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont), self._factor()))
        self.copying = QPushButton(self.tr("Copy"), self)
        icons.put_on(self.copying, "content-copy")
        self.copying.clicked.connect(self.copy)
        self.closing = QPushButton(self.tr("Close"), self)
        self.closing.clicked.connect(self.close)
        self.closing.setDefault(True)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.copying)
        buttons.addWidget(self.closing)
        layout = QVBoxLayout(self)
        pad = theme.step(self, 4)
        layout.setContentsMargins(pad, pad, pad, pad)
        layout.setSpacing(theme.step(self, 3))
        for part in (title, says, self.details):
            layout.addWidget(part)
        layout.addLayout(buttons)
        self.resize(theme.letters(self, 90), self.sizeHint().height())

    def tell(self, text: str) -> None:
        """Add a story, and show it."""
        if not self.isVisible():
            self._stories = []
        if len(self._stories) == self.MOST:
            return
        self._stories.append(text)
        self.details.setPlainText("\n\n".join([versions(), *self._stories]))
        self.copying.setText(self.tr("Copy"))
        self.show()
        self.raise_()
        self.closing.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def copy(self) -> None:
        """Put the story on the clipboard."""
        QGuiApplication.clipboard().setText(self.details.toPlainText())
        self.copying.setText(self.tr("Copied"))

    def _factor(self) -> float:
        usual = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
        return self.font().pointSizeF() / usual.pointSizeF()


class Mistakes(QObject):
    """Takes what nobody expected, from any thread, as `sys.excepthook` and `threading.excepthook`."""

    _happened = Signal(object)

    def __init__(self, show: Callable[[BaseException], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._happened.connect(show, Qt.ConnectionType.QueuedConnection)

    def __call__(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Log it, and have it shown in the window's thread as soon as that is free."""
        del kind
        error = error.with_traceback(trace)
        if not isinstance(error, Refused | Surroundings):
            log.critical("The program made a mistake: %s", story(error))
        self._happened.emit(error)

    def in_thread(self, args: threading.ExceptHookArgs) -> None:
        """Take a mistake of another thread."""
        if args.exc_value is not None and args.exc_type is not SystemExit:
            self(args.exc_type, args.exc_value, args.exc_traceback)
