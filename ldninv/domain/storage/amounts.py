"""What all that happened to a batch comes to: its storage in one word, and what waits for a pharmacist (R16, R18)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ldninv.domain.places import Light
from ldninv.domain.storage.happenings import Aspect, Effect, Met, Status, together
from ldninv.domain.storage.profile import CRT
from ldninv.domain.storage.stays import Span, length, shared, union, without
from ldninv.domain.storage.worded import clear_at, words
from ldninv.domain.stored import Storage, Stored

COVERED = CRT.coverage
"""Share of the time that has to be known; under it a batch's record is incomplete, wherever it stood (R16)."""


def coverage(stood: Sequence[Span], known: Sequence[Span], pending: Sequence[Span]) -> float | None:
    """Return the share of the time at its places that is known of a batch; None where nothing is.

    It counts from the first moment that is known to the last: before a place was watched there is no record that could
    be incomplete.

    Args:
        stood: When it stood anywhere.
        known: When a logger's record covers the place it stood at.
        pending: When a logger watched there that has not been read out since; it is neither known nor missing.
    """
    covered = shared(stood, known)
    if not covered:
        return None
    asked = shared([(covered[0][0], covered[-1][1])], union(stood))
    missing = length(without(asked, [*covered, *pending]))
    return length(covered) / (length(covered) + missing)


def stored(met: Iterable[Met], covered: float | None) -> Stored:
    """Return what a batch's record comes to, and what waits for a pharmacist.

    Args:
        met: What touched it.
        covered: The share of its time that is known.
    """
    found = list(met)
    level, sparse = Storage.NOT_MONITORED, covered is not None and covered < COVERED
    if covered is not None:
        level = Storage.INCOMPLETE if sparse else Storage.IN_RANGE
    level = max([level, *(each.happening.level for each in found)], key=lambda each: each.harm)
    waiting = [each for each in found if each.waits and (each.happening.aspect is not Aspect.GAP or sparse)]
    breaches = [each.happening for each in waiting if each.happening.effect is Effect.HOLD]
    waiting = [each for each in waiting if not any(together(each.happening, breach) for breach in breaches)]
    return Stored(level, _review(waiting, covered) if waiting else None)


def _review(waiting: Sequence[Met], covered: float | None) -> str:
    """Return the worst of what waits, in words, and how many more there are."""
    worst = max(waiting, key=lambda each: (each.happening.level.harm, each.happening.start))
    said = words(worst.happening)
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
