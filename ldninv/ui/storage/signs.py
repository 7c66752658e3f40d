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
    """Return the worst that is to be known of a place: what waits there for a pharmacist, or what its last month says.

    The weekly report puts a place in the same order. A record that ended before tells nothing of now, as one that is
    incomplete (R16).
    """
    ended = not read_out(now, today)
    said = Storage.INCOMPLETE if ended else level(now)
    worst = max(said, now.waits, key=lambda each: each.harm)
    if worst.harm >= Storage.SPIKE.harm:
        return OF_LEVEL[worst]
    if now.waiting:
        return OF_STATUS[Status.OPEN]
    return NOT_READ_OUT if ended else OF_LEVEL[said]


def read_out(now: PlaceNow, today: date) -> bool:
    """Whether a place's record reaches into the last month, or there is none."""
    midnight = datetime(today.year, today.month, today.day, tzinfo=UTC).timestamp()
    return now.last is None or midnight - now.last.at <= LATELY


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
    said = level(now) if read_out(now, today) else Storage.INCOMPLETE
    harm = max(said.harm, now.waits.harm)
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
