"""Rows of a short list that a gloved finger hits."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize
from PySide6.QtWidgets import QListWidget, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ldninv.ui import theme


class RoomyList(QListWidget):
    """A list of names, one a row, with air above and below it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setUniformItemSizes(True)
        self.setItemDelegate(_RoomyRow(self))


class _RoomyRow(QStyledItemDelegate):
    def __init__(self, shown: QListWidget) -> None:
        super().__init__(shown)
        self._list = shown

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the text's own size with air above and below it."""
        return super().sizeHint(option, index) + QSize(0, theme.step(self._list, 2))
