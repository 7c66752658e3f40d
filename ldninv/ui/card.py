"""The batch card: the one word in large type, why, and everything else that is known of a batch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedLayout, QToolButton, QVBoxLayout, QWidget

from ldninv.domain.entries import Posted
from ldninv.domain.signs import Sign, Tone
from ldninv.services import policies, record, signed
from ldninv.services.batches import Card
from ldninv.services.context import Context
from ldninv.services.recalling import Subject, of_batch
from ldninv.services.record import Written
from ldninv.services.signed import Signed
from ldninv.ui import facts, icons, papers, theme, words
from ldninv.ui.acting.actions import DOSSIER, LABEL, Action
from ldninv.ui.acting.desk import Desk
from ldninv.ui.acting.many import Chosen
from ldninv.ui.blank import Blank
from ldninv.ui.card_parts import Facts, Past, Said, Verdict
from ldninv.ui.date_line import DateLine
from ldninv.ui.jobs import Jobs
from ldninv.ui.movements import Components, Movements
from ldninv.ui.news import News
from ldninv.ui.paper_panel import PaperPanel, Printable
from ldninv.ui.ring import FocusRing
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
    recall_asked = Signal(object, object)
    """Carries the `Subject`s of the batch, and the one that is to be recalled; None where that is open."""

    def __init__(self, context: Context, news: News, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._news, self._jobs = context, news, jobs
        self.card: Card | None = None
        self._written: Written | None = None
        self.papers: PaperPanel | None = None
        self._settling = False
        self._in_sight: tuple[QWidget, ...] = ()
        self._followed = QRect()
        self.desk = Desk(context, news, jobs, self)
        self.desk.form_shown.connect(self._form_shown)
        self.desk.told.connect(self._told)
        self.desk.lot_asked.connect(self.lot_asked)
        self.desk.elsewhere_asked.connect(self._open_elsewhere)
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
        self.components = Components(self)
        self.components.recall_asked.connect(lambda part: self._recall(Subject(part.lot, part.name)))
        self.components.list.walked.connect(lambda where: self._follow(self.components.list, where))
        self.movements = Movements(self)
        self.movements.certificate_asked.connect(self.show_certificate)
        self.movements.take_back_asked.connect(self.desk.take_back)
        self.movements.list.walked.connect(lambda where: self._follow(self.movements.list, where))
        self._walked: QWidget = self.movements.list
        self._past = Past(self)
        self._copy = self._tool("content-copy", self.tr("Copy the card as text"), self.copy)
        self._print = self._tool("printer", self.tr("Print the batch record (Ctrl+P)"), self.show_record)
        self._dossier = self._tool(
            "file-document-multiple", self.tr("Dossier of the batch (Ctrl+I)"), self.show_dossier
        )
        self._close = self._tool("close", self.tr("Close the card (Esc)"), self.closed.emit)
        self._blank = Blank("card-search-outline", self)
        self._blank.say(
            self.tr("No batch chosen"), self.tr("Choose one in the list, or scan a label into the search box.")
        )
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._blank)
        self._inside = self._content()
        self._stack.addWidget(self._scrolling(self._inside))

    def show_card(self, card: Card | None) -> None:
        """Show a batch; None shows that there is none."""
        other = card is None or self.card is None or self.card.kept.batch.id != card.kept.batch.id
        self.card = card
        self.desk.show_card(card)
        self._stack.setCurrentIndex(0 if card is None else 1)
        if card is None:
            return
        for tool in (self._copy, self._print, self._dossier):
            tool.show()
        batch = card.kept.batch
        self.verdict.show_sign(card.sign)
        self._lot.say(batch.lot)
        self._product.say(words.product(batch.strength))
        self._reasons.say(facts.reasons(card))
        self._facts.show_facts(facts.facts(card))
        self.components.show_parts(facts.components(card))
        self.movements.show_movements(facts.movements(card))
        with self.desk.banner.calm():
            self._written = record.written(self._context, card.kept)
            self.date.show_found(policies.shortening_of(self._context, card.kept))
            self._show_signed(signed.of_batch(self._context, card.kept))
        above = self._written and replace(self._written, signatures=())  # they stand with their sign
        self._past.show_sections(facts.past(card, above))
        self._make_room(self.desk.form is not None)
        if other:
            self._settling = False
            self._followed = QRect()
            self._area.verticalScrollBar().setValue(0)

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
        below = self.desk if any(each.unchanged is False for each in found) else self.movements
        if self._column.indexOf(below) != self._column.indexOf(self.signed) + 1:
            self._column.removeWidget(self.signed)
            self._column.insertWidget(self._column.indexOf(below), self.signed)
        self.signed.show_signed(found)

    def _say_sign(self, sign: Sign, text: str) -> None:
        self.card = None
        self.verdict.show_sign(sign)
        self._lot.say(text)
        for label in (self._product, self._reasons):
            label.say("")
        self._facts.show_facts(())
        self.components.show_parts(())
        self.date.show_found(None)
        self.movements.show_movements(())
        self._past.show_sections(())
        self.signed.show_signed(())
        for tool in (self._copy, self._print, self._dossier):
            tool.hide()
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
        if self.card is not None:
            QGuiApplication.clipboard().setText(facts.as_text(self.card, self._written))

    def show_record(self) -> None:
        """Show the batch record as it is printed."""
        if self.card is None or self.desk.form is not None:
            return
        self._show_paper(papers.batch_record(self._context, self.card.kept.batch.lot))

    def show_dossier(self) -> None:
        """Show all that is known of the batch, as it is printed."""
        if self.card is not None:
            self._show_paper(papers.of_batch(self._context, self.card.kept.batch.lot))

    def ask_label(self) -> None:
        """Ask for the labels of the batch."""
        if self.card is not None:
            self.label_asked.emit(self.card.kept.batch.lot)

    def show_certificate(self, posted: Posted) -> None:
        """Show the certificate of a disposal as it is printed."""
        self._show_paper(papers.of_disposal(self._context, posted))

    def _show_paper(self, asked: Printable) -> None:
        if self.papers is None or self.papers.parent() is not self.window():
            self.papers = PaperPanel(self._news, self._jobs, self.window())
        self.papers.show_paper(asked)

    def _open_elsewhere(self, action: Action) -> None:
        if action is DOSSIER:
            self.show_dossier()
        elif action is LABEL:
            self.ask_label()
        else:
            self._recall(None)

    def _recall(self, chosen: Subject | None) -> None:
        """Ask to recall the batch, or a component's lot of it."""
        if self.card is not None:
            subjects = of_batch(self.card.kept.batch)
            self.recall_asked.emit(subjects, chosen or subjects[0])

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
        self._area.verticalScrollBar().setValue(0)
        self._in_sight, self._followed = (), QRect()
        self._settling = True

    def _make_room(self, form_shown: bool) -> None:  # noqa: FBT001 - as the slot above
        """Let the form take the place of all that is known of the batch."""
        self._product.setVisible(bool(self._product.text()))
        self._facts.setVisible(not form_shown and self.card is not None)
        self.components.setVisible(not form_shown and self.components.there)
        self.date.setVisible(not form_shown and self.date.there)
        self.signed.setVisible(not form_shown and self.signed.there)
        self.movements.setVisible(not form_shown and self.movements.there)
        self._past.setVisible(not form_shown and self._past.there)
        self.updateGeometry()

    def _told(self, in_sight: tuple[QWidget, ...]) -> None:
        """Show what a form says together with the way out, now and once there is room for it."""
        self._in_sight = in_sight
        self._settling = True
        self._show_told()

    def _show_told(self) -> None:
        for part in self._in_sight:
            if part.isVisible():
                self._area.ensureWidgetVisible(part, 0, theme.step(self, 1))

    def _settled(self) -> None:
        """Scroll to the form, or to the line that says what was done, where the room is too short for all."""
        bar, bottom = self._area.verticalScrollBar(), self.desk.y() + self.desk.height()
        if self._followed.isValid():
            self._show_followed()
        elif self._settling and self._in_sight:
            self._show_told()
        elif self._settling and bottom > self._area.viewport().height():
            bar.setValue(self.desk.y())
        self._settling = False

    def _follow(self, walked: QWidget, where: QRect) -> None:
        """Keep the line in hand in sight."""
        self._walked, self._followed = walked, where
        self._show_followed()

    def _show_followed(self) -> None:
        top = self._walked.mapTo(self._inside, self._followed.topLeft()).y()
        for edge in (top + self._followed.height(), top):
            self._area.ensureVisible(0, edge, 0, theme.step(self, 2))

    def _tool(self, icon: str, name: str, act: object) -> QToolButton:
        button = QToolButton(self)
        button.setAutoRaise(True)
        icons.put_on(button, icon)
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.clicked.connect(act)
        return button

    def _content(self) -> QWidget:
        content = QWidget(self)
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
        for tool in (self._print, self._dossier, self._copy):
            below.addWidget(tool)
        column.addWidget(self.verdict)
        column.addLayout(top)
        column.addLayout(below)
        column.addWidget(self._reasons)
        column.addWidget(self.desk)
        column.addWidget(self.date)
        column.addWidget(self._facts)
        column.addWidget(self.components)
        column.addWidget(self.signed)
        column.addWidget(self.movements)
        column.addWidget(self._past)
        column.addStretch(1)
        return content

    def _scrolling(self, content: QWidget) -> QScrollArea:
        self._area = QScrollArea(self)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setAccessibleName(self.tr("Details of the batch"))
        self._area.setWidget(content)
        FocusRing(self._area)
        self._area.verticalScrollBar().rangeChanged.connect(lambda _low, _high: self._settled())
        return self._area
