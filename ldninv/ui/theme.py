"""The window's look: palette, type sizes and the grid, all taken from the system's scheme and font."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from ldninv.ui.colours import DARK, LIGHT, Colours

_ROLES = {
    QPalette.ColorRole.Window: "window",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "base",
    QPalette.ColorRole.AlternateBase: "alternate",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.Button: "button",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "text",
    QPalette.ColorRole.ToolTipBase: "base",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.PlaceholderText: "muted",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.HighlightedText: "on_accent",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.LinkVisited: "accent",
    QPalette.ColorRole.Mid: "border",
    QPalette.ColorRole.Light: "base",
    QPalette.ColorRole.Midlight: "alternate",
    QPalette.ColorRole.Dark: "border",
    QPalette.ColorRole.Shadow: "border",
}
_WRITTEN = (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText)
_MIDDLE = 128
_FIELDS = ("QLineEdit", "QComboBox", "QCheckBox", "QAbstractSpinBox", "QPlainTextEdit")
_FUSION_DARKER = 140


def palette(colours: Colours) -> QPalette:
    """Return the palette of a scheme."""
    made = QPalette()
    for role, name in _ROLES.items():
        made.setColor(role, QColor(getattr(colours, name)))
    for role in _WRITTEN:
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.disabled))
    return made


def wear(application: QApplication, colours: Colours) -> None:
    """Give an application the colours of a scheme, unless it has them."""
    fields, edge = _of_fields(colours), QPalette.ColorRole.Window
    worn = QApplication.palette(_FIELDS[0]).color(edge)  # type: ignore[call-overload]  # as below
    if colours_of(application.palette()) is colours and worn == fields.color(edge):
        return
    application.setPalette(palette(colours))
    for kind in _FIELDS:
        application.setPalette(fields, kind)  # type: ignore[arg-type]  # the stubs ask for bytes, which it refuses


def _of_fields(colours: Colours) -> QPalette:
    """Return the palette of fields: Fusion draws their edge in a darker `Window`, which a dark page swallows."""
    made = palette(colours)
    made.setColor(QPalette.ColorRole.Window, QColor(colours.disabled).lighter(_FUSION_DARKER))
    return made


def colours_of(shown: QPalette) -> Colours:
    """Return the scheme that a palette belongs to: a widget asks with its own and needs no other source."""
    return DARK if shown.color(QPalette.ColorRole.Base).lightness() < _MIDDLE else LIGHT


def system_colours() -> Colours:
    """Return the scheme that the system asks for; light where it does not say."""
    return DARK if QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark else LIGHT


def step(widget: QWidget, steps: int) -> int:
    """Return `steps` steps of the grid in pixels: 4 a step at the usual text size, and growing with the text."""
    return steps * max(4, round(QFontMetrics(widget.font()).height() / 4))


def letters(widget: QWidget, count: int) -> int:
    """Return the width of `count` average letters in pixels."""
    return count * QFontMetrics(widget.font()).averageCharWidth()


def metrics(widget: QWidget, factor: float = 1, *, bold: bool = False) -> QFontMetrics:
    """Return the measures of a widget's font in another size."""
    return QFontMetrics(scaled(widget.font(), factor, bold=bold))


def scaled(font: QFont, factor: float, *, bold: bool = False) -> QFont:
    """Return `font` in another size."""
    made = QFont(font)
    made.setPointSizeF(font.pointSizeF() * factor)
    if bold:
        made.setWeight(QFont.Weight.DemiBold)
    return made


def tabular(font: QFont) -> QFont:
    """Return `font` with figures of equal width, so that dates and lots stand under one another."""
    made = QFont(font)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made
