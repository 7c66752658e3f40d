"""A paper of facts and tables on upright sheets: batch record, call list, certificate, trail, dossier are each one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ldninv.domain.audit import Head
from ldninv.domain.signs import Sign

WHOLE_HASH = 64


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table."""

    title: str
    share: float = 1
    """Of the sheet's width, beside the other columns' shares."""
    number: bool = False
    """Whether its cells stand on the right."""
    bold: bool = False
    hand: bool = False
    """Whether it stays empty for a person's hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """What one logger recorded, as it is drawn: of each column the lowest and the highest, °C.

    Several stand below each other on one scale, each under its name: lines over lines are not told apart in grey.
    """

    name: str
    """Whose it is, and from where to where it went."""
    peaks: tuple[tuple[float, float] | None, ...]
    """None where nothing is known: nothing is drawn there."""
    keep: tuple[float, float]
    """The band that is shaded."""
    permitted: tuple[float, float]
    """Between the stronger lines."""
    marks: tuple[tuple[float, str], ...]
    """Days below it: how far from its left, as a share of its width, and what stands there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a paper: facts, a table, or the sentence that says there is nothing."""

    title: str = ""
    note: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    """Pairs of a name and its text."""
    columns: tuple[Column, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    """The cells of the columns that no hand fills."""
    one_page: bool = False
    """Whether its rows move together, as far as they have to, to stay on one page with the signatures below."""
    curves: tuple[Curve, ...] = ()
    none: str = ""
    """What stands in the place of facts and rows where there are none."""


@dataclass(frozen=True, slots=True)
class Maker:
    """Who made a paper, when, for which pharmacy, and how far the audit trail went."""

    pharmacy: str
    """Empty where no name is set."""
    by: str
    at: datetime
    """Aware, in the pharmacy's local time."""
    head: Head


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A whole paper; it is drawn as it stands here, and says nothing else."""

    title: str
    subject: str
    """What it is about, such as a lot."""
    sign: Sign | None = None
    """What that is today, in a word."""
    made: Maker
    facts: tuple[tuple[str, str], ...] = ()
    parts: tuple[Part, ...] = ()
    signatures: tuple[str, ...] = ()
    """Who signs by hand, if anybody."""
    closing: str = ""
    """What stands above the signatures."""

    @property
    def trail(self) -> str:
        """How far the audit trail went, and the whole hash it ended with (R28)."""
        return ends_with(self.made.head)


def ends_with(head: Head, characters: int = WHOLE_HASH) -> str:
    """Return how far a trail goes and the hash it ends with, in words."""
    if head.events == 0:
        return "no events yet"
    events = "1 event" if head.events == 1 else f"{head.events} events"
    return f"{events}, ends with {head.hash[:characters]}"


def said(*pairs: tuple[str, object]) -> tuple[tuple[str, str], ...]:
    """Return facts as texts; what is not known says so."""
    return tuple((name, _text(value)) for name, value in pairs)


def _text(value: object) -> str:
    return "not recorded" if value is None or value == "" else str(value)


def instant(at: str) -> str:
    """Return an instant of the ledger or the trail as people read it, with its offset.

    >>> instant("2026-11-22T09:30:00.000+01:00")
    '2026-11-22 09:30 (UTC+01:00)'
    """
    found = datetime.fromisoformat(at)
    return f"{found:%Y-%m-%d %H:%M} (UTC{found.strftime('%z')[:3]}:{found.strftime('%z')[3:5]})"


def joined(texts: Sequence[str | None]) -> str:
    """Return the texts that are there, one after the other."""
    return "; ".join(text for text in texts if text)
