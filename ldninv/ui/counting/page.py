"""The Count page: a place is chosen, all that stands there is scanned, and what differs is set right in one step."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from ldninv.domain.signs import Tone
from ldninv.services import counting
from ldninv.services.context import Change, Context
from ldninv.ui.counting import lines
from ldninv.ui.counting.binning import TakeToBin
from ldninv.ui.counting.choosing import ChoosePlace
from ldninv.ui.counting.result import Result
from ldninv.ui.counting.scanning import ScanPlace
from ldninv.ui.news import News
from ldninv.ui.pages import Page, column, heading
from ldninv.ui.scanner.says import Heard, Sound
from ldninv.ui.shortcuts import Shortcut
from ldninv.ui.words import counted

_COMPARE = "Ctrl+Return"
_HELD = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier


class CountPage(Page):
    """Works by the scanner alone: the place's name begins, bottle after bottle, the place's name again ends."""

    concerns = Change.BATCHES | Change.LEDGER | Change.PLACES | Change.SETTINGS
    shortcuts = (
        Shortcut("Ctrl+Enter", "Compare what was scanned with the books"),
        Shortcut("Tab", "From the scan to its number of capsules; Enter goes back"),
        Shortcut("Delete", "In the list: take a line away"),
    )

    place_asked = Signal()
    """The first place is to be added."""

    def __init__(self, context: Context, news: News, parent: QWidget | None = None) -> None:
        super().__init__(news, parent)
        self._context = context
        self._title = heading(self.tr("Count a place"), self)
        self._title.setWordWrap(True)
        self.choosing = ChoosePlace(context, self.banner, self)
        self.scanning = ScanPlace(context, self.banner, self)
        self.result = Result(self)
        self.binning = TakeToBin(context, self.banner, news, self)
        self._views = QStackedWidget(self)
        for view in (self.choosing, self.scanning, self.result, self.binning):
            self._views.addWidget(view)
        layout = column(self)
        layout.addWidget(self._title)
        layout.addWidget(self.banner)
        layout.addWidget(self._views, 1)
        self.choosing.place_chosen.connect(self.begin)
        self.choosing.bin_asked.connect(self.take_to_bin)
        self.choosing.place_asked.connect(self.place_asked)
        self.scanning.compare_asked.connect(self.compare)
        self.scanning.another_asked.connect(self.leave)
        self.result.post_asked.connect(self.post)
        self.result.back_asked.connect(self._scan_on)
        self.result.walked.connect(self.walk_on)
        self.binning.left.connect(self._go_on)
        QShortcut(QKeySequence(_COMPARE), self, self.compare, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    @property
    def place(self) -> str:
        """The place that is counted."""
        return self.scanning.scanned.place

    def refresh(self) -> None:
        """Read again what is shown."""
        shown = self._views.currentWidget()
        with self.banner.calm(self.refresh):
            if shown is self.choosing:
                self.choosing.refresh()
            elif shown is self.scanning:
                self.scanning.refresh()
            elif shown is self.result:
                self.result.show_comparison(self._compared())
            else:
                self.binning.refresh()

    def choose(self) -> None:
        """Ask for the next place."""
        self._show(self.choosing, self.tr("Count a place"))
        with self.banner.calm(self.choosing.refresh):
            self.choosing.refresh()
        self.choosing.start()

    def begin(self, place: str) -> None:
        """Count a place."""
        self.banner.clear()
        self.scanning.begin(place)
        self.result.begin()
        self._scan_on()

    def compare(self) -> None:
        """Hold what was scanned against the books."""
        if self._views.currentWidget() is not self.scanning:
            return
        with self.banner.calm(self.compare):
            self.result.show_comparison(self._compared())
            self._show(self.result, self.tr("{place}: against the books").format(place=self.place))
            self.result.start()

    def post(self) -> None:
        """Set the books to what was counted, and say what was done."""
        with self.banner.calm(self.post):
            none_left = self.result.none_left.isChecked()
            done = counting.post(
                self._context,
                self.place,
                self.scanning.scanned.found,
                move=self.result.moves.isChecked(),
                none_left=none_left,
                reason=self.result.reason.text().strip() or None,
            )
            self.scanning.begin("")
            self.choose()
            self.banner.tell(lines.done(done, none_left=none_left), Tone.GOOD)
            self.news.changed.emit(done.changed | Change.PLACES)

    def walk_on(self) -> None:
        """End the walk along this place: what was seen is said once more, and the books stay as they are."""
        with self.banner.calm(self.walk_on):
            seen = lines.summary(self._compared())
            says = self.tr("{place}: {seen}. Nothing was changed.").format(place=self.place, seen=seen)
            self._throw_away()
            self.banner.tell(says, Tone.QUIET)

    def take_to_bin(self) -> None:
        """Take expired stock to the bin instead; a count that was begun is kept."""
        self.banner.clear()
        self._show(self.binning, self.tr("Take expired stock to the bin"))
        with self.banner.calm(self.take_to_bin):
            self.binning.begin()

    def take_scan(self, text: str) -> Heard | None:
        """Take a scan from anywhere on the page; while a place is chosen, a bottle is for the window."""
        shown = self._views.currentWidget()
        if shown is self.binning:
            return self.binning.take_scan(text)
        if shown is self.choosing:
            return None if self.choosing.places is None else self.choosing.places.take_scan(text)
        ends = self.scanning.ends(text)
        if shown is self.result and not ends:
            self._scan_on()
        self.scanning.enter(text)
        return self._compared_as() if ends else self.scanning.heard

    def leave(self) -> None:
        """Go to another place; what was scanned here is asked about first."""
        if not self._asks(self._throw_away, self.tr("Throw it away")):
            self._throw_away()

    def aside(self) -> None:
        """Put the notice away, then go one step back."""
        if self.banner.text:
            self.banner.clear()
        elif self._views.currentWidget() is self.result:
            self._scan_on()
        elif self._views.currentWidget() is self.scanning:
            self.leave()
        elif self._views.currentWidget() is self.binning:
            self._go_on()

    def may_close(self, close: Callable[[], object]) -> bool:
        """Ask first where a count would be lost."""

        def throw_away() -> None:
            self._throw_away()
            close()

        return not self._asks(throw_away, self.tr("Throw it away and close"))

    def showEvent(self, event: QShowEvent) -> None:
        """Put the cursor where the next thing is scanned."""
        super().showEvent(event)
        self._start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let a scan that meets no field land in the one for it, and not in the search of another page."""
        typed = event.text().strip() and event.text().isprintable() and not event.modifiers() & ~_HELD
        shown = self._views.currentWidget()
        if typed and isinstance(shown, ChoosePlace | ScanPlace | TakeToBin):
            shown.take(event.text())
        elif typed:
            self._scan_on()
            self.scanning.take(event.text())
        else:
            super().keyPressEvent(event)

    def _compared(self) -> counting.Comparison:
        return counting.compare(self._context, self.place, self.scanning.scanned.found)

    def _compared_as(self) -> Heard:
        """Return what is said of the scan that ended the count."""
        if self._views.currentWidget() is not self.result:
            return Heard(self.banner.text, Sound.STOP)
        seen = self._compared()
        says = self.tr("{place}: {seen}.").format(place=self.place, seen=lines.summary(seen))
        return Heard(says, Sound.LOOK if lines.differences(seen) else Sound.GOOD)

    def _asks(self, throw_away: Callable[[], None], says: str) -> bool:
        """Ask what is to become of a count that is not posted; return whether there is one."""
        number = len(self.scanning.scanned.lines)
        if not number:
            return False
        kept = self.tr("{lines} at {place} are scanned and not posted yet.")
        text = kept.format(lines=counted(number, "bottle"), place=self.place)
        self.banner.tell(text, Tone.LOOK, [(self.tr("Go on counting"), self._scan_on), (says, throw_away)])
        return True

    def _throw_away(self) -> None:
        self.scanning.begin("")
        self.choose()

    def _go_on(self) -> None:
        """Go back to the count that was begun; where there is none, to the places."""
        if self.scanning.scanned.lines:
            self._scan_on()
        else:
            self.choose()

    def _scan_on(self) -> None:
        self._show(self.scanning, self.tr("Counting {place}").format(place=self.place))
        self.refresh()
        self.scanning.start()

    def _show(self, view: QWidget, title: str) -> None:
        self._title.setText(title)
        self._views.setCurrentWidget(view)

    def _start(self) -> None:
        shown = self._views.currentWidget()
        if isinstance(shown, ChoosePlace | ScanPlace | TakeToBin | Result):
            shown.start()
