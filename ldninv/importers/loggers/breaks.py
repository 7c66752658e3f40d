"""Holes in the times that tell of a change: the other half of the day, or a file in the other unit put behind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from ldninv.domain.storage.logger_file import Unit
from ldninv.importers.loggers.doubts import forwards
from ldninv.importers.loggers.moments import Moments
from ldninv.importers.loggers.rows import Rows, Step
from ldninv.importers.loggers.steps import GAP

_HALF_DAY, _LATE = 43200.0, 0.1
"""Seconds, and the share of an interval by which a reading may come early or late."""
_LONG = _HALF_DAY / 2
"""Loggers that write seldom show such a hole often."""
_FAR, _HALF = 30.0, 0.5
"""Degrees that no place warms or cools over a hole, and what is left of them once one side is in the other unit."""


def told(rows: Rows, when: Moments, steps: Sequence[Step]) -> dict[int, str]:
    """Return in words what says of a row behind a hole that it does not stand as it was measured.

    Args:
        rows: All of them.
        when: Their times.
        steps: The larger steps of the temperature.
    """
    usual = forwards(when.local, when.steps)[1].usual
    if usual is None or when.steps.longest <= GAP * usual:
        return {}
    return dict(_half_a_day(when, usual)) | dict(_other_unit(rows, when, usual, steps))


def _half_a_day(when: Moments, usual: float) -> Iterator[tuple[int, str]]:
    """Yield the one row that follows on the row before if that was half a day later: a mark of twelve hours was lost.

    A logger that rests each night makes such holes by itself, and more than one.
    """
    least, most = (_HALF_DAY + each * usual for each in (1 - _LATE, 1 + _LATE))
    found = [at for at, (was, now) in enumerate(pairwise(when.local), 1) if least <= abs(now - was) <= most]
    if len(found) == 1 and usual < _LONG:
        yield found[0], "twelve hours are missing before it, as where a clock of twelve hours lost its half of the day"


def _other_unit(rows: Rows, when: Moments, usual: float, steps: Sequence[Step]) -> Iterator[tuple[int, str]]:
    """Yield where the temperature steps far over a hole, and half as far if one side is in the other unit.

    Nothing where it steps so far by itself as well.
    """
    values = rows.temperature.values
    over = [step for step in steps if _is_hole(when, usual, step)]
    alone = set(steps) - set(over) if over else ()
    own = max((abs(values[at] - values[before]) for before, at in alone), default=0.0)
    for before, at in over:
        celsius, fahrenheit = sorted((values[before], values[at]))  # of one temperature °F is more, down to -40
        far = fahrenheit - celsius
        if far >= max(_FAR, own / _HALF) and abs(Unit.FAHRENHEIT.celsius(fahrenheit) - celsius) <= _HALF * far:
            goes = f"the temperature goes from {values[before]:g} to {values[at]:g} where the times have a hole"
            yield at, f"{goes}, as where files in °C and in °F are put together"


def _is_hole(when: Moments, usual: float, step: Step) -> bool:
    before, at = step
    return abs(when.local[at] - when.local[before]) > GAP * usual * (at - before)
