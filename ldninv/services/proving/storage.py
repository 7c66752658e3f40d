"""Loggers, their files, daily readings and what was decided of storage, held against the trail (R18, R20)."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from ldninv.db import Transaction
from ldninv.domain.audit import Event
from ldninv.domain.entries import Decision, Kind
from ldninv.domain.storage.daily import DailyReading
from ldninv.services.proving.holding import Row, Told, differing, held, lying, missing, written_by
from ldninv.services.storage import brought, daily, deciding, loggers
from ldninv.services.storage.digests import digest_of_days


@dataclass(frozen=True)
class _Names:
    """What rows name by number."""

    loggers: dict[int, str]
    places: dict[int, str]
    lots: dict[int, str]


def faults(work: Transaction) -> list[str]:
    """Return where what is kept of storage is not what the trail says, in words; empty where all agrees."""
    rows = list(lying(work, "logger"))
    names = _Names(
        {row["id"]: row["name"] for row in rows},
        {row["id"]: row["name"] for row in lying(work, "place")},
        {row["id"]: row["lot"] for row in lying(work, "batch")},
    )
    return [
        *held(work, "logger", _logger, lambda row: f"Logger {row['name']}", rows=rows),
        *missing(work, [loggers.ADDED], (row["event_id"] for row in rows), "logger"),
        *_pointed(work, names),
        *_files(work, names),
        *_days(work, names),
        *_decisions(work, names),
        *_versions(work),
    ]


def _logger(row: Row, event: Event, told: Told) -> Iterator[str]:
    if (event.action, event.subject) != (loggers.ADDED, row["name"]):
        yield "name"
    yield from differing(row, told, zone="zone")


def _pointed(work: Transaction, names: _Names) -> list[str]:
    watches, calibrations = list(lying(work, "watch")), list(lying(work, "calibration"))

    def watch(row: Row, event: Event, told: Told) -> Iterator[str]:
        if (event.action, event.subject) != (loggers.WATCHES, names.loggers.get(row["logger_id"])):
            yield "logger"
        if told.get("place") != (names.places.get(row["place_id"], "") if row["place_id"] else None):
            yield "place"
        if int(datetime.fromisoformat(told["since"]).timestamp()) != int(row["since"] // 1):
            yield "since"

    def calibration(row: Row, event: Event, told: Told) -> Iterator[str]:
        if (event.action, event.subject) != (loggers.CALIBRATED, names.loggers.get(row["logger_id"])):
            yield "logger"
        yield from differing(row, told, day="day")

    def called(what: str, row: Row) -> str:
        return f"{what} of logger {names.loggers.get(row['logger_id'])}"

    return [
        *held(work, "watch", watch, partial(called, "What the place"), rows=watches),
        *held(work, "calibration", calibration, partial(called, "The calibration"), rows=calibrations),
        *missing(work, [loggers.WATCHES], (row["event_id"] for row in watches), "the place of logger"),
        *missing(work, [loggers.CALIBRATED], (row["event_id"] for row in calibrations), "the calibration of logger"),
    ]


def _files(work: Transaction, names: _Names) -> list[str]:
    rows = list(lying(work, "logger_file"))
    of_file = {row["id"]: row for row in rows}

    def judge(row: Row, event: Event, told: Told) -> Iterator[str]:
        if (event.action, event.subject) != (brought.ACTION, names.loggers.get(row["logger_id"])):
            yield "logger"
        yield from differing(row, told, name="file", sha256="sha256")
        kept = work.loggers.file(row["sha256"])
        content = b"" if kept is None else kept[1]
        if len(content) != row["size"] or hashlib.sha256(content).hexdigest() != row["sha256"]:
            yield "content"

    found = held(work, "logger_file", judge, lambda row: f"The file {row['name']}", rows=rows)
    for row in lying(work, "reading_block"):
        file = of_file.get(row["file_id"])
        if file is None or file["logger_id"] != row["logger_id"] or not work.readings.is_whole(row["id"]):
            found.append(f"Row {row['id']} of reading_block is not what its readings give.")
    return found


def _days(work: Transaction, names: _Names) -> list[str]:
    rows = list(lying(work, "daily_reading"))
    by_event: defaultdict[int, list[DailyReading]] = defaultdict(list)
    for row in rows:
        said = datetime.fromisoformat(row["day"]).date()
        by_event[row["event_id"]].append(
            DailyReading(
                place="", day=said, lowest=row["min_c"], highest=row["max_c"], now=row["now_c"], note=row["note"]
            )
        )

    def judge(row: Row, event: Event, told: Told) -> Iterator[str]:
        place = names.places.get(row["place_id"])
        yield from written_by(row, event)
        if event.action == daily.ACTION:
            if event.subject != place or row["logger_id"] is not None:
                yield "place"
            yield from differing(row, told, day="day", min_c="min_c", max_c="max_c", now_c="now_c", note="note")
            return
        if (event.action, event.subject) != (brought.ACTION, names.loggers.get(row["logger_id"])):
            yield "logger"
        if told.get("place", place) != place:
            yield "place"
        days = by_event[event.number]
        if len(days) != told.get("days") or told.get("kept_days", digest_of_days(days)) != digest_of_days(days):
            yield "days"

    found = held(work, "daily_reading", judge, lambda row: f"The reading of {row['day']}", rows=rows)
    return found + missing(work, [daily.ACTION], by_event, "a daily reading of")


def _versions(work: Transaction) -> list[str]:
    """Return the versions of what happened that are out of their order, or of another moment than their event."""
    first: dict[int, Row] = {}
    last = 0

    def judge(row: Row, event: Event, _: Told) -> Iterator[str]:
        nonlocal last
        of = first.setdefault(row["thread"], row)
        if (of["id"], of["place_id"], of["aspect"]) != (row["thread"], row["place_id"], row["aspect"]):
            yield "which it follows"
        if event.number < last:
            yield "its event"
        last = max(last, event.number)
        yield from (part for part in written_by(dict(row) | {"by": event.by}, event))

    def kept(_row: Row, event: Event, _: Told) -> Iterator[str]:
        nonlocal last
        if event.number < last:
            yield "its event"
        last = max(last, event.number)

    found = held(work, "happening", judge, lambda row: f"Row {row['id']} of happening")
    last = 0
    return found + held(work, "batch_storage", kept, lambda row: f"Row {row['id']} of batch_storage")


def _decisions(work: Transaction, names: _Names) -> list[str]:
    rows = list(lying(work, "storage_decision"))
    if not rows:
        return missing(work, [deciding.ACTION], (), "the decision on batch")
    wanted = {row["movement_id"] for row in rows}
    entries = {row["id"]: row for row in lying(work, "movement") if row["id"] in wanted}

    def judge(row: Row, event: Event, told: Told) -> Iterator[str]:
        if event.subject != names.lots.get(row["batch_id"]):
            yield "batch"
        yield from written_by(row, event)
        if row["reason"] != (event.reason or ""):
            yield "reason"
        if event.action == deciding.ACTION:
            if row["movement_id"] is not None or row["expires"] is not None:
                yield "its entry"
            yield from differing(row, told, decision="decision")
            return
        entry = entries.get(row["movement_id"])
        if entry is None or entry["event_id"] != event.number:
            yield "its entry"
        said = told.get("decision") if event.action == Kind.DECIDED else Decision.DISCARD
        if (row["decision"], row["expires"]) != (said, told.get("shortened_to")):
            yield "decision"

    found = held(work, "storage_decision", judge, lambda row: f"Decision {row['id']} on storage", rows=rows)
    return found + missing(work, [deciding.ACTION], (row["event_id"] for row in rows), "the decision on batch")
