"""What became of the batches that the last issued report listed, and which ones are new on the list (R24)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from ldninv.domain.days import Week
from ldninv.domain.entries import Decision, Kind, Posted

_STANDING = frozenset({Kind.RELEASED, Kind.DECIDED, Kind.QUARANTINED})
"""Entries that take a batch with stock off a list."""

_SAID = {
    Kind.DISPENSED: "used up, the last capsules were dispensed",
    Kind.WASTED: "used up, the last capsules were written off",
    Kind.SAMPLED: "used up, the last capsules went to an assay",
    Kind.COUNTED: "counted, and none were there",
    Kind.DESTROYED: "disposed of",
    Kind.RELEASED: "released",
    Kind.QUARANTINED: "put into quarantine",
    Kind.VOIDED: "an entry was taken back",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A batch on a report's lists."""

    lot: str
    section: str
    """The key of the list: `expired`, `near_expiry` or `held`."""
    on_hand: int = 0
    """Capsules."""
    since: Week
    """The week of the first report in a row that had it on this list."""
    was: str | None = None
    """The list of the last issued report that it stood on, where that was another."""

    def weeks(self, week: Week) -> int:
        """Return in which week it stands there, the first being 1.

        >>> Listed(lot="A", section="expired", since=Week(2026, 52)).weeks(Week(2027, 1))
        3
        """
        return week.nth_since(self.since)


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """A batch that the last issued report listed, and this one does not."""

    lot: str
    section: str
    """The list that it stood on."""
    how: str
    on_hand: int = 0
    """Capsules that are there all the same."""
    by: str | None = None
    """None where nothing was done to the batch itself."""
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """This report against the last issued one."""

    since: int | None = None
    """The number of that report; None where none was issued before."""
    new: tuple[Listed, ...] = ()
    open: tuple[Listed, ...] = ()
    resolved: tuple[Resolved, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """The last issued report, as far as the next one asks for it."""

    number: int
    head_events: int
    """How many events the trail had when it was made."""
    listed: tuple[Listed, ...]


def compared(
    now: Iterable[tuple[str, str, int]], before: Iterable[Listed], week: Week
) -> tuple[tuple[Listed, ...], tuple[Listed, ...], tuple[Listed, ...]]:
    """Return what is new on the lists, what stands there still, and what no longer does.

    A batch that went to another list is new there, and says which one it came from.

    Args:
        now: Of each listed batch its lot, its list and the capsules on hand.
        before: What the last issued report listed.
        week: The week of this report.

    >>> old = Listed(lot="A", section="near_expiry", since=Week(2026, 45))
    >>> new, still, gone = compared([("A", "near_expiry", 9), ("B", "held", 1)], [old], Week(2026, 47))
    >>> [each.lot for each in new], still[0].weeks(Week(2026, 47)), gone
    (['B'], 3, ())
    """
    there = {each.lot: each for each in before}
    new, still, seen = [], [], set()
    for lot, section, on_hand in now:
        old = there.get(lot)
        seen.add(lot)
        if old is not None and old.section == section:
            still.append(Listed(lot=lot, section=section, on_hand=on_hand, since=old.since))
        else:
            was = None if old is None else old.section
            new.append(Listed(lot=lot, section=section, on_hand=on_hand, since=week, was=was))
    return tuple(new), tuple(still), tuple(each for lot, each in there.items() if lot not in seen)


def resolved(gone: Listed, entries: Iterable[Posted]) -> Resolved:
    """Return how a batch left the lists and by whom, from its entries since the last issued report, oldest first."""
    done = list(entries)
    if done and done[-1].on_hand == 0:
        telling = [each for each in done if each.entry.capsules]
    else:
        telling = [each for each in done if each.entry.kind in _STANDING]
    on_hand = done[-1].on_hand if done else gone.on_hand
    facts = Resolved(
        lot=gone.lot, section=gone.section, on_hand=on_hand, how="nothing was done to it: a setting changed"
    )
    if not telling:
        return facts
    last = telling[-1]
    return replace(facts, how=_how(last), by=last.by, on=last.entry.day)


def _how(posted: Posted) -> str:
    entry = posted.entry
    if entry.kind is Kind.DECIDED and entry.decision is not None:
        said = {Decision.KEEP: "kept", Decision.SHORTEN: "given an earlier date", Decision.DISCARD: "to be discarded"}
        return _with(f"decided: {said[entry.decision]}", entry.reason)
    return _with(_SAID.get(entry.kind, str(entry.kind)), entry.reason)


def _with(said: str, reason: str | None) -> str:
    return f"{said} ({reason})" if reason else said
