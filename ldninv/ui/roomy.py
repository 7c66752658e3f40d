"""Rows of a short list that a gloved finger hits."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtWidgets import QListWidget, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ldninv.ui import theme


class RoomyList(QListWidget):
    """A list of names, one a row, with air above and below it; what is longer than a line goes on in the next."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setItemDelegate(_RoomyRow(self))


class _RoomyRow(QStyledItemDelegate):
    def __init__(self, shown: QListWidget) -> None:
        super().__init__(shown)
        self._list = shown

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the room that the text takes in as wide a list, with air above and below it."""
        option.rect = QRect(0, 0, self._list.viewport().width(), 1)
        high = super().sizeHint(option, index).height()
        return QSize(0, high + theme.step(self._list, 2))
