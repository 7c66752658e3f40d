"""A logger's file is read and looked at before anything is kept: no database, nothing written."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date, tzinfo
from pathlib import Path

from ldninv.domain.progress import Progress, unheard
from ldninv.domain.refusal import Refused, Surroundings
from ldninv.domain.storage.daily import DailyReading
from ldninv.domain.storage.judgement import Judgement
from ldninv.domain.storage.judging import judge
from ldninv.domain.storage.level import Level
from ldninv.domain.storage.light import lux_hours
from ldninv.domain.storage.logger_file import Answers, Asked, ClockChange, DailyRecord, LoggerFile, Question, Stood
from ldninv.domain.storage.placing import Placed, placed, zone_named
from ldninv.domain.storage.profile import CRT, Profile
from ldninv.domain.storage.unbroken import levels
from ldninv.domain.stored import Storage
from ldninv.importers import formats, loggers
from ldninv.services.context import Context
from ldninv.services.files import is_folder, sha256
from ldninv.services.storage.brought import (
    ACTION,
    AS_PRINTED,
    CLOCK,
    CLOCK_ANSWERED,
    READ_AS,
    BroughtIn,
    Incoming,
)
from ldninv.services.storage.importing import bring_in

_UNSAID = Answers()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOut:
    """A logger's file that was read; nothing of it is kept yet."""

    path: Path
    content: bytes
    """The file itself."""
    record: LoggerFile | DailyRecord
    answers: Answers = _UNSAID
    """What a person said of it, now or when it came in before."""


def read_out(
    path: Path, answers: Answers = _UNSAID, *, records: Context | None = None, progress: Progress = unheard
) -> ReadOut:
    """Read a logger's file.

    Args:
        path: The file.
        answers: What a person said of it.
        records: Where it may have come in before; what is asked and was answered then is not asked again.
        progress: Told how far it is.

    Raises:
        Asked: a person has to say something of it.
        Refused: it is no logger's file, or one that cannot be read without a guess.
        Surroundings: it cannot be opened.
    """
    content = _bytes_of(path)
    name = path.name.encode(errors="replace").decode()
    try:
        record = loggers.read(name, content, answers, progress=progress)
    except Asked:
        known = answers if records is None else _said_before(records, content, answers)
        if known == answers:
            raise
        answers = known
        record = loggers.read(name, content, answers, progress=progress)
    return ReadOut(path=path, content=content, record=record, answers=answers)


def _said_before(context: Context, content: bytes, answers: Answers) -> Answers:
    """Return answers with what a person said of how the same file is read when it came in; what is said now stays."""
    with context.store.reading() as work:
        told = json.loads(work.loggers.brought_by(sha256(content)) or "{}")
    said = {**told.get(READ_AS, {}), **answers.on_reading}
    for question, value in said.items():
        answers = answers.answered(Question(question), value)
    return replace(answers, as_printed=answers.as_printed or bool(told.get(AS_PRINTED)))


def is_loggers(path: Path) -> bool:
    """Whether a file looks like what a logger's program exports; one that cannot be opened does not."""
    try:
        return loggers.looks_like_one(_bytes_of(path))
    except (Refused, Surroundings):
        return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """A series with what it says under a profile, before it is kept."""

    file: LoggerFile
    placed: Placed
    judgement: Judgement

    @property
    def lux_hours(self) -> float | None:
        """All the light of the record, in lux-hours; None where the logger has no lux."""
        return lux_hours(self.placed.series)


def looked_at(
    file: LoggerFile, zone: tzinfo | None = None, answers: Answers = _UNSAID, *, profile: Profile = CRT
) -> Looked:
    """Judge what was read, in the logger's zone or by the clock that it prints.

    Raises:
        Asked: readings fall in an hour that a clock change repeats or skips.
        Refused: they contradict the zone.
    """
    series = placed(file, zone, answers)
    return Looked(file=file, placed=series, judgement=judge(series.series, profile))


def worst_days(record: DailyRecord, limits: Profile = CRT) -> tuple[Level, list[date]]:
    """Return the worst level of a record of days, and which days have it; how long it was so nobody knows (R20)."""
    days = [
        DailyReading(place="", day=each.day, lowest=each.lowest, highest=each.highest, logger=record.logger)
        for each in record.days
    ]
    found = levels(days, limits)
    worst = max(found.values(), key=lambda level: Storage(level).harm)
    return worst, sorted(day for day, level in found.items() if level is worst)


def incoming(read: ReadOut, series: Placed | None, place: str) -> Incoming:
    """Return what was read as it is brought in at a place.

    Args:
        read: The file.
        series: Its readings in UTC; None where it keeps days.
        place: Where the logger was.
    """
    if isinstance(read.record, DailyRecord):
        days = [
            DailyReading(place=place, day=day.day, lowest=day.lowest, highest=day.highest) for day in read.record.days
        ]
        return Incoming(file=read.record.file, content=read.content, read_as=read.answers.on_reading, days=days)
    if series is None:
        raise ValueError("readings have to be placed in time first")
    return Incoming(
        file=read.record.file,
        content=read.content,
        series=series.series,
        printed=series.printed,
        stood=series.stood,
        clock=series.clock,
        read_as=read.answers.on_reading,
        as_printed=read.record.as_printed,
    )


def remembering(context: Context, logger: str, answers: Answers, read: ReadOut) -> Answers:
    """Return answers with what is known of the logger's clock.

    From files before, for one that stood stands until it is set; and from this one, if it came in before and a person
    said it then, for that is asked once a file.
    """
    with context.store.reading() as work:
        known = work.loggers.by_name(logger)
        events = () if known is None else work.trail.of_action(ACTION)
        said = [json.loads(each.after or "{}") for each in events if known and each.subject == known.name]
    stood = [Stood(each[CLOCK]["since"], each[CLOCK]["east"]) for each in said if each.get(CLOCK)]
    found = replace(answers, stood=tuple(sorted(stood, key=lambda each: each.since)))
    answered = {each["sha256"]: ClockChange(each[CLOCK_ANSWERED]) for each in said if CLOCK_ANSWERED in each}
    if found.clock is not None or not answered:
        return found
    return replace(found, clock=answered.get(sha256(read.content)))


def keep(  # noqa: PLR0913 - all that a person says of a file
    context: Context,
    read: ReadOut,
    *,
    place: str,
    logger: str,
    zone: str,
    answers: Answers = _UNSAID,
    rest: bool = False,
    progress: Progress = unheard,
) -> BroughtIn:
    """Keep what was read and mark the batches that stood there; see `importing.bring_in`.

    Raises:
        Contradicted: some of it contradicts what is kept, and the `rest` was not wanted.
        Asked: readings fall in an hour that a clock change repeats or skips.
        Refused: they contradict the zone, or the place, the logger or the zone cannot be.
        Cancelled: the person stopped it.
        Surroundings: the database cannot be written.
    """
    shows = zone_named(zone)
    answers = remembering(context, logger, answers, read)
    series = placed(read.record, shows, answers) if isinstance(read.record, LoggerFile) else None
    given = incoming(read, series, place)
    return bring_in(context, given, place=place, logger=logger, zone=zone, rest=rest, progress=progress)


def _bytes_of(path: Path) -> bytes:
    if is_folder(path):
        raise Refused(f"{path} is a folder. Name a logger's file in it: a CSV, TSV, TXT or XLSX file.")
    try:
        formats.refuse_size(path.name, path.stat().st_size, loggers.LOGGER_FILE)
        return path.read_bytes()
    except FileNotFoundError:
        raise Refused(f"There is no file {path}. Check the name.") from None
    except OSError as error:
        raise Surroundings(f"{path} cannot be read ({error.strerror}). Check its permissions and try again.") from error
