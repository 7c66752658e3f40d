"""The form that closes a recall: what was done, and a signature."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ldninv.domain.signing import Meaning
from ldninv.services import recall
from ldninv.services.context import Context
from ldninv.services.recall import Opened
from ldninv.ui.acting.actions import Action
from ldninv.ui.acting.fields import ReasonField
from ldninv.ui.acting.form import Form, Outcome
from ldninv.ui.words import grouped

CLOSE = Action("Close the recall", "check", "", "What was done is written down, and a pharmacist signs")
DONE = ("all were called, the capsules were disposed of", "nothing had left the house")
"""What is usually done, at a press."""


class CloseForm(Form):
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

    def start(self) -> QWidget:
        """Return what was done."""
        return self.note

    def act(self) -> Outcome:
        """Close it."""
        pen = self.signed.pen() if self.note.text.strip() else None  # nobody types a PIN for what is refused anyway
        found = recall.close(self.context, self._number, note=self.note.text, sign=pen)
        said = self.tr("Recall {number} is closed. Its batches stay recalled.").format(number=self._number)
        return Outcome(" ".join((said, *found.notices)), (), found.changed)
