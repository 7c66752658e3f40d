"""What every task of the settings is: a few fields, the way to do it, the way out."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ldninv.domain.people import SignInNeeded
from ldninv.domain.refusal import Refused, Surroundings
from ldninv.services.context import Context
from ldninv.ui.acting.entry import Entry, show_whole
from ldninv.ui.acting.fields import Field
from ldninv.ui.acting.pin_field import HiddenField, PinField


class Task(Entry):
    """Its fields, the way to do it and the way out; a refusal stands in it, and what was typed stays."""

    done = Signal(str)
    """Carries what was done, in words."""

    def __init__(self, context: Context, title: str, word: str, icon: str, parent: QWidget) -> None:
        super().__init__(context, title, 1.1, (word, icon), parent)
        self.below.insertWidget(0, self.banner)

    def act(self) -> str:
        """Do it, and return what was done.

        Raises:
            Refused: the rules say no.
        """
        raise NotImplementedError

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

    def mend(self) -> QWidget:
        """Return the field that a refusal points to: the first that holds nothing, as a PIN that was refused does."""
        fields = (each for each in self.findChildren(HiddenField) if each.isVisible() and not each.text())
        return next(fields, super().mend())

    def _point(self, why: Exception) -> None:
        """Go to what can be mended, with what was said in sight; where the window asks for a PIN, that comes first."""
        if isinstance(why, SignInNeeded):
            return
        self.mend().setFocus(Qt.FocusReason.OtherFocusReason)
        show_whole(self.leave)
        show_whole(self.banner)

    def _new_pin(self) -> NewPin:
        return NewPin(self)


class Named(Task):
    """A task that begins with a name."""

    name: Field

    def start(self) -> QWidget:
        """Return the name."""
        return self.name

    @property
    def begun(self) -> bool:
        """Whether a name was typed."""
        return bool(self.name.text().strip())


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
