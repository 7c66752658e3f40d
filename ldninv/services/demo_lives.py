"""The invented batches of a demo: what was made, and what became of each of them day by day."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from functools import cache

from ldninv.domain import coverage, ledger
from ldninv.domain.batch import Batch
from ldninv.domain.days import month_end, month_end_after
from ldninv.domain.entries import Disposal
from ldninv.domain.expiry import ONE_YEAR, ComponentLot, Container, expiry
from ldninv.domain.ledger import DisposalReason, Entry, Kind
from ldninv.domain.lots import internal_lot
from ldninv.domain.places import Light, Place, PlaceKind
from ldninv.domain.quantities import Strength
from ldninv.services import demo_day
from ldninv.services.demo_staff import PHARMACIST, TECHNICIANS

PLACES = (
    Place("Cabinet A"),
    Place("Cabinet B"),
    Place("Shelf 3", PlaceKind.SHELF, Light.SHADED),
    Place("Short-dated bin", PlaceKind.SHORT_DATED),
    Place("Quarantine shelf", PlaceKind.QUARANTINE),
    Place("Expired bin", PlaceKind.EXPIRED),
)
"""The first three are where batches stand that may be dispensed."""
CAPSULE_CENTS = 95
"""What a capsule is worth, so that waste has a value."""
_BIN = PLACES[-1].name
_METHODS, _CONTAINER = ("waste contractor", "incineration"), "pharmaceutical waste bin"
_STRENGTHS = ("4.5", "4.5", "4.5", "3", "3", "1.5", "1.5", "2", "1", "0.5", "2.5", "3.5", "4")
_SIZES = (90, 180, 300, 300, 450, 900)
"""Capsules in a batch; most go out in supplies of 30, 60 and 90 without a rest."""
_DAYS = 400
_A_DAY = 600
"""Batches a day at most, so that three digits count them."""
_HALF_YEAR = 6
_SHORT_LOT_IN_USE = range(200, 240)
"""Days ago."""


@dataclass(frozen=True, slots=True)
class Happening:
    """An entry of a batch at an instant, by somebody."""

    at: datetime
    by: str
    batch: Batch
    entry: Entry
    disposal: Disposal | None = None
    """How it was done, where it is a disposal."""


def invented(chance: random.Random, count: int, today: date) -> Iterator[Batch]:
    """Yield `count` batches made up to today, the oldest first."""
    span = max(_DAYS, count // _A_DAY + 1)
    days = sorted(today - timedelta(days=int(span * (index + chance.random()) / count)) for index in range(count))
    sequence: dict[date, int] = {}
    for key, prepared in enumerate(days, start=1):
        sequence[prepared] = sequence.get(prepared, 0) + 1
        components = components_on(prepared, today)
        yield Batch(
            id=key,
            lot=internal_lot(prepared, sequence[prepared]),
            strength=Strength.parse(chance.choice(_STRENGTHS)),
            prepared=prepared,
            expiry=expiry(prepared, ONE_YEAR, components),
            made=chance.choice(_SIZES),
            filler="MCC",
            container=Container.LIGHT_RESISTANT,
            capsule_size="3",
            made_by=chance.choice(TECHNICIANS),
            verified_by=PHARMACIST,
            policy=ONE_YEAR,
            components=components,
        )


def components_on(prepared: date, today: date) -> tuple[ComponentLot, ...]:
    """Return the lots in use on that day; one drug lot is short, and decides the date of the batches made with it."""
    half = f"{prepared:%y}{1 if prepared.month <= _HALF_YEAR else 2}"
    short = (today - prepared).days in _SHORT_LOT_IN_USE
    drug = (
        f"NX{half}S" if short else f"NX{half}",
        month_end_after(today, 45) if short else month_end(prepared.year + 2, 6),
    )
    return (
        ComponentLot("Naltrexone HCl", *drug, supplier="Sample Chemicals"),
        ComponentLot("MCC", f"MC{half}", month_end(prepared.year + 3, 6), supplier="Sample Fillers"),
        ComponentLot("Capsule shells, size 3", f"CS{half}", month_end(prepared.year + 4, 1), supplier="Sample Shells"),
    )


def life(chance: random.Random, batch: Batch, today: date) -> Iterator[Happening]:
    """Yield what happened to a batch from its making until today, in order."""
    on_hand = batch.made
    technician = batch.made_by or TECHNICIANS[0]
    clock = _clock(chance, batch.prepared)
    yield Happening(next(clock), technician, batch, ledger.made(batch, "Quarantine shelf", batch.prepared))
    day = batch.prepared + timedelta(days=1)
    if day >= today:
        return
    clock = _clock(chance, day)
    checks = demo_day.checks(batch.made)
    yield Happening(next(clock), PHARMACIST, batch, Entry(kind=Kind.RELEASED, day=day, note=str(checks)))
    shelf = chance.choice(PLACES[:3]).name
    yield Happening(next(clock), technician, batch, Entry(kind=Kind.MOVED, day=day, place=shelf))
    gap = chance.uniform(0.5, 2.2) * 250 * 50 / batch.made
    last = min(today, batch.expiry.on)
    while (day := day + timedelta(days=1 + int(chance.expovariate(1 / gap)))) <= last:
        entry = _errand(chance, batch, on_hand, day)
        if entry is None:
            break
        on_hand += entry.capsules
        yield Happening(next(_clock(chance, day)), chance.choice(TECHNICIANS), batch, entry)
    yield from _end(chance, batch, on_hand, today)


_LOSSES, _DISPOSED, _SET_ASIDE = 0.04, 0.7, 0.02
"""Shares of what happens now and then."""


def _errand(chance: random.Random, batch: Batch, on_hand: int, day: date) -> Entry | None:
    """Return a dispensing, or now and then a loss; None where too little is left to serve."""
    if chance.random() < _LOSSES and on_hand > max(coverage.SUPPLIES):
        return Entry(
            kind=Kind.WASTED, day=day, capsules=-chance.randint(1, 3), reason=chance.choice(("dropped", "split shell"))
        )
    covered = coverage.covered_supplies(coverage.usable_days(batch.expiry.on, day))
    fitting = [supply for supply in covered if supply <= on_hand]
    if not fitting:
        return None
    supply = chance.choice(fitting)
    return Entry(kind=Kind.DISPENSED, day=day, capsules=-supply, days_supply=supply)


def _end(chance: random.Random, batch: Batch, on_hand: int, today: date) -> Iterator[Happening]:
    """Yield how an expired batch left the house, or why one stands aside."""
    gone = batch.expiry.on + timedelta(days=chance.randint(1, 9))
    if on_hand and gone <= today and chance.random() < _DISPOSED:
        yield from _disposed(batch, on_hand, next(_clock(chance, gone)))
    elif on_hand and chance.random() < _SET_ASIDE:
        aside = max(batch.prepared + timedelta(days=2), today - timedelta(days=chance.randint(0, 6)))
        said = chance.choice(("label smudged", "container found open", "complaint being looked into"))
        if aside <= today:
            yield Happening(
                next(_clock(chance, aside, 17)),
                PHARMACIST,
                batch,
                Entry(kind=Kind.QUARANTINED, day=aside, reason=said),
            )


def _disposed(batch: Batch, on_hand: int, at: datetime) -> Iterator[Happening]:
    """Yield how expired stock went into the bin, and a while later out of the house before a witness."""
    by, day = batch.made_by or TECHNICIANS[0], at.date()
    yield Happening(at, by, batch, Entry(kind=Kind.MOVED, day=day, place=_BIN))
    disposal = Disposal(
        method=_METHODS[batch.id % len(_METHODS)],
        container=_CONTAINER,
        witness=PHARMACIST,
        value_cents=on_hand * CAPSULE_CENTS,
    )
    entry = Entry(
        kind=Kind.DESTROYED, day=day, capsules=-on_hand, reason=DisposalReason.EXPIRED.value, note=str(disposal)
    )
    yield Happening(at + timedelta(minutes=20), by, batch, entry, disposal)


def _clock(chance: random.Random, day: date, hour: int = 9) -> Iterator[datetime]:
    """Yield instants of one working day, one after the other."""
    now = datetime.combine(day, time(hour), _zone(day)) + timedelta(seconds=chance.randint(0, 3 * 3600))
    while True:
        yield now
        now += timedelta(seconds=chance.randint(60, 1800))


@cache
def _zone(day: date) -> tzinfo | None:
    """Return the local offset at noon of a day: asked once a day, not for every entry."""
    return datetime.combine(day, time(12)).astimezone().tzinfo
