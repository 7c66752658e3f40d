"""Places: listed and added."""

from __future__ import annotations

from ldninv.db import Transaction
from ldninv.domain.places import Light, Place, PlaceKind
from ldninv.domain.refusal import Refused
from ldninv.domain.storage.profile import CRT, Profile
from ldninv.domain.storage.profiles import profile
from ldninv.services.context import Context

LONGEST_NAME = 60


def places(context: Context) -> list[Place]:
    """Return every place, by name."""
    with context.store.reading() as work:
        return work.places.all()


PLACE_ADDED = "place-added"
"""What the trail calls a new place."""

BRIGHTEST = 100_000
"""Lux; full daylight."""


def add_place(
    context: Context,
    name: str,
    kind: PlaceKind = PlaceKind.SHELF,
    light: Light = Light.DARK,
    *,
    lux_limit: int = 10,
    limits: str = "crt",
) -> Place:
    """Add a place.

    Raises:
        Refused: no name, a name that is too long for a label, one that is there already, or limits that cannot be.
    """
    place = checked_place(Place(" ".join(name.split()), kind, light, lux_limit, limits))
    if not place.name or len(place.name) > LONGEST_NAME:
        raise Refused(f"“{name}” is no name for a place. Give 1 to {LONGEST_NAME} characters.")
    with context.writing() as work:
        there = work.places.by_name(place.name)
        if there is not None:
            raise Refused(f"There is a place {there.name} already. Choose another name.")
        if work.goods.alias(place.name) is not None:
            raise Refused(f"“{place.name}” stands for something else here already. Choose another name.")
        work.trail.append(context.event(PLACE_ADDED, place.name, after=place_facts(place)))
        work.places.append(place)
    return place


def place_facts(place: Place) -> dict[str, object]:
    """Return what the trail keeps of a place."""
    return {
        "kind": place.kind.value,
        "light": place.light.value,
        "lux_limit": place.lux_limit,
        "profile": place.profile,
    }


def checked_place(place: Place) -> Place:
    """Return a place whose limits can be.

    Raises:
        Refused: they cannot.
    """
    if not 1 <= place.lux_limit <= BRIGHTEST:
        raise Refused(f"{place.lux_limit} lux is no limit. Give 1 to {BRIGHTEST}.")
    profile(place.profile)
    return place


def judged_by(context: Context, name: str) -> Profile:
    """Return what the record of a place is judged by; a place that is not there yet begins with CRT (R14)."""
    with context.store.reading() as work:
        place = work.places.by_name(name)
    return CRT if place is None else profile(place.profile)


def profiles_here(context: Context) -> list[Profile]:
    """Return the profiles that the record of any place here is judged by, and CRT, which is the first (R14)."""
    return list(dict.fromkeys([CRT, *(profile(each.profile) for each in places(context))]))


def known_place(work: Transaction, name: str, purpose: str = "") -> Place:
    """Return the place of that name; `purpose` says in a refusal what it was wanted for.

    Raises:
        Refused: there is none; with the names of those there are.
    """
    place = work.places.by_name(name)
    if place is None:
        names = ", ".join(each.name for each in work.places.all()) or "none yet"
        raise Refused(f"There is no place “{name}”{purpose}. Places: {names}. Add it first (ldninv places add).")
    return place
