"""Problems and notices of a list: each with its line, and the row of the file in sight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from ldninv.domain.batch_list import BatchList, Remark
from ldninv.ui import theme
from ldninv.ui.table import Column, RowTableModel
from ldninv.ui.table_view import TableView

_LONGEST = 60
"""Letters of a cell that are shown below the table."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("Remarks", text)


@dataclass(frozen=True, slots=True)
class Remarked:
    """A remark with what stands on its line."""

    remark: Remark
    cells: tuple[str, ...]

    @property
    def row(self) -> str:
        """The line in one text."""
        return " · ".join(cell for cell in self.cells if cell)


def columns() -> tuple[Column[Remarked], ...]:
    """Return the columns of the problems and of the notices."""
    return (
        Column(title=_tr("Line"), text=lambda each: str(each.remark.line), widest="10000", right=True),
        Column(
            title=_tr("What"),
            text=lambda each: each.remark.text,
            widest="m" * 40,
            about=lambda each: each.remark.text,
        ),
        Column(title=_tr("The row in the file"), text=lambda each: each.row, widest="m" * 30, yields=1),
    )


class Remarks(QWidget):
    """Lists remarks, and shows the one in hand whole, with its row under the file's own titles."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._header: tuple[str, ...] = ()
        self._remarked: tuple[Remarked, ...] = ()
        self.table = TableView(RowTableModel(columns(), parent=self), name, self)
        self.table.chosen.connect(self._show)
        self.detail = QLabel(self)
        self.detail.setWordWrap(True)
        self.detail.setTextFormat(Qt.TextFormat.RichText)
        self.detail.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.detail.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.detail.setAccessibleName(_tr("The line in hand"))
        self.detail.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.step(self, 2))
        layout.addWidget(self.table, 1)
        layout.addWidget(self.detail)

    def show_remarks(self, remarks: Sequence[Remark], listed: BatchList) -> None:
        """Show the remarks of a list, the first of them in hand."""
        self._header = listed.header
        self._remarked = tuple(Remarked(remark, listed.cells(remark.line)) for remark in remarks)
        self.table.rows.show_rows(self._remarked)
        if self._remarked:
            self.table.selectRow(0)

    def clear(self) -> None:
        """Show none."""
        self._remarked = ()
        self.table.rows.show_rows(())
        self.detail.clear()

    def _show(self, number: int) -> None:
        each = self._remarked[number]
        titled = (
            f"{_whole(self._title(at))}&nbsp;<b>{_whole(_short(cell)) or '–'}</b>"
            for at, cell in enumerate(each.cells)
            if cell or at < len(self._header)
        )
        line = _tr("Line {line}: {text}").format(line=each.remark.line, text=each.remark.text)
        self.detail.setText(f"{escape(line)}<br>{' &nbsp; '.join(titled)}")

    def _title(self, at: int) -> str:
        word = self._header[at] if at < len(self._header) else ""
        return word or _tr("column {number}").format(number=at + 1)


def _whole(text: str) -> str:
    """Return a text for a label of rich text, which is not to break it."""
    return escape(text).replace(" ", "&nbsp;")


def _short(cell: str) -> str:
    return cell if len(cell) <= _LONGEST else f"{cell[: _LONGEST - 1]}…"
