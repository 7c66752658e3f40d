"""The tables of the shelf: what was scanned, what differs, what is to be fetched."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ldninv.domain import signs
from ldninv.domain.batch import Kept
from ldninv.ui import words
from ldninv.ui.buttons import ENTER
from ldninv.ui.counting.lines import OTHER_NUMBER, Difference, Line
from ldninv.ui.table import Column, RowTableModel
from ldninv.ui.table_view import TableView

_LOT = "LDN260888008W"


class Lines(TableView):
    """What was scanned: Delete takes the line in hand away, Enter goes to its number."""

    removed = Signal(int)
    number_asked = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Act on the line in hand."""
        row = self.currentIndex().row()
        if row >= 0 and event.key() == Qt.Key.Key_Delete:
            self.removed.emit(row)
        elif row >= 0 and event.key() in ENTER:
            self.number_asked.emit(row)
        else:
            super().keyPressEvent(event)


def scanned(place: Callable[[], str], parent: QWidget) -> Lines:
    """Return the table of what was scanned at `place`."""
    columns: tuple[Column[Line], ...] = (
        Column(
            title=_tr("State"),
            text=lambda row: row.sign.word,
            sign=lambda row: row.sign,
            widest=signs.NOT_YET_MADE.word,
        ),
        Column(title=_tr("Lot"), text=lambda row: row.text, widest=_LOT),
        Column(title=_tr("Strength"), text=lambda row: _strength(row.kept), widest="4.5 mg", right=True, yields=1),
        Column(title=_tr("On the books"), text=lambda row: _booked(row.kept), widest="10000", right=True),
        Column(title=_tr("Counted"), text=lambda row: _number(row.capsules), widest="10000", right=True),
        Column(
            title=_tr("By the books"),
            text=lambda row: row.fits(place()).word,
            sign=lambda row: row.fits(place()),
            widest="booked at Cabinet A 12",
        ),
    )
    return Lines(RowTableModel(columns, parent=parent), _tr("What was scanned"), parent)


def differing(parent: QWidget) -> TableView:
    """Return the table of what differs."""
    columns: tuple[Column[Difference], ...] = (
        Column(
            title=_tr("What"),
            text=lambda row: row.sign.word,
            sign=lambda row: row.sign,
            widest=OTHER_NUMBER.word,
            about=lambda row: f"{row.sign.word}: {row.remark}",
        ),
        Column(title=_tr("Lot"), text=lambda row: row.lot, widest=_LOT),
        Column(title=_tr("Strength"), text=lambda row: _strength(row.kept), widest="4.5 mg", right=True, yields=1),
        Column(title=_tr("On the books"), text=lambda row: _booked(row.kept), widest="10000", right=True, yields=2),
        Column(title=_tr("Counted"), text=lambda row: _number(row.capsules), widest="10000", right=True, yields=3),
        Column(
            title=_tr("How"),
            text=lambda row: row.remark,
            widest="should stand here, and was not scanned",
            about=lambda row: row.remark,
        ),
    )
    return TableView(RowTableModel(columns, parent=parent), _tr("What differs from the books"), parent)


def fetching(parent: QWidget) -> TableView:
    """Return the table of expired batches that are to be fetched."""
    columns: tuple[Column[Kept], ...] = (
        Column(title=_tr("Place"), text=lambda row: row.stock.place or words.NOTHING, widest="Cabinet A 12"),
        Column(title=_tr("Lot"), text=lambda row: row.batch.lot, widest=_LOT),
        Column(title=_tr("Strength"), text=_strength, widest="4.5 mg", right=True),
        Column(title=_tr("On hand"), text=_booked, widest="10000", right=True),
        Column(title=_tr("Expired after"), text=lambda row: words.day(row.batch.expiry.on), widest="2026-11-28"),
    )
    return TableView(RowTableModel(columns, parent=parent), _tr("Still to fetch"), parent)


def show(table: TableView, rows: Any) -> None:  # noqa: ANN401 - rows of whatever the table shows
    """Show rows, the first of them in sight."""
    table.rows.show_rows(rows)
    table.scrollToTop()


def _strength(kept: Kept | None) -> str:
    return words.NOTHING if kept is None else words.strength(kept.batch.strength)


def _booked(kept: Kept | None) -> str:
    return words.NOTHING if kept is None else str(kept.stock.on_hand)


def _number(capsules: int | None) -> str:
    return words.NOTHING if capsules is None else str(capsules)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Counting", text)
