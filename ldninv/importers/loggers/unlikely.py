"""Orders of dates that fit every row and that no logger's file shows."""

from __future__ import annotations

import re
from array import array
from collections.abc import Mapping, Sequence
from itertools import pairwise

from ldninv.domain.batch_list import DateOrder
from ldninv.importers import dates
from ldninv.importers.loggers.printed import Printed
from ldninv.importers.loggers.steps import DAY, Steps
from ldninv.importers.sheets import quoted

_LONG = 60 * DAY
"""Loggers seldom go on after so long a hole; an order under which one does is in doubt where there is another."""
_YEAR_CUT = re.compile(r"[0-9]{2}[^0-9][0-9]{1,2}[^0-9][0-9]")
_FEW, _TURNED = 0.3, 0.1
"""Of all steps those that may be uneven: in an order that is chosen, and in one of which some dates were turned."""
_PAIR = 2
"""Uneven steps that one turned date makes."""


def told(
    local: array[float],
    steps: Steps,
    order: DateOrder,
    tried: Mapping[DateOrder | None, array[float]],
    printed: Printed,
    lines: Sequence[int],
) -> str:
    """Return in words why the chosen order is in doubt; empty where it is not.

    Args:
        local: The moments of all rows in that order.
        steps: Theirs.
        order: The chosen one.
        tried: The moments in each order that makes a day of every row.
        printed: The rows' times.
        lines: Each row's line in the file.
    """
    if steps.longest > _LONG and len(tried) > 1:
        at = next(at for at, (was, now) in enumerate(pairwise(local), 1) if abs(now - was) > _LONG)
        return f"read {dates.WORDS[order]}, {_LONG // DAY:.0f} days without a reading lie before line {lines[at]}"
    if order is DateOrder.MDY and DateOrder.DMY in tried and "." in printed.days[0]:
        return "dates with dots say the month first, as nobody writes them"
    if order is DateOrder.YMD and any(map(_YEAR_CUT.fullmatch, printed.different_days)):
        row = next(row for row, text in enumerate(printed.days) if _YEAR_CUT.fullmatch(text))
        return f"{quoted(printed.days[row])} on line {lines[row]} may be a date whose year lost a digit"
    even = _evenly(steps, len(local), tried)
    return f"most lines follow one another evenly when they are read {dates.WORDS[even]}" if even is not None else ""


def _evenly(steps: Steps, count: int, tried: Mapping[DateOrder | None, array[float]]) -> DateOrder | None:
    """Return an order in which nearly all rows follow evenly, where few do in the chosen one."""
    if steps.irregular <= _FEW * count:
        return None
    most = max(_PAIR, count * _TURNED)
    return next((order for order, local in tried.items() if Steps(local).irregular <= most), None)
