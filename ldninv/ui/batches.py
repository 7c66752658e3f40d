"""The Batches page: its search box also takes a scan, and answers it with the card of a batch, or in a line."""

from __future__ import annotations

from PySide6.QtCore import QSettings, Signal
from PySide6.QtWidgets import QWidget

from ldninv.domain.signs import UNKNOWN, UNREADABLE, Sign, Tone
from ldninv.services import batches, lookup
from ldninv.services.context import Context
from ldninv.ui import words
from ldninv.ui.batches_view import BatchesView
from ldninv.ui.filters import EVERYTHING, IN_STOCK
from ldninv.ui.jobs import Jobs
from ldninv.ui.news import News
from ldninv.ui.scanner import says


class BatchesPage(BatchesView):
    """Takes what a scanner sends, or a person enters, on top of what it shows."""

    way_on_asked = Signal(object)
    """Carries an `Answer` that names no batch: it is to be said what can be done with it."""

    def __init__(
        self, context: Context, news: News, jobs: Jobs, memory: QSettings, parent: QWidget | None = None
    ) -> None:
        super().__init__(context, news, jobs, memory, parent)
        self._told = False
        """Whether something was said of a scan that named no batch."""
        self.search.textEdited.connect(self._forget_scan)
        self.search.returnPressed.connect(lambda: self.enter(self.search.text()))

    def enter(self, text: str) -> None:
        """Take what a scanner or a person entered: a batch opens, anything else is answered in a line (R30)."""
        with self.banner.calm(lambda: self.enter(text)):
            answer = lookup.scan(self._context, text)
            if answer.card is not None:
                self._found(answer.card)
                if answer.warning is not None:
                    self.banner.tell(answer.warning)
            elif answer.error is not None:
                self._unread(answer.scan.text, answer.error)
            elif answer.kind is lookup.Kind.UNKNOWN and answer.warning is None:
                self._not_found(answer.scan.text)
            else:
                self.show_sign(*says.sign(answer))
                self.way_on_asked.emit(answer)

    def show_scanned(self, card: batches.Card, warning: str | None) -> bool:
        """Show a batch that was scanned; a form in which something stands stays, and offers it: False then."""
        if self.card.desk.offers_instead(card):
            return False
        self.banner.clear()
        self._open(card, scanned=True)
        if warning is not None:
            self.banner.tell(warning)
        return True

    def show_sign(self, sign: Sign, text: str) -> None:
        """Show the one word for a scan that names no batch: a card that was open must not pass for the answer."""
        if self.card.desk.form is None:
            self._told, self._chosen = True, []
            self.card.show_sign(sign, text)
            self._mark()
            self._make_room()

    def _found(self, card: batches.Card) -> None:
        self.banner.clear()
        self.search.clear()
        self._pause.stop()
        self._open(card, scanned=True)
        if self._filter not in {IN_STOCK, EVERYTHING} and card.kept.batch.id not in self.model.ids:
            self._choose(IN_STOCK if card.kept.stock.on_hand else EVERYTHING)
        elif self.question != self._answered:
            self.refresh()

    def _unread(self, text: str, why: str) -> None:
        """Say that a scan was misread; whatever card was open must not pass for the answer."""
        self._told, self._chosen = True, []
        self.card.show_sign(UNREADABLE, text)
        self.banner.tell(why)
        self.refresh()
        self._mark()
        self.search.selectAll()

    def _forget_scan(self) -> None:
        """Put away what was said of the last scan, once something else is typed."""
        if self._told:
            self._told = False
            self.banner.clear()
        if self.card.opened and self.card.card is None and not self._chosen:
            self.card.show_card(None)
            self._make_room()

    def _not_found(self, text: str) -> None:
        self._told, self._chosen = True, []
        self.card.show_card(None)
        self.refresh()
        shown = len(self.model.ids)
        if shown:
            found = words.counted(shown, "batch contains", "batches contain")
            says = self.tr("No batch is called “{text}”. {found} it.").format(text=text, found=found)
            self.banner.tell(says, Tone.QUIET)
            return
        self.card.show_sign(UNKNOWN, text)
        bring = (self.tr("Import a list"), self.import_asked.emit)
        if self._more_elsewhere:
            found = words.counted(self._bar.count_of(EVERYTHING) or 0, "batch contains", "batches contain")
            told = self.tr("No batch is called “{text}”. {found} it, none of them under “{filter}”.")
            says = told.format(text=text, found=found, filter=self._filter.sign.word)
            ways = [(self.tr("Search in all batches"), lambda: self._choose(EVERYTHING)), bring]
        else:
            says, ways = self.tr("Nothing here is called “{text}”.").format(text=text), [bring]
        self.banner.tell(says, actions=ways)
        self._make_room()
        self.search.selectAll()
