"""The fields of a batch's worksheet: formula, time, potency and fill; where they stand decides the form (R26)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import time

from PySide6.QtCore import QObject, QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from ldninv.domain.formulas import Formula
from ldninv.domain.record import Potency, Worksheet
from ldninv.domain.weights import plain
from ldninv.ui.acting.fields import Field, NumberField
from ldninv.ui.acting.sheet import Sheet

_TYPED = ("at", "fill", "shell", "assay", "water", "verified_by", "note")
"""What is typed, as `Sheet` names it."""


class SheetFields(QObject):
    """Makes the fields, fills them in, and reads them."""

    changed = Signal()
    formula_chosen = Signal(object)
    """Carries the `Formula` that the person chose."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._formulas: tuple[Formula, ...] = ()
        self._potency_of: str | None = None
        self.formula = QComboBox(parent)
        self.planned = NumberField(self.tr("Capsules planned"), parent)
        self.typed: Mapping[str, Field] = {"planned": self.planned} | {key: Field(parent=parent) for key in _TYPED}
        self.formula.currentIndexChanged.connect(lambda _index: self._chosen())
        for field in self.typed.values():
            field.textChanged.connect(lambda _text: self.changed.emit())

    @property
    def sheet(self) -> Sheet:
        """What stands in the fields."""
        return Sheet(formula=self._formula, **{key: field.text() for key, field in self.typed.items()})

    def offer(self, formulas: Sequence[Formula], chosen: Formula | None) -> None:
        """Offer the master formulas of a strength."""
        with QSignalBlocker(self.formula):
            self._formulas = tuple(formulas)
            self.formula.clear()
            self.formula.addItems([self.tr("None"), *(f"{each}: {each.name}" for each in formulas)])
            self.formula.setCurrentIndex(self._formulas.index(chosen) + 1 if chosen in self._formulas else 0)
        self.formula.setEnabled(bool(formulas))

    def begin(self, now: time) -> None:
        """Empty the fields, and let it be prepared now."""
        self.offer((), None)
        self.forget()
        self.typed["at"].setText(f"{now:%H:%M}")

    def forget(self) -> None:
        """Empty what a last batch would fill in."""
        self._potency_of = None
        for key, field in self.typed.items():
            if key != "at":
                field.clear()

    def fill(self, worksheet: Worksheet, *, counted: bool) -> None:
        """Fill in what a new batch begins from; the number of capsules only where it was `counted` before."""
        if counted:
            self.planned.setText(str(worksheet.planned))
        for key, weight in (("fill", worksheet.fill_mg), ("shell", worksheet.shell_mg)):
            if weight is not None:
                self.typed[key].setText(plain(weight))
        self.show_potency(worksheet.drug_lot or "", worksheet.potency)

    def show(self, sheet: Sheet, formulas: Sequence[Formula], drug_lot: str) -> None:
        """Show what was put aside."""
        self.offer(formulas, sheet.formula)
        self._potency_of = drug_lot
        for key, field in self.typed.items():
            field.setText(getattr(sheet, key))

    def show_potency(self, lot: str, potency: Potency | None) -> None:
        """Show the potency of a drug lot; what was typed for another lot goes, what was typed for this one stays."""
        if lot == self._potency_of:
            return
        self._potency_of = lot
        self.typed["assay"].setText(plain(potency.assay_percent) if potency else "")
        self.typed["water"].setText(plain(potency.water_percent) if potency and potency.water_percent else "")

    @property
    def _formula(self) -> Formula | None:
        index = self.formula.currentIndex()
        return self._formulas[index - 1] if index > 0 else None

    def _chosen(self) -> None:
        if self._formula is not None:
            self.formula_chosen.emit(self._formula)
        self.changed.emit()
