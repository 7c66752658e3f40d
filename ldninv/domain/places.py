"""Places where batches stand (R8, R17)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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
