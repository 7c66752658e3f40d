"""Whole columns under each other's headings: a temperature that reads as a humidity would, and the other way round.

No row shows it, for there is no step. What the file says must be unlikely throughout, and likely throughout once the
two are changed back; a stability chamber at 40 °C and 20 % reads the same, so it is asked. In a dry room, of 20 to
30 °C and 20 to 30 %, only a dew point can tell.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from ldninv.domain.batch_list import Remark
from ldninv.domain.storage.logger_file import Answers, Unit
from ldninv.importers.loggers import swapped
from ldninv.importers.loggers.dew import dew_point_c
from ldninv.importers.loggers.headings import is_dew_point, is_limit
from ldninv.importers.loggers.misread import PERMITTED, all_moved, counted, nothing, some_moved, too_hot
from ldninv.importers.loggers.rows import Columns, Rows
from ldninv.importers.loggers.values import number
from ldninv.importers.sheets import quoted

if TYPE_CHECKING:
    from ldninv.importers.loggers.reader import Table

_KEPT = (20.0, 25.0)
"""°C of controlled room temperature (R14)."""
_INDOORS = (20.0, 70.0)
"""Percent of humidity that rooms are laid out for (EN 16798-1, up to category III)."""
_OVEN_C, _DAMPEST = 50.0, 100.0
"""Hotter than this no place is where anything is kept, so that any humidity is likelier."""
_NEARER_C = 3.0
"""How much nearer to such a room the humidity would be, if it were the temperature."""
_MOST = 0.8
"""Of all rows those whose dew points have to be right or wrong, not between."""
_EDGE = 0.05
"""Of all rows those that may lie beyond either side."""
_FEW, _LONG = 3, 20
_ROWS = 2000
_SURE_C, _ALIKE_C = 3.0, 1.0
"""How far a printed dew point is from that of what stands beside it: where they contradict, and where they agree."""

Pair = tuple[float, float]


def ask(table: Table, columns: Columns, rows: Rows, unit: Unit, answers: Answers) -> None:
    """Ask whether the values stand as they were measured where whole columns seem to have changed places.

    Raises:
        Asked: they do, and nobody said.
    """
    said = (
        counted(rows)
        or nothing(rows)
        or _as_rooms_are(table, columns, rows, unit)
        or _by_dew_point(table, columns, unit)
        or all_moved(table, columns, rows, unit)
        or some_moved(table, columns, rows)
        or too_hot(rows, unit)
        or _under_limit(table, rows)
    )
    if said:
        swapped.ask_of(table.name, [Remark(rows.lines[0], said)], rows, answers)


def _as_rooms_are(table: Table, columns: Columns, rows: Rows, unit: Unit) -> str:
    """Return what is unlikely of temperature and humidity; empty where nothing is.

    Too hot throughout, where the humidity would be a likelier temperature; too cold, where it would be that of
    a room that is kept well: a refrigerator's humidity seldom stays within so little. And no humidity is below nought.
    """
    if rows.humidity is None or columns.humidity is None:
        return ""
    apart = max(1, len(rows.lines) // _ROWS)
    warm, damp = _most(rows.temperature.values[::apart]), _most(rows.humidity.values[::apart])
    if warm is None or damp is None:
        return ""
    low, high = map(unit.celsius, warm)
    other = tuple(map(unit.celsius, damp))
    hot = low > PERMITTED[1] and _from_kept(other) + _NEARER_C <= _from_kept((low, high))
    cold = high < PERMITTED[0] and _within(other, _KEPT)
    indoors = _within(warm, _INDOORS) or (low > _OVEN_C and warm[1] <= _DAMPEST)
    if not ((hot or cold) and indoors) and damp[1] >= 0:
        return ""
    heading = quoted(table.layout.heading(columns.humidity))
    return (
        f"the temperature is {warm[0]:g} to {warm[1]:g} {unit.sign} throughout and {heading} {damp[0]:g} to {damp[1]:g}"
    )


def _by_dew_point(table: Table, columns: Columns, unit: Unit) -> str:
    """Return what a column of dew points contradicts; empty where nothing does."""
    layout = table.layout
    column = next((each for each in layout.numbers if is_dew_point(layout.heading(each))), None)
    if column is None or column == columns.temperature:
        return ""
    heading = quoted(layout.heading(column))
    beside = _numbers(table, (columns.temperature, column))
    if beside and _mostly(unit.celsius(dew) > unit.celsius(warm) + _ALIKE_C for warm, dew in beside):
        warm, dew = beside[0]
        return f"{heading} is above the temperature throughout ({dew:g} and {warm:g} {unit.sign}), and no dew point is"
    if columns.humidity is None:
        return ""
    return _by_all_three(heading, _numbers(table, (columns.temperature, columns.humidity, column)), unit)


def _by_all_three(heading: str, rows: Sequence[Sequence[float]], unit: Unit) -> str:
    """Return what dew points contradict throughout, or in some rows and in others not.

    Args:
        heading: Theirs.
        rows: Temperature, humidity and dew point of each.
        unit: Of the first and the last.
    """

    def apart(warm: float, damp: float, dew: float) -> float:
        return abs(dew_point_c(unit.celsius(warm), damp) - unit.celsius(dew))

    odd = [each for each in rows if apart(*each) > _SURE_C]
    if not odd:
        return ""
    warm, damp, dew = odd[0]
    if _mostly(each in odd for each in rows) and _mostly(apart(damp, warm, dew) < _ALIKE_C for warm, damp, dew in rows):
        return (
            f"{heading} is {dew:g} {unit.sign}, which is that of {damp:g} {unit.sign} at {warm:g} % and not of "
            f"{warm:g} {unit.sign} at {damp:g} %, and so throughout"
        )
    alike = sum(apart(*each) < _ALIKE_C for each in rows)
    if min(alike, len(odd)) > _EDGE * len(rows) and alike + len(odd) >= _MOST * len(rows):
        return (
            f"{heading} is that of temperature and humidity in some rows, and {dew:g} {unit.sign} at {warm:g} "
            f"{unit.sign} and {damp:g} % in others"
        )
    return ""


def _under_limit(table: Table, rows: Rows) -> str:
    """Return that the temperature stays and a limit changes from row to row; empty where it is not so."""
    layout, values = table.layout, rows.temperature.values
    if len(values) < _LONG or any(each != values[0] for each in values):
        return ""
    for column in filter(lambda each: is_limit(layout.heading(each)), layout.numbers):
        limits = {number(row[column]).value for row in layout.sample if column < len(row)}
        if len(limits) >= _FEW:
            return f"the temperature is {values[0]:g} throughout, and {quoted(layout.heading(column))} changes"
    return ""


def _most(values: Sequence[float]) -> Pair | None:
    """Return between what most values lie; None where there are too few."""
    there = sorted(each for each in values if not math.isnan(each))
    beyond = int(len(there) * _EDGE)
    return (there[beyond], there[-1 - beyond]) if len(there) >= _FEW else None


def _from_kept(values: Sequence[float]) -> float:
    """Return how far the middle of temperatures lies from that of a room that is kept well."""
    return abs(sum(values) / 2 - sum(_KEPT) / 2)


def _within(values: Sequence[float], limits: Pair) -> bool:
    return limits[0] <= values[0] and values[-1] <= limits[1]


def _mostly(said: Iterable[bool]) -> bool:
    each = list(said)
    return len(each) >= _FEW and sum(each) >= (1 - _EDGE) * len(each)


def _numbers(table: Table, columns: Sequence[int]) -> list[Sequence[float]]:
    """Return what stands beside each other in the first rows, where nothing is missing."""
    rows = [row for row in table.layout.sample if len(row) > max(columns)]
    found = [[number(row[column]).value for column in columns] for row in rows]
    return [each for each in found if not any(map(math.isnan, each))]
