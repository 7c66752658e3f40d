"""Which batches stood at a place, and where else they were: for the bars below a chart. Nothing here writes."""

from __future__ import annotations

from dataclasses import dataclass

from ldninv.domain.storage.stays import Presence, Span, overlap
from ldninv.services.context import Context
from ldninv.services.places import known_place


@dataclass(frozen=True, slots=True)
class Stood:
    """A batch, and all places it stood at, oldest first."""

    lot: str
    presences: tuple[Presence, ...]


def stood_at(context: Context, place: str, span: Span) -> list[Stood]:
    """Return the batches that stood at a place at any moment of `span` (half-open, UTC seconds), by lot.

    Raises:
        Refused: there is no such place.
    """
    with context.store.reading() as work:
        there = known_place(work, place).name
        found = [
            one
            for one in work.whereabouts.of(work.whereabouts.candidates(there, span[0]))
            if any(each.place == there and overlap(each.span, span) for each in one.presences)
        ]
        kept = {each.batch.id: each.batch.lot for each in work.batches.rows(sorted(one.batch for one in found))}
    return sorted((Stood(kept[one.batch], one.presences) for one in found), key=lambda each: each.lot)
