"""The part of a batch record that says what was looked at before the release (R8, R26)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from ldninv.domain.quality import AS_EXPECTED, Quality
from ldninv.domain.quantities import capsules
from ldninv.domain.weights import plain
from ldninv.reports.document import Column, Part, said

FEW_WEIGHTS = 10
"""In a row of the table of weights."""


def quality(found: Quality | None) -> Iterator[Part]:
    """Yield what the checks of a batch found against their limits, and the single weights."""
    if found is None:
        yield Part(title="Quality", none="No checks were written down.")
        return
    checks, weighed, limits = found.checks, found.weighed, found.limits
    share = f" ({found.yield_percent} % of {found.planned} planned)" if found.yield_percent is not None else ""
    pairs: list[tuple[str, object]] = [
        ("Appearance", _seen(checks.appearance)),
        ("Label matches the record", _seen(checks.label)),
        ("Yield", f"{capsules(checks.yielded)}{share}" if checks.yielded is not None else None),
    ]
    if weighed is not None:
        of_target = (
            f" ({_percent(weighed.mean_mg, found.target_mg)} of {plain(found.target_mg)} mg)" if found.target_mg else ""
        )
        rsd = "one capsule only" if weighed.rsd_percent is None else f"{weighed.rsd_percent} %"
        pairs += [
            ("Capsules weighed", weighed.count),
            ("Mean weight", f"{plain(weighed.mean_mg)} mg{of_target}"),
            ("Relative standard deviation", rsd),
            ("Lightest and heaviest", f"{plain(weighed.lowest_mg)} and {plain(weighed.highest_mg)} mg"),
        ]
    else:
        pairs.append(("Capsules weighed", None))
    bounds = (
        f"Limits: yield {limits.yield_low}–{limits.yield_high} % of planned; mean weight {limits.mean_low}–"
        f"{limits.mean_high} % and each capsule {limits.each_low}–{limits.each_high} % of the weight planned"
    )
    pairs.append(("Against the limits", _judged(found)))
    yield Part(title="Quality", note=f"{bounds}.", facts=said(*pairs))
    if weighed is not None:
        yield _weights(found)


def _judged(found: Quality) -> str:
    if found.outside:
        return f"OUTSIDE: {'; '.join(found.outside)}."
    if found.undecided is not None:
        return f"The weights cannot be judged: {found.undecided}."
    return "All that was recorded lies within." if found.checks.yielded is not None or found.weighed else ""


def _weights(found: Quality) -> Part:
    """Return the single weights in rows of ten, as they were put on the scales."""
    texts = _alike([Decimal(str(weight)) for weight in found.checks.weights_mg])
    rows = []
    for first in range(0, len(texts), FEW_WEIGHTS):
        part = texts[first : first + FEW_WEIGHTS]
        last = first + len(part)
        rows.append((f"{first + 1}–{last}", *part, *[""] * (FEW_WEIGHTS - len(part))))
    return Part(
        title="Capsule weights in mg",
        columns=(
            Column("Capsules", 1.4, bold=True),
            *(Column(str(number + 1), number=True) for number in range(FEW_WEIGHTS)),
        ),
        rows=tuple(rows),
    )


def _alike(weights: Sequence[Decimal]) -> list[str]:
    """Return weights with as many decimals each as the finest of them has, as the scales showed them.

    >>> _alike([Decimal("178.2"), Decimal("178")])
    ['178.2', '178.0']
    """
    places = max((-int(each.normalize().as_tuple().exponent) for each in weights), default=0)
    return [f"{each:.{max(places, 0)}f}" for each in weights]


def _seen(text: str | None) -> str | None:
    return "as expected" if text is not None and text.strip().casefold() in AS_EXPECTED else text


def _percent(weight: Decimal, target: Decimal) -> str:
    return f"{round(100 * weight / target, 1)} %"
