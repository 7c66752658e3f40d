"""What a pharmacy sets once: its name, its policy, its buffer; and which of it can be."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ldninv.domain.coverage import SUPPLIES
from ldninv.domain.expiry import ONE_YEAR, PRESETS, Policy
from ldninv.domain.refusal import Refused
from ldninv.domain.signing import ReleasedBy
from ldninv.domain.storage.loggers import CALIBRATED_FOR

LONGEST_NAME = 120
"""Characters of a pharmacy's name and place that fit a report's head."""

LONGEST_BUFFER = SUPPLIES[-1]
"""Days to spare; more than the longest supply would be a slip of the hand."""

DEAREST_CENTS = 100_000
"""Of one capsule; more is a slip of the finger."""

LONGEST_CALIBRATED = 60
"""Months that a calibration may count; a probe drifts meanwhile."""

LONGEST_IDLE = 60
"""Minutes; whoever is away longer than that has left the bench."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The pharmacy's settings, kept in its database."""

    pharmacy: str = ""
    """Name and place, as they stand on reports and labels."""
    policy: Policy = ONE_YEAR
    buffer: int = 0
    """Days to spare that are asked of every supply (R5)."""
    with_components: bool = True
    """Whether a component lot's own date can shorten a batch's (R1)."""
    reminder_tick: bool = False
    """Whether dispensing offers a tick beside its reminder, which is kept on the entry (R37)."""
    label_warning: bool = False
    """Whether the same warning stands on the labels of batches and bottles (R37)."""
    idle_minutes: int = 4
    """Minutes without a touch after which the next write asks for the PIN, where there are people."""
    released_by: ReleasedBy = ReleasedBy.PHARMACIST
    """Who may release what somebody else made (R8)."""
    witness_needed: bool = True
    """Whether a disposal needs another person who saw it, where there are people (R13)."""
    rx_numbers: bool = False
    """Whether prescription numbers may be kept with what is dispensed (R29)."""
    closed_days: tuple[int, ...] = (5, 6)
    """Days of the week on which nobody is here, Monday is 0: no daily check is missed then (R20)."""
    calibration_months: int = CALIBRATED_FOR
    """Months after which a logger is past its calibration (R20)."""
    capsule_value_cents: int | None = None
    """What a capsule costs to make, in cents; None where waste is counted in capsules alone (R13)."""


def preset(policy: Policy) -> Policy | None:
    """Return the preset that `policy` is, whichever day it counts as the first; None for a custom one (R2).

    >>> preset(replace(ONE_YEAR, first_day_counts=True)) == ONE_YEAR, preset(replace(ONE_YEAR, count=2))
    (True, None)
    """
    return next((each for each in PRESETS if each == replace(policy, first_day_counts=each.first_day_counts)), None)


def checked(settings: Settings) -> Settings:
    """Return settings as they are kept: blanks in order, and nothing in them that cannot be.

    Raises:
        Refused: a name that fits no report, a buffer that is none, or a custom policy without a reason (R2).
    """
    name = " ".join(settings.pharmacy.split())
    if len(name) > LONGEST_NAME:
        raise Refused(f"The pharmacy's name has {len(name)} characters. Shorten it to {LONGEST_NAME}.")
    if not 0 <= settings.buffer <= LONGEST_BUFFER:
        raise Refused(f"{settings.buffer} days is no buffer. Give 0 to {LONGEST_BUFFER} days.")
    if not 1 <= settings.idle_minutes <= LONGEST_IDLE:
        raise Refused(f"{settings.idle_minutes} minutes cannot be. Let the PIN be asked after 1 to {LONGEST_IDLE}.")
    if not set(settings.closed_days) <= set(range(6 + 1)) or len(set(settings.closed_days)) > 6:  # noqa: PLR2004 - a week
        raise Refused("A week has seven days, and the pharmacy is open on one of them at least.")
    if not 1 <= settings.calibration_months <= LONGEST_CALIBRATED:
        raise Refused(
            f"A calibration cannot count for {settings.calibration_months} months. Give 1 to {LONGEST_CALIBRATED}."
        )
    if not 0 <= (settings.capsule_value_cents or 0) <= DEAREST_CENTS:
        raise Refused(f"A capsule cannot be worth {settings.capsule_value_cents} cents. Give 0 to {DEAREST_CENTS}.")
    policy = settings.policy
    if preset(policy) is None:
        policy = replace(policy, name=" ".join(policy.name.split()), basis=" ".join(policy.basis.split()))
        if not policy.name:
            raise Refused("A custom policy needs a name: it stands on every batch that it dates.")
        if not policy.basis:
            raise Refused(f"The custom policy {policy.name} needs a reason. Say why batches keep that long.")
    return replace(settings, pharmacy=name, policy=policy)
