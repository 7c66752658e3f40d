"""Starts Qt with the house's look, and its messages in our log."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from types import TracebackType

from PySide6.QtCore import QLibraryInfo, QLocale, QMessageLogContext, QtMsgType, QTranslator, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from ldninv import assets
from ldninv.domain.signs import Tone
from ldninv.ui import icons, theme
from ldninv.ui.window import MainWindow

log = logging.getLogger(__name__)

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def make_application(argv: Sequence[str]) -> QApplication:
    """Return Qt's application: Fusion in our palette, light or dark as the system is, with the icon font."""
    qInstallMessageHandler(_log_message)
    application = QApplication(list(argv) or ["ldninv"])
    application.setApplicationName("ldninv")
    application.setApplicationDisplayName("ldninv")
    translate(application)
    dress(application)
    QGuiApplication.styleHints().colorSchemeChanged.connect(lambda _scheme: _colour(application))
    return application


def dress(application: QApplication) -> None:
    """Give an application the house's look."""
    icons.load()
    application.setStyle("Fusion")
    _colour(application)


def translate(application: QApplication) -> None:
    """Load the translations for the system's language, where there are any."""
    folders = {
        "ldninv": str(assets.resource("translations")),
        "qtbase": QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath),
    }
    for name, folder in folders.items():
        translator = QTranslator(application)
        if translator.load(QLocale.system(), name, "_", folder):
            application.installTranslator(translator)


class Mistakes:
    """Takes what nobody expected, as `sys.excepthook`: a calm line in the window, and the whole story in the log."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def __call__(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Tell it."""
        log.critical("unexpected", exc_info=(kind, error, trace))
        self._window.page.banner.tell(
            self._window.tr(
                "The program made a mistake and did not finish this. What was saved before is safe. Try again."
            ),
            Tone.STOP,
        )


def _colour(application: QApplication) -> None:
    application.setPalette(theme.palette(theme.system_colours()))


def _log_message(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    log.log(_LEVELS[kind], "%s: %s", context.category, text)
