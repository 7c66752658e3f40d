"""What is told of a logger's file before it comes in, and of what came of it."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import filterfalse
from math import isnan

from PySide6.QtCore import QCoreApplication

from ldninv.domain.quantities import with_minus
from ldninv.domain.refusal import Refused
from ldninv.domain.signs import Sign, Tone
from ldninv.domain.storage.clock_changes import EPOCH
from ldninv.domain.storage.level import Level
from ldninv.domain.storage.logger_file import ANY_TABLE, DailyRecord, LoggerFile
from ldninv.domain.storage.placing import zone_named
from ldninv.domain.storage.profile import CRT, Profile
from ldninv.domain.stored import Storage
from ldninv.services.storage.brought import BroughtIn
from ldninv.services.storage.reading import Looked, ReadOut, looked_at, worst_days
from ldninv.ui import words
from ldninv.ui.facts import Fact
from ldninv.ui.storage import telling
from ldninv.ui.storage.figures import between
from ldninv.ui.storage.glimpse import Outline
from ldninv.ui.storage.signs import OF_LEVEL

_NAMED = 3
"""Batches on hold that are named one by one."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("Incoming", text)


@dataclass(frozen=True, slots=True)
class Glance:
    """A logger's file that was read and judged as its clock prints it; nothing is kept yet."""

    read: ReadOut
    looked: Mapping[Profile, Looked]
    """Judged by each profile that a place here has; nothing where it keeps days."""
    outline: Outline | None
    """Its picture; None where it keeps days."""

    @classmethod
    def of(cls, read: ReadOut, profiles: Iterable[Profile] = (CRT,)) -> Glance:
        """Judge what was read by one profile or more; a year takes a moment, so it is for a worker.

        Raises:
            Asked: readings fall in an hour that a clock change repeats or skips.
            Refused: it contradicts itself.
        """
        if isinstance(read.record, DailyRecord):
            return cls(read, {}, None)
        looked = {limits: looked_at(read.record, profile=limits) for limits in profiles}
        first = next(iter(looked.values()))
        return cls(read, looked, Outline.of(first.placed.series, first.judgement.gaps))


@dataclass(frozen=True, slots=True)
class Where:
    """What a person says of a logger's file."""

    place: str
    logger: str
    zone: str
    beside: bool = False
    """Whether what is new is wanted although other readings contradict what is kept."""


def fixed_zone(record: LoggerFile | DailyRecord) -> str:
    """Return the zone that a file names in full and that nothing is known against; else none is guessed."""
    if getattr(record, "zone_doubt", "") or not record.zone_hint:
        return ""
    try:
        return str(zone_named(record.zone_hint))
    except Refused:
        return ""


def sentence(record: LoggerFile | DailyRecord) -> str:
    """Return what a file is, in one line."""
    if isinstance(record, DailyRecord):
        days = words.counted(len(record.days), "day")
        return _tr("{file}: {days} with lowest and highest, {maker}").format(
            file=record.file, days=days, maker=record.maker
        )
    count = words.counted(record.readings, "reading")
    if record.maker == ANY_TABLE:
        return _tr("{file}: {count}").format(file=record.file, count=count)
    return _tr("{file}: {count}, read as {maker}").format(file=record.file, count=count, maker=record.maker)


def facts(glance: Glance) -> tuple[Fact, ...]:
    """Return what a file says, line by line."""
    record = glance.read.record
    if isinstance(record, DailyRecord):
        low, high = min(each.lowest for each in record.days), max(each.highest for each in record.days)
        return (
            Fact(_tr("Days"), f"{words.day(record.days[0].day)} – {words.day(record.days[-1].day)}"),
            Fact(_tr("Temperature"), between(low, high)),
            Fact(_tr("Judged"), _tr("Days are kept as days: no series, and no mean kinetic temperature.")),
        )
    aside = [
        words.counted(record.missing, "reading missing", "readings missing") if record.missing else "",
        words.counted(record.events, "row of an event", "rows of events") if record.events else "",
        words.counted(len(record.problems), "row set aside", "rows set aside") if record.problems else "",
    ]
    return (
        Fact(_tr("Time"), f"{_moment(record.local[0])} – {_moment(record.local[-1])}{_every(record)}"),
        *_measured(record),
        Fact(_tr("Unit"), f"{record.unit.sign}, {_tr('known from')} {record.unit_from}"),
        *((Fact(_tr("Left out"), ", ".join(each for each in aside if each)),) if any(aside) else ()),
        *(Fact(_tr("As printed"), with_minus(f"{each[:1].upper()}{each[1:]}")) for each in record.as_printed),
    )


def verdict(glance: Glance, limits: Profile = CRT) -> tuple[Sign, str]:
    """Return what a file says by the limits of a place, with its sign."""
    record = glance.read.record
    if isinstance(record, DailyRecord):
        return _of_days(record, limits)
    judged = (glance.looked.get(limits) or looked_at(record, profile=limits)).judgement
    sign = OF_LEVEL[Storage.seen(judged.level.value, incomplete=judged.incomplete)]
    why = telling.why(judged)
    return sign, f"{_tr(sign.word)}{': ' if why else ''}{why}"


def _of_days(record: DailyRecord, limits: Profile) -> tuple[Sign, str]:
    """Return what days say: how long it was so on any of them nobody knows (R20)."""
    worst, on = worst_days(record, limits)
    sign = OF_LEVEL[Storage(worst)]
    if worst is Level.IN_RANGE:
        return sign, _tr(sign.word)
    count = words.counted(len(on), "day")
    says = _tr("{level} on {day}") if len(on) == 1 else _tr("{level} on {count}, first on {day}")
    told = says.format(level=_tr(sign.word), count=count, day=words.day(on[0]))
    return sign, _tr("{told}; nobody knows how long it was so").format(told=told)


def _moment(seconds: float) -> str:
    when = EPOCH + timedelta(seconds=seconds)
    return f"{words.day(when.date())} {when:%H:%M}"


def _every(record: LoggerFile) -> str:
    if record.interval_s is None:
        return ""
    return _tr(", every {minutes} min").format(minutes=f"{record.interval_s / 60:g}")


def _measured(record: LoggerFile) -> Iterator[Fact]:
    """Yield the range of each column that was read, and its heading: a wrong one is seen at a glance."""
    mean = sum(record.celsius) / record.readings
    ranges = _range(record.celsius, ".1f")
    says = _tr("{low} to {high} °C, mean {mean}").format(low=ranges[0], high=ranges[1], mean=with_minus(f"{mean:z.1f}"))
    yield Fact(_tr("Temperature"), _under(record, "temperature", says))
    if record.humidity is not None:
        low, high = _range(record.humidity, ".0f")
        yield Fact(_tr("Humidity"), _under(record, "humidity", _tr("{low} to {high} %").format(low=low, high=high)))
    if record.lux is not None:
        low, high = _range(record.lux, ".0f")
        yield Fact(_tr("Light"), _under(record, "light", _tr("{low} to {high} lux").format(low=low, high=high)))


def _range(values: array[float], shape: str) -> tuple[str, str]:
    known = list(filterfalse(isnan, values))
    return with_minus(f"{min(known):z{shape}}"), with_minus(f"{max(known):z{shape}}")


def _under(record: LoggerFile, what: str, says: str) -> str:
    heading = record.headings.get(what)
    return _tr("{says}, under “{heading}”").format(says=says, heading=heading) if heading else says


def _on_hold(lots: Sequence[str]) -> str:
    """Return which batches are on hold by now: of many the number first, for a notice is read at a glance."""
    if len(lots) <= _NAMED:
        return _tr("On hold until a pharmacist decides: {lots}.").format(lots=", ".join(lots))
    says = _tr("{count} batches are on hold until a pharmacist decides: {lots} and {more} more.")
    return says.format(count=len(lots), lots=", ".join(lots[:_NAMED]), more=len(lots) - _NAMED)


def told(
    record: LoggerFile | DailyRecord, where: Where, brought: BroughtIn, judged: Sign = OF_LEVEL[Storage.IN_RANGE]
) -> tuple[str, Tone]:
    """Return what came of a logger's file, and how it is meant.

    Args:
        record: The file.
        where: What was said of it.
        brought: What was kept of it, and what that touched.
        judged: What the file says by the limits of its place: of a breach that met no batch nobody would hear else.
    """
    if not brought.new and not brought.conflicts:
        known = words.counted(brought.known, "day" if isinstance(record, DailyRecord) else "reading")
        return _tr("Nothing new: all {known} of {logger} are kept already.").format(
            known=known, logger=where.logger
        ), Tone.QUIET
    parts = [
        _tr("{new} of {logger} came in for {place}.").format(
            new=words.counted(brought.new, "day" if isinstance(record, DailyRecord) else "reading"),
            logger=where.logger,
            place=where.place,
        )
    ]
    if brought.known:
        parts.append(_tr("{number} were known already.").format(number=words.grouped(brought.known)))
    if brought.conflicts:
        says = _tr("{number} say something else than what is kept, which stays; the first is of {when}.")
        first = brought.shown[0].printed if brought.shown else words.NOTHING
        parts.append(says.format(number=words.grouped(brought.conflicts), when=first))
    if brought.held:
        parts.append(_on_hold(brought.held))
    elif brought.marked:
        batches = words.counted(len(brought.marked), "batch has", "batches have")
        parts.append(_tr("{batches} something to look at.").format(batches=batches))
    elif judged.tone in {Tone.LOOK, Tone.STOP}:
        parts.append(_tr("{level} in the file, but no batch stood there then.").format(level=_tr(judged.word)))
    asks = brought.conflicts or brought.marked or judged.tone in {Tone.LOOK, Tone.STOP}
    tone = Tone.STOP if brought.held else Tone.LOOK if asks else Tone.GOOD
    return " ".join(parts), tone
