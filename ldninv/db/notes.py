"""What a list in memory holds of every batch, read in one go."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import reduce
from operator import and_
from typing import Any, NamedTuple

from peewee import JOIN, Case, Database, Value, fn

from ldninv.db import dialect, filters
from ldninv.db.rows import BatchRow, ComponentRow, PlaceRow
from ldninv.domain.question import Question


class Note(NamedTuple):
    """What a list in memory needs of one batch; a million of them are read in seconds."""

    key: int
    lot: str
    lot_key: str
    strength: int
    """Micrograms."""
    prepared: str
    expires: str
    on_hand: int
    place: str
    """Folded; empty where it stands nowhere."""
    components: str
    """The lots of its components, folded, one a line."""
    answers: int
    """Bit n is set where it answers the nth question."""


def notes(
    database: Database,
    questions: Sequence[Question],
    today: date,
    buffer: int,
    keys: Sequence[int] | None = None,
) -> Iterator[Note]:
    """Yield what a list in memory needs of each batch, earliest expiry first: words, order, and filters.

    Args:
        database: Which.
        questions: The filters; whether a batch answers the nth is its note's nth bit.
        today: The pharmacy's local day.
        buffer: Days to spare of every supply.
        keys: Only these.
    """
    lots = dialect.of(database).joined(ComponentRow.lot_key, "\n")
    parts = ComponentRow.select(lots).where(ComponentRow.batch == BatchRow.id)
    answers: Any = Value(0)
    for number, question in enumerate(questions):
        wanted = filters.conditions(question, today, buffer)
        bit = 1 << number
        answers += Case(None, ((reduce(and_, wanted), bit),), 0) if wanted else bit
    row = BatchRow
    query = row.select(
        row.id, row.lot, row.lot_key, row.strength, row.prepared, row.expires, row.on_hand,
        fn.COALESCE(PlaceRow.name_key, ""), fn.COALESCE(parts, ""), answers,
    ).join(PlaceRow, JOIN.LEFT_OUTER, on=(row.place == PlaceRow.id))  # fmt: skip
    query = query if keys is None else query.where(row.id.in_(keys))
    return map(Note._make, database.execute(query.order_by(row.expires, row.prepared, row.lot)))
