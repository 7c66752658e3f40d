"""A day, typed or picked."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QPoint, QSize, Qt
from PySide6.QtWidgets import QCalendarWidget, QLineEdit, QWidget

from ldninv.domain.refusal import Refused
from ldninv.ui import icons, theme
from ldninv.ui.acting.fields import Field
from ldninv.ui.typed import day

_WIDEST = "2028-08-28"


class DayField(Field):
    """A day, typed as 2027-05-12 or 2027-05, or picked from a calendar."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent=parent)
        self.setAccessibleName(name)
        self.setFont(theme.tabular(self.font()))
        self.setPlaceholderText(self.tr("YYYY-MM-DD"))
        self.calendar: QCalendarWidget | None = None
        trailing = QLineEdit.ActionPosition.TrailingPosition
        pick = icons.put_in(self, "calendar", trailing, self.tr("Pick a day"))
        pick.setToolTip(self.tr("Pick a day"))
        pick.triggered.connect(self.pick)
        self.editingFinished.connect(self._spell_out)

    def minimumSizeHint(self) -> QSize:
        """Return room for a whole day beside the calendar's icon."""
        metrics = self.fontMetrics()
        width = metrics.horizontalAdvance(_WIDEST) + metrics.height() + theme.step(self, 5)
        return super().minimumSizeHint().expandedTo(QSize(width, 0))

    def pick(self) -> None:
        """Show a calendar below the field."""
        if self.calendar is None:
            self.calendar = QCalendarWidget(self)
            self.calendar.setWindowFlag(Qt.WindowType.Popup)
            self.calendar.setAccessibleName(self.tr("Calendar"))
            self.calendar.clicked.connect(self._picked)
            self.calendar.activated.connect(self._picked)
        shown = _day(self.text())
        if shown is not None:
            self.calendar.setSelectedDate(QDate(shown.year, shown.month, shown.day))
        self.calendar.move(self.mapToGlobal(QPoint(0, self.height())))
        self.calendar.show()
        self.calendar.setFocus()

    def _picked(self, chosen: QDate) -> None:
        self.setText(date(chosen.year(), chosen.month(), chosen.day()).isoformat())
        if self.calendar is not None:
            self.calendar.hide()
        self.setFocus()

    def _spell_out(self) -> None:
        """Show what a month alone means (R3)."""
        meant = _day(self.text())
        if meant is not None:
            self.setText(meant.isoformat())


def _day(text: str) -> date | None:
    try:
        return day(text)
    except Refused:
        return None
