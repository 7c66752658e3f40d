"""How rows are held against the events that say them: what differs is named, row by row (R28)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from itertools import islice
from typing import Any

from ldninv.db import Transaction
from ldninv.db.legible import Rows
from ldninv.domain.audit import Asked, Event
from ldninv.domain.entries import Decision, Entry, Kind

Row = Mapping[str, Any]
"""A row as it lies there, by the names of its columns."""

Told = Mapping[str, Any]
"""What an event says afterwards is so."""

Judge = Callable[[Row, Event, Told], Iterable[str]]
"""Yields what of a row is not what its event says, in words."""

_AT_ONCE = 500

_WEIGHTS = frozenset({"fill_mg", "shell_mg"})

_SHOWN = 20
"""Findings of one table that are named one by one: whoever changed all rows of it needs no list of them."""

_SAME_MOMENT = timedelta(minutes=10)
"""What is kept of a verb is written within this time of its event."""


def lying(work: Transaction, table: str) -> Iterator[dict[str, Any]]:
    """Yield the rows of a table as they lie there, whatever they hold, without what is long."""
    return Rows(work.database).lying(table)


def told_by(event: Event) -> Told:
    """Return what an event says."""
    facts: Told = json.loads(event.after or "{}")
    return facts


def same(name: str, told: object, kept: object) -> bool:
    """Whether an event says what is kept; a weight may be told with the zeros that were typed behind it."""
    if name in _WEIGHTS and isinstance(told, str) and isinstance(kept, str):
        with suppress(InvalidOperation):
            return Decimal(told) == Decimal(kept)
    return told == kept


def held(
    work: Transaction, table: str, judge: Judge, called: Callable[[Row], str], *, rows: Iterable[Row] | None = None
) -> list[str]:
    """Return which rows of a table are not what their events say, in words; empty where all agrees.

    Args:
        work: The transaction.
        table: Which.
        judge: What of a row differs from its event.
        called: What a row is called in a sentence.
        rows: The rows, each with its `event_id`; those of the table where none are given.
    """
    found: list[str] = []
    left = iter(lying(work, table) if rows is None else rows)
    while part := list(islice(left, _AT_ONCE)):
        events = {each.number: each for each in work.trail.rows(sorted({row["event_id"] for row in part}))}
        for row in part:
            event = events.get(row["event_id"])
            differs = ["its event"] if event is None else list(dict.fromkeys(judge(row, event, told_by(event))))
            if differs:
                found.append(f"{called(row)} is not what event {row['event_id']} says: {', '.join(differs)}.")
    return few(found, table)


def missing(work: Transaction, actions: Iterable[str], there: Iterable[int], what: str) -> list[str]:
    """Return the events that say something of which nothing is kept any more, in words.

    Args:
        work: The transaction.
        actions: What the trail calls what always leaves a row.
        there: The events of the rows that are kept.
        what: What should be there, for the sentence.
    """
    kept = set(there)
    gone = [n for n in work.trail.numbers(Asked(actions=frozenset(actions))) if n not in kept]
    found = [
        f"Event {each.number} tells of {what} {each.subject}, which is not there." for each in work.trail.rows(gone)
    ]
    return few(found, what)


def few(found: list[str], what: str) -> list[str]:
    """Return the first findings of many, and how many more there are."""
    if len(found) <= _SHOWN:
        return found
    return [*found[:_SHOWN], f"So it is with {len(found) - _SHOWN} more of {what}."]


def differing(row: Row, told: Told, **columns: str) -> Iterable[str]:
    """Yield the columns of a row that are another than the event says, where it says them: `column="key"`."""
    return (name for name, key in columns.items() if key in told and told[key] != row[name])


def written_by(row: Row, event: Event) -> Iterable[str]:
    """Yield when and by whom, where they are not those of the event."""
    if not _same_moment(row["at"], event.at):
        yield "at"
    if row["by"] != event.by:
        yield "by"


def _same_moment(one: str, other: str) -> bool:
    if one == other:
        return True
    with suppress(ValueError, TypeError):
        return (
            one[-6:] == other[-6:] and abs(datetime.fromisoformat(one) - datetime.fromisoformat(other)) <= _SAME_MOMENT
        )
    return False


def entry_of(row: Row, place: str | None) -> Entry:
    """Return the entry that a row of the ledger is."""
    return Entry(
        kind=Kind(row["kind"]), day=date.fromisoformat(row["day"]), capsules=row["capsules"],
        reason=row["reason"], days_supply=row["days_supply"], place=place, note=row["note"],
        voids=row["voids"], returned=row["returned"], expires=row["expires"] and date.fromisoformat(row["expires"]),
        decision=row["decision"] and Decision(row["decision"]),
    )  # fmt: skip
