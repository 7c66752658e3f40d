"""An invented pharmacy with a year behind it: for a first look, for pictures and for measuring."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, tzinfo
from functools import cache

from ldninv.db import Transaction
from ldninv.domain import coverage, ledger
from ldninv.domain.audit import Event
from ldninv.domain.batch import Batch
from ldninv.domain.days import month_end, month_end_after
from ldninv.domain.expiry import ONE_YEAR, ComponentLot, Container, expiry
from ldninv.domain.ledger import DisposalReason, Entry, Kind
from ldninv.domain.lots import internal_lot
from ldninv.domain.places import Light, Place, PlaceKind
from ldninv.domain.progress import Progress, unheard
from ldninv.domain.quality import held_against
from ldninv.domain.quantities import Strength
from ldninv.domain.settings import Settings
from ldninv.services import demo_day, demo_goods, demo_staff
from ldninv.services.context import Change, Context
from ldninv.services.demo_staff import PHARMACIST, TECHNICIANS
from ldninv.services.sign_in import sign_in
from ldninv.services.storage import demo as storage

ACTION = "demo"
"""The first event of every demo database: by it one is told from a pharmacy's own."""

_PHARMACY = "Demo Pharmacy (invented data)"
_PLACES = (
    Place("Cabinet A"),
    Place("Cabinet B"),
    Place("Shelf 3", PlaceKind.SHELF, Light.SHADED),
    Place("Short-dated bin", PlaceKind.SHORT_DATED),
    Place("Quarantine shelf", PlaceKind.QUARANTINE),
    Place("Expired bin", PlaceKind.EXPIRED),
)
_STRENGTHS = ("4.5", "4.5", "4.5", "3", "3", "1.5", "1.5", "2", "1", "0.5", "2.5", "3.5", "4")
_SIZES = (90, 180, 300, 300, 450, 900)
"""Capsules in a batch; most go out in supplies of 30, 60 and 90 without a rest."""
_DAYS = 400
_A_DAY = 600
"""Batches a day at most, so that three digits count them."""
_AT_ONCE = 20_000
_LOOKED_AT = 5000
"""Batches up to which loggers record where they stand; a larger demo is for measuring."""
_WHOLE = 30
"""Batches from which on the demo has a day of everything; of fewer there would be none left to look at."""
_WRITTEN = 40
"""Batches, the latest, of which a worksheet and its checks were kept."""
_CAPSULE_CENTS = 95
"""What a capsule is worth, so that waste has a value."""
_FEW = range(2, 5)
"""Supplies that were dispensed of the batch that is recalled."""
_HALF_YEAR = 6
_SHORT_LOT_IN_USE = range(200, 240)
"""Days ago."""


@dataclass(frozen=True, slots=True)
class _Happening:
    """An entry of a batch at an instant, by somebody."""

    at: datetime
    by: str
    batch: Batch
    entry: Entry


def fill(
    context: Context, batches: int, *, seed: int = 795, people: bool = False, progress: Progress = unheard
) -> Change:
    """Fill an empty database with `batches` invented batches; the same seed and day give the same pharmacy.

    Their entries carry the instants at which they would have happened, which only a demo may do. A large enough one
    ends with a day on which one of everything happens (`demo_day`).

    Args:
        context: Here and now.
        batches: How many.
        seed: Another one gives another pharmacy.
        people: Whether a technician and a pharmacist sign in with their PINs from the last day on.
        progress: Told how far it is.
    """
    chance = random.Random(seed)  # noqa: S311 - a demo needs the same chance again, and no secret
    today = context.today()
    whole = batches >= _WHOLE
    made = list(_batches(chance, batches - (len(demo_day.MADE) if whole else 0), today))
    happenings = _by_now(
        sorted(
            (each for batch in made for each in _life(chance, batch, today)), key=lambda each: (each.at, each.batch.id)
        ),
        demo_day.opens(context),
    )
    with context.writing() as work:
        opening = context.event(ACTION, "database", after={"batches": batches, "seed": seed})
        number = work.trail.append(opening)
        for place in _PLACES:
            work.places.append(place)
        work.preferences.write(Settings(pharmacy=_PHARMACY, capsule_value_cents=_CAPSULE_CENTS))
        work.batches.append(made, number)
        for start in range(0, len(happenings), _AT_ONCE):
            progress(start, len(happenings))
            part = happenings[start : start + _AT_ONCE]
            instants = [each.at.isoformat(timespec="milliseconds") for each in part]
            first = work.trail.extend(
                Event(
                    at=at,
                    by=each.by,
                    workstation=context.workstation,
                    action=each.entry.kind.value,
                    subject=each.batch.lot,
                    after=f'{{"capsules": {each.entry.capsules}}}',
                    reason=each.entry.reason,
                )
                for each, at in zip(part, instants, strict=True)
            )
            work.ledger.extend(
                (each.batch.id, each.entry, at, each.by, first + index)
                for index, (each, at) in enumerate(zip(part, instants, strict=True))
            )
            _write_down(work, part, first, {batch.id for batch in made[-_WRITTEN:]})
    if whole:
        opens = demo_day.opens(context)
        demo_goods.receive(replace(context, now=lambda: opens), TECHNICIANS[0])
        if batches <= _LOOKED_AT:
            storage.record(replace(context, account=TECHNICIANS[0], now=lambda: opens))
    if people:
        demo_staff.staff(context)
    if whole:
        pins = {each.name: each.pin for each in demo_staff.STAFF} if people else {}
        crew = demo_day.Crew(TECHNICIANS[0], TECHNICIANS[1], PHARMACIST, pins)
        if batches <= _LOOKED_AT:
            _decide(context, crew)
        demo_day.live(context, crew, _components(today, today), recalled=_worth_a_recall(happenings))
    return Change.BATCHES | Change.LEDGER | Change.PLACES | Change.SETTINGS


def _decide(context: Context, crew: demo_day.Crew) -> None:
    """Let the pharmacist decide on what the loggers recorded."""
    opens = demo_day.opens(context)
    here = replace(context, account=crew.pharmacist, now=lambda: opens)
    if crew.pins:
        sign_in(here, crew.pharmacist, crew.pins[crew.pharmacist])
    storage.decide(here, crew.pen(crew.pharmacist))


def _by_now(happenings: list[_Happening], until: datetime) -> list[_Happening]:
    """Return them with what would lie ahead of the clock drawn together into what is over of the last day."""
    late = [each.at for each in happenings if each.at.date() == until.date()]
    if not late or max(late) <= until:
        return happenings
    begin = datetime.combine(until.date(), time(), until.tzinfo)
    begin = max(begin, until - timedelta(hours=8))
    share = (until - begin) / (max(late) - min(late) + timedelta(seconds=1))
    return [
        replace(each, at=begin + (each.at - min(late)) * share) if each.at.date() == until.date() else each
        for each in happenings
    ]


def _write_down(work: Transaction, part: Sequence[_Happening], first: int, batches: Collection[int]) -> None:
    """Keep worksheet and checks of some batches with the events that made and released them."""
    for number, each in enumerate(part, start=first):
        batch, kind = each.batch, each.entry.kind
        if batch.id in batches and kind is Kind.MADE:
            sheet = demo_day.worksheet(batch.components[0], batch.made, None, PHARMACIST)
            work.records.append(batch.id, sheet, number)
        elif batch.id in batches and kind is Kind.RELEASED:
            found = held_against(demo_day.checks(batch.made), work.records.worksheet(batch.id), batch.made)
            work.records.keep_quality(batch.id, found, number)


def _worth_a_recall(happenings: Sequence[_Happening]) -> str | None:
    """Return the latest batch of which little was dispensed so far: one that can be looked through in a minute."""
    supplies = Counter(each.batch.lot for each in happenings if each.entry.kind is Kind.DISPENSED)
    left = Counter[str]()
    for each in happenings:
        left[each.batch.lot] += each.entry.capsules
    few = [lot for lot, number in supplies.items() if number in _FEW and left[lot]]
    return max(few, default=None)


def _batches(chance: random.Random, count: int, today: date) -> Iterator[Batch]:
    span = max(_DAYS, count // _A_DAY + 1)
    days = sorted(today - timedelta(days=int(span * (index + chance.random()) / count)) for index in range(count))
    sequence: dict[date, int] = {}
    for key, prepared in enumerate(days, start=1):
        sequence[prepared] = sequence.get(prepared, 0) + 1
        components = _components(prepared, today)
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


def _components(prepared: date, today: date) -> tuple[ComponentLot, ...]:
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


def _life(chance: random.Random, batch: Batch, today: date) -> Iterator[_Happening]:
    """Yield what happened to a batch from its making until today, in order."""
    on_hand = batch.made
    technician = batch.made_by or TECHNICIANS[0]
    clock = _clock(chance, batch.prepared)
    yield _Happening(next(clock), technician, batch, ledger.made(batch, "Quarantine shelf", batch.prepared))
    day = batch.prepared + timedelta(days=1)
    if day >= today:
        return
    clock = _clock(chance, day)
    checks = demo_day.checks(batch.made)
    yield _Happening(next(clock), PHARMACIST, batch, Entry(kind=Kind.RELEASED, day=day, note=str(checks)))
    shelf = chance.choice(_PLACES[:3]).name
    yield _Happening(next(clock), technician, batch, Entry(kind=Kind.MOVED, day=day, place=shelf))
    gap = chance.uniform(0.5, 2.2) * 250 * 50 / batch.made
    last = min(today, batch.expiry.on)
    while (day := day + timedelta(days=1 + int(chance.expovariate(1 / gap)))) <= last:
        entry = _errand(chance, batch, on_hand, day)
        if entry is None:
            break
        on_hand += entry.capsules
        yield _Happening(next(_clock(chance, day)), chance.choice(TECHNICIANS), batch, entry)
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


def _end(chance: random.Random, batch: Batch, on_hand: int, today: date) -> Iterator[_Happening]:
    """Yield how an expired batch left the house, or why one stands aside."""
    gone = batch.expiry.on + timedelta(days=chance.randint(1, 9))
    if on_hand and gone <= today and chance.random() < _DISPOSED:
        entry = Entry(
            kind=Kind.DESTROYED,
            day=gone,
            capsules=-on_hand,
            reason=DisposalReason.EXPIRED.value,
            note=f"method: waste contractor; witness: {PHARMACIST}",
        )
        yield _Happening(next(_clock(chance, gone)), batch.made_by or "", batch, entry)
    elif on_hand and chance.random() < _SET_ASIDE:
        aside = max(batch.prepared + timedelta(days=2), today - timedelta(days=chance.randint(0, 6)))
        said = chance.choice(("label smudged", "container found open", "complaint being looked into"))
        if aside <= today:
            yield _Happening(
                next(_clock(chance, aside, 17)),
                PHARMACIST,
                batch,
                Entry(kind=Kind.QUARANTINED, day=aside, reason=said),
            )


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


def is_demo(context: Context) -> bool:
    """Whether the database was made by `fill`."""
    with context.store.reading() as work:
        first = next(work.trail.all(), None)
    return first is not None and first.action == ACTION
