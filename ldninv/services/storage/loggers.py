"""Loggers: what each watches from when to when, its time zone, and when it was calibrated (R18, R20)."""

from __future__ import annotations

from datetime import date, datetime, tzinfo

from ldninv.db import Transaction
from ldninv.domain.refusal import Refused
from ldninv.domain.storage.loggers import Logger
from ldninv.domain.storage.placing import zone_named
from ldninv.domain.storage.stays import Span, overlap, without
from ldninv.services.context import Change, Context
from ldninv.services.places import known_place
from ldninv.services.storage import marking

LONGEST_NAME = 60

ADDED, WATCHES, CALIBRATED = "logger-added", "logger-watches", "logger-calibrated"
"""What the trail calls what is done with a logger."""


def loggers(context: Context) -> list[Logger]:
    """Return every logger, by name."""
    with context.store.reading() as work:
        return work.loggers.all()


def add(context: Context, name: str, zone: str, *, calibrated: date | None = None) -> Logger:
    """Add a logger, with the time zone that its clock shows: it is confirmed once, and stays.

    Raises:
        Refused: no name, one that is there already, or no such zone.
    """
    with context.writing() as work:
        if work.loggers.by_name(name) is not None:
            raise Refused(f"There is a logger {' '.join(name.split())} already. Choose another name.")
        made = append(context, work, name, zone)
        if calibrated is not None:
            _calibrate(context, work, made, calibrated)
    return known(context, name)


def known(context: Context, name: str) -> Logger:
    """Return a logger by its name.

    Raises:
        Refused: there is none.
    """
    with context.store.reading() as work:
        return _known(work, name)


def watch(context: Context, name: str, place: str | None, since: datetime, to: datetime | None = None) -> Change:
    """Keep that a logger watches a place, or none, from a moment on; what it recorded is judged anew.

    Args:
        context: Who and when.
        name: Which logger.
        place: Where; None where it watches nothing.
        since: From when on.
        to: From when on it watches nothing again; None where it watches the place still, or up to what is known later.

    Raises:
        Refused: no such logger or place, or an end before the beginning.
    """
    if to is not None and to <= since:
        raise Refused(f"{name} cannot watch a place up to {to:%Y-%m-%d %H:%M}, before it began to. Check both moments.")
    with context.writing() as work:
        logger = _known(work, name)
        there = None if place is None else known_place(work, place).name
        before = [*logger.watches]
        event, logger = point(context, work, logger, there, since.timestamp())
        if to is not None:
            event, logger = point(context, work, logger, None, to.timestamp())
        until = next((each.since for each in before if each.since > since.timestamp()), None)
        ends = work.readings.ends(logger.id)
        last = max(since.timestamp(), ends[1]) + 1 if ends else since.timestamp() + 1
        touched = {there, *(each.place for each in before)} - {None}
        span = (since.timestamp(), last if until is None else min(until, last))
        if ends is not None and overlap(span, (ends[0], ends[1] + 1)):
            for each in sorted(place for place in touched if place):
                marking.judge_again(context, work, logger, each, span, event)
        else:
            for each in sorted(place for place in touched if place):
                marking.follow(context, work, work.whereabouts.candidates(each, span[0]), event)
    return Change.PLACES | Change.LEDGER | Change.BATCHES


def calibrate(context: Context, name: str, day: date) -> Change:
    """Keep that a logger was calibrated on a day.

    Raises:
        Refused: no such logger, or a day that lies ahead.
    """
    with context.writing() as work:
        _calibrate(context, work, _known(work, name), day)
    return Change.PLACES


def zone_of(name: str) -> tzinfo:
    """Return a time zone by its name, or by a fixed offset.

    Raises:
        Refused: there is none of that name.
    """
    return zone_named(name)


def append(context: Context, work: Transaction, name: str, zone: str) -> Logger:
    """Keep a new logger; within a write.

    Raises:
        Refused: no name, or no such zone.
    """
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        raise Refused(f"“{name}” is no name for a logger. Give 1 to {LONGEST_NAME} characters.")
    zone = str(zone_of(zone))
    event = work.trail.append(context.event(ADDED, name, after={"zone": zone}))
    return work.loggers.append(name, zone, event)


def point(context: Context, work: Transaction, logger: Logger, place: str | None, since: float) -> tuple[int, Logger]:
    """Keep what a logger watches from a moment on; within a write. Return the event's number and the logger."""
    at = datetime.fromtimestamp(since, zone_of(logger.zone)).isoformat(timespec="seconds")
    event = work.trail.append(context.event(WATCHES, logger.name, after={"place": place, "since": at}))
    key = None if place is None else work.places.key(place)
    return event, work.loggers.watch(logger, place, key, since, event)


def stood_at(logger: Logger, place: str, span: Span) -> None:
    """Make sure that a logger watched no other place alone in a span.

    Raises:
        Refused: it watches another place then.
    """
    elsewhere = [each for each in logger.places(span) if each != place]
    if elsewhere and place not in logger.places(span):
        raise Refused(
            f"Logger {logger.name} watches {elsewhere[0]} at that time, not {place}. If it was moved, say since when "
            f"in the settings under Loggers; nothing was changed."
        )


def covering(context: Context, work: Transaction, logger: Logger, place: str, span: Span) -> Logger:
    """Return a logger that watches a place in all of a span in which it watched no other.

    Whoever brings a file in says where the logger was. One that was said to watch nothing any more before the file ends
    watched the place up to there, and nothing after it, as before; else readings would be kept that nobody judges.

    Raises:
        Refused: it watches another place then.
    """
    stood_at(logger, place, span)
    if place not in logger.places(span):
        return point(context, work, logger, place, span[0])[1]
    watched = [each for other in logger.places(span) for each in logger.watched(other)]
    for start, end in without([span], watched):
        logger = point(context, work, logger, place, start)[1]
        if end == span[1] and all(each.since != end for each in logger.watches):
            logger = point(context, work, logger, None, end)[1]
    return logger


def _known(work: Transaction, name: str) -> Logger:
    found = work.loggers.by_name(name)
    if found is None:
        names = ", ".join(each.name for each in work.loggers.all()) or "none yet"
        raise Refused(f"There is no logger “{name}”. Loggers: {names}.")
    return found


def _calibrate(context: Context, work: Transaction, logger: Logger, day: date) -> None:
    if day > context.today():
        raise Refused(f"{day} lies ahead. Give the day on which {logger.name} was calibrated.")
    event = work.trail.append(context.event(CALIBRATED, logger.name, after={"day": day.isoformat()}))
    work.loggers.calibrate(logger, day, event)
