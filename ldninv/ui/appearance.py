"""How the window looks at this computer: light or dark, and how large its text is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QApplication

from ldninv.ui import theme
from ldninv.ui.colours import DARK, LIGHT

TEXT_SIZES = (100, 110, 125, 150, 175, 200)
"""Per cent of the system's own text size."""


class Scheme(StrEnum):
    """Which colours."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


_ASKS_FOR = {
    Scheme.SYSTEM: Qt.ColorScheme.Unknown,
    Scheme.LIGHT: Qt.ColorScheme.Light,
    Scheme.DARK: Qt.ColorScheme.Dark,
}
_COLOURS = {Scheme.LIGHT: LIGHT, Scheme.DARK: DARK}


@dataclass(frozen=True, slots=True)
class Appearance:
    """What a person chose for this computer."""

    scheme: Scheme = Scheme.SYSTEM
    text_size: int = TEXT_SIZES[0]


def kept(memory: QSettings) -> Appearance:
    """Return the appearance that was kept; what cannot be read is as the system has it."""
    scheme, size = str(memory.value("look/scheme", "")), str(memory.value("look/text_size", ""))
    return Appearance(
        Scheme(scheme) if scheme in list(Scheme) else Scheme.SYSTEM,
        int(size) if size.isdecimal() and int(size) in TEXT_SIZES else TEXT_SIZES[0],
    )


def keep(memory: QSettings, wanted: Appearance) -> None:
    """Keep an appearance for the next start."""
    memory.setValue("look/scheme", wanted.scheme.value)
    memory.setValue("look/text_size", wanted.text_size)


def colour(application: QApplication, scheme: Scheme) -> None:
    """Give every window the colours of a scheme; the palette is set too, as not every screen follows the hint."""
    QGuiApplication.styleHints().setColorScheme(_ASKS_FOR[scheme])
    theme.wear(application, _COLOURS.get(scheme) or theme.system_colours())


def size_text(application: QApplication, per_cent: int) -> None:
    """Give windows that are made from now on text of a size."""
    usual = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    application.setFont(theme.scaled(usual, per_cent / 100))
