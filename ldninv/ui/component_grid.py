"""The lines of components under their titles: side by side, and each line in two where the window is narrow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import zip_longest

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from ldninv.ui import theme

Cell = tuple[int, int, int]
"""Row, column and columns of a widget within its line."""

_WIDTHS = {"name": 22, "lot": 18, "expires": 16, "supplier": 20, "amount": 18}
"""Average letters, by what stands there."""
_WIDE: tuple[Cell, ...] = ((0, 0, 1), (0, 1, 1), (0, 2, 1), (0, 3, 1), (0, 4, 1), (0, 5, 1))
_FOLDED: tuple[Cell, ...] = ((0, 0, 3), (0, 3, 3), (1, 0, 2), (1, 2, 2), (1, 4, 2), (0, 6, 1))
"""Component and lot, and below them what belongs to the lot; last the button that takes the line away."""
_ROWS = 3
"""Of the grid for a line: two at most, and the air below."""


class ComponentGrid(QWidget):
    """Places what it is given; it is as narrow as a folded line, whether its lines are folded or not."""

    def __init__(self, titles: Mapping[str, str], parent: QWidget) -> None:
        super().__init__(parent)
        self._titles = [QLabel(title, self) for title in titles.values()]
        self._lines: list[Sequence[QWidget]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.step(self, 2))
        self._grid.setVerticalSpacing(theme.step(self, 1))
        self.folded = False
        self._place()

    def least(self, key: str) -> int:
        """Return the least width of a field."""
        return theme.letters(self, _WIDTHS[key]) * 2 // 3

    def show_lines(self, lines: Sequence[Sequence[QWidget]]) -> None:
        """Show these lines, each from its first field to the button that takes it away."""
        for widget in {each for line in self._lines for each in line}.difference(*lines):
            self._grid.removeWidget(widget)
        self._lines = list(lines)
        self._place()

    def minimumSizeHint(self) -> QSize:
        """Return room for a folded line."""
        placed = self._grid.minimumSize()
        return placed if self.folded else QSize(min(self._width(_FOLDED), placed.width()), placed.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the lines where they would not fit."""
        super().resizeEvent(event)
        folded = self.width() < self._width(_WIDE)
        if folded != self.folded:
            self.folded = folded
            self._place()

    def _place(self) -> None:
        cells = _FOLDED if self.folded else _WIDE
        air = theme.step(self, 2) if self.folded else 0
        for number, line in enumerate((self._titles, *self._lines)):
            for widget, (row, column, columns) in zip(line, cells, strict=False):
                self._grid.removeWidget(widget)
                self._grid.addWidget(widget, number * _ROWS + row, column, 1, columns)
            self._grid.setRowMinimumHeight(number * _ROWS + _ROWS - 1, air if number else 0)
        for column, letters in enumerate((*_WIDTHS.values(), 0)):
            self._grid.setColumnStretch(column, 1 if self.folded else letters)
        self.updateGeometry()

    def _width(self, cells: Sequence[Cell]) -> int:
        """Return how wide a line is at least."""
        gap = self._grid.horizontalSpacing()
        least = [
            max(max(each.minimumWidth(), each.minimumSizeHint().width()) for each in column)
            for column in zip_longest(self._titles, *self._lines, fillvalue=self._titles[0])
        ]
        rows = [[width for width, cell in zip(least, cells, strict=False) if cell[0] == row] for row in (0, 1)]
        return max(sum(row) + gap * max(0, len(row) - 1) for row in rows)
