"""How every table behaves: whole rows that are chosen, moved among, sorted and copied, by mouse and keyboard."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import groupby
from typing import Any

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QSignalBlocker,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QWidget

from ldninv.ui.ring import FocusRing
from ldninv.ui.table import RowTableModel
from ldninv.ui.table_columns import ColumnsView
from ldninv.ui.table_parts import Cells

WIDER, NARROWER = "Ctrl+Shift+Right", "Ctrl+Shift+Left"
"""What makes the column in hand wider, and what narrower."""

_Held = Qt.KeyboardModifier
_MOVES_COLUMNS = _Held.AltModifier | _Held.ShiftModifier
_WIDENS_COLUMNS = _Held.ControlModifier | _Held.ShiftModifier
_WRITES_NOTHING = _Held.ControlModifier | _Held.AltModifier | _Held.MetaModifier
_Go = QAbstractItemView.CursorAction
_KEPT = 5000
"""Selected rows that stay selected when the list is read anew."""


class TableView(ColumnsView):
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
        super().__init__(model, parent)
        self.setAccessibleName(name)
        self._cells = Cells(model, self)
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
        header = self.horizontalHeader()
        header.sectionClicked.connect(self._sort_by)
        self.selectionModel().currentColumnChanged.connect(header.viewport().update)
        self.selectionModel().currentRowChanged.connect(self._moved)
        self.selectionModel().selectionChanged.connect(lambda *_: self.selected.emit())
        self._sorted: tuple[object, bool] = (None, False)

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

    def selected_count(self) -> int:
        """Return how many rows are selected, also a million."""
        return sum(bottom - top + 1 for top, bottom in self._spans())

    def selected_ids(self) -> list[int]:
        """Return the ids of the selected rows, in their order."""
        return [key for top, bottom in self._spans() for key in self.rows.ids[top : bottom + 1]]

    def select_only(self, key: int) -> None:
        """Select the row of an id and no other, whatever key is held meanwhile; where it is not shown, none."""
        places = self._places({key}) if key else []
        self._select(places)
        if places or not key:
            row = self.rows.index(places[0] if places else -1, 0)
            self.selectionModel().setCurrentIndex(row, QItemSelectionModel.SelectionFlag.NoUpdate)
        self.viewport().update()  # whoever blocks the selection's signals blocks its painting too

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
            if ids:
                self.select_ids(ids)
            bar.setValue(at)
            self.executeDelayedItemsLayout()  # now: left to Qt, everything would be painted twice

    def select_ids(self, ids: Iterable[int]) -> None:
        """Select the rows of these ids, as far as they are shown."""
        self._select(self._places(set(ids)))

    def _places(self, wanted: set[int]) -> list[int]:
        """Return where these ids stand; one is looked for without looking at each of a million."""
        if len(wanted) > 1:
            return [number for number, key in enumerate(self.rows.ids) if key in wanted]
        with suppress(ValueError):
            return [self.rows.ids.index(key) for key in wanted]
        return []

    def _select(self, rows: Sequence[int]) -> None:
        chosen = QItemSelection()
        last = len(self.rows.columns) - 1
        for _, run in groupby(enumerate(rows), key=lambda each: each[1] - each[0]):
            numbers = [number for _, number in run]
            chosen.append(QItemSelectionRange(self.rows.index(numbers[0], 0), self.rows.index(numbers[-1], last)))
        self.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what is seen."""
        with QPainter(self.viewport()) as painter:
            self._cells.paint(painter, event.rect(), self._spans())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy what is selected as text, or move or widen the column in hand."""
        held = event.modifiers() & ~_Held.KeypadModifier
        way = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_asked.emit()
        elif way is not None and held == _MOVES_COLUMNS:
            self.shift(self.column_in_hand, way)
        elif way is not None and held == _WIDENS_COLUMNS:
            self.widen(self.column_in_hand, way)
        elif not held & _WRITES_NOTHING and event.text().strip() and event.text().isprintable():
            event.ignore()  # the window begins a search; Qt would look through every row, for seconds
        else:
            super().keyPressEvent(event)

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Go to the first or last row with Home and End: rows are what is moved among."""
        ends = {_Go.MoveHome: 0, _Go.MoveEnd: len(self.rows.ids) - 1}
        if action in ends and len(self.rows.ids):
            return self.rows.index(ends[action], self.column_in_hand)
        return super().moveCursor(action, modifiers)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show in the titles which column is in hand."""
        super().focusInEvent(event)
        self.horizontalHeader().viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show none."""
        super().focusOutEvent(event)
        self.horizontalHeader().viewport().update()

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
