"""Who sits at this window: shown in the status line, locked by a key, asked for before a write."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QWidget

from ldninv.domain.people import Person, SignInNeeded
from ldninv.domain.refusal import Surroundings
from ldninv.services import people
from ldninv.services.context import Change, Context
from ldninv.ui.asking import Asks
from ldninv.ui.news import News
from ldninv.ui.status import StatusLine

if TYPE_CHECKING:
    from ldninv.ui.sign_in.own_pin import OwnPinPanel
    from ldninv.ui.sign_in.panel import SignInPanel

_INPUT = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)
"""What only somebody who is there does; a mouse that is bumped moves by itself."""


class Door(Asks):
    """Without people nothing of it shows."""

    lot_asked = Signal(str)
    """A batch is to be shown, by its lot."""

    def __init__(self, context: Context, news: News, status: StatusLine, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._news = news
        self._status = status
        self._window = window
        self._then: Callable[[], None] | None = None
        self._people: tuple[Person, ...] = ()
        self._giver: str | None = None
        status.seat_pressed.connect(self.turn)
        status.own_pin_pressed.connect(self.ask_own_pin)
        news.changed.connect(self._heed)
        self._read()

    @cached_property
    def panel(self) -> SignInPanel:
        """What asks; made when it is first needed."""
        from ldninv.ui.sign_in.panel import SignInPanel  # noqa: PLC0415 - most never see it

        panel = SignInPanel(self._context, self._window)
        panel.signed_in.connect(self._signed_in)
        panel.lot_asked.connect(self.lot_asked)
        return panel

    @cached_property
    def own_pin(self) -> OwnPinPanel:
        """Where somebody chooses a PIN of their own; made when it is first needed."""
        from ldninv.ui.sign_in.own_pin import OwnPinPanel  # noqa: PLC0415 - the same

        panel = OwnPinPanel(self._context, self._window)
        panel.changed.connect(self._own_pin_chosen)
        return panel

    def ask_own_pin(self) -> None:
        """Let whoever is signed in choose a PIN of their own."""
        session = self._context.seat.session
        person = next((each for each in self._people if session is not None and each.id == session.person), None)
        if person is not None and self._giver is not None:
            self.own_pin.ask(person, self._giver)

    def watch(self, screen: QWindow) -> None:
        """Note what a person does in the window."""
        screen.removeEventFilter(self)
        screen.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note that somebody is at work, and let everything through."""
        del watched
        if event.type() in _INPUT:
            self._context.seat.touch()
        return False

    def ask(self, why: SignInNeeded | None = None, then: Callable[[], None] | None = None) -> None:
        """Ask for name and PIN, and go on with `then` once they are right."""
        self._read()
        if not self._people:
            return
        self._then = then
        says = self._invites
        if why is not None:
            says = f"{why} {self.tr('What you typed stays, and goes on by itself.')}"
        self.panel.ask(says)

    def turn(self) -> None:
        """Lock where somebody is signed in, else ask who is there."""
        seat = self._context.seat
        if not self._people:
            self._status.advise(self.tr("Nobody signs in here yet. Add people in Settings."))
        elif seat.session is None or seat.idle:
            self.ask()
        else:
            self.lock()

    def lock(self) -> None:
        """Let the next write ask for a PIN."""
        self._context.seat.lock()
        self.show_seat()
        self._status.advise(self.tr("Locked. Lists and scans go on; the next change asks for a PIN."))

    @property
    def _invites(self) -> str:
        return self.tr("Lists and scans go on without it. Every change carries the name of who made it.")

    def put_away(self) -> bool:
        """Put the panel away, and return whether it was there."""
        if "panel" not in vars(self) or not self.panel.isVisible():
            return False
        self.panel.close()
        return True

    def show_seat(self) -> None:
        """Say who sits here now."""
        seat = self._context.seat
        if not self._people:
            self._status.show_account(self._context.user)
        elif seat.session is None:
            self._status.show_seat(None)
        else:
            self._status.show_seat(seat.session.name, seat.session.role.value, away=seat.idle)
        self._status.show_giver(None if seat.session is None else self._giver)

    def _signed_in(self) -> None:
        self.show_seat()
        then, self._then = self._then, None
        self._news.changed.emit(Change.PEOPLE)
        if then is not None:
            then()
        if self._giver is not None:
            says = self.tr("{giver} gave you your PIN. Choose your own: below, on the right.")
            self._status.advise(says.format(giver=self._giver))

    def _own_pin_chosen(self, says: str) -> None:
        self._news.changed.emit(Change.PEOPLE)
        self._status.advise(says)

    def _heed(self, change: Change) -> None:
        if change & Change.PEOPLE:
            self._read()

    def _read(self) -> None:
        with suppress(Surroundings):  # the page that is seen says so
            self._people = tuple(people.at_work(self._context))
            self._giver = people.giver_here(self._context)
        self.show_seat()
