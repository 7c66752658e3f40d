"""How long batches keep: one of the usual policies, or one of the pharmacy's own with its reason (R2)."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from ldninv.domain.expiry import ONE_YEAR, PRESETS, USP_795_DAYS, Policy, Unit
from ldninv.domain.refusal import Refused
from ldninv.domain.settings import preset
from ldninv.domain.signs import Tone
from ldninv.ui import theme
from ldninv.ui.acting.fields import Choices, NumberField, Tick
from ldninv.ui.calm import CalmLine

CUSTOM = "custom"
"""The choice that opens the fields of a policy of the pharmacy's own."""

_UNITS = {Unit.DAYS: "days", Unit.MONTHS: "months", Unit.YEARS: "years"}


class PolicyFields(QWidget):
    """Choices, the grounds of the one in hand, and the fields of a custom one."""

    edited = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        named = {policy.name: policy.name for policy in PRESETS} | {CUSTOM: self.tr("Custom")}
        self.choices: Choices[str] = Choices(named, self.tr("Beyond-use policy"), self)
        self.grounds = QLabel(self)
        self.grounds.setWordWrap(True)
        self.beyond = CalmLine("information", self, Tone.LOOK, factor=1)
        self.beyond.say(
            self.tr(
                "Longer than the {days} days that USP <795> (2023) gives solid nonsterile preparations. The pharmacist "
                "in charge confirms that a longer date is allowed here."
            ).format(days=USP_795_DAYS)
        )
        self.first_day = Tick(self.tr("The preparation day counts as day 1 (dates are one day earlier)"), self)
        self.custom = QWidget(self)
        self.name = QLineEdit(self.custom)
        self.count = NumberField(self.tr("Length of the custom policy"), self.custom)
        self.unit: Choices[Unit] = Choices(_UNITS, self.tr("Counted in"), self.custom)
        self.reason = QLineEdit(self.custom)
        self.filler = QLineEdit(self.custom)
        self.light = Tick(self.tr("Only away from light: a light-resistant container, or a dark place"), self.custom)
        self._kept: Policy = ONE_YEAR
        self._lay_out()
        self.choices.chosen.connect(self._chosen)
        for field in (self.name, self.count, self.reason, self.filler):
            field.textEdited.connect(lambda _text: self._changed())
        self.unit.chosen.connect(self._changed)
        self.light.clicked.connect(lambda _checked=False: self._changed())
        self.first_day.clicked.connect(lambda _checked=False: self._changed())

    def show_policy(self, policy: Policy) -> None:
        """Show a policy that is kept."""
        self._kept = policy
        usual = preset(policy)
        self.choices.choose(CUSTOM if usual is None else usual.name)
        self.first_day.setChecked(policy.first_day_counts)
        own = policy if usual is None else None
        self.name.setText(own.name if own else "")
        self.count.setText(str(own.count) if own else "")
        self.unit.choose(own.unit if own else Unit.DAYS)
        self.reason.setText(own.basis if own else "")
        self.filler.setText((own or ONE_YEAR).filler or "")
        self.light.setChecked((own or ONE_YEAR).light_resistant)
        self._look()

    def policy(self) -> Policy:
        """Return the policy that is chosen.

        Raises:
            Refused: a custom one without a length.
        """
        first_day = self.first_day.isChecked()
        if self.choices.value != CUSTOM:
            chosen = next(policy for policy in PRESETS if policy.name == self.choices.value)
            return replace(chosen, first_day_counts=first_day)
        kept = self._kept if preset(self._kept) is None else replace(ONE_YEAR, reference="")
        return replace(
            kept,
            name=self.name.text().strip() or self.tr("Custom"),
            count=self._count(),
            unit=self.unit.value or Unit.DAYS,
            basis=self.reason.text(),
            filler=" ".join(self.filler.text().split()) or None,
            light_resistant=self.light.isChecked(),
            first_day_counts=first_day,
        )

    def differs(self, kept: Policy) -> bool:
        """Whether another policy is chosen than `kept`."""
        try:
            return self.policy() != kept
        except Refused:
            return True

    def _count(self) -> int:
        text = self.count.text().strip()
        if not (text.isascii() and text.isdigit()):
            raise Refused(self.tr("“{text}” is no length. Give a whole number, such as 180.").format(text=text))
        return int(text)

    def _chosen(self) -> None:
        if self.choices.value == CUSTOM and not self.count.text():
            self.count.setText("180")
        self._changed()
        if self.choices.value == CUSTOM:
            self.count.setFocus()

    def _changed(self) -> None:
        self._look()
        self.edited.emit()

    def _look(self) -> None:
        """Show the grounds of the choice, and what has to be confirmed for it."""
        self.custom.setVisible(self.choices.value == CUSTOM)
        try:
            policy = self.policy()
            long = policy.beyond_usp_795
        except Refused:
            self.grounds.clear()
            self.beyond.hide()
            return
        self.beyond.setVisible(long)
        typed = self.choices.value == CUSTOM
        self.grounds.setText(grounds(replace(policy, basis="", reference="") if typed else policy))
        self.grounds.setVisible(bool(self.grounds.text()))

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.step(self, 2))
        length = QHBoxLayout()
        length.addWidget(self.count)
        length.addWidget(self.unit, 1)
        inside = QVBoxLayout(self.custom)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme.step(self, 1))
        self._add(inside, self.tr("Length"), self.count)
        inside.addLayout(length)
        self._add(inside, self.tr("Reason: why batches keep that long"), self.reason)
        inside.addWidget(self.reason)
        self._add(inside, self.tr("Filler that it holds for (empty where any will do)"), self.filler)
        inside.addWidget(self.filler)
        inside.addWidget(self.light)
        self._add(inside, self.tr("Name, as it stands with every batch"), self.name)
        inside.addWidget(self.name)
        for part in (self.choices, self.custom, self.grounds, self.beyond, self.first_day):
            layout.addWidget(part)

    def _add(self, layout: QVBoxLayout, name: str, field: QWidget) -> None:
        label = QLabel(name, self.custom)
        label.setBuddy(field)
        if not field.accessibleName():
            field.setAccessibleName(name)
        layout.addWidget(label)


def grounds(policy: Policy) -> str:
    """Return why a policy is as long as it is, and under which conditions it holds."""
    conditions = []
    if policy.filler is not None:
        conditions.append(f"filler {policy.filler}")
    if policy.light_resistant:
        conditions.append("a light-resistant container, or a dark place")
    holds = f"Holds for {' and '.join(conditions)}." if conditions else ""
    basis = f"{policy.basis} ({policy.reference})" if policy.reference else policy.basis
    return "\n".join(part for part in (basis, holds) if part)
