"""The weekly expiry report: one value that every file, page and preview is written from (R24, R25)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from ldninv.domain import coverage, signs, standing
from ldninv.domain.audit import Head
from ldninv.domain.batch import Kept
from ldninv.domain.changes import Changes
from ldninv.domain.coverage import Band
from ldninv.domain.days import Week
from ldninv.domain.expiry import ComponentLot, Policy
from ldninv.domain.goods import by_date
from ldninv.domain.quantities import Strength
from ldninv.domain.settings import Settings
from ldninv.domain.signs import Sign, Tone
from ldninv.domain.standing import Standing, State
from ldninv.domain.use import projected_waste
from ldninv.reports.storage import PlaceWeek

STOPPED = frozenset({State.DESTROYED, State.RECALLED, State.REJECTED, State.HELD, State.QUARANTINED})
"""States of the section of stock that something other than its date speaks against."""

THIS_WEEK = Sign("This week", Tone.STOP, "alarm")
"""What expires before the next weekly report (R6)."""


@dataclass(frozen=True, slots=True)
class BatchRow:
    """A batch with stock, what it is on the report's day, and what is likely to be left over of it."""

    kept: Kept
    standing: Standing
    projected_waste: int | None = None
    """Capsules; None where the batch cannot be dispensed as it is."""

    @property
    def sign(self) -> Sign:
        """Its word and icon; what will not see another report says so."""
        now = self.standing
        return THIS_WEEK if now.near_expiry and now.this_week else signs.sign(now)


@dataclass(frozen=True, slots=True)
class ComponentRow:
    """A component lot that is expired or expiring, and the batches with stock that it went into."""

    component: ComponentLot
    expires: date
    usable_days: int
    batches: tuple[str, ...]

    @property
    def band(self) -> Band:
        """Where it stands by its date."""
        return coverage.band(self.usable_days)

    @property
    def sign(self) -> Sign:
        """Its word and icon."""
        return by_date(self.usable_days)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What the pharmacy's stock asks for in one week."""

    week: Week
    as_of: date
    number: int | None
    """None until it is issued."""
    pharmacy: str
    """Empty where no name is set."""
    policy: Policy
    buffer: int
    made_by: str
    made_at: datetime
    """Aware, in the pharmacy's local time."""
    head: Head | None
    """How far the audit trail went when the report was made."""
    begun: bool
    """Whether any batch was ever entered: without one the report finds nothing because it knows of nothing."""
    expired: tuple[BatchRow, ...]
    """Longest past its date first."""
    near_expiry: tuple[BatchRow, ...]
    """This week first, then by date."""
    held: tuple[BatchRow, ...]
    components: tuple[ComponentRow, ...]
    storage: tuple[PlaceWeek, ...] = ()
    """Each place that a logger watched or somebody read, by name."""
    changes: Changes = field(default_factory=Changes)
    """What is new, resolved and still open since the last issued report."""

    @property
    def listed(self) -> tuple[tuple[str, str, int], ...]:
        """Of each batch on its lists the lot, the list and the capsules on hand."""
        lists = (("expired", self.expired), ("near_expiry", self.near_expiry), ("held", self.held))
        return tuple((row.kept.batch.lot, name, row.kept.stock.on_hand) for name, rows in lists for row in rows)


def build(  # noqa: PLR0913 - a report is all of this (R24)
    *,
    week: Week,
    as_of: date,
    number: int | None,
    settings: Settings,
    made_by: str,
    made_at: datetime,
    head: Head | None,
    begun: bool,
    kept: Iterable[Kept],
    used_90_days: Mapping[Strength, int],
    components: Iterable[tuple[ComponentLot, tuple[str, ...]]],
    storage: tuple[PlaceWeek, ...] = (),
) -> Report:
    """Return the report of `week` from the batches as they were on `as_of`; those without stock are left out.

    Every batch with stock stands in exactly one section, or in none where it is good or not made yet. Those may be left
    out: what is dispensed later takes nothing from what expires first. `used_90_days` is what was dispensed of each
    strength in the 90 days up to that day, and each of the `components` comes with the batches with stock that it went
    into; the rest is explained in `Report`.
    """
    rows = _in_sections(kept, as_of, settings.buffer, used_90_days)
    return Report(
        week=week,
        as_of=as_of,
        number=number,
        pharmacy=settings.pharmacy.strip(),
        policy=settings.policy,
        buffer=settings.buffer,
        made_by=made_by,
        made_at=made_at,
        head=head,
        begun=begun,
        expired=_sorted(rows["expired"]),
        near_expiry=_sorted(rows["near_expiry"]),
        held=_sorted(rows["held"]),
        components=_expiring(components, as_of),
        storage=storage,
    )


def _in_sections(
    kept: Iterable[Kept], as_of: date, buffer: int, used_90_days: Mapping[Strength, int]
) -> dict[str, list[BatchRow]]:
    """Return the batches with stock by the section that they stand in."""
    now = [(each, standing.of(each, as_of, buffer=buffer)) for each in kept if each.stock.on_hand > 0]
    waste = projected_waste(now, used_90_days, as_of)
    rows: dict[str, list[BatchRow]] = {"expired": [], "near_expiry": [], "held": []}
    for each, stands in now:
        section = _section_of(stands)
        if section is not None:
            rows[section].append(BatchRow(each, stands, waste.get(each.batch.lot)))
    return rows


def _section_of(now: Standing) -> str | None:
    """Return the section that a batch with stock stands in."""
    if now.state is State.EXPIRED:
        return "expired"
    if now.state in STOPPED:
        return "held"
    return "near_expiry" if now.near_expiry and now.usable else None


def _sorted(rows: list[BatchRow]) -> tuple[BatchRow, ...]:
    """Return rows with the earliest date first: so the longest expired, and this week, come first."""
    return tuple(sorted(rows, key=lambda row: (row.kept.batch.expiry.on, row.kept.batch.lot)))


def _expiring(components: Iterable[tuple[ComponentLot, tuple[str, ...]]], as_of: date) -> tuple[ComponentRow, ...]:
    """Return the component lots that no longer cover the longest supply, one row a lot, the earliest date first."""
    lots: dict[tuple[date, str, str, str], tuple[ComponentLot, set[str]]] = {}
    for component, batches in components:
        if component.expires is not None:
            key = component.expires, component.name, component.lot, component.supplier
            lots.setdefault(key, (component, set()))[1].update(batches)
    rows = (
        ComponentRow(component, key[0], coverage.usable_days(key[0], as_of), tuple(sorted(batches)))
        for key, (component, batches) in sorted(lots.items(), key=lambda each: each[0])
    )
    return tuple(row for row in rows if row.band is not Band.GOOD)
