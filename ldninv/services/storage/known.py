"""When the record of each place is known, and which share of a batch's time that is (R16)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from math import inf
from typing import TYPE_CHECKING

from ldninv.domain.storage.amounts import Coverage, coverage
from ldninv.domain.storage.stays import Span, overlap, shared, union, without

if TYPE_CHECKING:
    from ldninv.db import Transaction
    from ldninv.db.whereabouts import Whereabout

BY_HAND = 4 * 86_400.0
"""Seconds for which the lowest and highest of a day stand in for a logger: a thermometer is read on open days (R20)."""


class Known:
    """When the record of each place is known, and when it only waits to be read out."""

    def __init__(self, work: Transaction) -> None:
        self._work = work
        self._loggers = work.loggers.all()
        self._of: dict[str, tuple[list[Span], list[Span]]] = {}

    def coverage(self, one: Whereabout, until: float = inf) -> Coverage | None:
        """Return how much of a batch's time up to a moment is known; None where none of it is (R16)."""
        known: list[Span] = []
        waits: list[Span] = []
        for each in one.presences:
            here = [each.span]
            covered, pending = self.of(each.place)
            known += shared(here, covered)
            waits += shared(here, pending)
        stood = [met for each in one.presences if (met := overlap(each.span, (-inf, until)))]
        return coverage(stood, union(known), union(waits), self.since(one))

    def since(self, one: Whereabout) -> float:
        """Return from when on any place was watched that a batch ever stood at; before that there is no record."""
        return min((self._first_watch(each.place) for each in one.presences), default=inf)

    def of(self, place: str) -> tuple[list[Span], list[Span]]:
        """Return when a place's record is known, and when it waits to be read out or a person reads a thermometer."""
        if place not in self._of:
            self._of[place] = self._look(place)
        return self._of[place]

    def _first_watch(self, place: str) -> float:
        return min((span[0] for logger in self._loggers for span in logger.watched(place)), default=inf)

    def _look(self, place: str) -> tuple[list[Span], list[Span]]:
        known: list[Span] = []
        pending = [_of_day(day) for day in self._work.daily.days(place)]
        for logger in self._loggers:
            watched = logger.watched(place)
            ends = self._work.readings.ends(logger.id) if watched else None
            if not watched:
                continue
            gaps = [
                each.span
                for each in self._work.happenings.now(place=place, logger=logger.name)
                if each.is_hole and not each.gone
            ]
            for span in watched:
                if ends is None:
                    pending.append(span)
                    continue
                inside = self._work.readings.bounds(logger.id, *span)
                if inside is not None:
                    known += without([inside], gaps)
                after = span[0] if inside is None else inside[1]
                if ends[1] <= after < span[1]:
                    pending.append((after, span[1]))
        return union(known), union(pending)


def _of_day(day: date) -> Span:
    start = datetime.combine(day, time(), UTC).timestamp()
    return start, start + BY_HAND
