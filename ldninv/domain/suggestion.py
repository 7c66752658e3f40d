"""Which batch to take: the earliest that expires and still serves (R7)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ldninv.domain import signs
from ldninv.domain.batch import Kept
from ldninv.domain.coverage import covers, last_dispensing_day
from ldninv.domain.quantities import whole_capsules, whole_days
from ldninv.domain.standing import of as standing_of
from ldninv.domain.standing import shortage


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A batch that expires earlier and does not serve."""

    lot: str
    why: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The batch to take, if any, and the earlier ones that were passed over."""

    lot: str | None
    why: str
    passed_over: tuple[PassedOver, ...] = ()


def first_to_expire(kept: Kept) -> tuple[date, date, str]:
    """Sort key: earliest expiry first, then the older batch, then the lot."""
    return kept.batch.expiry.on, kept.batch.prepared, kept.batch.lot


def suggest(candidates: Iterable[Kept], capsules: int, days_supply: int, today: date, *, buffer: int = 0) -> Suggestion:
    """Return the earliest-expiring batch that is usable, holds `capsules` and covers `days_supply` days (R7).

    Args:
        candidates: The batches of one strength that have capsules on hand, in any order.
        capsules: How many are needed; one batch has to hold them all.
        days_supply: Days that they are to last.
        today: The pharmacy's local day.
        buffer: Days to spare that the pharmacy asks.

    Raises:
        Refused: no such number of capsules, or of days, is ever dispensed.
    """
    whole_capsules(capsules)
    whole_days(days_supply)
    passed: list[PassedOver] = []
    for kept in sorted(candidates, key=first_to_expire):
        obstacle = why_not(kept, capsules, days_supply, today, buffer=buffer)
        if obstacle is None:
            why = f"expires first ({kept.batch.expiry.on}) of those that hold {capsules} and cover {days_supply} days"
            return Suggestion(kept.batch.lot, why, tuple(passed))
        passed.append(PassedOver(kept.batch.lot, obstacle))
    why = f"no usable batch holds {capsules} and covers {days_supply} days"
    return Suggestion(None, why, tuple(passed))


def why_not(kept: Kept, capsules: int, days_supply: int, today: date, *, buffer: int = 0) -> str | None:
    """Return why a batch does not serve, in words; None where it does."""
    now = standing_of(kept, today, buffer=buffer)
    if not now.usable:
        return f"{signs.sign(now).word.lower()}: {signs.why(now)}"
    if not covers(now.usable_days, days_supply, buffer):
        last = last_dispensing_day(kept.batch.expiry.on, days_supply, buffer)
        return f"does not cover {days_supply} days since {last}"
    if now.usable_capsules < capsules:
        return shortage(kept, capsules)
    return None
