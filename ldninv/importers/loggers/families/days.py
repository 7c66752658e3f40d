"""The blocks of a Fridge-tag's file: numbered from 1 on, a day each, the newest first."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from ldninv.domain.batch_list import Remark
from ldninv.domain.refusal import Refused
from ldninv.importers.loggers.values import is_fault, number
from ldninv.importers.sheets import quoted

_BLOCK = re.compile(r"^ ([0-9]{1,4}):\s*$")
_DAY = re.compile(r"^\s*Date:\s*(.*?)\s*$")
_FIGURE = re.compile(r"^\s*(Min|Max|Avrg) T:\s*([^,\s]*(?:,[0-9]+)?)\s*([^,]*?)\s*(,.*)?$")
_KEPT = re.compile(r"^\s*Report history length:\s*([0-9]{1,4})\s*$", re.MULTILINE)
_STARTED = re.compile(r"^\s*TS Actv:\s*([0-9]{4}-[0-9]{2}-[0-9]{2})", re.MULTILINE)
_NEEDED = frozenset({"Min", "Max"})
_AGAIN = "Read the device out again."


@dataclass(slots=True)
class Block:
    """What a file says of one day."""

    line: int
    number: int | None
    """None in a file that does not number its days."""
    day: date | None = None
    """None where the line of the date is lost."""
    figures: dict[str, float] = field(default_factory=dict)

    @property
    def is_whole(self) -> bool:
        """Whether the day has a lowest and a highest."""
        return self.day is not None and self.figures.keys() >= _NEEDED

    @property
    def real(self) -> date:
        """The day of a block that has one."""
        if self.day is None:
            raise AssertionError(self)
        return self.day


def found(name: str, text: str) -> tuple[list[Block], list[tuple[int, str]]]:
    """Return every block, and with their lines what no device measures.

    Raises:
        Refused: a day or a figure is none, a figure belongs to no day, or a day has one twice.
    """
    blocks: list[Block] = []
    faults: list[tuple[int, str]] = []
    said: set[str] = set()
    timed: dict[bool, int] = {}
    digits: dict[int, list[int]] = {}
    any_day = any(map(_DAY.match, text.splitlines()))
    for line, words in enumerate(text.splitlines(), 1):
        begun, day, figure = _BLOCK.match(words), _DAY.match(words), _FIGURE.match(words)
        if begun is not None:
            blocks.append(Block(line, int(begun[1])))
            said = set()
        elif day is not None:
            _date(name, blocks, line, day[1])
            said = set()
        elif figure is not None:
            if not any_day:
                continue  # a Q-tag states its lowest and highest so, above readings that are lost here
            if not blocks or blocks[-1].day is None:
                raise Refused(f"{name}, line {line}: the {figure[1]} T stands under no date. {_AGAIN}")
            if figure[1] in said:
                raise Refused(f"{name}, line {line}: the day has its {figure[1]} T twice. {_AGAIN}")
            said.add(figure[1])
            if figure[1] in _NEEDED:
                timed.setdefault(bool(figure[4]), line)
            if is_fault(figure[2]):
                faults.append((line, figure[2]))
            else:
                blocks[-1].figures[figure[1]] = _figure(f"{figure[2]} {figure[3]}".strip(), line)
                digits.setdefault(number(figure[2]).digits, []).append(line)
    _refuse_unlike(name, timed, digits)
    return blocks, faults


def refuse_contradicted(name: str, days: Sequence[Block]) -> None:
    """Refuse days that cannot be.

    Raises:
        Refused: a lowest is above its highest, a mean is not between them, or a day stands there twice.
    """
    seen: dict[date, int] = {}
    for each in days:
        low, high, mean = each.figures["Min"], each.figures["Max"], each.figures.get("Avrg")
        where = f"{name}, line {each.line}: the"
        if low > high:
            raise Refused(f"{where} lowest of {each.day} is above its highest. {_AGAIN}")
        if mean is not None and not low <= mean <= high:
            raise Refused(f"{where} mean of {each.day} is not between its lowest and its highest. {_AGAIN}")
        if seen.setdefault(each.real, each.line) != each.line:
            raise Refused(f"{name} has {each.day} twice, on lines {seen[each.real]} and {each.line}. {_AGAIN}")


def lost(name: str, text: str, blocks: Sequence[Block]) -> list[Remark]:
    """Return which days are missing between the blocks, before them and after them.

    Raises:
        Refused: dates do not fall as the numbers of their blocks rise.
    """
    first = blocks[0]
    said = [
        Remark(each.line, f"the block {each.number} has no date; its day is missing")
        for each in blocks
        if each.day is None
    ]
    if first.number not in (None, 1):
        said.append(Remark(first.line, f"the first block is number {first.number}; the days before it are missing"))
    for before, after in pairwise(blocks):
        if before.number is not None and after.number not in (None, before.number + 1):
            jump = f"block {after.number} follows on block {before.number}"
            said.append(Remark(after.line, f"{jump}; the days between are missing"))
    return [*said, *_between(name, blocks), *_after(text, blocks)]


def _between(name: str, blocks: Sequence[Block]) -> list[Remark]:
    """Return between which days without a number others are missing.

    Raises:
        Refused: those with a number have dates that do not fit it.
    """
    said = []
    for before, after in pairwise(each for each in blocks if each.day is not None):
        fell = (before.real - after.real).days
        if before.number is None or after.number is None:
            if abs(fell) > 1:
                said.append(
                    Remark(after.line, f"{after.day} follows on {before.day}; the days between are missing"),
                )
        elif fell != after.number - before.number:
            raise Refused(
                f"{name}, line {after.line}: block {after.number} says {after.day}, which its number does not fit "
                f"after {before.day} in block {before.number}. A date was changed or blocks were moved; read the "
                "device out again."
            )
    return said


def _after(text: str, blocks: Sequence[Block]) -> list[Remark]:
    """Return whether days are missing after the last block, which the device keeps and was already started on."""
    kept, started, last = _KEPT.search(text), _STARTED.search(text), blocks[-1]
    if kept is None or started is None or last.day is None or (last.number or len(blocks)) >= int(kept[1]):
        return []
    begun = _real(started[1], text.count("\n", 0, started.start(1)) + 1)
    if begun >= last.day:
        return []
    why = f"the device keeps {int(kept[1])} days and was started on {begun}, but the days end with {last.day}"
    return [Remark(last.line, f"{why}; those before it are missing")]


def _date(name: str, blocks: list[Block], line: int, text: str) -> None:
    """Give its date to the block that was begun; one without a number begins with it."""
    day = _real(text, line)
    if not blocks or blocks[-1].number is None:
        blocks.append(Block(line, None, day))
        return
    if blocks[-1].day is not None:
        raise Refused(f"{name}, line {line}: the block {blocks[-1].number} has a second date. {_AGAIN}")
    blocks[-1].line, blocks[-1].day = line, day


def _refuse_unlike(name: str, timed: dict[bool, int], digits: dict[int, list[int]]) -> None:
    """Refuse figures that are not printed as the others are: a time or a decimal was lost.

    Raises:
        Refused: some are not.
    """
    if len(timed) > 1:
        raise Refused(
            f"{name}, line {timed[False]}: no time stands behind the figure, as it does behind others, so that its end "
            f"may be lost. {_AGAIN}"
        )
    if len(digits) > 1:
        fewest = min(digits.values(), key=len)
        raise Refused(
            f"{name}, line {fewest[0]}: the figure has other decimals than the others, so that its decimal mark or a "
            f"digit may be lost. {_AGAIN}"
        )


def _figure(text: str, line: int) -> float:
    """Return a temperature, its decimals behind a point or a comma.

    Raises:
        Refused: it is none.
    """
    said = number(text)
    if math.isnan(said.value) or said.words or said.unit is not None:  # the device prints its unit once, above
        raise Refused(f"Line {line} holds {quoted(text)}, which is no temperature. {_AGAIN}")
    return said.value


def _real(text: str, line: int) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused(f"Line {line} holds {text}, which is no day of the calendar. {_AGAIN}") from None
