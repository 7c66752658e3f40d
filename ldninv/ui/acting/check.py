"""Looking at a batch: counted, or put into quarantine (R8, R10)."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ldninv.domain.refusal import Refused
from ldninv.services import ledger
from ldninv.services.batches import Card
from ldninv.services.context import Context
from ldninv.ui.acting import reasons, words
from ldninv.ui.acting.actions import COUNT, QUARANTINE
from ldninv.ui.acting.fields import NumberField, ReasonField
from ldninv.ui.acting.form import Form, Outcome, outcome_of


class CountForm(Form):
    """How many stand there; the difference is said before it is kept."""

    def __init__(self, context: Context, card: Card, parent: QWidget) -> None:
        super().__init__(context, COUNT, f"{COUNT.word} {card.kept.batch.lot}", parent)
        self.card = card
        self.found = NumberField(self.tr("Capsules found"), self)
        self.add(self.tr("Capsules found"), self.found)
        self.fields.addWidget(self.says)
        self.reason = ReasonField(reasons.COUNT, self.tr("Reason"), self)
        self.add(self.tr("Why they differ"), self.reason)
        self.found.textChanged.connect(lambda _text: self.look())
        self.look()

    def start(self) -> QWidget:
        """Return the number."""
        return self.found

    def mend(self) -> QWidget:
        """Return the reason where more was found than was ever made, else the number."""
        try:
            more = self._number() > self.card.kept.batch.made
        except Refused:
            more = False
        return self.reason if more and not self.reason.text.strip() else self.found

    def reread(self, card: Card) -> None:
        """Take the batch as it is now."""
        self.card = card
        self.look()

    def look(self) -> None:
        """Say the difference."""
        booked = self.card.standing.on_hand
        try:
            says = words.counted(self._number(), booked)
        except Refused as why:
            says = str(why) if self.found.text().strip() else words.on_hand(booked)
        self.say(says)

    def act(self) -> Outcome:
        """Set the books to it."""
        number, reason = self._number(), self.reason.text.strip()
        said = words.reason(reason, self.tr("say why they differ")) if reason else None
        return outcome_of(ledger.count(self.context, self.card.kept.batch.lot, number, reason=said))

    def _number(self) -> int:
        return words.number(self.found.text(), self.tr("capsules"))


class QuarantineForm(Form):
    """Why it must not be dispensed for now."""

    def __init__(self, context: Context, card: Card, parent: QWidget) -> None:
        super().__init__(context, QUARANTINE, f"Put {card.kept.batch.lot} into quarantine", parent)
        self.card = card
        self.reason = ReasonField(reasons.QUARANTINE, self.tr("Reason"), self)
        self.add(self.tr("Reason"), self.reason)
        self.line(self.tr("It is not dispensed until somebody releases it. A release lifts it; there is no undo."))

    def start(self) -> QWidget:
        """Return the reason."""
        return self.reason

    def reread(self, card: Card) -> None:
        """Take the batch as it is now."""
        self.card = card

    def act(self) -> Outcome:
        """Put it there."""
        reason = words.reason(self.reason.text, self.tr("put a batch into quarantine"))
        return outcome_of(ledger.quarantine(self.context, self.card.kept.batch.lot, reason=reason))
