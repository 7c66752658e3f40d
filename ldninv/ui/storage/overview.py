"""All places as they are now, and below them the one in hand: at first the one that most needs somebody."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import tzinfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from ldninv.services.context import Context
from ldninv.services.storage.places_now import PlaceNow
from ldninv.ui import theme
from ldninv.ui.jobs import Jobs
from ldninv.ui.pages import scrolling
from ldninv.ui.reading import Reading
from ldninv.ui.storage import at_hand, columns, signs
from ldninv.ui.storage.at_hand import AtHand
from ldninv.ui.table import RowTableModel
from ldninv.ui.table_view import TableView

_FEWEST = 4
"""Places that are seen at once, however low the window."""
_SHARE = 0.5
"""Of the height that a long list of places takes."""


class Overview(QWidget):
    """A row that is gone to is shown below; Enter or a double click opens it."""

    opened = Signal(str)
    """Carries the place that is to be opened."""
    failed = Signal(object)
    """Carries why the place in hand could not be read."""

    def __init__(self, context: Context, jobs: Jobs, zone: Callable[[PlaceNow], tzinfo], parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._zone = context, zone
        self._reading = Reading(jobs, self._look, self)
        self.model: RowTableModel[PlaceNow] = RowTableModel(columns.places(context.today, zone), parent=self)
        self.table = TableView(self.model, self.tr("Places"), self)
        self.in_hand = AtHand(self)
        self.in_hand.setBackgroundRole(QPalette.ColorRole.Window)
        self.splitter = QSplitter(Qt.Orientation.Vertical, self)
        self.splitter.addWidget(self.table)
        self.splitter.addWidget(scrolling(self.in_hand, self.in_hand.accessibleName(), self, sideways=True))
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(theme.step(self, 2))
        self._moved = False
        self.splitter.splitterMoved.connect(lambda *_: self._keep_moved())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.splitter)
        self.in_hand.hide()
        self.table.activated.connect(lambda index: self._open(index.row()))
        self.table.chosen.connect(lambda _row: self._look())
        self.in_hand.opened.connect(lambda: self.opened.emit(self.in_hand.place))

    @property
    def busy(self) -> bool:
        """Whether the place in hand is still read."""
        return self._reading.busy

    def show_places(self, found: Sequence[PlaceNow]) -> None:
        """Show the places as they are now; the first time, the one that most needs somebody is in hand."""
        with self.table.staying(same=True):
            self.model.show_rows(found, key=lambda each: each.place.name)
        self.table.widen_to(0, [each.place.name for each in found])
        self._share_out()
        if found and not self.table.currentIndex().isValid():
            today = self._context.today()
            worst = max(range(len(found)), key=lambda number: (signs.trouble(found[number], today), -number))
            self.table.selectRow(worst)
        else:
            self._look()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the height out anew, until a person does."""
        super().resizeEvent(event)
        self._share_out()

    def _look(self) -> None:
        """Read the place in hand on a worker; of many that are passed by only the last one."""
        now = self._row()
        if now is None:
            self.in_hand.hide()
            return
        zone = self._zone(now)
        self._reading.start(lambda: at_hand.read(self._context, now, zone), self._show, self.failed.emit)

    def _show(self, found: at_hand.InHand) -> None:
        now = self._row()
        if now is not None and now.place.name == found.now.place.name:
            self.in_hand.show_found(found)
            self.in_hand.show()

    def _row(self) -> PlaceNow | None:
        index = self.table.currentIndex()
        return self.model.row(index.row()) if index.isValid() else None

    def _open(self, number: int) -> None:
        row = self.model.row(number)
        if row is not None:
            self.opened.emit(row.place.name)

    def _keep_moved(self) -> None:
        self._moved = True

    def _share_out(self) -> None:
        """Give the list as much as its places take, and the place in hand what is left."""
        if self._moved or not self.height():
            return
        row = self.table.verticalHeader().defaultSectionSize()
        head = self.table.horizontalHeader().height() + 2 * self.table.frameWidth() + theme.step(self, 1)
        wanted = head + len(self.model.ids) * row
        listed = min(wanted, max(head + _FEWEST * row, round(self.height() * _SHARE)))
        self.splitter.setSizes([listed, max(1, self.height() - listed)])
