"""What is done to people in the settings: a few fields each, and one verb."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ldninv.domain.people import LONGEST_NAME, Person, Role
from ldninv.domain.refusal import Refused
from ldninv.services import people
from ldninv.services.context import Change, Context
from ldninv.services.sign_in import sign_in
from ldninv.ui.acting.fields import Choices, Field, ReasonField
from ldninv.ui.acting.pin_field import HiddenField, PinField
from ldninv.ui.settings.task import Named, Task

ROLES = {Role.TECHNICIAN: "Technician", Role.PHARMACIST: "Pharmacist", Role.ADMIN: "Admin"}
_LEFT_FOR = ("moved away", "other job", "on leave")


class Add(Named):
    """A person who works here from now on; the first looks after the others."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(context, parent.tr("Add a person"), parent.tr("Add"), "account-plus", parent)
        first = not people.everybody(context)
        self.name = Field(parent=self)
        self.name.setMaxLength(LONGEST_NAME)
        offered = {role: word for role, word in ROLES.items() if not first or role is not Role.TECHNICIAN}
        self.role: Choices[Role] = Choices(offered, self.tr("Role"), self)
        self.role.choose(Role.PHARMACIST if first else Role.TECHNICIAN)
        self.add(self.tr("Name"), self.name)
        self.add(self.tr("Role"), self.role)
        self.line(
            self.tr(
                "A pharmacist releases, decides and signs. An admin looks after people and settings, and signs no more "
                "than a technician."
            )
        )
        self.pin = self._new_pin()
        self.badge = HiddenField(self.tr("Badge (scan it, or leave it empty)"), self, letters=40)
        self.add(self.badge.accessibleName(), self.badge)

    def act(self) -> str:
        """Add them; the first is signed in at once, for nobody else could be."""
        pin, role = self.pin.pin(), self.role.value or Role.TECHNICIAN
        first = not people.everybody(self.context)
        made = people.add(self.context, self.name.text(), role, pin, self.badge.text() or None)
        if not first:
            return self.tr("{name} was added.").format(name=made.name)
        sign_in(self.context, made.name, pin)
        says = self.tr(
            "{name} was added and is signed in. From now on every change asks who makes it, and releases are signed. "
            "Add another pharmacist or admin soon: only they can give a new PIN to who forgot theirs."
        )
        return says.format(name=made.name)


class OnPerson(Task):
    """What is done to somebody who is there."""

    def __init__(self, context: Context, person: Person, title: str, word: str, icon: str, parent: QWidget) -> None:
        super().__init__(context, title.format(name=person.name), word, icon, parent)
        self.person = person


class Rename(OnPerson):
    """Another name for the same person."""

    def __init__(self, context: Context, person: Person, parent: QWidget) -> None:
        super().__init__(context, person, parent.tr("Rename {name}"), parent.tr("Rename"), "pencil", parent)
        self.name = Field(person.name, self)
        self.name.setMaxLength(LONGEST_NAME)
        self.add(self.tr("New name"), self.name)
        self.line(self.tr("They stay the same person: what they did and signed keeps the name of that time."))

    def start(self) -> QWidget:
        """Return the name."""
        return self.name

    def act(self) -> str:
        """Rename them."""
        if people.rename(self.context, self.person.name, self.name.text()) is Change.NOTHING:
            return self.tr("{name} has that name already.").format(name=self.person.name)
        to = " ".join(self.name.text().split())
        return self.tr("{name} is called {to} from now on.").format(name=self.person.name, to=to)


class ChangeRole(OnPerson):
    """What somebody is here."""

    def __init__(self, context: Context, person: Person, parent: QWidget) -> None:
        super().__init__(context, person, parent.tr("Role of {name}"), parent.tr("Change"), "account-convert", parent)
        self.role: Choices[Role] = Choices(ROLES, self.tr("Role"), self)
        self.role.choose(person.role)
        self.add(self.tr("Role"), self.role)

    def start(self) -> QWidget:
        """Return the role that they have."""
        return self.role.first()

    def act(self) -> str:
        """Change it."""
        role = self.role.value or self.person.role
        people.set_role(self.context, self.person.name, role)
        return self.tr("{name} is a {role}.").format(name=self.person.name, role=role)


class OwnPin(OnPerson):
    """Another PIN of one's own."""

    def __init__(self, context: Context, person: Person, parent: QWidget) -> None:
        super().__init__(context, person, parent.tr("Your PIN, {name}"), parent.tr("Change"), "account-key", parent)
        self.now = PinField(self.tr("The PIN you have"), self)
        self.add(self.now.accessibleName(), self.now)
        self.pin = self._new_pin()

    def start(self) -> QWidget:
        """Return the PIN that they have."""
        return self.now

    def act(self) -> str:
        """Change it."""
        people.change_pin(self.context, self.person.name, self.now.pin(), self.pin.pin())
        return self.tr("{name}, your PIN was changed.").format(name=self.person.name)


class GivePin(OnPerson):
    """A new PIN for somebody who forgot theirs."""

    def __init__(self, context: Context, person: Person, parent: QWidget) -> None:
        super().__init__(context, person, parent.tr("A new PIN for {name}"), parent.tr("Give"), "account-key", parent)
        self.line(self.tr("Nobody signs for somebody else: they change it themselves before they sign anything."))
        self.pin = self._new_pin()

    def start(self) -> QWidget:
        """Return the new PIN."""
        return self.pin.first

    def act(self) -> str:
        """Give it."""
        people.reset_pin(self.context, self.person.name, self.pin.pin())
        return self.tr("{name} has a new PIN, and changes it before signing.").format(name=self.person.name)


class Badge(OnPerson):
    """A badge to sign in by, or none."""

    def __init__(self, context: Context, person: Person, parent: QWidget) -> None:
        super().__init__(
            context, person, parent.tr("Badge of {name}"), parent.tr("Keep"), "badge-account-horizontal", parent
        )
        self.badge = HiddenField(self.tr("Scan the badge"), self, letters=40)
        self.add(self.badge.accessibleName(), self.badge)
        says = self.tr("Leave it empty to take the badge away.") if person.has_badge else ""
        self.line(f"{self.tr('A badge says who it is; the PIN is asked all the same.')} {says}".strip())

    def start(self) -> QWidget:
        """Return the badge."""
        return self.badge

    def act(self) -> str:
        """Keep it, or take it away."""
        scanned = self.badge.text()
        if not scanned and not self.person.has_badge:
            raise Refused(self.tr("There is no badge to keep. Scan it."))
        people.set_badge(self.context, self.person.name, scanned or None)
        says = self.tr("{name} has a new badge.") if scanned else self.tr("{name} has no badge any more.")
        return says.format(name=self.person.name)


class Retire(OnPerson):
    """Somebody leaves."""

    def __init__(self, context: Context, person: Person, parent: QWidget) -> None:
        super().__init__(context, person, parent.tr("{name} leaves"), parent.tr("Retire"), "account-cancel", parent)
        self.line(self.tr("They no longer sign in or sign. Nobody is deleted: all they did stays under their name."))
        self.reason = ReasonField(_LEFT_FOR, self.tr("Reason (may stay empty)"), self)
        self.add(self.tr("Reason (may stay empty)"), self.reason)

    def start(self) -> QWidget:
        """Return the reason."""
        return self.reason

    def act(self) -> str:
        """Let them leave."""
        people.retire(self.context, self.person.name, self.reason.text.strip() or None)
        return self.tr("{name} no longer works here.").format(name=self.person.name)


class BringBack(OnPerson):
    """Somebody who left works here again."""

    def __init__(self, context: Context, person: Person, parent: QWidget) -> None:
        super().__init__(
            context, person, parent.tr("{name} comes back"), parent.tr("Bring back"), "account-reactivate", parent
        )
        self.line(self.tr("They get a new PIN, and change it themselves before they sign anything."))
        self.pin = self._new_pin()

    def start(self) -> QWidget:
        """Return the new PIN."""
        return self.pin.first

    def act(self) -> str:
        """Let them come back."""
        people.bring_back(self.context, self.person.name, self.pin.pin())
        return self.tr("{name} works here again.").format(name=self.person.name)
