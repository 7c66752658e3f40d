"""Where one acts: the actions that make sense now, the form in hand, and the line that says what was done."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from ldninv.domain.ledger import Posted, voidable
from ldninv.domain.refusal import Refused, Surroundings
from ldninv.domain.signs import Tone
from ldninv.services import ledger
from ldninv.services.batches import Card
from ldninv.services.context import Context
from ldninv.services.ledger import Done
from ldninv.ui import theme
from ldninv.ui.acting import actions, words
from ldninv.ui.acting.actions import Action
from ldninv.ui.acting.away import DisposeForm, WasteForm
from ldninv.ui.acting.check import CountForm, QuarantineForm, ReleaseForm
from ldninv.ui.acting.dispense import DispenseForm
from ldninv.ui.acting.fields import ActionButton
from ldninv.ui.acting.form import Outcome
from ldninv.ui.acting.many import MANY, Chosen, ManyForm, Tried, each
from ldninv.ui.acting.place import MoveForm
from ldninv.ui.banner import Banner
from ldninv.ui.flow import FlowLayout
from ldninv.ui.jobs import Jobs
from ldninv.ui.news import News

SingleForm = DispenseForm | WasteForm | DisposeForm | MoveForm | CountForm | ReleaseForm | QuarantineForm
_FORMS: dict[Action, Callable[[Context, Card, QWidget], SingleForm]] = {
    actions.DISPENSE: DispenseForm,
    actions.WASTE: WasteForm,
    actions.DISPOSE: DisposeForm,
    actions.MOVE: MoveForm,
    actions.COUNT: CountForm,
    actions.RELEASE: ReleaseForm,
    actions.QUARANTINE: QuarantineForm,
}


class Desk(QWidget):
    """Holds one form at a time, for the batch that is shown or for those that are chosen."""

    form_shown = Signal(bool)
    """Whether a form is open now, so that what stands below makes room."""
    told = Signal()
    """Something is said at the top of the form."""
    lot_asked = Signal(str)
    """Another batch is to be shown."""

    def __init__(self, context: Context, news: News, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._news, self._jobs = context, news, jobs
        self._card: Card | None = None
        self._chosen: tuple[Chosen, ...] = ()
        self._last: tuple[Posted, ...] = ()
        self._before: QWidget | None = None
        self._watched: QWidget | None = None
        self._shown: tuple[Action, ...] = ()
        self.form: SingleForm | ManyForm | None = None
        self.banner = Banner(self)
        self.bar = QWidget(self)
        self.bar.setAccessibleName(self.tr("Actions"))
        self._flow = FlowLayout(theme.step(self, 1), self.bar)
        self.buttons = {action: self._button(action) for action in actions.ALL}
        self._slot = QVBoxLayout()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.step(self, 2))
        layout.addWidget(self.banner)
        layout.addWidget(self.bar)
        layout.addLayout(self._slot)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self, self.undo)

    @property
    def offered(self) -> tuple[Action, ...]:
        """The actions that are offered, the likeliest first."""
        if self._card is not None:
            return actions.for_standing(self._card.standing)
        return actions.for_many(now for _, now in self._chosen) if self._chosen else ()

    def show_card(self, card: Card | None) -> None:
        """Act on a batch; what is open stays open while it is the same one."""
        same = card is not None and self._card is not None and self._card.kept.batch.lot == card.kept.batch.lot
        self._card, self._chosen = card, ()
        if same and card is not None:
            if isinstance(self.form, SingleForm):
                self.form.reread(card)
        else:
            self._start_over()
        self._offer()

    def show_many(self, chosen: Sequence[Chosen]) -> None:
        """Act on several batches."""
        same = {kept.batch.id for kept, _ in chosen} == {kept.batch.id for kept, _ in self._chosen}
        self._card, self._chosen = None, tuple(chosen)
        if not same:
            self._start_over()
        self._offer()

    def begin(self, action: Action) -> None:
        """Open the form of an action."""
        if isinstance(self.form, ManyForm) and self.form.busy:
            return
        if self.form is None:
            self._before = QApplication.focusWidget()
        try:
            form = self._made(action)
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
        form.order()
        self.form = form
        self._slot.addWidget(form)
        self.bar.hide()
        form.show()
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
        """Take back what was done last, by new entries."""
        if not self._last or self.form is not None:
            return
        taken = self._last
        self._keep(())
        self.banner.clear()
        if len(taken) > 1:
            newest_first = tuple(reversed(taken))
            job = self._jobs.start(lambda progress: each(newest_first, self._take_back, progress, len(taken)))
            job.done.connect(self._taken_back)
            job.failed.connect(self.banner.tell_error)
            return
        try:
            done = self._take_back(taken[0])
        except (Refused, Surroundings) as why:
            self.banner.tell_error(why)
            return
        self.banner.tell(words.undone(done.posted), Tone.QUIET)
        self._news.changed.emit(done.changed)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Ctrl+Z through a field in which there is nothing: it takes back what was done."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride and self._last:
            free = isinstance(watched, QLineEdit) and not watched.text()
            if free and event.matches(QKeySequence.StandardKey.Undo):
                event.ignore()
                return True
        return super().eventFilter(watched, event)

    def _made(self, action: Action) -> SingleForm | ManyForm | None:
        if self._card is not None:
            form = _FORMS[action](self._context, self._card, self)
            if isinstance(form, DispenseForm):
                form.other_asked.connect(self._take_other)
            return form
        if self._chosen and action in MANY:
            return MANY[action](self._context, self._chosen, self._jobs, self)
        return None

    def _take_other(self, lot: str) -> None:
        """Go on with another batch, with what was typed."""
        if not isinstance(self.form, DispenseForm):
            return
        days, capsules, before = self.form.days.text(), self.form.capsules.text(), self._before
        self.lot_asked.emit(lot)
        if self._card is None or self._card.kept.batch.lot != lot:
            return
        self.begin(actions.DISPENSE)
        self._before = before
        if isinstance(self.form, DispenseForm):
            self.form.fill(days, capsules)

    def _take_back(self, posted: Posted) -> Done:
        return ledger.void(self._context, posted.id, reason=words.UNDONE)

    def _taken_back(self, tried: Tried) -> None:
        outcome = tried.outcome(words.TAKEN_BACK)
        self.banner.tell(outcome.text, outcome.tone)
        self._news.changed.emit(outcome.changed)

    def _acted(self, outcome: Outcome) -> None:
        self._put_away()
        self._go_back()
        self._keep(tuple(posted for posted in outcome.posted if voidable(posted.entry)))
        undo = [(self.tr("Undo (Ctrl+Z)"), self.undo)] if self._last else []
        self.banner.tell(outcome.text, outcome.tone, undo)
        self._news.changed.emit(outcome.changed)

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
        self._keep(())
        self.banner.clear()

    def _keep(self, undoable: tuple[Posted, ...]) -> None:
        """Remember what can be undone, and watch the field in hand for the keys that ask for it."""
        self._last = undoable
        if self._watched is not None:
            self._watched.removeEventFilter(self)
        self._watched = QApplication.focusWidget() if undoable else None
        if self._watched is not None:
            self._watched.installEventFilter(self)

    def _offer(self) -> None:
        offered = self.offered
        if offered == self._shown:
            return
        self._shown = offered
        while self._flow.takeAt(0) is not None:
            pass
        for action, button in self.buttons.items():
            button.setVisible(action in offered)
        for number, action in enumerate(offered):
            button = self.buttons[action]
            button.set_first(number == 0)
            self._flow.addWidget(button)
            QWidget.setTabOrder(self.buttons[offered[max(0, number - 1)]], button)
        self.bar.updateGeometry()

    def _button(self, action: Action) -> ActionButton:
        button = ActionButton(self.tr(action.word), action.icon, self.bar)
        button.setToolTip(f"{self.tr(action.about)} ({action.keys})")
        button.setAccessibleDescription(button.toolTip())
        button.clicked.connect(lambda _checked=False: self.begin(action))
        QShortcut(QKeySequence(action.keys), self, lambda: self.begin(action))
        return button
