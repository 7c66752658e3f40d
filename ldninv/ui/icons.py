"""Icons out of one icon font, drawn as text: sharp at any size, and in the colour of what stands beside them."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import (
    QAction,
    QColor,
    QFont,
    QFontMetrics,
    QIcon,
    QIconEngine,
    QPainter,
    QPaintEvent,
    QPalette,
    QPixmap,
)
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QProxyStyle, QStyle, QStyleOption, QWidget

from ldninv.paper import fonts

_OF_ICONS = {QStyle.PixelMetric.PM_LineEditIconSize, QStyle.PixelMetric.PM_SmallIconSize}
_ROLES = {QIcon.Mode.Selected: QPalette.ColorRole.HighlightedText}


GLYPHS = fonts.GLYPHS | {
    "account": "\U000f0004",
    "account-group": "\U000f0849",
    "account-key": "\U000f000b",
    "account-lock": "\U000f115e",
    "account-check": "\U000f0008",
    "account-plus": "\U000f0014",
    "badge-account-horizontal": "\U000f0e0d",
    "draw-pen": "\U000f19b9",
    "login": "\U000f0342",
    "pencil": "\U000f03eb",
    "account-convert": "\U000f000a",
    "account-cancel": "\U000f12df",
    "account-reactivate": "\U000f152b",
    "check-decagram": "\U000f0791",
    "alert-decagram": "\U000f06bd",
    "alert": "\U000f0026",
    "alert-octagon": "\U000f0029",
    "archive": "\U000f003c",
    "archive-search": "\U000f1769",
    "arrow-expand-vertical": "\U000f084f",
    "arrow-left": "\U000f004d",
    "backup-restore": "\U000f006f",
    "barcode-off": "\U000f1236",
    "barcode-scan": "\U000f0072",
    "calendar": "\U000f00ed",
    "calendar-clock": "\U000f00f0",
    "card-search-outline": "\U000f1075",
    "clipboard-text-clock": "\U000f18f9",
    "chevron-down": "\U000f0140",
    "chevron-right": "\U000f0142",
    "close": "\U000f0156",
    "content-copy": "\U000f018f",
    "content-save": "\U000f0193",
    "cog": "\U000f0493",
    "database": "\U000f01bc",
    "dots-horizontal": "\U000f01d8",
    "file-table-outline": "\U000f0c7f",
    "folder-open": "\U000f0770",
    "help-circle-outline": "\U000f0625",
    "home": "\U000f02dc",
    "label": "\U000f0315",
    "information": "\U000f02fc",
    "keyboard": "\U000f030c",
    "menu-down": "\U000f035d",
    "menu-up": "\U000f0360",
    "magnify": "\U000f0349",
    "magnify-close": "\U000f0980",
    "package-variant-closed": "\U000f03d7",
    "pill-multiple": "\U000f1b4c",
    "play-circle": "\U000f040c",
    "printer": "\U000f042a",
    "refresh": "\U000f0450",
    "table-column": "\U000f0835",
    "hand-extended": "\U000f18b6",
    "minus-circle": "\U000f0376",
    "trash-can": "\U000f0a79",
    "arrow-right-box": "\U000f06c2",
    "counter": "\U000f0199",
    "lock-open-check": "\U000f139c",
    "check": "\U000f012c",
    "map-marker": "\U000f034e",
    "plus": "\U000f0415",
    "flask": "\U000f0093",
    "flask-plus": "\U000f1242",
    "link-variant": "\U000f0339",
    "link-variant-remove": "\U000f1101",
    "package-down": "\U000f03d4",
    "calendar-edit": "\U000f08a7",
    "walk": "\U000f0583",
    "undo": "\U000f054c",
    "checkbox-multiple-marked": "\U000f0138",
    "tray-arrow-down": "\U000f0120",
    "calendar-minus": "\U000f0d5c",
    "certificate": "\U000f0124",
    "clipboard-check": "\U000f014e",
    "gavel": "\U000f029b",
    "history": "\U000f02da",
    "shield-search": "\U000f0d9a",
    "link-off": "\U000f0338",
    "eye": "\U000f0208",
    "phone": "\U000f03f2",
    "file-document-multiple": "\U000f1517",
    "test-tube": "\U000f0668",
    "thermometer": "\U000f050f",
    "thermometer-check": "\U000f1a7f",
    "thermometer-off": "\U000f1531",
    "thermometer-lines": "\U000f0510",
    "thermometer-high": "\U000f10c2",
    "thermometer-probe-off": "\U000f1b2c",
    "home-thermometer": "\U000f0f54",
    "magnify-plus": "\U000f034b",
    "magnify-minus": "\U000f034a",
    "calendar-check": "\U000f00ef",
    "white-balance-sunny": "\U000f05a8",
    "water-percent": "\U000f058e",
    "timer-sand-empty": "\U000f06ad",
}
"""The icons of the window, by name; those of the signs are the ones on paper."""


def load() -> str:
    """Load the icon font into Qt and return its family."""
    return fonts.family(*fonts.ICONS)


def paint(painter: QPainter, box: QRect, name: str, colour: QColor) -> None:
    """Draw the icon `name` into the middle of `box`."""
    font = QFont(load())
    font.setPixelSize(max(1, min(box.width(), box.height())))
    painter.save()
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), GLYPHS[name])
    painter.restore()


class _Engine(QIconEngine):
    """Draws one icon in the palette's colour of that moment, so that a change of scheme needs no new icon."""

    def __init__(self, name: str, colour: QColor | None) -> None:
        super().__init__()
        self._name = name
        self._colour = colour

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Draw it."""
        del state
        group = QPalette.ColorGroup.Disabled if mode is QIcon.Mode.Disabled else QPalette.ColorGroup.Active
        role = _ROLES.get(mode, QPalette.ColorRole.ButtonText)
        colour = self._colour or QApplication.palette().color(group, role)
        square = QRect(rect.topLeft(), QSize(min(rect.width(), rect.height()), rect.height()))
        paint(painter, square, self._name, colour)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Draw it on its own."""
        made = QPixmap(size)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return made

    def clone(self) -> QIconEngine:
        """Return another of the same."""
        return _Engine(self._name, self._colour)


def icon(name: str, colour: QColor | None = None) -> QIcon:
    """Return the icon `name` for a button or a field, in its text colour or in `colour`."""
    return QIcon(_Engine(name, colour))


class Picture(QWidget):
    """An icon beside a line of text, as high as the text, in the palette's colour whenever it is drawn."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._name = name
        side = self.fontMetrics().height()
        self.setFixedSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        paint(painter, self.rect(), self._name, self.palette().color(QPalette.ColorRole.Text))
        painter.end()


def put_on(button: QAbstractButton, name: str) -> None:
    """Give a button an icon as high as its text, with a gap before it."""
    side = QFontMetrics(button.font()).height()
    button.setIcon(icon(name))
    button.setIconSize(QSize(round(1.25 * side) if button.text() else side, side))


def put_in(field: QLineEdit, name: str, position: QLineEdit.ActionPosition, says: str) -> QAction:
    """Give a field an icon as high as its text, which can be pressed, and return its action. The font comes first."""
    grow(field)
    action = field.addAction(icon(name), position)
    action.setText(says)
    return action


def grow(widget: QWidget) -> None:
    """Let the icons in a field or a menu be as high as its text, which the system's style does not."""
    if not isinstance(widget.style(), _Growing):
        style = _Growing()
        style.setParent(widget)
        widget.setStyle(style)


class _Growing(QProxyStyle):
    """Fusion, but for the size of icons."""

    def pixelMetric(
        self, metric: QStyle.PixelMetric, option: QStyleOption | None = None, widget: QWidget | None = None
    ) -> int:
        """Return a measure."""
        if metric in _OF_ICONS and widget is not None:
            return QFontMetrics(widget.font()).height()
        return super().pixelMetric(metric, option, widget)
