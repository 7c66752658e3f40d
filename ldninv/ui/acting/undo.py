"""Taking back what was done last, as long as nothing else was done: by new entries, never by wiping out."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from ldninv.domain.ledger import Kind, Posted
from ldninv.domain.people import SignInNeeded
from ldninv.domain.refusal import Refused, Surroundings
from ldninv.domain.signs import Tone
from ldninv.services import ledger, people
from ldninv.services.context import Context
from ldninv.services.ledger import Done
from ldninv.ui import asking
from ldninv.ui.acting import reasons, words
from ldninv.ui.acting.many import Tried, each
from ldninv.ui.banner import Banner
from ldninv.ui.jobs import Jobs
from ldninv.ui.news import News


class Undo(QObject):
    """Remembers the last deed, and takes it back."""

    advised = Signal(str)
    """What to do first, where it cannot be taken back from here."""
    lot_asked = Signal(str)
    """The batch that it was done to is to be shown."""
    form_asked = Signal(object)
    """Carries the `Posted` that a pharmacist's signature takes back: its form is to be opened."""

    def __init__(self, context: Context, news: News, jobs: Jobs, banner: Banner, desk: QWidget) -> None:
        super().__init__(desk)
        self._context, self._news, self._jobs, self._banner, self._desk = context, news, jobs, banner, desk
        self._last: tuple[Posted, ...] = ()
        self._said = ""
        self._signed = False
        self._watched: QWidget | None = None

    def keep(self, undoable: tuple[Posted, ...], said: str = "") -> None:
        """Remember what can be undone until the next deed, and watch the field in hand for the keys that ask for it.

        What takes a signature is taken back one by one, in the form where somebody can sign.
        """
        disposed = any(each.entry.kind is Kind.DESTROYED for each in undoable)
        self._signed = disposed and bool(people.everybody(self._context))
        if self._signed and len(undoable) > 1:
            undoable = ()
        self._last, self._said = undoable, said
        if self._watched is not None:
            self._watched.removeEventFilter(self)
        self._watched = QApplication.focusWidget() if undoable else None
        if self._watched is not None:
            self._watched.installEventFilter(self)

    def say(self, said: str) -> None:
        """Remember other words for the same deed."""
        self._said = said

    @property
    def ways(self) -> list[tuple[str, Callable[[], None]]]:
        """What a banner offers beside what was done; nothing where nothing can be taken back."""
        word = self.tr("Take back… (Ctrl+Z)") if self._signed else self.tr("Undo (Ctrl+Z)")
        return [(word, self._take_back)] if self._last else []

    def ask(self) -> None:
        """Take back what was done last; where that is no longer in sight it is said again first."""
        if not self._last:
            return
        if self._desk.isVisible() and self._banner.text == self._said:
            self._take_back()
            return
        if not self._desk.isVisible():
            self.lot_asked.emit(self._last[0].lot)
        if self._desk.isVisible():
            self._banner.tell(self._said, Tone.QUIET, self.ways)
        else:
            self.advised.emit(self.tr("Go to Batches (Ctrl+2) to take back what was done last."))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Ctrl+Z through a field in which there is nothing: it takes back what was done."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride and self._last:
            free = isinstance(watched, QLineEdit) and not watched.text()
            if free and event.matches(QKeySequence.StandardKey.Undo):
                event.ignore()
                return True
        return super().eventFilter(watched, event)

    def _take_back(self) -> None:
        taken = self._last
        self._banner.clear()
        if self._signed:
            self.form_asked.emit(taken[0])
            return
        try:
            asking.admitted(self._context)
        except (SignInNeeded, Surroundings) as why:
            self._banner.tell_error(why, self._take_back)
            return
        self.keep(())
        if len(taken) > 1:
            newest_first = tuple(reversed(taken))
            job = self._jobs.start(lambda progress: each(newest_first, self._void, progress, len(taken)))
            job.done.connect(self._taken_back)
            job.failed.connect(self._banner.tell_error)
            return
        try:
            done = self._void(taken[0])
        except (Refused, Surroundings) as why:
            self._banner.tell_error(why)
            return
        self._banner.tell(words.undone(done.posted), Tone.QUIET)
        self._news.changed.emit(done.changed)

    def _void(self, posted: Posted) -> Done:
        return ledger.void(self._context, posted.id, reason=reasons.UNDONE)

    def _taken_back(self, tried: Tried) -> None:
        outcome = tried.outcome(reasons.TAKEN_BACK)
        self._banner.tell(outcome.text, outcome.tone)
        self._news.changed.emit(outcome.changed)
