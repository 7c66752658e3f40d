"""What is in a list before it comes in: its new batches, its problems by line, and what its columns were taken for."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QTabWidget, QVBoxLayout, QWidget

from ldninv.domain.batch_list import ListedBatch, Remark
from ldninv.services.importing import Preview
from ldninv.ui import icons, theme, words
from ldninv.ui.table import Column, RowTableModel
from ldninv.ui.table_view import TableView


def _tr(text: str) -> str:
    return QCoreApplication.translate("Preview", text)


def row_columns() -> tuple[Column[ListedBatch], ...]:
    """Return the columns of the new batches."""
    return (
        Column(title=_tr("Line"), text=lambda row: str(row.line), widest="10000", right=True),
        Column(title=_tr("Lot"), text=lambda row: row.lot, widest="LDN260888008W"),
        Column(title=_tr("Strength"), text=lambda row: words.strength(row.strength), widest="4.5 mg", right=True),
        Column(title=_tr("Prepared"), text=lambda row: words.day(row.prepared), widest="2026-11-28"),
        Column(title=_tr("Expires"), text=_expires, widest="by the policy"),
        Column(title=_tr("Made"), text=lambda row: str(row.made), widest="10000", right=True),
        Column(title=_tr("On hand"), text=lambda row: str(row.on_hand), widest="10000", right=True),
        Column(title=_tr("Place"), text=lambda row: row.place or words.NOTHING, widest="Cabinet A 12"),
        Column(title=_tr("Made by"), text=lambda row: row.made_by or words.NOTHING, widest="M. Bélanger", yields=1),
    )


def _expires(row: ListedBatch) -> str:
    return _tr("by the policy") if row.expires is None else words.day(row.expires)


def remark_columns() -> tuple[Column[Remark], ...]:
    """Return the columns of the problems and of the notices."""
    return (
        Column(title=_tr("Line"), text=lambda remark: str(remark.line), widest="10000", right=True),
        Column(title=_tr("What"), text=lambda remark: remark.text, widest="m" * 20, about=lambda remark: remark.text),
    )


class PreviewView(QWidget):
    """Shows a preview, and asks whether to bring it in."""

    accepted = Signal()
    dismissed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown: Preview | None = None
        self._summary = QLabel(self)
        self._mapping = QLabel(self)
        for label in (self._summary, self._mapping):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._summary.setFont(theme.scaled(self.font(), 1.15, bold=True))
        self._mapping.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.rows = TableView(RowTableModel(row_columns(), parent=self), self.tr("New batches"), self)
        self.problems = TableView(RowTableModel(remark_columns(), parent=self), self.tr("Problems"), self)
        self.notices = TableView(RowTableModel(remark_columns(), parent=self), self.tr("Notices"), self)
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        side = self.fontMetrics().height()
        self.tabs.setIconSize(QSize(side, side))
        self.tabs.setAccessibleName(self.tr("What is in the list"))
        self.accept = QPushButton(self.tr("Import"), self)
        self.accept.clicked.connect(self.accepted)
        self.dismiss = QPushButton(self.tr("Choose another file"), self)
        icons.put_on(self.dismiss, "arrow-left")
        self.dismiss.clicked.connect(self.dismissed)
        self._lay_out()

    def show_preview(self, preview: Preview | None) -> None:
        """Show a list; None forgets the one that was shown."""
        self.shown = preview
        if preview is None:
            return
        self._summary.setText(self._sentence(preview))
        pairs = ", ".join(f"{field.replace('_', ' ')} ← “{header}”" for field, header in preview.content.columns)
        self._mapping.setText(self.tr("Columns as understood: {pairs}").format(pairs=pairs))
        self._fill(self.problems, preview.problems, self.tr("Problems ({number})"))
        self._fill(self.rows, preview.rows, self.tr("New batches ({number})"))
        self._fill(self.notices, preview.notices, self.tr("Notices ({number})"))
        self.tabs.setCurrentWidget(self.problems if preview.problems else self.rows)
        number = words.counted(preview.new, "batch", "batches")
        only = self.tr("Import good rows only ({number})").format(number=words.grouped(preview.new))
        self.accept.setText(only if preview.problems else self.tr("Import {number}").format(number=number))
        icons.put_on(self.accept, "tray-arrow-down")
        self.accept.setEnabled(preview.new > 0)
        self.accept.setDefault(True)

    def _sentence(self, preview: Preview) -> str:
        parts = [
            self.tr("{file}: {new}").format(
                file=preview.file, new=words.counted(preview.new, "new batch", "new batches")
            )
        ]
        if preview.known:
            parts.append(self.tr("{number} known already").format(number=words.grouped(preview.known)))
        if preview.problems:
            parts.append(words.counted(len(preview.problems), "row with a problem", "rows with problems"))
        return f"{', '.join(parts)}."

    def _fill(self, table: TableView, rows: tuple[object, ...], title: str) -> None:
        """Show rows under a tab of their own; without any, no tab."""
        table.rows.show_rows(rows)
        tab = self.tabs.indexOf(table)
        self.tabs.setTabText(tab, title.format(number=words.grouped(len(rows))))
        self.tabs.setTabVisible(tab, bool(rows))

    def _lay_out(self) -> None:
        tabs = ((self.problems, "alert-octagon"), (self.rows, "check-circle"), (self.notices, "information"))
        for table, icon in tabs:
            self.tabs.addTab(table, icons.icon(icon), "")
        buttons = QHBoxLayout()
        buttons.addWidget(self.dismiss)
        buttons.addStretch(1)
        buttons.addWidget(self.accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.step(self, 2))
        layout.addWidget(self._summary)
        layout.addWidget(self._mapping)
        layout.addWidget(self.tabs, 1)
        layout.addLayout(buttons)
