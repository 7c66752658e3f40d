"""Where a batch stood and when, read off its ledger: half-open intervals of time (R8, R18)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from math import inf

Span = tuple[float, float]
"""From and to in UTC seconds; the first belongs to it, the last does not."""


@dataclass(frozen=True, slots=True)
class Presence:
    """A batch at a place, from one moment up to another."""

    place: str
    start: float
    """UTC seconds; the first moment that belongs to it."""
    end: float = inf
    """UTC seconds; the first moment that no longer does. Without an end it stands there still."""

    @property
    def span(self) -> Span:
        """From and to."""
        return self.start, self.end


@dataclass(frozen=True, slots=True)
class Step:
    """What an entry of the ledger says of where a batch stands."""

    number: int
    at: str
    """Instant, ISO 8601 with offset: when it was written down."""
    day: date
    """The local day on which it happened."""
    capsules: int
    place: str | None
    voids: int | None = None


def presences(prepared: date, steps: Sequence[Step]) -> tuple[Presence, ...]:
    """Return where a batch stood, oldest first.

    What was taken back never was. A batch without capsules stands nowhere. What was made before it was written
    down, or stood on a shelf when its list came in, is taken to have stood at its first place since it was made, and
    what was emptied on another day than it was written down, up to that day's end. What was moved on another day than
    it was written down stood all of that day at both places, for nobody says when it was carried: a record that is
    read too widely asks, one that is read too narrowly is silent.

    Args:
        prepared: The day it was made.
        steps: All its entries, oldest first.
    """
    found: list[Presence] = []
    gone = _never_were(steps)
    place, since, on_hand = None, -inf, 0
    for number, step in enumerate(step for step in steps if step.number not in gone):
        to, left = step.place or place, on_hand + step.capsules
        if (to, left > 0) != (place, on_hand > 0):
            left_at = _emptied(step)
            if place is not None and on_hand > 0 and left_at > since:
                found.append(Presence(place, since, left_at))
            since = max(since, _begin(prepared, step) if number == 0 else moment(step) if left > 0 else left_at)
        place, on_hand = to, left
    if place is not None and on_hand > 0:
        found.append(Presence(place, since))
    return tuple(_joined(found))


def moment(step: Step) -> float:
    """Return when an entry happened, in UTC seconds: when it was written, or the beginning of its day if another.

    >>> moment(Step(1, "1970-01-01T01:00:05+01:00", date(1970, 1, 1), 0, None))
    5.0
    """
    written = datetime.fromisoformat(step.at)
    if written.date() == step.day:
        return written.timestamp()
    return datetime.combine(step.day, time(), written.tzinfo).timestamp()


def in_turn(found: Iterable[Presence]) -> tuple[Presence, ...]:
    """Return stays one after the other: on the day of a move, where it was at two places, at the new one alone.

    >>> [each.span for each in in_turn([Presence("A", 0, 20), Presence("B", 10)])]
    [(0, 10), (10, inf)]
    """
    listed = list(found)
    cut = [replace(one, end=min(one.end, after.start)) for one, after in pairwise(listed)]
    return tuple(each for each in (*cut, *listed[-1:]) if each.start < each.end)


def turns(found: Iterable[Presence]) -> list[tuple[Presence, ...]]:
    """Return how stays may have followed one another: where it was at two places, at the new one, or at the old one.

    >>> [[each.span for each in path] for path in turns([Presence("A", 0, 20), Presence("B", 10, 30)])]
    [[(0, 10), (10, 30)], [(0, 20), (20, 30)]]
    """
    early = in_turn(found := list(found))
    since, late = -inf, list[Presence]()
    for each in found:
        if max(since, each.start) < each.end:
            late.append(replace(each, start=max(since, each.start)))
            since = each.end
    return [early] if tuple(late) == early else [early, tuple(late)]


def _emptied(step: Step) -> float:
    """Return when the capsules had left a place: when it was written, or the end of its day if another.

    >>> _emptied(Step(1, "1970-01-03T01:00:05+00:00", date(1970, 1, 1), 0, None))
    86400.0
    """
    written = datetime.fromisoformat(step.at)
    if written.date() == step.day:
        return written.timestamp()
    return datetime.combine(step.day + timedelta(days=1), time(), written.tzinfo).timestamp()


def overlap(one: Span, other: Span) -> Span | None:
    """Return what two half-open spans share; None where they do not meet: the one rule of R18 for who was touched.

    What has no length holds no moment and meets nothing; a single reading stands for a second (`seeing`).

    >>> overlap((0, 10), (10, 20)), overlap((0, 10), (9, 20))
    (None, (9, 10))
    """
    start, end = max(one[0], other[0]), min(one[1], other[1])
    return (start, end) if start < end else None


def shared(spans: Iterable[Span], others: Sequence[Span]) -> list[Span]:
    """Return what the spans of two lists share, in order, joined where they touch."""
    met = (overlap(one, other) for one in spans for other in others)
    return union(span for span in met if span is not None)


def union(spans: Iterable[Span]) -> list[Span]:
    """Return spans in order, joined where they touch or overlap.

    >>> union([(5, 6), (0, 2), (2, 3)])
    [(0, 3), (5, 6)]
    """
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def without(spans: Iterable[Span], taken: Iterable[Span]) -> list[Span]:
    """Return what is left of spans without what is taken."""
    out = union(taken)
    found: list[Span] = []
    for start, end in union(spans):
        at = start
        for first, last in out:
            if last <= at or first >= end:
                continue
            if first > at:
                found.append((at, first))
            at = max(at, last)
        if at < end:
            found.append((at, end))
    return found


def length(spans: Iterable[Span]) -> float:
    """Return how long spans are together, in seconds; they must not overlap."""
    return sum(end - start for start, end in spans)


def _never_were(steps: Sequence[Step]) -> set[int]:
    """Return the numbers of what was taken back, and of what took it back."""
    return {number for step in steps if step.voids is not None for number in (step.number, step.voids)}


def _begin(prepared: date, first: Step) -> float:
    written = datetime.fromisoformat(first.at)
    if prepared < min(written.date(), first.day) or first.day != written.date():
        return datetime.combine(min(prepared, first.day), time(), written.tzinfo).timestamp()
    return written.timestamp()


def _joined(found: Sequence[Presence]) -> Iterable[Presence]:
    """Yield the stays, two at one place without a moment between them as one."""
    last: Presence | None = None
    for each in found:
        if last is not None and last.place == each.place and last.end == each.start:
            last = Presence(last.place, last.start, each.end)
            continue
        if last is not None:
            yield last
        last = each
    if last is not None:
        yield last
