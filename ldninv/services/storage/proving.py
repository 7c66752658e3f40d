"""Readings held against the event of their file, and each batch's storage against a recount (R18, R28)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ldninv.domain.stored import NO_RECORD
from ldninv.services.storage import rejudged, settling
from ldninv.services.storage.brought import ACTION
from ldninv.services.storage.digests import digest_beside, digest_of

if TYPE_CHECKING:
    from ldninv.db import Transaction


def faults(work: Transaction) -> list[str]:
    """Return where readings or a batch's storage are not what they should be, in words; empty where all agrees."""
    return [*_readings(work), *_batches(work), *rejudged.faults(work)]


def _readings(work: Transaction) -> list[str]:
    told = {event.number: json.loads(event.after or "{}") for event in work.trail.of_action(ACTION)}
    of_logger = {event.number: event.subject for event in work.trail.of_action(ACTION)}
    brought = {  # a file may have been looked at, with an event of its own, before anything of it was kept
        (of_logger[number], facts.get("sha256")): facts for number, facts in told.items() if facts.get("new")
    }
    found = []
    for name, event, runs in work.readings.by_file():
        says = brought.get((of_logger.get(event, ""), told.get(event, {}).get("sha256")), {})
        now = {"readings": digest_of(runs)} | ({"beside": digest_beside(runs)} if "beside" in says else {})
        if any(says.get(part) != digest for part, digest in now.items()):
            found.append(f"The readings of {name} are not what came in with event {event}.")
    for logger in work.loggers.all():
        moments = work.readings.series(logger.id, float("-inf"), float("inf")).seconds
        if len(set(moments)) != len(moments):
            found.append(f"Logger {logger.name} has two readings at one moment.")
    return found


def _batches(work: Transaction) -> list[str]:
    kept = work.happenings.kept()
    if not kept:
        return []
    recount = settling.recount(work, list(kept))
    older = _judged_otherwise(work, list(kept))
    lots = {each.batch.id: each for each in work.batches.rows(list(kept))}
    found = []
    for key, (stored, covered) in kept.items():
        now, share = (stored, covered) if key in older else recount.get(key, (NO_RECORD, None))
        if lots[key].stored != stored or now != stored or round(share or 0, 9) != round(covered or 0, 9):
            found.append(f"Batch {lots[key].batch.lot} shows another storage than its record gives.")
    return found


def _judged_otherwise(work: Transaction, batches: Sequence[int]) -> set[int]:
    """Return the batches that stood where an older program judged what a logger recorded, by its own rules."""
    older = rejudged.judged_before(work)
    places = {watch.place for logger in work.loggers.all() if logger.name in older for watch in logger.watches}
    stood = work.whereabouts.of(batches) if places else []
    return {one.batch for one in stood if any(each.place in places for each in one.presences)}
