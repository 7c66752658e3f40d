"""What all that happened to a batch comes to: its storage in one word, and what waits for a pharmacist (R16, R18)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from math import inf, isfinite

from ldninv.domain.places import Light
from ldninv.domain.storage.happenings import Aspect, Effect, Happening, Met, Status, together
from ldninv.domain.storage.stays import Span, length, shared, without
from ldninv.domain.storage.worded import clear_at, words
from ldninv.domain.stored import COVERED, Storage, Stored


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of a batch's time at its places is known."""

    share: float
    """Of the time that had passed when the last of it was known, or when it came to where nobody watches."""
    lost_from: float | None = None
    """When it is incomplete if it stays where it is, in UTC seconds; None where a logger watches it, or it is gone."""


def coverage(stood: Sequence[Span], known: Sequence[Span], waits: Sequence[Span], since: float) -> Coverage | None:
    """Return how much of the time at its places is known of a batch; None where nothing is.

    What it stood where no logger watched is not known, before what is known and after it (R16).

    Args:
        stood: When it stood anywhere.
        known: When a logger's record covers the place it stood at.
        waits: When a logger watched there that has not been read out since, or a person read a thermometer there: it
            is neither known nor missing.
        since: From when on any place of its path was watched: before that there is no record that could be incomplete.
    """
    covered = length(shared(stood, known))
    if not covered:
        return None
    missing = without(shared(stood, [(since, inf)]), [*known, *waits])
    gone = length([each for each in missing if isfinite(each[1])])
    share = covered / (covered + gone)
    if not missing or isfinite(missing[-1][1]):
        return Coverage(share)
    return Coverage(share, missing[-1][0] + max(0.0, covered / COVERED - covered - gone))


Say = Callable[[Happening], str]
"""How a happening is put into words."""


def stored(met: Iterable[Met], covered: float | None, say: Say = words) -> Stored:
    """Return what a batch's record comes to, and what waits for a pharmacist.

    Args:
        met: What touched it.
        covered: The share of its time that is known.
        say: Its words; older programs had others.
    """
    found = list(met)
    level, sparse = Storage.NOT_MONITORED, covered is not None and covered < COVERED
    if covered is not None:
        level = Storage.INCOMPLETE if sparse else Storage.IN_RANGE
    level = max([level, *(each.happening.level for each in found)], key=lambda each: each.harm)
    waiting = [each for each in found if each.waits and (each.happening.aspect is not Aspect.GAP or sparse)]
    breaches = [each.happening for each in waiting if each.happening.effect is Effect.HOLD]
    waiting = [each for each in waiting if not any(together(each.happening, breach) for breach in breaches)]
    return Stored(level, _review(waiting, covered, say) if waiting else None)


def _review(waiting: Sequence[Met], covered: float | None, say: Say) -> str:
    """Return the worst of what waits, in words, and how many more there are."""
    worst = max(waiting, key=lambda each: each.happening.gravity)
    said = say(worst.happening)
    if worst.happening.aspect is Aspect.GAP and covered is not None:
        said = f"{said} ({covered:.0%} of its time is known)"
    if worst.status is Status.CHANGED:
        said = f"evidence changed: {said}"
    more = len(waiting) - 1
    return f"{said}; and {more} more" if more else said


def in_the_light(stored: Stored, place: str, light: Light) -> Stored:
    """Return the storage of a clear container: only in the dark does it meet the policy's condition (R17)."""
    if light is Light.DARK:
        return stored
    said = f"{clear_at(place, light)}; move it into the dark"
    return replace(stored, review=said if stored.review is None else f"{stored.review}; {said}")
