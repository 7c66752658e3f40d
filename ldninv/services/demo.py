"""An invented pharmacy with a year behind it: for a first look, for pictures and for measuring."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import asdict, replace
from datetime import datetime, time, timedelta

from ldninv.db import Transaction
from ldninv.domain.audit import Event
from ldninv.domain.days import Week
from ldninv.domain.ledger import Kind
from ldninv.domain.progress import Progress, unheard
from ldninv.domain.quality import held_against
from ldninv.domain.refusal import Surroundings
from ldninv.domain.settings import Settings
from ldninv.services import demo_day, demo_goods, demo_lives, demo_staff, issuing
from ldninv.services.context import Change, Context
from ldninv.services.demo_lives import Happening
from ldninv.services.demo_staff import PHARMACIST, TECHNICIANS
from ldninv.services.evidence import DEMO, entry_facts, opening_facts
from ldninv.services.sign_in import sign_in
from ldninv.services.storage import demo as storage

_PHARMACY = "Demo Pharmacy (invented data)"
_AT_ONCE = 20_000
_LOOKED_AT = 5000
"""Batches up to which loggers record where they stand; a larger demo is for measuring."""
_WHOLE = 30
"""Batches from which on the demo has a day of everything; of fewer there would be none left to look at."""
_WRITTEN = 40
"""Batches, the latest, of which a worksheet and its checks were kept."""
_FEW = range(2, 5)
"""Supplies that were dispensed of the batch that is recalled."""


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
    made = list(demo_lives.invented(chance, batches - (len(demo_day.MADE) if whole else 0), today))
    happenings = _by_now(
        sorted(
            (each for batch in made for each in demo_lives.life(chance, batch, today)),
            key=lambda each: (each.at, each.batch.id),
        ),
        demo_day.opens(context),
    )
    with context.writing() as work:
        opening = context.event(DEMO, "database", after={"batches": batches, "seed": seed})
        number = work.trail.append(opening)
        for place in demo_lives.PLACES:
            work.places.append(place)
        work.preferences.write(Settings(pharmacy=_PHARMACY, capsule_value_cents=demo_lives.CAPSULE_CENTS))
        work.batches.append(made, number)
        for start in range(0, len(happenings), _AT_ONCE):
            progress(start, len(happenings))
            _keep(context, work, happenings[start : start + _AT_ONCE], {batch.id for batch in made[-_WRITTEN:]})
    if whole:
        _live(context, happenings, stored=batches <= _LOOKED_AT, people=people)
    elif people:
        demo_staff.staff(context)
    return Change.BATCHES | Change.LEDGER | Change.PLACES | Change.SETTINGS


def _live(context: Context, happenings: Sequence[Happening], *, stored: bool, people: bool) -> None:
    """Let the day of everything happen, in a place with loggers where it is `stored`, signed where there are people."""
    opens, today = demo_day.opens(context), context.today()
    demo_goods.receive(replace(context, now=lambda: opens), TECHNICIANS[0])
    if stored:
        storage.record(replace(context, account=TECHNICIANS[0], now=lambda: opens))
    if people:
        demo_staff.staff(context)
    pins = {each.name: each.pin for each in demo_staff.STAFF} if people else {}
    crew = demo_day.Crew(TECHNICIANS[0], TECHNICIANS[1], PHARMACIST, pins)
    if stored:
        _decide(context, crew)
        _issue(context, crew)
    demo_day.live(context, crew, demo_lives.components_on(today, today), recalled=_worth_a_recall(happenings))


def _keep(context: Context, work: Transaction, part: Sequence[Happening], written: Collection[int]) -> None:
    """Keep what happened, with an event each, and the worksheets of the batches that are `written`."""
    instants = [each.at.isoformat(timespec="milliseconds") for each in part]
    first = work.trail.extend(
        Event(
            at=at,
            by=each.by,
            workstation=context.workstation,
            action=each.entry.kind.value,
            subject=each.batch.lot,
            after=json.dumps(_told(each)),
            reason=each.entry.reason,
        )
        for each, at in zip(part, instants, strict=True)
    )
    numbers = work.ledger.extend(
        (each.batch.id, each.entry, at, each.by, first + index)
        for index, (each, at) in enumerate(zip(part, instants, strict=True))
    )
    for number, each in zip(numbers, part, strict=True):
        if each.disposal is not None:
            work.disposals.append(number, each.disposal)
    _write_down(work, part, first, written)


def _told(each: Happening) -> dict[str, object]:
    """Return what happened, as its event keeps it."""
    if each.entry.kind is Kind.MADE:
        return opening_facts(each.batch, each.entry)
    place = {"place": each.entry.place} if each.entry.kind is Kind.MOVED else {}
    disposal = {} if each.disposal is None else {"disposal": asdict(each.disposal)}
    return entry_facts(each.entry) | place | disposal


def _decide(context: Context, crew: demo_day.Crew) -> None:
    """Let the pharmacist decide on what the loggers recorded."""
    storage.decide(_as_pharmacist(context, crew), crew.pen(crew.pharmacist))


def _issue(context: Context, crew: demo_day.Crew) -> None:
    """Let the pharmacist issue and sign last week's report, where its pages can be drawn."""
    here = _as_pharmacist(context, crew)
    with suppress(Surroundings):
        week = Week.of(context.today() - timedelta(weeks=1))
        issuing.issue(here, week, sign_off=True, sign=crew.pen(crew.pharmacist))


def _as_pharmacist(context: Context, crew: demo_day.Crew) -> Context:
    opens = demo_day.opens(context)
    here = replace(context, account=crew.pharmacist, now=lambda: opens)
    if crew.pins:
        sign_in(here, crew.pharmacist, crew.pins[crew.pharmacist])
    return here


def _by_now(happenings: list[Happening], until: datetime) -> list[Happening]:
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


def _write_down(work: Transaction, part: Sequence[Happening], first: int, batches: Collection[int]) -> None:
    """Keep worksheet and checks of some batches with the events that made and released them."""
    for number, each in enumerate(part, start=first):
        batch, kind = each.batch, each.entry.kind
        if batch.id in batches and kind is Kind.MADE:
            sheet = demo_day.worksheet(batch.components[0], batch.made, None, PHARMACIST)
            work.records.append(batch.id, sheet, number)
        elif batch.id in batches and kind is Kind.RELEASED:
            found = held_against(demo_day.checks(batch.made), work.records.worksheet(batch.id), batch.made)
            work.records.keep_quality(batch.id, found, number)


def _worth_a_recall(happenings: Sequence[Happening]) -> str | None:
    """Return the latest batch of which little was dispensed so far: one that can be looked through in a minute."""
    supplies = Counter(each.batch.lot for each in happenings if each.entry.kind is Kind.DISPENSED)
    left = Counter[str]()
    for each in happenings:
        left[each.batch.lot] += each.entry.capsules
    few = [lot for lot, number in supplies.items() if number in _FEW and left[lot]]
    return max(few, default=None)


def is_demo(context: Context) -> bool:
    """Whether the database was made by `fill`."""
    with context.store.reading() as work:
        first = next(work.trail.all(), None)
    return first is not None and first.action == DEMO
