"""An amount as a person gives it: a number, and the unit beside it."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ldninv.domain.amounts import UNITS, Amount, Measure, amount
from ldninv.ui import theme
from ldninv.ui.acting.fields import Choices, Field
from ldninv.ui.goods import lines


class AmountField(QWidget):
    """Takes any text, so that a scan that lands here is refused and never becomes an amount."""

    def __init__(self, name: str, parent: QWidget, measure: Measure | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.number = Field(parent=self)
        self.number.setAccessibleName(name)
        self.number.setFont(theme.tabular(theme.scaled(self.number.font(), 1.2)))
        self.number.setMaximumWidth(theme.letters(self, 20))
        self.unit: Choices[str] = Choices({unit: unit for unit in UNITS}, self.tr("Unit"), self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.step(self, 1))
        layout.addWidget(self.number)
        layout.addWidget(self.unit)
        self.setFocusProxy(self.number)
        self.offer(measure)

    @property
    def amount(self) -> Amount:
        """What stands there.

        Raises:
            Refused: it is no amount.
        """
        return amount(self.number.text(), self.unit.value or "g")

    def offer(self, measure: Measure | None) -> None:
        """Offer the units of a measure alone; all where it is not known."""
        offered = lines.units(measure)
        for unit in UNITS:
            self.unit.button(unit).setVisible(unit in offered)
        if self.unit.value not in offered:
            self.unit.choose("g" if "g" in offered else offered[-1])
        self.unit.updateGeometry()
