"""How every table behaves: rows as high as their text, columns that yield for room, that are chosen and moved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import groupby
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QSignalBlocker,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QTableView,
    QWidget,
)

from ldninv.ui import pills, theme
from ldninv.ui.ring import FocusRing
from ldninv.ui.table import Column, RowTableModel
from ldninv.ui.table_parts import Cells, Header

_MOVES_COLUMNS = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
_KEPT = 5000
"""Selected rows that stay selected when the list is read anew."""
_ELIDED = Qt.TextElideMode.ElideRight


class TableView(QTableView):
    """A table of a `RowTableModel`: whole rows, one or many, sorted where its columns can be."""

    chosen = Signal(int)
    """The row that was moved to, by mouse or keyboard."""
    selected = Signal()
    """Other rows are selected now."""
    copy_asked = Signal()
    """What is selected is to be copied as text."""
    sort_asked = Signal(object, bool)
    """A column's `sort`, and whether descending."""

    def __init__(self, model: RowTableModel[Any], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = model
        self.setModel(model)
        self.setAccessibleName(name)
        self.setItemDelegate(Cells(model, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        FocusRing(self)
        self.verticalHeader().hide()
        self.verticalHeader().setAccessibleName(self.tr("Rows"))
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = Header(self)
        self.setHorizontalHeader(header)
        header.setAccessibleName(self.tr("Column titles"))
        header.sectionClicked.connect(self._sort_by)
        header.sectionResized.connect(self._widened)
        self.selectionModel().currentRowChanged.connect(self._moved)
        self.selectionModel().selectionChanged.connect(lambda *_: self.selected.emit())
        self._sorted: tuple[object, bool] = (None, False)
        self._widths: dict[int, int] = {}
        self._off: set[int] = set()
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

    @property
    def sorted_by(self) -> tuple[object, bool]:
        """What the rows are sorted by, and whether descending."""
        return self._sorted

    @property
    def in_order(self) -> list[int]:
        """The sections of all columns as they stand from left to right, hidden ones too."""
        header = self.horizontalHeader()
        return [header.logicalIndex(place) for place in range(header.count())]

    @property
    def shown_columns(self) -> list[Column[Any]]:
        """The columns that are seen, from left to right."""
        return [self.rows.columns[section] for section in self.in_order if not self.isColumnHidden(section)]

    @property
    def wanted(self) -> list[bool]:
        """Of each column whether it is to be shown where there is room."""
        return [section not in self._off for section in range(len(self.rows.columns))]

    def want(self, section: int, *, shown: bool) -> None:
        """Show a column or not; one always stays."""
        self._off = self._off - {section} if shown else self._off | {section}
        if len(self._off) == len(self.rows.columns):
            self._off.discard(section)
        self._make_room()

    def shift(self, section: int, places: int) -> None:
        """Move a column past the columns that are seen beside it, to the right or, below zero, to the left."""
        header = self.horizontalHeader()
        seen = [each for each in self.in_order if not self.isColumnHidden(each)]
        at = seen.index(section) + places
        if 0 <= at < len(seen):
            header.moveSection(header.visualIndex(section), header.visualIndex(seen[at]))

    def arrangement(self) -> list[list[Any]]:
        """Return the columns from left to right: name, width in average letters, and whether it is shown."""
        letter, columns = theme.letters(self, 1), self.rows.columns
        return [
            [columns[each].name, round(self._widths[each] / letter, 2), each not in self._off] for each in self.in_order
        ]

    def arrange(self, arrangement: Sequence[Sequence[Any]]) -> None:
        """Put the columns as `arrangement` has them; those that it does not know stay as they are."""
        sections = {column.name: section for section, column in enumerate(self.rows.columns)}
        header = self.horizontalHeader()
        known = [(sections[str(name)], *how) for name, *how in arrangement if name in sections]
        for place, (section, width, shown) in enumerate(known):
            header.moveSection(header.visualIndex(section), place)
            self._widths[section] = max(1, round(float(width) * theme.letters(self, 1)))
            self._off = self._off - {section} if shown else self._off | {section}
        if len(self._off) == len(sections):
            self._off.clear()
        self._make_room()

    def selected_count(self) -> int:
        """Return how many rows are selected, also a million."""
        return sum(bottom - top + 1 for top, bottom in self._spans())

    def selected_ids(self) -> list[int]:
        """Return the ids of the selected rows, in their order."""
        return [key for top, bottom in self._spans() for key in self.rows.ids[top : bottom + 1]]

    def select_only(self, key: int) -> None:
        """Select the row of an id and no other; where it is not shown, none."""
        self.clearSelection()
        with suppress(ValueError):
            self.selectRow(self.rows.ids.index(key) if key else -1)

    @contextmanager
    def staying(self, same: bool) -> Iterator[None]:  # noqa: FBT001 - whether it is the same list
        """Keep selection, row in hand and scrolling while the rows of the same list are read anew."""
        ids = self.selected_ids() if same and self.selected_count() <= _KEPT else []
        current, bar = self.currentIndex(), self.verticalScrollBar()
        in_hand = (self.rows.ids[current.row()], current.column()) if same and current.isValid() else None
        at = bar.value() if same else 0
        with QSignalBlocker(self):
            yield
            if in_hand is not None:
                with suppress(ValueError):
                    index = self.rows.index(self.rows.ids.index(in_hand[0]), in_hand[1])
                    self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
            if len(ids) > 1:
                self.select_ids(ids)
            bar.setValue(at)
            self.executeDelayedItemsLayout()  # now: left to Qt, everything would be painted twice

    def select_ids(self, ids: Iterable[int]) -> None:
        """Select the rows of these ids, as far as they are shown."""
        wanted = set(ids)
        chosen = QItemSelection()
        last = len(self.rows.columns) - 1
        rows = [number for number, key in enumerate(self.rows.ids) if key in wanted] if wanted else []
        for _, run in groupby(enumerate(rows), key=lambda each: each[1] - each[0]):
            numbers = [number for _, number in run]
            chosen.append(QItemSelectionRange(self.rows.index(numbers[0], 0), self.rows.index(numbers[-1], last)))
        self.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)

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
        """Copy what is selected as text, or move the column in hand."""
        ways = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_asked.emit()
        elif event.modifiers() == _MOVES_COLUMNS and event.key() in ways and self.currentIndex().isValid():
            self.shift(self.currentIndex().column(), ways[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def _spans(self) -> list[tuple[int, int]]:
        """Return the first and last row of every run of selected rows."""
        ranges: list[QItemSelectionRange] = self.selectionModel().selection().toList()
        return sorted((each.top(), each.bottom()) for each in ranges)

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
        shown = set(self._widths) - self._off
        yielding = sorted((column.yields, section) for section, column in enumerate(self.rows.columns) if column.yields)
        for _, section in yielding:
            if sum(self._widths[each] for each in shown) > room and len(shown) > 1:
                shown.discard(section)
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
        return next((section for section in reversed(self.in_order) if not self.isColumnHidden(section)), -1)
