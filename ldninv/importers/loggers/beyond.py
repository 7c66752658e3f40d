"""Readings beyond the probe's range: nothing is known of the temperature there, and least that it was good (R16)."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Sequence

from ldninv.domain.storage.logger_file import Unit
from ldninv.importers.loggers.rows import Rows
from ldninv.importers.loggers.steps import GAP, Steps
from ldninv.importers.sheets import quoted

_ROOM_C = 22.5
"""The middle of controlled room temperature (R14)."""


def parted(rows: Rows, order: Sequence[int], local: array[float], unit: Unit) -> Sequence[int]:
    """Return the readings with a hole where others left the probe's range, each of them told.

    A reading or two that are missing are bridged; these are not. Where the step over them is too short to be a gap,
    the milder reading beside them is set aside as well.

    Args:
        rows: All that were read.
        order: Those that are readings, the oldest first, or in a file that begins with the newest one.
        local: Each row's moment.
        unit: Of the temperatures.
    """
    odd = [at for at in rows.temperature.odd if rows.temperature.beyond(at)]
    if not odd:
        return order
    for at in odd:
        rows.remark(
            rows.lines[at],
            f"{quoted(rows.temperature.odd[at])} says that it was {rows.temperature.beyond(at)} what the probe can "
            "measure; nothing is known of the temperature there",
        )
    widest = GAP * (Steps([local[at] for at in order]).usual or 0.0)
    falling = len(order) > 1 and order[0] > order[-1]
    ranks = [-at for at in order] if falling else list(order)
    dropped: set[int] = set()
    for at in odd:
        after = bisect_left(ranks, -at if falling else at)
        dropped.update(_beside(rows, order, local, unit, after, widest, dropped))
    for place in dropped:
        rows.remark(rows.lines[order[place]], "stands beside a reading out of the probe's range and is set aside")
    return [at for place, at in enumerate(order) if place not in dropped]


def _beside(
    rows: Rows,
    order: Sequence[int],
    local: array[float],
    unit: Unit,
    after: int,
    widest: float,
    dropped: set[int],
) -> set[int]:
    """Return which readings around a place in the order have to go, that its step becomes a gap."""
    found: set[int] = set()
    before, last = after - 1, len(order)

    def mildness(place: int) -> float:
        return abs(unit.celsius(rows.temperature.values[order[place]]) - _ROOM_C)

    while before >= 0 and after < last:
        if before in dropped:
            before -= 1
        elif after in dropped:
            after += 1
        elif local[order[after]] - local[order[before]] > widest:
            break
        elif mildness(after) <= mildness(before):
            found.add(after)
            after += 1
        else:
            found.add(before)
            before -= 1
    return found
