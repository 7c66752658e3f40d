"""The one word for a standing, with its tone and icon: the same on screen, on paper and on the command line.

State is never told by colour alone: a sign is a word, an icon and a tone together.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ldninv.domain.standing import Standing, State, Storage


class Tone(StrEnum):
    """What a sign asks of the person who sees it."""

    GOOD = "good"
    LOOK = "look"
    STOP = "stop"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True)
class Sign:
    """A word, what it asks, and the Material Design icon that goes with it."""

    word: str
    tone: Tone
    icon: str


GOOD = Sign("Good", Tone.GOOD, "check-circle")
NEAR_EXPIRY = Sign("Near expiry", Tone.LOOK, "clock-alert")
REVIEW = Sign("Review", Tone.LOOK, "thermometer-alert")
"""Usable; the record of its places asks for a pharmacist (R18)."""
NOT_YET_MADE = Sign("Not yet made", Tone.LOOK, "calendar-alert")
TAKEN_BACK = Sign("Taken back", Tone.STOP, "cancel")
"""Never made under its lot: what still carries its label is not to be used (R10)."""
UNKNOWN = Sign("Unknown", Tone.LOOK, "help-circle")
UNREADABLE = Sign("Misread", Tone.STOP, "barcode-off")

OF_STATE = {
    State.DESTROYED: Sign("Destroyed", Tone.QUIET, "delete-circle"),
    State.RECALLED: Sign("Recalled", Tone.STOP, "bullhorn"),
    State.REJECTED: Sign("Rejected", Tone.STOP, "close-circle"),
    State.EXPIRED: Sign("Expired", Tone.STOP, "close-octagon"),
    State.HELD: Sign("Hold", Tone.STOP, "hand-back-left"),
    State.QUARANTINED: Sign("Quarantine", Tone.LOOK, "lock"),
    State.DEPLETED: Sign("Empty", Tone.QUIET, "circle-outline"),
}
OF_STORAGE = {
    Storage.NOT_MONITORED: Sign("Not monitored", Tone.QUIET, "thermometer-off"),
    Storage.IN_RANGE: Sign("In range", Tone.GOOD, "thermometer-check"),
    Storage.ALLOWED_EXCURSION: Sign("Allowed excursion", Tone.QUIET, "thermometer-lines"),
    Storage.INCOMPLETE: Sign("Incomplete", Tone.LOOK, "thermometer-probe-off"),
    Storage.SPIKE: Sign("Spike", Tone.LOOK, "thermometer-alert"),
    Storage.BREACH: Sign("Breach", Tone.STOP, "thermometer-high"),
}
"""What the record of its places says of a batch, or of a place (R14, R16)."""

NOT_READ_OUT = Sign("Not read out", Tone.LOOK, "clock-alert")
"""Of a place that a logger watches, where its record does not reach to now."""


def sign(standing: Standing) -> Sign:
    """Return the one word for `standing`."""
    if standing.taken_back and standing.state is State.REJECTED:
        return TAKEN_BACK
    if standing.state is not State.RELEASED:
        return OF_STATE[standing.state]
    if not standing.usable:
        return NOT_YET_MADE
    if standing.review is not None:
        return REVIEW
    return NEAR_EXPIRY if standing.near_expiry else GOOD


def why(standing: Standing) -> str:
    """Return the reasons of a standing as they read after its word, which the first may begin with itself."""
    first, *others = standing.reasons
    return "; ".join((first.removeprefix(f"{sign(standing).word.lower()}: "), *others))
