"""The forms that end a recall, both signed: closed for what was done, or taken back where a wrong clock dated it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ldninv.domain.signing import Meaning
from ldninv.services import recall
from ldninv.services.context import Context
from ldninv.services.recalled import Opened
from ldninv.ui.acting import reasons, words
from ldninv.ui.acting.actions import Action
from ldninv.ui.acting.fields import ReasonField
from ldninv.ui.acting.form import Form, Outcome
from ldninv.ui.words import day, grouped

CLOSE = Action("Close the recall", "check", "", "What was done is written down, and a pharmacist signs")
TAKE_BACK = Action("Take the recall back", "undo", "", "A wrong clock dated it ahead: its batches are as they were")
DONE = ("all were called, the capsules were disposed of", "nothing had left the house")
"""What is usually done, at a press."""


class EndForm(Form):
    """What both have in common: the recall, a few words, and a signature."""

    note: ReasonField

    def start(self) -> QWidget:
        """Return what is said of it."""
        return self.note


class CloseForm(EndForm):
    """Its batches stay recalled: closing says that all is done that could be."""

    def __init__(self, context: Context, opened: Opened, parent: QWidget) -> None:
        title = parent.tr("Close recall {number}").format(number=opened.recall.number)
        super().__init__(context, CLOSE, title, parent)
        self._number = opened.recall.number
        tally = opened.tally
        if tally.on_hand or tally.missing:
            self.line(
                self.tr(
                    "Still on the shelf: {on_hand}. Dispensed and not back: {missing}. Both are written down with it."
                ).format(on_hand=grouped(tally.on_hand), missing=grouped(tally.missing))
            )
        self.note = ReasonField(DONE, self.tr("What was done"), self)
        self.add(self.tr("What was done"), self.note)
        self.signed = self.ask_signature(Meaning.RECALL_CLOSED, opened.recall.what)

    def act(self) -> Outcome:
        """Close it."""
        pen = self.signed.pen() if self.note.text.strip() else None  # nobody types a PIN for what is refused anyway
        found = recall.close(self.context, self._number, note=self.note.text, sign=pen)
        said = self.tr("Recall {number} is closed. Its batches stay recalled.").format(number=self._number)
        return Outcome(" ".join((said, *found.notices)), (), found.changed)


class TakeBackForm(EndForm):
    """Nothing else could happen to its batches until the day that it was given."""

    def __init__(self, context: Context, opened: Opened, parent: QWidget) -> None:
        title = parent.tr("Take recall {number} back").format(number=opened.recall.number)
        super().__init__(context, TAKE_BACK, title, parent)
        self._number = opened.recall.number
        says = self.tr("It is dated {day}, which lies ahead. Its batches are then as they were before.")
        self.line(says.format(day=day(opened.recall.day)))
        self.note = ReasonField(reasons.TAKE_BACK_SIGNED[:1], self.tr("Reason"), self)
        self.add(self.tr("Reason"), self.note)
        self.signed = self.ask_signature(Meaning.TAKEN_BACK, opened.recall.what)

    def act(self) -> Outcome:
        """Take it back."""
        reason = words.reason(self.note.text, self.tr("take a recall back"))
        found = recall.take_back(self.context, self._number, reason=reason, sign=self.signed.pen())
        said = self.tr("Recall {number} is taken back.").format(number=self._number)
        return Outcome(" ".join((said, *found.notices)), (), found.changed)
