"""The component lots of a new batch: one line each, added and taken away, dates typed or picked."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QDate, QPoint, Qt, Signal
from PySide6.QtWidgets import QCalendarWidget, QGridLayout, QLabel, QLineEdit, QToolButton, QVBoxLayout, QWidget

from ldninv.domain.refusal import Refused
from ldninv.ui import draft, icons, theme
from ldninv.ui.acting.fields import ActionButton, Field
from ldninv.ui.draft import Part

_WIDTHS = {"name": 24, "lot": 18, "expires": 16, "supplier": 20}
"""Average letters."""


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


class Components(QWidget):
    """Lines of fields under titles; the last line can be added to, each can be taken away."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Components"))
        self._titles = {
            "name": self.tr("Component"),
            "lot": self.tr("Lot"),
            "expires": self.tr("Expires"),
            "supplier": self.tr("Supplier"),
        }
        self._lines: list[tuple[dict[str, Field], QToolButton]] = []
        self._amounts: list[str] = []
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.step(self, 2))
        self._grid.setVerticalSpacing(theme.step(self, 1))
        for column, (key, title) in enumerate(self._titles.items()):
            self._grid.addWidget(QLabel(title, self), 0, column)
            self._grid.setColumnStretch(column, _WIDTHS[key])
        self.more = ActionButton(self.tr("Add a component"), "plus", self)
        self.more.clicked.connect(self._add_empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.step(self, 1))
        layout.addLayout(self._grid)
        layout.addWidget(self.more)

    @property
    def parts(self) -> tuple[Part, ...]:
        """What stands in the lines."""
        return tuple(
            Part(**{key: field.text() for key, field in fields.items()}, amount=amount)
            for (fields, _), amount in zip(self._lines, self._amounts, strict=True)
        )

    @property
    def lines(self) -> tuple[dict[str, Field], ...]:
        """The fields of each line, by what stands in them."""
        return tuple(fields for fields, _ in self._lines)

    def show_parts(self, parts: Sequence[Part]) -> None:
        """Show other components."""
        while self._lines:
            self._take_away(0)
        for part in parts:
            self._add(part)
        self.changed.emit()

    def field(self, name: str) -> QWidget | None:
        """Return the field that a refusal names: `part-1-expires`."""
        _, _, rest = name.partition("part-")
        number, _, key = rest.partition("-")
        return self._lines[int(number)][0][key] if number.isdigit() and int(number) < len(self._lines) else None

    def remove(self, number: int) -> None:
        """Take a line away."""
        self._take_away(number)
        self.changed.emit()
        self.more.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _add_empty(self) -> None:
        self._add(Part("", ""))
        self._lines[-1][0]["name"].setFocus()

    def _add(self, part: Part) -> None:
        row = len(self._lines) + 1
        fields: dict[str, Field] = {}
        for column, (key, title) in enumerate(self._titles.items()):
            name = f"{title} {row}"
            field = DayField(name, self) if key == "expires" else Field(parent=self)
            field.setAccessibleName(name)
            field.setText(getattr(part, key))
            field.setMinimumWidth(theme.letters(self, _WIDTHS[key] * 2 // 3))
            field.textChanged.connect(lambda _text: self.changed.emit())
            self._grid.addWidget(field, row, column)
            fields[key] = field
        remove = QToolButton(self)
        remove.setAutoRaise(True)
        icons.put_on(remove, "close")
        remove.setAccessibleName(self.tr("Take component {row} away").format(row=row))
        remove.setToolTip(self.tr("Take it away"))
        remove.clicked.connect(lambda _checked=False: self.remove([button for _, button in self._lines].index(remove)))
        self._grid.addWidget(remove, row, len(self._titles))
        self._lines.append((fields, remove))
        self._amounts.append(part.amount)
        for widget in (*fields.values(), remove):
            widget.show()  # now: the focus may go there before Qt comes to it
        self._order()

    def _take_away(self, number: int) -> None:
        fields, remove = self._lines.pop(number)
        self._amounts.pop(number)
        for widget in (*fields.values(), remove):
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        for row, (kept, button) in enumerate(self._lines, start=1):
            for column, field in enumerate((*kept.values(), button)):
                self._grid.addWidget(field, row, column)

    def _order(self) -> None:
        """Walk by Tab from line to line, and then to the button."""
        walked: list[QWidget] = [widget for fields, remove in self._lines for widget in (*fields.values(), remove)]
        walked.append(self.more)
        for one, other in itertools.pairwise(walked):
            QWidget.setTabOrder(one, other)


def _day(text: str) -> date | None:
    try:
        return draft.day(text)
    except Refused:
        return None
