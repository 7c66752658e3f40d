"""What a file says against kept readings that a decision rests on: they stay, and it is open again (R18)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ldninv.domain.storage.happenings import CONTRADICTED, Aspect, Effect, Happening
from ldninv.domain.storage.loggers import Logger
from ldninv.domain.storage.series import Series
from ldninv.services.context import Context
from ldninv.services.storage import marking
from ldninv.services.storage.brought import Incoming
from ldninv.services.storage.settling import Marked

if TYPE_CHECKING:
    from ldninv.db import Transaction

ACTION = "readings-contradicted"
"""What the trail calls a file that contradicts the readings of something that happened."""


def reopen(context: Context, work: Transaction, logger: Logger, incoming: Incoming, indices: Sequence[int]) -> Marked:
    """Keep with what happened that a file contradicts its readings, and mark the batches; within a write.

    Args:
        context: Who and when.
        work: The transaction.
        logger: Whose file it is.
        incoming: The file.
        indices: Which of its readings contradict what is kept, in the order of time.
    """
    marks = Marked()
    if incoming.series is None or not indices:
        return marks
    seconds = incoming.series.seconds
    span = work.readings.beside(logger.id, seconds[indices[0]], seconds[indices[-1]] + 1)
    for place in logger.places(span):
        known = work.happenings.now(place=place, logger=logger.name, span=span)
        asked = [each for each in known if each.effect is not Effect.RECORDED and not each.path and not each.gone]
        measured = [each for each in asked if each.aspect not in {Aspect.DAY, Aspect.LIGHT, Aspect.HUMIDITY}]
        changed = [new for each in measured if (new := _with(work, logger, each, incoming.series, indices))]
        if changed:
            told = {"file": incoming.file, "sha256": incoming.digest, "place": place, "readings": len(indices)}
            event = work.trail.append(context.event(ACTION, logger.name, after=told))
            found = marking.mark_anew(context, work, place, changed, event)
            marks.batches |= found.batches
            marks.held += found.held
    return marks


def _with(
    work: Transaction, logger: Logger, each: Happening, series: Series, indices: Sequence[int]
) -> Happening | None:
    """Return a happening with what contradicts its readings or those beside them; None where nothing new does."""
    before, after = work.readings.beside(logger.id, *each.span)
    said = [series.celsius[at] for at in indices if before <= series.seconds[at] <= after]
    told = {"readings": len(said), "coldest_c": min(said), "warmest_c": max(said)} if said else None
    if told is None or each.limits.get(CONTRADICTED) == told:
        return None
    return replace(each, limits={**each.limits, CONTRADICTED: told})
