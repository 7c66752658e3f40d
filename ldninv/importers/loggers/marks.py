"""Files in which marks stand where temperatures should: what they say, for the refusal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ldninv.importers.loggers.layout import time_columns
from ldninv.importers.loggers.source import Row
from ldninv.importers.loggers.values import is_mark, number
from ldninv.importers.sheets import quoted


def told(cells: Sequence[tuple[int, str]]) -> str:
    """Return which mark stands where temperatures should, and what it says; empty where none does.

    Args:
        cells: What stands there, with its line.

    >>> told([(2, "NC"), (3, "NC"), (4, "")])
    '“NC” stands in their place, first on line 2. See after the probe, and read the logger out again.'
    """
    marked = [(line, mark) for line, text in cells if (mark := text.strip()) and is_mark(mark)]
    if not marked:
        return ""
    mark = Counter(mark for _, mark in marked).most_common(1)[0][0]
    first = next(line for line, said in marked if said == mark)
    way = number(mark).beyond
    means = f", which says that it was {way} what the probe can measure" if way else ""
    return (
        f"{quoted(mark)} stands in their place, first on line {first}{means}. See after the probe, and read the logger "
        "out again."
    )


def in_place_of_all(rows: Sequence[tuple[int, Row]]) -> str:
    """Return the same of a table's beginning that holds times, and no number beside any of them."""
    cells: list[tuple[int, str]] = []
    for line, row in rows:
        times = time_columns(row)
        beside = [cell for at, cell in enumerate(row) if at not in (times or ())]
        if times is not None:
            cells.append((line, next(filter(is_mark, beside), "")))
    return told(cells)
