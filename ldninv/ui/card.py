"""The batch card: the one word in large type, why, and everything else that is known of a batch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QSettings, QSize, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from ldninv.domain.signs import Sign, Tone
from ldninv.services import policies, record, signed
from ldninv.services.batches import Card
from ldninv.services.context import Context
from ldninv.services.recalling import Subject
from ldninv.services.record import Written
from ldninv.services.signed import Signed
from ldninv.ui import facts, theme, words
from ldninv.ui.acting.desk import Desk
from ldninv.ui.acting.many import Chosen
from ldninv.ui.blank import Blank
from ldninv.ui.card_area import CardArea, Column
from ldninv.ui.card_parts import Facts, Past, Said, Tools, Verdict, tool
from ldninv.ui.card_ways import CardWays
from ldninv.ui.date_line import DateLine
from ldninv.ui.jobs import Jobs
from ldninv.ui.movements import Components, Movements
from ldninv.ui.news import News
from ldninv.ui.signed import SignedLines


class CardView(QFrame):
    """Shows one batch at a time, or says how many are chosen, and what can be done to them.

    What one asks first can be selected with the mouse; all of it can be copied.
    """

    closed = Signal()
    lot_asked = Signal(str)
    """Another batch is to be shown, by its lot."""
    label_asked = Signal(str)
    """The labels of a batch are to be shown, by its lot."""
    completed = Signal()
    """All that is known of a batch is shown; what follows the card can follow now."""
    recall_asked = Signal(object, object)
    """Carries the `Subject`s of the batch, and the one that is to be recalled; None where that is open."""

    _area: CardArea

    def __init__(
        self, context: Context, news: News, jobs: Jobs, memory: QSettings, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self.card: Card | None = None
        self._written: Written | None = None
        self._held: QWidget | None = None
        self._due = False
        """Whether what lies below the answer is still to be read and shown."""
        self.desk = Desk(context, news, jobs, self)
        self.ways = CardWays(context, news, jobs, memory, self.desk, lambda: self.card)
        self.setAccessibleName(self.tr("Batch card"))
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.verdict = Verdict(self)
        self._lot = Said(self, 1.4, bold=True)
        self._product = Said(self)
        self._reasons = Said(self)
        self.date = DateLine(context, news, jobs, self)
        self._facts = Facts(self)
        self.signed = SignedLines(self)
        self._components = Components(self)
        self._movements = Movements(self)
        self._past = Past(self)
        self.tools = self._of_a_batch()
        self._close = tool("close", self.tr("Close the card (Esc)"), self.closed.emit, self)
        blank = Blank("card-search-outline", self)
        blank.say(self.tr("No batch chosen"), self.tr("Choose one in the list, or scan a label into the search box."))
        self._stack = QStackedLayout(self)
        self._stack.addWidget(blank)
        self._inside = self._content()
        self._area = CardArea(self._inside, self.desk, self)
        self._stack.addWidget(self._area)
        self._after = QTimer(self, singleShot=True, interval=0)
        self._after.timeout.connect(self.complete)
        self._connect()

    def _connect(self) -> None:
        self.desk.form_shown.connect(self._form_shown)
        self.desk.lot_asked.connect(self.lot_asked)
        self.ways.label_asked.connect(self.label_asked)
        self.ways.recall_asked.connect(self.recall_asked)
        self.desk.elsewhere_asked.connect(self.ways.take)
        self._components.recall_asked.connect(lambda part: self.ways.recall(Subject(part.lot, part.name)))
        self._components.list.walked.connect(lambda where: self._area.follow(self._components.list, where))
        self._movements.certificate_asked.connect(self.ways.show_certificate)
        self._movements.take_back_asked.connect(self.desk.take_back)
        self._movements.list.walked.connect(lambda where: self._area.follow(self._movements.list, where))
        self.desk.told.connect(self._area.show_told)
        self.verdict.painted.connect(self._answered)

    def show_card(self, card: Card | None, *, answer_first: bool = False) -> None:
        """Show a batch; None shows that there is none.

        Args:
            card: All that is known of it.
            answer_first: Paint the word, what can be done and what one asks first, and what lies below right after.
        """
        other = card is None or self.card is None or self.card.kept.batch.id != card.kept.batch.id
        self.card, self._written = card, None
        self.desk.show_card(card)
        self._stack.setCurrentIndex(0 if card is None else 1)
        self._due = card is not None
        if card is None:
            return
        self.tools.show()
        self._show_answer(card)
        if other:
            self._area.begin_anew()
        if other and answer_first and self.isVisible():
            self._hold_focus()
            self._make_room(self.desk.form is not None)
        else:
            self.complete()

    def _show_answer(self, card: Card) -> None:
        """Show what one came for: the word, why, what can be done, and what one asks first."""
        batch = card.kept.batch
        self.verdict.show_sign(card.sign)
        self._lot.say(batch.lot)
        self._product.say(words.product(batch.strength))
        self._reasons.say(facts.reasons(card))
        self._facts.show_facts(facts.facts(card))
        with self.desk.banner.calm():
            self.date.show_found(policies.shortening_of(self._context, card.kept))
            self._show_signed(signed.of_batch(self._context, card.kept))

    def _answered(self) -> None:
        if self._due:
            self._after.start()

    def _hold_focus(self) -> None:
        """Let the keys stay in the list that they are in while it is filled anew."""
        holder = self.focusWidget()
        lists = (self._components.list, self._movements.list)
        self._held = holder if holder in lists and holder.hasFocus() else self._held
        if self._held is not None:
            self._area.setFocus()

    def complete(self) -> None:
        """Show what lies below the answer, where it is not shown yet: what went in, what happened, what was written."""
        card, due, self._due = self.card, self._due, False
        if not due or card is None:
            return
        self._components.show_parts(facts.components(card))
        self._movements.show_movements(facts.movements(card))
        with self.desk.banner.calm():
            self._written = record.written(self._context, card.kept)
        above = self._written and replace(self._written, signatures=())  # they stand with their sign
        self._past.show_sections(facts.past(card, above))
        self._make_room(self.desk.form is not None)
        held, self._held = self._held, None
        if held is not None and self._area.hasFocus():
            held.setFocus()
        self.completed.emit()

    @property
    def incomplete(self) -> bool:
        """Whether what lies below the answer is still to come."""
        return self._due

    @property
    def components(self) -> Components:
        """The component lots of the batch."""
        self.complete()
        return self._components

    @property
    def movements(self) -> Movements:
        """What happened to the batch."""
        self.complete()
        return self._movements

    def show_many(self, chosen: Sequence[Chosen]) -> None:
        """Show how many batches are chosen, what they are, and what can be done to all of them."""
        kept = words.counted(len(chosen), "batch", "batches")
        self.desk.show_many(chosen)
        self._say_sign(Sign(kept, Tone.QUIET, "checkbox-multiple-marked"), self.tr("Chosen in the list"))
        self._reasons.say(facts.tally([now for _, now in chosen]))

    def show_sign(self, sign: Sign, text: str) -> None:
        """Show the one word for something that is no batch."""
        self.desk.show_card(None)
        self._say_sign(sign, text)

    def _show_signed(self, found: Sequence[Signed]) -> None:
        """Show who signed: above all else that is known where something was changed since, else below."""
        below = self.desk if any(each.unchanged is False for each in found) else self._movements
        if self._column.indexOf(below) != self._column.indexOf(self.signed) + 1:
            self._column.removeWidget(self.signed)
            self._column.insertWidget(self._column.indexOf(below), self.signed)
        self.signed.show_signed(found)

    def _say_sign(self, sign: Sign, text: str) -> None:
        self.card, self._due = None, False
        self.verdict.show_sign(sign)
        self._lot.say(text)
        for label in (self._product, self._reasons):
            label.say("")
        self._facts.show_facts(())
        self._components.show_parts(())
        self.date.show_found(None)
        self._movements.show_movements(())
        self._past.show_sections(())
        self.signed.show_signed(())
        self.tools.hide()
        self._make_room(self.desk.form is not None)
        self._stack.setCurrentIndex(1)

    @property
    def opened(self) -> bool:
        """Whether it shows a batch or a sign, so that there is something to close."""
        return self._stack.currentIndex() > 0

    def leave(self) -> bool:
        """Put the form in hand away, and return whether there was one."""
        return self.desk.leave()

    def copy(self) -> None:
        """Put the whole card on the clipboard as text."""
        self.complete()
        if self.card is not None:
            QGuiApplication.clipboard().setText(facts.as_text(self.card, self._written))

    def minimumSizeHint(self) -> QSize:
        """Return room for the widest of what it shows, beside its scroll bar: nothing in it scrolls sideways."""
        bar = self._area.verticalScrollBar().sizeHint().width()
        width = self._inside.minimumSizeHint().width() + bar + 2 * self.frameWidth()
        return super().minimumSizeHint().expandedTo(QSize(width, 0))

    def changeEvent(self, event: QEvent) -> None:
        """Take the colours of another scheme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and getattr(self, "card", None) is not None:
            self.show_card(self.card)

    def _form_shown(self, shown: bool) -> None:  # noqa: FBT001 - a slot
        """Scroll to what the form, or the line that says what was done, has to say."""
        self._make_room(shown)
        self._area.show_desk()

    def _make_room(self, form_shown: bool) -> None:  # noqa: FBT001 - as the slot above
        """Let the form take the place of all that is known of the batch."""
        self._product.setVisible(bool(self._product.text()))
        self._facts.setVisible(not form_shown and self.card is not None)
        below = not form_shown and not self._due
        self._components.setVisible(below and self._components.there)
        self.date.setVisible(not form_shown and self.date.there)
        self.signed.setVisible(not form_shown and self.signed.there)
        self._movements.setVisible(below and self._movements.there)
        self._past.setVisible(below and self._past.there)
        self.updateGeometry()

    def _of_a_batch(self) -> Tools:
        """Return what is done with all that the card says of a batch."""
        return Tools(
            (
                ("printer", self.tr("Print the batch record (Ctrl+P)"), self.ways.show_record),
                ("file-document-multiple", self.tr("Dossier (Ctrl+I)"), self.ways.show_dossier),
                ("content-copy", self.tr("Copy the card as text"), self.copy),
            ),
            self,
        )

    def _content(self) -> QWidget:
        content = Column(self)
        content.setBackgroundRole(QPalette.ColorRole.Base)
        column = self._column = QVBoxLayout(content)
        pad = theme.step(self, 3)
        column.setContentsMargins(pad, pad, pad, pad)
        column.setSpacing(theme.step(self, 2))
        top = QHBoxLayout()
        top.addWidget(self._lot, 1)
        top.addWidget(self._close)
        below = QHBoxLayout()
        below.addWidget(self._product, 1)
        below.addWidget(self.tools)
        column.addWidget(self.verdict)
        column.addLayout(top)
        column.addLayout(below)
        column.addWidget(self._reasons)
        answer = (self.desk, self.date, self._facts)
        for part in (*answer, self._components, self.signed, self._movements, self._past):
            column.addWidget(part)
        column.addStretch(1)
        return content
