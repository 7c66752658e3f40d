"""A batch is released after its checks: what was seen, what came out, what the capsules weigh, and who signs (R8)."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtWidgets import QWidget

from ldninv.domain.quality import Checks, held_against
from ldninv.domain.quantities import weights
from ldninv.domain.refusal import Refused
from ldninv.domain.signing import Meaning
from ldninv.services import ledger, record, standing
from ldninv.services.batches import Card
from ldninv.services.context import Context
from ldninv.ui.acting import reasons, words
from ldninv.ui.acting.actions import RELEASE
from ldninv.ui.acting.fields import Field, NumberField, ReasonField
from ldninv.ui.acting.form import Form, Outcome, outcome_of
from ldninv.ui.acting.results import Results


class ReleaseForm(Form):
    """Held live against what was planned; what is missing is named before."""

    def __init__(self, context: Context, card: Card, parent: QWidget) -> None:
        batch = card.kept.batch
        super().__init__(context, RELEASE, f"{RELEASE.word} {batch.lot}", parent)
        self.card = card
        self._worksheet = record.worksheet(context, batch.lot)
        self.appearance = ReasonField((reasons.AS_EXPECTED,), self.tr("Appearance"), self)
        self.label = ReasonField((reasons.LABEL_MATCHES,), self.tr("Label against the record"), self)
        self.yielded = NumberField(self.tr("Yield, capsules"), self, batch.made)
        self.weights = Field(parent=self)
        self.weights.setPlaceholderText("251, 249, 250")
        self.results = Results(self)
        self.add(self.tr("Appearance"), self.appearance)
        self.add(self.tr("Label against the record"), self.label)
        self.add(self.tr("Yield, capsules"), self.yielded)
        self.add(self._weights_name(), self.weights)
        self.weights.setAccessibleName(self.tr("Weights of capsules, mg"))
        self.fields.addWidget(self.results)
        self.fields.addWidget(self.says)
        self._signature = self.ask_signature(Meaning.RELEASED, batch.lot, never=standing.makers(context, card.kept))
        for said in (self.appearance, self.label):
            said.changed.connect(self.look)
        for field in (self.yielded, self.weights):
            field.textChanged.connect(lambda _text: self.look())
        self.look()

    def start(self) -> QWidget:
        """Return the appearance."""
        return self.appearance

    def mend(self) -> QWidget:
        """Return the field that holds what cannot be, else the first that is missing."""
        for field, read in ((self.yielded, self._yield), (self.weights, self._weights)):
            try:
                read()
            except Refused:
                return field
        asked = (
            (self.appearance, self.appearance.text),
            (self.label, self.label.text),
            (self.yielded, self.yielded.text()),
        )
        return next((field for field, text in asked if not text.strip()), self.weights)

    def reread(self, card: Card) -> None:
        """Take the batch as it is now."""
        self.card = card
        self._worksheet = record.worksheet(self.context, card.kept.batch.lot)
        self.look()

    def look(self) -> None:
        """Hold what was found against its limits, and name the checks that are missing."""
        try:
            checks = self._checks()
        except Refused as why:
            self.results.show_results(())
            self.say(str(why))
            return
        found = held_against(checks, self._worksheet, self.card.kept.batch.made)
        self.results.show_results(found.judged)
        self.say("\n".join(line for line in (words.weighed(found), words.missing(checks)) if line))

    def act(self) -> Outcome:
        """Release it."""
        checks, lot = self._checks(), self.card.kept.batch.lot
        if self._signature.names:
            checks.must_be_whole(lot)  # nobody types a PIN for what is refused anyway
        return outcome_of(ledger.release(self.context, lot, checks, sign=self._signature.pen(), with_label=True))

    def _weights_name(self) -> str:
        shell = self._worksheet is not None and self._worksheet.shell_mg is not None
        return self.tr("Weights of whole capsules, mg") if shell else self.tr("Weights of capsules' contents, mg")

    def _checks(self) -> Checks:
        seen, label = self.appearance.text.strip(), self.label.text.strip()
        return Checks(
            appearance=words.reason(seen, self.tr("say how they look")) if seen else None,
            label=words.label(label) if label else None,
            yielded=self._yield(),
            weights_mg=self._weights(),
        )

    def _yield(self) -> int | None:
        return words.number(self.yielded.text(), self.tr("capsules")) if self.yielded.text().strip() else None

    def _weights(self) -> tuple[Decimal, ...]:
        return weights(self.weights.text())
