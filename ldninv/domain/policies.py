"""How long the pharmacy gives its batches, one policy after the other, and what a new one would shorten (R1, R2)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ldninv.domain.batch import Batch, Kept
from ldninv.domain.expiry import USP_795_DAYS, ComponentLot, DecidedBy, Expiry, Policy, expiry
from ldninv.domain.lots import lot_key
from ldninv.domain.refusal import Refused
from ldninv.domain.settings import Settings
from ldninv.domain.settings import checked as settings_checked

BEYOND_USP_795 = (
    f"USP <795> (2023) gives solid nonsterile preparations {USP_795_DAYS} days. "
    "The pharmacist in charge confirms that longer is allowed here."
)
"""Said once, calmly, where a policy gives more (R2)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Adopted:
    """A policy with who put it in force, from when, and until when."""

    policy: Policy
    effective_from: date
    by: str
    at: str
    """Instant, ISO 8601 with the local offset."""
    reason: str | None = None
    superseded_at: date | None = None
    """The day from which on another holds; None of the last."""
    id: int = 0

    def in_force(self, today: date) -> bool:
        """Whether new batches take their date from it on `today`."""
        return self.effective_from <= today and (self.superseded_at is None or today < self.superseded_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDate:
    """A component lot's date that was read anew, after batches were made with it."""

    name: str
    lot: str
    expires: date
    reason: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class Shortening:
    """A batch that would have an earlier date today than it was given: a notice, never a change (R1)."""

    kept: Kept
    to: Expiry
    """The date it would have, and the rule that says so."""

    @property
    def words(self) -> str:
        """What is so, and what to do."""
        batch = self.kept.batch
        return (
            f"Batch {batch.lot} keeps its date {batch.expiry.on}; {self.to.rule} would make it {self.to.on}. "
            f"Shorten it, or keep it with a reason."
        )


def checked(policy: Policy, effective_from: date, today: date) -> Policy:
    """Return a policy as it is put in force.

    Raises:
        Refused: a custom one without name or basis, or a day that has passed: dates that were given stand.
    """
    if effective_from < today:
        raise Refused(
            f"A policy holds from today on at the earliest, not from {effective_from}. Give {today} or later."
        )
    return settings_checked(Settings(policy=policy)).policy


def succession(adopted: Iterable[Adopted]) -> list[Adopted]:
    """Return policies in the order in which they hold, each with the day on which the next takes over.

    Of two that hold from one day, the one put in force later counts.
    """
    order = sorted(adopted, key=lambda each: (each.effective_from, each.id))
    following = [*(each.effective_from for each in order), None][1:]
    return [replace(each, superseded_at=until) for each, until in zip(order, following, strict=True)]


def current(adopted: Iterable[Adopted], today: date) -> Adopted | None:
    """Return the policy that is in force on `today`; None where none was put in force by then."""
    return next((each for each in reversed(succession(adopted)) if each.in_force(today)), None)


def shortening(
    kept: Kept, policy: Policy | None, new_dates: Sequence[NewDate], *, with_components: bool = True
) -> Shortening | None:
    """Return what policy and component dates of today would make of a batch's date, where that is earlier.

    A policy speaks only to batches that took their date from one: a printed date is a fact, and what a pharmacist
    decided is decided (R1).

    Args:
        kept: The batch, with its components.
        policy: The one in force; None where it is not asked.
        new_dates: The component lots' dates that were read anew, latest last.
        with_components: The pharmacy's setting.
    """
    batch = kept.batch
    found = []
    by_policy = batch.policy is not None and batch.expiry.decided_by is not DecidedBy.PHARMACIST
    if policy is not None and by_policy and policy != batch.policy:
        found.append(expiry(batch.prepared, policy))
    if with_components:
        found += [Expiry(new.expires, DecidedBy.COMPONENT, f"{new.name} {new.lot}") for new in _of(batch, new_dates)]
    earliest = min(found, key=lambda each: each.on, default=None)
    return Shortening(kept, earliest) if earliest is not None and earliest.on < batch.expiry.on else None


def _of(batch: Batch, new_dates: Sequence[NewDate]) -> list[NewDate]:
    latest = {same_component(ComponentLot(new.name, new.lot)): new for new in new_dates}
    used = {same_component(part) for part in batch.components}
    return [new for key, new in latest.items() if key in used]


def same_component(part: ComponentLot) -> tuple[str, str]:
    """Return what two writings of one component lot have in common."""
    return _name_key(part.name), lot_key(part.lot)


def same_name(one: str, other: str) -> bool:
    """Whether two writings name one component.

    >>> same_name("Naltrexone HCl", " naltrexone  hcl")
    True
    """
    return _name_key(one) == _name_key(other)


def _name_key(name: str) -> str:
    return " ".join(name.split()).casefold()
