"""Questions about batches, answered with domain values; and the one way a new batch is kept."""

from __future__ import annotations

from array import array
from collections.abc import Container, Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from operator import or_

from peewee import JOIN, Database, ModelSelect, fn

from ldninv.db import filters
from ldninv.db.batch_rows import (
    COMPONENT,
    as_component,
    as_kept,
    batch_columns,
    component_columns,
    policy_text,
    with_stock,
)
from ldninv.db.notes import Note, notes
from ldninv.db.rows import BatchRow, ComponentRow, PlaceRow, insert
from ldninv.db.worded import Worded
from ldninv.domain.batch import Batch, Kept
from ldninv.domain.coverage import Band
from ldninv.domain.expiry import ComponentLot, Policy
from ldninv.domain.lots import lot_key
from ldninv.domain.quantities import Strength
from ldninv.domain.question import Question

AT_ONCE = 500
"""Rows an `IN (…)` or a multi-row insert may name at once, below every SQLite's limit."""

_A_FEW = 32
"""Rows that a screen shows, with some to spare."""


class Batches:
    """The batches of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def by_lot(self, lot: str) -> Kept | None:
        """Return the batch of a lot, compared without case (R31), with its components; None where there is none."""
        rows = self._database.execute_sql(_one_lot(), (lot_key(lot),)).fetchall()
        if not rows:
            return None
        return as_kept(rows[0], self._components_of(rows[0][0]))

    def ids(self, question: Question, today: date, buffer: int) -> array[int]:
        """Return the keys of all that answer `question`, in its order: cheap to hold for a million batches."""
        query = (
            BatchRow.select(BatchRow.id)
            .join(PlaceRow, JOIN.LEFT_OUTER, on=(BatchRow.place == PlaceRow.id))
            .order_by(*filters.order(question))
        )
        wanted = filters.conditions(question, today, buffer)
        query = query.where(*wanted) if wanted else query
        query = query.limit(question.limit) if question.limit is not None else query
        return array("q", (key for (key,) in self._database.execute(query)))

    def count(self, question: Question, today: date, buffer: int) -> int:
        """Return how many answer `question`, whatever its limit."""
        query = BatchRow.select(fn.COUNT(BatchRow.id)).join(
            PlaceRow, JOIN.LEFT_OUTER, on=(BatchRow.place == PlaceRow.id)
        )
        wanted = filters.conditions(question, today, buffer)
        query = query.where(*wanted) if wanted else query
        return int(query.scalar(self._database) or 0)

    def tally(self, question: Question, today: date, buffer: int) -> tuple[int, int]:
        """Return how many batches answer `question`, and how many capsules they hold; it asks for no text."""
        query = BatchRow.select(fn.COUNT(BatchRow.id), fn.COALESCE(fn.SUM(BatchRow.on_hand), 0))
        wanted = filters.conditions(question, today, buffer)
        (found,) = self._database.execute(query.where(*wanted) if wanted else query)
        return int(found[0]), int(found[1])

    def rows(self, ids: Sequence[int]) -> list[Kept]:
        """Return the batches of these keys in this order, without their components."""
        found: dict[int, Kept] = {}
        many = AT_ONCE if len(ids) > _A_FEW else _A_FEW
        for start in range(0, len(ids), many):
            part = list(ids[start : start + many])
            rows = self._database.execute_sql(_of_keys(many), part + part[-1:] * (many - len(part)))
            found.update((row[0], as_kept(row)) for row in rows)
        return [found[key] for key in ids if key in found]

    def in_stock(self, strength: Strength | None = None, *, until: date = date.min) -> Iterator[Kept]:
        """Yield the batches with capsules on hand, earliest expiry first, without their components.

        Args:
            strength: Only these.
            until: Only those that may be used until this day or longer.
        """
        query = with_stock().where(filters.IN_STOCK, BatchRow.expires >= until.isoformat())
        query = query if strength is None else query.where(BatchRow.strength == strength.micrograms)
        query = query.order_by(BatchRow.expires, BatchRow.prepared, BatchRow.lot)
        return (as_kept(row) for row in self._database.execute(query))

    def by_another_policy(self, policy: Policy, *, until: date) -> Iterator[Kept]:
        """Yield the batches with capsules on hand that took their date from another policy, without their components.

        Args:
            policy: The one that they did not take it from.
            until: Only those that may be used until this day or longer.
        """
        other = (BatchRow.policy != policy_text(policy)) & (BatchRow.expires >= until.isoformat())
        query = with_stock().where(filters.IN_STOCK, other).order_by(BatchRow.id)
        return (as_kept(row) for row in self._database.execute(query))

    def at(self, place: str) -> list[Kept]:
        """Return the batches that stand at a place with capsules on hand, by lot, without their components."""
        query = with_stock().where(filters.IN_STOCK, PlaceRow.name == place).order_by(BatchRow.lot_key)
        return [as_kept(row) for row in self._database.execute(query)]

    def pressing(self, today: date, buffer: int) -> Iterator[Kept]:
        """Yield what is in stock and either cannot be dispensed as it is or no longer covers every supply.

        Earliest expiry first, without their components.
        """
        stopped = filters.conditions(Question(usable=False), today, buffer)
        ending = filters.conditions(Question(bands=frozenset(Band) - {Band.GOOD}), today, buffer)
        query = with_stock().where(filters.IN_STOCK, or_(*stopped, *ending))
        query = query.order_by(BatchRow.expires, BatchRow.prepared, BatchRow.lot)
        return (as_kept(row) for row in self._database.execute(query))

    def all(self) -> Iterator[Kept]:
        """Yield every batch, oldest entry first, without components."""
        return (as_kept(row) for row in self._database.execute(with_stock().order_by(BatchRow.id)))

    def components(self) -> dict[int, tuple[ComponentLot, ...]]:
        """Return what went into each batch, by its key, as it was written down."""
        found: dict[int, tuple[ComponentLot, ...]] = {}
        query = ComponentRow.select(ComponentRow.batch, *COMPONENT).order_by(ComponentRow.id)
        for batch, *row in query.tuples().iterator(self._database):
            found[batch] = (*found.get(batch, ()), as_component(row))
        return found

    def lots_like(self, keys: Iterable[str]) -> dict[str, Kept]:
        """Return the kept batches among these lots, by their `lot_key`."""
        wanted = [lot_key(key) for key in keys]
        found: dict[str, Kept] = {}
        for start in range(0, len(wanted), AT_ONCE):
            part = wanted[start : start + AT_ONCE]
            rows = self._database.execute_sql(_of_lots(), part + part[-1:] * (AT_ONCE - len(part)))
            found.update((lot_key(row[1]), as_kept(row)) for row in rows)
        return found

    def notes(
        self, questions: Sequence[Question], today: date, buffer: int, keys: Sequence[int] | None = None
    ) -> Iterator[Note]:
        """Yield what a list in memory needs of each batch, or of these, earliest expiry first (see `notes.notes`)."""
        return notes(self._database, questions, today, buffer, keys)

    def next_id(self) -> int:
        """Return the key of the batch that is kept next; right inside a write transaction only."""
        return int(BatchRow.select(fn.COALESCE(fn.MAX(BatchRow.id), 0)).scalar(self._database)) + 1

    def beginning(self, prefix: str) -> list[str]:
        """Return the lots that begin with `prefix`, compared without case."""
        key = lot_key(prefix)
        query = BatchRow.select(BatchRow.lot).where(BatchRow.lot_key >= key, BatchRow.lot_key < f"{key}\U0010ffff")
        return [lot for (lot,) in self._database.execute(query.order_by(BatchRow.lot_key))]

    def append(self, batches: Sequence[Batch], event: int) -> None:
        """Keep new batches under their own keys, with their components; their ledger is appended apart."""
        insert(BatchRow, [batch_columns(batch, event) for batch in batches], self._database)
        parts = [component_columns(batch.id, lot) for batch in batches for lot in batch.components]
        insert(ComponentRow, parts, self._database)

    def components_of(self, batches: Container[int] | None, until: date) -> list[tuple[ComponentLot, tuple[str, ...]]]:
        """Return the component lots that expire by `until` in these batches, each with its batches' lots.

        Where no batches are named, in those with stock.
        """
        query = (
            ComponentRow.select(*COMPONENT, BatchRow.id, BatchRow.lot)
            .join(BatchRow)
            .where(ComponentRow.expires <= until.isoformat())
            .order_by(ComponentRow.expires, ComponentRow.lot, BatchRow.lot)
        )
        query = query.where(filters.IN_STOCK) if batches is None else query
        found: dict[tuple[str, str, str | None], tuple[ComponentLot, list[str]]] = {}
        for *part, key, lot in self._database.execute(query):
            if batches is None or key in batches:
                component = as_component(part)
                same = component.name, lot_key(component.lot), part[2]
                found.setdefault(same, (component, []))[1].append(lot)
        return [(component, tuple(lots)) for component, lots in found.values()]

    def _components_of(self, batch: int) -> tuple[ComponentLot, ...]:
        return tuple(as_component(row) for row in _components_of(self._database, batch))


@Worded
def _components_of() -> ModelSelect[ComponentRow]:
    return ComponentRow.select(*COMPONENT).where(ComponentRow.batch == 0).order_by(ComponentRow.id)


@cache
def _of_keys(count: int) -> str:
    """Return the statement that asks for so many batches by their keys; writing it takes longer than answering it."""
    return str(with_stock().where(BatchRow.id.in_(range(count))).sql()[0])


@cache
def _of_lots() -> str:
    """Return the statement that asks for `AT_ONCE` batches by their lots."""
    return str(with_stock().where(BatchRow.lot_key.in_([""] * AT_ONCE)).sql()[0])


@cache
def _one_lot() -> str:
    """Return the statement that asks for a batch by its lot."""
    return str(with_stock().where(BatchRow.lot_key == "").sql()[0])
