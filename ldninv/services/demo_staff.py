"""Who works in the demo, with the PINs that let a visitor be them."""

from __future__ import annotations

from dataclasses import dataclass

from ldninv.domain.people import Role
from ldninv.services import people
from ldninv.services.context import Change, Context
from ldninv.services.sign_in import sign_in

TECHNICIANS = ("Ana Ruiz", "Ben Okoye", "Chloé Martin")
PHARMACIST = "Mara Lind"


@dataclass(frozen=True, slots=True)
class Staff:
    """Somebody of the demo, with the PIN that lets a visitor be them."""

    name: str
    role: Role
    pin: str
    badge: str
    """What a scanner reads from their badge."""


STAFF = (
    Staff(PHARMACIST, Role.PHARMACIST, "795311", "DEMO-0001"),
    Staff(TECHNICIANS[0], Role.TECHNICIAN, "240618", "DEMO-0002"),
)


def staff(context: Context) -> Change:
    """Let a pharmacist and a technician work in the demo; from then on writing asks for a PIN."""
    first, *others = STAFF
    people.add(context, first.name, first.role, first.pin, first.badge)
    sign_in(context, first.name, first.pin)
    for each in others:
        people.add(context, each.name, each.role, each.pin, each.badge)
    context.seat.lock()
    return Change.PEOPLE
