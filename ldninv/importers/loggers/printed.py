"""The times of all rows as a logger's file prints them: days and times of day, before an order is settled."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from operator import itemgetter
from typing import overload

from ldninv.domain.pieces import pieces
from ldninv.importers import dates
from ldninv.importers.loggers.clocks import clock, halves
from ldninv.importers.loggers.headings import folded

EPOCH = date(1970, 1, 1).toordinal()
_CHARACTERS = str.maketrans("年月日년월일", "--\x20--\x20")
_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "monday mon montag mo lundi lun lunes",
            "tuesday tue tues dienstag di mardi mar martes",
            "wednesday wed mittwoch mi mercredi mer miercoles mie",
            "thursday thu thur thurs donnerstag do jeudi jeu jueves jue",
            "friday fri freitag fr vendredi ven viernes vie",
            "saturday sat samstag sonnabend sa samedi sam sabado sab",
            "sunday sun sonntag so dimanche dim domingo dom",
        )
    )
    for name in names.split()
}
_WITH_WEEKDAY = re.compile(r"(?P<name>[^\W\d_]{2,10})(?:\.,|[.,])?\s+(?P<rest>\S.*)")


class BadMoment(Exception):
    """A row whose time cannot be read; `row` is its index."""

    def __init__(self, row: int) -> None:
        super().__init__(row)
        self.row = row


class Part(Sequence[str]):
    """The same stretch of many texts, cut out when it is asked for."""

    def __init__(self, texts: Sequence[str], stretch: slice) -> None:
        self._texts = texts
        self._cut: Callable[[str], str] = itemgetter(stretch)

    def __len__(self) -> int:
        """Return how many texts there are."""
        return len(self._texts)

    def __iter__(self) -> Iterator[str]:
        """Yield every text's stretch."""
        return map(self._cut, self._texts)

    @overload
    def __getitem__(self, at: int) -> str: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[str]: ...

    def __getitem__(self, at: int | slice) -> str | Sequence[str]:
        """Return one text's stretch, or several."""
        return self._cut(self._texts[at]) if isinstance(at, int) else list(map(self._cut, self._texts[at]))


@dataclass(frozen=True)
class Printed:
    """The times of all rows as the file prints them, in halves."""

    days: Sequence[str]
    clocks: Sequence[str]

    @cached_property
    def different_days(self) -> frozenset[str]:
        """Every text of a day, once."""
        return _different(self.days)

    @cached_property
    def different_clocks(self) -> frozenset[str]:
        """Every text of a time of day, once."""
        return _different(self.clocks)

    @classmethod
    def of(cls, texts: Sequence[str]) -> Printed:
        """Return the halves of moments that stand in one cell.

        Raises:
            BadMoment: one of them is none.
        """
        at = texts[0].find(" ") if texts else -1
        if at > 0:
            split = cls(Part(texts, slice(at)), Part(texts, slice(at + 1, None)))
            if all(map(_is_day, split.different_days)) and all(map(clock, split.different_clocks)):
                return split
        both = []
        known: dict[str, tuple[str, str] | None] = {}
        for row, text in enumerate(texts):
            found = known.get(text) or known.setdefault(text, halves(text))
            if found is None:
                raise BadMoment(row)
            both.append(found)
        return cls([day for day, _ in both], [time for _, time in both])


def _different(texts: Sequence[str]) -> frozenset[str]:
    found: set[str] = set()
    for part in pieces(len(texts)):
        found.update(texts[part])
    return frozenset(found)


def _is_day(text: str) -> bool:
    return " " not in text and bool(written(text).days)


def written(text: str) -> dates.Written:
    """Return what the text of a day may mean, in any order; a weekday before it says which of these are meant.

    >>> [str(day) for _, day in written("Thu 05/03/2026").days], written("Mon 5 Mar 2026").days
    (['2026-03-05'], ())
    """
    plain = text.translate(_CHARACTERS).strip()
    said = dates.written(plain)
    found = _WITH_WEEKDAY.fullmatch(plain) if plain[:1].isalpha() and not said.shaped else None
    weekday = _WEEKDAYS.get(folded(found["name"])) if found is not None else None
    if found is None or weekday is None:
        return said
    dated = dates.written(found["rest"])
    return replace(dated, days=tuple(each for each in dated.days if each[1].weekday() == weekday))


def since(day: date) -> float:
    """Return the seconds from 1970-01-01 to a day.

    >>> since(date(1970, 1, 2))
    86400.0
    """
    return (day.toordinal() - EPOCH) * 86400.0


def moment(text: str) -> float | None:
    """Return a moment whose date has one order only, in seconds since 1970 of the printed clock.

    >>> moment("2026-01-02 00:01"), moment("02.01.1970 00:01")
    (1767312060.0, None)
    """
    both = halves(text)
    time = clock(both[1]) if both is not None else None
    days = written(both[0]).days if both is not None else ()
    if time is None or not days or days[0][0] is not None:
        return None
    return since(days[0][1]) + time.seconds


def shaped_like_day(text: str) -> bool:
    """Whether a cell looks like a date alone.

    >>> shaped_like_day("24/01/2020"), shaped_like_day("24.5"), shaped_like_day("10:00")
    (True, False, False)
    """
    said = written(text)
    return said.shaped and said.month is None and bool(said.days or said.too_early)


def is_moment(texts: Sequence[str]) -> bool:
    """Whether one cell, or those of date and time, look like a moment.

    >>> is_moment(["24/01/2020", "13:08"]), is_moment(["24/01/2020"])
    (True, False)
    """
    both = halves(texts[0]) if len(texts) == 1 else texts
    return both is not None and shaped_like_day(both[0]) and clock(both[1]) is not None
