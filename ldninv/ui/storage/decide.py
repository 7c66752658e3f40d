"""The form in which a pharmacist decides on what happened: keep, shorten or discard the batches that stood there."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from ldninv.domain.entries import Decision
from ldninv.domain.refusal import Refused
from ldninv.domain.signing import Meaning
from ldninv.domain.storage import worded
from ldninv.services.context import Context
from ldninv.services.storage import deciding, foreseen
from ldninv.services.storage.deciding import Choice
from ldninv.services.storage.foreseen import Foreseen
from ldninv.services.storage.looking import Seen, TouchedBatch
from ldninv.ui import typed
from ldninv.ui.acting import reasons, words
from ldninv.ui.acting.actions import DECIDE
from ldninv.ui.acting.day import DayField
from ldninv.ui.acting.fields import Choices, ReasonField
from ldninv.ui.acting.form import Form, Outcome
from ldninv.ui.words import counted


class DecideForm(Form):
    """One decision for the batches that are chosen, in one step; nothing is discarded, lengthened or released here."""

    def __init__(self, context: Context, seen: Seen, parent: QWidget) -> None:
        super().__init__(context, DECIDE, parent.tr("Decide on the batches that stood there"), parent)
        self._seen = seen
        self._batches: tuple[TouchedBatch, ...] = seen.waiting
        self._foreseen = self._foresee()
        self.decision: Choices[Decision] = Choices(reasons.DECISIONS, self.tr("Decision"), self)
        self.add(self.tr("Decision"), self.decision)
        self.until = DayField(self.tr("New last usable day"), self)
        self._until_name = self.add(self.tr("New last usable day"), self.until)
        self.fields.addWidget(self.says)
        self.reason = ReasonField(reasons.DECIDE, self.tr("Reason"), self)
        self.add(self.tr("Reason"), self.reason)
        self.signed = self.ask_signature(Meaning.DECIDED)
        self.decision.chosen.connect(self._decision_chosen)
        self.look()

    def show_chosen(self, batches: tuple[TouchedBatch, ...]) -> None:
        """Decide on these; on all that wait where none of them does."""
        waiting = {each.lot for each in self._seen.waiting}
        self._batches = tuple(each for each in batches if each.lot in waiting) or self._seen.waiting
        self._foreseen = self._foresee()
        self.look()

    def start(self) -> QWidget:
        """Return the decision."""
        return self.decision.first()

    def mend(self) -> QWidget:
        """Return what is missing first: the decision, the day or the reason."""
        if self.decision.value is None:
            return self.decision.first()
        asked = self.decision.value is Decision.SHORTEN
        missing = not self.until.text().strip() or self.reason.text.strip()  # with a reason it is the day that is wrong
        return self.until if asked and missing else self.reason

    def _decision_chosen(self) -> None:
        self.look()
        QTimer.singleShot(0, self, self.show_whole)  # a day is asked for now, and the last button moved down

    def look(self) -> None:
        """Say which batches it is about, what else is answered, and for what they stay on hold."""
        shorten = self.decision.value is Decision.SHORTEN
        for part in (self._until_name, self.until):
            part.setVisible(shorten)
        lots = ", ".join(each.lot for each in self._batches)
        count = counted(len(self._batches), self.tr("batch"), self.tr("batches"))
        said = [self.tr("For {count}: {lots}.").format(count=count, lots=lots)]
        if self._foreseen.also:
            also = worded.few([worded.words(each) for each in self._foreseen.also], "; ")
            said.append(self.tr("Answered with it: {events}.").format(events=also))
        if self._foreseen.on_hold:
            held = worded.few([f"{lot} ({why})" for lot, why in self._foreseen.on_hold], "; ")
            said.append(self.tr("On hold all the same, for what this does not decide: {lots}.").format(lots=held))
        self.say("\n".join(said))

    def _foresee(self) -> Foreseen:
        return foreseen.of(self.context, self._seen.happening, [each.kept.batch.id for each in self._batches])

    def act(self) -> Outcome:
        """Decide on all of them, signed once."""
        decision = self.decision.value
        if decision is None:
            raise Refused(self.tr("What is decided? Choose one of the three."))
        day = self._day() if decision is Decision.SHORTEN else None
        reason = words.reason(self.reason.text, self.tr("decide on a batch"))
        choices = {each.lot: Choice(decision, day) for each in self._batches}
        number = self._seen.happening.id
        done = deciding.decide(self.context, number, choices, reason=reason, sign=self.signed.pen())
        said = self.tr("Decided on {count}.").format(count=counted(done.batches, self.tr("batch"), self.tr("batches")))
        return Outcome(" ".join((said, *done.notices)), done.posted, done.changed)

    def _day(self) -> date:
        if not self.until.text().strip():
            raise Refused(self.tr("The new last usable day is missing. Type it as YYYY-MM-DD, or pick it."))
        return typed.day(self.until.text())
