"""The trail: who did what, when and why, each event bound to the one before by its hash (R28).

Tamper-evident, not tamper-proof: whoever may write the whole file can also forge a whole new chain. A head that was
kept elsewhere (beside the database, on a report, on a backup) shows even that.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, fields

START = "0" * 64
"""What the first event is bound to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event of the trail."""

    number: int = 0
    """1 for the first; given when it is kept."""
    at: str
    """Instant, ISO 8601 with the local offset."""
    by: str
    workstation: str
    action: str
    subject: str
    """The lot or other thing it happened to."""
    before: str | None = None
    after: str | None = None
    reason: str | None = None
    previous: str = START
    """The hash of the event before."""
    hash: str = ""


_ENCODE = json.JSONEncoder(ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode
_NAMES = tuple(field.name for field in fields(Event))


@dataclass(frozen=True, slots=True)
class Head:
    """How far a trail goes, and the hash it ends with."""

    events: int
    hash: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check of the trail found."""

    events: int
    intact: bool
    head: str
    first_broken: int | None = None
    """Number of the first event that does not fit; one past the last where the tail is missing."""


def facts(event: Event) -> dict[str, object]:
    """Return an event's fields by name, flat and in order; a million of them are hashed in one go."""
    return {name: getattr(event, name) for name in _NAMES}


def digest(event: Event) -> str:
    """Return the SHA-256 of an event's content and of the hash before it, in hexadecimal."""
    return _digest(facts(event))


def _digest(content: dict[str, object]) -> str:
    return hashlib.sha256(_ENCODE({name: content[name] for name in _NAMES if name != "hash"}).encode()).hexdigest()


def bound(event: Event, head: Head) -> Event:
    """Return `event` as the next after `head`, with its number and hash."""
    content = facts(event) | {"number": head.events + 1, "previous": head.hash}
    return Event(**(content | {"hash": _digest(content)}))  # type: ignore[arg-type]  # its own fields


def verify(events: Iterable[Event], kept: Head | None = None) -> Verdict:
    """Recompute the chain from its start and return the first event that does not fit.

    Args:
        events: All events, in the order of their numbers.
        kept: A head that was kept elsewhere; the trail has to reach it and to have its hash there.
    """
    head = Head(0, START)
    for event in events:
        fits = event.number == head.events + 1 and event.previous == head.hash and digest(event) == event.hash
        disagrees = kept is not None and event.number == kept.events and event.hash != kept.hash
        if not fits or disagrees:
            return Verdict(head.events, intact=False, head=head.hash, first_broken=head.events + 1)
        head = Head(event.number, event.hash)
    if kept is not None and head.events < kept.events:
        return Verdict(head.events, intact=False, head=head.hash, first_broken=head.events + 1)
    return Verdict(head.events, intact=True, head=head.hash)
