"""Where one goes from the batch card: its papers, its labels, a recall."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QSettings, Signal

from ldninv.domain.entries import Posted
from ldninv.services.batches import Card
from ldninv.services.context import Context
from ldninv.services.recalling import Subject, of_batch
from ldninv.ui import papers
from ldninv.ui.acting.actions import CERTIFICATES, DOSSIER, LABEL, Action
from ldninv.ui.acting.desk import Desk
from ldninv.ui.jobs import Jobs
from ldninv.ui.news import News
from ldninv.ui.paper_panel import PaperPanel, Printable, over


class CardWays(QObject):
    """Leads on from what the card shows; where that is no batch, nowhere."""

    label_asked = Signal(str)
    """The labels of a batch are to be shown, by its lot."""
    recall_asked = Signal(object, object)
    """Carries the `Subject`s of the batch, and the one that is to be recalled; None where that is open."""

    def __init__(
        self, context: Context, news: News, jobs: Jobs, memory: QSettings, desk: Desk, shown: Callable[[], Card | None]
    ) -> None:
        super().__init__(desk)
        self._context, self._news, self._jobs, self._memory = context, news, jobs, memory
        self._desk, self._shown = desk, shown
        self.papers: PaperPanel | None = None

    def take(self, action: Action) -> None:
        """Take the way that an action names."""
        if action is DOSSIER:
            self.show_dossier()
        elif action is LABEL:
            self.ask_label()
        elif action is CERTIFICATES:
            self.show_certificates()
        else:
            self.recall(None)

    def show_record(self) -> None:
        """Show the batch record as it is printed."""
        card = self._shown()
        if card is not None and self._desk.form is None:
            self._show(papers.batch_record(self._context, card.kept.batch.lot))

    def show_dossier(self) -> None:
        """Show all that is known of the batch, as it is printed."""
        card = self._shown()
        if card is not None:
            self._show(papers.of_batch(self._context, card.kept.batch.lot))

    def show_certificate(self, posted: Posted) -> None:
        """Show the certificate of a disposal as it is printed."""
        self._show(papers.of_disposal(self._context, posted))

    def show_certificates(self) -> None:
        """Show one certificate of all that was disposed of, of the batch or of those that are chosen."""
        with self._desk.banner.calm():
            self._show(papers.of_disposals(self._context, self._desk.lots))

    def ask_label(self) -> None:
        """Ask for the labels of the batch."""
        card = self._shown()
        if card is not None:
            self.label_asked.emit(card.kept.batch.lot)

    def recall(self, chosen: Subject | None) -> None:
        """Ask to recall the batch, or a component's lot of it."""
        card = self._shown()
        if card is not None:
            subjects = of_batch(card.kept.batch)
            self.recall_asked.emit(subjects, chosen or subjects[0])

    def _show(self, asked: Printable) -> None:
        self.papers = over(self.papers, self._news, self._jobs, self._memory, self._desk)
        self.papers.show_paper(asked)
