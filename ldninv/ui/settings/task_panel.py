"""A group of settings with a list, the ways to change what stands in it, and one task at a time."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ldninv.domain.signing import Meaning
from ldninv.domain.signs import Tone
from ldninv.ui import theme
from ldninv.ui.acting.fields import ActionButton
from ldninv.ui.acting.signature import Signature
from ldninv.ui.banner import Banner
from ldninv.ui.flow import FlowLayout
from ldninv.ui.roomy import RoomyList
from ldninv.ui.settings.panel import Panel
from ldninv.ui.settings.task import Task
from ldninv.ui.typed import Unread

_LINES = 8
"""Of the list that are seen at once."""


class TaskPanel(Panel):
    """A task takes the place of the ways to it, and gives it back."""

    changed = Signal()

    def __init__(self, title: str, about: str, parent: QWidget) -> None:
        super().__init__(title, about, parent)
        self.task: Task | None = None
        self.list = RoomyList(self)
        self.list.setAccessibleName(title)
        side = self.list.fontMetrics().height()
        self.list.setIconSize(QSize(side, side))
        self.banner = Banner(self)
        self.bar = QWidget(self)
        self.bar.setAccessibleName(self.tr("What to do"))
        self._flow = FlowLayout(theme.step(self, 1), self.bar)

    @property
    def begun(self) -> bool:
        """Whether something was typed that would be lost."""
        return self.task is not None and self.task.begun

    def refresh(self) -> None:
        """Read again; a task that is open stays open."""
        raise NotImplementedError

    def home(self) -> QWidget:
        """Return what the focus goes back to."""
        return self.list

    def begin(self, made: Callable[[], Task]) -> None:
        """Open a task in place of the ways to it."""
        self.put_away()
        self.banner.clear()
        task = made()
        task.done.connect(self._done)
        task.left.connect(self.leave)
        self.task = task
        self.bar.hide()
        self.fields.addWidget(task)
        task.show()
        task.start().setFocus(Qt.FocusReason.ShortcutFocusReason)
        QTimer.singleShot(0, task, task.show_whole)

    def put_away(self) -> bool:
        """Put the task away, and return whether there was one."""
        if self.task is None:
            return False
        self.fields.removeWidget(self.task)
        self.task.hide()
        self.task.deleteLater()
        self.task = None
        self.bar.show()
        return True

    def leave(self) -> bool:
        """Go back to the list, and return whether a task was open."""
        if not self.put_away():
            return False
        self.home().setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def fit(self) -> None:
        """Make the list as high as its lines, up to eight; without any it does not show."""
        number = self.list.count()
        rows = sum(self.list.sizeHintForRow(row) for row in range(min(number, _LINES)))
        high = max(rows, self.fontMetrics().height())
        self.list.setFixedHeight(high + 2 * self.list.frameWidth() + theme.step(self, 1))
        self.list.setVisible(bool(number))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make the list as high as its lines are in another width."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self.fit)

    def way(self, word: str, icon: str, made: Callable[[], Task]) -> ActionButton:
        """Add a way to a task."""
        button = ActionButton(word, icon, self.bar)
        button.clicked.connect(lambda _checked=False: self.begin(made))
        self._flow.addWidget(button)
        return button

    def add_way(self, button: ActionButton) -> None:
        """Add a way to what is no task."""
        self._flow.addWidget(button)

    def _done(self, says: str) -> None:
        self.leave()
        self.changed.emit()
        self.banner.tell(says, Tone.GOOD)


class SignedTask(Task):
    """A task that a pharmacist signs, where there are people."""

    unread: str | None = None
    """The field that could not be read."""

    def sign_for(self, meaning: Meaning) -> None:
        """Ask for the signature below the fields."""
        self.signature = Signature(self.context, meaning, self)
        self.fields.addWidget(self.signature)

    def act(self) -> str:
        """Do it, as whoever signs."""
        self.unread = None
        self.signature.wrong = False
        try:
            return self.act_signed()
        except Unread as why:
            self.unread = why.field
            raise

    def act_signed(self) -> str:
        """Do it, and return what was done.

        Raises:
            Refused: the rules say no.
        """
        raise NotImplementedError

    def field(self, name: str) -> QWidget:
        """Return the field that a refusal names."""
        del name
        return self.start()

    def mend(self) -> QWidget:
        """Return the field that cannot be read, or the signature's where that was refused."""
        if self.signature.wrong:
            return self.signature.mend()
        return self.start() if self.unread is None else self.field(self.unread)
