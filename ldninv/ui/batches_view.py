"""What the Batches page shows: the search box, filters with counts, the list, and the card of one batch."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSettings, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QSplitter, QWidget

from ldninv.domain.question import Question, Sort
from ldninv.services import batches
from ldninv.services.context import Change, Context
from ldninv.ui import batch_table, theme
from ldninv.ui.acting import actions
from ldninv.ui.batch_list import MANY, BatchList
from ldninv.ui.card import CardView
from ldninv.ui.chip_bar import ChipBar
from ldninv.ui.columns_menu import ColumnsButton
from ldninv.ui.filters import EVERYTHING, IN_STOCK, Filter
from ldninv.ui.jobs import Jobs
from ldninv.ui.list_or_not import ListOrNot
from ldninv.ui.news import News
from ldninv.ui.pages import Page, column
from ldninv.ui.search_box import SearchBox
from ldninv.ui.shortcuts import Shortcut

_PAUSE_MS = 60
"""After a key, before the list follows: a scanner's keys come faster and ask once."""

_BESIDE = 138
"""Average letters of width from which list and card stand side by side."""


class BatchesView(Page):
    """Opens with what is in stock, earliest expiry first: what is expired or about to be stands on top."""

    concerns = Change.BATCHES | Change.LEDGER | Change.PLACES | Change.SETTINGS
    shortcuts = (
        *(Shortcut(each.keys, each.word) for each in (*actions.ALL, *actions.ELSEWHERE)),
        Shortcut(actions.MORE, "What else can be done with the batch"),
        Shortcut("Shift+↑ ↓, Ctrl+A", "In the list: choose several batches, or all"),
        Shortcut("Ctrl+C", "In the list: copy the chosen batches as text"),
        Shortcut("Home, End", "In the list: go to the first or last batch"),
        Shortcut("Ctrl+Shift+← →", "In the list: make the column in hand narrower or wider"),
        Shortcut("Alt+Shift+← →", "In the list: move the column in hand"),
        Shortcut("Ctrl+P", "Print the batch record"),
        Shortcut("Ctrl+Z", "Take back what was done last"),
        Shortcut("Enter", "Confirm the form; in the search, look up what was scanned"),
    )

    import_asked = Signal()
    """The person wants to bring in a list."""
    recall_asked = Signal(object, object)
    """Carries what of a batch can be recalled, and what is meant of it (`Subject`s)."""
    label_asked = Signal(str)
    """Carries the lot of a batch whose labels are to be shown."""

    def __init__(
        self, context: Context, news: News, jobs: Jobs, memory: QSettings, parent: QWidget | None = None
    ) -> None:
        super().__init__(news, parent)
        self._context = context
        self._memory = memory
        self._filter = IN_STOCK
        self._empty = False
        self._answered: Question | None = None
        self._chosen: list[int] = []
        self.search = SearchBox(self)
        self._bar = ChipBar(self)
        self.chips = self._bar.chips
        self.table = BatchList(context, jobs, self.banner, self)
        self.model = self.table.batches
        self.columns = ColumnsButton(self.table, self)
        self.card = CardView(context, news, jobs, memory, self)
        self.desk = self.card.desk
        self._lists = ListOrNot(self.table, self)
        self.nothing, self.first = self._lists.nothing, self._lists.first
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._lay_out()
        self._connect()

    @property
    def question(self) -> Question:
        """What the list answers now."""
        by = self._filter.question
        return replace(by, text=self.search.text(), sort=self.table.sort, descending=self.table.descending)

    def refresh(self) -> None:
        """Ask again for counts, list and card."""
        self._pause.stop()
        with self.banner.calm(self.refresh):
            self._answered = self.question
            answer = self.table.ask(self._filter, self.question)
            self._bar.show_counts(answer.counts)
            self._show_list(answer.ever)
            self._refresh_card()

    def look_for(self, text: str) -> None:
        """Search for a text."""
        self.search.setText(text)
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_lot(self, lot: str) -> None:
        """Show the card of a batch."""
        with self.banner.calm(lambda: self.open_lot(lot)):
            self._open(batches.card(self._context, lot))

    def show_only(self, wanted: Filter) -> None:
        """Show what a chip stands for, whatever was searched before."""
        with QSignalBlocker(self.search):
            self.search.clear()
        self.banner.clear()
        self._chosen = []
        self.card.show_card(None)
        self.table.clearSelection()
        self._choose(wanted)

    def aside(self) -> None:
        """Put away the form in hand, then the notice, then the search, then the card."""
        if self.card.leave():
            return
        if self.banner.text:
            self.banner.clear()
        elif self.search.text():
            self.search.clear()
        elif self.card.opened:
            self.close_card()
        self.search.setFocus()

    def close_card(self) -> None:
        """Put the card away."""
        self._chosen = []
        self.card.show_card(None)
        self.table.clearSelection()
        self._make_room()
        self.table.setFocus()

    def remember(self) -> None:
        """Keep widths for the next start."""
        self._memory.setValue("batches/splitter", self._splitter.saveState())
        self.table.remember(self._memory)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put list and card side by side, or one over the other."""
        super().resizeEvent(event)
        self._make_room()

    def _show_list(self, ever: int) -> None:
        """Show the list, or why there is none; `ever` is how many batches the database holds."""
        if len(self.model.ids):
            self._lists.show_list()
        elif ever:
            self._lists.show_nothing(
                self.search.text().strip(),
                self._filter.sign.word,
                elsewhere=self._more_elsewhere,
                stocked=self._filter is not IN_STOCK and bool(self._bar.count_of(IN_STOCK)),
            )
        else:
            self._lists.show_first()
        self._empty = ever == 0
        self._make_room()
        self._mark()

    @property
    def _more_elsewhere(self) -> bool:
        """Whether another filter would show something."""
        return self._filter is not EVERYTHING and bool(self._bar.count_of(EVERYTHING))

    def _refresh_card(self) -> None:
        if self._chosen:
            self._show_many()
        elif self.card.card is not None:
            self.card.show_card(batches.card(self._context, self.card.card.kept.batch.lot))

    def _bring_list(self, text: str) -> None:
        """Show the list that follows what is typed where the card covers it; a form in hand stays."""
        if text and not self._beside and self.card.opened and self.card.desk.form is None:
            self._chosen = []
            self.card.show_card(None)
            self._make_room()

    def _open(self, card: batches.Card, *, scanned: bool = False) -> None:
        self._chosen = []
        self.card.show_card(card, answer_first=scanned)
        self._make_room()

    def _follow_card(self) -> None:
        """Go to the row of the batch that is shown: after the answer, for a list of a million rows is read there."""
        self._mark()
        self.table.scrollTo(self.table.currentIndex())

    def _mark(self) -> None:
        """Select the row of the batch whose card is shown, where the list has it."""
        if self._chosen:
            return
        key = self.card.card.kept.batch.id if self.card.card is not None else 0
        with QSignalBlocker(self.table), QSignalBlocker(self.table.selectionModel()):
            self.table.select_only(key)

    def _selected(self) -> None:
        """Show what can be done with the selected rows, where they are several."""
        count, were = self.table.selected_count(), self._chosen
        self._chosen = self.table.selected_ids() if 1 < count <= MANY else []
        if self._chosen:
            self._show_many()
        elif count > MANY:
            self.table.say_too_many()
            self.card.show_card(None)
        elif were and count:
            self._row_chosen(self.table.currentIndex().row())

    def _show_many(self) -> None:
        """Show the selected batches together; they stay together when they leave the list."""
        with self.banner.calm(self._show_many):
            rows = batch_table.listed(self._context, self._chosen)
            self.card.show_many([(row.kept, row.now) for row in rows])
            self._make_room()

    def _row_chosen(self, number: int) -> None:
        """Follow the row in hand with the card, unless the card would hide the list."""
        if self._beside and self.table.selected_count() <= 1:
            self._open_row(number)

    def _open_row(self, number: int) -> None:
        row = self.model.row(number)
        shown = self.card.card
        if row is not None and (shown is None or shown.kept.batch.id != row.kept.batch.id):
            self.open_lot(row.kept.batch.lot)

    @property
    def _beside(self) -> bool:
        """Whether list and card fit side by side."""
        return self.width() >= theme.letters(self, _BESIDE)

    def _choose(self, wanted: Filter) -> None:
        self._bar.check(wanted)
        self._filter = wanted
        self.refresh()

    def _sort_by(self, sort: object, descending: bool) -> None:  # noqa: FBT001 - a slot
        self.table.sort, self.table.descending = Sort(str(sort)), descending
        self.refresh()

    def _make_room(self) -> None:
        """Show list and card side by side where both fit, else the one in hand; the filters go with the list."""
        opened, listed = self.card.opened, self._beside or not self.card.opened or self._empty
        self.card.setVisible(not self._empty and (self._beside or opened))
        self._lists.setVisible(listed)
        self._bar.setVisible(listed and not self._empty)

    def _lay_out(self) -> None:
        self._bar.add(self.columns)
        self._splitter.addWidget(self._lists)
        self._splitter.addWidget(self.card)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setMinimumWidth(1)  # where both have no room, the one in hand is shown
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setHandleWidth(theme.step(self, 2))
        self._splitter.setSizes([theme.letters(self, 122), theme.letters(self, 56)])
        layout = column(self)
        for part in (self.search, self._bar, self.banner):
            layout.addWidget(part)
        layout.addWidget(self._splitter, 1)

    def _connect(self) -> None:
        self._pause.timeout.connect(self.refresh)
        self.search.textChanged.connect(self._pause.start)
        self.search.textChanged.connect(self._bring_list)
        self.search.left_down.connect(self.table.setFocus)
        self._bar.asked.connect(self._choose)
        self.table.chosen.connect(self._row_chosen)
        self.table.selected.connect(self._selected)
        self.table.changed.connect(self.look_again)
        self.table.clicked.connect(lambda index: self._open_row(index.row()))
        self.table.activated.connect(lambda index: self._open_row(index.row()))
        self.table.sort_asked.connect(self._sort_by)
        self._lists.everywhere_asked.connect(lambda: self._choose(EVERYTHING))
        self._lists.stock_asked.connect(lambda: self._choose(IN_STOCK))
        self._lists.import_asked.connect(self.import_asked)
        self.card.closed.connect(self.close_card)
        self.card.completed.connect(self._follow_card)
        QShortcut(QKeySequence("Ctrl+P"), self, self.card.ways.show_record)
        self.card.lot_asked.connect(self.open_lot)
        self.card.recall_asked.connect(self.recall_asked)
        self.card.label_asked.connect(self.label_asked)
        self.model.failed.connect(lambda why: self.banner.tell_error(why, self.refresh))
        state = self._memory.value("batches/splitter")
        if state is not None:
            self._splitter.restoreState(state)
        self.table.recall(self._memory)
