"""Tables of days with their lowest and highest temperature: a daily record, which is no series and never has an MKT."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import date

from ldninv.domain.refusal import Refused
from ldninv.domain.storage.logger_file import ANY_TABLE, DailyRecord, RecordedDay, Unit
from ldninv.importers import dates
from ldninv.importers.loggers.headings import folded
from ldninv.importers.loggers.source import Row
from ldninv.importers.loggers.values import number, unit_in

_LOWEST = re.compile(r"\bmin|lowest|tiefst|niedrig|最低|最小")
_HIGHEST = re.compile(r"\bmax|highest|hochst|最高|最大")
_OF_TEMPERATURE = re.compile(r"temp|°|celsius|fahrenheit|^\W*(?:min|max)\w*\W*[cf]?\W*$")
_CELLS = 3


def read(name: str, rows: Sequence[tuple[int, Row]]) -> DailyRecord | None:
    """Return the days of a table, or None where it is no table of days with lowest and highest.

    Raises:
        Refused: it is one, and its unit or its dates are not certain.
    """
    for at, (_, cells) in enumerate(rows):
        low, high = _column(cells, _LOWEST), _column(cells, _HIGHEST)
        if len(cells) >= _CELLS and low is not None and high is not None and low != high:
            return _days(name, cells, rows[at + 1 :], low, high)
    return None


def _column(cells: Row, word: re.Pattern[str]) -> int | None:
    for at, cell in enumerate(cells):
        plain = folded(cell)
        if word.search(plain) and _OF_TEMPERATURE.search(plain):
            return at
    return None


def _days(name: str, headings: Row, rows: Sequence[tuple[int, Row]], low: int, high: int) -> DailyRecord | None:
    units = {unit for at in (low, high) if (unit := unit_in(folded(headings[at]))) is not None}
    found: list[RecordedDay] = []
    unit = next(iter(units)) if len(units) == 1 else None
    for line, row in rows:
        at = next((at for at, cell in enumerate(row) if dates.written(cell).shaped), None)
        if at is None or max(low, high) >= len(row):
            continue
        values = [number(row[low]).value, number(row[high]).value]
        if any(map(math.isnan, values)):
            continue
        if unit is None:
            raise Refused(f"{name} does not say whether its temperatures are °C or °F. Write the unit in the headings.")
        found.append(RecordedDay(_day(name, line, row[at]), *_in_celsius(name, line, values, unit)))
    if not found:
        return None
    return DailyRecord(
        file=name, maker=ANY_TABLE, unit=unit or Unit.CELSIUS, days=tuple(sorted(found, key=lambda each: each.day))
    )


def _day(name: str, line: int, text: str) -> date:
    days = dates.written(text).days
    if len({day for _, day in days}) != 1:
        raise Refused(f"{name}, line {line}: “{text}” is no certain day. Write the days as YYYY-MM-DD.")
    return days[0][1]


def _in_celsius(name: str, line: int, values: Sequence[float], unit: Unit) -> tuple[float, float]:
    low, high = values
    if low > high:
        raise Refused(f"{name}, line {line}: the lowest is above the highest. Correct it there and import it again.")
    return unit.celsius(low), unit.celsius(high)
