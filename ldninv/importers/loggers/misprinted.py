"""Temperatures that are printed otherwise than the rest where they step: cut, without mark or sign, in another unit.

A logger prints all its temperatures with equally many decimals, or all without needless zeros. What does neither, and
lies far from the reading beside it, lost its decimal mark or some digits, or stood in another column. What goes on as
the same number in other clothes, ten times as much, below nought, or in the other unit, was changed as well. A person
who writes a table may do the same, and so may a place, so it is asked and never decided.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from ldninv.domain.storage.logger_file import Unit
from ldninv.importers.loggers.column import Column
from ldninv.importers.loggers.rows import Rows, Step

_SELDOM, _ZEROS = 0.05, 0.02
"""Of all rows those that may be printed otherwise, and of those with equally many decimals the zeros that are usual."""
_MOSTLY = 0.85
"""Of all rows those of which no zeros at the end account for more than one decimal less in others."""
_LEAST, _NOISE = 4, 6
"""Where zeros are left out one number in so many has all its decimals; more than so many are of a computer's making."""
_MANY = 20
"""Rows of which one in ten would lack a decimal where zeros are left out."""
_APART, _NEAR, _NEARLY = 10.0, 2.0, 0.1
"""From which step on it may be one of units; how near it is to the other unit's number, and to which part of itself."""
_POWERS = (10, 100, 1000)
_ASIDE = 3.0
"""Degrees between whole numbers and others that are no chance."""
_MIRRORED = 2.0
"""Degrees from nought at which a temperature may go through it by chance."""
_OWN, _BOTH = 2, 2
"""How many times as large a step is as others of its file; and the steps of one row alone."""
_STARTED = frozenset({0.0, 85.0})
_LEAP = 150.0
"""No place goes so far from one reading to the next, in either unit."""
_HOT = 60.0
"""What is printed as more is no room's, in either unit but for °F in the sun."""


def told(rows: Rows, steps: Sequence[Step]) -> dict[int, str]:
    """Return in words what says of a row that it does not stand as it was measured.

    Args:
        rows: All of them.
        steps: The larger steps of the temperature; what is nearer to the reading beside it is wrong by no more.
    """
    changed = _without_first(rows, steps) | dict(_without_digits(rows, steps)) | _codes(rows, steps)
    changed |= _leaps(rows, steps) | _in_another_unit(rows, steps)
    return changed | _without_sign(rows, steps) | _without_mark(rows, steps) | dict(_otherwise(rows, steps))


def _otherwise(rows: Rows, steps: Sequence[Step]) -> Iterator[tuple[int, str]]:
    odd = [each for each in (_odd(rows.temperature), _whole(rows.temperature)) if each is not None]
    values = rows.temperature.values
    for before, at in steps if odd else ():
        if any(each(values[before]) is not each(values[at]) for each in odd):
            yield at, f"{_goes(rows, before, at)} and is printed with another number of decimals"


def _odd(column: Column) -> Callable[[float], bool] | None:
    """Return what tells whether a value is printed otherwise than the rest; None where all are printed alike."""
    printed = column.printed
    if column.shapes.bit_count() <= 1:
        return None
    counted = Counter[int]()
    zeros = Counter[int]()
    for value, count in Counter(each for each in column.values if not math.isnan(each)).items():
        digits = printed[value].bit_length() - 1
        counted[digits] += count
        if digits and round(value * 10 ** (digits - 1), 6).is_integer():
            zeros[digits] += count
    fewest = max((digits for digits, count in zeros.items() if count >= _ZEROS * counted[digits]), default=0)
    usual, most = counted.most_common(1)[0]
    widest, count = max(counted), counted.total()
    if _LEAST * counted[widest] < count and widest < _NOISE:
        widest = usual
    if most >= _MOSTLY * count:
        fewest = max(fewest, usual - 1)
    if count - most <= max(1, _SELDOM * count):
        fewest, widest = max(fewest, usual if count >= _MANY else usual - 1), usual
    allowed = (1 << widest + 1) - (1 << fewest)
    return lambda value: not printed[value] & allowed


def _whole(column: Column) -> Callable[[float], bool] | None:
    """Return what tells whole numbers that lie apart from all others; None where these do not, or are one alone."""
    if not column.shapes & 1 or column.shapes == 1:
        return None
    whole = {value for value, shapes in column.printed.items() if shapes & 1}
    parted = [value for value in column.printed if value not in whole]
    apart = max(min(whole) - max(parted), min(parted) - max(whole)) if parted else 0.0
    alone = apart < _ASIDE or sum(map(column.values.count, whole)) < _BOTH
    return None if alone else whole.__contains__


def _leaps(rows: Rows, steps: Sequence[Step]) -> dict[int, str]:
    """Return where the temperature goes from that of a place to that of an oven, or back."""
    values = rows.temperature.values
    far = (step for step in steps if abs(values[step[1]] - values[step[0]]) >= _LEAP)
    return {at: f"{_goes(rows, before, at)} from one row to the next" for before, at in far}


def _in_another_unit(rows: Rows, steps: Sequence[Step]) -> dict[int, str]:
    """Return where the temperature goes on in the other unit; nothing where it steps so far by itself as well."""

    def same(was: float, now: float) -> str:
        celsius, fahrenheit = sorted((was, now))  # of one temperature °F is more, down to -40
        alike = _is_near(Unit.FAHRENHEIT.celsius(fahrenheit), celsius, fahrenheit - celsius)
        return f"{fahrenheit:g} °F is about {celsius:g} °C" if alike else ""

    return _all_the_same(rows, steps, same)


def _without_sign(rows: Rows, steps: Sequence[Step]) -> dict[int, str]:
    """Return where the temperature goes on with the other sign; nothing where it steps so far by itself as well."""

    def same(was: float, now: float) -> str:
        return "that is the same with the other sign" if _is_near(-was, now, abs(now - was)) else ""

    values = rows.temperature.values
    mirrored = (step for step in steps if values[step[0]] == -values[step[1]] and abs(values[step[0]]) >= _MIRRORED)
    exactly = {at: f"{_goes(rows, before, at)}, its own number with the other sign" for before, at in mirrored}
    return exactly | _all_the_same(rows, steps, same)


def _is_near(one: float, other: float, step: float) -> bool:
    return abs(one - other) <= max(_NEAR, _NEARLY * step)


def _all_the_same(rows: Rows, steps: Sequence[Step], same: Callable[[float, float], str]) -> dict[int, str]:
    """Return in words what each large step is; nothing of one where any is half as large and is not."""
    values, own = rows.temperature.values, 0.0
    found: dict[int, tuple[float, str]] = {}
    for before, at in steps:
        step = abs(values[at] - values[before])
        if step >= _APART:
            said = same(values[before], values[at])
            own = own if said else max(own, step)
            found |= {at: (step, f"{_goes(rows, before, at)}, and {said}")} if said else {}
    return {at: said for at, (step, said) in found.items() if step >= _OWN * own}


def _without_digits(rows: Rows, steps: Sequence[Step]) -> Iterator[tuple[int, str]]:
    """Yield the one row of a file whose temperature has fewer digits than those beside it and is far from them."""
    values, last = rows.temperature.values, len(rows.temperature.values) - 1
    far = [step for step in steps if abs(values[step[1]] - values[step[0]]) >= _APART]
    if not 0 < len(far) <= _BOTH:
        return
    (was, at), (before, after) = far[0], far[-1]
    ends = len(far) == 1 and (at == last or was == 0)
    if ends or (at == before and abs(values[after] - values[was]) <= _NEAR):
        odd, beside = (was, at) if ends and was == 0 else (at, was)
        if _digits(values[odd]) < _digits(values[beside]):
            yield at, f"{_goes(rows, was, at)} in this row alone, a number of fewer digits"


def _without_first(rows: Rows, steps: Sequence[Step]) -> dict[int, str]:
    """Return where the temperature goes to and fro without its first digit; nothing where it does but once or twice."""

    def same(was: float, now: float) -> str:
        few, many = sorted((abs(was), abs(now)))
        tens = 10 * round((many - few) / 10)
        lost = _digits(few) < _digits(many) and abs(many - few - tens) <= _NEAR
        return f"{few:g} is about {many:g} without its first digit" if lost else ""

    found = _all_the_same(rows, steps, same)
    return found if len(found) > _BOTH else {}


def _codes(rows: Rows, steps: Sequence[Step]) -> dict[int, str]:
    """Return where the temperature goes to and from what sensors say that were just switched on, or not read."""

    def same(was: float, now: float) -> str:
        said = {was, now} & _STARTED
        return f"{said.pop():g} is what sensors say that were not read" if said else ""

    return _all_the_same(rows, steps, same)


def _digits(value: float) -> int:
    return len(str(int(abs(value))).lstrip("0"))


def _without_mark(rows: Rows, steps: Sequence[Step]) -> dict[int, str]:
    """Return where the temperature goes on as ten, a hundred or a thousand times as much, without decimals.

    Where zeros are left out 24 may stand beside 2.4, so that it has to be more than a room is, or so in all steps
    between numbers with decimals and without.
    """
    column = rows.temperature
    if not column.shapes & 1 or column.shapes == 1:
        return {}
    whole = {value for value, shapes in column.printed.items() if shapes & 1}
    parted = [value for value in column.printed if value not in whole]
    apart = parted and (min(whole) > max(parted) or max(whole) < min(parted))
    found = {}
    for before, at in steps:
        few, many = sorted((column.values[before], column.values[at]), key=abs)
        if many not in whole or not (abs(many) >= _HOT or (apart and few not in whole)):
            continue
        power = next((each for each in _POWERS if _is_near(many / each, few, abs(few))), None)
        if power is not None:
            found[at] = f"{_goes(rows, before, at)}, and {many:g} is about {few:g} without its decimal mark"
    return found


def _goes(rows: Rows, before: int, at: int) -> str:
    values = rows.temperature.values
    return f"the temperature goes from {values[before]:g} to {values[at]:g}"
