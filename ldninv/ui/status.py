"""The line below the pages: the day, the scanner, who works on which database, and when it was last copied."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ldninv.ui import ages, theme, words
from ldninv.ui.notes import NOTHING, Note, NoteButton

if TYPE_CHECKING:
    from ldninv.ui.scanner.serial_port import Link

_ADVICE_MS = 8000


class StatusLine(QWidget):
    """Says it in one line, however large the text."""

    backup_asked = Signal()
    shortcuts_asked = Signal()
    scanner_pressed = Signal()
    """The scanner is to be set up."""
    own_pin_pressed = Signal()
    """Who is signed in wants a PIN of their own."""
    seat_pressed = Signal()
    """Who sits here wants to lock, or somebody to sign in."""

    def __init__(self, person: str, database: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Status"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(1)  # the window may be narrower than all words: then they are fewer
        self.advice = Note("information", self.tr("What to do"), self)
        self.advice.hide()
        self.day = Note("calendar", self.tr("Today"), self)
        self.scanner = NoteButton("barcode-scan", self)
        self.scanner.clicked.connect(lambda _checked=False: self.scanner_pressed.emit())
        self.person = Note("account", self.tr("Working as"), self, kept=True)
        self.database = Note("database", self.tr("Database"), self)
        self._facts = (self.day, self.scanner, self.person, self.database)
        self.seat = NoteButton("account", self)
        self.seat.say(self.tr("Sign in"), self.tr("Sign in"))
        self.seat.clicked.connect(lambda _checked=False: self.seat_pressed.emit())
        self.seat.hide()
        self.own_pin = NoteButton("account-key", self)
        self.own_pin.setAccessibleName(self.tr("Choose your own PIN"))
        self.own_pin.clicked.connect(lambda _checked=False: self.own_pin_pressed.emit())
        self.own_pin.hide()
        self.backup = NoteButton("backup-restore", self)
        self.backup.clicked.connect(lambda _checked=False: self.backup_asked.emit())
        self.help = NoteButton("keyboard", self)
        self.help.clicked.connect(lambda _checked=False: self.shortcuts_asked.emit())
        self._seated = False
        self._advised = QTimer(self, singleShot=True, interval=_ADVICE_MS)
        self._advised.timeout.connect(lambda: self._show_advice(there=False))
        self.show_scanner("", None)
        self.person.say(person)
        self.database.say(Path(database).name, database)
        self.help.say(self.tr("Shortcuts (?)"), self.tr("Show the keyboard shortcuts"), less="?")
        row = QHBoxLayout(self)
        pad = theme.step(self, 2)
        row.setContentsMargins(pad, pad // 2, pad, pad // 2)
        row.setSpacing(theme.step(self, 4))
        for part in (self.advice, *self._facts):
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(self.own_pin)
        row.addWidget(self.seat)
        row.addWidget(self.backup)
        row.addWidget(self.help)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let go of words where room is short, beginning with those that one needs least."""
        super().resizeEvent(event)
        self._make_room()

    def show_day(self, day: date) -> None:
        """Show the pharmacy's day."""
        self.day.say(words.weekday(day), less=words.short_weekday(day))
        self._make_room()

    def show_giver(self, giver: str | None) -> None:
        """Offer who is signed in a PIN of their own, where somebody else gave them the one they have."""
        if giver is not None:
            says = self.tr("{giver} gave you your PIN, and knows it. Choose your own").format(giver=giver)
            self.own_pin.say(self.tr("Choose your own PIN…"), says, less=NOTHING)
        self.own_pin.setVisible(giver is not None)
        self._make_room()

    def show_account(self, name: str) -> None:
        """Show who works here while there are no people: nothing asks, and nothing can be locked."""
        self.person.say(name)
        self._show_seat(pressed=False)

    def show_seat(self, name: str | None, role: str = "", *, away: bool = False) -> None:
        """Show who is signed in, or that nobody is; whoever was `away` for a while is asked for the PIN again."""
        if name is None:
            self.seat.say(self.tr("Sign in"), self.tr("Nobody is signed in. Sign in (Ctrl+L)"), "account-lock")
        elif away:
            says = self.tr("{name} was away: the next change asks for a PIN. Sign in (Ctrl+L)").format(name=name)
            self.seat.say(self.tr("{name} – away").format(name=name), says, "account-lock")
        else:
            says = self.tr("{name} is signed in, {role}. Lock (Ctrl+L)").format(name=name, role=role)
            self.seat.say(f"{name} – {role}", says, "account-check", name)
        self._show_seat(pressed=True)

    def _show_seat(self, *, pressed: bool) -> None:
        self.seat.setVisible(pressed)
        self._seated = pressed
        self.person.setVisible(not pressed and self.advice.isHidden())
        self._make_room()

    def show_scanner(self, port: str, link: Link | None) -> None:
        """Show how it stands with the scanner: on the serial port of that name, or typing as a keyboard does."""
        ready = self.tr("A scanner that types like a keyboard is ready: scan a label on any page. Set it up")
        if not port:
            self.scanner.say(self.tr("Scanner ready"), ready, "barcode-scan", NOTHING)
        elif link == "open":
            says = self.tr("The scanner on {port} is ready. Set it up").format(port=port)
            self.scanner.say(self.tr("Scanner on {port}").format(port=port), says, "barcode-scan", NOTHING)
        else:
            says = self.tr("The scanner on {port} is not there: plug it in, or set it up").format(port=port)
            self.scanner.say(self.tr("No scanner on {port}").format(port=port), says, "barcode-off", NOTHING)
        self._make_room()

    def show_backup(self, last: datetime | None, now: datetime) -> None:
        """Show when the database was last copied, and offer to do it."""
        said = ages.backed_up(last, now)
        self.backup.say(
            self.tr("{when} – back up…").format(when=said),
            self.tr("{when}. Back up now").format(when=said),
            less=f"{said}…",
            least=NOTHING,
        )
        self._make_room()

    def advise(self, text: str) -> None:
        """Say for a while, in place of what stands there always, what to do first; a screen reader says it at once.

        Without a text it is done: what was advised is put away.
        """
        if not text:
            self._advised.stop()
            if not self.advice.isHidden():
                self._show_advice(there=False)
            return
        self.advice.say(text)
        self._show_advice(there=True)
        self._advised.start()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def _make_room(self) -> None:
        """Let one part after the other say less, the least needed first, until all of them have room.

        The day is never cut: before that, the backup is its icon alone.
        """
        lessened = (self.scanner, self.own_pin, self.database, self.seat, self.help, self.backup, self.day)
        for part in lessened:
            part.set_short(0)
        for part, short in (*((each, 1) for each in lessened), (self.backup, 2)):
            if self._needed() <= self.width():
                break
            part.set_short(short)

    def _needed(self) -> int:
        """Return the width that all take which stand there, or would if there were no advice."""
        facts = (fact for fact in self._facts if fact is not self.person or not self._seated)
        buttons = ((self.seat, self._seated), (self.own_pin, not self.own_pin.isHidden()))
        parts = (*facts, *(each for each, there in buttons if there), self.backup, self.help)
        gaps = theme.step(self, 4) * len(parts) + 2 * theme.step(self, 2)
        return gaps + sum(part.sizeHint().width() for part in parts)

    def _show_advice(self, *, there: bool) -> None:
        self.advice.setVisible(there)
        for fact in self._facts:
            fact.setVisible(not there and not (fact is self.person and self._seated))
