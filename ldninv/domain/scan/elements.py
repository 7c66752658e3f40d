"""GS1 element strings: each identifier with its value, read strictly (R33; GS1 General Specifications 3, 7.8, 7.12).

The identifiers come from `biip`'s table, loaded when a code asks for it. What `biip` lets pass is checked here: check
digits, dates, empty values, characters, the same identifier twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta

from ldninv.domain.scan.plain import GS

if TYPE_CHECKING:
    from biip.gs1_application_identifiers import GS1ApplicationIdentifier

Element = tuple[str, str]
"""An application identifier and its value."""

IMPLAUSIBLE_YEARS = 15
"""An expiry further away than this is flagged."""

DATES = frozenset({"11", "12", "13", "15", "16", "17"})
"""Identifiers whose value is a day, YYMMDD; day 00 is the month's last."""

_WHOLE_DAY_FIRST = frozenset({"7003", "7006", "7007", "4326", "7011", "8008"})
"""Identifiers whose value begins with a day that is named: 00 is none (GS1 Barcode Syntax Dictionary)."""

_OPEN_TIME = frozenset({"4324", "4325"})
"""Identifiers of a day and a time that 9999 leaves open."""

_DATES_FIRST = DATES | _WHOLE_DAY_FIRST | _OPEN_TIME
"""Identifiers whose value begins with a day."""

_LIMITS = (23, 59, 59)
"""The last hour, minute and second."""

_CHECKED = {
    "00": (0, 18), "01": (0, 14), "02": (0, 14), "03": (0, 14), "253": (0, 13), "255": (0, 13), "402": (0, 17),
    "8003": (1, 14), "8006": (0, 14), "8017": (0, 18), "8018": (0, 18), "8026": (0, 14),
    **{f"41{last}": (0, 13) for last in range(8)},
}  # fmt: skip
"""Where in a value the part with a check digit stands; the digit is its last."""

_NOT_IN_SET_82 = re.compile(r"[^!\"%&'()*+,\-./0-9:;<=>?A-Z_a-z]")
_DAY = re.compile(r"\d{6}", re.ASCII)
_LENGTHS = re.compile(r"[NXYZ](\.\.)?(\d+)")


_HALF_A_CENTURY = 50


class NotGS1(ValueError):
    """A text is no GS1 code; the reason is fit to show."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the elements of a code say."""

    elements: tuple[Element, ...]
    today: date
    """What a two-digit year is read from (GS1 General Specifications 7.12)."""

    def value(self, identifier: str) -> str | None:
        """Return the value of an application identifier; None where the code has none."""
        return dict(self.elements).get(identifier)

    @property
    def gtin(self) -> str | None:
        """Fourteen digits."""
        return self.value("01")

    @property
    def lot(self) -> str | None:
        """The maker's lot."""
        return self.value("10")

    @property
    def serial(self) -> str | None:
        """The package's own number."""
        return self.value("21")

    @property
    def expiry(self) -> date | None:
        """The last usable day."""
        said = self.value("17") or self.value("7003")
        return None if said is None else day_of(said[:6], self.today)

    @property
    def ndc(self) -> tuple[str, ...]:
        """The ways to hyphenate the NDC that the GTIN carries; which of them is right only a directory knows (R35)."""
        if self.gtin is None or self.gtin[1:3] != "03":
            return ()
        digits = self.gtin[3:13]
        return tuple(
            f"{digits[:first]}-{digits[first : first + second]}-{digits[first + second :]}"
            for first, second in ((4, 4), (5, 3), (5, 4))
        )

    @property
    def implausible(self) -> str | None:
        """Why its expiry is hard to believe, in words."""
        until = self.expiry
        if until is None or abs(until.year - self.today.year) <= IMPLAUSIBLE_YEARS:
            return None
        return f"Its expiry {until} is more than {IMPLAUSIBLE_YEARS} years away. Check it on the package."


def strict(text: str, today: date) -> Reading:
    r"""Return the elements of a GS1 code.

    >>> strict("010034733532683310AB1234\x1d17280331", date(2026, 11, 22)).expiry
    datetime.date(2028, 3, 31)

    Args:
        text: What stands in the symbol, separators as GS; one before the first element is the symbol's own start.
        today: What a two-digit year is read from.

    Raises:
        NotGS1: with the reason.
    """
    rest = text.removeprefix(GS)
    found: list[Element] = []
    while rest:
        element, rest = _first(rest)
        found.append(element)
    return reading(found, today)


def reading(found: Iterable[Element], today: date) -> Reading:
    """Return elements that were read one by one as a whole.

    Raises:
        NotGS1: there is none, a value cannot be, or an identifier comes twice with different values.
    """
    values: dict[str, str] = {}
    for identifier, value in found:
        check(identifier, value)
        if values.setdefault(identifier, value) != value:
            raise NotGS1(f"({identifier}) stands there twice, as {values[identifier]} and as {value}")
    if not values:
        raise NotGS1("it holds no GS1 element")
    return Reading(tuple(values.items()), today)


def written(found: Iterable[Element]) -> str:
    """Return elements as a symbol holds them: GS after each whose length varies, but for the last."""
    return "".join(
        f"{identifier}{value}{GS if known(identifier).separator_required else ''}" for identifier, value in found
    ).removesuffix(GS)


def begins(text: str) -> GS1ApplicationIdentifier | None:
    """Return the application identifier that `text` begins with; None where it begins with none."""
    return _identifier(text[:4])


def known(identifier: str) -> GS1ApplicationIdentifier:
    """Return an application identifier.

    Raises:
        NotGS1: there is none of that number.
    """
    found = _identifier(identifier)
    if found is None or found.ai != identifier:
        raise NotGS1(f"({identifier}) is no GS1 identifier")
    return found


@lru_cache(1_000)
def longest(identifier: str) -> int:
    """Return how many characters its value may have."""
    return sum(int(length) for _, length in _LENGTHS.findall(known(identifier).format)[1:])


def check(identifier: str, value: str) -> None:
    """Check one value against its identifier.

    Raises:
        NotGS1: with what is wrong, in words.
    """
    name = f"({identifier})"
    known(identifier)
    if not value:
        raise NotGS1(f"{name} is empty")
    if odd := _NOT_IN_SET_82.search(value):
        raise NotGS1(f"{name} holds “{odd[0] if odd[0].isprintable() else f'U+{ord(odd[0]):04X}'}”, which no code may")
    if len(value) > longest(identifier):
        raise NotGS1(f"{name} is longer than {longest(identifier)} characters")
    if identifier in _DATES_FIRST:
        _check_moment(identifier, value)
    if re.fullmatch(known(identifier).pattern, f"{identifier}{value}") is None:
        raise NotGS1(f"{name} {value} does not have the form that GS1 gives it ({known(identifier).format})")
    if identifier in _CHECKED:
        start, end = _CHECKED[identifier]
        if not checks(value[start:end]):
            raise NotGS1(f"{name} {value} has a wrong check digit")


def checks(digits: str) -> bool:
    """Whether the last digit is the GS1 check digit of the others (GS1 General Specifications 7.9).

    >>> checks("00347335326833"), checks("00347335326831")
    (True, False)
    """
    return (
        digits.isascii()
        and digits.isdigit()
        and sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(reversed(digits))) % 10 == 0
    )


def day_of(text: str, today: date) -> date:
    """Return the day that YYMMDD means; day 00 is the month's last, the century is the nearest (7.12).

    >>> day_of("280300", date(2026, 11, 22)), day_of("770131", date(2026, 11, 22))
    (datetime.date(2028, 3, 31), datetime.date(1977, 1, 31))

    Raises:
        ValueError: there is no such day.
    """
    year, month, day = (int(text[place : place + 2]) for place in (0, 2, 4))
    nearest = range(today.year - 49, today.year + 51)
    century = today.year // 100 * 100
    year = next(each + year for each in (century - 100, century, century + 100) if each + year in nearest)
    if day == 0:
        return date(year, month, 1) + relativedelta(day=31)
    return date(year, month, day)


def _first(text: str) -> tuple[Element, str]:
    identifier = begins(text)
    if identifier is None:
        raise NotGS1(f"“{text[:4]}” begins no GS1 element")
    body = text[len(identifier) :]
    if identifier.separator_required:
        value, _, rest = body.partition(GS)
        return (identifier.ai, value), rest
    length = longest(identifier.ai)
    value = body[:length].partition(GS)[0]
    return (identifier.ai, value), body[len(value) :].removeprefix(GS)


def _check_moment(identifier: str, value: str) -> None:
    """Check the day that a value begins with, and the time or the second day behind it.

    Raises:
        NotGS1: there is no such day or time, or the second day is before the first.
    """
    day, rest = value[:6], value[6:]
    if _is_no_day(day) or (identifier in _WHOLE_DAY_FIRST and day.endswith("00")):
        raise NotGS1(f"({identifier}) {value} is no date")
    if identifier == "7007":
        if rest and (_is_no_day(rest) or rest.endswith("00")):
            raise NotGS1(f"({identifier}) {value} is no date")
        if (rest and (int(rest[:2]) - int(day[:2])) % 100 > _HALF_A_CENTURY) or (rest[:2] == day[:2] and rest < day):
            raise NotGS1(f"({identifier}) {value} ends before it begins")
    elif rest.isascii() and rest.isdigit() and not (identifier in _OPEN_TIME and rest == "9999"):
        pairs = (rest[at : at + 2] for at in range(0, len(rest), 2))
        if any(int(pair) > most for pair, most in zip(pairs, _LIMITS, strict=False)):
            raise NotGS1(f"({identifier}) {value} has a time that no clock shows")


def _is_no_day(text: str) -> bool:
    if not _DAY.fullmatch(text):
        return True
    try:
        day_of(text, date(2000, 1, 1))
    except ValueError:
        return True
    return False


@lru_cache(1_000)
def _identifier(beginning: str) -> GS1ApplicationIdentifier | None:
    from biip import ParseError
    from biip.gs1_application_identifiers import GS1ApplicationIdentifier

    try:
        return GS1ApplicationIdentifier.extract(beginning)
    except ParseError:
        return None
