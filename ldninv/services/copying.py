"""A whole database copied to another place: everything, with its numbers, its trail and its chain."""

from __future__ import annotations

from dataclasses import dataclass

from ldninv.db import Store, copied, spoken
from ldninv.domain.refusal import Refused
from ldninv.services import safety


@dataclass(frozen=True, slots=True)
class CopiedWhole:
    """What was copied."""

    target: str
    events: int
    """Of the trail, which ends in the copy as it does in the source."""
    rows: int
    """Of all tables."""


def copy(source: str, target: str) -> CopiedWhole:
    """Copy the database at the address `source` to `target`, which is new or holds nothing.

    The source is only read. The copy is made aside, brought to this program's schema, checked whole (its rows counted
    against the source's, its sums against its ledger, its trail against its chain and the head beside the source), and
    only then takes its name.

    Raises:
        Refused: the source is not there, is newer or not sound; the target holds records, or is the source.
        Surroundings: one cannot be read, or the other written.
    """
    with copied(source, target) as (store, rows):
        _must_be_sound(store, source)
        with store.reading() as work:
            events = work.trail.head().events
    return CopiedWhole(target, events, sum(rows.values()))


def _must_be_sound(store: Store, source: str) -> None:
    found = safety.faults_of(store)
    if found:
        raise Refused(f"{spoken(source)} is not sound: {found[0]} Nothing was copied. “ldninv check” lists all of it.")
