"""What tells the files of one maker from another's, and what only that maker's files say."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from ldninv.domain.storage.logger_file import Answers, DailyRecord, LoggerFile, Unit
from ldninv.importers.loggers.layout import Layout
from ldninv.importers.loggers.values import unit_in

_SERIAL_WORD = r"(?:S/N|serial(?: ?(?:number|no|nr))?\.?|serien-?(?:nummer|nr\.?)|n[°º] ?de serie|registration number)"
_SERIAL = re.compile(rf"{_SERIAL_WORD}\s*[:=,;\t ]\s*\"?([A-Z0-9][A-Z0-9_-]{{2,30}})", re.IGNORECASE)
_SERIAL_HEADING = re.compile(_SERIAL_WORD, re.IGNORECASE)
_UNIT = re.compile(
    r"^[, ]*(?:temp[a-z.]*[ _]?)?(?:unit|units|einheit|unité|unidad|scale)\s*[:=,;\t]\s*"
    r"(°?\s?[CF]|celsius|fahrenheit)\b",
    re.IGNORECASE | re.MULTILINE,
)
_ZONE = re.compile(r"(?:GMT|UTC)\s?(?:[+−-]\s?[0-9]{1,2}(?::?[0-9]{2})?)?(?![A-Za-z0-9])")


@dataclass(frozen=True)
class Head:
    """The beginning of a file that is a table."""

    text: str
    """The lines above the first reading, cells parted by commas."""
    layout: Layout

    @cached_property
    def time_heading(self) -> str:
        """What stands above the moment, or above date and time."""
        return " ".join(self.layout.heading(column) for column in self.layout.times)


@dataclass(frozen=True, slots=True)
class Hints:
    """What a file says beside its readings."""

    logger: str = ""
    zone: str = ""
    zone_doubt: str = ""
    unit: Unit | None = None
    unit_from: str = ""
    started: float | None = None
    """When the logger was started, in seconds since 1970 of the printed clock."""


def plain_hints(head: Head) -> Hints:
    """Return what any maker's head may say: a serial number, a zone."""
    unit = _UNIT.search("\n".join(_above(head)))
    zone = _ZONE.search(head.time_heading) or _ZONE.search(head.text)
    return Hints(
        logger=_serial(head),
        zone=zone[0].strip() if zone else "",
        unit=unit_in(unit[1]) if unit else None,
        unit_from=f"“{' '.join(unit[0].split())}” above the readings" if unit else "",
    )


def _above(head: Head) -> list[str]:
    """Return the lines above the nearest headings, their cells parted by commas."""
    further = max(map(len, head.layout.headings), default=1)
    lines = [",".join(words[at] for words in head.layout.headings) for at in range(1, further)]
    return [*lines, *(",".join(row) for row in head.layout.preamble)]


def _serial(head: Head) -> str:
    """Return the serial number that stands above the readings, or in the first of them."""
    above = _SERIAL.search("\n".join(_above(head)))
    if above is not None:
        return above[1]
    first = head.layout.sample[0] if head.layout.sample else ()
    for column, cell in enumerate(first):
        if _SERIAL_HEADING.fullmatch(head.layout.heading(column)):
            return cell.strip()
    return ""


@dataclass(frozen=True, slots=True)
class Family:
    """The files of one maker or program that are tables."""

    maker: str
    claims: Callable[[Head], bool]
    """Whether a table is one of its files."""
    hints: Callable[[Head], Hints] = plain_hints
    mend: Callable[[list[str]], list[str]] | None = None
    """Puts the cells of a row in order that the maker's own export tore."""


@dataclass(frozen=True, slots=True)
class Whole:
    """The files of one maker that are no tables and are read as a whole."""

    maker: str
    claims: Callable[[str], bool]
    """Whether a text is one of its files."""
    read: Callable[[str, str, Answers], LoggerFile | DailyRecord]
    """Reads it, given its name and its text."""
    end: Callable[[str], int]
    """Where in a text it ends; what follows is of another file."""
