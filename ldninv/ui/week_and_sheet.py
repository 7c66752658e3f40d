"""Which week's report is shown, and on which sheet of paper."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QSettings, QSignalBlocker
from PySide6.QtWidgets import QComboBox, QLabel, QWidget

from ldninv.domain.days import Week
from ldninv.paper.page import SIZES, PageSize, usual_size
from ldninv.ui.flow import FlowLayout
from ldninv.ui.mapping import Choice

_KEPT = "reports/size"


class WeekAndSheet(QObject):
    """Two choices in the row above a report; the sheet is kept for the next start."""

    def __init__(self, memory: QSettings, parent: QWidget) -> None:
        super().__init__(parent)
        self._memory = memory
        self._weeks: Sequence[Week] = ()
        self.week = Choice(parent)
        self.week.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.sheet = QComboBox(parent)
        for name, size in SIZES.items():
            self.sheet.addItem(size.name, name)
        kept = str(memory.value(_KEPT, usual_size().name.casefold()))
        self.sheet.setCurrentIndex(max(0, self.sheet.findData(kept)))

    @property
    def size(self) -> PageSize:
        """The sheet that was chosen."""
        return SIZES[self.sheet.currentData()]

    @property
    def chosen(self) -> Week | None:
        """The past week that was chosen; None for the running one, whichever that is by then."""
        return self.week.currentData() if self.week.currentIndex() > 0 else None

    def offer(self, weeks: Sequence[Week]) -> None:
        """Offer the weeks of which something is known, keeping the one that was chosen."""
        chosen, self._weeks = self.chosen, weeks
        self.week.clear()
        for week in weeks:
            says = self.tr("{week}, this week") if week is weeks[0] else self.tr("{week}, to {sunday}")
            self.week.addItem(says.format(week=week, sunday=week.sunday), week)
        self.week.setCurrentIndex(weeks.index(chosen) if chosen in weeks else 0)

    def name(self, week: Week, size: PageSize) -> None:
        """Name what is shown still, where another one did not come."""
        with QSignalBlocker(self.sheet):
            self.sheet.setCurrentText(size.name)
        self.week.setCurrentIndex(self._weeks.index(week))

    def remember(self) -> None:
        """Keep the sheet for the next start."""
        self._memory.setValue(_KEPT, self.sheet.currentData())

    def put_into(self, flow: FlowLayout, row: QWidget) -> None:
        """Put both at the end of a row, each after its name."""
        for name, choice in ((self.tr("&Week:"), self.week), (self.tr("Page &size:"), self.sheet)):
            label = QLabel(name, row)
            label.setBuddy(choice)
            choice.setAccessibleName(name.strip(":").replace("&", ""))
            flow.addWidget(label)
            flow.addWidget(choice)
