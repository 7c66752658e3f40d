"""What is drawn of a place: what each of its loggers recorded there, with the holes in it (R16)."""

from __future__ import annotations

from dataclasses import dataclass

from ldninv.domain.storage.profiles import profile
from ldninv.domain.storage.series import Series
from ldninv.domain.storage.stays import Span
from ldninv.domain.storage.trace import Trace
from ldninv.services.context import Context
from ldninv.services.places import known_place
from ldninv.services.storage.looking import Recording, recordings


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """What one logger recorded, to draw as one line with holes."""

    logger: str
    number: int
    """Of the loggers of the place: it is drawn alike wherever it is drawn."""
    series: Series
    begins: tuple[int, ...] = ()
    """The first readings after each hole, by their index."""
    lowest: float
    highest: float
    """°C."""

    @property
    def span(self) -> Span:
        """Its first and last moment, UTC seconds."""
        return self.series.seconds[0], self.series.seconds[-1]


ALWAYS: Span = (float("-inf"), float("inf"))


def drawn(context: Context, place: str, span: Span = ALWAYS) -> tuple[Drawn, ...]:
    """Return a curve of each logger that recorded something at a place, in the order in which they came to watch it.

    Args:
        context: Here.
        place: Where.
        span: Only the readings of this half-open span of UTC seconds.

    Raises:
        Refused: there is no such place.
    """
    with context.store.reading() as work:
        there = known_place(work, place)
        found = recordings(work, there.name, span)
    factor = profile(there.profile).gap_factor
    return tuple(_drawn(each, Trace.of(each.series, gap_factor=factor)) for each in found)


def _drawn(found: Recording, trace: Trace) -> Drawn:
    return Drawn(
        logger=found.logger.name,
        number=found.number,
        series=found.series,
        begins=tuple(index + 1 for index in trace.silent),
        lowest=trace.min_c,
        highest=trace.max_c,
    )


def span_of(curves: tuple[Drawn, ...]) -> Span:
    """Return the first and the last moment of one curve or more, UTC seconds."""
    return min(each.span[0] for each in curves), max(each.span[1] for each in curves)
