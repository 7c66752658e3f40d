"""A person's question as conditions on the batch table. The dates in them come from the domain (R4, R6)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import reduce
from operator import and_, or_

from peewee import SQL, Expression, Field, Ordering, fn

from ldninv.db.recorded import lost_on, recorded
from ldninv.db.rows import BatchRow, ComponentRow, MovementRow, PlaceRow
from ldninv.domain.coverage import Band, beyond_use_of_days, beyond_use_range
from ldninv.domain.entries import Kind
from ldninv.domain.lots import lot_key
from ldninv.domain.quantities import Strength
from ldninv.domain.question import Question, Sort
from ldninv.domain.refusal import Refused
from ldninv.domain.standing import State
from ldninv.domain.stored import READ_OUT, Storage

IN_STOCK: Expression = BatchRow.on_hand > SQL("0")
"""Written as the index of what is in stock has it, or SQLite would not know that it may use it."""

_TAKING_BACK = MovementRow.select(MovementRow.id).where(
    MovementRow.id == BatchRow.rejected_id, MovementRow.kind == Kind.VOIDED.value
)
WAS_MADE: Expression = ~fn.EXISTS(_TAKING_BACK)
"""A batch that was taken back is rejected by the entry that took its making back."""


def conditions(question: Question, today: date, buffer: int) -> list[Expression]:
    """Return what a row must fulfil to answer `question` on `today`; the rows are joined with their places."""
    found: list[Expression] = []
    if question.states:
        found.append(reduce(or_, (_in_state(state, today) for state in sorted(question.states))))
    if question.bands:
        found.append(reduce(or_, (_in_band(band, today, buffer) for band in sorted(question.bands))))
    if question.usable_days is not None:
        first, last = beyond_use_of_days(*question.usable_days, today)
        found.append(BatchRow.expires.between(first.isoformat(), last.isoformat()))
    if question.usable is not None:
        usable = _in_state(State.RELEASED, today) & (BatchRow.prepared <= today.isoformat())
        found.append(usable if question.usable else ~usable)
    if question.strength is not None:
        found.append(BatchRow.strength == question.strength.micrograms)
    if question.made:
        found.append(WAS_MADE)
    if question.in_stock:
        found.append(IN_STOCK)
    if question.review is not None:
        asks = BatchRow.review.is_null(is_null=False) | _overdue(today)
        found.append(asks if question.review else ~asks)
    if question.empty:
        found.append(BatchRow.on_hand == 0)
    return found + [_mentions(word) for word in question.text.split()]


def _overdue(today: date) -> Expression:
    """Whether it is incomplete by now though nothing happened (`domain.stored.Stored.as_of`)."""
    record = recorded().alias("record")
    last = datetime.combine(today - timedelta(days=READ_OUT), time(), UTC).timestamp()
    stopped = record.select_from(record.c.place_id).where(record.c.until < last)
    monitored = BatchRow.storage != Storage.NOT_MONITORED.value
    record_of_all = recorded().alias("watched")
    unwatched = ~fn.EXISTS(
        record_of_all.select_from(record_of_all.c.place_id).where(record_of_all.c.place_id == BatchRow.place)
    )
    lost = unwatched & (lost_on() <= today.isoformat())
    stands = (BatchRow.on_hand > 0) & monitored & BatchRow.place.is_null(is_null=False)
    found: Expression = stands & (BatchRow.place.in_(stopped) | lost)
    return found


def order(question: Question) -> list[Ordering]:
    """Return the order of the answer; ties go by expiry, then by lot, so that it is always the same."""
    columns: dict[Sort, Field] = {
        Sort.EXPIRES: BatchRow.expires,
        Sort.LOT: BatchRow.lot_key,
        Sort.STRENGTH: BatchRow.strength,
        Sort.PREPARED: BatchRow.prepared,
        Sort.ON_HAND: BatchRow.on_hand,
        Sort.PLACE: PlaceRow.name_key,
    }
    keys = [columns[question.sort], BatchRow.expires, BatchRow.prepared, BatchRow.lot]
    return [key.desc() if question.descending else key.asc() for key in keys]


def _in_band(band: Band, today: date, buffer: int) -> Expression:
    first, last = beyond_use_range(band, today, buffer)
    return BatchRow.expires.between(first.isoformat(), last.isoformat())


def _in_state(state: State, today: date) -> Expression:
    """Return the condition of a state: its own holds, and none that goes before it (the order of R8)."""
    holds = {
        State.DESTROYED: BatchRow.destroyed,
        State.RECALLED: BatchRow.recalled_id.is_null(is_null=False),
        State.REJECTED: BatchRow.rejected_id.is_null(is_null=False),
        State.EXPIRED: BatchRow.expires <= beyond_use_range(Band.EXPIRED, today)[1].isoformat(),
        State.HELD: BatchRow.held_id.is_null(is_null=False),
        State.QUARANTINED: ~BatchRow.released | (BatchRow.returned > 0),
        State.DEPLETED: BatchRow.on_hand == 0,
    }
    ranks = list(State)
    before = [~condition for other, condition in holds.items() if ranks.index(other) < ranks.index(state)]
    own = [holds[state]] if state in holds else []
    both: Expression = reduce(and_, [*before, *own])
    return both


def _mentions(word: str) -> Expression:
    part = lot_key(word)
    made_with = ComponentRow.select(ComponentRow.batch).where(ComponentRow.lot_key.contains(part))
    found = BatchRow.lot_key.contains(part) | PlaceRow.name_key.contains(part) | BatchRow.id.in_(made_with)
    strength = _strength(word)
    return found if strength is None else found | (BatchRow.strength == strength.micrograms)


def _strength(word: str) -> Strength | None:
    try:
        return Strength.parse(word)
    except Refused:
        return None
