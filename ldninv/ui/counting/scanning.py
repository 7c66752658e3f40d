"""Scanning all that stands at a place: the cursor stays in the field, each scan answers with its word."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedLayout, QVBoxLayout, QWidget

from ldninv.domain.places import Place, scanned_place
from ldninv.domain.signs import Tone
from ldninv.services import batches, counting, lookup
from ldninv.services.context import Context
from ldninv.services.lookup import Answer, Kind
from ldninv.ui import theme
from ldninv.ui.acting import words
from ldninv.ui.acting.fields import ActionButton, NumberField
from ldninv.ui.banner import Banner
from ldninv.ui.blank import Blank
from ldninv.ui.calm import CalmLine
from ldninv.ui.card_parts import Said
from ldninv.ui.counting import lines, tables
from ldninv.ui.counting.lines import Line, Scanned
from ldninv.ui.counting.scan_field import ScanField
from ldninv.ui.scanner.says import OF_TONE, Heard, Sound
from ldninv.ui.words import counted

_LONGEST = len("1000000")


class ScanPlace(QWidget):
    """One line a bottle; the number of capsules may be typed beside, and need not be."""

    compare_asked = Signal()
    another_asked = Signal()
    """Another place is to be counted."""

    def __init__(self, context: Context, banner: Banner, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._banner = banner
        self.scanned = Scanned("")
        self._in_hand = ""
        self.heard = Heard("", Sound.LOOK)
        """What was said of the last scan."""
        self.field = ScanField(self.tr("Scan a bottle"), self.tr("Scan a bottle, or type its lot"), self)
        self.field.entered.connect(self.enter)
        self.number = NumberField(self.tr("Capsules, may stay empty"), self)
        self.number.setFont(theme.tabular(self.field.font()))
        self.number.setMinimumHeight(self.field.minimumHeight())
        self._number_name = QLabel(self)
        self._number_name.setBuddy(self.number)
        self.said = CalmLine("barcode-scan", self, factor=1.4)
        self.so_far = Said(self)
        """How the shelf compares with the books, after every scan."""
        self.table = tables.scanned(lambda: self.scanned.place, self)
        self.table.chosen.connect(self._row_chosen)
        self.table.removed.connect(self._remove)
        self.table.number_asked.connect(lambda _row: self._ask_number())
        self.nothing = Blank("barcode-scan", self)
        self.nothing.say(
            self.tr("Nothing scanned yet"),
            self.tr(
                "Scan every bottle that stands here. When you are done, scan the name of the place, or press Compare."
            ),
        )
        self.compare = ActionButton(self.tr("Compare with the books"), "clipboard-check", self, first=True)
        self.compare.clicked.connect(self.compare_asked)
        self.another = ActionButton(self.tr("Another place"), "map-marker", self)
        self.another.clicked.connect(self.another_asked)
        self._lay_out()

    def begin(self, place: str) -> None:
        """Begin at a place."""
        self.scanned = Scanned(place)
        self._in_hand = ""
        self._say(self.tr("{place}: scan all that stands there.").format(place=place), Tone.QUIET)
        self._show()

    def refresh(self) -> None:
        """Take the batches as they are now."""
        for line in self.scanned.lines:
            if line.kept is not None:
                self.scanned.read_again(lines.line_of(batches.card(self._context, line.text)))
        self._show()

    def start(self) -> None:
        """Put the cursor where a bottle is scanned."""
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def take(self, text: str) -> None:
        """Begin to type here what was typed elsewhere on the page."""
        self.field.setText(text)
        self.start()

    def enter(self, text: str) -> None:
        """Take what was scanned: a batch, the place's own name, or something that is neither."""
        self._banner.clear()
        self.start()
        if self.ends(text):
            self.compare_asked.emit()
            return
        with self._banner.calm(lambda: self.enter(text)):
            answer = lookup.scan(self._context, text)
            if answer.card is not None:
                self._add(lines.line_of(answer.card), answer.warning)
            elif answer.kind is Kind.UNKNOWN and answer.place is None:
                self._add(lines.unknown(answer.scan.text))
            else:
                self._say(f"{answer.scan.text}: {_no_batch(answer)}", Tone.STOP)

    def ends(self, text: str) -> bool:
        """Whether a scan is the name of the place itself, which ends the count."""
        return scanned_place(text, [Place(self.scanned.place)]) is not None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the number by Enter, and go back to the field; what is no number there was a scan."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.number.hasFocus():
            self._take_number()
        else:
            super().keyPressEvent(event)

    def _add(self, line: Line, warning: str | None = None) -> None:
        new = self.scanned.take(line)
        self._in_hand = line.text
        said = lines.said(line, self.scanned.place)
        if not new:
            said = self.tr("{lot}: counted already. Nothing was added.").format(lot=line.text)
        tone = line.sign.tone if new else Tone.LOOK
        self._say(f"{said} {warning}" if warning else said, Tone.LOOK if warning else tone)
        self._show()

    def _take_number(self) -> None:
        text = self.number.text().strip()
        if text and not (text.isascii() and text.isdigit() and len(text) <= _LONGEST):
            self.number.clear()
            self.enter(text)
            return
        with self._banner.calm():
            number = words.number(text, self.tr("capsules")) if text else None
            self.scanned.count(self._in_hand, number)
            if number is not None:
                said = self.tr("{lot}: {number} counted.")
                self._say(said.format(lot=self._in_hand, number=counted(number, "capsule")), Tone.GOOD)
            self._show()
            self.start()

    def _ask_number(self) -> None:
        self.number.setFocus(Qt.FocusReason.OtherFocusReason)
        self.number.selectAll()

    def _row_chosen(self, row: int) -> None:
        if 0 <= row < len(self.scanned.lines):
            self._in_hand = self.scanned.lines[row].text
            self._show_number()

    def _remove(self, row: int) -> None:
        gone = self.scanned.lines[row].text
        self.scanned.remove(gone)
        self._in_hand = self.scanned.lines[0].text if self.scanned.lines else ""
        self._say(self.tr("{lot}: taken off the list.").format(lot=gone), Tone.QUIET)
        self._show()
        self.start()

    def _say(self, text: str, tone: Tone) -> None:
        self.said.say(text)
        self.said.set_tone(tone)
        self.said.setAccessibleName(text)
        self.heard = Heard(text, OF_TONE[tone])

    def _show(self) -> None:
        tables.show(self.table, self.scanned.lines)
        self._views.setCurrentWidget(self.table if self.scanned.lines else self.nothing)
        self.compare.setText(
            self.tr("Compare with the books") + (f" ({len(self.scanned.lines)})" if self.scanned.lines else "")
        )
        self.compare.setAccessibleName(self.compare.text())
        self.compare.updateGeometry()
        self._show_number()
        self._say_so_far()

    def _say_so_far(self) -> None:
        """Say what is seen, missing, misplaced or expired by now."""
        place = self.scanned.place
        self.so_far.setVisible(bool(place))
        with self._banner.calm():
            if place:
                self.so_far.say(lines.so_far(counting.compare(self._context, place, self.scanned.found)))

    def _show_number(self) -> None:
        """Let the number be that of the line in hand."""
        line = next((each for each in self.scanned.lines if each.text == self._in_hand and each.kept), None)
        self.number.setEnabled(line is not None)
        self.number.setText("" if line is None or line.capsules is None else str(line.capsules))
        name = self.tr("Capsules of {lot}").format(lot=line.text) if line else self.tr("Capsules")
        self._number_name.setText(name)
        self.number.setAccessibleName(self.tr("{name}, may stay empty").format(name=name))

    def _lay_out(self) -> None:
        name = QLabel(self.field.accessibleName(), self)
        name.setBuddy(self.field)
        row = QHBoxLayout()
        row.setSpacing(theme.step(self, 3))
        for label, field, stretch in ((name, self.field, 3), (self._number_name, self.number, 1)):
            part = QVBoxLayout()
            part.setSpacing(theme.step(self, 1))
            part.addWidget(label)
            part.addWidget(field)
            row.addLayout(part, stretch)
        ways = QHBoxLayout()
        ways.addWidget(self.compare)
        ways.addWidget(self.another)
        ways.addStretch(1)
        self._views = QStackedLayout()
        self._views.addWidget(self.nothing)
        self._views.addWidget(self.table)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.step(self, 2))
        layout.addLayout(row)
        layout.addWidget(self.said)
        layout.addWidget(self.so_far)
        layout.addLayout(self._views, 1)
        layout.addLayout(ways)


def _no_batch(answer: Answer) -> str:
    """Return why a code is none of our batches."""
    if answer.error is not None:
        return answer.error
    if answer.place is not None:
        return "this is another place. Compare first, or go to another place by the button."
    if answer.kind is Kind.CHOOSE:
        return "a separator is missing in the code. Type the lot from the label."
    return "this is no batch of ours. Nothing was added."
