"""The page of a new batch: its fields, the date it will carry said live, and its lot once it is kept."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget

from ldninv.domain.people import SignInNeeded
from ldninv.domain.policies import BEYOND_USP_795
from ldninv.domain.quantities import Strength
from ldninv.domain.refusal import Refused, Surroundings
from ldninv.domain.signing import Meaning
from ldninv.domain.signs import Tone
from ldninv.services import making, places
from ldninv.services.context import Change, Context
from ldninv.services.ledger import Done
from ldninv.ui import draft, only_one, theme
from ldninv.ui.acting import words
from ldninv.ui.acting.fields import ActionButton
from ldninv.ui.acting.signature import Signature
from ldninv.ui.buttons import ENTER
from ldninv.ui.draft import Draft
from ldninv.ui.known_beside import Known
from ldninv.ui.made import Made, says
from ldninv.ui.new_batch_fields import NewBatchFields
from ldninv.ui.news import News
from ldninv.ui.pages import Page, column, heading, scrolling
from ldninv.ui.scanner.says import Heard, Sound
from ldninv.ui.shortcuts import Shortcut
from ldninv.ui.typed import Unread
from ldninv.ui.words import product


class NewBatchPage(Page):
    """Enter goes on to the next field, because a scanner sends it after a component's lot; Ctrl+Enter keeps."""

    concerns = Change.PLACES | Change.SETTINGS | Change.PEOPLE
    shortcuts = (
        Shortcut("Enter", "Go on to the next field"),
        Shortcut("Ctrl+Enter", "Keep the batch"),
    )

    batch_asked = Signal(str)
    """The batch that was made is to be opened, by its lot."""
    label_asked = Signal(str)
    """Its labels are to be shown."""

    def __init__(self, context: Context, news: News, memory: QSettings, parent: QWidget | None = None) -> None:
        super().__init__(news, parent)
        self._context = context
        self._memory = memory
        self._aside = f"making/{only_one.key(Path(context.store.name))}"
        self._known = Known(context)
        self._blank: Draft | None = None
        self._strength: Strength | None = None
        self._begun = False
        self._day = context.today()
        self.fields = NewBatchFields(self)
        self.source = says(self)
        self.date = says(self, 1.3, bold=True)
        self.notice = says(self)
        self.unmet = says(self)
        self.signature = Signature(context, Meaning.CONDITIONS, self)
        self.keep = ActionButton(self.tr("Keep the batch"), "check", self, first=True)
        self.keep.setToolTip(self.tr("Ctrl+Enter"))
        self.made = Made(self)
        self._views = QStackedWidget(self)
        self._lay_out()
        self.fields.changed.connect(self.look)
        self.fields.strength_given.connect(self._prefill)
        self.fields.components.drug_lot_given.connect(self._drug_lot_given)
        self.fields.components.told.connect(self.banner.tell)
        self.fields.components.meant = self._known.meant
        self.keep.clicked.connect(self.make)
        self.made.another.clicked.connect(self.begin)
        self.made.label.clicked.connect(lambda: self.label_asked.emit(self.made.lot))
        self.made.open.clicked.connect(lambda: self.batch_asked.emit(self.made.lot))
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.make)

    def refresh(self) -> None:
        """Read policies and places again; what was typed stays."""
        with self.banner.calm(self.refresh):
            self._settings = self._context.settings
            self.signature.refresh()
            self.fields.offer(self._settings, places.places(self._context))
            day, self._day = self._day, self._context.today()
            if not self._begun and not self._views.currentIndex():
                self.begin()
                self._take_up()
            elif self.fields.prepared.text() == day.isoformat():
                self.fields.prepared.setText(self._day.isoformat())
            self._follow_who_signs_in()
            self.look()

    def _follow_who_signs_in(self) -> None:
        """Put who signed in where the computer's account stands as who made it: nobody typed that."""
        if self.fields.made_by.text() == self._context.account:
            self.fields.made_by.setText(self._context.user)

    def showEvent(self, event: QShowEvent) -> None:
        """Come back to empty fields after a batch was kept."""
        super().showEvent(event)
        if self._views.currentIndex() and not event.spontaneous():
            self.begin()

    @property
    def filling_in(self) -> bool:
        """Whether something was typed that is not kept yet."""
        return self._begun and self.fields.draft != self._blank

    def begin(self) -> None:
        """Begin another batch."""
        self._begun = True
        self._strength = None
        self.banner.clear()
        self.source.setText(self.tr("Choose the strength: the rest is filled in from the last batch of it."))
        self.fields.begin(self._context.today(), self._context.now().time(), self._context.user)
        self._blank = self.fields.draft
        self._views.setCurrentIndex(0)
        self.fields.usual.first().setFocus(Qt.FocusReason.ShortcutFocusReason)

    def remember(self) -> None:
        """Put aside what is half filled in, for the next start."""
        if self.filling_in:
            self._memory.setValue(self._aside, draft.to_text(self.fields.draft))
        elif self._begun:
            self._memory.remove(self._aside)

    def look(self) -> None:
        """Say the date it will carry, and what is against it."""
        if not self._begun or not self.fields.policy.count():
            return
        written = self.fields.draft
        self._say_weights(written)
        try:
            recipe = written.preview()
            expiry = recipe.expiry(with_components=self._settings.with_components)
        except Refused as why:
            self.date.setText(self.tr("No date yet"))
            self._say(self.unmet, str(why))
            return
        self.date.setText(self.tr("Use by {date}").format(date=words.decided(expiry)))
        self._say(self.notice, BEYOND_USP_795 if recipe.policy.beyond_usp_795 else "")
        self.fields.ask_reason(bool(recipe.unmet))
        self.signature.setVisible(bool(recipe.unmet) and self.signature.there)
        self._say(self.unmet, draft.obstacle(recipe, self._context.today()) or "")

    def make(self) -> None:
        """Keep the batch, and show its lot."""
        if self._views.currentIndex():
            return
        self.banner.clear()
        self.signature.wrong = False
        unread = self.fields.components.settle()
        if unread is not None:
            self._point_to(unread)
            return
        try:
            recipe = self.fields.draft.recipe()
            signs = recipe.unmet and recipe.reason and self.signature.there
            done = making.make(self._context, recipe, sign=self.signature.pen() if signs else None)
        except SignInNeeded as why:
            self.banner.tell_error(why, self.make)
        except Unread as why:
            self.banner.tell_error(why)
            self._point_to(self.fields.field(why.field))
        except Refused as why:
            self.banner.tell_error(why)
            if self.signature.wrong:
                self._point_to(self.signature.mend())
                return
            self._point_to(self.fields.field(draft.blamed(self.fields.draft, self._context.today())))
        except Surroundings as why:
            self.banner.tell_error(why, self.make)
        else:
            self._kept(done)

    def take_scan(self, text: str) -> Heard | None:
        """Take a place, or a component lot that is known here, wherever the cursor is; the rest is for the window."""
        if self._views.currentIndex():
            return None
        place = self.fields.place.choose_scanned(text)
        if place is not None:
            return Heard(place, Sound.GOOD)
        return self.fields.components.take_known(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on to the next field by Enter."""
        if event.key() in ENTER and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.focusNextChild()
            field = self.focusWidget()
            if field is not None and self._area.isAncestorOf(field):
                self._area.ensureWidgetVisible(field)
        else:
            super().keyPressEvent(event)

    def _kept(self, done: Done) -> None:
        strength = self.fields.draft.recipe().strength
        self._begun = False
        self.signature.forget()
        self._memory.remove(self._aside)
        self.made.show_lot(done, product(strength))
        self._views.setCurrentIndex(1)
        self.made.open.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.news.changed.emit(done.changed)

    def _say_weights(self, written: Draft) -> None:
        """Say what is to be weighed, or what has to be known for it."""
        try:
            says, hints = written.to_weigh(self.tr("filler"))
        except Refused as why:
            says, hints = "" if self._strength is None else str(why), ("", "")
        self._say(self.fields.weights, says)
        self.fields.components.suggest_amounts(*hints, written.filler)

    def _drug_lot_given(self, lot: str) -> None:
        """Fill in the potency that was read for the lot before; that of another lot never stays."""
        with self.banner.calm():
            self.fields.sheet.show_potency(lot, self._known.potency(lot))

    def _take_up(self) -> None:
        """Go on with what was half filled in when the window closed."""
        text = self._memory.value(self._aside)
        if text is None or not self.fields.take_up(str(text), self._known.formulas):
            return
        with suppress(Refused):
            self._strength = Strength.parse(self.fields.strength.text())
        self.source.setText(self.tr("As it was when the window closed. Check the date and the component lots."))
        self.banner.tell(
            self.tr("This batch was not kept yet: it is filled in as you left it."),
            Tone.QUIET,
            [(self.tr("Begin anew"), self.begin)],
        )

    def _prefill(self) -> None:
        """Fill in from the last batch of the strength, once for each strength."""
        try:
            strength = Strength.parse(self.fields.strength.text())
        except Refused:
            return
        if strength == self._strength:
            return
        self._strength = strength
        with self.banner.calm(self._prefill):
            found = self._known.of_last(strength)
            self.fields.fill(found)
            if found.kept is None:
                self.source.setText(self.tr("The first batch of {strength} mg.").format(strength=strength))
                return
            last = found.kept.batch
            says = self.tr("Filled in from {lot}, prepared {day}. Check the component lots, or scan them anew.")
            self.source.setText(says.format(lot=last.lot, day=last.prepared))

    def _say(self, label: QLabel, text: str) -> None:
        label.setText(text)
        label.setVisible(bool(text))

    def _point_to(self, field: QWidget) -> None:
        if self.fields.more.isAncestorOf(field):
            self.fields.more.unfold()
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._area.ensureWidgetVisible(field)

    def _lay_out(self) -> None:
        content = QWidget(self)
        inner = QVBoxLayout(content)
        inner.setContentsMargins(0, 0, theme.step(self, 3), 0)
        inner.setSpacing(theme.step(self, 2))
        for part in (self.source, self.fields, self.signature, self.notice):
            inner.addWidget(part)
        inner.addStretch(1)
        self._area = scrolling(content, self.tr("Fields of the new batch"), self, sideways=True)
        form = QWidget(self)
        below = QVBoxLayout(form)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(theme.step(self, 2))
        below.addWidget(self._area, 1)
        for line in (self.date, self.unmet):
            below.addWidget(line)
        below.addWidget(self.keep)
        self._views.addWidget(form)
        self._views.addWidget(self.made)
        layout = column(self)
        layout.addWidget(heading(self.tr("New batch"), self))
        layout.addWidget(self.banner)
        layout.addWidget(self._views, 1)
