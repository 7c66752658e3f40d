"""How storage is checked: on which days nobody is here to read a thermometer, and how long a calibration counts."""

from __future__ import annotations

from calendar import day_name
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ldninv.domain.settings import Settings
from ldninv.ui import theme
from ldninv.ui.acting.fields import Choices, Tick
from ldninv.ui.flow import FlowLayout
from ldninv.ui.settings.panel import Panel

_MONTHS = (3, 6, 12, 18, 24)


class ChecksForm(Panel):
    """Each applies at once (R20)."""

    wanted = Signal(object)
    """Carries what makes the ones that are wanted out of the kept settings."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(
            parent.tr("Checks of storage"),
            parent.tr("Kept for all computers at once. A pharmacist or an admin changes them where there are people."),
            parent,
        )
        days = QWidget(self)
        days.setAccessibleName(self.tr("Closed on"))
        flow = FlowLayout(theme.step(self, 3), days)
        self.closed = [Tick(self.tr(name), days) for name in day_name]
        for tick in self.closed:
            tick.setAccessibleDescription(self.tr("Closed on this day of the week"))
            flow.addWidget(tick)
            tick.clicked.connect(lambda _checked=False: self._chosen())
        self.add(self.tr("Closed on"), days).setBuddy(self.closed[0])
        self.line(self.tr("No daily check is missed on a closed day."))
        self.months: Choices[int] = Choices(
            {number: self.tr("{number} months").format(number=number) for number in _MONTHS},
            self.tr("A logger's calibration counts"),
            self,
        )
        self.add(self.months.accessibleName(), self.months)
        self.months.chosen.connect(self._chosen)
        self._kept = Settings()

    def show_settings(self, kept: Settings) -> None:
        """Show what is kept."""
        self._kept = kept
        for number, tick in enumerate(self.closed):
            tick.setChecked(number in kept.closed_days)
        self.months.choose(kept.calibration_months)

    def _chosen(self) -> None:
        """Tell what was changed against what is kept."""
        chosen = {
            "closed_days": tuple(number for number, tick in enumerate(self.closed) if tick.isChecked()),
            "calibration_months": self.months.value or self._kept.calibration_months,
        }
        changed = {name: value for name, value in chosen.items() if value != getattr(self._kept, name)}
        self.wanted.emit(lambda now: replace(now, **changed))
