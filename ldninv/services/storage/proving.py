"""Readings held against the event of their file, and each batch's storage against a recount (R18, R28)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ldninv.domain.storage import worded
from ldninv.domain.stored import NO_RECORD, Stored
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
    rows = {each.batch.id: each for each in work.batches.rows(list(kept))}
    older = _judged_otherwise(work, list(kept))
    wrong = list(kept)
    for say in (worded.words, worded.words_before):
        now = settling.recount(work, wrong, say) if wrong else {}
        wrong = [
            key
            for key in wrong
            if rows[key].stored != kept[key][0] or not (key in older or _alike(now.get(key, _NOTHING), kept[key]))
        ]
    return [f"Batch {rows[key].batch.lot} shows another storage than its record gives." for key in wrong]


def _judged_otherwise(work: Transaction, batches: Sequence[int]) -> set[int]:
    """Return the batches that stood where an older program judged what a logger recorded, by its own rules."""
    older = rejudged.judged_before(work)
    places = {watch.place for logger in work.loggers.all() if logger.name in older for watch in logger.watches}
    stood = work.whereabouts.of(batches) if places else []
    return {one.batch for one in stood if any(each.place in places for each in one.presences)}


_Storage = tuple[Stored, float | None]
_NOTHING: _Storage = (NO_RECORD, None)


def _alike(now: _Storage, kept: _Storage) -> bool:
    return now[0] == kept[0] and round(now[1] or 0, 9) == round(kept[1] or 0, 9)
