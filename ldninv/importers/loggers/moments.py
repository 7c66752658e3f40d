"""The moments of a whole file: one date order for all its rows, chosen by what every row shows, never guessed.

An order has to make a day of every row. Of several that do, those count under which time never runs backwards; of
these the ones with the most regular steps; of these the ones with the shortest span. A tie is asked for.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import add, sub

from ldninv.domain.batch_list import DateOrder
from ldninv.domain.pieces import pieces
from ldninv.domain.refusal import Refused
from ldninv.domain.storage.logger_file import Asked, Choice, Question
from ldninv.importers import dates
from ldninv.importers.loggers.clocks import clock
from ldninv.importers.loggers.printed import BadMoment, Printed, written
from ldninv.importers.loggers.steps import DAY, GAP, Steps, backwards
from ldninv.importers.sheets import quoted

_HOUR = 3600.0
_EPOCH = date(1970, 1, 1).toordinal()

Days = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Moments:
    """When a file's rows were recorded."""

    local: array[float]
    """Seconds since 1970-01-01 00:00 of the printed clock, in the order of the rows."""
    steps: Steps
    order: DateOrder | None
    offsets: array[float] | None
    """Seconds east of Greenwich, where the file prints them."""


def settled(name: str, printed: Printed, stated: DateOrder | None, lines: Sequence[int]) -> Moments:
    """Return the moments of all rows.

    Args:
        name: The file's, for messages.
        printed: The rows' times, at least one.
        stated: The order that a person said.
        lines: Each row's line in the file, for messages.

    Raises:
        Asked: more than one order fits equally well.
        Refused: no order fits all rows, or two hold in one file.
        BadMoment: a time of day cannot be read.
    """
    seconds, offsets = _times_of_day(name, printed, lines)
    orders = _orders(name, printed, stated, lines)
    tried = {order: _local(days, printed.days, seconds) for order, days in orders.items()}
    order = next(iter(tried)) if len(tried) == 1 else _best(name, tried, printed, lines)
    steps = Steps(tried[order])
    if order is not None and stated is None:
        _refuse_mixed(name, Moments(tried[order], steps, order, offsets), printed, seconds, lines)
    if not steps.even:
        _refuse_unmarked(name, tried[order], printed, seconds, lines)
    return Moments(tried[order], steps, order, offsets)


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
    if all(len(each.days) == 1 and each.days[0][0] is None for each in said.values()):
        return {None: {text: _since(each.days[0][1]) for text, each in said.items()}}
    found: dict[DateOrder | None, Days] = {}
    for order in (stated,) if stated is not None else DateOrder:
        days = {text: _under(each, order) for text, each in said.items()}
        if all(day is not None for day in days.values()):
            found[order] = {text: _since(day) for text, day in days.items() if day is not None}
    if found:
        return _unlike(found)
    raise _no_order(name, printed, said, stated, lines)


def _under(said: dates.Written, order: DateOrder) -> date | None:
    return next((day for each, day in said.days if each is None or each is order), None)


def _since(day: date) -> float:
    return (day.toordinal() - _EPOCH) * DAY


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
    left = {order: local for order, local in tried.items() if _one_way(local)}
    left = left or dict(tried)
    for measure in (lambda local: Steps(local).irregular, _span):
        marks = {order: measure(local) for order, local in left.items()}
        left = {order: local for order, local in left.items() if marks[order] == min(marks.values())}
    if len(left) == 1:
        return next(iter(left))
    choices = tuple(
        Choice(order, f"{dates.WORDS[order]}: {_record(local)}") for order, local in left.items() if order is not None
    )
    first = f"{quoted(printed.days[0])} on line {lines[0]}"
    raise Asked(
        f"The dates of {name} can be read in more than one way, from {first} on: "
        f"{'; or '.join(each.text for each in choices)}. Say which order holds.",
        Question.DATE_ORDER,
        choices,
        because=f"From {first} on they fit more than one order, and nothing is guessed.",
    )


def _record(local: array[float]) -> str:
    """Return from which day to which a file goes."""
    first, last = _shown(local[0]), _shown(local[-1])
    return first if first == last else f"{first} to {last}"


def _shown(moment: float) -> str:
    return date.fromordinal(_EPOCH + int(moment // DAY)).isoformat()


def _one_way(local: array[float]) -> bool:
    """Whether time never runs backwards, or in a file that begins with the newest reading never forwards."""
    return not backwards(local) or not backwards(local[::-1])


def _span(local: array[float]) -> float:
    return max(local) - min(local)


def _refuse_mixed(name: str, when: Moments, printed: Printed, seconds: array[float], lines: Sequence[int]) -> None:
    """Refuse a file in which rows follow on one another only when each is read in an order of its own."""
    short = when.steps.short
    if short is None or (when.steps.even and short == when.steps.usual):
        return
    for at in _jumps(when.local, short):
        for one, before in written(printed.days[at - 1]).days:
            for other, day in written(printed.days[at]).days:
                step = _since(day) + seconds[at] - _since(before) - seconds[at - 1]
                if None not in (one, other) and one is not other and 0 < step <= GAP * short:
                    raise _mixed(name, printed, at, one, other, lines)


def _mixed(
    name: str, printed: Printed, at: int, one: DateOrder | None, other: DateOrder | None, lines: Sequence[int]
) -> Refused:
    words = [dates.WORDS[each] for each in (one, other) if each is not None]
    return Refused(
        f"{name} mixes its dates: {quoted(printed.days[at])} on line {lines[at]} follows on the line before only when "
        f"one is read {words[0]} and the other {words[-1]}. Export it again with one date format."
    )


def _refuse_unmarked(
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


def _jumps(local: array[float], usual: float) -> list[int]:
    widest = GAP * usual
    return [at for at, step in enumerate(map(sub, local[1:], local), 1) if step <= 0 or step > widest]
