"""What a place is from now on: what for, how dark, by which limits (R14, R17)."""

from __future__ import annotations

from ldninv.domain.places import Place
from ldninv.services.context import Change, Context
from ldninv.services.places import checked_place, known_place, place_facts
from ldninv.services.storage import marking

CHANGED = "place-changed"
"""What the trail calls another use, light or limit of a place."""


def change(context: Context, place: Place) -> Change:
    """Keep what a place is from now on; what was judged stays as it was judged.

    Raises:
        Refused: there is no such place, or limits that cannot be.
    """
    wanted = checked_place(place)
    with context.writing() as work:
        before = known_place(work, place.name)
        if before == wanted:
            return Change.NOTHING
        after = place_facts(wanted)
        event = work.trail.append(context.event(CHANGED, before.name, before=place_facts(before), after=after))
        work.places.change(wanted)
        marking.follow(context, work, [kept.batch.id for kept in work.batches.at(before.name)], event)
    return Change.PLACES | Change.BATCHES
