"""Columns of a sheet that slid up or down: a cell that was deleted or put in moves all below it."""

from __future__ import annotations

import math
from bisect import bisect_right
from itertools import pairwise, starmap
from operator import ge, le

from ldninv.domain.batch_list import Remark
from ldninv.domain.storage.logger_file import Answers
from ldninv.importers.loggers import swapped
from ldninv.importers.loggers.doubts import forwards
from ldninv.importers.loggers.moments import Moments
from ldninv.importers.loggers.rows import Rows
from ldninv.importers.loggers.steps import DAY

_LONG, _STEPS = 24, 6
"""Readings that do not all go one way by chance, and the different temperatures among them."""
_MOVED = 3
"""Cells by which a column is moved by a hand that slips."""
_ONE = 1.5
"""Intervals between two times that leave no room for a row of another."""


def ask(name: str, rows: Rows, when: Moments, answers: Answers, *, whole: bool) -> None:
    """Ask whether the values stand as they were measured where a column seems to have slid, or was sorted by itself.

    Temperatures without a time tell so where they are left over below the last time while another one or a time is
    missing, and where the times above and below them follow on one another at once; times without a temperature, where
    they are the first or the last rows and no others have none.

    Args:
        name: The file's, for messages.
        rows: All of them.
        when: Their times.
        answers: What a person said.
        whole: Whether the last line has an end; one that was cut off may lack anything.

    Raises:
        Asked: they do, and nobody said.
    """
    said = _is_sorted(rows, when)
    if said:
        swapped.ask_of(name, [Remark(rows.lines[0], said)], rows, answers)
    bare = _bare_end(rows, whole=whole)
    if bare is not None:
        swapped.ask_of(name, [bare], rows, answers)
    if not rows.timeless:
        return
    timeless = sorted(rows.timeless)
    below = timeless[-1]
    if below > rows.lines[-1] and (rows.temperature.odd or when.steps.irregular):
        missing = "one is missing above it" if rows.temperature.odd else "the times above it have a hole"
        said = f"a temperature stands here without a time, and {missing}, as if cells of its column had moved"
        swapped.ask_of(name, [Remark(below, said)], rows, answers)
        return
    usual = forwards(when.local, when.steps)[1].usual
    for line in timeless if usual is not None else ():
        at = bisect_right(rows.lines, line)
        if usual is not None and 0 < at < len(rows.lines) and abs(when.local[at] - when.local[at - 1]) <= _ONE * usual:
            said = "a temperature stands here without a time, and the times go on below it as if they had moved"
            swapped.ask_of(name, [Remark(line, said)], rows, answers)
            return


def _bare_end(rows: Rows, *, whole: bool) -> Remark | None:
    """Return that the first rows or the last have no temperature and all others have one; None where it is not so."""
    bare = rows.blank
    if not 0 < len(bare) <= _MOVED or len(bare) == len(rows.lines):
        return None
    said = "here is a time without a temperature, which no other row lacks, as where cells of its column had moved"
    ends = (rows.lines[: len(bare)], rows.lines[-len(bare) :] if whole else ())
    return next((Remark(bare[0], said) for end in ends if list(end) == list(bare)), None)


def _is_sorted(rows: Rows, when: Moments) -> str:
    """Return that the temperature only rises or only falls for a day and more, in words; empty where it does not."""
    column = rows.temperature
    values = [each for each in column.values if not math.isnan(each)] if column.odd else column.values
    if len(values) < _LONG or abs(when.local[-1] - when.local[0]) < DAY:
        return ""
    way = next((word for word, turned in (("rises", le), ("falls", ge)) if all(starmap(turned, pairwise(values)))), "")
    if not way or len(set(values)) < _STEPS:
        return ""
    return f"the temperature only {way} from first to last, {values[0]:g} to {values[-1]:g}, as where it was sorted"
