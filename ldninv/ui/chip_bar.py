"""The filters above the list: a chip each, with its count, one of them on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QWidget

from ldninv.ui import theme
from ldninv.ui.buttons import Chip
from ldninv.ui.filters import FILTERS, SELDOM, Filter
from ldninv.ui.flow import FlowLayout


class ChipBar(QWidget):
    """Breaks into lines where the window is narrow; what stands beside the chips breaks with them."""

    asked = Signal(object)
    """Carries the `Filter` whose chip was pressed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Filters"))
        self.chips = tuple(Chip(each.sign, each.about, self) for each in FILTERS)
        self._flow = FlowLayout(theme.step(self, 1), self)
        group = QButtonGroup(self)
        for chip, each in zip(self.chips, FILTERS, strict=True):
            self._flow.addWidget(chip)
            group.addButton(chip)
            chip.clicked.connect(lambda _checked=False, each=each: self.asked.emit(each))
        self.chips[0].setChecked(True)

    def add(self, other: QWidget) -> None:
        """Put something else at the end of the chips."""
        self._flow.addWidget(other)

    def check(self, wanted: Filter) -> None:
        """Show which filter is on."""
        self.chips[FILTERS.index(wanted)].setChecked(True)

    def count_of(self, by: Filter) -> int | None:
        """Return what a chip counts."""
        return self.chips[FILTERS.index(by)].count

    def show_counts(self, counts: Sequence[int] | None) -> None:
        """Show how many each stands for; None while that is being read."""
        for number, chip in enumerate(self.chips):
            count = counts[number] if counts else None
            chip.show_count(count)
            chip.setVisible(bool(count) or FILTERS[number] not in SELDOM or chip.isChecked())
