"""What is doubtful about a file’s dates: two ways of writing them, rows torn apart, lost halves of the day."""

from __future__ import annotations

import re
from array import array
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from itertools import pairwise, product
from operator import sub

from ldninv.domain.batch_list import DateOrder
from ldninv.domain.refusal import Refused
from ldninv.importers import dates
from ldninv.importers.loggers.clocks import clock
from ldninv.importers.loggers.printed import EPOCH, Printed, since, written
from ldninv.importers.loggers.steps import DAY, GAP, Steps
from ldninv.importers.sheets import quoted

_HOUR, _MINUTE = 3600.0, 60.0
_SECONDS = re.compile(r"(?<=[0-9]:[0-9]{2}):[0-9]{2}")


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


def refuse_turned(name: str, local: array[float], steps: Steps, printed: Printed, lines: Sequence[int]) -> None:
    """Refuse a hole that closes to a step when one date beside it has day and month exchanged, or another year.

    A spreadsheet of another country, or a hand, turned the dates of some rows.

    Raises:
        Refused: there is one.
    """
    rising, steps = forwards(local, steps)
    short = steps.short
    if short is None or short >= DAY or steps.even:
        return
    for at in _jumps(rising, short):
        early, late = sorted((local[at - 1], local[at]))
        closed = [late - each for each in _turned(early, late)] + [each - early for each in _turned(late, early)]
        if any(0 < step <= GAP * short for step in closed):
            raise Refused(
                f"{name} mixes its dates: {quoted(printed.days[at])} on line {lines[at]} follows at once "
                f"on {quoted(printed.days[at - 1])} of the line before if one of them has day and month exchanged, or "
                "another year. Export it again with one date format."
            )


def forwards(local: array[float], steps: Steps) -> tuple[array[float], Steps]:
    """Return moments that mostly go forwards, and their steps: of a file that begins with the newest the negative."""
    if not steps.falling:
        return local, steps
    turned = array("d", [-each for each in local])
    return turned, Steps(turned)


def _turned(moment: float, beside: float) -> Iterator[float]:
    """Yield a moment with day and month exchanged, and in the year of the one beside it."""
    day, other = (date.fromordinal(EPOCH + int(each // DAY)) for each in (moment, beside))
    for year, month, of_month in ((day.year, day.day, day.month), (other.year, day.month, day.day)):
        with suppress(ValueError):
            turned = since(date(year, month, of_month)) + moment % DAY
            if turned != moment:
                yield turned


def refuse_two_clocks(name: str, local: array[float], steps: Steps, printed: Printed, lines: Sequence[int]) -> None:
    """Refuse a file that prints seconds with some times only, where a step over the change is none of its own.

    A time of two parts is one of hours and minutes; of minutes and seconds where its hour was lost. Programs that leave
    out seconds of nought print none elsewhere.

    Raises:
        Refused: it is one.
    """
    with_seconds = {text: found[0] for text in printed.different_clocks if (found := _SECONDS.search(text))}
    if len(with_seconds) in (0, len(printed.different_clocks)):
        return
    usual = forwards(local, steps)[1].usual or 0.0
    seconds = set(with_seconds.values())
    if len(seconds) > 1 and ":00" not in seconds:
        return
    clocks = printed.clocks
    for at, (before, now) in enumerate(pairwise(text in with_seconds for text in clocks), 1):
        if before is not now and abs(abs(local[at] - local[at - 1]) - usual) >= _MINUTE:
            raise Refused(
                f"{name} prints its times in two ways: {quoted(clocks[at - 1])} on line {lines[at - 1]}, "
                f"{quoted(clocks[at])} on line {lines[at]}, and the step between them is not its usual one. Export it "
                "again in one way."
            )


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
