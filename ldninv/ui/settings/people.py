"""The people of the pharmacy in the settings: who they are, what they are, and what is done to them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from ldninv.domain.people import Person
from ldninv.domain.signs import Tone
from ldninv.services import people
from ldninv.services.context import Context
from ldninv.ui import icons, theme
from ldninv.ui.acting.fields import ActionButton
from ldninv.ui.banner import Banner
from ldninv.ui.flow import FlowLayout
from ldninv.ui.settings import tasks
from ldninv.ui.settings.panel import Panel
from ldninv.ui.settings.tasks import Task

_LINES = 8
_NAME = int(Qt.ItemDataRole.UserRole)


class PeopleForm(Panel):
    """A list, the ways to change who is chosen in it, and one task at a time."""

    changed = Signal()

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(
            parent.tr("People"),
            parent.tr("Who works here, with a PIN each. Looking things up never asks for one."),
            parent,
        )
        self._context = context
        self._people: tuple[Person, ...] = ()
        self.task: Task | None = None
        self.nobody = self.line(
            self.tr(
                "Nobody signs in yet, and nothing asks. Once people are added, every change carries the name of who "
                "made it, a second person signs each release with their own PIN, and a disposal has a witness. The "
                "first person is a pharmacist or an admin, who adds the others."
            )
        )
        self.nobody.setForegroundRole(self.foregroundRole())
        self.list = QListWidget(self)
        self.list.setAccessibleName(self.tr("People"))
        self.list.setUniformItemSizes(True)
        self.banner = Banner(self)
        self.bar = QWidget(self)
        self.bar.setAccessibleName(self.tr("What to do"))
        self._flow = FlowLayout(theme.step(self, 1), self.bar)
        self.adding = self._button(self.tr("Add a person"), "account-plus", lambda: tasks.Add(context, self))
        self.ways = {
            tasks.Rename: self._on(self.tr("Rename"), "pencil", tasks.Rename),
            tasks.ChangeRole: self._on(self.tr("Role"), "account-convert", tasks.ChangeRole),
            tasks.OwnPin: self._on(self.tr("Change my PIN"), "account-key", tasks.OwnPin),
            tasks.GivePin: self._on(self.tr("Give a new PIN"), "account-key", tasks.GivePin),
            tasks.Badge: self._on(self.tr("Badge"), "badge-account-horizontal", tasks.Badge),
            tasks.Retire: self._on(self.tr("Retire"), "account-cancel", tasks.Retire),
            tasks.BringBack: self._on(self.tr("Bring back"), "account-reactivate", tasks.BringBack),
        }
        for part in (self.list, self.banner, self.bar):
            self.fields.addWidget(part)
        self.list.currentRowChanged.connect(lambda _row: self._offer())

    @property
    def begun(self) -> bool:
        """Whether a person was typed that is not added yet."""
        return self.task is not None and self.task.begun

    @property
    def person(self) -> Person | None:
        """Who is chosen."""
        item = self.list.currentItem()
        name = None if item is None else item.data(_NAME)
        return next((each for each in self._people if each.name == name), None)

    def refresh(self) -> None:
        """List the people again; what is open stays open."""
        chosen, self._people = self.person, tuple(people.everybody(self._context))
        self.list.clear()
        for person in self._people:
            self._show(person)
        names = [each.id for each in self._people]
        self.list.setCurrentRow(names.index(chosen.id) if chosen is not None and chosen.id in names else 0)
        row = max(self.list.sizeHintForRow(0), self.fontMetrics().height())
        self.list.setFixedHeight(row * min(len(names) or 1, _LINES) + 2 * self.list.frameWidth() + theme.step(self, 1))
        self.list.setVisible(bool(names))
        self.nobody.setVisible(not names)
        self._offer()

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
        (self.list if self._people else self.adding).setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _done(self, says: str) -> None:
        self.leave()
        self.changed.emit()
        self.banner.tell(says, Tone.GOOD)

    def _show(self, person: Person) -> None:
        said = [person.role.value, self.tr("left") if person.retired else self.tr("works here")]
        said += [self.tr("badge") if person.has_badge else self.tr("no badge")]
        said += [self.tr("PIN to be changed")] if person.pin_given and not person.retired else []
        text = f"{person.name} – {', '.join(said)}"
        item = QListWidgetItem(icons.icon("account-cancel" if person.retired else "account"), text, self.list)
        item.setData(_NAME, person.name)

    def _offer(self) -> None:
        """Offer what makes sense for who is chosen."""
        person, session = self.person, self._context.seat.session
        own = person is not None and session is not None and session.person == person.id
        left = person is not None and person.retired
        offered = {
            tasks.Rename: True,
            tasks.ChangeRole: not left and not own,
            tasks.OwnPin: not left and own,
            tasks.GivePin: not left and not own,
            tasks.Badge: not left,
            tasks.Retire: not left,
            tasks.BringBack: left,
        }
        for kind, button in self.ways.items():
            button.setVisible(person is not None and offered[kind])
        self.adding.set_first(not self._people)
        self.bar.updateGeometry()

    def _on(self, word: str, icon: str, kind: Callable[[Context, Person, QWidget], Task]) -> ActionButton:
        def made() -> Task:
            person = self.person
            return tasks.Add(self._context, self) if person is None else kind(self._context, person, self)

        return self._button(word, icon, made)

    def _button(self, word: str, icon: str, made: Callable[[], Task]) -> ActionButton:
        button = ActionButton(word, icon, self.bar)
        button.clicked.connect(lambda _checked=False: self.begin(made))
        self._flow.addWidget(button)
        return button
