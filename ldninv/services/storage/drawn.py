"""What is drawn of a place: what its loggers recorded there, one after the other, with the holes between (R16)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from ldninv.db import Transaction
from ldninv.db.readings import joined
from ldninv.domain.storage.profiles import profile
from ldninv.domain.storage.series import Series
from ldninv.domain.storage.stays import Span
from ldninv.domain.storage.trace import Trace
from ldninv.services.context import Context
from ldninv.services.places import known_place
from ldninv.services.storage import looking


@dataclass(frozen=True, slots=True)
class Drawn:
    """Readings to draw as one line with holes."""

    series: Series
    begins: tuple[int, ...]
    """The first readings after each hole, by their index."""


ALWAYS: Span = (float("-inf"), float("inf"))


def drawn(context: Context, place: str, span: Span = ALWAYS) -> Drawn:
    """Return the readings of a place; where two loggers watched it at once, those of the one read out last.

    Args:
        context: Here.
        place: Where.
        span: Only those of this half-open span of UTC seconds.

    Raises:
        Refused: there is no such place.
    """
    with context.store.reading() as work:
        there = known_place(work, place)
        parts = _parts(work, there.name, span)
        factor = profile(there.profile).gap_factor
    begins: list[int] = []
    before = 0
    for part in parts:
        begins += [before] if before else []
        begins += [before + index + 1 for index in Trace.of(part, gap_factor=factor).silent]
        before += len(part.seconds)
    return Drawn(joined(parts), tuple(begins))


def _parts(work: Transaction, place: str, span: Span) -> list[Series]:
    """Return what each logger recorded before and after those that were read out later, in the order of time."""
    parts: list[Series] = []
    for logger in looking.watchers(work, place):
        found = looking.recorded_by(work, logger, place, span)
        if not parts:
            parts = [found] if found.seconds else []
            continue
        first, last = parts[0].seconds[0], parts[-1].seconds[-1]
        earlier = found.cut(0, bisect_left(found.seconds, first))
        later = found.cut(bisect_right(found.seconds, last), len(found.seconds))
        parts = [part for part in (earlier, *parts, later) if part.seconds]
    return parts
