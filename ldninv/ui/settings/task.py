"""What every task of the settings is: a few fields, the way to do it, the way out."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ldninv.domain.people import SignInNeeded
from ldninv.domain.refusal import Refused, Surroundings
from ldninv.services.context import Context
from ldninv.ui import theme
from ldninv.ui.acting.fields import ActionButton
from ldninv.ui.acting.form import show_whole
from ldninv.ui.acting.pin_field import HiddenField, PinField
from ldninv.ui.banner import Banner
from ldninv.ui.buttons import ENTER
from ldninv.ui.field_column import FieldColumn


class Task(FieldColumn):
    """Its fields, the way to do it and the way out; a refusal stands in it, and what was typed stays."""

    done = Signal(str)
    """Carries what was done, in words."""
    left = Signal()

    def __init__(self, context: Context, title: str, word: str, icon: str, parent: QWidget) -> None:
        super().__init__(title, 1.1, parent)
        self.context = context
        self.banner = Banner(self)
        self.enter = ActionButton(word, icon, self, first=True)
        self.leave = ActionButton(self.tr("Cancel"), "close", self)
        self.enter.clicked.connect(self.confirm)
        self.leave.clicked.connect(self.left)
        ways = QHBoxLayout()
        ways.addWidget(self.enter)
        ways.addWidget(self.leave)
        ways.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.step(self, 2), 0, 0)
        layout.setSpacing(theme.step(self, 2))
        layout.addWidget(self.heading)
        layout.addLayout(self.fields)
        layout.addWidget(self.banner)
        layout.addLayout(ways)

    def act(self) -> str:
        """Do it, and return what was done.

        Raises:
            Refused: the rules say no.
        """
        raise NotImplementedError

    def start(self) -> QWidget:
        """Return the field that the focus goes to first."""
        return self.enter

    @property
    def begun(self) -> bool:
        """Whether something was typed that would be lost."""
        return False

    def confirm(self) -> None:
        """Do it, and say so."""
        self.banner.clear()
        try:
            says = self.act()
        except (Refused, Surroundings) as why:
            self.banner.tell_error(why, None if _said_no(why) else self.confirm)
            self._point(why)
        else:
            self.done.emit(says)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Confirm by Enter, from any field."""
        if event.key() in ENTER:
            self.confirm()
        else:
            super().keyPressEvent(event)

    def mend(self) -> QWidget:
        """Return the field that a refusal points to: the first that holds nothing, as a PIN that was refused does."""
        fields = (each for each in self.findChildren(HiddenField) if each.isVisible() and not each.text())
        return next(fields, self.start())

    def show_whole(self) -> None:
        """Scroll so far that all of it is seen, or at least where it begins."""
        for part in (self.leave, self.start(), self.heading):
            show_whole(part)

    def _point(self, why: Exception) -> None:
        """Go to what can be mended, with what was said in sight; where the window asks for a PIN, that comes first."""
        if isinstance(why, SignInNeeded):
            return
        self.mend().setFocus(Qt.FocusReason.OtherFocusReason)
        show_whole(self.leave)
        show_whole(self.banner)

    def _new_pin(self) -> NewPin:
        return NewPin(self)


def _said_no(why: Exception) -> bool:
    """Whether doing the same again would come to the same."""
    return isinstance(why, Refused) and not isinstance(why, SignInNeeded)


class NewPin:
    """A new PIN, typed twice: it is not seen."""

    def __init__(self, task: Task) -> None:
        self.first = PinField(task.tr("New PIN, six digits or more"), task)
        self.again = PinField(task.tr("The same once more"), task)
        for field in (self.first, self.again):
            task.add(field.accessibleName(), field)

    def pin(self) -> str:
        """Return it.

        Raises:
            Refused: none, or the two differ.
        """
        first = self.first.pin()
        if self.again.text() != first:
            self.again.clear()
            raise Refused("The two PINs differ. Type the new PIN the same twice.")
        return first
