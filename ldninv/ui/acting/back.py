"""Taking back one movement of a batch, by a new entry that says why (R10)."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ldninv.domain.batch import Batch
from ldninv.domain.ledger import Kind, Posted
from ldninv.domain.signing import Meaning
from ldninv.domain.taking_back import dated_ahead, void_signed
from ldninv.domain.told import happened
from ldninv.services import ledger
from ldninv.services.batches import Card
from ldninv.services.context import Context
from ldninv.ui.acting import reasons, words
from ldninv.ui.acting.actions import TAKE_BACK
from ldninv.ui.acting.fields import ReasonField
from ldninv.ui.acting.form import Form, Outcome
from ldninv.ui.words import day as words_of_day
from ldninv.ui.words import moment


class TakeBackForm(Form):
    """Why it is taken back; what was done, by whom and when stands above."""

    def __init__(self, context: Context, batch: Batch, posted: Posted, parent: QWidget) -> None:
        super().__init__(context, TAKE_BACK, f"{TAKE_BACK.word} a movement of {posted.lot}", parent)
        self._posted = posted
        says = self.tr("{when}, {who}: {what}. Both entries stay.")
        self.line(says.format(when=moment(posted.at), who=posted.by, what=happened(posted)))
        signed = void_signed(batch, posted.entry, context.today())
        ahead = dated_ahead(batch, posted.entry, context.today())
        usual = reasons.TAKE_BACK_SIGNED if signed and ahead else reasons.TAKE_BACK
        self.reason = ReasonField(usual, self.tr("Reason"), self)
        self.add(self.tr("Reason"), self.reason)
        self.signed = None
        if signed:
            if ahead:
                self.line(self._wrong_day(batch))
            self.signed = self.ask_signature(Meaning.TAKEN_BACK, posted.lot)

    def _wrong_day(self, batch: Batch) -> str:
        """Say which day lies ahead, and what the batch is then."""
        made = self._posted.entry.kind is Kind.MADE
        day = max(self._posted.entry.day, batch.prepared) if made else self._posted.entry.day
        follows = (
            self.tr(
                "The batch then counts as never made under this lot, and what went into it is back in its stock. "
                "Make it anew, and stick the new label on what stands there."
            )
            if made
            else self.tr("The batch is then as it was before.")
        )
        return self.tr("It is dated {day}, which lies ahead. {follows}").format(day=words_of_day(day), follows=follows)

    def start(self) -> QWidget:
        """Return the reason."""
        return self.reason

    def reread(self, card: Card) -> None:
        """Stay: a movement never changes."""

    def act(self) -> Outcome:
        """Take it back."""
        reason = words.reason(self.reason.text, self.tr("take a movement back"))
        pen = self.signed.pen() if self.signed is not None else None
        done = ledger.void(self.context, self._posted.id, reason=reason, sign=pen)
        return Outcome(" ".join((words.undone(done.posted), *done.notices)), (done.posted,), done.changed)
