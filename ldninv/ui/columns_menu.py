"""The menu of a table's columns, from its titles or a button: which are shown, and what the rows are sorted by."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QStyleOptionToolButton, QToolButton, QWidget

from ldninv.ui import icons, theme
from ldninv.ui.table_view import NARROWER, WIDER, TableView


class ColumnsButton(QToolButton):
    """Opens the menu by mouse and keyboard; a right click on the titles opens it too."""

    def __init__(self, table: TableView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = table
        self._usual = table.arrangement()
        self.setText(self.tr("Columns"))
        icons.put_on(self, "table-column")
        self.setIconSize(QSize(theme.step(self, 5), theme.step(self, 5)))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self.setAutoRaise(True)
        self.setToolTip(self.tr("Columns: which are shown, how wide they are, and what to sort by"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.list = QMenu(self)
        self.list.aboutToShow.connect(self._fill)
        self.setMenu(self.list)
        header = table.horizontalHeader()
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._open_at)

    def initStyleOption(self, option: QStyleOptionToolButton) -> None:
        """Leave out the mark of a menu, which Fusion draws into the icon's corner."""
        super().initStyleOption(option)
        drawn: Any = option
        drawn.features &= ~QStyleOptionToolButton.ToolButtonFeature.HasMenu

    def _open_at(self, where: QPoint) -> None:
        self.list.popup(self._table.horizontalHeader().mapToGlobal(where))

    def _fill(self) -> None:
        self.list.clear()
        columns = self._table.rows.columns
        self.list.addSection(self.tr("Show"))
        for section in self._table.in_order:
            shown = self._add(columns[section].title, checked=self._table.wanted[section])
            shown.toggled.connect(lambda on, section=section: self._table.want(section, shown=on))
        self._add_widths()
        self.list.addSection(self.tr("Sort by"))
        group = QActionGroup(self.list)
        sort, descending = self._table.sorted_by
        for column in columns:
            if column.sort is not None:
                way = self._add(column.title, checked=column.sort == sort)
                group.addAction(way)
                way.triggered.connect(lambda _on=True, by=column.sort: self._table.sort_asked.emit(by, descending))
        self.list.addSeparator()
        back = self._add(self.tr("Descending"), checked=descending)
        back.triggered.connect(lambda on: self._table.sort_asked.emit(sort, on))
        usual = self.list.addAction(self.tr("Columns as they were at first"))
        usual.triggered.connect(lambda: self._table.arrange(self._usual))

    def _add_widths(self) -> None:
        """Offer to change the width of the column in hand."""
        section = self._table.column_in_hand
        title = self._table.rows.columns[section].title
        self.list.addSection(self.tr("Width of “{column}”").format(column=title))
        for says, keys, letters in ((self.tr("Wider"), WIDER, 1), (self.tr("Narrower"), NARROWER, -1)):
            change = self.list.addAction(f"{says}\t{keys}")
            change.triggered.connect(lambda _on=False, by=letters: self._table.widen(section, by))

    def _add(self, title: str, *, checked: bool) -> QAction:
        action = self.list.addAction(title)
        action.setCheckable(True)
        action.setChecked(checked)
        return action
