"""What is decided of a whole batch: held, decided on, given an earlier date, rejected (R8, R18)."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from ldninv.domain.entries import Decision
from ldninv.domain.refusal import Refused
from ldninv.domain.signing import Meaning
from ldninv.services import standing
from ldninv.services.batches import Card
from ldninv.services.context import Context
from ldninv.ui import typed
from ldninv.ui.acting import reasons, words
from ldninv.ui.acting.actions import DECIDE, HOLD, REJECT, SHORTEN, Action
from ldninv.ui.acting.day import DayField
from ldninv.ui.acting.fields import Choices, ReasonField
from ldninv.ui.acting.form import Form, Outcome, outcome_of


class StandingForm(Form):
    """What these forms have in common: the batch, and a reason."""

    def __init__(self, context: Context, action: Action, title: str, card: Card, parent: QWidget) -> None:
        super().__init__(context, action, title, parent)
        self.card = card

    @property
    def lot(self) -> str:
        """The batch's lot."""
        return self.card.kept.batch.lot

    def ask_why(self, usual: tuple[str, ...]) -> ReasonField:
        """Add the reason, with the usual ones."""
        field = ReasonField(usual, self.tr("Reason"), self)
        self.add(self.tr("Reason"), field)
        return field

    def reread(self, card: Card) -> None:
        """Take the batch as it is now."""
        self.card = card
        self.look()


class HoldForm(StandingForm):
    """Why a pharmacist has to look at it first."""

    def __init__(self, context: Context, card: Card, parent: QWidget) -> None:
        super().__init__(context, HOLD, f"Put {card.kept.batch.lot} on hold", card, parent)
        self.reason = self.ask_why(reasons.HOLD)
        self.line(self.tr("It is not dispensed until a pharmacist decides: keep it, shorten its date, or discard it."))

    def start(self) -> QWidget:
        """Return the reason."""
        return self.reason

    def act(self) -> Outcome:
        """Put it on hold."""
        reason = words.reason(self.reason.text, self.tr("put a batch on hold"))
        return outcome_of(standing.hold(self.context, self.lot, reason=reason))


class RejectForm(StandingForm):
    """Why it is barred for good."""

    def __init__(self, context: Context, card: Card, parent: QWidget) -> None:
        super().__init__(context, REJECT, f"{REJECT.word} {card.kept.batch.lot}", card, parent)
        self.line(self.tr("This is for good: nothing releases it again, and there is no undo. Dispose of it then."))
        self.reason = self.ask_why(reasons.REJECT)

    def start(self) -> QWidget:
        """Return the reason."""
        return self.reason

    def act(self) -> Outcome:
        """Reject it."""
        reason = words.reason(self.reason.text, self.tr("reject a batch"))
        return outcome_of(standing.reject(self.context, self.lot, reason=reason))


class ShortenForm(StandingForm):
    """An earlier last usable day, and why; nothing lengthens a date."""

    def __init__(self, context: Context, card: Card, parent: QWidget) -> None:
        super().__init__(context, SHORTEN, f"Shorten the date of {card.kept.batch.lot}", card, parent)
        self.until = DayField(self.tr("New last usable day"), self)
        self.add(self.tr("New last usable day"), self.until)
        self.fields.addWidget(self.says)
        self.reason = self.ask_why(reasons.SHORTEN)
        self.signed = self.ask_signature(Meaning.EXPIRY_CHANGED, self.lot)
        self.until.textChanged.connect(lambda _text: self.look())
        self.look()

    def start(self) -> QWidget:
        """Return the day."""
        return self.until

    def mend(self) -> QWidget:
        """Return the day, or the reason where the day is right."""
        return self.until if self._earlier() is None else self.reason

    def look(self) -> None:
        """Say what would come of it."""
        says = words.expires_now(self.card.kept.batch.expiry.on)
        if self.until.text().strip():
            day = self._day()
            says = words.shortened(day, self.card.kept.batch, self.context.today()) if day else words.NO_DAY
        self.say(says)

    def act(self) -> Outcome:
        """Give it the earlier date."""
        day = _read_day(self.until)
        reason = words.reason(self.reason.text, self.tr("shorten a date"))
        return self._decided(Decision.SHORTEN, reason, day)

    def _decided(self, decision: Decision, reason: str, day: date | None) -> Outcome:
        pen = self.signed.pen()
        return outcome_of(standing.decide(self.context, self.lot, decision, reason=reason, expires=day, sign=pen))

    def _day(self) -> date | None:
        try:
            return typed.day(self.until.text())
        except Refused:
            return None

    def _earlier(self) -> date | None:
        day, batch = self._day(), self.card.kept.batch
        return day if day is not None and batch.prepared <= day < batch.expiry.on else None


class DecideForm(ShortenForm):
    """Keep, shorten or discard what is on hold."""

    def __init__(self, context: Context, card: Card, parent: QWidget) -> None:
        StandingForm.__init__(self, context, DECIDE, f"{DECIDE.word} on {card.kept.batch.lot}", card, parent)
        self.line(words.on_hold(card.kept.stock))
        self.decision: Choices[Decision] = Choices(reasons.DECISIONS, self.tr("Decision"), self)
        self.add(self.tr("Decision"), self.decision)
        self.until = DayField(self.tr("New last usable day"), self)
        self._until_name = self.add(self.tr("New last usable day"), self.until)
        self.fields.addWidget(self.says)
        self.reason = self.ask_why(reasons.DECIDE)
        self.signed = self.ask_signature(Meaning.DECIDED, self.lot)
        self.decision.chosen.connect(self.look)
        self.until.textChanged.connect(lambda _text: self.look())
        self.look()

    def start(self) -> QWidget:
        """Return the decision."""
        return self.decision.first()

    def mend(self) -> QWidget:
        """Return what is missing first: the decision, the day or the reason."""
        if self.decision.value is None:
            return self.decision.first()
        return super().mend() if self.decision.value is Decision.SHORTEN else self.reason

    def look(self) -> None:
        """Say what would come of it; the day is asked for where the date is to be shortened."""
        shorten = self.decision.value is Decision.SHORTEN
        for part in (self._until_name, self.until):
            part.setVisible(shorten)
        if shorten:
            super().look()
        else:
            self.say(words.decision(self.decision.value, self.card.kept))

    def act(self) -> Outcome:
        """Decide."""
        decision = self.decision.value
        if decision is None:
            raise Refused(self.tr("What is decided? Choose one of the three."))
        day = _read_day(self.until) if decision is Decision.SHORTEN else None
        reason = words.reason(self.reason.text, self.tr("decide on a batch"))
        return self._decided(decision, reason, day)


def _read_day(field: DayField) -> date:
    if not field.text().strip():
        raise Refused("The new last usable day is missing. Type it as YYYY-MM-DD, or pick it.")
    return typed.day(field.text())
