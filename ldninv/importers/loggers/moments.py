"""The moments of a whole file: one date order for all its rows, chosen by what every row shows, never guessed.

An order has to make a day of every row. Of several that do, those count under which time never runs backwards; of
these the ones with the most regular steps; of these the ones with the shortest span. A tie is asked for, and so is an
order that tears rows apart which follow on one another in another (`doubts`).
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import add

from ldninv.domain.batch_list import DateOrder
from ldninv.domain.pieces import pieces
from ldninv.domain.refusal import Refused
from ldninv.domain.storage.logger_file import Asked, Choice, Question
from ldninv.importers import dates
from ldninv.importers.loggers import doubts, unlikely
from ldninv.importers.loggers.clocks import clock
from ldninv.importers.loggers.printed import EPOCH, BadMoment, Printed, since, written
from ldninv.importers.loggers.steps import DAY, Steps, backwards
from ldninv.importers.sheets import quoted

Days = Mapping[str, float]

_TIE = "they fit more than one order, and nothing is guessed"


@dataclass(frozen=True, slots=True)
class Moments:
    """When a file's rows were recorded."""

    local: array[float]
    """Seconds since 1970-01-01 00:00 of the printed clock, in the order of the rows."""
    steps: Steps
    order: DateOrder | None
    offsets: array[float] | None
    """Seconds east of Greenwich, where the file prints them."""


def settled(
    name: str, printed: Printed, stated: DateOrder | None, lines: Sequence[int], beside: Collection[int] = ()
) -> Moments:
    """Return the moments of all rows.

    Args:
        name: The file's, for messages.
        printed: The rows' times, at least one.
        stated: The order that a person said.
        lines: Each row's line in the file, for messages.
        beside: The rows that hold no reading, which have a time all the same.

    Raises:
        Asked: more than one order fits equally well.
        Refused: no order fits all rows, or two hold in one file.
        BadMoment: a time of day cannot be read.
    """
    seconds, offsets = _times_of_day(name, printed, lines)
    orders = _orders(name, printed, stated, lines)
    tried = {order: _local(days, printed.days, seconds) for order, days in orders.items()}
    order = _best(name, tried, printed, lines)
    when = Moments(tried[order], Steps(tried[order]), order, offsets)
    if order is not None and stated is None:
        _refuse_torn(name, when, tried, printed, seconds, lines)
        if 0 < len(beside) < len(lines):
            _refuse_led(name, when, tried, printed, lines, beside)
        why = unlikely.told(when.local, when.steps, order, tried, printed, lines)
        if why:
            raise _asked(name, tried, printed, lines, why)
    doubts.refuse_turned(name, when.local, when.steps, printed, lines)
    doubts.refuse_two_clocks(name, when.local, when.steps, printed, lines)
    if not when.steps.even:
        doubts.refuse_unmarked(name, when.local, printed, seconds, lines)
    return when


def _times_of_day(name: str, printed: Printed, lines: Sequence[int]) -> tuple[array[float], array[float] | None]:
    clocks = printed.clocks
    known = {text: clock(text) for text in printed.different_clocks}
    if not all(known.values()):
        raise BadMoment(next(row for row, text in enumerate(clocks) if known[text] is None))
    read = {text: found for text, found in known.items() if found is not None}
    if len({found.halved for found in read.values()}) > 1:
        odd = next(row for row, text in enumerate(clocks) if read[text].halved is not read[clocks[0]].halved)
        raise Refused(
            f"{name} mixes clocks of twelve and of twenty-four hours: {quoted(clocks[0])} on line {lines[0]}, "
            f"{quoted(clocks[odd])} on line {lines[odd]}. Export it again with one of them."
        )
    seconds = _each({text: found.seconds for text, found in read.items()}, clocks)
    with_offset = [text for text, found in read.items() if found.offset is not None]
    if not with_offset:
        return seconds, None
    if len(with_offset) < len(read):
        odd = next(row for row, text in enumerate(clocks) if read[text].offset is None)
        raise Refused(
            f"{name} prints a zone with some of its times and none with others (line {lines[odd]}). "
            "Export it again in one way."
        )
    east = {text: float(found.offset or 0) for text, found in read.items()}
    return seconds, _each(east, clocks)


def _orders(
    name: str, printed: Printed, stated: DateOrder | None, lines: Sequence[int]
) -> dict[DateOrder | None, Days]:
    """Return the days of all date texts under each order that makes a day of every one of them."""
    said = {text: written(text) for text in printed.different_days}
    if all(each.days and each.days[0][0] is None for each in said.values()):
        return {None: {text: since(each.days[0][1]) for text, each in said.items()}}
    doubts.refuse_two_ways(name, printed.days, said, lines)
    found: dict[DateOrder | None, Days] = {}
    for order in (stated,) if stated is not None else DateOrder:
        days = {text: _under(each, order) for text, each in said.items()}
        if all(day is not None for day in days.values()):
            found[order] = {text: since(day) for text, day in days.items() if day is not None}
    if found:
        return _unlike(found)
    raise _no_order(name, printed, said, stated, lines)


def _under(said: dates.Written, order: DateOrder) -> date | None:
    return next((day for each, day in said.days if each is None or each is order), None)


def _unlike(found: dict[DateOrder | None, Days]) -> dict[DateOrder | None, Days]:
    """Return the orders without those that say the same of every row as one before them."""
    kept: dict[DateOrder | None, Days] = {}
    for order, days in found.items():
        if days not in kept.values():
            kept[order] = days
    return kept


def _no_order(
    name: str,
    printed: Printed,
    said: Mapping[str, dates.Written],
    stated: DateOrder | None,
    lines: Sequence[int],
) -> Exception:
    for row, text in enumerate(printed.days):
        if not said[text].days:
            return BadMoment(row)
    if stated is not None:
        odd = next(row for row, text in enumerate(printed.days) if _under(said[text], stated) is None)
        return Refused(
            f"The dates of {name} are not all {dates.WORDS[stated]} ({stated}): {quoted(printed.days[odd])} on line "
            f"{lines[odd]} is no day then. Say another order, or export the file again."
        )
    first = {order for order, _ in said[printed.days[0]].days}
    for row, text in enumerate(printed.days):
        first &= {order for order, _ in said[text].days}
        if not first:
            return Refused(
                f"{name} mixes its dates: up to line {lines[row]}, where {quoted(text)} stands, they are written in "
                "another order. Export it again with one date format."
            )
    return Refused(f"The dates of {name} fit no order. Export it again with one date format.")


def _local(days: Days, texts: Sequence[str], seconds: array[float]) -> array[float]:
    found = array("d")
    for part in pieces(len(texts)):
        found.extend(map(add, map(days.__getitem__, texts[part]), seconds[part]))
    return found


def _each(said: Mapping[str, float], texts: Sequence[str]) -> array[float]:
    """Return what each text says."""
    found = array("d")
    for part in pieces(len(texts)):
        found.extend(map(said.__getitem__, texts[part]))
    return found


def _best(
    name: str, tried: Mapping[DateOrder | None, array[float]], printed: Printed, lines: Sequence[int]
) -> DateOrder | None:
    if len(tried) == 1:
        return next(iter(tried))
    left = {order: local for order, local in tried.items() if _one_way(local)}
    left = left or dict(tried)
    for measure in (lambda local: Steps(local).irregular, _span):
        marks = {order: measure(local) for order, local in left.items()}
        left = {order: local for order, local in left.items() if marks[order] == min(marks.values())}
    if len(left) == 1:
        return next(iter(left))
    raise _asked(name, left, printed, lines, _TIE)


def _asked(
    name: str, fitting: Mapping[DateOrder | None, array[float]], printed: Printed, lines: Sequence[int], why: str
) -> Asked:
    choices = tuple(
        Choice(order, f"{dates.WORDS[order]}: {_record(local)}")
        for order, local in fitting.items()
        if order is not None
    )
    first = f"{quoted(printed.days[0])} on line {lines[0]}"
    told = f"can be read in more than one way, from {first} on: {'; or '.join(each.text for each in choices)}. "
    told += "Say which" if why is _TIE else f"{why[:1].upper()}{why[1:]}. Say which"
    if len(choices) == 1:
        told = f"are in doubt: {why}. Read {choices[0].text}. Export the file again, or say whether that"
    return Asked(
        f"The dates of {name} {told} order holds.", Question.DATE_ORDER, choices, because=f"From {first} on {why}."
    )


def _record(local: array[float]) -> str:
    """Return from which day to which a file goes."""
    first, last = _shown(local[0]), _shown(local[-1])
    return first if first == last else f"{first} to {last}"


def _shown(moment: float) -> str:
    return date.fromordinal(EPOCH + int(moment // DAY)).isoformat()


def _one_way(local: array[float]) -> bool:
    """Whether time never runs backwards, or in a file that begins with the newest reading never forwards."""
    return not backwards(local) or not backwards(local[::-1])


def _span(local: array[float]) -> float:
    return max(local) - min(local)


def _refuse_torn(
    name: str,
    when: Moments,
    tried: Mapping[DateOrder | None, array[float]],
    printed: Printed,
    seconds: array[float],
    lines: Sequence[int],
) -> None:
    """Refuse, or ask about, rows that the chosen order tears apart and another joins, or one for each of them."""
    for at, one, other in doubts.joined_otherwise(when.local, when.steps, printed.days, seconds):
        if one is not other:
            raise doubts.mixed(name, printed, at, one, other, lines)
        here = f"line {lines[at]} follows at once on the line before when both are read {dates.WORDS[one]}"
        raise _asked(name, tried, printed, lines, f"{here}, and other lines are no days then, or run back")


def _refuse_led(
    name: str,
    when: Moments,
    tried: Mapping[DateOrder | None, array[float]],
    printed: Printed,
    lines: Sequence[int],
    beside: Collection[int],
) -> None:
    """Refuse, or ask about, an order that rows without a reading decide against those that have one."""
    rows = [row for row in range(len(lines)) if row not in beside]
    telling = Printed([printed.days[row] for row in rows], [printed.clocks[row] for row in rows])
    of_rows = [lines[row] for row in rows]
    orders = _orders(name, telling, None, of_rows)
    if len(orders) == 1:
        return
    seconds, _ = _times_of_day(name, telling, of_rows)
    alone = {order: _local(days, telling.days, seconds) for order, days in orders.items()}
    try:
        best = _best(name, alone, telling, of_rows)
    except Asked:
        if _one_way(when.local):
            return
        raise
    if best is when.order:
        return
    if best in tried:
        raise _asked(name, tried, printed, lines, "rows without a temperature say another order than the readings")
    raise doubts.led(name, printed, best, lines, beside)
