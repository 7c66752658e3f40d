"""Starts Qt with the house's look, and its messages in our log."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from PySide6.QtCore import QLibraryInfo, QLocale, QMessageLogContext, QtMsgType, QTranslator, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from ldninv import assets
from ldninv.ui import icons, theme

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
    return application


def dress(application: QApplication) -> None:
    """Give an application the house's look."""
    icons.load()
    application.setStyle("Fusion")
    theme.wear(application, theme.system_colours())


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


def _log_message(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    log.log(_LEVELS[kind], "%s: %s", context.category, text)
