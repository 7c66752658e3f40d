"""What other loggers recorded while something happened at a place: part of what a decision on it rests on (R18)."""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ldninv.domain.storage.happenings import Aspect, Happening
from ldninv.domain.storage.loggers import Logger
from ldninv.domain.storage.stays import Span, overlap
from ldninv.services.storage.seeing import measured

if TYPE_CHECKING:
    from ldninv.db import Transaction

KEY = "beside"


def changed(work: Transaction, logger: Logger, place: str, span: Span) -> list[Happening]:
    """Return what other loggers' records show of a place in a span, where this one's readings are new beside it.

    A decision that was taken without them is to be looked at again, whether they bear it out or not.
    """
    others = [
        each
        for each in work.happenings.now(place=place, span=span)
        if each.logger not in {None, logger.name}
        and not each.path
        and not each.loggers
        and not each.gone
        and each.aspect is not Aspect.DAY
    ]
    anew = rested(work, others)
    return [new for old, new in zip(others, anew, strict=True) if old.evidence != new.evidence]


def rested(work: Transaction, found: Sequence[Happening]) -> list[Happening]:
    """Return happenings with the SHA-256 of what other loggers recorded of that place meanwhile, where any did."""
    if not found:
        return []
    loggers = sorted(work.loggers.all(), key=lambda each: each.name)
    return [_rested(work, each, loggers) for each in found]


def _rested(work: Transaction, each: Happening, loggers: Sequence[Logger]) -> Happening:
    digest, any_there = hashlib.sha256(), False
    for name, column in _columns(work, each, loggers):
        any_there = True
        digest.update(name.encode())
        digest.update(column.tobytes())
    limits = {key: value for key, value in each.limits.items() if key != KEY}
    return replace(each, limits=limits | {KEY: digest.hexdigest()} if any_there else limits)


def _columns(work: Transaction, each: Happening, loggers: Sequence[Logger]) -> Iterator[tuple[str, array[float]]]:
    for logger in loggers:
        if logger.name == each.logger:
            continue
        for watched in logger.watched(each.place):
            span = overlap(watched, each.span)
            if span is None:
                continue
            series = work.readings.series(logger.id, *span)
            values = measured(series, each.aspect)
            if values:
                yield logger.name, array("d", [*series.seconds, *values])
