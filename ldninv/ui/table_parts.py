"""How every table looks: signs as pills, a bar at the row in hand, titles in line with their cells."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from ldninv.ui import icons, pills, theme
from ldninv.ui.colours import Colours
from ldninv.ui.table import ALIGNMENT, DISPLAY, RowTableModel

_ELIDED = Qt.TextElideMode.ElideRight
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_CUTS = 5000
"""Texts whose cut is remembered."""


class Cells(QStyledItemDelegate):
    """Draws cells: a sign is a pill, and the row in hand has a bar at its left.

    Asks the model itself, without Qt between, and cuts a text once: a repaint of all cells takes half as long.
    """

    def __init__(self, rows: RowTableModel[Any], table: QTableView) -> None:
        super().__init__(table)
        self._rows, self._table = rows, table
        self._cut: dict[tuple[str, int], str] = {}
        self._looks: tuple[QFont, int, int, Colours] | None = None

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one cell."""
        shown: Any = option
        pad, colours = self._measured(shown)
        box: QRect = shown.rect
        selected = bool(shown.state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(box, QColor(colours.selection))
        row, column = self._rows.row(index.row()), self._rows.columns[index.column()]
        inside = box.adjusted(pad, 0, -pad, 0)
        painter.setFont(shown.font)
        if row is None:
            return
        if column.sign is not None:
            pills.paint(painter, inside, column.sign(row), colours)
        else:
            painter.setPen(QColor(colours.on_selection if selected else colours.text))
            align = _RIGHT if column.right else _LEFT
            painter.drawText(inside, align, self._fitting(column.text(row), inside.width(), shown.fontMetrics))
        if selected and self._table.columnViewportPosition(index.column()) <= 0:
            painter.fillRect(QRect(box.topLeft(), QSize(pad // 2, box.height())), QColor(colours.accent))

    def _measured(self, shown: Any) -> tuple[int, Colours]:  # noqa: ANN401 - the stubs lack an option's members
        """Return the margin and the colours, looked up anew only in another font or palette."""
        palette = shown.palette.cacheKey()
        if self._looks is None or self._looks[1] != palette or self._looks[0] != shown.font:
            self._cut.clear()
            self._looks = QFont(shown.font), palette, theme.step(shown.widget, 2), theme.colours_of(shown.palette)
        return self._looks[2:]

    def _fitting(self, text: str, width: int, metrics: QFontMetrics) -> str:
        cut = self._cut.get((text, width))
        if cut is None:
            if len(self._cut) > _CUTS:
                self._cut.clear()
            cut = self._cut[text, width] = metrics.elidedText(text, _ELIDED, width)
        return cut


class Header(QHeaderView):
    """The titles, in line with their cells; an arrow shows what the rows are sorted by."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setStretchLastSection(True)
        self.setSectionsMovable(True)
        self.setMouseTracking(True)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Draw one title."""
        colours = theme.colours_of(self.palette())
        painter.fillRect(rect, QColor(colours.alternate))
        painter.setPen(QColor(colours.border))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setFont(theme.scaled(self.font(), 1, bold=True))
        painter.setPen(QColor(colours.muted))
        pad = theme.step(self, 2)
        inside = rect.adjusted(pad, 0, -pad, 0)
        align = Qt.AlignmentFlag(self.model().headerData(section, Qt.Orientation.Horizontal, ALIGNMENT))
        title = str(self.model().headerData(section, Qt.Orientation.Horizontal, DISPLAY))
        if self.isSortIndicatorShown() and self.sortIndicatorSection() == section:
            side = painter.fontMetrics().height()
            left = align & Qt.AlignmentFlag.AlignLeft
            width = painter.fontMetrics().horizontalAdvance(title)
            x = inside.left() + width + pad // 4 if left else inside.right() - width - side - pad // 4
            up = self.sortIndicatorOrder() is Qt.SortOrder.AscendingOrder
            box = QRect(x, rect.top() + (rect.height() - side) // 2, side, side)
            icons.paint(painter, box, "menu-up" if up else "menu-down", QColor(colours.accent))
            painter.setPen(QColor(colours.text))
        painter.drawText(inside, int(align), title)
