"""Berlinger: Q-tag, whose readings follow on key and value, and Fridge-tag, which keeps days and no readings."""

from __future__ import annotations

import re
from itertools import takewhile
from math import inf

from ldninv.domain.batch_list import Remark
from ldninv.domain.progress import unheard
from ldninv.domain.refusal import Refused
from ldninv.domain.storage.logger_file import Answers, DailyRecord, LoggerFile, RecordedDay, Unit
from ldninv.importers.loggers import layout, started
from ldninv.importers.loggers.chosen import unit_asked
from ldninv.importers.loggers.families import days, extremes, section
from ldninv.importers.loggers.families.days import Block
from ldninv.importers.loggers.family import Family, Hints, Whole
from ldninv.importers.loggers.printed import moment
from ldninv.importers.loggers.reader import Table
from ldninv.importers.loggers.source import Text
from ldninv.importers.loggers.values import told_fault, unit_in
from ldninv.importers.sheets import quoted

_DEVICE = re.compile(r"\A\s*Device:\s*(.+?)\s*$", re.MULTILINE)
_SERIAL = re.compile(r"^\s*Serial:\s*(\S+)", re.MULTILINE)
_ZONE = re.compile(r"^\s*Zone:\s*(\S+)", re.MULTILINE)
_UNIT = re.compile(r"^\s*Temp unit:\s*(\S+)", re.MULTILINE)
_STARTED = re.compile(r"^\s*TS (Start|Actv):[ \t]*([0-9]\S*[ \t]+[0-9:]+)[ \t]*\r?$", re.MULTILINE)
_SIGNED = re.compile(r"^Sig:.*$", re.MULTILINE)


def _claims(text: str) -> bool:
    device = _DEVICE.search(text[:400])
    return device is not None and re.search(r"q-tag|fridge-tag|berlinger", device[1], re.IGNORECASE) is not None


def _read(name: str, text: str, answers: Answers) -> LoggerFile | DailyRecord:
    data = section.BEGINS.search(text)
    if data is not None:
        return _series(name, text, data, answers)
    found, faults = days.found(name, text)
    whole = [each for each in found if each.is_whole]
    if not whole:
        raise Refused(f"{name} holds neither readings nor days. Read the device out again.")
    if _SIGNED.search(text) is None:
        raise Refused(
            f"{name} ends without its signature, so that it was cut off, and with it perhaps a number. Read the device "
            "out again."
        )
    device = _DEVICE.search(text)
    serial, zone = _SERIAL.search(text), _ZONE.search(text)
    unit = _unit_of_days(name, text, whole[0], answers)
    days.refuse_contradicted(name, whole)
    lost = days.lost(name, text, found)
    ends = [*(each.line for each in found[1:]), inf]
    lacking = [
        (each.line, f"{each.day} has no lowest or no highest")
        for each, end in zip(found, ends, strict=True)
        if each.day is not None and not each.is_whole and not any(each.line < at < end for at, _ in faults)
    ]
    told = [*((line, told_fault(said, unit)) for line, said in faults), *lacking]
    problems = [*lost, *(Remark(line, f"{said}; it is taken for missing") for line, said in told)]
    return DailyRecord(
        file=name,
        maker=device[1] if device else "Berlinger",
        logger=serial[1] if serial else "",
        unit=unit,
        days=tuple(sorted((_in_celsius(each, unit) for each in whole), key=lambda each: each.day)),
        zone_hint=_zone(zone[1]) if zone else "",
        problems=tuple(sorted(problems, key=lambda each: each.line)),
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


def _unit_of_days(name: str, text: str, day: Block, answers: Answers) -> Unit:
    """Return the unit of a device's days.

    Raises:
        Asked: the file does not say.
        Refused: a person says another than the file.
    """
    unit = _unit(name, text)
    if unit is not None and answers.unit not in (None, unit):
        raise Refused(f"{name} says that its temperatures are in {unit.sign}. Import it without saying another unit.")
    if unit is None and answers.unit is None:
        raise unit_asked(name, day.figures["Max"], day.line)
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


def _started(above: str) -> float | None:
    """Return when a device began to record, or else when it was activated."""
    said = {found[1]: moment(found[2]) for found in _STARTED.finditer(above)}
    return said.get("Start", said.get("Actv"))


def _series(name: str, text: str, data: re.Match[str], answers: Answers) -> LoggerFile:
    """Read the section of readings.

    Raises:
        Refused: it holds none, or they contradict what stands above them.
    """
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
        started=_started(text[: data.start()]),
    )
    family = Family(maker, lambda _head: True)
    table = Table(name, source, found, family, hints, readings.whole, readings.aside)
    file = started.read(table, answers, unheard)
    extremes.refuse_contradicted(file, text[: data.start()])
    return file


def _in_celsius(block: Block, unit: Unit) -> RecordedDay:
    mean = block.figures.get("Avrg")
    low, high = unit.celsius(block.figures["Min"]), unit.celsius(block.figures["Max"])
    return RecordedDay(block.real, low, high, None if mean is None else unit.celsius(mean))


FAMILIES = (Whole("Berlinger", _claims, _read, _end),)
