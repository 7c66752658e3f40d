"""Times of day and whole moments as loggers print them, and the texts that hold a date and a time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

LONGEST = 48
"""Characters of a cell in which a moment is looked for."""

_BEFORE_NOON = (
    *("am", "a m", "a", "ante meridiem", "vorm", "vm", "fm", "dop", "de", "ap", "sa", "öö"),
    *("πμ", "π μ", "дп", "ص", "上午", "午前", "오전"),
)
_AFTER_NOON = (
    *("pm", "p m", "p", "post meridiem", "nachm", "nm", "em", "odp", "du", "ip", "ch", "ös"),
    *("μμ", "μ μ", "пп", "م", "下午", "午後", "오후"),
)
_HALVES = {**dict.fromkeys(_BEFORE_NOON, 0), **dict.fromkeys(_AFTER_NOON, 12)}
_MARK = r"[^\W\d_][^\d:]{0,14}?"
_CLOCK = re.compile(
    rf"(?:(?P<before>{_MARK})\s*)?(?P<hour>[0-9]{{1,2}})(?P<sep>[:.])(?P<minute>[0-9]{{2}})"
    rf"(?:(?P=sep)(?P<second>[0-9]{{2}})(?:[.,](?P<part>[0-9]{{1,6}}))?)?"
    rf"(?:\s*(?P<after>{_MARK}))??\s*(?P<offset>Z|UTC|GMT|(?:UTC|GMT)?\s?[+−-][0-9]{{2}}:?[0-9]{{2}})?",
    re.IGNORECASE,
)
_WITHIN = re.compile(
    rf"(?P<day>\D*[0-9].*?[0-9.年月日년월일])(?:\s*[T,]\s*|\s+)(?P<clock>(?:{_MARK}\s*)?[0-9]{{1,2}}[:.][0-9]{{2}}(?:[:.][0-9].*|\s.*|\D.*)?)"
)
_FIRST = re.compile(
    r"(?P<clock>[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:\s*[ap]\.?\s?m\.?)?)\s+(?P<day>[0-9]{1,4}[./-].*)", re.IGNORECASE
)
_NOON = 12
_HOURS, _SIXTY = 24, 60
_FURTHEST = 14 * 3600
"""Seconds from Greenwich; no zone lies further (Kiritimati)."""
_BLANKS = str.maketrans({"\u202f": " ", "\u00a0": " ", "\u2009": " "})
_WRITTEN = re.compile(r"([0-9]{1,2})\s*[時时시]\s*([0-9]{1,2})\s*[分분]\s*(?:([0-9]{1,2})\s*[秒초])?")


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day."""

    seconds: float
    """Since midnight."""
    halved: bool = False
    """Whether the hour came with a mark for the half of the day."""
    offset: int | None = None
    """Seconds east of Greenwich, where it is printed."""


@lru_cache(maxsize=131_072)
def clock(text: str) -> Clock | None:
    """Return the time of day that a whole text says, or None.

    24:00 is the midnight that ends the day it stands beside.

    >>> clock("05:00:30 PM").seconds, clock("오후 5:00").seconds, clock("17時00分").seconds, clock("25:00")
    (61230.0, 61200.0, 61200.0, None)
    """
    found = _CLOCK.fullmatch(_plain(text)) if len(text) <= LONGEST else None
    if found is None:
        return None
    marks = [_half(mark) for mark in (found["before"], found["after"]) if mark]
    hour, minute, second = int(found["hour"]), int(found["minute"]), int(found["second"] or 0)
    if len(marks) > 1 or None in marks or minute >= _SIXTY or second >= _SIXTY:
        return None
    offset = _offset(found["offset"])
    if (hour, minute, second) > (_HOURS, 0, 0) or abs(offset or 0) > _FURTHEST:
        return None
    if marks:
        if hour > _NOON:
            return None
        hour = hour % _NOON + (marks[0] or 0)
    part = float(f"0.{found['part']}") if found["part"] else 0.0
    return Clock(hour * 3600 + minute * 60 + second + part, bool(marks), offset)


def _plain(text: str) -> str:
    """Return a text without odd blanks, and with a clock that is written out, as in Japan, as others print it."""
    plain = text.translate(_BLANKS).strip()
    return _WRITTEN.sub(lambda found: ":".join(filter(None, found.groups())), plain)


def _half(mark: str) -> int | None:
    return _HALVES.get(" ".join(mark.casefold().replace(".", " ").split()))


def _offset(text: str | None) -> int | None:
    if text is None:
        return None
    digits = [int(each) for each in re.findall(r"[0-9]{2}", text)]
    if not digits:
        return 0
    east = digits[0] * 3600 + digits[1] * 60
    return -east if re.search("[−-]", text) else east


@lru_cache(maxsize=4096)
def halves(text: str) -> tuple[str, str] | None:
    """Return the date and the time that one text holds, or None where it is no moment.

    >>> halves("2026-03-05T10:00:00Z"), halves("3/5/26 5:00 PM"), halves("21.5")
    (('2026-03-05', '10:00:00Z'), ('3/5/26', '5:00 PM'), None)
    """
    plain = _plain(text[: LONGEST + 1])
    if len(plain) > LONGEST or not plain[:1].isalnum():
        return None
    for shape in (_WITHIN, _FIRST):
        found = shape.fullmatch(plain)
        if found is not None and clock(found["clock"]) is not None:
            return found["day"].strip(" ,"), found["clock"]
    return None
