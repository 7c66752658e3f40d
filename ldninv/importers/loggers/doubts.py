"""What is doubtful about a file’s dates: two ways of writing them, rows torn apart, lost halves of the day."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import product
from operator import sub

from ldninv.domain.batch_list import DateOrder
from ldninv.domain.refusal import Refused
from ldninv.importers import dates
from ldninv.importers.loggers.clocks import clock
from ldninv.importers.loggers.printed import Printed, since, written
from ldninv.importers.loggers.steps import DAY, GAP, Steps
from ldninv.importers.sheets import quoted

_HOUR = 3600.0


def refuse_two_ways(name: str, days: Sequence[str], said: Mapping[str, dates.Written], lines: Sequence[int]) -> None:
    """Refuse a file of which some days need an order and others need none: two programs, or two countries, wrote it.

    A spreadsheet of another country that opened the file leaves that behind: it turned what it could read round.

    Raises:
        Refused: it is one.
    """
    free = {text: each.days[0][0] is None for text, each in said.items() if each.days}
    if len(set(free.values())) < 2:  # noqa: PLR2004 - one way alone
        return
    one = next(row for row, text in enumerate(days) if text in free)
    other = next(row for row, text in enumerate(days) if free.get(text, free[days[one]]) is not free[days[one]])
    raise Refused(
        f"{name} writes its dates in two ways: {quoted(days[one])} on line {lines[one]}, {quoted(days[other])} on line "
        f"{lines[other]}. Export it again from the logger’s program, and open it in no other before."
    )


def joined_otherwise(
    local: Sequence[float], steps: Steps, days: Sequence[str], seconds: Sequence[float]
) -> Iterator[tuple[int, DateOrder, DateOrder]]:
    """Yield each row that the chosen order tears from the one before and that follows on it in other orders.

    Yields:
        The row, the order of the row before, and its own; rows that one order joins come first.
    """
    if steps.falling:
        local, days, seconds = local[::-1], list(days)[::-1], seconds[::-1]
        steps, last = Steps(local), len(local)
    else:
        last = 0
    short = steps.short
    if short is None or (steps.even and short == steps.usual):
        return
    for at in _jumps(local, short):
        pairs = list(product(written(days[at - 1]).days, written(days[at]).days))
        for (one, before), (other, day) in sorted(pairs, key=lambda pair: pair[0][0] is not pair[1][0]):
            step = since(day) + seconds[at] - since(before) - seconds[at - 1]
            if one is not None and other is not None and 0 < step <= GAP * short:
                yield (last - at, other, one) if last else (at, one, other)


def mixed(name: str, printed: Printed, at: int, one: DateOrder, other: DateOrder, lines: Sequence[int]) -> Refused:
    """Return why a file is refused in which a row follows on the one before only in an order of its own."""
    return Refused(
        f"{name} mixes its dates: {quoted(printed.days[at])} on line {lines[at]} follows on the line before only when "
        f"one is read {dates.WORDS[one]} and the other {dates.WORDS[other]}. Export it again with one date format."
    )


def led(name: str, printed: Printed, best: DateOrder | None, lines: Sequence[int], beside: Collection[int]) -> Refused:
    """Return why a file is refused whose readings say one order and whose other rows fit another alone."""
    odd = next(row for row in sorted(beside) if written(printed.days[row]).under(best) is None)
    said = dates.WORDS[best] if best is not None else "otherwise"
    return Refused(
        f"{name} mixes its dates: its readings are written {said}, and {quoted(printed.days[odd])} on line "
        f"{lines[odd]}, a row without a temperature, is no day then. Export it again with one date format."
    )


def refuse_unmarked(
    name: str, local: array[float], printed: Printed, seconds: array[float], lines: Sequence[int]
) -> None:
    """Refuse a clock of twelve hours whose marks for the half of the day were lost."""
    usual = Steps(local).usual
    if usual is None or any(not _HOUR <= each < 13 * _HOUR for each in seconds):
        return
    if any(each.halved for each in map(clock, printed.clocks[:1]) if each is not None):
        return
    for at in _jumps(local, usual):
        if seconds[at] >= 12 * _HOUR and 0 < local[at] - local[at - 1] - DAY <= GAP * usual:
            raise Refused(
                f"{name} seems to print a clock of twelve hours without saying which half of the day: on line "
                f"{lines[at]} it shows {printed.clocks[at]} after {printed.clocks[at - 1]} of the day before. Export "
                "it with a clock of twenty-four hours."
            )


def _jumps(local: Sequence[float], usual: float) -> list[int]:
    widest = GAP * usual
    return [at for at, step in enumerate(map(sub, local[1:], local), 1) if step <= 0 or step > widest]
