"""Which batches a person asks for, and in which order."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ldninv.domain.coverage import Band
from ldninv.domain.quantities import Strength
from ldninv.domain.standing import State


class Sort(StrEnum):
    """What a list is ordered by."""

    EXPIRES = "expires"
    LOT = "lot"
    STRENGTH = "strength"
    PREPARED = "prepared"
    ON_HAND = "on_hand"
    PLACE = "place"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Which batches; what is left out asks for all."""

    states: frozenset[State] = frozenset()
    bands: frozenset[Band] = frozenset()
    usable: bool | None = None
    usable_days: tuple[int, int] | None = None
    """From and to, both included."""
    strength: Strength | None = None
    text: str = ""
    """Words that each must stand in the lot, the place, the strength or a component's lot."""
    made: bool = False
    """Only what was made: a batch that was taken back never was (see `taking_back`)."""
    in_stock: bool = False
    """With capsules on hand."""
    review: bool | None = None
    """Whether the record of its places waits for a pharmacist; None asks for both."""
    empty: bool = False
    """With none on hand, whatever the date and the state."""
    sort: Sort = Sort.EXPIRES
    descending: bool = False
    limit: int | None = None
