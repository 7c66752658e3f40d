"""How fast a strength is used, and what that leaves over: a look ahead, never a date (R24)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from ldninv.domain.batch import Kept
from ldninv.domain.coverage import SUPPLIES
from ldninv.domain.quantities import Strength
from ldninv.domain.standing import Standing
from ldninv.domain.suggestion import first_to_expire

RECENT = 90
"""Days, the last of them today, that the recent rate of use is taken from."""


def left_over(stock: Iterable[tuple[int, int]], used: int) -> tuple[int, ...]:
    """Return what is left of each batch on the last day it can still be dispensed.

    Whoever dispenses takes from the first batch while it lasts, then from the next (R7).

    Args:
        stock: Of each batch the capsules on hand and the days on which it can still be dispensed, today included; the
            batch that ends first comes first.
        used: Capsules of this strength that were dispensed in the last `RECENT` days.

    >>> left_over([(100, 30), (500, 60)], used=180)
    (40, 440)
    """
    taken = 0
    left = []
    for capsules, days in stock:
        wanted = used * max(days, 0) // RECENT
        here = min(capsules, max(wanted - taken, 0))
        taken += here
        left.append(capsules - here)
    return tuple(left)


def projected_waste(
    batches: Iterable[tuple[Kept, Standing]], used: Mapping[Strength, int], today: date
) -> dict[str, int]:
    """Return for each lot the capsules that the recent rate of use would leave over (R24).

    A batch is dispensed until the last day that covers the shortest usual supply; what is not usable today serves
    nobody and is left out.

    Args:
        batches: Batches with what they are today, in any order.
        used: Capsules dispensed of each strength in the last `RECENT` days; a strength that is missing was not used.
        today: The pharmacy's local day.
    """
    by_strength: dict[Strength, list[tuple[Kept, Standing]]] = defaultdict(list)
    for kept, now in batches:
        if now.usable:
            by_strength[kept.batch.strength].append((kept, now))
    waste: dict[str, int] = {}
    for strength, group in by_strength.items():
        group.sort(key=lambda each: first_to_expire(each[0]))
        stock = [(now.usable_capsules, (dict(now.last_dispensing)[SUPPLIES[0]] - today).days + 1) for _, now in group]
        lots = (kept.batch.lot for kept, _ in group)
        waste.update(zip(lots, left_over(stock, used.get(strength, 0)), strict=True))
    return waste
