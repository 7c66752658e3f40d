"""What a person typed into the fields of a form, read, or refused with the field's name; no Qt."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, time
from typing import TypeVar

from ldninv.domain.days import month_end, parse_day
from ldninv.domain.refusal import Refused

Value = TypeVar("Value")


class Unread(Refused):
    """A field holds what cannot be read."""

    def __init__(self, field: str, text: str) -> None:
        super().__init__(text)
        self.field = field


def read(field: str, read: Callable[[], Value]) -> Value:
    """Return what stands in a field.

    Raises:
        Unread: it cannot be; the error names the field.
    """
    try:
        return read()
    except Refused as why:
        raise Unread(field, str(why)) from None


def day(text: str) -> date:
    """Return the day that a person typed; a month alone means its last day (R3).

    >>> day("2027-05"), day("2027-05-12")
    (datetime.date(2027, 5, 31), datetime.date(2027, 5, 12))
    """
    bare = text.strip()
    found = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", bare, re.ASCII)
    if found is not None and int(found[1]):
        return month_end(int(found[1]), int(found[2]))
    return parse_day(bare)


def time_of_day(text: str) -> time | None:
    """Return the time that a person typed; None where nothing stands there.

    Raises:
        Refused: it is none.

    >>> time_of_day("7:05"), time_of_day("1405"), time_of_day(" ")
    (datetime.time(7, 5), datetime.time(14, 5), None)
    """
    bare = text.strip()
    if not bare:
        return None
    found = re.fullmatch(r"([01]?\d|2[0-3])[:.]?([0-5]\d)", bare, re.ASCII)
    if found is None:
        raise Refused(f"“{bare}” is no time of the day. Write it as 07:45.")
    return time(int(found[1]), int(found[2]))
