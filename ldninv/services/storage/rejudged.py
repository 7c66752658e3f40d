"""What is kept of a place's storage, judged anew from its readings: what is another by now was changed (R18, R28)."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC
from typing import TYPE_CHECKING

from ldninv.domain.storage.happenings import Aspect, Effect, Happening
from ldninv.domain.storage.loggers import Logger
from ldninv.domain.storage.trace import RULE
from ldninv.services.storage import happened, marking, seeing, together
from ldninv.services.storage.brought import ACTION
from ldninv.services.storage.places import CHANGED

if TYPE_CHECKING:
    from ldninv.db import Transaction

_OF_READINGS = frozenset({Aspect.TEMPERATURE, Aspect.GAP, Aspect.BEYOND, Aspect.LIGHT, Aspect.HUMIDITY})
"""What a record shows alike, judged in pieces or whole; a mean or a sum is that of its own thirty days."""

_ALIKE = 6
"""Digits behind the point in which sums of the same readings agree."""


def faults(work: Transaction) -> list[str]:
    """Return what happened to storage and is not what the readings give, in words; empty where all agrees.

    A place that was changed since is left out: what was judged there stays as it was judged. So does what a logger
    recorded of which an older program kept a part, for that had other rules of gaps.
    """
    left_out = {event.subject for event in work.trail.of_action(CHANGED)}
    older = judged_before(work)
    by_place: defaultdict[str, list[Happening]] = defaultdict(list)
    for each in work.happenings.now(gone=True):
        if not each.path:
            by_place[each.place].append(each)
    wrong: list[Happening] = []
    for place, found in by_place.items():
        if place not in left_out:
            wrong += [each for each in found if each.logger is None and each.aspect in _OF_READINGS]
            for logger in work.loggers.all():
                if logger.name in older:
                    continue
                alone = [each for each in found if each.logger == logger.name and not each.loggers]
                wrong += _of_logger(work, logger, place, alone)
            wrong += _of_several(
                work, place, [each for each in found if each.loggers and older.isdisjoint(each.loggers)]
            )
            wrong += [each for each in found if each.day and not each.gone and not _of_day(work, each)]
        wrong += _met(work, place, [each for each in found if not each.gone])
    named = {each.id: f"{each.kind} at {each.place}" for each in wrong}
    return [
        f"Row {key} of happening ({what}) is not what the record of the place gives." for key, what in named.items()
    ]


def judged_before(work: Transaction) -> set[str]:
    """Return the loggers with readings that came in under another rule of gaps than today's."""
    told = ((event.subject, json.loads(event.after or "{}")) for event in work.trail.of_action(ACTION))
    return {name for name, facts in told if facts.get("new") and "readings" in facts and facts.get("gaps") != RULE}


def _of_logger(work: Transaction, logger: Logger, name: str, kept: Sequence[Happening]) -> list[Happening]:
    """Return what a logger's readings of a place do not give, or give though it is said to be gone."""
    ends, place = work.readings.ends(logger.id), work.places.by_name(name)
    if not kept or ends is None or place is None:
        return [each for each in kept if each.aspect in _OF_READINGS and not each.gone]
    return _not_shown(kept, seeing.seen(work, logger, place, (ends[0], ends[1] + 1)))


def _of_several(work: Transaction, name: str, kept: Sequence[Happening]) -> list[Happening]:
    """Return the same of what several loggers of a place show only together."""
    place = work.places.by_name(name)
    if not kept or place is None:
        return []
    return _not_shown(kept, together.seen(work, place, (min(e.start for e in kept), max(e.end for e in kept))))


def _not_shown(kept: Sequence[Happening], seen: Sequence[Happening]) -> list[Happening]:
    shown: defaultdict[tuple[object, ...], list[dict[str, object]]] = defaultdict(list)
    for each in seen:
        shown[_facts(each)].append(_limits(each))
    there = {_facts(each) for each in kept if not each.gone}  # what came back was something new to an older program
    return [
        each
        for each in kept
        if each.aspect in _OF_READINGS
        and each.gone is any(limits.items() <= _limits(each).items() for limits in shown[_facts(each)])
        and not (each.gone and _facts(each) in there)
    ]


def _of_day(work: Transaction, each: Happening) -> bool:
    """Whether the lowest or highest of a day is that of its last reading; its midnights are those of a zone of then."""
    place, day = work.places.by_name(each.place), each.day
    if place is None or day is None:
        return False
    if each.in_a_row:
        rows = happened.of_days(work.daily.last_of(each.place, each.logger), place, UTC)
        return any(_of_side(each) == _of_side(one) for one in rows)
    read = [reading for reading in work.daily.of(each.place, day, day) if reading.logger == each.logger]
    shown = happened.of_day(read[-1], place, UTC) if read else []
    return any(_of_side(each) == _of_side(one) for one in shown)


def _of_side(each: Happening) -> tuple[object, ...]:
    return each.kind, each.level, each.effect, each.extreme_c, each.readings


def _facts(each: Happening) -> tuple[object, ...]:
    numbers = (each.start, each.end, each.hours, each.longest_hours, each.extreme_c)
    rounded = (None if number is None else round(number, _ALIKE) for number in numbers)
    return (each.kind, each.aspect, each.level, each.effect, each.readings, *rounded)


def _limits(each: Happening) -> dict[str, object]:
    """Return what it was judged by, each as text; what is kept may say more, such as what another logger showed."""
    limits = {
        **each.limits,
        "loggers": sorted(each.loggers),
    }  # an older program named those that began at once otherwise
    told = json.loads(json.dumps(limits, default=str), parse_float=lambda text: round(float(text), _ALIKE))
    return {name: json.dumps(said, sort_keys=True) for name, said in told.items()}


def _met(work: Transaction, place: str, now: Sequence[Happening]) -> list[Happening]:
    """Return what is said to have touched other batches than those that stood there."""
    asked = [each for each in now if each.effect is not Effect.RECORDED]
    if not asked:
        return []
    start = min(each.start for each in asked)
    named = [touch.batch for each in asked for touch in each.touched]
    stood = work.whereabouts.of(list(dict.fromkeys([*work.whereabouts.candidates(place, start), *named])))
    decided = marking.decided_on(work, (each.thread for each in asked))
    return [
        each
        for each in asked
        if marking.touching(each, stood, (), decided.get(each.thread, ())).touched != each.touched
    ]
