"""Counts that one can read from two metres away, and that lead to what they count."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from ldninv.domain.signs import Sign
from ldninv.ui import icons, theme
from ldninv.ui.buttons import Drawn

_WRAPPED = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)
_LINE = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
_NARROWEST = 34
"""Average letters of width below which a tile gets no narrower while there is another row for it."""
_MOST_BESIDE = 3
_ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)


class Tile(Drawn):
    """A sign with its figure in large type, how much that is, and what to do about it."""

    _WORD, _FIGURE, _TASK = 1.5, 4, 1.15

    def __init__(self, sign: Sign, figure: str, much: str, task: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sign = sign
        self.figure = figure
        self._much = much
        self._task = task
        self.setCheckable(False)
        self.setText(sign.word)
        self.setAccessibleName(f"{sign.word}: {figure} {much}")
        self.setAccessibleDescription(task)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the arrows to the grid: Qt would go to whatever widget comes next."""
        if event.key() in _ARROWS:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """Return room for all of it."""
        width = self.minimumSizeHint().width()
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Return the narrowest that cuts neither word nor figure."""
        pad, word, figure = theme.step(self, 4), self._measures(self._WORD), self._measures(self._FIGURE)
        side = word.height() + theme.step(self, 2)
        beside = figure.horizontalAdvance(self.figure) + theme.step(self, 3)
        usual = theme.metrics(self, self._TASK)
        much = max(usual.horizontalAdvance(part) for part in self._much.split(", "))
        width = max(side + word.horizontalAdvance(self.sign.word), beside + much)
        return QSize(width + 2 * pad, self.heightForWidth(width + 2 * pad))

    def heightForWidth(self, width: int) -> int:
        """Return the height at which the task is written whole."""
        pad = theme.step(self, 4)
        inside = QRect(0, 0, max(1, width - 2 * pad), 1)
        task = theme.metrics(self, self._TASK).boundingRect(inside, _WRAPPED, self._task).height()
        return 2 * pad + self._measures(self._WORD).height() + self._measures(self._FIGURE).height() + task + pad // 2

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        colours = theme.colours_of(self.palette())
        tint = colours.tones[self.sign.tone]
        pad, radius = theme.step(self, 4), theme.step(self, 2)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(tint.ink if self.underMouse() else tint.edge))
        painter.setBrush(QColor(tint.wash))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), radius, radius)
        ink, text = QColor(tint.ink), QColor(colours.text)
        inside = self.rect().adjusted(pad, pad, -pad, -pad)
        inside = self._paint_word(painter, inside, ink)
        inside = self._paint_figure(painter, inside, ink, text)
        painter.setFont(theme.scaled(self.font(), self._TASK))
        painter.setPen(text)
        painter.drawText(inside, _WRAPPED, self._task)
        self._paint_focus(painter, radius)
        painter.end()

    def _paint_word(self, painter: QPainter, inside: QRect, ink: QColor) -> QRect:
        """Draw icon and word, and return what is left below."""
        painter.setFont(theme.scaled(self.font(), self._WORD, bold=True))
        height = painter.fontMetrics().height()
        icons.paint(painter, QRect(inside.left(), inside.top(), height, height), self.sign.icon, ink)
        painter.setPen(ink)
        line = QRect(inside.left(), inside.top(), inside.width(), height)
        painter.drawText(line.adjusted(height + theme.step(self, 2), 0, 0, 0), _LINE, self.sign.word)
        return inside.adjusted(0, height, 0, 0)

    def _paint_figure(self, painter: QPainter, inside: QRect, ink: QColor, text: QColor) -> QRect:
        """Draw the figure and how much that is, and return what is left below."""
        painter.setFont(theme.tabular(theme.scaled(self.font(), self._FIGURE, bold=True)))
        metrics = painter.fontMetrics()
        line = QRect(inside.left(), inside.top(), inside.width(), metrics.height())
        painter.setPen(ink)
        painter.drawText(line, _LINE, self.figure)
        painter.setFont(theme.scaled(self.font(), self._TASK))
        painter.setPen(text)
        beside = line.adjusted(metrics.horizontalAdvance(self.figure) + theme.step(self, 3), 0, 0, 0)
        painter.drawText(beside, int(Qt.AlignmentFlag.AlignVCenter), self._much.replace(", ", "\n"))
        return inside.adjusted(0, metrics.height() + theme.step(self, 2), 0, 0)

    def _measures(self, factor: float) -> QFontMetrics:
        return theme.metrics(self, factor, bold=True)


class TileGrid(QWidget):
    """Tiles in their order, as many beside one another as are wide enough; arrow keys walk them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tiles: tuple[Tile, ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.step(self, 3))
        self._beside = 0

    def show_tiles(self, tiles: Sequence[Tile]) -> None:
        """Show other tiles; the focus stays on the one of the same sign."""
        held = next((tile.sign for tile in self.tiles if tile.hasFocus()), None)
        for old in self.tiles:
            self._grid.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.tiles = tuple(tiles)
        self._beside = 0
        self._arrange()
        for one, other in pairwise(self.tiles):
            QWidget.setTabOrder(one, other)
        for tile in self.tiles:
            tile.show()
            if tile.sign == held:
                tile.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.setVisible(bool(self.tiles))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the rows anew."""
        super().resizeEvent(event)
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the tile that lies in the direction of an arrow."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -self._beside, Qt.Key.Key_Down: self._beside}
        step = steps.get(Qt.Key(event.key()))
        held = next((number for number, tile in enumerate(self.tiles) if tile.hasFocus()), None)
        if step is None or held is None:
            super().keyPressEvent(event)
        elif 0 <= held + step < len(self.tiles):
            self.tiles[held + step].setFocus(Qt.FocusReason.TabFocusReason)

    def _arrange(self) -> None:
        if not self.tiles:
            return
        gap = self._grid.spacing()
        least = max(theme.letters(self, _NARROWEST), *(tile.minimumSizeHint().width() for tile in self.tiles))
        beside = max(1, min(_MOST_BESIDE, (self.width() + gap) // (least + gap)))
        rows = -(-len(self.tiles) // beside)
        beside = -(-len(self.tiles) // rows)
        if beside == self._beside:
            return
        self._beside = beside
        for number, tile in enumerate(self.tiles):
            self._grid.addWidget(tile, number // beside, number % beside)
        for column in range(_MOST_BESIDE):
            self._grid.setColumnStretch(column, int(column < beside))
