"""The lists of the Components page: all component lots, and what codes stand for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from ldninv.domain.goods import Alias, Known
from ldninv.ui import theme
from ldninv.ui.acting.fields import ActionButton
from ldninv.ui.blank import Blank
from ldninv.ui.flow import FlowLayout
from ldninv.ui.goods import lines, tables
from ldninv.ui.search_box import SearchLine


class LotList(QWidget):
    """Every component lot, the earliest date first."""

    receive_asked = Signal()
    codes_asked = Signal()
    opened = Signal(object)
    """Carries the `Known` of the row."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._all: Sequence[Known] | None = None
        self.shown: Sequence[Known] = ()
        """What is left of them under the text that is typed."""
        hint = self.tr("Find a component, lot or supplier – or scan its code")
        self.finding = SearchLine(hint, self.tr("Find a component lot"), self)
        self.table = tables.component_lots(self)
        self.receive = ActionButton(self.tr("Receive goods"), "package-down", self, first=True)
        self.receive.setToolTip(self.tr("Ctrl+G"))
        self.codes = ActionButton(self.tr("What codes stand for"), "link-variant", self)
        self.first = Blank("flask", self)
        self.first.say(
            self.tr("No component lots yet"),
            self.tr(
                "Scan the code of what comes in, or press “Receive goods”. Lots that batches are made with stand here."
            ),
        )
        self.none = Blank("magnify-close", self)
        self._count = QLabel(self)
        self._views = QStackedWidget(self)
        self._lay_out()
        self.finding.textChanged.connect(lambda _text: self._narrow())
        self.finding.left_down.connect(self._go_down)
        self.table.asked.connect(lambda row: self.opened.emit(self.shown[row]))
        self.table.clicked.connect(lambda index: self.opened.emit(self.shown[index.row()]))
        self.receive.clicked.connect(lambda _checked=False: self.receive_asked.emit())
        self.codes.clicked.connect(lambda _checked=False: self.codes_asked.emit())
        QShortcut(
            QKeySequence("Ctrl+G"), parent, self.receive_asked.emit,
            context=Qt.ShortcutContext.WidgetWithChildrenShortcut,
        )  # fmt: skip

    def show_rows(self, rows: Sequence[Known]) -> None:
        """Show other component lots; the one in hand stays in hand wherever it stands now."""
        if rows == self._all:
            return
        self._all = rows
        self._narrow()

    def start(self) -> QWidget:
        """Return where the focus goes."""
        return self.receive if self._all == [] else self.finding

    def _narrow(self) -> None:
        if self._all is None:
            return
        self.shown = lines.fitting(self._all, self.finding.text())
        with self.table.staying(same=True):
            self.table.rows.show_rows(self.shown, lines.key)
        self._count.setText(lines.summary(self.shown))
        self.none.say(self.tr("Nothing contains “{text}”").format(text=self.finding.text().strip()), "")
        self._views.setCurrentWidget(self.table if self.shown else self.none if self._all else self.first)
        left = self.finding.hasFocus() and not self._all
        self.finding.setVisible(bool(self._all))
        self._count.setVisible(bool(self.shown))
        if left:
            self.receive.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_down(self) -> None:
        if self.shown:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            self.table.selectRow(0)

    def _lay_out(self) -> None:
        for view in (self.table, self.none, self.first):
            self._views.addWidget(view)
        buttons = QWidget(self)
        flow = FlowLayout(theme.step(self, 2), buttons)
        flow.addWidget(self.receive)
        flow.addWidget(self.codes)
        ways = QHBoxLayout()
        ways.addWidget(buttons, 1)
        ways.addWidget(self._count, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.step(self, 2))
        layout.addWidget(self.finding)
        layout.addLayout(ways)
        layout.addWidget(self._views, 1)


class CodeList(QWidget):
    """Barcodes and texts, each with what it stands for."""

    link_asked = Signal()
    unlink_asked = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._shown: Sequence[Alias] = ()
        self.table = tables.codes(self)
        self.link = ActionButton(self.tr("Link a code or text"), "link-variant", self, first=True)
        self.unlink = ActionButton(self.tr("Take away"), "link-variant-remove", self)
        self.back = ActionButton(self.tr("All component lots"), "arrow-left", self)
        self.nothing = Blank("link-variant", self)
        self.nothing.say(
            self.tr("No code stands for anything yet"),
            self.tr(
                "A product's barcode is remembered when its goods are first received. Any other text, such as one of "
                "an old label, can stand for a component or a batch."
            ),
        )
        self._views = QStackedWidget(self)
        self._lay_out()
        self.link.clicked.connect(lambda _checked=False: self.link_asked.emit())
        self.unlink.clicked.connect(lambda _checked=False: self._take_away())
        self.back.clicked.connect(lambda _checked=False: self.left.emit())
        self.table.selected.connect(lambda: self.unlink.setEnabled(self.table.currentIndex().isValid()))

    def show_rows(self, rows: Sequence[Alias]) -> None:
        """Show other codes; the one in hand stays in hand, and none takes its place."""
        self._shown = rows
        with self.table.staying(same=True):
            self.table.rows.show_rows(rows, lambda row: row.text)
        self._views.setCurrentWidget(self.table if rows else self.nothing)
        self.unlink.setVisible(bool(rows))
        self.unlink.setEnabled(self.table.currentIndex().isValid())

    def start(self) -> QWidget:
        """Return where the focus goes."""
        return self.table if self._shown else self.link

    def _take_away(self) -> None:
        row = self.table.currentIndex().row()
        if 0 <= row < len(self._shown):
            self.unlink_asked.emit(self._shown[row].text)

    def _lay_out(self) -> None:
        for view in (self.table, self.nothing):
            self._views.addWidget(view)
        ways = QWidget(self)
        flow = FlowLayout(theme.step(self, 2), ways)
        for button in (self.link, self.unlink, self.back):
            flow.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.step(self, 2))
        layout.addWidget(ways)
        layout.addWidget(self._views, 1)
