"""The fields of a new batch, in the order of the work: strength first, and the rest filled in from the last one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, time
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QLabel, QVBoxLayout, QWidget

from ldninv.domain.batch import Batch
from ldninv.domain.expiry import FILLER, PRESETS, Container, Policy
from ldninv.domain.formulas import Formula
from ldninv.domain.places import Place
from ldninv.domain.settings import Settings
from ldninv.domain.weights import plain
from ldninv.services.making import Prefilled
from ldninv.ui import draft, theme
from ldninv.ui.acting.day import DayField
from ldninv.ui.acting.fields import Choices, Field, NumberField, ReasonField
from ldninv.ui.acting.sheet_fields import SheetFields
from ldninv.ui.components import Components
from ldninv.ui.draft import USUAL, Draft
from ldninv.ui.field_column import side_by_side
from ldninv.ui.fold import Fold
from ldninv.ui.place_choice import PlaceChoice

_CONTAINERS = {Container.LIGHT_RESISTANT: "Light-resistant", Container.CLEAR: "Clear"}
_REASONS = ("study of our own", "supplier's statement", "pharmacist's decision")


class NewBatchFields(QWidget):
    """Everything that is said of a new batch, in the order of the work; what seldom changes is folded away."""

    changed = Signal()
    strength_given = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._policies: list[Policy] = []
        self._planned_before = ""
        self.usual = Choices({each: str(each) for each in USUAL}, self.tr("Usual strengths, mg"), self, factor=1.3)
        self.strength = Field(parent=self)
        self.prepared = DayField(self.tr("Prepared"), self)
        self.made = NumberField(self.tr("Capsules made"), self)
        self.policy = QComboBox(self)
        self.place = PlaceChoice(self)
        self.filler = Field(parent=self)
        self.container = QComboBox(self)
        for value, text in _CONTAINERS.items():
            self.container.addItem(text, value)
        self.capsule_size = Field(parent=self)
        self.made_by = Field(parent=self)
        self.components = Components(self)
        self.sheet = SheetFields(self)
        self.weights = QLabel(self)
        self.more = Fold(self.tr("Container, people and note"), self)
        self.reason = ReasonField(_REASONS, self.tr("Why the policy's date is taken all the same"), self)
        self._why = QLabel(self.tr("Why the policy's date is taken all the same"), self)
        self._lay_out()
        self._connect()

    def order(self) -> None:
        """Walk by Tab as the work goes at the bench: from the top, line by line."""
        first, weighed, folded = (
            [field for field, _ in named().values()] for named in (self._first, self._weighed, self._folded)
        )
        before = [*self.usual.findChildren(QWidget), *first, *self.components.walked, *weighed]
        walked = [*before, self.reason.field, *self.reason.buttons, self.more.button, *folded]
        for one, other in pairwise(walked):
            QWidget.setTabOrder(one, other)

    @property
    def draft(self) -> Draft:
        """What stands in the fields."""
        return Draft(
            strength=self.strength.text(),
            prepared=self.prepared.text(),
            made=self.made.text(),
            policy=self._policies[self.policy.currentIndex()],
            place=self.place.chosen,
            filler=self.filler.text(),
            container=Container(self.container.currentData()),
            capsule_size=self.capsule_size.text(),
            made_by=self.made_by.text(),
            parts=self.components.parts,
            reason=self.reason.text if not self.reason.isHidden() else "",
            sheet=self.sheet.sheet,
        )

    def offer(self, settings: Settings, places: list[Place]) -> None:
        """Offer the pharmacy's policies and places, keeping what was chosen where it is still there."""
        policy = self.policy.currentText()
        self._policies = list(dict.fromkeys((settings.policy, *PRESETS)))
        self.policy.clear()
        self.policy.addItems([str(each) for each in self._policies])
        self.policy.setCurrentIndex(max(self.policy.findText(policy), 0))
        self.place.offer(places)

    def begin(self, today: date, now: time, user: str) -> None:
        """Empty the fields but for what is so by itself."""
        self.strength.clear()
        self.usual.choose(None)
        self.prepared.setText(today.isoformat())
        self.place.begin()
        self.made_by.setText(user)
        self.forget()
        self.sheet.begin(now)

    def forget(self) -> None:
        """Empty what a last batch would fill in."""
        self.policy.setCurrentIndex(0)
        self.filler.setText(FILLER)
        self._hold(Container.LIGHT_RESISTANT)
        self.capsule_size.clear()
        self.reason.field.clear()
        self.sheet.forget()
        self.made.clear()
        self.components.show_parts([draft.Part("Naltrexone HCl", ""), draft.Part(FILLER, "")])

    def fill(self, found: Prefilled) -> None:
        """Fill in what the last batch of this strength had; day, time, person, place and the lots in hand stay."""
        taken = self.components.taken
        self.forget()
        sheet = found.worksheet
        self.sheet.offer(found.formulas, sheet.formula)
        if sheet.formula is not None:
            self._take_formula(sheet.formula)
        if found.kept is not None:
            self._fill_batch(found.kept.batch)
        self.sheet.fill(sheet, counted=found.kept is not None)
        self.components.keep(taken)

    def take_up(self, text: str, formulas: Callable[[str], Sequence[Formula]]) -> bool:
        """Fill in what was put aside as `text`; False where it cannot be read."""
        found = draft.from_text(text, self._policies, self.place.places, formulas)
        if found is None:
            return False
        self._show_strength(found.strength)
        self.sheet.show(found.sheet, formulas(found.strength), found.drug_lot)
        self.prepared.setText(found.prepared)
        self.made.setText(found.made)
        self.policy.setCurrentIndex(self._policies.index(found.policy))
        self.place.choose(found.place)
        self.filler.setText(found.filler)
        self._hold(found.container or Container.LIGHT_RESISTANT)
        self.capsule_size.setText(found.capsule_size)
        self.made_by.setText(found.made_by)
        self.reason.field.setText(found.reason)
        self.components.show_parts(found.parts)
        return True

    def ask_reason(self, asked: bool) -> None:  # noqa: FBT001 - a setter, as Qt has them
        """Ask why the policy's date is taken, or do not."""
        self._why.setVisible(asked)
        self.reason.setVisible(asked)

    def field(self, name: str) -> QWidget:
        """Return the field that a refusal names."""
        ours: dict[str, QWidget] = {
            "strength": self.strength,
            "prepared": self.prepared,
            "made": self.made,
            "reason": self.reason,
            "formula": self.sheet.formula,
            **self.sheet.typed,
        }
        return ours.get(name) or self.components.field(name) or self.strength

    def _take_formula(self, formula: Formula) -> None:
        """Fill in what a formula says; what it leaves to each batch stays."""
        self.filler.setText(formula.filler or "")
        self._hold(formula.container or Container.LIGHT_RESISTANT)
        if formula.capsule_size:
            self.capsule_size.setText(formula.capsule_size)
        if formula.fill_mg is not None:
            self.sheet.typed["fill"].setText(plain(formula.fill_mg))
        named = [draft.Part(each.name, "") for each in formula.ingredients]
        if named and not any(part.lot.strip() for part in self.components.parts):
            self.components.show_parts(named)

    def _fill_batch(self, batch: Batch) -> None:
        self.filler.setText(batch.filler or FILLER)
        self._hold(batch.container or Container.LIGHT_RESISTANT)
        self.capsule_size.setText(batch.capsule_size or "")
        if batch.policy in self._policies:
            self.policy.setCurrentIndex(self._policies.index(batch.policy))
        if batch.components:
            self.components.show_parts([draft.of_component(each) for each in batch.components])

    def _planned_typed(self) -> None:
        """Let as many be made as were planned, until another number is typed for it."""
        planned = self.sheet.planned.text()
        if self.made.text() == self._planned_before:
            self.made.setText(planned)
        self._planned_before = planned

    def _hold(self, container: Container) -> None:
        self.container.setCurrentIndex(list(_CONTAINERS).index(container))

    def _usual_chosen(self) -> None:
        self.strength.setText(str(self.usual.value))
        self.strength_given.emit()

    def _show_strength(self, text: str) -> None:
        self.strength.setText(text)
        self.usual.choose(next((each for each in USUAL if str(each) == text.strip()), None))

    def _strength_typed(self) -> None:
        self._show_strength(self.strength.text())
        self.strength_given.emit()

    def _connect(self) -> None:
        self.usual.chosen.connect(self._usual_chosen)
        self.strength.editingFinished.connect(self._strength_typed)
        self.sheet.planned.textChanged.connect(lambda _text: self._planned_typed())
        typed = (self.strength, self.prepared, self.made, self.filler, self.capsule_size, self.made_by)
        for field in typed:
            field.textChanged.connect(lambda _text: self.changed.emit())
        self.sheet.formula_chosen.connect(self._take_formula)
        self.sheet.changed.connect(self.changed)
        for combo in (self.policy, self.place, self.container):
            combo.currentIndexChanged.connect(lambda _index: self.changed.emit())
        self.components.changed.connect(self.changed)
        self.components.relined.connect(self.order)
        self.reason.changed.connect(self.changed)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.step(self, 2))
        strength = QLabel(self.tr("Strength, mg"), self)
        strength.setBuddy(self.usual.first())
        self.weights.setWordWrap(True)
        self.weights.setTextFormat(Qt.TextFormat.PlainText)
        self.weights.setFont(theme.tabular(theme.scaled(self.font(), 1.1, bold=True)))
        self.weights.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        inside = QVBoxLayout(self.more.inside)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(side_by_side(self._folded(), self))
        for part in (
            strength,
            self.usual,
            side_by_side(self._first(), self),
            self.components,
            side_by_side(self._weighed(), self),
            self.weights,
            self._why,
            self.reason,
            self.more,
        ):
            column.addWidget(part)

    def _first(self) -> dict[str, tuple[QWidget, int]]:
        """Return what is settled before the first weighing."""
        return {
            self.tr("Another strength, mg"): (self.strength, 18),
            self.tr("Capsules planned"): (self.sheet.planned, 15),
            self.tr("Master formula"): (self.sheet.formula, 30),
            self.tr("Prepared"): (self.prepared, 18),
            self.tr("At"): (self.sheet.typed["at"], 8),
            self.tr("Date by the policy"): (self.policy, 32),
        }

    def _weighed(self) -> dict[str, tuple[QWidget, int]]:
        """Return what the weights are calculated from, and what came out."""
        return {
            self.tr("Assay of the drug lot, %"): (self.sheet.typed["assay"], 22),
            self.tr("Water, %"): (self.sheet.typed["water"], 10),
            self.tr("Contents of a capsule, mg"): (self.sheet.typed["fill"], 23),
            self.tr("Capsule size"): (self.capsule_size, 12),
            self.tr("Filler"): (self.filler, 14),
            self.tr("Capsules made"): (self.made, 14),
            self.tr("Stands at"): (self.place, 26),
        }

    def _folded(self) -> dict[str, tuple[QWidget, int]]:
        """Return what is the same with most batches."""
        return {
            self.tr("Container"): (self.container, 20),
            self.tr("Empty shell, mg"): (self.sheet.typed["shell"], 15),
            self.tr("Made by"): (self.made_by, 24),
            self.tr("Verified by"): (self.sheet.typed["verified_by"], 24),
            self.tr("Note"): (self.sheet.typed["note"], 50),
        }
