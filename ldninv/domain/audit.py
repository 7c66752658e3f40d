"""The trail: who did what, when and why, each event bound to the one before by its hash (R28).

Tamper-evident, not tamper-proof: whoever may write the whole file can also forge a whole new chain. A head that was
kept elsewhere (beside the database, on a report, on a backup) shows even that.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, fields, replace
from datetime import date
from json.encoder import encode_basestring_ascii
from typing import Any

from ldninv.domain.refusal import Refused

START = "0" * 64
"""What the first event is bound to."""

PROVES = (
    "Every event carries the hash of the one before. Changing a character of any event, taking one out, putting one in "
    "or changing their order breaks the chain at that event, and the check names it. A tail that was cut off is found "
    "back to the last head that was kept elsewhere: beside the database, on a report, on a backup."
)
"""What a chain can prove, in words for the page that shows it."""

CANNOT_PROVE = (
    "It cannot keep anybody from changing the file: it shows that somebody did. Whoever can write the whole file and "
    "everything that keeps its head can also write a new chain. It does not show that what was typed was true, nor "
    "who sat at the keyboard. So keep printed reports and backups where the people who work here cannot change them."
)
"""What a chain cannot prove."""

WAY_OUT = (
    "Keep the database and the file with its head as they are, for whoever looks into it, and put back the last "
    "sound backup."
)
"""What to do about a trail that is broken; until then stock can go on."""

SHORTEST_HEAD = 12
"""Characters of a hash that reports print at least; fewer prove too little."""


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


_NAMES = tuple(field.name for field in fields(Event))
_CONTENT = (
    '{"action":%s,"after":%s,"at":%s,"before":%s,"by":%s,"number":%d,"previous":%s,"reason":%s,"subject":%s,'
    '"workstation":%s}'
)
"""An event as JSON, its keys in order, without blanks; by hand, a million are written in a third of the time."""


@dataclass(frozen=True, slots=True)
class Head:
    """How far a trail goes, and the hash it ends with."""

    events: int
    hash: str
    """The whole hash, or as much of its beginning as a report printed."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside a database: the head of its trail, or why there is none."""

    head: Head | None = None
    """None where there is none that can be read, and for a database in memory."""
    why: str | None = None
    """Why none can be read, in words."""
    since: int | None = None
    """The last event at the moment when a missing head was begun anew; None where it never was."""

    def begun_anew(self, events: int) -> int | None:
        """Return the event at which the head that follows this one was begun anew, where the trail has so many."""
        return self.since if self.why is None else events or None

    def unchecked(self, events: int) -> str | None:
        """Return why a tail that was cut off from a trail of so many events could not be found; None where it could.

        >>> Beside(since=7).unchecked(9)[:73]
        'Whether events were cut off after event 7 could not be checked: no head w'
        """
        if self.why is not None and events:
            return f"Whether the last events were cut off could not be checked: {self.why}. {_HOLD_AGAINST}"
        if self.since is not None:
            return (
                f"Whether events were cut off after event {self.since} could not be checked: no head was beside the "
                f"database then. {_HOLD_AGAINST}"
            )
        return None


RESTORED = "restored"
"""What the trail calls a backup that was put in the place of a database; its event tells how far the other had come."""

_HOLD_AGAINST = "Hold the end of a printed report or of a backup against it."


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check of the trail found."""

    events: int
    intact: bool
    head: str
    first_broken: int | None = None
    """Number of the first event that does not fit; one past the last where the tail is missing."""
    why: str | None = None
    """What does not fit there, in words; None where all does."""
    unchecked: str | None = None
    """Why it could not be checked whether the last events were cut off, in words; None where it was."""


def facts(event: Event) -> dict[str, object]:
    """Return an event's fields by name, flat and in order; a million of them are hashed in one go."""
    return {name: getattr(event, name) for name in _NAMES}


def digest(event: Event) -> str:
    """Return the SHA-256 of an event's content and of the hash before it, in hexadecimal.

    Raises:
        TypeError: a field holds what no event holds.
    """
    return _digest(astuple(event))


def _digest(row: Sequence[Any]) -> str:
    number, at, by, workstation, action, subject, before, after, reason, previous, _ = row
    text = encode_basestring_ascii
    content = _CONTENT % (
        text(action), "null" if after is None else text(after), text(at), "null" if before is None else text(before),
        text(by), number, text(previous), "null" if reason is None else text(reason), text(subject), text(workstation),
    )  # fmt: skip
    return hashlib.sha256(content.encode()).hexdigest()


def bound(event: Event, head: Head) -> Event:
    """Return `event` as the next after `head`, with its number and hash."""
    placed = replace(event, number=head.events + 1, previous=head.hash)
    return replace(placed, hash=digest(placed))


def verify(events: Iterable[Event], *kept: Head | None) -> Verdict:
    """Recompute the chain from its start and return the first event that does not fit.

    Args:
        events: All events, in the order of their numbers.
        kept: Heads that were kept elsewhere; the trail has to reach each and to have its hash there.
    """
    return verify_rows(map(astuple, events), *kept)


def verify_rows(rows: Iterable[Sequence[Any]], *kept: Head | None) -> Verdict:
    """Do what `verify` does with events as the database gives them: their fields in order, whatever they hold."""
    heads = {head.events: head.hash for head in kept if head is not None}
    number, last = 0, START
    for row in rows:
        why = _misfit(row, number + 1, last)
        if why is None and number + 1 in heads and not row[-1].startswith(heads[number + 1]):
            why = "it is not the event whose hash was kept elsewhere; the trail was written anew"
        if why is not None:
            return Verdict(number, intact=False, head=last, first_broken=number + 1, why=why)
        number, last = number + 1, row[-1]
    furthest = max(heads, default=0)
    if number < furthest:
        missing = furthest - number
        why = f"the trail ends before it; the head kept elsewhere tells of {missing} more event{'s' * (missing > 1)}"
        return Verdict(number, intact=False, head=last, first_broken=number + 1, why=why)
    return Verdict(number, intact=True, head=last)


def _misfit(row: Sequence[Any], number: int, last: str) -> str | None:
    """Return why a row is not event `number` of a chain that ends with `last`; None where it is."""
    try:
        if row[0] == number and row[9] == last and _digest(row) == row[10]:
            return None
    except TypeError:  # bytes or numbers where text was written
        return "it holds what is no text"
    if row[0] is None:
        return "it cannot be read: it holds bytes that are no text"
    if row[0] != number:
        return f"another event, {row[0]}, stands in its place"
    if row[9] != last:
        return "it does not follow the event before; one was changed, taken out, put in or put elsewhere"
    return "what it says is not what was written"


def head_of(text: str) -> Head:
    """Return the head that a person copied from a report: how many events, and the hash or its beginning.

    Raises:
        Refused: it is none.

    >>> head_of("1204 events, ends with 3f9a1c2b3f9a")
    Head(events=1204, hash='3f9a1c2b3f9a')
    """
    words = text.replace(",", " ").replace(":", " ").split()
    found = words[-1].lower() if words else ""
    if not words or not words[0].isdecimal() or len(found) < SHORTEST_HEAD or set(found) - set("0123456789abcdef"):
        raise Refused(
            f"“{text}” is no head of a trail. Copy it from a report as it stands there, such as “1204 events, ends "
            f"with 3f9a1c2b4d5e”."
        )
    return Head(int(words[0]), found)


def in_words(verdict: Verdict) -> str:
    """Return what a check found, in a sentence."""
    if verdict.intact:
        events = "1 event" if verdict.events == 1 else f"{verdict.events} events"
        return f"Unbroken: {events}, ends with {verdict.head[:16]}."
    return f"Broken at event {verdict.first_broken}: {verdict.why}."


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that an event changed, in words."""

    what: str
    before: str
    """Empty where there was nothing."""
    after: str

    def __str__(self) -> str:
        return (
            f"{self.what}: {self.before} → {self.after or 'nothing'}" if self.before else f"{self.what}: {self.after}"
        )


def differences(event: Event) -> tuple[Difference, ...]:
    """Return what an event changed from what to what, field by field; what stayed as it was is left out."""
    was, is_ = _content(event.before), _content(event.after)
    return tuple(
        Difference(_words(name), _value(was.get(name)), _value(is_.get(name)))
        for name in dict.fromkeys((*was, *is_))
        if was.get(name) != is_.get(name)
    )


def _content(text: str | None) -> dict[str, object]:
    try:
        content = json.loads(text or "{}")
    except ValueError:  # what was tampered with is shown as it stands
        content = text
    return content if isinstance(content, dict) else {"content": content}


def _words(name: str) -> str:
    return name.replace("_", " ")


def _value(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case list():
            return ", ".join(_value(each) for each in value)
        case dict():
            return "; ".join(f"{_words(str(name))} {_value(each)}" for name, each in value.items())
        case _:
            return str(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which events a person wants to see; what is left out asks for all."""

    lot: str | None = None
    """Those that concern this batch."""
    by: str | None = None
    first: date | None = None
    """The local day of the earliest."""
    last: date | None = None
    actions: frozenset[str] = frozenset()
