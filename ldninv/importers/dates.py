"""The dates of a list: one order for the whole file, and never a guess.

A day with its year first, with its month as a word, or known to the workbook needs no order. All others are read in
one order for the whole file, chosen from what every row shows: days that are real in one order alone are the evidence.
Days that are real in no order (30 February) are evidence of nothing and stay bad rows. Where nothing decides, where
rows contradict each other, or where years have two digits, a person is asked. What does not fit the order that they
state is a bad row; the statement itself is refused where some rows contradict it and none bears it out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from ldninv.domain.batch_list import DateOrder, DateOrderUnclear, Reading
from ldninv.domain.days import month_end
from ldninv.domain.refusal import Refused
from ldninv.importers.sheets import Cell, Unfit, quoted

EARLIEST = 2000
"""The first year that is believed; before it lie slips of the finger and a spreadsheet's empty dates."""

WORDS = {DateOrder.MDY: "month first", DateOrder.DMY: "day first", DateOrder.YMD: "year first"}

_LONGEST = 40
_YEAR, _SHORT = 4, 2
"""Digits of a whole year, and of any other number in a date."""
_AROUND = re.compile(r" ?([./-]) ?")
_CLOCK = re.compile(
    r"[T ](?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:[.,][0-9]+)?)?(?: ?[ap]\.?m\.?)?$", re.ASCII | re.IGNORECASE
)
_NUMERIC = re.compile(r"([0-9]{1,4})([./ -])([0-9]{1,2})\2([0-9]{1,4})\.?", re.ASCII)
_COMPACT = re.compile(r"(20[0-9]{2})([0-9]{2})([0-9]{2})", re.ASCII)
_MONTH = re.compile(r"([0-9]{4})[./-]([0-9]{1,2})|([0-9]{1,2})[./-]([0-9]{4})", re.ASCII)
_NAMED = re.compile(r"[0-9a-z .,/-]+", re.ASCII)
_PARTS = re.compile(r"([0-9]+)(?:st|nd|rd|th|er)?(?![a-z0-9])|([0-9]+)|([a-z]+)", re.ASCII)
_SMALL_WORDS = {"de", "del", "of", "the", "le"}
_DASHES = str.maketrans("‐‑‒–—−", "------")
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar janner janvier janv enero ene",
            "february feb februar fevrier fevr fev febrero",
            "march mar marz maerz mrz mars marzo",
            "april apr avril avr abril abr",
            "may mai mayo",
            "june jun juni juin junio",
            "july jul juli juillet juil julio",
            "august aug aout agosto ago",
            "september sep sept septembre septiembre setiembre set",
            "october oct oktober okt octobre octubre",
            "november nov novembre noviembre",
            "december dec dezember dez decembre diciembre dic",
        ),
        1,
    )
    for name in names.split()
}


@dataclass(frozen=True, slots=True)
class Written:
    """A date as it was written, before its order is known."""

    days: tuple[tuple[DateOrder | None, date], ...] = ()
    """The real days it may be, by order; None for a day that needs no order."""
    shaped: bool = False
    """Whether it looks like a date at all."""
    short: bool = False
    """Whether its year has two digits."""
    month: date | None = None
    """The last day of the month, where no day is given."""
    too_early: bool = False

    def under(self, order: DateOrder | None) -> date | None:
        """Return its day in the file's order, or None."""
        for each, day in self.days:
            if each is None or each is order or order is None:
                return day
        return None

    @property
    def open(self) -> bool:
        """Whether its day depends on the order."""
        return len({day for _, day in self.days}) > 1


def chosen(name: str, texts: Iterable[tuple[int, str]], stated: DateOrder | None) -> DateOrder | None:
    """Return the order of a file's dates, or None where none of them needs one.

    Args:
        name: The file's, for messages.
        texts: Every date cell that is text, with its line.
        stated: What a person said.

    Raises:
        DateOrderUnclear: more than one order fits, or the rows contradict each other, and nobody said which holds.
        Refused: a person said an order that no row bears out and some contradict.
    """
    first: dict[str, int] = {}
    for line, text in texts:
        first.setdefault(text, line)
    evidence: dict[DateOrder, str] = {}
    unsettled: str | None = None
    short: str | None = None
    for text in first:
        said = written(text)
        if len(said.days) == 1 and said.days[0][0] is not None:
            evidence.setdefault(said.days[0][0], text)
        elif said.open and unsettled is None:
            unsettled = text
        if said.short and said.days and short is None:
            short = text
    if stated is not None:
        return _borne_out(name, stated, evidence, first) if evidence or unsettled else None
    if short is not None:
        return _only_fitting(name, short, first)
    if len(evidence) > 1:
        (one, here), (other, there) = [(order, _placed(text, first)) for order, text in evidence.items()][:2]
        raise DateOrderUnclear(
            f"{name} mixes its dates: {here} is {WORDS[one]}, {there} is {WORDS[other]}. Say which holds for the file "
            f"({one} or {other}); the lines that do not fit are then listed.",
            tuple(Reading(order, text, day) for order, text in evidence.items() for _, day in written(text).days),
        )
    if unsettled is not None and not evidence:
        raise _unclear(name, unsettled, first[unsettled])
    return next(iter(evidence), None)


def _only_fitting(name: str, short: str, lines: Mapping[str, int]) -> DateOrder:
    """Return the one order in which every date of a file with two-digit years can be read."""
    readings = [{order for order, _ in said.days if order is not None} for said in map(written, lines) if said.days]
    fitting = [order for order in DateOrder if all(order in each for each in readings if each)]
    if len(fitting) != 1:
        raise _unclear(name, short, lines[short])
    return fitting[0]


def _unclear(name: str, text: str, line: int) -> DateOrderUnclear:
    readings = tuple(Reading(order, text, day) for order, day in written(text).days if order is not None)
    listed = " or ".join(f"{each.day} ({WORDS[each.order]}: {each.order})" for each in readings)
    why = "have years of two digits" if written(text).short else "can be read in more than one way"
    return DateOrderUnclear(
        f"The dates of {name} {why}: {quoted(text)} on line {line} may be {listed}. Say which order holds.",
        readings,
    )


def _placed(text: str, lines: Mapping[str, int]) -> str:
    return f"{quoted(text)} on line {lines[text]}"


def _borne_out(name: str, stated: DateOrder, evidence: Mapping[DateOrder, str], lines: Mapping[str, int]) -> DateOrder:
    if evidence and stated not in evidence:
        other, text = next(iter(evidence.items()))
        where = _placed(text, lines)
        raise Refused(
            f"The dates of {name} are not {WORDS[stated]} ({stated}): {where} can only be {WORDS[other]} ({other}), "
            f"and no line can only be {WORDS[stated]}. Say {other}, or correct that date."
        )
    return stated


def day(cell: Cell, order: DateOrder | None, *, month_counts: bool = False) -> date | Unfit:
    """Return the day a cell holds.

    Args:
        cell: As it came.
        order: The file's, from `chosen`.
        month_counts: Whether a month without a day means its last day (R3), as it does where something expires.

    >>> day("05/2027", None, month_counts=True), day("3. März 2026", None)
    (datetime.date(2027, 5, 31), datetime.date(2026, 3, 3))
    """
    if isinstance(cell, date):
        return cell if cell.year >= EARLIEST else Unfit(f"{quoted(cell)} lies before the year {EARLIEST}")
    if not isinstance(cell, str):
        return cell if isinstance(cell, Unfit) else Unfit(f"{quoted(cell)} is a number, not a date")
    return _day(cell, order, month_counts=month_counts)


@lru_cache(maxsize=65536)
def _day(text: str, order: DateOrder | None, *, month_counts: bool) -> date | Unfit:
    said = written(text)
    found = said.under(order)
    if found is not None:
        return found
    if said.month is not None:
        return said.month if month_counts else Unfit(f"{quoted(text)} names no day")
    if said.days and order is not None:
        return Unfit(f"{quoted(text)} is no date written {WORDS[order]}, as the file's others are")
    if said.too_early:
        return Unfit(f"{quoted(text)} lies before the year {EARLIEST}")
    return Unfit(f"{quoted(text)} is no day of the calendar" if said.shaped else f"{quoted(text)} is no date")


@lru_cache(maxsize=65536)
def written(text: str) -> Written:
    """Return what a text says of a day, before the file's order is known.

    >>> written("04/09/2025").open, written("2025-09-04").open
    (True, False)
    """
    if len(text) > _LONGEST:
        return Written()
    text = _CLOCK.sub("", _AROUND.sub(r"\1", " ".join(text.translate(_DASHES).split())))
    if found := _NUMERIC.fullmatch(text):
        return _numeric(found[1], found[3], found[4])
    if found := _COMPACT.fullmatch(text):
        return _numeric(found[1], found[2], found[3])
    if found := _MONTH.fullmatch(text):
        return _month(int(found[1] or found[4]), int(found[2] or found[3]))
    return _named(text)


def _numeric(first: str, second: str, third: str) -> Written:
    a, b, c = int(first), int(second), int(third)
    if len(first) == _YEAR and len(third) <= _SHORT:
        return _of(((None, a, b, c),))
    if len(first) <= _SHORT and len(third) == _YEAR:
        return _of(((DateOrder.DMY, c, b, a), (DateOrder.MDY, c, a, b)))
    if max(len(first), len(third)) != _SHORT:
        return Written()
    year_last = ((DateOrder.DMY, 2000 + c, b, a), (DateOrder.MDY, 2000 + c, a, b)) if len(third) == _SHORT else ()
    year_first = ((DateOrder.YMD, 2000 + a, b, c),) if len(first) == _SHORT else ()
    return _of((*year_last, *year_first), short=True)


def _of(readings: tuple[tuple[DateOrder | None, int, int, int], ...], *, short: bool = False) -> Written:
    days: list[tuple[DateOrder | None, date]] = []
    too_early = False
    for order, year, month, number in readings:
        try:
            days.append((order, date(year, month, number)))
        except ValueError:
            continue
        if year < EARLIEST:
            days.pop()
            too_early = True
    return Written(tuple(days), shaped=True, short=short, too_early=too_early)


def _month(year: int, month: int) -> Written:
    if month not in _MONTHS.values() or year < EARLIEST:
        return Written(shaped=True, too_early=0 < year < EARLIEST)
    return Written(month=month_end(year, month), shaped=True)


def _named(text: str) -> Written:
    """Return what a text with its month as a word says: `3 Mar 2026`, `03-MRZ-26`, `March 3, 2026`, `mai 2027`."""
    plain = "".join(each for each in unicodedata.normalize("NFKD", text).casefold() if not unicodedata.combining(each))
    parts = (
        [a or b or c for a, b, c in _PARTS.findall(plain) if c not in _SMALL_WORDS] if _NAMED.fullmatch(plain) else []
    )
    words = [part for part in parts if not part.isdigit()]
    numbers = [part for part in parts if part.isdigit()]
    if len(words) != 1 or words[0] not in _MONTHS:
        return Written()
    month = _MONTHS[words[0]]
    match [len(number) for number in numbers]:
        case [4]:
            return _month(int(numbers[0]), month)
        case [4, 1 | 2]:
            return _of(((None, int(numbers[0]), month, int(numbers[1])),))
        case [1 | 2, 4]:
            return _of(((None, int(numbers[1]), month, int(numbers[0])),))
        case [1 | 2, 2]:  # the day stands first wherever people write a month as a word
            return _of(((None, 2000 + int(numbers[1]), month, int(numbers[0])),))
    return Written()
