"""The people who work here as tiles that are big enough for gloves."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QWidget

from ldninv.domain.people import Person
from ldninv.ui import icons, theme
from ldninv.ui.buttons import ENTER, Whole
from ldninv.ui.flow import FlowLayout

_LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine)
_NARROWEST = 22
"""Average letters of width."""


class PersonTile(Whole):
    """A name, and below it what they are; the chosen one has a tick and the accent's frame."""

    _NAME = 1.2

    def __init__(self, person: Person, parent: QWidget) -> None:
        self.person = person
        super().__init__(person.name, parent)
        self.setAccessibleDescription(person.role.value)

    def room(self) -> QSize:
        """Return room for name, role and a thumb in a glove."""
        name, pad = theme.metrics(self, self._NAME, bold=True), theme.step(self, 4)
        width = name.horizontalAdvance(self.text()) + name.height() + 3 * pad
        high = name.height() + self.fontMetrics().height() + 2 * pad
        return QSize(max(width, theme.letters(self, _NARROWEST)), high)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        colours = theme.colours_of(self.palette())
        chosen, pad, radius = self.isChecked(), theme.step(self, 4), theme.step(self, 2)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colours.accent if chosen or self.underMouse() else colours.border), 1 + chosen))
        painter.setBrush(QColor(colours.selection if chosen else colours.button))
        painter.drawRoundedRect(self.rect().adjusted(3, 3, -3, -3), radius, radius)
        painter.setFont(theme.scaled(self.font(), self._NAME, bold=True))
        high = painter.fontMetrics().height()
        ink = QColor(colours.on_selection if chosen else colours.text)
        icons.paint(painter, QRect(pad, pad, high, high), "check" if chosen else "account", ink)
        painter.setPen(ink)
        inside = self.rect().adjusted(pad + high + pad // 2, pad, 0, 0)
        painter.drawText(QRect(inside.topLeft(), QSize(inside.width(), high)), _LEFT, self.text())
        painter.setFont(self.font())
        painter.setPen(QColor(colours.on_selection if chosen else colours.muted))
        low = painter.fontMetrics().height()
        painter.drawText(inside.left(), inside.top() + high, inside.width(), low, _LEFT, self.person.role.value)
        self._paint_focus(painter, radius)
        painter.end()


class PersonTiles(QWidget):
    """Tiles side by side, of which at most one is chosen; the arrows walk them, Enter goes on."""

    chosen = Signal()
    typed = Signal(str)
    """Something was typed on a tile: most likely by a scanner."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Who are you?"))
        self.tiles: tuple[PersonTile, ...] = ()
        self._group = QButtonGroup(self)
        self._flow = FlowLayout(theme.step(self, 2), self)

    def show_people(self, people: Sequence[Person], name: str | None) -> None:
        """Show other people, with the one of `name` chosen."""
        for old in self.tiles:
            self._flow.removeWidget(old)
            self._group.removeButton(old)
            old.hide()
            old.deleteLater()
        self.tiles = tuple(PersonTile(person, self) for person in people)
        for tile in self.tiles:
            self._group.addButton(tile)
            self._flow.addWidget(tile)
            tile.clicked.connect(lambda _checked=False: self.chosen.emit())
            tile.show()
        if name is not None:
            self.choose(name)
        self.updateGeometry()

    @property
    def name(self) -> str | None:
        """Who is chosen; None where nobody is."""
        return next((tile.person.name for tile in self.tiles if tile.isChecked()), None)

    def choose(self, name: str) -> None:
        """Choose somebody."""
        for tile in self.tiles:
            if tile.person.name == name:
                tile.setChecked(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose the tile in hand by Enter, and pass on what is typed."""
        held = next((tile for tile in self.tiles if tile.hasFocus()), None)
        if held is not None and event.key() in ENTER:
            held.click()
        elif event.text().strip() and event.text().isprintable():
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)
