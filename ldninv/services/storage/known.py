"""When the record of each place is known, and which share of a batch's time that is (R16)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ldninv.domain.storage.amounts import coverage
from ldninv.domain.storage.happenings import Aspect
from ldninv.domain.storage.stays import Span, shared, union, without

if TYPE_CHECKING:
    from ldninv.db import Transaction
    from ldninv.db.whereabouts import Whereabout


class Known:
    """When the record of each place is known, and when it only waits to be read out."""

    def __init__(self, work: Transaction) -> None:
        self._work = work
        self._loggers = work.loggers.all()
        self._of: dict[str, tuple[list[Span], list[Span]]] = {}

    def share(self, one: Whereabout) -> float | None:
        """Return the share of a batch's time that is known; None where none of it is (R16)."""
        known: list[Span] = []
        pending: list[Span] = []
        for each in one.presences:
            here = [each.span]
            covered, waits = self.of(each.place)
            known += shared(here, covered)
            pending += shared(here, waits)
        return coverage([each.span for each in one.presences], union(known), union(pending))

    def of(self, place: str) -> tuple[list[Span], list[Span]]:
        """Return when a place's record is known, and when it waits to be read out."""
        if place not in self._of:
            self._of[place] = self._look(place)
        return self._of[place]

    def _look(self, place: str) -> tuple[list[Span], list[Span]]:
        known: list[Span] = []
        pending: list[Span] = []
        for logger in self._loggers:
            watched = logger.watched(place)
            ends = self._work.readings.ends(logger.id) if watched else None
            if not watched:
                continue
            gaps = [
                each.span
                for each in self._work.happenings.now(place=place, logger=logger.name)
                if each.aspect is Aspect.GAP and not each.gone
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
