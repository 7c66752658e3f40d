"""People for tests: who works here, with the PINs that they know."""

from __future__ import annotations

from ldninv.domain.people import Role
from ldninv.services import people
from ldninv.services.context import Context
from ldninv.services.sign_in import sign_in
from ldninv.services.signing import Pen

ANA, BEN, MARA, IDA = "Ana Ruiz", "Ben Okoye", "Mara Lind", "Ida Berg"
ROLES = {MARA: Role.PHARMACIST, ANA: Role.TECHNICIAN, BEN: Role.TECHNICIAN, IDA: Role.ADMIN}
PINS = {MARA: "795311", ANA: "240618", BEN: "831902", IDA: "604271"}


def pen(name: str = MARA) -> Pen:
    """Return how somebody signs."""
    return Pen(name, PINS[name])


def staffed(context: Context, acting: str = ANA) -> Context:
    """Let four people work on an empty database, one of them signed in."""
    for name, role in ROLES.items():
        people.add(context, name, role, PINS[name])
        if name == MARA:
            sign_in(context, MARA, PINS[MARA])
    return sign_in(context, acting, PINS[acting])
