"""Counting a place: all that stands there is scanned, held against the books, and what differs is posted (R10)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ldninv.db import Transaction
from ldninv.domain import ledger
from ldninv.domain.batch import Kept
from ldninv.domain.entries import Posted
from ldninv.domain.places import Place
from ldninv.domain.refusal import Refused
from ldninv.domain.standing import State
from ldninv.domain.standing import of as standing_of
from ldninv.services.batches import known
from ldninv.services.context import Change, Context
from ldninv.services.entering import at_hand
from ldninv.services.places import known_place
from ldninv.services.posting import append

ACTION = "place-counted"
"""What the trail calls a place that was counted, whether anything differed or not."""


@dataclass(frozen=True, slots=True)
class Found:
    """A batch that was found at the place."""

    kept: Kept
    capsules: int | None
    """What was counted; None where only the bottle was seen."""

    @property
    def differs(self) -> bool:
        """Whether the books say another number."""
        return self.capsules is not None and self.capsules != self.kept.stock.on_hand


@dataclass(frozen=True, slots=True)
class Unexpected:
    """What was found and cannot be there by the books."""

    text: str
    """As it was scanned."""
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What stands at a place, against what the books say."""

    place: Place
    missing: tuple[Kept, ...]
    """Should stand here with capsules, and was not found."""
    unexpected: tuple[Unexpected, ...]
    wrong_place: tuple[Found, ...]
    """Found here, and booked elsewhere."""
    expired: tuple[Found, ...]
    """Found here, past its date."""
    differing: tuple[Found, ...]
    """Found, with another number of capsules than the books say."""
    agreed: int
    """Batches that are where and what the books say."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A place that was counted, with the entries that its differences made."""

    comparison: Comparison
    posted: tuple[Posted, ...]
    changed: Change = Change.LEDGER


def compare(context: Context, place: str, found: Mapping[str, int | None]) -> Comparison:
    """Hold what was found at a place against the books, without changing them.

    Args:
        context: Who and when.
        place: Where.
        found: Each lot that was scanned there, with the capsules that were counted; None where none were.

    Raises:
        Refused: there is no such place, or one batch was counted twice with different numbers.
    """
    with context.store.reading() as work:
        return _compared(context, work, place, found)


def post(
    context: Context,
    place: str,
    found: Mapping[str, int | None],
    *,
    move: bool = False,
    none_left: bool = False,
    reason: str | None = None,
) -> Counted:
    """Set the books to what was counted at a place: all differences in one transaction, or none.

    Args:
        context: Who and when.
        place: Where.
        found: As for `compare`.
        move: Whether what was found here and is booked elsewhere is moved here.
        none_left: Whether what was not found is set to no capsules.
        reason: Why they differ.

    Raises:
        Refused: what `compare` refuses, or a count that cannot be, such as more than was made without a reason.
    """
    with context.writing() as work:
        seen = _compared(context, work, place, found)
        event = context.event(ACTION, seen.place.name, after=_told(seen), reason=reason)
        work.trail.append(event)
        posted = [_counted(context, work, each.kept, each.capsules or 0, reason) for each in seen.differing]
        if none_left:
            posted += [_counted(context, work, kept, 0, reason) for kept in seen.missing]
        if move:
            posted += [_moved(context, work, each.kept, seen.place) for each in seen.wrong_place]
    return Counted(seen, tuple(posted))


def _compared(context: Context, work: Transaction, place: str, found: Mapping[str, int | None]) -> Comparison:
    there = known_place(work, place)
    batches, unexpected = _known(work, found)
    booked = work.batches.at(there.name)
    wrong = [each for each in batches if each.kept.stock.place != there.name and each.kept.stock.on_hand]
    differing = [each for each in batches if each.differs]
    seen = {each.kept.batch.id for each in batches}
    unexpected += [
        Unexpected(each.kept.batch.lot, "by the books it has no capsules left")
        for each in batches
        if each.kept.stock.on_hand == 0
    ]
    odd = {each.kept.batch.id for each in (*wrong, *differing)}
    return Comparison(
        place=there,
        missing=tuple(kept for kept in booked if kept.batch.id not in seen),
        unexpected=tuple(unexpected),
        wrong_place=tuple(wrong),
        expired=tuple(each for each in batches if _expired(context, each.kept)),
        differing=tuple(differing),
        agreed=sum(each.kept.batch.id not in odd and each.kept.stock.on_hand > 0 for each in batches),
    )


def _known(work: Transaction, found: Mapping[str, int | None]) -> tuple[list[Found], list[Unexpected]]:
    batches: dict[int, Found] = {}
    unknown = []
    for text, capsules in found.items():
        try:
            kept = known(work, text)
        except Refused as why:
            unknown.append(Unexpected(text, str(why)))
            continue
        before = batches.get(kept.batch.id)
        if before is not None and capsules is not None and before.capsules not in {None, capsules}:
            raise Refused(
                f"Batch {kept.batch.lot} was counted twice: {before.capsules} and {capsules} capsules. Count it again."
            )
        batches[kept.batch.id] = Found(kept, capsules if before is None or capsules is not None else before.capsules)
    return list(batches.values()), unknown


def _expired(context: Context, kept: Kept) -> bool:
    return kept.stock.on_hand > 0 and standing_of(kept, context.today()).state is State.EXPIRED


def _told(seen: Comparison) -> dict[str, object]:
    """Return what the trail keeps of a count."""
    return {
        "missing": [kept.batch.lot for kept in seen.missing],
        "unexpected": [each.text for each in seen.unexpected],
        "wrong_place": [each.kept.batch.lot for each in seen.wrong_place],
        "expired": [each.kept.batch.lot for each in seen.expired],
        "differing": {each.kept.batch.lot: each.capsules for each in seen.differing},
        "agreed": seen.agreed,
    }


def _counted(context: Context, work: Transaction, kept: Kept, found: int, reason: str | None) -> Posted:
    there = at_hand(context, work, kept.batch.lot)
    return append(context, work, there, ledger.count(there, found, context.today(), reason=reason))


def _moved(context: Context, work: Transaction, kept: Kept, place: Place) -> Posted:
    there = at_hand(context, work, kept.batch.lot)
    return append(context, work, there, ledger.move(there, place.name, context.today()))
