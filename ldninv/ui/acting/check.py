"""Looking at a batch: counted, released after its checks, or put into quarantine (R8, R10)."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtWidgets import QWidget

from ldninv.domain.quality import Checks
from ldninv.domain.quantities import weights
from ldninv.domain.refusal import Refused
from ldninv.services import ledger
from ldninv.services.batches import Card
from ldninv.services.context import Context
from ldninv.ui.acting import words
from ldninv.ui.acting.actions import COUNT, QUARANTINE, RELEASE
from ldninv.ui.acting.fields import Field, NumberField, ReasonField
from ldninv.ui.acting.form import Form, Outcome, outcome_of


class CountForm(Form):
    """How many stand there; the difference is said before it is kept."""

    def __init__(self, context: Context, card: Card, parent: QWidget) -> None:
        super().__init__(context, COUNT, f"{COUNT.word} {card.kept.batch.lot}", parent)
        self.card = card
        self.found = NumberField(self.tr("Capsules found"), self)
        self.add(self.tr("Capsules found"), self.found)
        self.fields.addWidget(self.says)
        self.reason = ReasonField(words.COUNT_REASONS, self.tr("Reason"), self)
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


class ReleaseForm(Form):
    """Appearance, yield and weights; what is missing is named before."""

    def __init__(self, context: Context, card: Card, parent: QWidget) -> None:
        super().__init__(context, RELEASE, f"{RELEASE.word} {card.kept.batch.lot}", parent)
        self.card = card
        self.appearance = ReasonField((words.AS_EXPECTED,), self.tr("Appearance"), self)
        self.yielded = NumberField(self.tr("Yield, capsules"), self, card.kept.batch.made)
        self.weights = Field(parent=self)
        self.weights.setPlaceholderText("251, 249, 250")
        self.add(self.tr("Appearance"), self.appearance)
        self.add(self.tr("Yield, capsules"), self.yielded)
        self.add(self.tr("Weights of capsules, mg"), self.weights)
        self.fields.addWidget(self.says)
        self.appearance.changed.connect(self.look)
        for field in (self.yielded, self.weights):
            field.textChanged.connect(lambda _text: self.look())
        self.look()

    def start(self) -> QWidget:
        """Return the appearance."""
        return self.appearance

    def mend(self) -> QWidget:
        """Return the field that holds what cannot be."""
        for field, read in ((self.yielded, self._yield), (self.weights, self._weights)):
            try:
                read()
            except Refused:
                return field
        return self.appearance

    def reread(self, card: Card) -> None:
        """Take the batch as it is now."""
        self.card = card

    def look(self) -> None:
        """Name the checks that are missing."""
        try:
            says = words.missing(self._checks())
        except Refused as why:
            says = str(why)
        self.say(says)

    def act(self) -> Outcome:
        """Release it."""
        return outcome_of(ledger.release(self.context, self.card.kept.batch.lot, self._checks()))

    def _checks(self) -> Checks:
        seen = self.appearance.text.strip()
        appearance = words.reason(seen, self.tr("say how they look")) if seen else None
        return Checks(appearance=appearance, yielded=self._yield(), weights_mg=self._weights())

    def _yield(self) -> int | None:
        return words.number(self.yielded.text(), self.tr("capsules")) if self.yielded.text().strip() else None

    def _weights(self) -> tuple[Decimal, ...]:
        return weights(self.weights.text())


class QuarantineForm(Form):
    """Why it must not be dispensed for now."""

    def __init__(self, context: Context, card: Card, parent: QWidget) -> None:
        super().__init__(context, QUARANTINE, f"Put {card.kept.batch.lot} into quarantine", parent)
        self.card = card
        self.reason = ReasonField(words.QUARANTINE_REASONS, self.tr("Reason"), self)
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
