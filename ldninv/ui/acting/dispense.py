"""Dispensing: days, capsules that follow them, whether it is covered, and the batch that ought to go first."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ldninv.domain.coverage import SUPPLIES
from ldninv.domain.days import last_day_of
from ldninv.domain.lots import is_internal
from ldninv.domain.prescriptions import rx_number
from ldninv.domain.refusal import Refused, Surroundings
from ldninv.services import ledger, lookup
from ldninv.services.batches import Card
from ldninv.services.context import Context
from ldninv.services.ledger import Outlook
from ldninv.ui import icons, theme
from ldninv.ui.acting import reasons, words
from ldninv.ui.acting.actions import DISPENSE
from ldninv.ui.acting.fields import ActionButton, Choices, Field, NumberField, ReasonField, Tick
from ldninv.ui.acting.form import Form, Outcome, outcome_of
from ldninv.ui.scanner.says import Heard, Sound


@dataclass(frozen=True, slots=True)
class Typed:
    """What a person gave for one batch, and need not give again for another."""

    days: str
    capsules: str
    reminded: bool
    rx: str = field(default="", repr=False)


class DispenseForm(Form):
    """One capsule a day: the capsules follow the days until somebody types another number."""

    other_asked = Signal(str)
    """The lot of the batch to take instead."""

    def __init__(self, context: Context, card: Card, parent: QWidget) -> None:
        super().__init__(context, DISPENSE, f"{DISPENSE.word} from {card.kept.batch.lot}", parent)
        self._card = card
        self._outlook: Outlook | None = None
        self._follows = True
        self.supplies = Choices({days: str(days) for days in SUPPLIES}, self.tr("Days' supply"), self, factor=1.6)
        self.supplies.choose(SUPPLIES[0])
        self.days = NumberField(self.tr("Days' supply"), self, SUPPLIES[0], SUPPLIES)
        self.capsules = NumberField(self.tr("Capsules"), self, SUPPLIES[0])
        self.other = ActionButton("", "arrow-right-box", self)
        self.reason = ReasonField(reasons.PASSING, self.tr("Why the earlier batch is passed over"), self)
        self.tick = Tick(words.NOT_WITH_OPIOIDS, self)
        self.tick.setToolTip(self.tr("The tick is kept on the entry; it need not be set."))
        self.again = Tick(self.tr("The capsules were looked at again"), self)
        self.again.setVisible(card.kept.batch.prepared < context.today())
        self.rx = Field(parent=self)
        self._lay_out()
        self.supplies.chosen.connect(self._supply_chosen)
        self.days.textChanged.connect(self._days_typed)
        self.capsules.textEdited.connect(self._capsules_typed)
        self.capsules.textChanged.connect(lambda _text: self.look())
        self.other.clicked.connect(self._take_other)
        self.look()

    def start(self) -> QWidget:
        """Return the days: a number and Enter is all that it takes."""
        return self.days

    def mend(self) -> QWidget:
        """Return the reason where one is asked for, the capsules where they are too many, else the days."""
        if self._outlook is not None and self._outlook.passes_over:
            return self.reason
        if self._rx_is_wrong():
            return self.rx
        try:
            words.number(self.days.text(), self.tr("days"))
            few = words.number(self.capsules.text(), self.tr("capsules")) <= self._card.standing.on_hand
        except Refused:
            few = True
        return self.days if few else self.capsules

    def way_out(self) -> QWidget:
        """Return the batch to take instead, where there is one."""
        return self.other if self.other.isVisibleTo(self) else super().way_out()

    @property
    def typed(self) -> Typed:
        """What was given so far."""
        return Typed(self.days.text(), self.capsules.text(), self.tick.isChecked(), self.rx.text())

    def fill(self, typed: Typed) -> None:
        """Take over what was given for another batch."""
        self.days.setText(typed.days)
        self.capsules.setText(typed.capsules)
        self._capsules_typed(typed.capsules)
        self.tick.setChecked(typed.reminded)
        self.rx.setText(typed.rx)

    def take_scan(self, text: str) -> Heard | None:
        """Take the code of a prescription, where their numbers are kept; what it was is not said again (R29).

        What names something here is for somebody else, and so is a maker's code that is scanned beside the field.
        """
        kept = self.context.settings.rx_numbers
        with suppress(Refused, Surroundings):
            number = rx_number(text, kept=kept)
            answer = lookup.scan(self.context, text)
            plain = answer.kind is lookup.Kind.UNKNOWN or self.rx.hasFocus()
            if plain and not answer.names and not is_internal(text):
                self.rx.setText(number)
                return Heard(self.tr("The prescription number stands in the form."), Sound.GOOD)
        return None

    def reread(self, card: Card) -> None:
        """Take the batch as it is now."""
        self._card = card
        self.look()

    def look(self) -> None:
        """Say whether it is covered, and what would serve better."""
        batch = self._card.kept.batch
        self._outlook = None
        try:
            days, capsules = self._numbers()
            self._outlook = ledger.outlook(self.context, batch.lot, capsules, days_supply=days)
            says = self._outlook.refusal or self._covered(days, capsules)
        except Refused as why:
            says = str(why)
        outlook = self._outlook
        passing = outlook is not None and outlook.passes_over
        if outlook is not None and outlook.first is not None and passing:
            says = words.earlier(outlook.first)
        self.say(says)
        offer = words.instead(outlook, batch.lot) if outlook is not None else None
        self.other.setText(offer or "")
        self.other.setAccessibleName(offer or "")
        self.other.updateGeometry()
        self.other.setVisible(offer is not None)
        self.other.set_first(offer is not None)
        self.enter.set_first(offer is None)
        self.reason.setVisible(passing)
        self._why.setVisible(passing)

    def act(self) -> Outcome:
        """Dispense."""
        days, capsules = self._numbers()
        passing = self._outlook is not None and self._outlook.passes_over
        reason = words.reason(self.reason.text, self.tr("pass over the earlier batch")) if passing else None
        lot = self._card.kept.batch.lot
        reminded = self.tick.isVisibleTo(self) and self.tick.isChecked()
        done = ledger.dispense(
            self.context,
            lot,
            capsules,
            days_supply=days,
            reason=reason,
            reminded=reminded,
            reinspected=self.again.isChecked(),
            rx=self._rx() if self.rx.text().strip() else None,
        )
        return outcome_of(done)

    def _rx(self) -> str:
        if is_internal(self.rx.text()):
            raise Refused("A batch's lot stands in the prescription number. Empty it, or leave this form with Esc.")
        return rx_number(self.rx.text(), kept=self.context.settings.rx_numbers)

    def _rx_is_wrong(self) -> bool:
        try:
            return bool(self.rx.text().strip()) and not self._rx()
        except Refused:
            return True

    def _numbers(self) -> tuple[int, int]:
        days = words.number(self.days.text(), self.tr("days"))
        return days, words.number(self.capsules.text(), self.tr("capsules"))

    def _covered(self, days: int, capsules: int) -> str:
        now = self._card.standing
        covered = words.covered(now, days, last_day_of(self.context.today(), days))
        return f"{covered} {words.remains(capsules, now.on_hand)}"

    def _supply_chosen(self) -> None:
        self.days.setText(str(self.supplies.value))
        self.point_to(self.days)

    def _days_typed(self, text: str) -> None:
        days = int(text) if text.isascii() and text.isdigit() else None
        self.supplies.choose(days)
        if self._follows and self.capsules.text() != text:
            self.capsules.setText(text)
        else:
            self.look()

    def _capsules_typed(self, text: str) -> None:
        self._follows = text == self.days.text()

    def _take_other(self) -> None:
        if self._outlook is not None and self._outlook.first is not None:
            self.other_asked.emit(self._outlook.first.batch.lot)

    def _lay_out(self) -> None:
        self.add(self.tr("Days' supply"), self.supplies)
        row = QHBoxLayout()
        for text, number in ((self.tr("Days"), self.days), (self.tr("Capsules"), self.capsules)):
            part = QVBoxLayout()
            label = QLabel(text, self)
            label.setBuddy(number)
            part.addWidget(label)
            part.addWidget(number)
            row.addLayout(part)
        row.addStretch(1)
        self.fields.addLayout(row)
        self.fields.addWidget(self.says)
        self.fields.addWidget(self.other)
        self._why = self.add(self.tr("Why the earlier batch is passed over"), self.reason)
        self._why.hide()
        if self.context.settings.rx_numbers:
            self.add(self.tr("Prescription number (may stay empty)"), self.rx)
        else:
            self.rx.hide()
        self.fields.addWidget(self.again)
        self._remind()

    def _remind(self) -> None:
        """Lay out the one calm line: with a tick where the pharmacy wants it kept, else with an icon (R37)."""
        self.reminder = QLabel(words.NOT_WITH_OPIOIDS, self)
        picture = icons.Picture("information", self)
        line = QHBoxLayout()
        line.setSpacing(theme.step(self, 1))
        line.addWidget(picture)
        line.addWidget(self.reminder, 1)
        line.addWidget(self.tick, 1)
        self.fields.addLayout(line)
        ticked = self.context.settings.reminder_tick
        for part in (picture, self.reminder):
            part.setVisible(not ticked)
        self.tick.setVisible(ticked)
