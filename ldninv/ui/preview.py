"""What is in a list before it comes in: its new batches, its problems by line, and what its columns were taken for."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ldninv.domain.batch_list import ColumnsUnclear, ListedBatch
from ldninv.services.importing import FileResult, Preview
from ldninv.ui import icons, theme, words
from ldninv.ui.flow import FlowLayout
from ldninv.ui.mapping import Mapping, head_of
from ldninv.ui.remarks import Remarks
from ldninv.ui.table import Column, RowTableModel
from ldninv.ui.table_view import TableView
from ldninv.ui.tabs import Tabs


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


class PreviewView(QWidget):
    """Shows what a list holds, lets its columns be corrected, and asks whether to bring it in."""

    accepted = Signal()
    dismissed = Signal()
    asked_again = Signal()
    corrected = Signal(object)
    """Carries the `Columns` that a person gave."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown: Preview | None = None
        self._summary = self._label()
        self._summary.setFont(theme.scaled(self.font(), 1.15, bold=True))
        self._understood = self._label()
        self._understood.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.tabs = Tabs(self.tr("What is in the list"), self)  # before what it holds: for Tab
        self.rows = TableView(RowTableModel(row_columns(), parent=self), self.tr("New batches"), self)
        self.problems = Remarks(self.tr("Problems"), self)
        self.notices = Remarks(self.tr("Notices"), self)
        self.mapping = Mapping(self)
        self.mapping.corrected.connect(self.corrected)
        self.tabs.setDocumentMode(True)
        side = self.fontMetrics().height()
        self.tabs.setIconSize(QSize(side, side))
        self.accept = self._button(self.tr("Import"), "tray-arrow-down", self.accepted)
        self.again = self._button(self.tr("Read the file again"), "refresh", self.asked_again)
        self.again.setToolTip(self.tr("After it was mended and saved"))
        self.dismiss = self._button(self.tr("Choose another file"), "arrow-left", self.dismissed)
        self._lay_out()

    def show_preview(self, preview: Preview | None) -> None:
        """Show a list; None forgets the one that was shown."""
        self.shown = preview
        if preview is None:
            self._forget()
            self.mapping.clear()
            return
        self._summary.setText(_sentence(preview))
        head = head_of(preview.content)
        pairs = ", ".join(f"{words.field(field)} ← {head.title(at)}" for field, at in head.indices)
        self._understood.setText(self.tr("Columns as understood: {pairs}").format(pairs=pairs))
        self._understood.show()
        self.mapping.show_head(head)
        self.problems.show_remarks(preview.problems, preview.content)
        self.rows.rows.show_rows(preview.rows)
        self.notices.show_remarks(preview.notices, preview.content)
        self._name_tab(self.problems, self.tr("Problems ({number})"), len(preview.problems))
        self._name_tab(self.rows, self.tr("New batches ({number})"), len(preview.rows))
        self._name_tab(self.notices, self.tr("Notices ({number})"), len(preview.notices))
        self._offer(preview)
        self._open(preview)

    def ask_columns(self, why: ColumnsUnclear) -> None:
        """Show a list of which it is not clear what its columns hold, and ask."""
        self._forget()
        self._summary.setText(str(why))
        self._understood.hide()
        self.mapping.show_head(head_of(why))
        self.tabs.setCurrentWidget(self.mapping)
        self.accept.setText(self.tr("Import"))
        self.accept.setEnabled(False)
        self.again.show()
        self.mapping.take_focus()

    def show_next(self, name: str | None) -> None:
        """Say what comes after this list: another one, or a choice."""
        text = self.tr("Choose another file")
        self.dismiss.setText(
            self.tr("Leave it out, go on with {file}").format(file=words.shortened(name)) if name else text
        )
        self.dismiss.setToolTip(name or "")

    def _open(self, preview: Preview) -> None:
        """Show first what a person has to see first, and put the focus there."""
        if self.mapping.correcting:
            self.tabs.setCurrentWidget(self.mapping)
            self.mapping.take_focus()
        elif preview.problems:
            self.tabs.setCurrentWidget(self.problems)
            self.problems.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.tabs.setCurrentWidget(self.rows if preview.rows else self.mapping)
            (self.accept if preview.rows else self.dismiss).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _offer(self, preview: Preview) -> None:
        number = words.counted(preview.new, "batch", "batches")
        only = self.tr("Import good rows only ({number})").format(number=words.grouped(preview.new))
        self.accept.setText(only if preview.problems else self.tr("Import {number}").format(number=number))
        self.accept.setEnabled(preview.new > 0)
        self.again.setVisible(bool(preview.problems))

    def _forget(self) -> None:
        self.shown = None
        self.rows.rows.show_rows(())
        for tab in range(self.tabs.count() - 1):
            self.tabs.setTabVisible(tab, False)  # noqa: FBT003 - Qt's own signature
        self.problems.clear()
        self.notices.clear()

    def _name_tab(self, view: QWidget, title: str, number: int) -> None:
        """Say how many there are; without any, no tab."""
        tab = self.tabs.indexOf(view)
        self.tabs.setTabText(tab, title.format(number=words.grouped(number)))
        self.tabs.setTabVisible(tab, number > 0)

    def _label(self) -> QLabel:
        label = QLabel(self)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        return label

    def _button(self, text: str, icon: str, clicked: SignalInstance) -> QPushButton:
        button = QPushButton(text, self)
        icons.put_on(button, icon)
        button.setAutoDefault(True)
        button.clicked.connect(clicked)
        return button

    def _lay_out(self) -> None:
        tabs = (
            (self.problems, "alert-octagon", self.tr("Problems")),
            (self.rows, "check-circle", self.tr("New batches")),
            (self.notices, "information", self.tr("Notices")),
            (self.mapping, "table-column", self.tr("Columns")),
        )
        for view, icon, title in tabs:
            self.tabs.addTab(view, icons.icon(icon), title)
        buttons = QWidget(self)
        flow = FlowLayout(theme.step(self, 2), buttons)
        for button in (self.accept, self.again, self.dismiss):
            flow.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.step(self, 2))
        layout.addWidget(self._summary)
        layout.addWidget(self._understood)
        layout.addWidget(self.tabs, 1)
        layout.addWidget(buttons)


def came_of(result: FileResult) -> str:
    """Return what came of a list."""
    parts = [
        _tr("{batches} from {file} came in.").format(
            batches=words.counted(result.written, "batch", "batches"), file=result.file
        )
    ]
    if result.known:
        parts.append(_tr("{number} were known already.").format(number=words.grouped(result.known)))
    if result.problems:
        rows = words.counted(len(result.problems), "row", "rows")
        parts.append(_tr("{rows} with problems stayed out.").format(rows=rows))
    return " ".join(parts)


def _sentence(preview: Preview) -> str:
    new = words.counted(preview.new, "new batch", "new batches")
    parts = [_tr("{file}: {new}").format(file=preview.file, new=new)]
    if preview.known:
        parts.append(_tr("{number} known already").format(number=words.grouped(preview.known)))
    if preview.problems:
        parts.append(words.counted(len(preview.problems), "row with a problem", "rows with problems"))
    nothing = _tr(" There is nothing to import.") if not preview.new else ""
    return f"{', '.join(parts)}.{nothing}"
