"""How closely one looks: who may release, whether a disposal has a witness, how long one stays signed in, privacy."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ldninv.domain.settings import Settings
from ldninv.domain.signing import ReleasedBy
from ldninv.ui.acting.fields import Choices, Tick
from ldninv.ui.settings.panel import Panel

_MINUTES = (1, 2, 4, 8, 15, 30, 60)


class RulesForm(Panel):
    """Each applies at once; while there are no people only what concerns them shows."""

    wanted = Signal(object)
    """Carries what makes the ones that are wanted out of the kept settings."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(
            parent.tr("Signing and privacy"),
            parent.tr("Kept for all computers at once. A pharmacist or an admin changes them where there are people."),
            parent,
        )
        minutes = {number: str(number) for number in _MINUTES}
        self.idle: Choices[int] = Choices(
            minutes, self.tr("Minutes without a touch until the PIN is asked again"), self
        )
        released = {
            ReleasedBy.PHARMACIST: self.tr("A pharmacist"),
            ReleasedBy.ANYBODY: self.tr("Any second person"),
        }
        self.released_by: Choices[ReleasedBy] = Choices(released, self.tr("Who releases what another made"), self)
        self.witness = Tick(self.tr("A disposal takes a witness: another person who saw it"), self)
        self.rx = Tick(self.tr("Keep prescription numbers with what is dispensed"), self)
        self._of_people: list[QWidget] = [self.idle, self.released_by, self.witness]
        for field in (self.idle, self.released_by):
            self._of_people.append(self.add(field.accessibleName(), field))
        self.fields.addWidget(self.witness)
        self.fields.addWidget(self.rx)
        self.line(
            self.tr(
                "A prescription number points to a patient. It is kept for recalls alone, and never stands in a "
                "report, a file name or the history."
            )
        )
        self._kept = Settings()
        self.idle.chosen.connect(self._chosen)
        self.released_by.chosen.connect(self._chosen)
        for tick in (self.witness, self.rx):
            tick.clicked.connect(lambda _checked=False: self._chosen())

    def show_settings(self, kept: Settings, *, people: bool) -> None:
        """Show what is kept."""
        self._kept = kept
        self.idle.choose(kept.idle_minutes)
        self.released_by.choose(kept.released_by)
        self.witness.setChecked(kept.witness_needed)
        self.rx.setChecked(kept.rx_numbers)
        for part in self._of_people:
            part.setVisible(people)

    def _chosen(self) -> None:
        """Tell what was changed against what is kept; it holds also where the settings are shown anew meanwhile."""
        chosen = {
            "idle_minutes": self.idle.value or self._kept.idle_minutes,
            "released_by": self.released_by.value or self._kept.released_by,
            "witness_needed": self.witness.isChecked(),
            "rx_numbers": self.rx.isChecked(),
        }
        changed = {name: value for name, value in chosen.items() if value != getattr(self._kept, name)}
        self.wanted.emit(lambda now: replace(now, **changed))
