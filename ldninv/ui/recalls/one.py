"""One recall: what it reached, whom to call, what has come back, and its end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from ldninv.domain.entries import Posted
from ldninv.domain.signs import Tone
from ldninv.services import recall
from ldninv.services.context import Context
from ldninv.services.recalled import Opened
from ldninv.ui import papers, theme, words
from ldninv.ui.acting.fields import ActionButton
from ldninv.ui.acting.form import Outcome
from ldninv.ui.acting.slot import FormSlot
from ldninv.ui.banner import Banner
from ldninv.ui.blank import Blank
from ldninv.ui.card_parts import Said
from ldninv.ui.flow import FlowLayout
from ldninv.ui.jobs import Jobs
from ldninv.ui.news import News
from ldninv.ui.pages import scrolling
from ldninv.ui.paper_panel import PaperPanel, over
from ldninv.ui.pill import Pill
from ldninv.ui.recalls import tables
from ldninv.ui.recalls.close import CLOSE, TAKE_BACK, CloseForm, EndForm, TakeBackForm
from ldninv.ui.table import Column, RowTableModel
from ldninv.ui.table_view import TableView


class OneRecall(QWidget):
    """Facts and tables; the form that ends it takes the place of the tables."""

    left = Signal()
    """The others are to be shown."""
    lot_asked = Signal(str)

    def __init__(
        self, context: Context, news: News, jobs: Jobs, memory: QSettings, banner: Banner, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._context, self._news, self._jobs, self._memory, self._banner = context, news, jobs, memory, banner
        self.opened: Opened | None = None
        self._whole: dict[int, str] | None = None
        self.papers: PaperPanel | None = None
        self.sign = Pill(tables.OPEN, self)
        self.title = Said(self, 1.4, bold=True)
        self.about = Said(self)
        self.tally = Said(self)
        self.call = ActionButton(self.tr("Call list…"), "phone", self, first=True)
        self.close_it = ActionButton(self.tr("Close…"), CLOSE.icon, self)
        self.take_back = ActionButton(self.tr("Take back…"), TAKE_BACK.icon, self)
        self.show_rx = ActionButton(self.tr("Show whole Rx numbers"), "eye", self)
        self.back = ActionButton(self.tr("All recalls"), "arrow-left", self)
        self.tabs = QTabWidget(self)
        self.batches = self._table(tables.titled(tables.BATCHES), self.tr("Batches of the recall"))
        self._views = QStackedWidget(self)
        self._slot: FormSlot[EndForm] = FormSlot()
        self._lay_out()
        self._connect()

    @property
    def form(self) -> EndForm | None:
        """The form that ends it, where it is open."""
        return self._slot.form

    def show_opened(self, opened: Opened) -> None:
        """Show a recall as it is now."""
        if self.opened is None or self.opened.recall.number != opened.recall.number:
            self._whole = None
            self.put_away()
        self.opened = opened
        found = opened.recall
        self.sign.show_sign(tables.sign(found))
        self.title.say(f"{self.tr('Recall')} {found.number}: {tables.what(found)}")
        lines = [f"{words.day(found.day)} · {found.by} · {found.reason}"]
        if found.closed is not None:
            back = found.closed.taken_back
            closed = self.tr("Taken back {when} by {by}: {note}") if back else self.tr("Closed {when} by {by}: {note}")
            lines.append(closed.format(when=words.moment(found.closed.at), by=found.closed.by, note=found.closed.note))
        self.about.say("\n".join((*lines, *opened.signatures)))
        self.tally.say(tables.told(opened.tally))
        self.close_it.setVisible(found.closed is None)
        self.take_back.setVisible(found.closed is None and found.day > self._context.today())
        self._show_tables(opened)

    def put_away(self) -> bool:
        """Put the form that ends it away, and return whether there was one."""
        if not self._slot.put_away():
            return False
        self._views.setCurrentIndex(0)
        self._bar.show()
        self.call.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def ask_close(self) -> None:
        """Open the form that closes it."""
        self._ask(CloseForm)

    def ask_take_back(self) -> None:
        """Open the form that takes it back."""
        self._ask(TakeBackForm)

    def show_list(self) -> None:
        """Show the call list as it is printed."""
        if self.opened is None:
            return
        self.papers = over(self.papers, self._news, self._jobs, self._memory, self)
        self.papers.show_paper(papers.call_list(self._context, self.opened, whole=self._whole is not None))

    def reveal(self) -> None:
        """Show the prescription numbers whole; the trail notes who looked (R29)."""
        if self.opened is None:
            return
        with self._banner.calm(self.reveal):
            self._whole = recall.prescriptions(self._context, self.opened.recall.number)
            self._show_tables(self.opened)
            self.tabs.setCurrentIndex(1)
            self._banner.tell(self.tr("The trail notes that you looked at the whole numbers."), Tone.QUIET)

    def _ask(self, form: Callable[[Context, Opened, QWidget], EndForm]) -> None:
        if self.opened is None or self.form is not None or self.opened.recall.closed is not None:
            return
        with self._banner.calm(lambda: self._ask(form)):
            made = form(self._context, self.opened, self._beneath)
            self._bar.hide()
            self._views.setCurrentIndex(1)
            self._slot.put(made, left=self.put_away, acted=self._closed)

    def _closed(self, outcome: Outcome) -> None:
        self.put_away()
        self._banner.tell(outcome.text, outcome.tone)
        self._news.changed.emit(outcome.changed)

    def _show_tables(self, opened: Opened) -> None:
        self.batches.rows.show_rows(opened.reached)
        numbers = self._whole if self._whole is not None else opened.rx
        self.show_rx.setVisible(bool(opened.rx) and self._whole is None)
        held, there = self.tabs.currentIndex(), self.tabs.widget(1)
        if there is not None:
            self.tabs.removeTab(1)
            there.deleteLater()
        self.tabs.addTab(self._supplies(opened.dispensings, tables.supplies(numbers)), "")
        self.tabs.setCurrentIndex(max(0, held))
        tally = opened.tally
        self.tabs.setTabText(0, f"{self.tr('Batches')} ({words.grouped(tally.batches)})")
        self.tabs.setTabText(1, f"{self.tr('Dispensed')} ({words.grouped(tally.supplies)})")

    def _supplies(self, rows: list[Posted], columns: tuple[Column[Posted], ...]) -> QWidget:
        if not rows:
            nothing = Blank("check-circle", self)
            nothing.say(self.tr("Nothing of it was dispensed"), self.tr("Nobody has to be called."))
            return nothing
        table = self._table(columns, self.tr("Dispensed supplies of the recall"))
        table.rows.show_rows(rows)
        table.activated.connect(lambda index: self.lot_asked.emit(rows[index.row()].lot))
        return table

    def _table(self, columns: tuple[Column[Any], ...], name: str) -> TableView:
        model = RowTableModel(columns)
        table = TableView(model, name, self)
        model.setParent(table)
        return table

    def _open_batch(self, number: int) -> None:
        if self.opened is not None:
            self.lot_asked.emit(self.opened.reached[number].kept.batch.lot)

    def _connect(self) -> None:
        acts: tuple[tuple[ActionButton, Callable[[], object]], ...] = (
            (self.call, self.show_list),
            (self.close_it, self.ask_close),
            (self.take_back, self.ask_take_back),
            (self.show_rx, self.reveal),
            (self.back, self.left.emit),
        )
        for button, act in acts:
            button.clicked.connect(lambda _checked=False, act=act: act())
        self.batches.activated.connect(lambda index: self._open_batch(index.row()))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.step(self, 2))
        head.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.title, 1)
        self._bar = QWidget(self)
        flow = FlowLayout(theme.step(self, 1), self._bar)
        for button in (self.call, self.close_it, self.take_back, self.show_rx, self.back):
            flow.addWidget(button)
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName(self.tr("What the recall reached"))
        self.tabs.addTab(self.batches, self.tr("Batches"))
        self._beneath = QWidget(self)
        self._beneath.setBackgroundRole(QPalette.ColorRole.Window)
        beneath = QVBoxLayout(self._beneath)
        beneath.setContentsMargins(0, 0, theme.step(self, 1), 0)
        beneath.addLayout(self._slot)
        beneath.addStretch(1)
        self._views.addWidget(self.tabs)
        self._views.addWidget(scrolling(self._beneath, self.tr("How it is closed"), self))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.step(self, 2), 0, 0)
        layout.setSpacing(theme.step(self, 2))
        layout.addLayout(head)
        for part in (self.about, self.tally, self._bar):
            layout.addWidget(part)
        layout.addWidget(self._views, 1)
