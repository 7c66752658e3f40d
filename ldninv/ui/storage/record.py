"""The storage record of a place: of which days, seen as it is printed, and signed; and who signed the last one."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ldninv.domain.refusal import Refused
from ldninv.domain.signing import Meaning, in_words
from ldninv.services.context import Change, Context
from ldninv.services.storage import papers
from ldninv.services.storage.papers import SignedRecord
from ldninv.ui import theme, typed
from ldninv.ui.acting.actions import Action
from ldninv.ui.acting.day import DayField
from ldninv.ui.acting.fields import ActionButton
from ldninv.ui.acting.form import Form, Outcome
from ldninv.ui.card_parts import Said
from ldninv.ui.field_column import side_by_side
from ldninv.ui.flow import FlowLayout
from ldninv.ui.jobs import Jobs
from ldninv.ui.pill import Pill
from ldninv.ui.signed import SignedLines, sign_of

SIGN = Action("Sign the record", "draw-pen", "", "What was recorded of a place in some days, signed by a pharmacist")
LATELY = timedelta(days=29)
"""Before the last day: 30 days, as long as the window of the mean kinetic temperature (R15)."""


def spans(last: date) -> dict[str, tuple[date, date]]:
    """Return the days that are likely asked for, up to the last recorded one: 30 days, its month, the one before.

    >>> [f"{first} {end}" for first, end in spans(date(2026, 3, 20)).values()]
    ['2026-02-19 2026-03-20', '2026-03-01 2026-03-20', '2026-02-01 2026-02-28']
    """
    month = last.replace(day=1)
    before = month - timedelta(days=1)
    return {
        "Last 30 days": (last - LATELY, last),
        f"{month:%B %Y}": (month, last),
        f"{before:%B %Y}": (before.replace(day=1), before),
    }


class RecordForm(Form):
    """Without people nothing is signed here: Enter shows the paper, which has a line for a pen."""

    paper_asked = Signal(object, object)
    """Carries the first and the last day."""

    def __init__(self, context: Context, jobs: Jobs, place: str, last: date, parent: QWidget) -> None:
        super().__init__(context, SIGN, parent.tr("Storage record of {place}").format(place=place), parent)
        self.place = place
        self._jobs = jobs
        self._wrong: QWidget | None = None
        self.first, self.last = DayField(self.tr("From"), self), DayField(self.tr("To"), self)
        self.choices = QWidget(self)
        flow = FlowLayout(theme.step(self, 1), self.choices)
        self.spans: list[ActionButton] = []
        for word, span in spans(last).items():
            flow.addWidget(self._choice(word, span))
        self.fields.addWidget(self.choices)
        named = {each.accessibleName(): (each, 24) for each in (self.first, self.last)}
        self.fields.addWidget(side_by_side(named, self))
        self.see = ActionButton(self.tr("See and print the record…"), "printer", self)
        self.see.clicked.connect(lambda _checked=False: self.show_paper())
        self.fields.addWidget(self.see, 0, Qt.AlignmentFlag.AlignLeft)
        self.fields.addWidget(self.says)
        self.under = SignedLines(self)
        self.fields.addWidget(self.under)
        self.signed = self.ask_signature(Meaning.STORAGE, place)
        self.enter.setVisible(self.signed.there)
        self.see.set_first(not self.signed.there)
        if not self.signed.there:
            self.line(self.tr("The paper has a line for a pen. With people in Settings it can be signed here."))
        for field in (self.first, self.last):
            field.textChanged.connect(lambda _text: self.look())
        self.choose(*spans(last)["Last 30 days"])

    def choose(self, first: date, last: date) -> None:
        """Ask for the record of these days."""
        self.first.setText(first.isoformat())
        self.last.setText(last.isoformat())

    def start(self) -> QWidget:
        """Return the first day."""
        return self.first

    def mend(self) -> QWidget:
        """Return the day that cannot be read."""
        return self._wrong or self.first

    def confirm(self) -> None:
        """Sign it; without people, show the paper."""
        if self.signed.there:
            super().confirm()
        else:
            self.show_paper()

    def show_paper(self) -> None:
        """Show it as it is printed."""
        self.banner.clear()
        try:
            self.paper_asked.emit(*self._days())
        except Refused as why:
            self.tell(why)

    def act(self) -> Outcome:
        """Sign the record of these days as it is now."""
        first, last = self._days()
        said = papers.sign(self.context, self.place, first, last, self.signed.pen())
        text = self.tr("{said}, {first} to {last}.").format(said=said, first=first, last=last)
        return Outcome(text, (), Change.PLACES)

    def look(self) -> None:
        """Say who signed the record of these days, and whether it still holds; that is judged on a worker."""
        self.under.show_signed(())
        try:
            days = self._days()
        except Refused:
            self.says.hide()
            return
        job = self._jobs.start(lambda _progress: papers.signed(self.context, self.place, *days))
        job.done.connect(self._show_signed)
        job.failed.connect(self.banner.tell_error)

    def _show_signed(self, found: SignedRecord) -> None:
        if (self.first.text(), self.last.text()) != (found.first.isoformat(), found.last.isoformat()):
            return
        self.under.show_signed(found.signed)
        if found.signed:
            self.says.hide()
        elif not self.banner.text:
            self.say(self.tr("Nobody has signed the record of these days."))

    def _days(self) -> tuple[date, date]:
        self._wrong = self.first
        first = typed.day(self.first.text())
        self._wrong = self.last
        last = typed.day(self.last.text())
        if last > self.context.today():
            raise Refused(self.tr("{last} lies ahead. A record ends today at the latest.").format(last=last))
        self._wrong = self.first
        if first > last:
            raise Refused(self.tr("{first} is after {last}. Type the first day first.").format(first=first, last=last))
        self._wrong = None
        return first, last

    def _choice(self, word: str, span: tuple[date, date]) -> ActionButton:
        button = ActionButton(self.tr(word), "calendar", self)
        button.clicked.connect(lambda _checked=False: self.choose(*span))
        self.spans.append(button)
        return button


class SignedLast(QWidget):
    """The record of a place that was signed last, and whether it is what was signed; hidden without one."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.said = Said(self)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.step(self, 2))
        self._row.addWidget(self.said, 1)
        self.pill: Pill | None = None
        self.hide()

    def show_signed(self, found: SignedRecord | None) -> None:
        """Show another."""
        self.setVisible(found is not None and bool(found.signed))
        if found is None or not found.signed:
            return
        last = found.signed[-1]
        sign = sign_of(last)
        self.said.say(f"{found.first} – {found.last}: {in_words(last.signature)}")
        self.setAccessibleName(f"{self.said.text()}: {sign.word}")
        if self.pill is None:
            self.pill = Pill(sign, self)
            self._row.insertWidget(0, self.pill, 0, Qt.AlignmentFlag.AlignTop)
        self.pill.show_sign(sign)
