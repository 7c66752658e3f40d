"""The people of the pharmacy in the settings: who they are, what they are, and what is done to them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidgetItem, QWidget

from ldninv.domain.people import Person
from ldninv.services import people
from ldninv.services.context import Context
from ldninv.ui import icons
from ldninv.ui.acting.fields import ActionButton
from ldninv.ui.settings import tasks
from ldninv.ui.settings.task import Task
from ldninv.ui.settings.task_panel import TaskPanel

_NAME = int(Qt.ItemDataRole.UserRole)


class PeopleForm(TaskPanel):
    """A list, the ways to change who is chosen in it, and one task at a time."""

    badge_asked = Signal(str)
    """A new badge of a person is to be shown, by their name."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(
            parent.tr("People"),
            parent.tr("Who works here, with a PIN each. Looking things up never asks for one."),
            parent,
        )
        self._context = context
        self._people: tuple[Person, ...] = ()
        self.nobody = self.line(
            self.tr(
                "Nobody signs in yet, and nothing asks. Once people are added, every change carries the name of who "
                "made it, a second person signs each release with their own PIN, and a disposal has a witness. The "
                "first person is a pharmacist or an admin, who adds the others."
            )
        )
        self.nobody.setForegroundRole(self.foregroundRole())
        self.adding = self.way(self.tr("Add a person"), "account-plus", lambda: tasks.Add(context, self))
        self.ways = {
            tasks.Rename: self._on(self.tr("Rename"), "pencil", tasks.Rename),
            tasks.ChangeRole: self._on(self.tr("Role"), "account-convert", tasks.ChangeRole),
            tasks.OwnPin: self._on(self.tr("Change my PIN"), "account-key", tasks.OwnPin),
            tasks.GivePin: self._on(self.tr("Give a new PIN"), "account-key", tasks.GivePin),
            tasks.Badge: self._on(self.tr("Badge"), "badge-account-horizontal", tasks.Badge),
            tasks.Retire: self._on(self.tr("Retire"), "account-cancel", tasks.Retire),
            tasks.BringBack: self._on(self.tr("Bring back"), "account-reactivate", tasks.BringBack),
        }
        self.badge = ActionButton(self.tr("Print a new badge…"), "label", self.bar)
        self.badge.clicked.connect(lambda _checked=False: self._ask_badge())
        self.add_way(self.badge)
        for part in (self.list, self.banner, self.bar):
            self.fields.addWidget(part)
        self.list.currentRowChanged.connect(lambda _row: self._offer())

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
        self.fit()
        self.nobody.setVisible(not names)
        self._offer()

    def home(self) -> QWidget:
        """Return the list, or the way to the first one."""
        return self.list if self._people else self.adding

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
        self.badge.setVisible(person is not None and not left)
        self.adding.set_first(not self._people)
        self.bar.updateGeometry()

    def _ask_badge(self) -> None:
        if self.person is not None:
            self.badge_asked.emit(self.person.name)

    def _on(self, word: str, icon: str, kind: Callable[[Context, Person, QWidget], Task]) -> ActionButton:
        def made() -> Task:
            person = self.person
            return tasks.Add(self._context, self) if person is None else kind(self._context, person, self)

        return self.way(word, icon, made)
