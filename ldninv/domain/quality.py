"""What was looked at before a release, and what the capsules' weights say (R8, R26).

A second person releases after appearance, label, yield and the variation of capsule weights. Limits are data and are
kept with each result: a later change of them never changes what was found.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from ldninv.domain.quantities import HEAVIEST_MG
from ldninv.domain.record import Worksheet
from ldninv.domain.refusal import Refused
from ldninv.domain.weights import plain, rounded

AS_EXPECTED = frozenset({"ok", "as expected"})
"""How a check says that nothing was noted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a batch's capsules may weigh and a batch may yield, in percent of what was planned; both ends are within."""

    mean_low: Decimal = Decimal(95)
    mean_high: Decimal = Decimal(105)
    each_low: Decimal = Decimal(90)
    each_high: Decimal = Decimal(110)
    yield_low: Decimal = Decimal(90)
    yield_high: Decimal = Decimal(105)


LIMITS = Limits()
"""Each capsule within 90–110 % of its theoretical weight, as USP <795> asked of compounded capsules; the narrower band
of the mean and that of the yield are usual at the bench, and no compendium's."""

_A_FEW = 3
"""Capsules that a sentence names one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checks:
    """What was looked at before a release (R8); None where it was not recorded."""

    appearance: str | None = None
    label: str | None = None
    """`ok` where the label matches the record, else what was seen."""
    yielded: int | None = None
    """Capsules."""
    weights_mg: tuple[Decimal, ...] = ()
    """Of single capsules, with their shells where the worksheet knows what a shell weighs."""

    @property
    def missing(self) -> tuple[str, ...]:
        """The checks that were not recorded, in words."""
        return self.lacking(with_label=False)

    def lacking(self, *, with_label: bool = True) -> tuple[str, ...]:
        """Return the checks that were not recorded, in words, with or without that of the label."""
        held = (("appearance", self.appearance), ("yield", self.yielded), ("capsule weights", self.weights_mg))
        asked = (*([("label", self.label)] if with_label else []), *held)
        return tuple(name for name, found in asked if found in {None, ()} or not str(found).strip())

    def must_be_whole(self, lot: str, *, with_label: bool = True) -> None:
        """Refuse a release for which something was not looked at, or whose label is wrong (R8).

        Raises:
            Refused: a check of batch `lot` was not recorded, or its label does not match the record.
        """
        lacking = self.lacking(with_label=with_label)
        if lacking:
            raise Refused(
                f"Batch {lot} cannot be released: {', '.join(lacking)} not recorded. Record what was seen, then "
                f"release."
            )
        if self.mislabelled:
            raise Refused(
                f"Batch {lot} cannot be released: its label does not match the record ({self.label}). Label it anew "
                f"and look at it again, or reject the batch."
            )

    @property
    def conspicuous(self) -> bool:
        """Whether something was noted of the appearance besides that it is as expected."""
        return _noted(self.appearance)

    @property
    def mislabelled(self) -> bool:
        """Whether something was noted of the label."""
        return _noted(self.label)

    def __str__(self) -> str:
        weights = ", ".join(plain(Decimal(str(weight))) for weight in self.weights_mg)
        held = (
            ("appearance", self.appearance),
            ("label", self.label),
            ("yield", self.yielded),
            ("capsule weights in mg", weights),
        )
        return "; ".join(f"{name}: {found}" for name, found in held if found not in {None, ""})


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """What a sample of capsules weighs."""

    count: int
    mean_mg: Decimal
    lowest_mg: Decimal
    highest_mg: Decimal
    rsd_percent: Decimal | None
    """Standard deviation of the sample (n − 1) in percent of the mean; None of a single capsule."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One result against its limits."""

    name: str
    found: str
    limits: str
    within: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """The checks of a batch against what was planned."""

    checks: Checks
    planned: int
    target_mg: Decimal | None
    """What one capsule was to weigh, with its shell where that is known; None where no fill weight was written down."""
    limits: Limits = field(default=LIMITS)

    @property
    def yield_percent(self) -> Decimal | None:
        """Capsules that came out, in percent of those planned."""
        if self.checks.yielded is None:
            return None
        return _tenth(Fraction(100 * self.checks.yielded, self.planned))

    @property
    def weighed(self) -> Weighed | None:
        """What the sample weighs; None where nothing was weighed."""
        return weighed(self.checks.weights_mg)

    @property
    def outside(self) -> tuple[str, ...]:
        """What lies outside of the limits, in words; empty where all lies within or nothing can be told."""
        return tuple(_outside(self))

    @property
    def judged(self) -> tuple[Judged, ...]:
        """What can be told of yield and weights, each beside its limits; empty where nothing can."""
        return tuple(_judged(self))

    @property
    def undecided(self) -> str | None:
        """Why the weights cannot be judged, in words; None where they can."""
        if self.checks.weights_mg and self.target_mg is None:
            return "no fill weight was written down, so nothing says what a capsule should weigh"
        return None


def checked(checks: Checks) -> Checks:
    """Return checks as they are kept; what holds only blanks was not recorded.

    Raises:
        Refused: a yield below nothing, or a weight that no capsule has.
    """
    if checks.yielded is not None and checks.yielded < 0:
        raise Refused(f"{checks.yielded} capsules cannot have come out. Give 0 or more.")
    for weight in checks.weights_mg:
        exact = Decimal(str(weight))
        if not exact.is_finite() or not 0 < exact < HEAVIEST_MG:
            raise Refused(f"No capsule weighs {weight} mg. Give weights above 0 and below {HEAVIEST_MG} mg.")
    return replace(checks, appearance=_said(checks.appearance), label=_said(checks.label))


def held_against(checks: Checks, worksheet: Worksheet | None, made: int, limits: Limits = LIMITS) -> Quality:
    """Return checks against what the worksheet planned, and against the capsules that were made where there is none."""
    return Quality(
        checks=checks,
        planned=made if worksheet is None else worksheet.planned,
        target_mg=None if worksheet is None else target_mg(worksheet),
        limits=limits,
    )


def target_mg(worksheet: Worksheet) -> Decimal | None:
    """Return what one capsule is to weigh on the scales; None where nobody wrote the fill weight down."""
    if worksheet.fill_mg is None:
        return None
    return worksheet.fill_mg + (worksheet.shell_mg or Decimal(0))


def weighed(weights_mg: Sequence[Decimal]) -> Weighed | None:
    """Return number, mean and spread of some weights in milligrams, from exact sums.

    >>> weighed([Decimal(249), Decimal(250), Decimal(251)]).rsd_percent
    Decimal('0.40')
    """
    exact = [Fraction(str(weight)) for weight in weights_mg]
    if not exact:
        return None
    mean = sum(exact, Fraction(0)) / len(exact)
    return Weighed(
        count=len(exact),
        mean_mg=rounded(mean),
        lowest_mg=rounded(min(exact)),
        highest_mg=rounded(max(exact)),
        rsd_percent=_rsd(exact, mean) if len(exact) > 1 else None,
    )


def _rsd(exact: Sequence[Fraction], mean: Fraction) -> Decimal:
    variance = sum(((weight - mean) ** 2 for weight in exact), Fraction(0)) / (len(exact) - 1)
    relative = variance / mean**2
    root = (Decimal(relative.numerator) / Decimal(relative.denominator)).sqrt()
    return (100 * root).quantize(Decimal("0.01"), ROUND_HALF_UP)


def _outside(quality: Quality) -> list[str]:
    found = []
    checks, limits = quality.checks, quality.limits
    if checks.yielded is not None:
        share = Fraction(100 * checks.yielded, quality.planned)
        if not limits.yield_low <= share <= limits.yield_high:
            found.append(
                f"the yield is {quality.yield_percent} % of {quality.planned} "
                f"({limits.yield_low}–{limits.yield_high} %)"
            )
    if quality.target_mg is None or not checks.weights_mg:
        return found
    shares = [Fraction(str(weight)) * 100 / Fraction(quality.target_mg) for weight in checks.weights_mg]
    mean = sum(shares, Fraction(0)) / len(shares)
    target = plain(quality.target_mg)
    if not limits.mean_low <= mean <= limits.mean_high:
        found.append(f"the mean is {_tenth(mean)} % of {target} mg ({limits.mean_low}–{limits.mean_high} %)")
    beyond = [
        (number, plain(Decimal(str(weight))), _tenth(share))
        for number, (weight, share) in enumerate(zip(checks.weights_mg, shares, strict=True), start=1)
        if not limits.each_low <= share <= limits.each_high
    ]
    each = f"({limits.each_low}–{limits.each_high} %)"
    if len(beyond) > _A_FEW:
        numbers = ", ".join(str(number) for number, *_ in beyond)
        return [*found, f"{len(beyond)} capsules weigh too little or too much of {target} mg {each}: {numbers}"]
    found += [
        f"capsule {number} weighs {weight} mg, {share} % of {target} mg {each}" for number, weight, share in beyond
    ]
    return found


def _judged(quality: Quality) -> list[Judged]:
    found = []
    checks, limits, target = quality.checks, quality.limits, quality.target_mg
    if checks.yielded is not None:
        share = Fraction(100 * checks.yielded, quality.planned)
        says = f"{checks.yielded} of {quality.planned}, {quality.yield_percent} %"
        found.append(_against("Yield", says, limits.yield_low, limits.yield_high, share))
    sample = quality.weighed
    if sample is None or target is None:
        return found
    shares = [Fraction(str(weight)) * 100 / Fraction(target) for weight in checks.weights_mg]
    mean, lowest, highest = sum(shares, Fraction(0)) / len(shares), min(shares), max(shares)
    says = f"{plain(sample.mean_mg)} mg, {_tenth(mean)} % of {plain(target)} mg"
    found.append(_against("Mean", says, limits.mean_low, limits.mean_high, mean))
    says = f"{plain(sample.lowest_mg)} to {plain(sample.highest_mg)} mg, {_tenth(lowest)} to {_tenth(highest)} %"
    return [*found, _against("Each capsule", says, limits.each_low, limits.each_high, lowest, highest)]


def _against(name: str, found: str, low: Decimal, high: Decimal, *shares: Fraction) -> Judged:
    return Judged(name, found, f"{low}–{high} %", all(low <= share <= high for share in shares))


def _tenth(share: Fraction) -> Decimal:
    return (Decimal(share.numerator) / Decimal(share.denominator)).quantize(Decimal("0.1"), ROUND_HALF_UP)


def _said(text: str | None) -> str | None:
    return (text or "").strip() or None


def _noted(said: str | None) -> bool:
    return said is not None and said.strip().casefold() not in AS_EXPECTED
