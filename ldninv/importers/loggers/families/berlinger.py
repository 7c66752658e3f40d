"""Berlinger: Q-tag, whose readings follow on key and value, and Fridge-tag, which keeps days and no readings."""

from __future__ import annotations

import math
import re
from datetime import date
from itertools import takewhile
from math import inf

from ldninv.domain.batch_list import Remark
from ldninv.domain.progress import unheard
from ldninv.domain.refusal import Refused
from ldninv.domain.storage.logger_file import Answers, DailyRecord, LoggerFile, RecordedDay, Unit
from ldninv.importers.loggers import layout, reader
from ldninv.importers.loggers.chosen import unit_asked
from ldninv.importers.loggers.families import section
from ldninv.importers.loggers.family import Family, Hints, Whole
from ldninv.importers.loggers.source import Text
from ldninv.importers.loggers.values import is_fault, number, told_fault, unit_in
from ldninv.importers.sheets import quoted

_DEVICE = re.compile(r"\A\s*Device:\s*(.+?)\s*$", re.MULTILINE)
_SERIAL = re.compile(r"^\s*Serial:\s*(\S+)", re.MULTILINE)
_ZONE = re.compile(r"^\s*Zone:\s*(\S+)", re.MULTILINE)
_UNIT = re.compile(r"^\s*Temp unit:\s*(\S+)", re.MULTILINE)
_DAY = re.compile(r"^\s*Date:\s*(.*?)\s*$")
_SIGNED = re.compile(r"^Sig:.*$", re.MULTILINE)
_FIGURE = re.compile(r"^\s*(Min|Max|Avrg) T:\s*([^,\s]*(?:,[0-9]+)?)\s*([^,]*?)\s*(,.*)?$")
_NEEDED = frozenset({"Min", "Max"})


def _claims(text: str) -> bool:
    device = _DEVICE.search(text[:400])
    return device is not None and re.search(r"q-tag|fridge-tag|berlinger", device[1], re.IGNORECASE) is not None


def _read(name: str, text: str, answers: Answers) -> LoggerFile | DailyRecord:
    data = section.BEGINS.search(text)
    if data is not None:
        return _series(name, text, data, answers)
    found, faults = _days(name, text)
    days = [each for each in found if each[2].keys() >= _NEEDED]
    if not days:
        raise Refused(f"{name} holds neither readings nor days. Read the device out again.")
    if _SIGNED.search(text) is None:
        raise Refused(
            f"{name} ends without its signature, so that it was cut off, and with it perhaps a number. Read the device "
            "out again."
        )
    device = _DEVICE.search(text)
    serial, zone = _SERIAL.search(text), _ZONE.search(text)
    unit = _unit_of_days(name, text, days[0], answers)
    _refuse_repeated(name, days)
    ends = [*(line for line, _, _ in found[1:]), inf]
    lacking = [
        (line, f"{day} has no lowest or no highest")
        for (line, day, figures), end in zip(found, ends, strict=True)
        if not figures.keys() >= _NEEDED and not any(line < at < end for at, _ in faults)
    ]
    told = sorted([*((line, told_fault(said, unit)) for line, said in faults), *lacking])
    return DailyRecord(
        file=name,
        maker=device[1] if device else "Berlinger",
        logger=serial[1] if serial else "",
        unit=unit,
        days=tuple(sorted((_in_celsius(day, found, unit) for _, day, found in days), key=lambda each: each.day)),
        zone_hint=_zone(zone[1]) if zone else "",
        problems=tuple(Remark(line, f"{said}; it is taken for missing") for line, said in told),
    )


def _end(text: str) -> int:
    """Return where a file ends: after its signature; where that was cut off, after its readings or with the text."""
    signed, data = _SIGNED.search(text), section.BEGINS.search(text)
    if signed is not None:
        return signed.end()
    if data is None:
        return len(text)
    lines = text[data.end() :].splitlines(keepends=True)
    return data.end() + sum(map(len, takewhile(lambda line: not line.strip() or line.startswith("\t"), lines)))


def _unit(name: str, text: str) -> Unit | None:
    """Return the unit that a device is set to; None where the file does not say.

    Raises:
        Refused: it is set to another than °C and °F.
    """
    said = _UNIT.search(text)
    unit = unit_in(said[1]) if said else None
    if said is not None and unit is None:
        raise Refused(
            f"{name} prints its temperatures in {quoted(said[1])}, which is neither °C nor °F. Set the device to one "
            "of them, and read it out again."
        )
    return unit


def _unit_of_days(name: str, text: str, day: Day, answers: Answers) -> Unit:
    """Return the unit of a device's days.

    Raises:
        Asked: the file does not say.
        Refused: a person says another than the file.
    """
    unit = _unit(name, text)
    if unit is not None and answers.unit not in (None, unit):
        raise Refused(f"{name} says that its temperatures are in {unit.sign}. Import it without saying another unit.")
    if unit is None and answers.unit is None:
        raise unit_asked(name, day[2]["Max"], day[0])
    return unit or answers.unit or Unit.CELSIUS


def _zone(hours: str) -> str:
    """Return a zone as people write it.

    >>> _zone("0.00"), _zone("-5.50")
    ('UTC', 'UTC-05:30')
    """
    try:
        minutes = round(float(hours) * 60)
    except ValueError:
        return ""
    return "UTC" if not minutes else f"UTC{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


def _series(name: str, text: str, data: re.Match[str], answers: Answers) -> LoggerFile:
    """Read the section of readings."""
    readings = section.cut_out(name, text, data)
    source = Text(name, readings.text, "\t", before=readings.before)
    found = layout.find(source.head())
    if found is None:
        raise Refused(f"{name} has a section of readings and no readings in it. Read the device out again.")
    device, serial, zone = _DEVICE.search(text), _SERIAL.search(text), _ZONE.search(text)
    maker = f"Berlinger {device[1]}" if device else "Berlinger"
    said = _UNIT.search(text)
    hints = Hints(
        logger=serial[1] if serial else "",
        zone=_zone(zone[1]) if zone else "",
        unit=_unit(name, text) or Unit.CELSIUS,
        unit_from=f"“{said[0].strip()}” above the readings" if said else "the device, which measures in °C",
    )
    family = Family(maker, lambda _head: True)
    table = reader.Table(name, source, found, family, hints, readings.whole, readings.aside)
    return reader.read(table, answers, unheard)


Figures = dict[str, float]
Day = tuple[int, date, Figures]
"""A day with its line and its figures."""


def _days(name: str, text: str) -> tuple[list[Day], list[tuple[int, str]]]:
    """Return every day with its line and its figures, and with their lines what no device measures.

    Raises:
        Refused: a day or a figure is none, or a day has one twice.
    """
    found: list[Day] = []
    faults: list[tuple[int, str]] = []
    said: set[str] = set()
    timed: dict[bool, int] = {}
    for line, words in enumerate(text.splitlines(), 1):
        day, figure = _DAY.match(words), _FIGURE.match(words)
        if day is not None:
            found.append((line, _real(day[1], line), {}))
            said = set()
        elif figure is not None and found:
            if figure[1] in said:
                raise Refused(f"{name}, line {line}: the day has its {figure[1]} T twice. Read the device out again.")
            said.add(figure[1])
            if figure[1] in _NEEDED:
                timed.setdefault(bool(figure[4]), line)
            if is_fault(figure[2]):
                faults.append((line, figure[2]))
            else:
                found[-1][2][figure[1]] = _figure(f"{figure[2]} {figure[3]}".strip(), line)
    if len(timed) > 1:
        raise Refused(
            f"{name}, line {timed[False]}: no time stands behind the figure, as it does behind others, so that its end "
            "may be lost. Read the device out again."
        )
    return found, faults


def _figure(text: str, line: int) -> float:
    """Return a temperature, its decimals behind a point or a comma.

    Raises:
        Refused: it is none.
    """
    said = number(text)
    if math.isnan(said.value) or said.words or said.unit is not None:  # the device prints its unit once, above
        raise Refused(f"Line {line} holds {quoted(text)}, which is no temperature. Read the device out again.")
    return said.value


def _real(text: str, line: int) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused(
            f"Line {line} holds {text}, which is no day of the calendar. Read the device out again."
        ) from None


def _in_celsius(day: date, figures: Figures, unit: Unit) -> RecordedDay:
    mean = figures.get("Avrg")
    low, high = unit.celsius(figures["Min"]), unit.celsius(figures["Max"])
    return RecordedDay(day, low, high, None if mean is None else unit.celsius(mean))


def _refuse_repeated(name: str, days: list[tuple[int, date, Figures]]) -> None:
    seen: dict[date, int] = {}
    for line, day, figures in days:
        if figures["Min"] > figures["Max"]:
            raise Refused(f"{name}, line {line}: the lowest of {day} is above its highest. Read the device out again.")
        if seen.setdefault(day, line) != line:
            raise Refused(f"{name} has {day} twice, on lines {seen[day]} and {line}. Read the device out again.")


FAMILIES = (Whole("Berlinger", _claims, _read, _end),)
