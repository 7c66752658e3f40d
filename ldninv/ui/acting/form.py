"""What every form is: its fields, what would come of it said live, Enter and Esc, and a refusal in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from ldninv.domain.ledger import Posted
from ldninv.domain.refusal import Refused, Surroundings
from ldninv.domain.signs import Tone
from ldninv.services.context import Change, Context
from ldninv.services.ledger import Done
from ldninv.ui import theme
from ldninv.ui.acting import words
from ldninv.ui.acting.actions import Action
from ldninv.ui.acting.fields import ActionButton
from ldninv.ui.banner import Banner


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a form."""

    text: str
    posted: tuple[Posted, ...]
    """The entries that were made, oldest first."""
    changed: Change
    tone: Tone = Tone.GOOD


class Form(QWidget):
    """A title, fields below one another, and the two ways out."""

    acted = Signal(object)
    """Carries the `Outcome`."""
    left = Signal()
    told = Signal()
    """A refusal stands at its top."""

    def __init__(self, context: Context, action: Action, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.context = context
        self.action = action
        self.setAccessibleName(title)
        heading = QLabel(title, self)
        heading.setFont(theme.scaled(self.font(), 1.2, bold=True))
        heading.setWordWrap(True)
        self.fields = QVBoxLayout()
        self.fields.setSpacing(theme.step(self, 1))
        self.banner = Banner(self)
        self.enter = ActionButton(self.tr(action.word), action.icon, self, first=True)
        self.enter.setToolTip(self.tr("Enter"))
        self.enter.clicked.connect(self.confirm)
        self.leave = ActionButton(self.tr("Cancel"), "close", self)
        self.leave.setToolTip(self.tr("Esc"))
        self.leave.clicked.connect(self.left)
        ways = QHBoxLayout()
        ways.addWidget(self.enter)
        ways.addWidget(self.leave)
        ways.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.step(self, 1), 0, 0)
        layout.setSpacing(theme.step(self, 2))
        layout.addWidget(heading)
        layout.addWidget(self.banner)
        layout.addLayout(self.fields)
        layout.addLayout(ways)

    def order(self) -> None:
        """Walk by Tab through the fields, and then to the two ways out."""
        ways = (self.enter, self.leave)
        fields = [each for each in self.findChildren(QWidget) if each.focusPolicy() & Qt.FocusPolicy.TabFocus]
        walked = [*(each for each in fields if each not in ways), *ways]
        for one, other in pairwise(walked):
            QWidget.setTabOrder(one, other)

    def act(self) -> Outcome:
        """Do it.

        Raises:
            Refused: the rules say no.
        """
        raise NotImplementedError

    def look(self) -> None:
        """Say anew what would come of it."""

    def start(self) -> QWidget:
        """Return the field that the focus goes to first."""
        return self.enter

    def mend(self) -> QWidget:
        """Return the field that a refusal points to."""
        return self.start()

    def confirm(self) -> None:
        """Do it, and say so; a refusal stands in the form, and the focus where it can be mended."""
        self.banner.clear()
        try:
            outcome = self.act()
        except Refused as why:
            self.tell(why)
        except Surroundings as why:
            self.tell(why, self.confirm)
        else:
            self.acted.emit(outcome)

    def tell(self, why: Exception, again: Callable[[], None] | None = None) -> None:
        """Say why it was not done, and put the focus where that can be mended."""
        self.banner.tell_error(why, again)
        self.point_to(self.mend())
        self.told.emit()

    def point_to(self, field: QWidget) -> None:
        """Put the focus into a field, with what stands there selected."""
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        _show_whole(field)
        field = field.focusProxy() or field
        if isinstance(field, QLineEdit):
            field.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Confirm by Enter, from any field."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.confirm()
        else:
            super().keyPressEvent(event)

    def add(self, text: str, field: QWidget) -> QLabel:
        """Add a field under its name, and return the label."""
        label = QLabel(text, self)
        label.setBuddy(field)
        if not field.accessibleName():
            field.setAccessibleName(text)
        self.fields.addWidget(label)
        self.fields.addWidget(field)
        self.fields.addSpacing(theme.step(self, 1))
        return label

    def line(self, text: str = "") -> QLabel:
        """Add a line that says something, and return it."""
        label = QLabel(text, self)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.fields.addWidget(label)
        self.fields.addSpacing(theme.step(self, 1))
        return label


def outcome_of(done: Done) -> Outcome:
    """Return the outcome of a verb."""
    return Outcome(" ".join((words.done(done.posted), *done.notices)), (done.posted,), done.changed)


def _show_whole(field: QWidget) -> None:
    """Scroll a field into sight, where large text leaves it below the fold."""
    area = field.parentWidget()
    while area is not None and not isinstance(area, QScrollArea):
        area = area.parentWidget()
    content = None if area is None else area.widget()
    if area is None or content is None:
        return
    layout = content.layout()
    if layout is not None:
        layout.activate()
    area.ensureWidgetVisible(field)
