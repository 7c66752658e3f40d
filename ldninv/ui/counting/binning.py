"""Taking expired stock to the bin: the bin once, then bottle after bottle, each answered with its one word."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QStackedLayout, QVBoxLayout, QWidget

from ldninv.domain.entries import Posted
from ldninv.domain.people import SignInNeeded
from ldninv.domain.places import PlaceKind
from ldninv.domain.refusal import Refused
from ldninv.domain.signs import UNKNOWN, UNREADABLE, Sign, Tone
from ldninv.services import binning, ledger, lookup
from ldninv.services.context import Change, Context
from ldninv.ui import theme
from ldninv.ui.acting import reasons
from ldninv.ui.acting.fields import ActionButton
from ldninv.ui.acting.place import PlaceList
from ldninv.ui.banner import Banner
from ldninv.ui.blank import Blank
from ldninv.ui.calm import CalmLine
from ldninv.ui.card_parts import Verdict
from ldninv.ui.counting import tables
from ldninv.ui.counting.scan_field import ScanField
from ldninv.ui.news import News
from ldninv.ui.scanner.says import OF_TONE, Heard, Sound
from ldninv.ui.words import counted

READY = Sign("Scan", Tone.QUIET, "barcode-scan")
"""What stands in large type before the first bottle."""


class TakeToBin(QWidget):
    """A bottle that has not expired stays where it is, and says so."""

    left = Signal()

    def __init__(self, context: Context, banner: Banner, news: News, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._banner, self._news = context, banner, news
        self.bin = ""
        self.heard = Heard("", Sound.LOOK)
        """What was said of the last scan."""
        self.field = ScanField(self.tr("Scan an expired bottle"), self.tr("Scan a bottle, or type its lot"), self)
        self.field.entered.connect(self.enter)
        self.field.installEventFilter(self)
        self.verdict = Verdict(self)
        self.said = CalmLine("trash-can", self, factor=1.4)
        self.table = tables.fetching(self)
        self.nothing = Blank("check-circle", self)
        self.nothing.say(
            self.tr("Nothing left to fetch"),
            self.tr("No expired stock stands on a shelf. What is in the bin is disposed of."),
        )
        self.done = ActionButton(self.tr("Done"), "check", self)
        self.done.clicked.connect(self.left)
        self.back = ActionButton(self.tr("Undo (Ctrl+Z)"), "undo", self)
        self.back.setToolTip(self.tr("Take the last move back: the bottle stands where it stood"))
        self.back.clicked.connect(self.undo)
        self._moved: Posted | None = None
        self.other = ActionButton(self.tr("Another bin"), "map-marker", self)
        self.other.clicked.connect(self.ask_bin)
        self.places: PlaceList | None = None
        self.choose = ActionButton(self.tr("Take it there"), "trash-can", self, first=True)
        self.choose.clicked.connect(self._chosen)
        self._lay_out()

    def begin(self) -> None:
        """Begin with the only bin there is, or ask which."""
        bins = [place for place in binning.bins(self._context) if place.kind is PlaceKind.EXPIRED]
        if len(bins) == 1:
            self._go(bins[0].name)
        else:
            self.ask_bin()

    def ask_bin(self) -> None:
        """Ask which bin; where there is none yet, a name adds it."""
        if self.places is not None:
            self._slot.removeWidget(self.places)
            self.places.hide()
            self.places.deleteLater()
        self.places = PlaceList(
            self._context, None, PlaceKind.EXPIRED, self._asking, among=tuple(binning.BINS), new=PlaceKind.EXPIRED
        )
        self.places.setMaximumWidth(theme.letters(self, 90))
        self.places.scanned.connect(self._chosen)
        self.places.field.returnPressed.connect(self._chosen)
        self.places.list.itemActivated.connect(lambda _item: self._chosen())
        self._slot.addWidget(self.places)
        self.places.show()
        if not self.places.names:
            self.places.field.setText(self.tr("Expired bin"))
        self._stages.setCurrentWidget(self._asking)
        self.start()

    def start(self) -> None:
        """Put the cursor where the next thing is scanned."""
        field: QLineEdit | None = self.places.field if self.places is not None else None
        if self._stages.currentWidget() is self._at_work:
            field = self.field
        if field is not None:
            field.setFocus(Qt.FocusReason.OtherFocusReason)
            field.selectAll()

    def take(self, text: str) -> None:
        """Begin to type here what was typed elsewhere on the page."""
        self.start()
        if self._stages.currentWidget() is self._at_work:
            self.field.setText(text)
        elif self.places is not None:
            self.places.field.setText(text)

    def refresh(self) -> None:
        """Read again what is to be fetched."""
        rows = binning.to_fetch(self._context)
        tables.show(self.table, rows)
        self._views.setCurrentWidget(self.table if rows else self.nothing)
        left = self.tr("{batches} still to fetch").format(batches=counted(len(rows), "batch", "batches"))
        self._title.setText(f"{self.bin}: {left if rows else self.tr('nothing left to fetch')}")

    def take_scan(self, text: str) -> Heard | None:
        """Take a scan from anywhere on the page: a bottle, or the bin where that is asked for."""
        if self._stages.currentWidget() is self._at_work:
            self.enter(text)
            return self.heard
        return None if self.places is None else self.places.take_scan(text)

    def enter(self, text: str) -> None:
        """Move the bottle that was scanned, or say why not."""
        self._banner.clear()
        self.start()
        with self._banner.calm(lambda: self.enter(text)):
            answer = lookup.scan(self._context, text)
            if answer.card is None:
                misread = answer.error is not None
                why = answer.error or self.tr("nothing here is called so. Nothing was moved.")
                if answer.place is not None:
                    why = self.tr("this is a place, and no bottle. Nothing was moved.")
                self._say(UNREADABLE if misread else UNKNOWN, f"{answer.scan.text}: {why}")
            else:
                lot, sign, place = answer.card.kept.batch.lot, answer.card.sign, answer.card.kept.stock.place
                self._move(lot, sign, place)

    def undo(self) -> None:
        """Take the last move back by a new entry."""
        taken = self._moved
        if taken is None:
            return
        self._banner.clear()
        with self._banner.calm(self.undo):
            done = ledger.void(self._context, taken.id, reason=reasons.UNDONE)
            self._keep(None)
            back = self.tr("{lot}: taken back, at {place}. Put the bottle back there.")
            self._say(READY, back.format(lot=taken.lot, place=done.posted.entry.place))
            self._news.changed.emit(done.changed | Change.PLACES)
        self.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the last move back by the keys that do so everywhere, while nothing is typed that they could undo."""
        pressed = isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Undo)
        if pressed and event.type() is QEvent.Type.KeyPress and not self.field.text():
            self.undo()
            return True
        return super().eventFilter(watched, event)

    def _keep(self, moved: Posted | None) -> None:
        self._moved = moved
        self.back.setEnabled(moved is not None)

    def _move(self, lot: str, sign: Sign, place: str | None) -> None:
        try:
            done = binning.take_to_bin(self._context, lot, self.bin)
        except SignInNeeded:
            raise
        except Refused as why:
            self._say(sign, str(why))
            self.heard = Heard(str(why), Sound.STOP)
            return
        moved = self.tr("{lot}: moved from {place} to {bin}.")
        self._say(sign, moved.format(lot=lot, place=place or self.tr("no place"), bin=self.bin))
        self.heard = Heard(self.said.text, Sound.GOOD)
        self._keep(done.posted)
        self._news.changed.emit(done.changed | Change.PLACES)

    def _say(self, sign: Sign, text: str) -> None:
        self.verdict.show_sign(sign)
        self.said.say(text)
        self.said.set_tone(sign.tone)
        self.said.setAccessibleName(text)
        self.heard = Heard(text, OF_TONE[sign.tone])

    def _chosen(self) -> None:
        if self.places is None:
            return
        with self._banner.calm(self._chosen):
            self._go(self.places.chosen())

    def _go(self, name: str) -> None:
        self.bin = name
        self._keep(None)
        self._stages.setCurrentWidget(self._at_work)
        self._say(READY, self.tr("Each expired bottle that is scanned is moved to {bin}.").format(bin=name))
        self.refresh()
        self.start()

    def _lay_out(self) -> None:
        self._asking, self._at_work = QWidget(self), QWidget(self)
        self._slot = QVBoxLayout()
        asking = QVBoxLayout(self._asking)
        asking.setContentsMargins(0, 0, 0, 0)
        asking.addWidget(QLabel(self.tr("To which bin?"), self._asking))
        asking.addLayout(self._slot)
        asking.addWidget(self.choose)
        asking.addStretch(1)
        self._title = QLabel(self._at_work)
        self._title.setFont(theme.scaled(self.font(), 1.2, bold=True))
        self._title.setWordWrap(True)
        self._views = QStackedLayout()
        self._views.addWidget(self.table)
        self._views.addWidget(self.nothing)
        ways = QHBoxLayout()
        ways.addWidget(self.done)
        ways.addWidget(self.back)
        ways.addWidget(self.other)
        ways.addStretch(1)
        at_work = QVBoxLayout(self._at_work)
        at_work.setContentsMargins(0, 0, 0, 0)
        at_work.setSpacing(theme.step(self, 2))
        for part in (self._title, self.field, self.verdict, self.said):
            at_work.addWidget(part)
        at_work.addLayout(self._views, 1)
        at_work.addLayout(ways)
        self._stages = QStackedLayout(self)
        self._stages.addWidget(self._asking)
        self._stages.addWidget(self._at_work)
