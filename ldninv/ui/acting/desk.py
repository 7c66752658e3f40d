"""Where one acts: the actions that make sense now, the form in hand, and the line that says what was done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from ldninv.domain.ledger import Kind, Posted
from ldninv.domain.places import PlaceKind
from ldninv.domain.refusal import Refused, Surroundings
from ldninv.domain.standing import State
from ldninv.domain.taking_back import voidable
from ldninv.services import places
from ldninv.services.batches import Card
from ldninv.services.context import Change, Context
from ldninv.ui import theme
from ldninv.ui.acting import actions, words
from ldninv.ui.acting.actions import MOVE, Action
from ldninv.ui.acting.back import TakeBackForm
from ldninv.ui.acting.bar import ActionBar
from ldninv.ui.acting.certificates import Certificates
from ldninv.ui.acting.dispense import DispenseForm
from ldninv.ui.acting.form import Outcome, typed
from ldninv.ui.acting.forms import FORMS, SingleForm
from ldninv.ui.acting.many import MANY, Chosen, ManyForm
from ldninv.ui.acting.undo import Undo
from ldninv.ui.banner import Banner
from ldninv.ui.jobs import Jobs
from ldninv.ui.news import News


class Desk(QWidget):
    """Holds one form at a time, for the batch that is shown or for those that are chosen."""

    form_shown = Signal(bool)
    """Whether a form is open now, so that what stands below makes room."""
    told = Signal(object)
    """A form says something; carries what has to be in sight, the most important last."""
    advised = Signal(str)
    """What to do first, where keys mean nothing yet; empty once it was done."""
    lot_asked = Signal(str)
    """Another batch is to be shown."""
    elsewhere_asked = Signal(object)
    """Carries an `Action` that opens elsewhere than here."""

    def __init__(self, context: Context, news: News, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._news, self._jobs = context, news, jobs
        self._card: Card | None = None
        self._chosen: tuple[Chosen, ...] = ()
        self._misplaced = False
        self._waiting: frozenset[str] | None = None
        news.changed.connect(self._forget_places)
        self._before: QWidget | None = None
        self.form: SingleForm | ManyForm | None = None
        self._as_opened: tuple[object, ...] = ()
        self.banner = Banner(self)
        self._undo = Undo(context, news, jobs, self.banner, self)
        self._undo.advised.connect(self.advised)
        self._undo.lot_asked.connect(self.lot_asked)
        self._undo.form_asked.connect(self.take_back)
        self.certificates = Certificates(context, news, jobs, self.banner, self)
        self.bar = ActionBar(self)
        self.bar.asked.connect(self.begin)
        self.buttons, self.more = self.bar.buttons, self.bar.more
        self._slot = QVBoxLayout()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.step(self, 2))
        layout.addWidget(self.banner)
        layout.addWidget(self.bar)
        layout.addLayout(self._slot)

    def listen(self, window: QWidget) -> None:
        """Begin actions by their keys, from anywhere in `window`: where none can begin, it says what to do first."""
        QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), window, self.undo)
        QShortcut(QKeySequence(actions.MORE), window, self.more.open)
        for action in (*actions.ALL, *actions.ELSEWHERE):
            QShortcut(QKeySequence(action.keys), window, lambda action=action: self.asked(action))

    @property
    def lots(self) -> tuple[str, ...]:
        """The batches that are acted on: the one that is shown, or those that are chosen."""
        shown = (self._card.kept,) if self._card is not None else tuple(kept for kept, _ in self._chosen)
        return tuple(kept.batch.lot for kept in shown)

    @property
    def offered(self) -> tuple[Action, ...]:
        """The actions that are offered, the likeliest first."""
        if self._card is not None:
            return actions.for_batch(self._card.kept, self._card.standing, misplaced=self._misplaced)
        return actions.for_many(now for _, now in self._chosen) if self._chosen else ()

    @property
    def always(self) -> tuple[Action, ...]:
        """What is offered whatever the state: it opens elsewhere."""
        if self._card is None:
            return (actions.CERTIFICATES,) if self._chosen else ()
        disposed = any(each.entry.kind is Kind.DESTROYED for each in self._card.movements)
        return (*actions.ALWAYS, actions.CERTIFICATES) if disposed else actions.ALWAYS

    def show_card(self, card: Card | None) -> None:
        """Act on a batch; what is open stays open while it is the same one."""
        same = card is not None and self._card is not None and self._card.kept.batch.lot == card.kept.batch.lot
        self._card, self._chosen = card, ()
        self._misplaced = card is not None and self._waits_at(card) is not None
        if same and card is not None:
            if isinstance(self.form, SingleForm):
                self.form.reread(card)
        else:
            self._start_over()
            self._follow_advice(done=card is not None)
        self._offer()

    def show_many(self, chosen: Sequence[Chosen]) -> None:
        """Act on several batches."""
        same = {kept.batch.id for kept, _ in chosen} == {kept.batch.id for kept, _ in self._chosen}
        self._card, self._chosen = None, tuple(chosen)
        if not same:
            self._start_over()
            self._follow_advice(done=bool(chosen))
        self._offer()

    def asked(self, action: Action) -> None:
        """Begin an action that was asked for by its keys, or say why there is nothing to begin it on."""
        if not self.isVisible() or (self._card is None and not self._chosen):
            self.advised.emit(self.tr("Open a batch first: scan or search its lot."))
        elif action in self.always:
            self.begin(action)
        elif self._card is None and not self.offered:
            self.advised.emit(self.tr("Nothing is left of these batches. Choose others."))
        elif self._card is None and action not in MANY:
            self.advised.emit(self.tr("“{word}” is for one batch at a time.").format(word=self.tr(action.word)))
        else:
            self.begin(action)

    def offers_instead(self, card: Card) -> bool:
        """Offer a batch that was scanned within a form in which something was typed; False where nothing is lost."""
        same = self._card is not None and self._card.kept.batch.lot == card.kept.batch.lot
        if self.form is None or same or typed(self.form) == self._as_opened:
            return False
        self.form.offer(card.kept.batch.lot)
        return True

    def begin(self, action: Action) -> None:
        """Open the form of an action."""
        if action in actions.ELSEWHERE:
            self.elsewhere_asked.emit(action)
            return
        self._open(lambda: self._made(action))

    def take_back(self, posted: Posted) -> None:
        """Open the form that takes a movement back, of whatever batch."""
        if posted.lot not in self.lots:
            self.lot_asked.emit(posted.lot)
        card = self._card
        if card is not None and card.kept.batch.lot == posted.lot:
            self._open(lambda: TakeBackForm(self._context, card.kept.batch, posted, self))

    def _open(self, made: Callable[[], SingleForm | ManyForm | None]) -> None:
        if isinstance(self.form, ManyForm) and self.form.busy:
            return
        if self.form is None:
            self._before = QApplication.focusWidget()
        try:
            form = made()
        except (Refused, Surroundings) as why:
            self.banner.tell_error(why)
            return
        if form is None:
            return
        self._put_away()
        self.banner.clear()
        form.acted.connect(self._acted)
        form.left.connect(self.leave)
        form.told.connect(self.told)
        form.advised.connect(self.advised)
        form.lot_asked.connect(self.lot_asked)
        form.order()
        self.form = form
        self._slot.addWidget(form)
        self.bar.hide()
        form.show()
        self._as_opened = typed(form)
        self.form_shown.emit(True)  # noqa: FBT003 - Qt's own signature
        form.point_to(form.start())

    def leave(self) -> bool:
        """Put the form away, and return whether there was one; work that runs is stopped instead."""
        if self.form is None:
            return False
        if isinstance(self.form, ManyForm) and self.form.busy:
            self.form.stop()
            return True
        self._put_away()
        self._go_back()
        return True

    def undo(self) -> None:
        """Take back what was done last, unless a form is open: there the keys take back what was typed."""
        if self.form is None:
            self._undo.ask()

    def _made(self, action: Action) -> SingleForm | ManyForm | None:
        if self._card is not None:
            form = FORMS[action](self._context, self._card, self)
            if isinstance(form, DispenseForm):
                form.other_asked.connect(self._take_other)
            return form
        if action in MANY and action in self.offered:
            return MANY[action](self._context, self._chosen, self._jobs, self)
        return None

    def _take_other(self, lot: str) -> None:
        """Go on with another batch, with what was typed."""
        if not isinstance(self.form, DispenseForm):
            return
        typed, before = self.form.typed, self._before
        self.lot_asked.emit(lot)
        if self._card is None or self._card.kept.batch.lot != lot:
            return
        self.begin(actions.DISPENSE)
        self._before = before
        if isinstance(self.form, DispenseForm):
            self.form.fill(typed)

    def _acted(self, outcome: Outcome) -> None:
        self._put_away()
        self._go_back()
        self._undo.keep(tuple(posted for posted in outcome.posted if voidable(posted.entry)), outcome.text)
        self.banner.tell(outcome.text, outcome.tone, [*self.certificates.offers(outcome.posted), *self._undo.ways])
        self._news.changed.emit(outcome.changed)
        place = self._waits_at(self._card) if self._card is not None else None
        if place is not None and outcome.posted and outcome.posted[-1].entry.kind is Kind.RELEASED:
            said = f"{outcome.text} {words.still_at(place)}"
            self._undo.say(said)
            move = (self.tr("Move to the shelf ({keys})").format(keys=MOVE.keys), lambda: self.begin(MOVE))
            self.banner.tell(said, outcome.tone, [move, *self._undo.ways])

    def _waits_at(self, card: Card) -> str | None:
        """Return the place where a released batch stands as if it waited still; None where it stands right."""
        place = card.kept.stock.place
        if place is None or card.standing.state is not State.RELEASED:
            return None
        if self._waiting is None:
            with suppress(Surroundings):
                found = places.places(self._context)
                self._waiting = frozenset(each.name for each in found if each.kind is PlaceKind.QUARANTINE)
        return place if place in (self._waiting or ()) else None

    def _forget_places(self, changed: Change) -> None:
        if changed & Change.PLACES:
            self._waiting = None

    def _put_away(self) -> None:
        if self.form is None:
            return
        self._slot.removeWidget(self.form)
        self.form.hide()
        self.form.deleteLater()
        self.form = None
        self.bar.show()
        self.form_shown.emit(False)  # noqa: FBT003 - Qt's own signature

    def _go_back(self) -> None:
        """Give the focus back to where it was: a scan or the arrows go on from there."""
        before, self._before = self._before, None
        if before is not None and before.isVisible():
            before.setFocus()
        elif self.offered:
            self.buttons[self.offered[0]].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _start_over(self) -> None:
        self._put_away()
        self.banner.clear()

    def _follow_advice(self, *, done: bool) -> None:
        if done:
            self.advised.emit("")

    def _offer(self) -> None:
        offered = self.offered
        first = actions.at_once(offered, self._card.standing.state if self._card is not None else None)
        others = tuple(each for each in (*offered, *self.always) if each not in first)
        self.bar.offer(first, others, misplaced=self._misplaced)
