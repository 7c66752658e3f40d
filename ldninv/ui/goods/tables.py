"""The tables of the Components page."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from ldninv.domain.goods import Alias, Known, Movement
from ldninv.domain.signs import NEAR_EXPIRY
from ldninv.ui import words
from ldninv.ui.buttons import ENTER
from ldninv.ui.goods import lines
from ldninv.ui.table import Column, RowTableModel
from ldninv.ui.table_view import TableView

_LOT = "LDN260888008W"


class Opening(TableView):
    """Enter or a double click asks for the row in hand."""

    asked = Signal(int)

    def __init__(self, model: RowTableModel, name: str, parent: QWidget) -> None:  # type: ignore[type-arg]
        super().__init__(model, name, parent)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.doubleClicked.connect(lambda index: self.asked.emit(index.row()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the row in hand by Enter."""
        if event.key() in ENTER and self.currentIndex().isValid():
            self.asked.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)


def component_lots(parent: QWidget) -> Opening:
    """Return the table of all component lots."""
    columns: tuple[Column[Known], ...] = (
        Column(title=_tr("State"), text=lambda row: row.sign.word, sign=lambda row: row.sign, widest=NEAR_EXPIRY.word),
        Column(title=_tr("Component"), text=lambda row: row.component.name, widest="Capsule shells, size 3"),
        Column(title=_tr("Lot"), text=lambda row: row.component.lot, widest=_LOT),
        Column(title=_tr("Expires"), text=lines.expires, widest="2026-11-28"),
        Column(title=_tr("On hand"), text=lines.stock, widest="10000 pieces", right=True),
        Column(title=_tr("Went into"), text=lines.went_into, widest="8 888 batches", right=True, yields=2),
        Column(title=_tr("Supplier"), text=lambda row: row.component.supplier, widest="Sample Chemicals Ltd", yields=1),
    )
    return Opening(RowTableModel(columns, parent=parent), _tr("Component lots"), parent)


def movements(parent: QWidget) -> TableView:
    """Return the table of what happened to a component lot."""
    columns: tuple[Column[Movement], ...] = (
        Column(title=_tr("Day"), text=lambda row: words.day(row.day), widest="2026-11-28"),
        Column(title=_tr("What"), text=lines.happened, widest="1000.75 g used in LDN260888008W", about=lines.happened),
        Column(title=_tr("By"), text=lambda row: row.by, widest="Chloé Martin", yields=1),
    )
    return TableView(RowTableModel(columns, parent=parent), _tr("What happened to it"), parent)


def batches(parent: QWidget) -> Opening:
    """Return the table of the batches that a component lot went into."""
    columns: tuple[Column[str], ...] = (Column(title=_tr("Went into batch"), text=lambda row: row, widest=_LOT),)
    return Opening(RowTableModel(columns, parent=parent), _tr("Batches that it went into"), parent)


def codes(parent: QWidget) -> TableView:
    """Return the table of what codes and texts stand for."""
    columns: tuple[Column[Alias], ...] = (
        Column(title=_tr("Code or text"), text=lambda row: row.text, widest="00347335326833"),
        Column(title=_tr("Stands for"), text=lambda row: row.stands_for, widest="Naltrexone HCl of Sample Chemicals"),
    )
    table = TableView(RowTableModel(columns, parent=parent), _tr("What codes stand for"), parent)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    return table


def _tr(text: str) -> str:
    return QCoreApplication.translate("Goods", text)
