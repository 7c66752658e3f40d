"""What is kept beside an entry of the ledger: how capsules were disposed of (R13), and prescription numbers (R29)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from peewee import Database

from ldninv.db.rows import DisposalRow, RxRow, insert
from ldninv.domain.entries import Disposal

AT_ONCE = 500
"""Numbers an `IN (…)` may name at once, below every SQLite's limit."""


class Disposals:
    """The disposals of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def append(self, entry: int, disposal: Disposal) -> None:
        """Keep how the capsules of an entry were disposed of."""
        row = {
            "movement_id": entry,
            "method": disposal.method,
            "container": disposal.container,
            "witness": disposal.witness,
            "value_cents": disposal.value_cents,
        }
        insert(DisposalRow, [row], self._database)

    def of(self, entry: int) -> Disposal | None:
        """Return how the capsules of an entry were disposed of; None where it is no disposal."""
        query = DisposalRow.select(*_DISPOSAL).where(DisposalRow.movement == entry)
        row = next(iter(query.tuples().execute(self._database)), None)
        return None if row is None else _disposal(row)

    def all(self) -> dict[int, Disposal]:
        """Return every disposal by the number of its entry."""
        query = DisposalRow.select(DisposalRow.movement, *_DISPOSAL).tuples()
        return {number: _disposal(rest) for number, *rest in query.execute(self._database)}


class Prescriptions:
    """The prescription numbers of one database, where the pharmacy keeps them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def append(self, entry: int, number: str) -> None:
        """Keep the prescription that an entry dispensed."""
        insert(RxRow, [{"movement_id": entry, "number": number}], self._database)

    def of(self, entries: Iterable[int]) -> dict[int, str]:
        """Return the prescription numbers of these entries, where they were kept."""
        wanted = list(entries)
        found: dict[int, str] = {}
        for start in range(0, len(wanted), AT_ONCE):
            query = RxRow.select(RxRow.movement, RxRow.number).where(
                RxRow.movement.in_(wanted[start : start + AT_ONCE])
            )
            found.update(query.tuples().execute(self._database))
        return found


_DISPOSAL = (DisposalRow.method, DisposalRow.container, DisposalRow.witness, DisposalRow.value_cents)


def _disposal(row: Sequence[Any]) -> Disposal:
    method, container, witness, value_cents = row
    return Disposal(method=method, container=container, witness=witness, value_cents=value_cents)
