"""Places where batches stand (R8, R17)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from ldninv.domain.scan.plain import name_in


class PlaceKind(StrEnum):
    """What a place is for."""

    SHELF = "shelf"
    SHORT_DATED = "short-dated"
    QUARANTINE = "quarantine"
    EXPIRED = "expired"
    DISPOSAL = "disposal"


class Light(StrEnum):
    """How dark it is there (R17)."""

    DARK = "dark"
    SHADED = "shaded"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Place:
    """A shelf, cabinet or bin with a name."""

    name: str
    kind: PlaceKind = PlaceKind.SHELF
    light: Light = Light.DARK
    lux_limit: int = 10
    """Lux above which it is light there (R17)."""
    profile: str = "crt"
    """What it is judged by, by its key (R14)."""


def place_key(name: str) -> str:
    """Return what all writings of a place's name have in common: neither case nor blanks.

    >>> place_key(" Shelf  3 ")
    'shelf 3'
    """
    return " ".join(name.split()).casefold()


def scanned_place(text: str, places: Iterable[Place]) -> Place | None:
    """Return the place whose label was scanned, by whatever scanner; None where it is none of these.

    >>> scanned_place("]C0shelf 3", [Place("Shelf 3")]).name
    'Shelf 3'
    """
    wanted = place_key(name_in(text))
    return next((each for each in places if place_key(each.name) == wanted), None)
