"""Policies put in force, component dates read anew, and the batches that keep theirs all the same (R1, R2)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from peewee import Database, ModelSelect, fn

from ldninv.db.batch_rows import policy_of, policy_text
from ldninv.db.batches import AT_ONCE
from ldninv.db.rows import BatchRow, ComponentDateRow, ComponentRow, DateKeptRow, EventRow, PolicyRow, insert
from ldninv.db.worded import Worded
from ldninv.domain.expiry import ComponentLot, Expiry, Policy
from ldninv.domain.lots import lot_key
from ldninv.domain.policies import Adopted, NewDate, succession


class Policies:
    """The policies of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def append(self, policy: Policy, effective_from: date, event: int) -> None:
        """Keep a policy that was put in force."""
        row = {"policy": policy_text(policy), "effective_from": effective_from.isoformat(), "event_id": event}
        insert(PolicyRow, [row], self._database)

    def all(self) -> list[Adopted]:
        """Return every policy that was ever put in force, in the order in which they hold."""
        found = []
        for key, text, since, by, at, reason in _adopted(self._database):
            policy = policy_of(text)
            assert policy is not None  # noqa: S101 - never kept as NULL
            day = date.fromisoformat(since)
            found.append(Adopted(policy=policy, effective_from=day, by=by, at=at, reason=reason, id=key))
        return succession(found)

    def keep_date(self, part: ComponentLot, expires: date, event: int) -> None:
        """Keep a component lot's date that was read anew."""
        row = {
            "name": part.name,
            "lot": part.lot,
            "lot_key": lot_key(part.lot),
            "expires": expires.isoformat(),
            "event_id": event,
        }
        insert(ComponentDateRow, [row], self._database)

    def new_dates(self) -> list[NewDate]:
        """Return the component lots' dates that were read anew, latest last."""
        return [
            NewDate(name=name, lot=lot, expires=date.fromisoformat(expires), reason=reason or "", by=by, at=at)
            for name, lot, expires, by, at, reason in _new_dates(self._database)
        ]

    def keep_as_it_is(self, batch: int, against: Expiry, event: int) -> None:
        """Keep the decision that a batch keeps its date."""
        row = {"batch_id": batch, "against": against.on.isoformat(), "rule": against.rule, "event_id": event}
        insert(DateKeptRow, [row], self._database)

    def kept_as_they_are(self) -> dict[int, date]:
        """Return, by batch, the earliest date against which a pharmacist kept its own."""
        query = DateKeptRow.select(DateKeptRow.batch, fn.MIN(DateKeptRow.against)).group_by(DateKeptRow.batch)
        return {batch: date.fromisoformat(day) for batch, day in query.tuples().execute(self._database)}

    def made_with(self, lots: Iterable[str]) -> list[str]:
        """Return the lots of the batches with stock that were made with component lots of these names."""
        keys = sorted({lot_key(lot) for lot in lots})
        found: list[str] = []
        for start in range(0, len(keys), AT_ONCE):
            query = (
                ComponentRow.select(BatchRow.lot)
                .join(BatchRow)
                .where(ComponentRow.lot_key.in_(keys[start : start + AT_ONCE]), BatchRow.on_hand > 0)
            )
            query = query.order_by(ComponentRow.lot_key, ComponentRow.id)
            found += [lot for (lot,) in query.tuples().execute(self._database)]
        return list(dict.fromkeys(found))


@Worded
def _adopted() -> ModelSelect[PolicyRow]:
    row, event = PolicyRow, EventRow
    return (
        row.select(row.id, row.policy, row.effective_from, event.by, event.at, event.reason)
        .join(event)
        .order_by(row.id)
    )


@Worded
def _new_dates() -> ModelSelect[ComponentDateRow]:
    row, event = ComponentDateRow, EventRow
    asked = row.select(row.name, row.lot, row.expires, event.by, event.at, event.reason)
    return asked.join(event).order_by(row.id)
