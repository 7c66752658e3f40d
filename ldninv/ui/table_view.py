"""How every table looks and behaves: rows as high as their text, signs as pills, columns that yield for room."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ldninv.domain.signs import Sign
from ldninv.ui import icons, pills, theme
from ldninv.ui.table import ALIGNMENT, DISPLAY, SIGN, RowTableModel

_ELIDED = Qt.TextElideMode.ElideRight


class Cells(QStyledItemDelegate):
    """Draws cells: a sign is a pill, and the row in hand has a bar at its left."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one cell."""
        shown: Any = option
        colours = theme.colours_of(shown.palette)
        selected = bool(shown.state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(shown.rect, QColor(colours.selection))
        pad = theme.step(shown.widget, 2)
        inside = shown.rect.adjusted(pad, 0, -pad, 0)
        painter.setFont(shown.font)
        sign: Sign | None = index.data(SIGN)
        if sign is not None:
            pills.paint(painter, inside, sign, colours)
        else:
            painter.setPen(QColor(colours.on_selection if selected else colours.text))
            text = QFontMetrics(shown.font).elidedText(index.data(DISPLAY) or "", _ELIDED, inside.width())
            painter.drawText(inside, index.data(ALIGNMENT), text)
        if selected and index.column() == 0:
            painter.fillRect(QRect(shown.rect.topLeft(), QSize(pad // 2, shown.rect.height())), QColor(colours.accent))


class Header(QHeaderView):
    """The titles, in line with their cells; an arrow shows what the rows are sorted by."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setStretchLastSection(True)
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


class TableView(QTableView):
    """A table of a `RowTableModel`: whole rows, one at a time, sorted where its columns can be."""

    chosen = Signal(int)
    """The row that was moved to, by mouse or keyboard."""
    sort_asked = Signal(object, bool)
    """A column's `sort`, and whether descending."""

    def __init__(self, model: RowTableModel[Any], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = model
        self.setModel(model)
        self.setAccessibleName(name)
        self.setItemDelegate(Cells(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setAccessibleName(self.tr("Rows"))
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = Header(self)
        self.setHorizontalHeader(header)
        header.setAccessibleName(self.tr("Column titles"))
        header.sectionClicked.connect(self._sort_by)
        header.sectionResized.connect(self._widened)
        self.selectionModel().currentRowChanged.connect(self._moved)
        self._sorted: tuple[object, bool] = (None, False)
        self._widths: dict[int, int] = {}
        self._settling = False
        self._measure()

    def show_sorted(self, sort: object, *, descending: bool) -> None:
        """Mark the column that the rows are sorted by."""
        self._sorted = (sort, descending)
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        sorts = [column.sort for column in self.rows.columns]
        section = sorts.index(sort) if sort is not None and sort in sorts else -1
        self.horizontalHeader().setSortIndicatorShown(section >= 0)
        self.horizontalHeader().setSortIndicator(section, order)

    def widths(self) -> dict[int, int]:
        """Return the width of every column in average letters, for another day and another text size."""
        return {section: round(width / theme.letters(self, 1)) for section, width in self._widths.items()}

    def set_widths(self, widths: dict[int, int]) -> None:
        """Give the columns widths in average letters."""
        self._widths |= {
            section: theme.letters(self, width) for section, width in widths.items() if section in self._widths
        }
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let columns yield, or come back."""
        super().resizeEvent(event)
        self._make_room()

    def changeEvent(self, event: QEvent) -> None:
        """Measure again in another font."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange} and hasattr(self, "_widths"):
            self._measure()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy the row in hand as text, cell by cell."""
        if not event.matches(QKeySequence.StandardKey.Copy):
            super().keyPressEvent(event)
            return
        cells = sorted(self.selectedIndexes(), key=QModelIndex.column)
        QGuiApplication.clipboard().setText("\t".join(str(cell.data(DISPLAY)) for cell in cells))

    def _moved(self, current: QModelIndex) -> None:
        if current.isValid():
            self.chosen.emit(current.row())

    def _sort_by(self, section: int) -> None:
        """Ask for the order of a column, or for the reverse; Qt has moved its mark by itself."""
        wanted = self.rows.columns[section].sort
        sort, descending = self._sorted
        self.show_sorted(sort, descending=descending)
        if wanted is not None:
            self.sort_asked.emit(wanted, wanted == sort and not descending)

    def _measure(self) -> None:
        """Take heights and widths from the font."""
        metrics = QFontMetrics(self.font())
        bold = QFontMetrics(theme.scaled(self.font(), 1, bold=True))
        pad = theme.step(self, 4) + 1
        for section, column in enumerate(self.rows.columns):
            text = pills.width(metrics, column.widest) if column.sign else metrics.horizontalAdvance(column.widest)
            title = bold.horizontalAdvance(column.title) + (metrics.height() if column.sort is not None else 0)
            self._widths[section] = max(text, title) + pad
        self.verticalHeader().setDefaultSectionSize(metrics.height() + theme.step(self, 3))
        self.horizontalHeader().setFixedHeight(metrics.height() + theme.step(self, 3))
        self._make_room()

    def _make_room(self) -> None:
        """Show as many columns as fit; those that yield go in their order, the others scroll."""
        room = self.viewport().width()
        shown = set(self._widths)
        yielding = sorted((column.yields, section) for section, column in enumerate(self.rows.columns) if column.yields)
        for _, section in yielding:
            if sum(self._widths[each] for each in shown) > room:
                shown.remove(section)
        self._settling = True
        for section, width in self._widths.items():
            self.setColumnHidden(section, section not in shown)
            if section in shown:
                self.setColumnWidth(section, width)
        self._settling = False

    def _widened(self, section: int, _old: int, new: int) -> None:
        """Keep a width that a person gave; the last column only takes what is left."""
        if not self._settling and new and section != self._last_shown():
            self._widths[section] = new

    def _last_shown(self) -> int:
        return max((section for section in self._widths if not self.isColumnHidden(section)), default=-1)
