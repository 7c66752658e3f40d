"""Loggers with what they watch, their calibrations, and the files that they were read out to."""

from __future__ import annotations

import zlib
from collections import defaultdict
from dataclasses import replace
from datetime import date

from peewee import Database, fn

from ldninv.db.preferences import Preferences
from ldninv.db.recorded import day_of, recorded
from ldninv.db.rows import (
    CalibrationRow,
    EventRow,
    LoggerFileRow,
    LoggerRow,
    PlaceRow,
    ReadingBlockRow,
    WatchRow,
    insert,
)
from ldninv.domain.storage.loggers import KeptFile, Logger, in_order


class Loggers:
    """The loggers of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[Logger]:
        """Return every logger, by name."""
        rows = LoggerRow.select(LoggerRow.id, LoggerRow.name, LoggerRow.zone).order_by(LoggerRow.name_key)
        watches, calibrated = self._watches(), self._calibrated()
        months = Preferences(self._database).read().calibration_months
        return [
            Logger(
                id=key,
                name=name,
                zone=zone,
                watches=in_order(watches.get(key, ())),
                calibrated=calibrated.get(key),
                calibrated_for=months,
            )
            for key, name, zone in self._database.execute(rows)
        ]

    def by_name(self, name: str) -> Logger | None:
        """Return the logger of that name, compared without case and outer blanks."""
        wanted = logger_key(name)
        return next((each for each in self.all() if logger_key(each.name) == wanted), None)

    def append(self, name: str, zone: str, event: int) -> Logger:
        """Keep a new logger."""
        row = {"name": name, "name_key": logger_key(name), "zone": zone, "event_id": event}
        insert(LoggerRow, [row], self._database)
        query = LoggerRow.select(LoggerRow.id).where(LoggerRow.name_key == logger_key(name))
        return Logger(id=int(query.scalar(self._database)), name=name, zone=zone)

    def recorded(self) -> dict[str, date]:
        """Return until which day the record of each place goes that a logger watches now."""
        known = recorded().alias("known")
        query = PlaceRow.select(PlaceRow.name, known.c.until).join(known, on=(PlaceRow.id == known.c.place_id))
        return {place: day_of(until) for place, until in self._database.execute(query.tuples())}

    def watch(self, logger: Logger, place: str | None, place_key: int | None, since: float, event: int) -> Logger:
        """Keep that a logger watches a place, or none, from a moment on; return it as it is now."""
        row = {"logger_id": logger.id, "place_id": place_key, "since": since, "event_id": event}
        insert(WatchRow, [row], self._database)
        before = [(each.since, 0, each.place) for each in logger.watches]
        return replace(logger, watches=in_order([*before, (since, 1, place)]))

    def calibrate(self, logger: Logger, day: date, event: int) -> None:
        """Keep a calibration."""
        row = {"logger_id": logger.id, "day": day.isoformat(), "event_id": event}
        insert(CalibrationRow, [row], self._database)

    def has_file(self, logger: Logger, digest: str) -> bool:
        """Whether a file of that SHA-256 came in from that logger before."""
        query = LoggerFileRow.select(LoggerFileRow.id).where(
            LoggerFileRow.logger == logger.id, LoggerFileRow.sha256 == digest
        )
        return query.scalar(self._database) is not None

    def brought_readings(self, logger: Logger, digest: str) -> bool:
        """Whether readings of a file of that SHA-256 are kept of that logger."""
        query = (
            LoggerFileRow.select(LoggerFileRow.id)
            .join(ReadingBlockRow, on=(ReadingBlockRow.file == LoggerFileRow.id))
            .where(LoggerFileRow.logger == logger.id, LoggerFileRow.sha256 == digest)
            .limit(1)
        )
        return query.scalar(self._database) is not None

    def keep_file(self, logger: Logger, name: str, content: bytes, digest: str, event: int) -> int:
        """Keep a file byte by byte, and return its key; one that was looked at before is kept already."""
        there = LoggerFileRow.select(LoggerFileRow.id).where(
            LoggerFileRow.logger == logger.id, LoggerFileRow.sha256 == digest
        )
        known = there.scalar(self._database)
        if known is not None:
            return int(known)
        key = int(LoggerFileRow.select(fn.COALESCE(fn.MAX(LoggerFileRow.id), 0)).scalar(self._database)) + 1
        row = {
            "id": key,
            "logger_id": logger.id,
            "name": name,
            "sha256": digest,
            "size": len(content),
            "content": zlib.compress(content, 1),
            "event_id": event,
        }
        insert(LoggerFileRow, [row], self._database)
        return key

    def file(self, digest: str) -> tuple[str, bytes] | None:
        """Return a kept file's name and bytes by its SHA-256; None where there is none."""
        query = LoggerFileRow.select(LoggerFileRow.name, LoggerFileRow.content).where(LoggerFileRow.sha256 == digest)
        found = next(iter(self._database.execute(query)), None)
        return None if found is None else (found[0], zlib.decompress(found[1]))

    def brought_by(self, digest: str) -> str | None:
        """Return what the latest event tells with which a file of that SHA-256 came in, of whichever logger."""
        query = (
            EventRow.select(EventRow.after)
            .join(LoggerFileRow, on=(LoggerFileRow.event == EventRow.number))
            .where(LoggerFileRow.sha256 == digest)
            .order_by(EventRow.number.desc())
            .limit(1)
        )
        told = query.scalar(self._database)
        return None if told is None else str(told)

    def files(self) -> list[KeptFile]:
        """Return every file that came in, in the order in which they did."""
        query = (
            LoggerFileRow.select(
                *(
                    LoggerRow.name,
                    LoggerFileRow.name,
                    LoggerFileRow.sha256,
                    LoggerFileRow.size,
                    EventRow.at,
                    EventRow.by,
                )
            )
            .join(LoggerRow, on=(LoggerFileRow.logger == LoggerRow.id))
            .join(EventRow, on=(LoggerFileRow.event == EventRow.number))
            .order_by(LoggerFileRow.id)
        )
        return [
            KeptFile(logger=logger, name=name, sha256=digest, size=size, at=at, by=by)
            for logger, name, digest, size, at, by in self._database.execute(query.tuples())
        ]

    def digests(self) -> set[str]:
        """Return the SHA-256 of every file that came in."""
        query = LoggerFileRow.select(LoggerFileRow.sha256).tuples()
        return {digest for (digest,) in self._database.execute(query)}

    def _watches(self) -> dict[int, list[tuple[float, int, str | None]]]:
        found: defaultdict[int, list[tuple[float, int, str | None]]] = defaultdict(list)
        query = WatchRow.select(WatchRow.logger, WatchRow.since, WatchRow.id, PlaceRow.name).left_outer_join(
            PlaceRow, on=(WatchRow.place == PlaceRow.id)
        )
        for logger, since, number, place in self._database.execute(query):
            found[logger].append((since, number, place))
        return found

    def _calibrated(self) -> dict[int, date]:
        query = CalibrationRow.select(CalibrationRow.logger, fn.MAX(CalibrationRow.day)).group_by(CalibrationRow.logger)
        return {logger: date.fromisoformat(day) for logger, day in self._database.execute(query)}


def logger_key(name: str) -> str:
    """Return what two writings of one logger's name have in common."""
    return " ".join(name.split()).casefold()
