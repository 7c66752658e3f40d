"""The trail to check: whether it is unbroken, what that proves, and what it cannot prove."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from ldninv.domain import audit
from ldninv.domain.audit import Head
from ldninv.domain.audit import Verdict as Found
from ldninv.domain.signs import Sign, Tone
from ldninv.services import trail
from ldninv.services.context import Context
from ldninv.ui import icons, theme
from ldninv.ui.acting.fields import ActionButton, Field
from ldninv.ui.banner import Banner
from ldninv.ui.buttons import ENTER
from ldninv.ui.card_parts import Said, Verdict
from ldninv.ui.jobs import Jobs
from ldninv.ui.pages import scrolling
from ldninv.ui.waiting import Waiting

UNCHECKED = Sign("Not checked yet", Tone.QUIET, "shield-search")
UNBROKEN = Sign("Unbroken", Tone.GOOD, "check-decagram")
BROKEN = Sign("Broken", Tone.STOP, "link-off")


class _Line(Field):
    """A field whose Enter checks."""

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Check by Enter."""
        if event.key() in ENTER:
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class Check(QWidget):
    """Checks on a worker, with progress; the verdict is a word in its colour with its icon, and a sentence."""

    event_asked = Signal(int)
    """The number of an event that is to be seen."""

    def __init__(self, context: Context, jobs: Jobs, banner: Banner, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._banner = context, banner
        self._broken = 0
        self.verdict = Verdict(self)
        self.says = Said(self, 1.15)
        self.printed = _Line(parent=self)
        self.check = ActionButton(self.tr("Check the trail"), "shield-search", self, first=True)
        self.show_event = QPushButton(self)
        icons.put_on(self.show_event, "history")
        self.views = Waiting(jobs, self)
        self._lay_out()
        self.printed.entered.connect(self.begin)
        self.check.clicked.connect(lambda _checked=False: self.begin())
        self.show_event.clicked.connect(lambda _checked=False: self.event_asked.emit(self._broken))
        self.forget()

    def start(self) -> QWidget:
        """Return what the focus goes to first."""
        return self.check

    def forget(self) -> None:
        """Say that nothing was checked: a verdict holds for the moment at which it was found."""
        self._say(UNCHECKED, self.tr("Checking reads every event and takes some seconds for a million of them."))

    def begin(self) -> None:
        """Check the whole trail, against the line of a report too where one was typed."""
        self._banner.clear()
        with self._banner.calm():
            heads = [audit.head_of(self.printed.text())] if self.printed.text().strip() else []
            self._run(heads)

    def _run(self, heads: list[Head]) -> None:
        self.views.run(
            self.tr("Checking every event…"),
            lambda progress: trail.verify(self._context, *heads, progress=progress),
            done=lambda found: self._checked(found, heads),
            failed=lambda why: self._banner.tell_error(why, self.begin),
            stopped=self.forget,
        )

    def _checked(self, found: Found, heads: list[Head]) -> None:
        says = audit.in_words(found)
        if not found.intact:
            says = f"{says} {audit.WAY_OUT}"
        elif heads:
            says = f"{says} {self.tr('It has the event that was printed, with the same hash.')}"
        elif found.unchecked:
            says = f"{says} {found.unchecked}"
        self._say(UNBROKEN if found.intact else BROKEN, says, found.first_broken or 0)
        self.check.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say(self, sign: Sign, says: str, broken: int = 0) -> None:
        self._broken = broken
        self.verdict.show_sign(sign)
        self.says.say(says)
        self.show_event.setText(self.tr("Show the events around it"))
        self.show_event.setVisible(bool(broken))

    def _lay_out(self) -> None:
        shown = QWidget(self)
        inside = QVBoxLayout(shown)
        inside.setContentsMargins(0, theme.step(self, 3), theme.step(self, 1), 0)
        inside.setSpacing(theme.step(self, 2))
        inside.addWidget(self.verdict)
        inside.addWidget(self.says)
        inside.addWidget(self.show_event, 0, Qt.AlignmentFlag.AlignLeft)
        label = QLabel(self.tr("The line at the foot of a printed report, to hold it against the trail"), self)
        label.setWordWrap(True)
        label.setBuddy(self.printed)
        self.printed.setAccessibleName(self.tr("Line printed on a report"))
        self.printed.setPlaceholderText(self.tr("1204 events, ends with 3f9a1c2b4d5e"))
        self.printed.setMaximumWidth(theme.letters(self, 110))
        inside.addWidget(label)
        inside.addWidget(self.printed)
        inside.addWidget(self.check, 0, Qt.AlignmentFlag.AlignLeft)
        for title, text in (
            (self.tr("What the check proves"), audit.PROVES),
            (self.tr("What it cannot prove"), audit.CANNOT_PROVE),
        ):
            heading = Said(self, 1, bold=True)
            heading.say(title)
            said = Said(self)
            said.say(text)
            said.setMaximumWidth(theme.letters(self, 130))
            inside.addSpacing(theme.step(self, 2))
            inside.addWidget(heading)
            inside.addWidget(said)
        inside.addStretch(1)
        area = scrolling(shown, self.tr("Check of the trail"), self)
        self.views.addWidget(area)
        self.views.setCurrentWidget(area)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.views)
