"""The date a batch may last be used, which rule decided it, and the policies that set it (R1, R2, R3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from dateutil.relativedelta import relativedelta

from ldninv.domain.places import Light
from ldninv.domain.refusal import Refused

USP_795_DAYS = 180
"""Days that USP <795> (2023) gives solid nonsterile preparations; above it a pharmacist must confirm (R2)."""

FILLER = "MCC"
"""Microcrystalline cellulose: the filler that the one-year study used."""


class Unit(StrEnum):
    """What a policy counts in."""

    DAYS = "days"
    MONTHS = "months"
    YEARS = "years"


class Container(StrEnum):
    """Whether the container keeps light out (R17)."""

    LIGHT_RESISTANT = "light-resistant"
    CLEAR = "clear"


class DecidedBy(StrEnum):
    """Which rule won."""

    POLICY = "policy"
    COMPONENT = "component"
    PRINTED = "printed"
    PHARMACIST = "pharmacist"


@dataclass(frozen=True, slots=True)
class Policy:
    """How long the pharmacy gives a batch, under which conditions, and on what grounds (R2)."""

    name: str
    count: int
    unit: Unit
    basis: str
    """Why this length, in one sentence a person can read."""
    reference: str = ""
    first_day_counts: bool = False
    """Whether the preparation day is day 1, which makes the date one day earlier."""
    filler: str | None = FILLER
    """The filler the length was shown for; None where any will do."""
    light_resistant: bool = True

    def __post_init__(self) -> None:
        if self.count < 1:
            raise Refused(f"Policy {self.name}: {self.count} {self.unit} is no length. Give 1 or more.")

    def beyond_use(self, prepared: date) -> date:
        """Return the last usable day of a batch prepared on `prepared`, by the calendar (R3).

        Raises:
            Refused: the date lies beyond the calendar.

        >>> ONE_YEAR.beyond_use(date(2024, 2, 29))
        datetime.date(2025, 2, 28)
        """
        try:
            return _after(prepared, self.count, self.unit) - timedelta(days=int(self.first_day_counts))
        except (OverflowError, ValueError):
            raise Refused(f"Policy {self.name} leads beyond the calendar from {prepared}.") from None

    @property
    def beyond_usp_795(self) -> bool:
        """Whether it gives more than the 180 days of USP <795>."""
        day = date(2024, 3, 1)
        return (self.beyond_use(day) - day).days > USP_795_DAYS

    def __str__(self) -> str:
        unit = self.unit.removesuffix("s") if self.count == 1 else self.unit
        return f"{self.name} ({self.count} {unit})"


@lru_cache(maxsize=4096)
def _after(day: date, count: int, unit: Unit) -> date:
    """Return the day so many days, months or years later; a long list asks it of the same few days."""
    match unit:
        case Unit.DAYS:
            return day + relativedelta(days=count)
        case Unit.MONTHS:
            return day + relativedelta(months=count)
        case Unit.YEARS:
            return day + relativedelta(years=count)


ONE_YEAR = Policy(
    name="One year",
    count=1,
    unit=Unit.YEARS,
    basis="LDN capsules in microcrystalline cellulose kept 90–110 % of label for 360 days at room temperature, "
    "away from light.",
    reference="Coté et al., Int J Pharm Compd 2018;22(3):252-256",
)
DAYS_360 = Policy(
    name="360 days",
    count=360,
    unit=Unit.DAYS,
    basis="The span that the study measured, to the day.",
    reference="Coté et al., Int J Pharm Compd 2018;22(3):252-256",
)
USP_795 = Policy(
    name="USP <795> 180 days",
    count=180,
    unit=Unit.DAYS,
    basis="The longest date that USP <795> gives solid nonsterile preparations without a study of their own.",
    reference="USP <795>, 2023",
    filler=None,
)
PRESETS = (ONE_YEAR, DAYS_360, USP_795)
"""What a pharmacy chooses from; the first is the default. A custom policy is a `Policy` with a basis of its own."""


@dataclass(frozen=True, slots=True)
class ComponentLot:
    """A lot that went into a batch."""

    name: str
    lot: str
    expires: date | None = None
    supplier: str = ""
    amount: str = ""


@dataclass(frozen=True, slots=True)
class Expiry:
    """When a batch may last be used, and which rule decided it (R1)."""

    on: date
    """The last usable day, in the pharmacy's local calendar."""

    decided_by: DecidedBy
    """Which rule won."""

    rule: str
    """The policy's or the component lot's name, or where a printed date comes from."""


def expiry(
    prepared: date, policy: Policy, components: Iterable[ComponentLot] = (), *, with_components: bool = True
) -> Expiry:
    """Return the earliest of the policy's date and the components' own (R1).

    Args:
        prepared: The day the batch was made.
        policy: What the pharmacy gives.
        components: The lots that went in; one without a date decides nothing.
        with_components: The pharmacy's setting; without it the policy alone decides.
    """
    by_policy = Expiry(policy.beyond_use(prepared), DecidedBy.POLICY, policy.name)
    by_component = [
        Expiry(lot.expires, DecidedBy.COMPONENT, f"{lot.name} {lot.lot}".strip())
        for lot in components
        if with_components and lot.expires is not None
    ]
    return min([by_policy, *by_component], key=lambda each: each.on)


def unmet_conditions(
    policy: Policy, filler: str | None, container: Container | None, light: Light | None = None
) -> tuple[str, ...]:
    """Return what keeps a batch from the policy's date, in words; empty where all is met (R2, R17).

    A clear container keeps the policy's date only at a place that is dark.
    """
    unmet = []
    if policy.filler is not None and (filler is None or not _same_filler(filler, policy.filler)):
        unmet.append(f"the filler is {filler or 'not known'}, and {policy.name} holds for {policy.filler}")
    dark = container is Container.LIGHT_RESISTANT or (container is Container.CLEAR and light is Light.DARK)
    if policy.light_resistant and not dark:
        unmet.append(f"the container is {container or 'not known'}, and {policy.name} holds away from light")
    return tuple(unmet)


def _same_filler(filler: str, wanted: str) -> bool:
    """Whether two names mean one filler: MCC is sold as Avicel, and written out as microcrystalline cellulose.

    >>> _same_filler("Avicel PH-101", "MCC"), _same_filler("lactose", "MCC")
    (True, False)
    """
    name = " ".join(filler.casefold().replace("-", " ").split())
    if wanted == FILLER and name.startswith(("mcc", "avicel", "microcrystalline cellulose")):
        return True
    return name == wanted.casefold()


def notice_on_printed(printed: date, prepared: date, policy: Policy) -> str | None:
    """Return a notice where a printed date is later than the policy would give; it stays a fact all the same (R1)."""
    by_policy = policy.beyond_use(prepared)
    if printed <= by_policy:
        return None
    return f"its printed date {printed} is later than {policy.name} gives ({by_policy})"
