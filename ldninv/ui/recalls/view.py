"""The recalls: all of them, the form that begins one, or one with all that it reached."""

from __future__ import annotations

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ldninv.domain.recall import Recall
from ldninv.services import recall
from ldninv.services.context import Context
from ldninv.services.recalled import Opened
from ldninv.services.recalling import Subject
from ldninv.ui import theme
from ldninv.ui.acting.fields import ActionButton
from ldninv.ui.acting.form import Outcome
from ldninv.ui.acting.slot import FormSlot
from ldninv.ui.banner import Banner
from ldninv.ui.blank import Blank
from ldninv.ui.jobs import Jobs
from ldninv.ui.news import News
from ldninv.ui.pages import scrolling
from ldninv.ui.recalls import tables
from ldninv.ui.recalls.begin import BeginForm
from ldninv.ui.recalls.one import OneRecall
from ldninv.ui.table import RowTableModel
from ldninv.ui.table_view import TableView


class Recalls(QStackedWidget):
    """Shows one of the three; Esc goes back to the list of all."""

    lot_asked = Signal(str)

    def __init__(
        self, context: Context, news: News, jobs: Jobs, memory: QSettings, banner: Banner, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._context, self._news, self._banner = context, news, banner
        self._known: tuple[Recall, ...] = ()
        self.model: RowTableModel[Recall] = RowTableModel(tables.titled(tables.RECALLS), parent=self)
        self.table = TableView(self.model, self.tr("Recalls"), self)
        self.begin = ActionButton(self.tr("Recall a lot…"), "bullhorn", self, first=True)
        self.nothing = Blank("bullhorn", self)
        self.one = OneRecall(context, news, jobs, memory, banner, self)
        self._lists = QStackedWidget(self)
        self._slot: FormSlot[BeginForm] = FormSlot()
        self._lay_out()
        self._connect()

    @property
    def form(self) -> BeginForm | None:
        """The form that begins a recall, where it is open."""
        return self._slot.form

    def refresh(self) -> None:
        """Read again what is seen."""
        with self._banner.calm(self.refresh):
            found = tuple(recall.recalls(self._context))
            if found != self._known or not self._lists.count():
                self._known = found
                with self.table.staying(same=True):
                    self.model.show_rows(found)
            self._lists.setCurrentIndex(0 if found else 1)
            self.begin.setVisible(bool(found))
            if self.currentWidget() is self.one and self.one.opened is not None:
                self.one.show_opened(recall.show(self._context, self.one.opened.recall.number))
            if self.form is not None:
                self.form.look()

    def show_all(self) -> None:
        """Show all recalls."""
        self._slot.put_away()
        self.setCurrentIndex(0)
        self.refresh()
        self.start().setFocus(Qt.FocusReason.OtherFocusReason)

    def show_number(self, number: int) -> None:
        """Show one recall."""
        with self._banner.calm(lambda: self.show_number(number)):
            self._show(recall.show(self._context, number))

    def ask(self, subjects: tuple[Subject, ...] = (), chosen: Subject | None = None) -> None:
        """Open the form that begins a recall, of one of `subjects` where they are known."""
        self._banner.clear()
        self._slot.put_away()
        with self._banner.calm(lambda: self.ask(subjects, chosen)):
            form = BeginForm(self._context, self._inside)
            if subjects:
                form.show_subjects(subjects, chosen)
            form.opened.connect(self._show)
            self.setCurrentWidget(self._area)
            self._slot.put(form, left=self.show_all, acted=self._acted)

    def aside(self) -> bool:
        """Go back by one, and return whether there was anything to leave."""
        if self.currentWidget() is self.one and self.one.put_away():
            return True
        if self.currentIndex() != 0:
            self.show_all()
            return True
        return False

    def start(self) -> QWidget:
        """Return what the focus goes to first."""
        return self.table if self._known else self.nothing.offers[0]

    def _show(self, opened: Opened) -> None:
        self._slot.put_away()
        self.one.show_opened(opened)
        self.setCurrentWidget(self.one)
        self.one.call.setFocus(Qt.FocusReason.OtherFocusReason)

    def _acted(self, outcome: Outcome) -> None:
        self._banner.tell(outcome.text, outcome.tone)
        self._news.changed.emit(outcome.changed)

    def _open(self, number: int) -> None:
        row = self.model.row(number)
        if row is not None:
            self.show_number(row.number)

    def _connect(self) -> None:
        self.begin.clicked.connect(lambda _checked=False: self.ask())
        self.table.activated.connect(lambda index: self._open(index.row()))
        self.table.clicked.connect(lambda index: self._open(index.row()))
        self.one.left.connect(self.show_all)
        self.one.lot_asked.connect(self.lot_asked)

    def _lay_out(self) -> None:
        self.nothing.say(
            self.tr("No recall yet"),
            self.tr("A recall blocks every batch with a lot at once, and lists who has to be called."),
        )
        self.nothing.offer(self.tr("Recall a lot…"), "bullhorn", self.ask)
        self._lists.addWidget(self.table)
        self._lists.addWidget(self.nothing)
        every = QWidget(self)
        column = QVBoxLayout(every)
        column.setContentsMargins(0, theme.step(self, 2), 0, 0)
        column.setSpacing(theme.step(self, 2))
        column.addWidget(self.begin, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._lists, 1)
        self._inside = QWidget(self)
        self._inside.setBackgroundRole(QPalette.ColorRole.Window)
        inside = QVBoxLayout(self._inside)
        inside.setContentsMargins(0, theme.step(self, 2), theme.step(self, 1), 0)
        inside.addLayout(self._slot)
        inside.addStretch(1)
        self._area = scrolling(self._inside, self.tr("What is recalled, and why"), self)
        for view in (every, self._area, self.one):
            self.addWidget(view)
