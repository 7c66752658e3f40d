"""The page that sets up a scanner: scan two known codes, and it says what is right, what is wrong, and the way out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QEvent, QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLabel, QVBoxLayout, QWidget

from ldninv.domain.label_sizes import Symbol
from ldninv.domain.signs import Tone
from ldninv.ui import theme
from ldninv.ui.acting.fields import ActionButton, Choices
from ldninv.ui.flow import FlowLayout
from ldninv.ui.jobs import Jobs
from ldninv.ui.news import News
from ldninv.ui.overlay import Overlay
from ldninv.ui.pages import scrolling
from ldninv.ui.paper_panel import PaperPanel
from ldninv.ui.scanner import learned, lesson, serial_port
from ldninv.ui.scanner import settings as scanner_settings
from ldninv.ui.scanner.burst import Decision, Stroke
from ldninv.ui.scanner.key_field import KeyField
from ldninv.ui.scanner.known import KNOWN, Known
from ldninv.ui.scanner.learned import Finding, Learned
from ldninv.ui.scanner.lesson import Lesson, Strange
from ldninv.ui.scanner.pace import ScannerSettings
from ldninv.ui.scanner.says import Heard
from ldninv.ui.scanner.serial_port import Link
from ldninv.ui.scanner_setup.code_view import ODD, READ, WANTED, CodeView
from ldninv.ui.scanner_setup.findings import Findings
from ldninv.ui.scanner_setup.serial_choice import SerialChoice
from ldninv.ui.scanner_setup.sheet import sheet, shown

_SILENCE_MS = 400
"""After the last key: so slow a scanner is still heard as one."""
_WIDE = 150
"""Average letters of width from which codes and findings stand side by side."""
_A_CODE = 4
"""Fewer keys than this are somebody's typing."""


class SetupPanel(Overlay):
    """Laid over the window; Esc puts it away."""

    settled = Signal(object)
    """Carries the `ScannerSettings` that are kept from now on."""

    def __init__(
        self,
        memory: QSettings,
        news: News,
        jobs: Jobs,
        parent: QWidget,
        ports: Callable[[], list[serial_port.Port]] = serial_port.ports,
    ) -> None:
        super().__init__(parent.tr("Set up the scanner"), parent)
        self._memory = memory
        self._link: tuple[str, Link | None] = ("", None)
        self._strokes: list[Stroke] = []
        self.lessons: dict[Known, Lesson] = {}
        self.codes = {each: CodeView(at, shown(each), self) for at, each in enumerate(KNOWN, 1)}
        self.symbol = Choices({each: each.in_words for each in Symbol}, self.tr("Shown as"), self)
        self.symbol.choose(Symbol.QR)
        self.findings = Findings(self._choose, self)
        self.trial = KeyField(self.tr("What arrives, key by key"), self)
        self.serial = SerialChoice(ports, self, there=serial_port.available())
        self.paper = PaperPanel(news, jobs, memory, parent)
        self.print = ActionButton(self.tr("Print the codes…"), "printer", self)
        self.start_over = ActionButton(self.tr("Start again"), "refresh", self)
        self.closing = ActionButton(self.tr("Close (Esc)"), "close", self)
        self._quiet = QTimer(self, singleShot=True, interval=_SILENCE_MS)
        self._lay_out()
        self._connect()

    def start(self) -> QWidget:
        """Return the field that the keys are shown in."""
        return self.trial

    def place(self) -> None:
        """Take nearly all of the window: the codes have to be seen whole."""
        super().place()
        gap = theme.step(self, 4)
        self.panel.setGeometry(self.rect().adjusted(gap, gap, -gap, -gap))

    def show_setup(self) -> None:
        """Begin with nothing learned."""
        self._begin_again()
        self.open()

    def show_link(self, name: str, link: Link | None) -> None:
        """Say how it stands with the serial port."""
        self._link = (name, link)
        self.serial.show_link(name, link)

    @property
    def kept(self) -> ScannerSettings:
        """What is kept at this workstation."""
        return scanner_settings.kept(self._memory)

    takes_badges = True

    def take_scan(self, text: str) -> Heard:
        """Show any scan while it is open: nothing else is done with it."""
        return self.trial.take_scan(text)

    def hear_key(self, stroke: Stroke | None, decision: Decision) -> None:
        """Hear keys whatever has the focus in here."""
        self.trial.hear_key(stroke, decision)

    def event(self, event: QEvent) -> bool:
        """Keep the window's keys from what is behind; Esc puts it away."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride:
            event.setAccepted(event.key() != Qt.Key.Key_Escape)
            return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put codes and findings side by side where there is room."""
        super().resizeEvent(event)
        wide = self.width() >= theme.letters(self, _WIDE)
        way = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        self._sides.setDirection(way)
        self._make_room(wide=wide)

    def _make_room(self, *, wide: bool) -> None:
        """Give the codes a row where they are square and there is room; bars are long, and stand below one another."""
        widths = [view.sizeHint().width() for view in self.codes.values()]
        row = sum(widths) + theme.step(self, 2)
        for view in self.codes.values():
            view.setMinimumHeight(max(each.sizeHint().height() for each in self.codes.values()))
        flat = self.symbol.value is Symbol.CODE128
        self._codes.setMinimumWidth(max(widths) if flat or not wide else row)

    def _note(self, stroke: Stroke) -> None:
        self._strokes.append(stroke)
        self._quiet.start()

    def _learn(self) -> None:
        """Say what the keys were, now that no other follows."""
        strokes, self._strokes = self._strokes, []
        found = lesson.learn(strokes)
        if isinstance(found, Lesson):
            self.lessons[found.known] = found
            self._show_learned()
        elif isinstance(found, Strange):
            self.lessons.pop(found.known, None)
            self.findings.show_findings(None, [learned.strange(found)])
            self.codes[found.known].state.show_sign(ODD)
        elif len(strokes) >= _A_CODE:
            says = self.tr("That was neither of the two codes. Scan code 1 or code 2: here, or on the printed sheet.")
            self.findings.show_findings(None, [Finding(Tone.LOOK, says)])

    def _show_learned(self) -> None:
        """Say what is known so far; once both codes were read it is kept, but for what has to be chosen."""
        before = self.kept
        found = learned.combined(list(self.lessons.values()), before)
        whole = len(self.lessons) == len(KNOWN)
        if whole and found.settings != before:
            self._keep(found.settings)
        first = self._summary(found, whole=whole, changed=found.settings != before)
        self.findings.show_findings(first, found.findings)
        if whole:  # until then the codes have to be seen
            QTimer.singleShot(0, self, lambda: self._scroll.ensureWidgetVisible(self.findings))
        for known, view in self.codes.items():
            view.state.show_sign(WANTED if known not in self.lessons else READ if found.right else ODD)

    def _summary(self, found: Learned, *, whole: bool, changed: bool) -> Finding:
        if not whole:
            left = next(number for number, each in enumerate(KNOWN, 1) if each not in self.lessons)
            return Finding(Tone.QUIET, self.tr("Now scan code {number}.").format(number=left))
        if not found.right:
            kept = self.tr("What could be learned is kept for this computer. This is left to put right:")
            return Finding(Tone.QUIET, kept if changed else self.tr("This is left to put right:"))
        says = (
            self.tr("The scanner is set up.")
            if not changed
            else self.tr("The scanner is set up: kept for this computer.")
        )
        return Finding(Tone.GOOD, says)

    def _choose(self, settings: ScannerSettings) -> None:
        """Keep what a person chose, and say again what is so now."""
        self._keep(settings)
        self._show_learned()
        self.trial.setFocus(Qt.FocusReason.OtherFocusReason)

    def _keep(self, settings: ScannerSettings) -> None:
        scanner_settings.keep(self._memory, settings)
        self.settled.emit(settings)

    def _choose_port(self, chosen: ScannerSettings) -> None:
        self.show_link(chosen.port, None)
        self._keep(replace(self.kept, port=chosen.port, speed=chosen.speed, framing=chosen.framing))
        self.trial.setFocus(Qt.FocusReason.OtherFocusReason)

    def _begin_again(self) -> None:
        self.lessons = {}
        self._strokes = []
        self.trial.clear()
        for view in self.codes.values():
            view.state.show_sign(WANTED)
        self.serial.show_port(self.kept)
        self.serial.show_link(*self._link)
        begin = self.tr("Scan code 1, then code 2. The answer stands here.")
        self.findings.show_findings(Finding(Tone.QUIET, begin), [])
        self.trial.setFocus(Qt.FocusReason.OtherFocusReason)

    def _connect(self) -> None:
        self.trial.heard.connect(self._note)
        self._quiet.timeout.connect(self._learn)
        self.symbol.chosen.connect(self._show_symbols)
        self.serial.chosen.connect(self._choose_port)
        self.serial.again.clicked.connect(lambda _checked=False: self.serial.show_port(self.kept))
        self.print.clicked.connect(lambda _checked=False: self.paper.show_paper(sheet(self)))
        self.start_over.clicked.connect(lambda _checked=False: self._begin_again())
        self.closing.clicked.connect(lambda _checked=False: self.close())

    def _show_symbols(self) -> None:
        for view in self.codes.values():
            view.show_symbol(self.symbol.value or Symbol.QR)
        self._make_room(wide=self._sides.direction() is QBoxLayout.Direction.LeftToRight)

    def _lay_out(self) -> None:
        title = QLabel(self.tr("Set up the scanner"), self)
        title.setFont(theme.scaled(self.font(), 1.4, bold=True))
        inside = QWidget(self)
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight, inside)
        self._sides.setContentsMargins(0, 0, theme.step(self, 2), 0)
        self._sides.setSpacing(theme.step(self, 4))
        self._sides.addWidget(self._left(inside), 0, Qt.AlignmentFlag.AlignTop)
        self._sides.addWidget(self._right(inside), 1)
        self._scroll = scrolling(inside, self.tr("Set up the scanner"), self)
        tools = QWidget(self)
        flow = FlowLayout(theme.step(self, 2), tools)
        for button in (self.print, self.start_over, self.closing):
            flow.addWidget(button)
        self.column.addWidget(title)
        self.column.addWidget(self._scroll, 1)
        self.column.addWidget(tools)

    def _left(self, parent: QWidget) -> QWidget:
        """Return the codes, and how they are shown."""
        left = QWidget(parent)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.step(self, 2))
        self._codes = QWidget(left)
        flow = FlowLayout(theme.step(self, 2), self._codes)
        for view in self.codes.values():
            flow.addWidget(view)
        column.addWidget(self.symbol)
        column.addWidget(self._codes)
        column.addWidget(self.serial)
        self._show_symbols()
        return left

    def _right(self, parent: QWidget) -> QWidget:
        """Return what was found, and what arrives."""
        right = QWidget(parent)
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.step(self, 2))
        label = QLabel(self.tr("What arrives, key by key"), right)
        label.setFont(theme.scaled(self.font(), 1, bold=True))
        label.setBuddy(self.trial)
        for part in (self.findings, label):
            column.addWidget(part)
        column.addWidget(self.trial, 1)
        return right
