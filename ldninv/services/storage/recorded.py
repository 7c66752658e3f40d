"""What is recorded of places, each as its loggers know it together: read once for all batches that stood there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from math import inf, isinf
from typing import TYPE_CHECKING

from ldninv.domain.places import Place
from ldninv.domain.storage.judging import judge_trace, worst_of
from ldninv.domain.storage.lines import lines
from ldninv.domain.storage.loggers import Logger
from ldninv.domain.storage.path import light_along
from ldninv.domain.storage.profile import Profile
from ldninv.domain.storage.profiles import profile
from ldninv.domain.storage.series import Series
from ldninv.domain.storage.stays import Presence, Span, overlap
from ldninv.domain.storage.trace import Trace
from ldninv.services.storage.looking import recorded_by, watchers

if TYPE_CHECKING:
    from ldninv.db import Transaction
    from ldninv.domain.storage.judgement import Judgement

BESIDE = 4 * 86_400.0
"""Seconds read before and after a stay, for the line between two readings that a move falls into, and its interval."""
_DAY = 86_400.0
LATELY = 31 * 86_400
"""Seconds that a place is judged by now: a whole window of the mean kinetic temperature lies in it (R15)."""


class Recorded:
    """The records of places."""

    def __init__(self, work: Transaction) -> None:
        self._work = work
        self._watchers: dict[str, list[Logger]] = {}
        self._limits: dict[str, Profile] = {}
        self._traces: dict[tuple[str, Span], list[Trace]] = {}
        self._lines: dict[tuple[str, Span], list[Trace]] = {}

    def watchers(self, place: str) -> list[Logger]:
        """Return the loggers that watched a place at any time, the one read out last first."""
        if place not in self._watchers:
            self._watchers[place] = watchers(self._work, place)
        return self._watchers[place]

    def limits(self, place: str) -> Profile:
        """Return what a place is judged by."""
        if place not in self._limits:
            there = self._work.places.by_name(place)
            self._limits[place] = profile(there.profile if there is not None else "crt")
        return self._limits[place]

    def limits_along(self, path: Sequence[Presence]) -> Profile:
        """Return what a batch's own record is judged by: its path is one record, so as where that began."""
        return self.limits(path[0].place)

    def any_of(self, stay: Presence) -> bool:
        """Whether a logger watched a place while something stood there."""
        return any(overlap(span, stay.span) for each in self.watchers(stay.place) for span in each.watched(stay.place))

    def of_path(self, path: Sequence[Presence]) -> dict[str, list[Trace]]:
        """Return the records of the places of a path, from shortly before it came there to shortly after."""
        return {place: self._lines_of(place, around) for place, around in _places(path)}

    def loggers_of(self, path: Sequence[Presence]) -> dict[str, list[Trace]]:
        """Return the same of each logger alone."""
        return {place: self._traces_of(place, around) for place, around in _places(path)}

    def last_before(self, path: Sequence[Presence], moment: float) -> Presence | None:
        """Return the last moment before another that is known on a path, as a stay of it; None where there is none."""
        for stay in reversed([each for each in path if each.start < moment]):
            found = [
                bounds[1]
                for each in self.watchers(stay.place)
                for span in each.watched(stay.place)
                if (met := overlap(span, (stay.start, min(stay.end, moment)))) is not None
                and (bounds := self._work.readings.bounds(each.id, *met)) is not None
            ]
            if found:
                return Presence(stay.place, max(found), min(stay.end, moment))
        return None

    def _lines_of(self, place: str, around: Span) -> list[Trace]:
        if (place, around) not in self._lines:
            factor = self.limits(place).gap_factor
            self._lines[place, around] = lines(self._traces_of(place, around), gap_factor=factor)
        return self._lines[place, around]

    def _traces_of(self, place: str, around: Span) -> list[Trace]:
        if (place, around) not in self._traces:
            factor = self.limits(place).gap_factor
            series = (recorded_by(self._work, each, place, around) for each in self.watchers(place))
            self._traces[place, around] = [Trace.of(each, gap_factor=factor) for each in series if each.seconds]
        return self._traces[place, around]


def _places(path: Sequence[Presence]) -> list[tuple[str, Span]]:
    """Return each place of a path with when it is asked about, in whole days: batches that moved on one read alike."""
    found: list[tuple[str, Span]] = []
    for place in dict.fromkeys(each.place for each in path):
        stays = [each for each in path if each.place == place]
        start, end = stays[0].start - BESIDE, max(each.end for each in stays) + BESIDE
        found.append((place, (start // _DAY * _DAY, end if isinf(end) else (end // _DAY + 1) * _DAY)))
    return found


def judged(place: Place, traces: Sequence[Trace], *, until: float | None = None) -> Judgement | None:
    """Return how a place is judged by what all its loggers know together; None where they know nothing.

    Args:
        place: Which.
        traces: What each of its loggers knows.
        until: Up to when it is asked about, where that is later than the last reading.
    """
    limits = profile(place.profile)
    light = light_along([Presence(place.name, -inf)], {place.name: traces}, {place.name: place.lux_limit})
    found = lines(traces, gap_factor=limits.gap_factor)
    return worst_of([judge_trace(replace(each, until=until), limits, light=light) for each in found]) if found else None


def lately(work: Transaction, place: Place, until: float = inf) -> list[Trace]:
    """Return what each logger of a place knows of the last 31 days that were recorded before a moment."""
    watching = watchers(work, place.name)
    ends = [
        bounds[1]
        for each in watching
        for span in each.watched(place.name)
        if (met := overlap(span, (-inf, until))) is not None
        and (bounds := work.readings.bounds(each.id, *met)) is not None
    ]
    if not ends:
        return []
    span = max(ends) - LATELY, max(ends) + 1
    return traces_of(place, (recorded_by(work, each, place.name, span) for each in watching))


def traces_of(place: Place, series: Iterable[Series]) -> list[Trace]:
    """Return what is known of a place by each of several records that have readings."""
    factor = profile(place.profile).gap_factor
    return [Trace.of(each, gap_factor=factor) for each in series if each.seconds]
