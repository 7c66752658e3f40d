"""Which events are to be seen: of a batch, by a person, from day to day, of a kind."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from ldninv.domain.audit import Asked
from ldninv.domain.refusal import Refused
from ldninv.ui import icons, theme, typed
from ldninv.ui.acting.day import DayField
from ldninv.ui.acting.fields import Field
from ldninv.ui.flow import FlowLayout
from ldninv.ui.history.event_table import action
from ldninv.ui.mapping import Choice
from ldninv.ui.scanner.says import Heard, Sound


class BatchField(Field):
    """A batch that is typed or scanned: a scan that is meant for it stays on this page."""

    scanned = Signal()

    def take_scan(self, text: str) -> Heard:
        """Take a label as it was read; what it names is found out where the events are asked for."""
        self.setText(text.strip())
        self.scanned.emit()
        return Heard(self.tr("Events of {text}.").format(text=text.strip()), Sound.LOOK)


class EventFilter(QWidget):
    """Fields beside one another, each under its name; every change asks anew."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Which events"))
        self.lot = BatchField(parent=self)
        self.lot.setMaximumWidth(theme.letters(self, 22))
        self.lot.setPlaceholderText(self.tr("Type or scan"))
        self.person, self.kind = Choice(self), Choice(self)
        for choice in (self.person, self.kind):
            choice.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToContents)
        self.first, self.last = DayField(self.tr("From day"), self), DayField(self.tr("To day"), self)
        for day in (self.first, self.last):
            day.setMaximumWidth(theme.letters(self, 20))
        self.all = QPushButton(self.tr("Show all"), self)
        icons.put_on(self.all, "close")
        self.all.clicked.connect(self.clear)
        self._lay_out()
        for field in (self.lot, self.first, self.last):
            field.editingFinished.connect(self._told)
        self.lot.scanned.connect(self._told)
        for choice in (self.person, self.kind):
            choice.activated.connect(lambda _index: self._told())
        self._last = self._typed

    @property
    def asked(self) -> Asked:
        """Which events are asked for.

        Raises:
            Refused: a day cannot be read, or the days are the wrong way round.
        """
        first, last = self._day(self.first), self._day(self.last)
        if first is not None and last is not None and last < first:
            raise Refused(f"From {first} to {last} there is no day. Put the earlier day first.")
        kind = self.kind.currentData()
        return Asked(
            lot=" ".join(self.lot.text().split()) or None,
            by=self.person.currentData(),
            first=first,
            last=last,
            actions=frozenset({kind}) if kind else frozenset(),
        )

    @property
    def clean(self) -> bool:
        """Whether all events are asked for."""
        return self._typed == ("", "", "", 0, 0)

    def show_choices(self, people: Sequence[str], actions: Sequence[str]) -> None:
        """Offer who ever did something and what ever happened, keeping what is chosen."""
        _fill(self.person, self.tr("Everybody"), {name: name for name in people})
        _fill(self.kind, self.tr("All kinds"), {name: action(name) for name in actions})

    def show_lot(self, lot: str) -> None:
        """Ask for all that concerns a batch."""
        self._empty()
        self.lot.setText(lot)
        self._told()

    def read_as(self, lot: str) -> None:
        """Show the lot that a label was read as, without asking anew."""
        self.lot.setText(lot)
        self._last = self._typed

    def clear(self) -> None:
        """Ask for all events."""
        self._empty()
        self._told()

    def _empty(self) -> None:
        for field in (self.lot, self.first, self.last):
            field.clear()
        for choice in (self.person, self.kind):
            choice.setCurrentIndex(0)

    @property
    def _typed(self) -> tuple[str, str, str, int, int]:
        return (
            self.lot.text().strip(),
            self.first.text().strip(),
            self.last.text().strip(),
            max(0, self.person.currentIndex()),
            max(0, self.kind.currentIndex()),
        )

    def _told(self) -> None:
        """Ask anew where something else is asked."""
        if self._typed != self._last:
            self._last = self._typed
            self.all.setEnabled(not self.clean)
            self.changed.emit()

    @staticmethod
    def _day(field: DayField) -> date | None:
        return typed.day(field.text()) if field.text().strip() else None

    def _lay_out(self) -> None:
        flow = FlowLayout(theme.step(self, 2), self)
        for name, field in (
            (self.tr("&Batch:"), self.lot),
            (self.tr("&Person:"), self.person),
            (self.tr("&From:"), self.first),
            (self.tr("&To:"), self.last),
            (self.tr("&Kind:"), self.kind),
        ):
            pair = QWidget(self)
            row = QHBoxLayout(pair)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(theme.step(self, 1))
            label = QLabel(name, pair)
            label.setBuddy(field)
            if not field.accessibleName():
                field.setAccessibleName(name.strip(":").replace("&", ""))
            row.addWidget(label)
            row.addWidget(field)
            flow.addWidget(pair)
        flow.addWidget(self.all)
        self.show_choices((), ())
        self.all.setEnabled(False)


def _fill(choice: Choice, everything: str, texts: dict[str, str]) -> None:
    chosen = choice.currentData()
    with QSignalBlocker(choice):
        choice.clear()
        choice.addItem(everything, None)
        for value, text in texts.items():
            choice.addItem(text, value)
        choice.setCurrentIndex(max(0, choice.findData(chosen)) if chosen else 0)
