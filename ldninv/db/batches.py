"""Questions about batches, answered with domain values; and the one way a new batch is kept."""

from __future__ import annotations

import json
from array import array
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import date
from functools import cache, lru_cache
from operator import or_
from typing import Any

from peewee import JOIN, Database, ModelSelect, fn

from ldninv.db import filters
from ldninv.db.notes import Note, notes
from ldninv.db.rows import BatchRow, ComponentRow, MovementRow, PlaceRow, insert
from ldninv.domain import expiry
from ldninv.domain.batch import Batch, Kept, Stock
from ldninv.domain.coverage import Band
from ldninv.domain.expiry import ComponentLot, DecidedBy, Expiry, Policy, Unit
from ldninv.domain.lots import lot_key
from ldninv.domain.quantities import Strength
from ldninv.domain.question import Question
from ldninv.domain.stored import Storage, Stored

AT_ONCE = 500
"""Rows an `IN (…)` or a multi-row insert may name at once, below every SQLite's limit."""

_A_FEW = 32
"""Rows that a screen shows, with some to spare."""

_NOT_RELEASED = Stock().quarantined


class Batches:
    """The batches of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def by_lot(self, lot: str) -> Kept | None:
        """Return the batch of a lot, compared without case (R31), with its components; None where there is none."""
        rows = self._database.execute_sql(_one_lot(), (lot_key(lot),)).fetchall()
        if not rows:
            return None
        return _kept(rows[0], self._components_of(rows[0][0]))

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
            found.update((row[0], _kept(row)) for row in rows)
        return [found[key] for key in ids if key in found]

    def in_stock(self, strength: Strength | None = None, *, until: date = date.min) -> Iterator[Kept]:
        """Yield the batches with capsules on hand, earliest expiry first, without their components.

        Args:
            strength: Only these.
            until: Only those that may be used until this day or longer.
        """
        query = _with_stock().where(filters.IN_STOCK, BatchRow.expires >= until.isoformat())
        query = query if strength is None else query.where(BatchRow.strength == strength.micrograms)
        query = query.order_by(BatchRow.expires, BatchRow.prepared, BatchRow.lot)
        return (_kept(row) for row in self._database.execute(query))

    def by_another_policy(self, policy: Policy, *, until: date) -> Iterator[Kept]:
        """Yield the batches with capsules on hand that took their date from another policy, without their components.

        Args:
            policy: The one that they did not take it from.
            until: Only those that may be used until this day or longer.
        """
        other = (BatchRow.policy != policy_text(policy)) & (BatchRow.expires >= until.isoformat())
        query = _with_stock().where(filters.IN_STOCK, other).order_by(BatchRow.id)
        return (_kept(row) for row in self._database.execute(query))

    def at(self, place: str) -> list[Kept]:
        """Return the batches that stand at a place with capsules on hand, by lot, without their components."""
        query = _with_stock().where(filters.IN_STOCK, PlaceRow.name == place).order_by(BatchRow.lot_key)
        return [_kept(row) for row in self._database.execute(query)]

    def pressing(self, today: date, buffer: int) -> Iterator[Kept]:
        """Yield what is in stock and either cannot be dispensed as it is or no longer covers every supply.

        Earliest expiry first, without their components.
        """
        stopped = filters.conditions(Question(usable=False), today, buffer)
        ending = filters.conditions(Question(bands=frozenset(Band) - {Band.GOOD}), today, buffer)
        query = _with_stock().where(filters.IN_STOCK, or_(*stopped, *ending))
        query = query.order_by(BatchRow.expires, BatchRow.prepared, BatchRow.lot)
        return (_kept(row) for row in self._database.execute(query))

    def all(self) -> Iterator[Kept]:
        """Yield every batch, oldest entry first, without components."""
        return (_kept(row) for row in self._database.execute(_with_stock().order_by(BatchRow.id)))

    def lots_like(self, keys: Iterable[str]) -> dict[str, Kept]:
        """Return the kept batches among these lots, by their `lot_key`."""
        wanted = [lot_key(key) for key in keys]
        found: dict[str, Kept] = {}
        for start in range(0, len(wanted), AT_ONCE):
            part = wanted[start : start + AT_ONCE]
            rows = self._database.execute_sql(_of_lots(), part + part[-1:] * (AT_ONCE - len(part)))
            found.update((lot_key(row[1]), _kept(row)) for row in rows)
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
        return [lot for (lot,) in self._database.execute(query)]

    def append(self, batches: Sequence[Batch], event: int) -> None:
        """Keep new batches under their own keys, with their components; their ledger is appended apart."""
        insert(BatchRow, [_row(batch, event) for batch in batches], self._database)
        parts = [_component_row(batch.id, lot) for batch in batches for lot in batch.components]
        insert(ComponentRow, parts, self._database)

    def components_of(self, batches: Container[int] | None, until: date) -> list[tuple[ComponentLot, tuple[str, ...]]]:
        """Return the component lots that expire by `until` in these batches, each with its batches' lots.

        Where no batches are named, in those with stock.
        """
        query = (
            ComponentRow.select(*_COMPONENT, BatchRow.id, BatchRow.lot)
            .join(BatchRow)
            .where(ComponentRow.expires <= until.isoformat())
            .order_by(ComponentRow.expires, ComponentRow.lot, BatchRow.lot)
        )
        query = query.where(filters.IN_STOCK) if batches is None else query
        found: dict[tuple[str, str, str | None], tuple[ComponentLot, list[str]]] = {}
        for *part, key, lot in self._database.execute(query):
            if batches is None or key in batches:
                component = _component(part)
                same = component.name, lot_key(component.lot), part[2]
                found.setdefault(same, (component, []))[1].append(lot)
        return [(component, tuple(lots)) for component, lots in found.values()]

    def _components_of(self, batch: int) -> tuple[ComponentLot, ...]:
        query = ComponentRow.select(*_COMPONENT).where(ComponentRow.batch == batch).order_by(ComponentRow.id)
        return tuple(_component(row) for row in self._database.execute(query))


_COMPONENT = (ComponentRow.name, ComponentRow.lot, ComponentRow.expires, ComponentRow.supplier, ComponentRow.amount)
_QUARANTINE, _REJECTION, _RECALL, _HOLD = (MovementRow.alias() for _ in range(4))


def _with_stock() -> ModelSelect[BatchRow]:
    """Select batches with their place and with the words of what speaks against them."""
    row = BatchRow
    columns = (
        row.id, row.lot, row.strength, row.form, row.prepared, row.expires, row.decided_by, row.decided_rule, row.made,
        row.filler, row.container, row.capsule_size, row.made_by, row.verified_by, row.policy,
        row.on_hand, PlaceRow.name, row.released, row.destroyed, _QUARANTINE.reason,
        row.rejected_id, _REJECTION.reason, row.recalled_id, _RECALL.reason, row.held_id, _HOLD.reason,
        row.returned, row.first_expires, row.first_decided_by, row.first_decided_rule, row.storage, row.review,
    )  # fmt: skip
    query = row.select(*columns).join(PlaceRow, JOIN.LEFT_OUTER, on=(row.place == PlaceRow.id))
    for entry, pointer in (
        (_QUARANTINE, row.quarantined_id),
        (_REJECTION, row.rejected_id),
        (_RECALL, row.recalled_id),
        (_HOLD, row.held_id),
    ):
        query = query.switch(row).join(entry, JOIN.LEFT_OUTER, on=(entry.id == pointer))
    return query


@cache
def _of_keys(count: int) -> str:
    """Return the statement that asks for so many batches by their keys; writing it takes longer than answering it."""
    return str(_with_stock().where(BatchRow.id.in_(range(count))).sql()[0])


@cache
def _of_lots() -> str:
    """Return the statement that asks for `AT_ONCE` batches by their lots."""
    return str(_with_stock().where(BatchRow.lot_key.in_([""] * AT_ONCE)).sql()[0])


@cache
def _one_lot() -> str:
    """Return the statement that asks for a batch by its lot."""
    return str(_with_stock().where(BatchRow.lot_key == "").sql()[0])


def _kept(row: Sequence[Any], components: tuple[ComponentLot, ...] = ()) -> Kept:
    (
        key, lot, strength, form, prepared, expires, decided_by, rule, made,
        filler, container, capsule_size, made_by, verified_by, policy,
        on_hand, place, released, destroyed, quarantined,
        rejected_id, rejected, recalled_id, recalled, held_id, held,
        returned, first_expires, first_decided_by, first_rule, storage, review,
    ) = row  # fmt: skip
    now = _expiry(expires, decided_by, rule)
    batch = Batch(
        id=key,
        lot=lot,
        strength=_strength(strength),
        form=form,
        prepared=_day(prepared),
        expiry=now,
        first_expiry=_expiry(first_expires, first_decided_by, first_rule) if first_expires else None,
        made=made,
        filler=filler,
        container=_container(container) if container else None,
        capsule_size=capsule_size,
        made_by=made_by,
        verified_by=verified_by,
        policy=policy_of(policy),
        components=components,
    )
    stock = Stock(
        on_hand=on_hand,
        place=place,
        quarantined=None if released else (quarantined or _NOT_RELEASED),
        rejected=None if rejected_id is None else (rejected or ""),
        recalled=None if recalled_id is None else (recalled or ""),
        held=None if held_id is None else (held or ""),
        destroyed=bool(destroyed),
        returned=returned,
        shortened=now if first_expires else None,
    )
    return Kept(batch, stock, _stored(storage, review))


_strength = lru_cache(maxsize=256)(Strength)
_container = lru_cache(maxsize=16)(expiry.Container)
_day = lru_cache(maxsize=8192)(date.fromisoformat)
"""Values that many batches share; made once, a hundred thousand batches are read in half the time."""


@lru_cache(maxsize=1024)
def _stored(level: str, review: str | None) -> Stored:
    return Stored(Storage(level), review)


@lru_cache(maxsize=8192)
def _expiry(on: str, decided_by: str, rule: str) -> Expiry:
    return Expiry(_day(on), DecidedBy(decided_by), rule)


def _row(batch: Batch, event: int) -> dict[str, Any]:
    return {
        "id": batch.id,
        "lot": batch.lot,
        "lot_key": lot_key(batch.lot),
        "strength": batch.strength.micrograms,
        "form": batch.form,
        "prepared": batch.prepared.isoformat(),
        "expires": batch.expiry.on.isoformat(),
        "decided_by": batch.expiry.decided_by.value,
        "decided_rule": batch.expiry.rule,
        "made": batch.made,
        "filler": batch.filler,
        "container": batch.container.value if batch.container else None,
        "capsule_size": batch.capsule_size,
        "made_by": batch.made_by,
        "verified_by": batch.verified_by,
        "policy": None if batch.policy is None else policy_text(batch.policy),
        "event_id": event,
    }


def _component(row: Sequence[Any]) -> ComponentLot:
    name, lot, expires, supplier, amount = row
    return ComponentLot(name, lot, date.fromisoformat(expires) if expires else None, supplier, amount)


def _component_row(batch: int, lot: ComponentLot) -> dict[str, Any]:
    return {
        "batch_id": batch,
        "name": lot.name,
        "supplier": lot.supplier,
        "lot": lot.lot,
        "lot_key": lot_key(lot.lot),
        "expires": lot.expires.isoformat() if lot.expires else None,
        "amount": lot.amount,
    }


@lru_cache(maxsize=64)
def policy_text(policy: Policy) -> str:
    """Return a policy as it is kept with a batch and in the settings."""
    return json.dumps(asdict(policy), ensure_ascii=False, sort_keys=True)


@lru_cache(maxsize=64)
def policy_of(text: str | None) -> Policy | None:
    """Return the policy that `policy_text` wrote down; a few serve all batches."""
    if text is None:
        return None
    fields = json.loads(text)
    return Policy(**(fields | {"unit": Unit(fields["unit"])}))
