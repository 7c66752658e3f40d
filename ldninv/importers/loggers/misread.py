"""What stands below the temperature's heading in every row and is none: a running number, or what stood beside it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import groupby
from operator import sub
from typing import TYPE_CHECKING

from ldninv.domain.storage.logger_file import Unit
from ldninv.domain.storage.profile import CRT
from ldninv.importers.loggers import shifted
from ldninv.importers.loggers.dew import dew_point_c
from ldninv.importers.loggers.headings import Role, is_dew_point
from ldninv.importers.loggers.looked_up import number_in
from ldninv.importers.loggers.rows import Columns, Rows
from ldninv.importers.sheets import quoted

if TYPE_CHECKING:
    from ldninv.importers.loggers.reader import Table

_COUNTED = 7
"""Rows that count up by one before they are taken for a running number."""
_LONG = 20
"""The same, where others do not count."""
_NEARLY = 0.95
"""Of all rows those that have to be so."""
_FEW = 3
PERMITTED = (CRT.permitted_low_c, CRT.permitted_high_c)
"""°C at which a room may be kept (R14)."""
_HOT_C = 35.0
"""Hotter than this no place is where anything is kept."""
_DRIEST, _DAMPEST = 10.0, 100.0
"""Percent that a humidity is in any place."""
_APART = 3.0
"""Degrees between what was measured beside a humidity and what is said without one, and by which they may differ."""
_OVEN_C, _NO_PLACE_C = 50.0, 100.0
_SATURATED = 120.0
"""Percent; a wet sensor prints some more than a hundred."""


def counted(rows: Rows) -> str:
    """Return that the temperature counts its rows, in words; empty where it does not."""
    if not rows.temperature.shapes & 1:
        return ""
    values = [each for each in rows.temperature.values if not math.isnan(each)]
    steps = list(map(sub, values[1:], values))
    begin = 0 if _counts(values, steps) else _long_run(steps)
    if begin is None:
        return ""
    first = ", ".join(f"{each:g}" for each in values[begin : begin + 3])
    return f"the temperature goes by one from row to row, {first} …, as numbers do that count rows"


def _counts(values: Sequence[float], steps: Sequence[float]) -> bool:
    """Whether nearly all values count up or down; those that begin with nought or one need be few."""
    enough = _FEW if values[:1] in ([0.0], [1.0]) else _COUNTED - 1
    ones = max(steps.count(1.0), steps.count(-1.0))
    return len(steps) >= enough and ones >= _NEARLY * len(steps) and all(map(float.is_integer, values[:_COUNTED]))


def _long_run(steps: Sequence[float]) -> int | None:
    """Return where a long stretch begins that counts up or down; None where there is none."""
    begin = 0
    for step, same in groupby(steps) if steps.count(1.0) + steps.count(-1.0) >= _LONG else ():
        count = sum(1 for _ in same)
        if abs(step) == 1.0 and count >= _LONG:
            return begin
        begin += count
    return None


def nothing(rows: Rows) -> str:
    """Return that the temperature is nothing but zeros, in words; empty where it is not."""
    values = rows.temperature.values
    if any(each and not math.isnan(each) for each in values) or len(values) - len(rows.temperature.odd) < _FEW:
        return ""
    return "the temperature is 0 throughout, as where nothing was measured"


def too_hot(rows: Rows, unit: Unit) -> str:
    """Return that the temperature is that of no place from first to last, in words; empty where it is not."""
    there = (unit.celsius(each) for each in rows.temperature.values if not math.isnan(each))
    if next(there, 0.0) < _NO_PLACE_C:  # of nearly every file the first one tells
        return ""
    lowest = min(there, default=_NO_PLACE_C)
    if lowest < _NO_PLACE_C:
        return ""
    return f"the temperature is {lowest:.0f} °C or more throughout, as where decimal marks were lost"


def some_moved(table: Table, columns: Columns, rows: Rows) -> str:
    """Return that the temperature is as the humidity would be where that one is blank, in words; empty where it is not.

    A cell that is missing in some rows moves the humidity below the temperature.
    """
    if rows.humidity is None or columns.humidity is None or not rows.humidity.odd:
        return ""
    pairs = list(zip(rows.temperature.values, rows.humidity.values, strict=True))
    alone = [warm for warm, damp in pairs if math.isnan(damp) and not math.isnan(warm)]
    both = [warm for warm, damp in pairs if not math.isnan(warm + damp)]
    damp = [each for each in rows.humidity.values if not math.isnan(each)]
    if not both or not alone or max(min(alone) - max(both), min(both) - max(alone)) < _APART:
        return ""
    if min(damp) < min(alone) - _APART or max(damp) > max(alone) + _APART:
        return ""
    heading = quoted(table.layout.heading(columns.humidity))
    return (
        f"the temperature is {min(alone):g} to {max(alone):g} where {heading} is blank and {min(both):g} to "
        f"{max(both):g} elsewhere, where {heading} is {min(damp):g} to {max(damp):g}"
    )


def all_moved(table: Table, columns: Columns, rows: Rows, unit: Unit) -> str:
    """Return what tells that all cells stand one column beside their headings; empty where nothing does.

    A column beside the temperature is blank then. A humidity would be too hot for a place, or no room's temperature
    where the blank column is the humidity's; or what is left under the humidity's heading is more than a humidity can
    be; or both are humidity and dew point of a place that may well be.
    """
    ways = shifted.ways(table.layout, columns.temperature)
    blank = [column for way in ways for column in way if column not in table.layout.numbers]
    last = next((each for each in blank if table.layout.role(each) in (Role.HUMIDITY, Role.OTHER)), None)
    if last is None:
        return ""
    there = sorted(each for each in rows.temperature.values if not math.isnan(each))
    if len(there) < _FEW:
        return ""
    low, high = there[int((1 - _NEARLY) * len(there))], there[-1 - int((1 - _NEARLY) * len(there))]
    warm = unit.celsius(low), unit.celsius(high)
    damp = warm[0] > _HOT_C and high <= _DAMPEST
    if table.layout.role(last) is Role.HUMIDITY:
        damp = low >= _DRIEST and high <= _DAMPEST and (warm[0] > PERMITTED[1] or warm[1] < PERMITTED[0])
    as_dew = is_dew_point(table.layout.heading(last)) and _fits(table, columns, unit)
    if not (damp or as_dew or _is_no_humidity(rows)):
        return ""
    return (
        f"the temperature is {low:g} to {high:g} {unit.sign} throughout, as a humidity might be, and "
        f"{quoted(table.layout.heading(last))} is blank, as if a cell were missing in every row"
    )


def _is_no_humidity(rows: Rows) -> bool:
    """Whether nearly all that stands under the humidity's heading is more than any sensor says of damp air."""
    there = [each for each in (rows.humidity.values if rows.humidity is not None else ()) if not math.isnan(each)]
    return len(there) >= _FEW and sum(each > _SATURATED for each in there) >= _NEARLY * len(there)


def _fits(table: Table, columns: Columns, unit: Unit) -> bool:
    """Whether what stands below temperature and humidity may be humidity and dew point of a place."""
    if columns.humidity is None:
        return False
    both: Sequence[tuple[float, float]] = [
        (number_in(row, columns.temperature), number_in(row, columns.humidity)) for row in table.layout.sample
    ]
    there = [(damp, unit.celsius(dew)) for damp, dew in both if not math.isnan(damp + dew)]
    likely = [0 < damp <= _DAMPEST and dew <= dew_point_c(_OVEN_C, damp) for damp, dew in there]
    return len(there) >= _FEW and sum(likely) >= _NEARLY * len(there)
