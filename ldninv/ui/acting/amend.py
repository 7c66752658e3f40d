"""The record of a batch is corrected after the fact: a new version with its reason, which signatures show (R26)."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from ldninv.domain.record import Worksheet
from ldninv.domain.refusal import Refused
from ldninv.services import making, record, signed
from ldninv.services.batches import Card
from ldninv.services.context import Context
from ldninv.ui.acting import reasons, sheet, words
from ldninv.ui.acting.actions import AMEND
from ldninv.ui.acting.fields import ReasonField
from ldninv.ui.acting.form import Form, Outcome
from ldninv.ui.acting.sheet import Sheet
from ldninv.ui.acting.sheet_fields import SheetFields
from ldninv.ui.typed import Unread


class AmendForm(Form):
    """The worksheet as it was written, to be corrected; the weights that follow from it are said as one types."""

    def __init__(self, context: Context, card: Card, parent: QWidget) -> None:
        super().__init__(context, AMEND, f"Correct the record of {card.kept.batch.lot}", parent)
        self.card = card
        self._wrong: QWidget | None = None
        if signed.of_batch(context, card.kept):
            self.line(self.tr("It is signed. The signatures stay, and show that the record was changed since."))
        self.sheet = SheetFields(self)
        for key, name in self._names().items():
            self.add(name, self.sheet.formula if key == "formula" else self.sheet.typed[key])
        self.fields.addWidget(self.says)
        self.reason = ReasonField(reasons.AMEND, self.tr("Reason"), self)
        self.add(self.tr("Reason"), self.reason)
        self._fill(record.worksheet(context, card.kept.batch.lot))
        self.sheet.changed.connect(self.look)
        self.look()

    def start(self) -> QWidget:
        """Return the first field."""
        return self.sheet.planned

    def mend(self) -> QWidget:
        """Return the field that cannot be read; else the reason."""
        return self.reason if self._wrong is None else self._wrong

    def reread(self, card: Card) -> None:
        """Stay: what was typed is held against the record that is there when it is kept."""
        self.card = card

    def look(self) -> None:
        """Say what would have been to weigh."""
        batch = self.card.kept.batch
        try:
            planned = self.sheet.sheet.weights(batch.strength, batch.made)
        except Refused as why:
            self.say(str(why))
        else:
            self.say(sheet.weighing(planned, self.tr("drug"), batch.filler or self.tr("filler")))

    def act(self) -> Outcome:
        """Keep it as the next version."""
        batch = self.card.kept.batch
        self._wrong = None
        try:
            worksheet = self.sheet.sheet.worksheet(batch.made, batch.components)
        except Unread as why:
            self._wrong = self.sheet.typed.get(why.field, self.sheet.planned)
            raise
        reason = words.reason(self.reason.text, self.tr("correct a batch record"))
        changed = record.amend(self.context, batch.lot, worksheet, reason=reason)
        broken = any(each.unchanged is False for each in signed.of_batch(self.context, self.card.kept))
        says = self.tr("{lot}: the record was corrected.").format(lot=batch.lot)
        shows = self.tr("Its signature shows now that the record was changed since.")
        return Outcome(f"{says} {shows}" if broken else says, (), changed)

    def _fill(self, written: Worksheet | None) -> None:
        batch = self.card.kept.batch
        shown = Sheet(planned=str(batch.made)) if written is None else sheet.of(written)
        formulas = making.formulas_for(self.context, batch.strength)
        if shown.formula is not None and shown.formula not in formulas:
            formulas = (shown.formula, *formulas)
        self.sheet.show(shown, formulas, (written.drug_lot if written else None) or "")

    def _names(self) -> Mapping[str, str]:
        return {
            "planned": self.tr("Capsules planned"),
            "at": self.tr("Time it was made"),
            "formula": self.tr("Master formula"),
            "assay": self.tr("Assay of the drug lot, %"),
            "water": self.tr("Water, %"),
            "fill": self.tr("Contents of a capsule, mg"),
            "shell": self.tr("Empty shell, mg"),
            "verified_by": self.tr("Verified by"),
            "note": self.tr("Note"),
        }
