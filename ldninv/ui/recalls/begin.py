"""The form that begins a recall: the lot, what it would reach, why, and one button."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ldninv.domain.recall import Reached
from ldninv.domain.refusal import Refused
from ldninv.services import recalling
from ldninv.services.context import Context
from ldninv.services.recalled import Opened
from ldninv.services.recalling import Subject
from ldninv.ui import theme
from ldninv.ui.acting import words as acting_words
from ldninv.ui.acting.actions import RECALL, Action
from ldninv.ui.acting.fields import Choices, Field, ReasonField
from ldninv.ui.acting.form import Form, Outcome
from ldninv.ui.buttons import ENTER
from ldninv.ui.recalls import tables
from ldninv.ui.scanner.says import Heard, Sound
from ldninv.ui.table import RowTableModel
from ldninv.ui.table_view import TableView
from ldninv.ui.words import counted

BEGIN = Action("Recall", RECALL.icon, "", RECALL.about)
REASONS = ("supplier's letter", "assay out of limits", "label mixed up", "complaint")
"""The usual ones, at a press."""
_SEEN = 8
"""Batches that are in sight at once; the others scroll."""


class LotField(Field):
    """A field into which one types or scans; its Enter goes on, and never recalls by itself."""

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on by Enter."""
        if event.key() in ENTER:
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class BeginForm(Form):
    """Shows what a recall would reach while one types; nothing is done before the button."""

    opened = Signal(object)
    """Carries the recall that was `Opened`."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(context, BEGIN, parent.tr("Recall a lot"), parent)
        self.subjects: tuple[Subject, ...] = ()
        self.lot = LotField(parent=self)
        self.lot.setPlaceholderText(self.tr("Type or scan"))
        self.lot.setMaximumWidth(theme.letters(self, 50))
        self.add(self.tr("Lot of a batch, or of a component"), self.lot)
        self.which: Choices[Subject] = Choices({}, self.tr("What is recalled"), self)
        self._which_name = self.add(self.tr("What is recalled"), self.which)
        self.fields.addWidget(self.says)
        self.model: RowTableModel[Reached] = RowTableModel(tables.titled(tables.SCOPE), parent=self)
        self.table = TableView(self.model, self.tr("Batches that it would reach"), self)
        self.fields.addWidget(self.table)
        self.reason = ReasonField(REASONS, self.tr("Reason"), self)
        self.add(self.tr("Reason"), self.reason)
        self.line(
            self.tr(
                "All of them are blocked at once, those with nothing on hand too, and stay so: only a recall that a "
                "wrong clock dated ahead is taken back. When all is done, it is closed with a signature."
            )
        )
        self.lot.textChanged.connect(lambda _text: self._meant())
        self.lot.entered.connect(self._go_on)
        self._meant()

    def show_subjects(self, subjects: tuple[Subject, ...], chosen: Subject | None = None) -> None:
        """Offer these to be recalled, one of them chosen."""
        self.lot.setText((chosen or subjects[0]).lot)
        self._offer(subjects, chosen or (subjects[0] if len(subjects) == 1 else None))

    def take_scan(self, text: str) -> Heard:
        """Take the lot that was scanned: a batch's own, or a component's; what names neither changes nothing."""
        found = recalling.subjects(self.context, text)
        if not found:
            says = self.tr("“{text}” is no lot that can be recalled. Scan a batch, or a component lot.")
            says = says.format(text=text.strip())
            self.say(says)
            return Heard(says, Sound.STOP)
        self.show_subjects(found)
        self._go_on()
        return Heard(self.tr("{what}: give the reason.").format(what=found[0].words), Sound.LOOK)

    def start(self) -> QWidget:
        """Return the lot; the reason where what is recalled is clear."""
        if self.which.value is not None:
            return self.reason
        return self.which.first() if self.subjects else self.lot

    def mend(self) -> QWidget:
        """Return what is missing first."""
        return self.start()

    def look(self) -> None:
        """Say what it would reach."""
        subject = self.which.value
        if subject is None:
            self._show(())
            self.say(self._missing())
            return
        try:
            reach = recalling.reach(self.context, subject)
        except Refused as why:
            self._show(())
            self.say(str(why))
            return
        self._show(reach.batches)
        self.say(tables.would_reach(reach.tally))

    def act(self) -> Outcome:
        """Recall it."""
        if self.which.value is None:
            raise Refused(self._missing())
        reason = acting_words.reason(self.reason.text, self.tr("recall"))
        found = recalling.begin(self.context, self.which.value, reason=reason)
        self.opened.emit(found)
        return Outcome(_done(found), (), found.changed)

    def _missing(self) -> str:
        if len(self.subjects) > 1:
            return self.tr("This can mean several things. Choose the one that is recalled.")
        text = self.lot.text().strip()
        if text:
            return self.tr("No batch has the lot {lot}, and no component that was used or received.").format(lot=text)
        return self.tr("Type or scan the lot: what it would reach is shown here before anything is done.")

    def _meant(self) -> None:
        """Find out what the lot in the field can mean."""
        text = self.lot.text().strip()
        found = recalling.subjects(self.context, text) if text else ()
        self._offer(found, found[0] if len(found) == 1 else None)

    def _offer(self, subjects: tuple[Subject, ...], chosen: Subject | None) -> None:
        if subjects != self.subjects:
            self.subjects = subjects
            old, self.which = (
                self.which,
                Choices({each: each.words for each in subjects}, self.tr("What is recalled"), self),
            )
            self.fields.replaceWidget(old, self.which)
            old.hide()
            old.deleteLater()
            self._which_name.setBuddy(self.which)
            self.which.chosen.connect(self.look)
        for part in (self._which_name, self.which):
            part.setVisible(len(subjects) > 1)
        self.which.choose(chosen)
        self.order()
        self.look()

    def _show(self, batches: tuple[Reached, ...]) -> None:
        self.model.show_rows(batches)
        self.table.setVisible(bool(batches))
        lines = min(len(batches), _SEEN) + 1
        height = self.table.verticalHeader().defaultSectionSize()
        self.table.setFixedHeight(lines * height + theme.step(self, 3))

    def _go_on(self) -> None:
        self.point_to(self.start())


def _done(found: Opened) -> str:
    said = f"Recalled: {counted(len(found.reached), 'batch', 'batches')} blocked."
    return " ".join((said, *found.notices))
