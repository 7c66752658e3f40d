"""What stands below the temperature's heading in every row and is none: a running number, or what stood beside it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from ldninv.domain.storage.logger_file import Unit
from ldninv.importers.loggers import shifted
from ldninv.importers.loggers.dew import dew_point_c
from ldninv.importers.loggers.headings import Role, is_dew_point
from ldninv.importers.loggers.looked_up import number_in
from ldninv.importers.loggers.rows import Columns, Rows
from ldninv.importers.sheets import quoted

if TYPE_CHECKING:
    from ldninv.importers.loggers.reader import Table

_COUNTED = 10
"""Rows that count up by one before they are taken for a running number."""
_NEARLY = 0.95
"""Of all rows those that have to be so."""
_FEW = 3
_HOT_C, _DAMPEST = 35.0, 100.0
"""Hotter than this no place is where anything is kept; a humidity is no more than that."""
_OVEN_C = 50.0
_SATURATED = 120.0
"""Percent; a wet sensor prints some more than a hundred."""


def counted(rows: Rows) -> str:
    """Return that the temperature counts its rows, in words; empty where it does not."""
    values = [each for each in rows.temperature.values if not math.isnan(each)]
    if len(values) < _COUNTED or not all(map(float.is_integer, values[:_COUNTED])):
        return ""
    steps = [now - was for was, now in pairwise(values)]
    if max(steps.count(1.0), steps.count(-1.0)) < _NEARLY * len(steps):
        return ""
    first = ", ".join(f"{each:g}" for each in values[:3])
    return f"the temperature goes by one from row to row, {first} …, as numbers do that count rows"


def all_moved(table: Table, columns: Columns, rows: Rows, unit: Unit) -> str:
    """Return what tells that all cells stand one column beside their headings; empty where nothing does.

    The last of the columns behind the temperature is blank then. A humidity would be too hot for a place; or what is
    left under the humidity's heading is more than a humidity can be; or both are humidity and dew point of a place that
    may well be.
    """
    way = next((each for each in shifted.ways(table.layout, columns.temperature) if each[1] > each[0]), ())
    blank = [column for column in way if column not in table.layout.numbers]
    last = next((each for each in blank if table.layout.role(each) in (Role.HUMIDITY, Role.OTHER)), None)
    there = sorted(each for each in rows.temperature.values if not math.isnan(each))
    if last is None or len(there) < _FEW:
        return ""
    low, high = there[int((1 - _NEARLY) * len(there))], there[-1 - int((1 - _NEARLY) * len(there))]
    damp = unit.celsius(low) > _HOT_C and high <= _DAMPEST
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
