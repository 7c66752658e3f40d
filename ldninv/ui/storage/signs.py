"""The words, tones and icons of what storage is and what happened to it; no Qt."""

from __future__ import annotations

from datetime import UTC, date, datetime

from ldninv.domain.signs import NOT_READ_OUT, OF_STORAGE, Sign, Tone
from ldninv.domain.storage.happenings import Aspect, Happening, Status
from ldninv.domain.stored import Storage
from ldninv.services.storage.places_now import PlaceNow
from ldninv.services.storage.recorded import LATELY

OF_LEVEL = OF_STORAGE
OF_ASPECT = {
    Aspect.GAP: Sign("No record", Tone.LOOK, "thermometer-probe-off"),
    Aspect.BEYOND: Sign("Out of range", Tone.LOOK, "arrow-expand-vertical"),
    Aspect.LIGHT: Sign("Light", Tone.LOOK, "white-balance-sunny"),
    Aspect.HUMIDITY: Sign("Humid", Tone.LOOK, "water-percent"),
    Aspect.SUMMED: Sign("Many spikes", Tone.LOOK, "thermometer-alert"),
}
OF_STATUS = {
    Status.RECORDED: Sign("Recorded", Tone.QUIET, "check-circle"),
    Status.OPEN: Sign("To decide", Tone.STOP, "gavel"),
    Status.DECIDED: Sign("Decided", Tone.GOOD, "check-decagram"),
    Status.CHANGED: Sign("Evidence changed", Tone.STOP, "alert-decagram"),
}


def of_place(now: PlaceNow, today: date) -> Sign:
    """Return what a place's record of the last month says; one that ended before tells nothing of now (R16)."""
    midnight = datetime(today.year, today.month, today.day, tzinfo=UTC).timestamp()
    if now.last is not None and midnight - now.last.at > LATELY:
        return NOT_READ_OUT
    return OF_LEVEL[level(now)]


def level(now: PlaceNow) -> Storage:
    """Return what a place's record says in one word."""
    if now.judged is None:
        return now.of_days
    seen = Storage.seen(now.judged.level, incomplete=now.judged.incomplete)
    return max(seen, now.of_days, key=lambda each: each.harm)


def trouble(now: PlaceNow, today: date) -> tuple[bool, bool, int, bool, int]:
    """Return how much a place needs somebody, more is worse: a decision to make, then batches in doubt, then how bad.

    What nobody watches comes last: there is nothing to look at.
    """
    said = of_place(now, today)
    harm = Storage.INCOMPLETE.harm if said is NOT_READ_OUT else level(now).harm
    there = now.batches > 0
    return (now.waiting > 0, there and harm >= Storage.INCOMPLETE.harm, harm, there, now.waiting)


def of_happening(happening: Happening) -> Sign:
    """Return what happened in a word: a mean that only warns looks like a spike."""
    if happening.aspect in OF_ASPECT and happening.level is not Storage.BREACH:
        return OF_ASPECT[happening.aspect]
    if happening.aspect is Aspect.MEAN:
        warns = happening.level is not Storage.BREACH
        return Sign("Warm month", Tone.LOOK, "thermometer-alert") if warns else OF_LEVEL[Storage.BREACH]
    return OF_LEVEL[happening.level]
