"""How a batch is asked for, read back, and written down: its columns on one side, its value on the other."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from functools import lru_cache
from typing import Any

from peewee import JOIN, ModelSelect

from ldninv.db.recorded import day_of, lost_on, recorded
from ldninv.db.rows import BatchRow, ComponentRow, MovementRow, PlaceRow
from ldninv.domain import expiry
from ldninv.domain.batch import Batch, Kept, Stock
from ldninv.domain.entries import Kind
from ldninv.domain.expiry import ComponentLot, DecidedBy, Expiry, Policy, Unit
from ldninv.domain.lots import lot_key
from ldninv.domain.quantities import Strength
from ldninv.domain.stored import Storage, Stored

_NOT_RELEASED = Stock().quarantined

COMPONENT = (ComponentRow.name, ComponentRow.lot, ComponentRow.expires, ComponentRow.supplier, ComponentRow.amount)
"""The columns of a component lot."""
_VOIDED = Kind.VOIDED.value
"""What rejects a batch that is taken back itself: the entry that takes its making back."""
_QUARANTINE, _REJECTION, _RECALL, _HOLD = (MovementRow.alias() for _ in range(4))


def with_stock() -> ModelSelect[BatchRow]:
    """Select batches with their place and with the words of what speaks against them."""
    row, record = BatchRow, recorded().alias("record")
    columns = (
        row.id, row.lot, row.strength, row.form, row.prepared, row.expires, row.decided_by, row.decided_rule, row.made,
        row.filler, row.container, row.capsule_size, row.made_by, row.verified_by, row.policy,
        row.on_hand, PlaceRow.name, row.released, row.destroyed, _QUARANTINE.reason,
        row.rejected_id, _REJECTION.reason, _REJECTION.kind, row.recalled_id, _RECALL.reason, row.held_id, _HOLD.reason,
        _HOLD.note,
        row.returned, row.first_expires, row.first_decided_by, row.first_decided_rule, row.storage, row.review,
        record.c.until, lost_on(),
    )  # fmt: skip
    query = row.select(*columns).join(PlaceRow, JOIN.LEFT_OUTER, on=(row.place == PlaceRow.id))
    query = query.switch(row).join(record, JOIN.LEFT_OUTER, on=(row.place == record.c.place_id))
    for entry, pointer in (
        (_QUARANTINE, row.quarantined_id),
        (_REJECTION, row.rejected_id),
        (_RECALL, row.recalled_id),
        (_HOLD, row.held_id),
    ):
        query = query.switch(row).join(entry, JOIN.LEFT_OUTER, on=(entry.id == pointer))
    return query


def as_kept(row: Sequence[Any], components: tuple[ComponentLot, ...] = ()) -> Kept:
    """Return what the columns of `with_stock` say of a batch, with the components that were read apart."""
    (
        key, lot, strength, form, prepared, expires, decided_by, rule, made,
        filler, container, capsule_size, made_by, verified_by, policy,
        on_hand, place, released, destroyed, quarantined,
        rejected_id, rejected, by_kind, recalled_id, recalled, held_id, held,
        held_for_storage,
        returned, first_expires, first_decided_by, first_rule, storage, review, until, lost,
    ) = row  # fmt: skip
    now = _expiry(expires, decided_by, rule)
    taken_back = by_kind == _VOIDED
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
        rejected=None if rejected_id is None or taken_back else (rejected or ""),
        recalled=None if recalled_id is None else (recalled or ""),
        held=None if held_id is None else (held or ""),
        held_for_storage=held_for_storage,
        destroyed=bool(destroyed),
        returned=returned,
        shortened=now if first_expires else None,
        taken_back=(rejected or "") if taken_back else None,
    )
    return Kept(batch, stock, _stored(storage, review, lost), day_of(until) if until is not None and on_hand else None)


_strength = lru_cache(maxsize=256)(Strength)
_container = lru_cache(maxsize=16)(expiry.Container)
_day = lru_cache(maxsize=8192)(date.fromisoformat)
"""Values that many batches share; made once, a hundred thousand batches are read in half the time."""


@lru_cache(maxsize=1024)
def _stored(level: str, review: str | None, lost_on: str | None) -> Stored:
    return Stored(Storage(level), review, _day(lost_on) if lost_on else None)


@lru_cache(maxsize=8192)
def _expiry(on: str, decided_by: str, rule: str) -> Expiry:
    return Expiry(_day(on), DecidedBy(decided_by), rule)


def batch_columns(batch: Batch, event: int) -> dict[str, Any]:
    """Return what is written down of a new batch; `event` is the number of the event that says so."""
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


def as_component(row: Sequence[Any]) -> ComponentLot:
    """Return the component lot that the columns of `COMPONENT` say."""
    name, lot, expires, supplier, amount = row
    return ComponentLot(name, lot, date.fromisoformat(expires) if expires else None, supplier, amount)


def component_columns(batch: int, lot: ComponentLot) -> dict[str, Any]:
    """Return what is written down of a component lot of the batch with key `batch`."""
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
