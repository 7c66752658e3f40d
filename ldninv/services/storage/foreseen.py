"""What a decision on what happened would answer, and what it would leave open: said before anybody signs (R18)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ldninv.domain.storage import worded
from ldninv.domain.storage.happenings import Effect, Happening, answers
from ldninv.services.context import Context
from ldninv.services.storage import deciding


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What comes of a decision, whatever it is."""

    also: tuple[Happening, ...]
    """What else is answered with it, in the order of time."""
    on_hold: tuple[tuple[str, str], ...]
    """The lots that stay on hold all the same, each with why."""


def of(context: Context, happening: Happening, batches: Sequence[int]) -> Foreseen:
    """Return what a decision on a happening would answer for these batches, and for what each stays on hold.

    Args:
        context: Here.
        happening: What is decided on.
        batches: Their keys.
    """
    with context.store.reading() as work:
        kept = {each.batch.id: each for each in work.batches.rows(batches)}
        waits = deciding.waiting_of(work, sorted(kept))
    also: dict[int, Happening] = {}
    on_hold: list[tuple[str, str]] = []
    for one, met in waits:
        batch = kept[one.batch]
        ours = [each for each in met if answers(happening, each.happening)]
        also |= {each.happening.thread: each.happening for each in ours if each.happening.thread != happening.thread}
        left = [each.happening for each in met if each not in ours and each.happening.effect is Effect.HOLD]
        storage = worded.holds(left) if left else batch.stock.held_for_storage
        if not left and deciding.lifted(batch, ours):
            storage = None
        reasons = [why for why in (batch.stock.held_otherwise, storage) if why is not None]
        if reasons and batch.stock.held is not None:
            on_hold.append((batch.batch.lot, "; ".join(reasons)))
    return Foreseen(tuple(sorted(also.values(), key=lambda each: each.start)), tuple(sorted(on_hold)))
