"""Capsules that come back, or leave without being dispensed: written off, sampled, disposed of (R9, R10, R13)."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from ldninv.domain.ledger import DisposalReason
from ldninv.domain.refusal import Refused
from ldninv.domain.signing import Meaning
from ldninv.domain.standing import State
from ldninv.services import ledger, people
from ldninv.services.batches import Card
from ldninv.services.context import Context
from ldninv.services.signing import Pen
from ldninv.ui.acting import reasons, words
from ldninv.ui.acting.actions import DISPOSE, RETURN, SAMPLE, WASTE, Action
from ldninv.ui.acting.fields import Choices, NumberField, ReasonField
from ldninv.ui.acting.form import Form, Outcome, outcome_of


class AwayForm(Form):
    """What both have: a number of capsules, and what would be left."""

    def __init__(self, context: Context, action: Action, title: str, card: Card, parent: QWidget) -> None:
        super().__init__(context, action, title, parent)
        self.card = card
        all_of_it = words.disposal_reason(card.standing) is not None
        self.capsules = NumberField(self.tr("Capsules"), self, card.standing.on_hand if all_of_it else None)
        self.add(self.tr("Capsules"), self.capsules)
        self.fields.addWidget(self.says)
        self.capsules.textChanged.connect(lambda _text: self.look())

    def start(self) -> QWidget:
        """Return the number."""
        return self.capsules

    def reread(self, card: Card) -> None:
        """Take the batch as it is now."""
        self.card = card
        self.look()

    def look(self) -> None:
        """Say what would be left."""
        try:
            says = words.remains(self.number(), self.card.standing.on_hand)
        except Refused as why:
            says = str(why) if self.capsules.text().strip() else words.on_hand(self.card.standing.on_hand)
        self.say(says)

    def number(self) -> int:
        """Return the number that was typed."""
        return words.number(self.capsules.text(), self.tr("capsules"))

    def wrong_number(self) -> bool:
        """Whether a refusal is about the number."""
        try:
            return not 0 < self.number() <= self.card.standing.on_hand
        except Refused:
            return True


class WasteForm(AwayForm):
    """Write off capsules: how many, and why."""

    def __init__(self, context: Context, card: Card, parent: QWidget) -> None:
        super().__init__(context, WASTE, f"{WASTE.word} capsules of {card.kept.batch.lot}", card, parent)
        self.reason = ReasonField(reasons.WASTE, self.tr("Reason"), self)
        self.add(self.tr("Reason"), self.reason)
        if card.standing.state is State.EXPIRED:
            self.reason.field.setText(reasons.EXPIRED)
        self.look()

    def mend(self) -> QWidget:
        """Return the number, or the reason where the number is right."""
        return self.capsules if self.wrong_number() else self.reason

    def act(self) -> Outcome:
        """Write them off."""
        number = self.number()
        reason = words.reason(self.reason.text, self.tr("write off capsules"))
        return outcome_of(ledger.waste(self.context, self.card.kept.batch.lot, number, reason=reason))


class SampleForm(AwayForm):
    """Take capsules for an assay: how many, and what for."""

    def __init__(self, context: Context, card: Card, parent: QWidget) -> None:
        super().__init__(context, SAMPLE, f"{SAMPLE.word} of {card.kept.batch.lot}", card, parent)
        self.capsules.clear()
        self.reason = ReasonField(reasons.SAMPLE, self.tr("What for"), self)
        self.add(self.tr("What for (may stay empty)"), self.reason)
        self.look()

    def act(self) -> Outcome:
        """Take them."""
        number, said = self.number(), self.reason.text.strip()
        reason = words.reason(said, self.tr("take a sample")) if said else None
        return outcome_of(ledger.sample(self.context, self.card.kept.batch.lot, number, reason=reason))


class ReturnForm(AwayForm):
    """Take capsules back that had left the house: they wait in quarantine, and are never dispensed again (R10)."""

    def __init__(self, context: Context, card: Card, parent: QWidget) -> None:
        super().__init__(context, RETURN, f"{RETURN.word} of {card.kept.batch.lot}", card, parent)
        self.capsules.clear()
        self.reason = ReasonField(reasons.RETURN, self.tr("Reason"), self)
        self.add(self.tr("Reason (may stay empty)"), self.reason)
        self.look()

    def look(self) -> None:
        """Say what becomes of them."""
        try:
            says = words.came_back(self.number(), self.card.standing.on_hand)
        except Refused as why:
            says = str(why) if self.capsules.text().strip() else words.NEVER_AGAIN
        self.say(says)

    def wrong_number(self) -> bool:
        """Whether a refusal is about the number."""
        return True

    def act(self) -> Outcome:
        """Take them back."""
        number, said = self.number(), self.reason.text.strip()
        reason = words.reason(said, self.tr("take capsules back")) if said else None
        return outcome_of(ledger.accept_return(self.context, self.card.kept.batch.lot, number, reason=reason))


class DisposeForm(AwayForm):
    """Dispose of capsules: how many, why, how, and who saw it."""

    def __init__(self, context: Context, card: Card, parent: QWidget) -> None:
        super().__init__(context, DISPOSE, f"{DISPOSE.word} of capsules of {card.kept.batch.lot}", card, parent)
        self.disposal = Disposal(self, card.kept.batch.lot)
        self.disposal.reasons.choose(words.disposal_reason(card.standing))
        self.look()

    def mend(self) -> QWidget:
        """Return the number, or the reasons where the number is right."""
        return self.capsules if self.wrong_number() else self.disposal.mend()

    def act(self) -> Outcome:
        """Dispose of them."""
        number = self.number()
        how = self.disposal.answers()
        lot = self.card.kept.batch.lot
        return outcome_of(
            ledger.dispose(
                self.context,
                lot,
                number,
                reason=how.reason,
                method=how.method,
                container=how.container,
                witness=how.witness,
                sign=how.pen,
            )
        )


@dataclass(frozen=True, slots=True)
class How:
    """What the fields of a disposal hold."""

    reason: DisposalReason
    method: str | None
    container: str | None
    witness: str | None
    pen: Pen | None
    """Who signs it; None while there are no people."""


class Disposal:
    """Reason, method, container and witness, in a form for one batch or for many (R13)."""

    def __init__(self, form: Form, about: str) -> None:
        self.reasons: Choices[DisposalReason] = Choices(reasons.DISPOSAL, form.tr("Reason"), form)
        self.method = ReasonField(reasons.METHODS, form.tr("Method"), form)
        self.container = ReasonField(reasons.CONTAINERS, form.tr("Container"), form)
        self._user = form.context.user
        self._others = [each.name for each in people.at_work(form.context) if each.name != self._user]
        self._asked = bool(self._others) and form.context.settings.witness_needed
        self.witness = ReasonField(self._others, form.tr("Witness"), form)
        form.add(form.tr("Reason"), self.reasons)
        form.add(form.tr("Method (may stay empty)"), self.method)
        form.add(form.tr("Container (may stay empty)"), self.container)
        asked = form.tr("Witness") if self._asked else form.tr("Witness (may stay empty)")
        form.add(asked, self.witness)
        self.signed = form.ask_signature(Meaning.DISPOSED, about)

    def mend(self) -> QWidget:
        """Return the field that a refusal points to."""
        saw = self.witness.text.strip().casefold()
        known = saw in {each.casefold() for each in self._others} if self._others else saw != self._user.casefold()
        wrong = not known if saw else self._asked
        return self.witness if wrong and self.reasons.value is not None else self.reasons.first()

    def answers(self) -> How:
        """Return what they hold.

        Raises:
            Refused: no reason is chosen, or who does it is named as the witness.
        """
        witness = self.witness.text.strip()
        if self.reasons.value is None:
            raise Refused("Why are they disposed of? Choose one of the reasons.")
        if witness and witness.casefold() == self._user.casefold():
            raise Refused(
                f"{self._user} does it and cannot be the witness too. Name another person, or leave it empty."
            )
        return How(
            reason=self.reasons.value,
            method=self.method.text.strip() or None,
            container=self.container.text.strip() or None,
            witness=witness or None,
            pen=self.signed.pen(),
        )
