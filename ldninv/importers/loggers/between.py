"""What a logger wrote between its readings: rows without a temperature, and that its probe's range was left (R16)."""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from ldninv.domain.storage.logger_file import Unit
from ldninv.domain.storage.series import Beyond
from ldninv.importers.loggers.rows import Rows
from ldninv.importers.sheets import quoted

_SIDES = {
    ("above", False): (Beyond.ABOVE_BEFORE, Beyond.ABOVE_AFTER),
    ("below", False): (Beyond.BELOW_BEFORE, Beyond.BELOW_AFTER),
    ("above", True): (Beyond.ABOVE_BEFORE | Beyond.HOT_BEFORE, Beyond.ABOVE_AFTER | Beyond.HOT_AFTER),
    ("below", True): (Beyond.BELOW_BEFORE | Beyond.COLD_BEFORE, Beyond.BELOW_AFTER | Beyond.COLD_AFTER),
}
"""Which way the range was left, and whether what was printed proves a limit passed."""


@dataclass(frozen=True, slots=True)
class Between:
    """What goes with each reading; see `Series`."""

    since_row: array[float] | None = None
    beyond: array[float] | None = None


def look(rows: Rows, order: Sequence[int], local: array[float], unit: Unit) -> Between:
    """Return what stands between readings, and say which rows left the probe's range.

    A logger looks as often as it writes a row, whatever the row says; what tells of something else, as of a button or
    of a humidity alone, is none of these.

    Args:
        rows: All that were read.
        order: Those that are readings, the oldest first, or in a file that begins with the newest one.
        local: Each row's moment.
        unit: That of the temperatures.
    """
    odd = [at for at in rows.temperature.odd if at not in rows.elsewhere]
    if not odd or not order:
        return Between()
    falling = len(order) > 1 and order[0] > order[-1]
    ranks = [-at for at in order] if falling else order
    since_row, beyond = (array("d", [math.nan]) * len(order) for _ in range(2))
    for at in sorted(odd, reverse=falling):
        after = bisect_left(ranks, -at if falling else at)
        if after < len(order) and local[order[after]] > local[at]:
            since_row[after] = local[order[after]] - local[at]
        way = rows.temperature.beyond(at)
        if not way:
            continue
        past = rows.temperature.past(at, unit)
        _tell(rows, at, way, past)
        for place, side in zip((after, after - 1), _SIDES[way, past is not None], strict=True):
            if 0 <= place < len(order):
                beyond[place] = side | (0 if math.isnan(beyond[place]) else int(beyond[place]))
    return Between(*(None if all(map(math.isnan, each)) else each for each in (since_row, beyond)))


def _tell(rows: Rows, at: int, way: str, past: float | None) -> None:
    more = "nothing is known of the temperature there" if past is None else f"there it was {way} {past:g} °C"
    rows.remark(
        rows.lines[at],
        f"{quoted(rows.temperature.odd[at])} says that it was {way} what the probe can measure; {more}",
    )
