"""All that is shown of one place, read at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, tzinfo

from ldninv.services.context import Context
from ldninv.services.storage import loggers, looking, papers
from ldninv.services.storage.drawn import Drawn, drawn, span_of
from ldninv.services.storage.looking import Seen
from ldninv.services.storage.papers import SignedRecord
from ldninv.services.storage.places_now import PlaceNow
from ldninv.services.storage.presence import Stood, stood_at


@dataclass(frozen=True, slots=True)
class Record:
    """All that is shown of a place."""

    now: PlaceNow
    today: date
    zone: tzinfo
    curves: tuple[Drawn, ...]
    """Of each logger that recorded something there; at least one."""
    events: Sequence[Seen]
    """Newest first."""
    stood: Sequence[Stood]
    signed: SignedRecord | None
    """The record of it that was signed last."""


def read(context: Context, now: PlaceNow) -> Record | None:
    """Return what is shown of a place, None where no reading of it is kept. A year takes a moment: on a worker.

    Raises:
        Refused: there is no such place.
    """
    place = now.place.name
    curves = drawn(context, place)
    if not curves:
        return None
    first, last = span_of(curves)
    signed = papers.signed_days(context, place)
    return Record(
        now=now,
        today=context.today(),
        zone=loggers.zone_of(looking.loggers_at(context, place)[0].zone),
        curves=curves,
        events=looking.events(context, place=place),
        stood=stood_at(context, place, (first, last + 1)),
        signed=papers.signed(context, place, *signed[0]) if signed else None,
    )
