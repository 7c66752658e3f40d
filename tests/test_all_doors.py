"""One question, one answer: on every day of five years every door says the same of every batch (R4, R9)."""

from __future__ import annotations

import io
import json
import sys
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from itertools import chain

import pytest

from builders import a_batch, at_work, keep_lives, opening
from ldninv.cli import main
from ldninv.domain import ledger as domain_ledger
from ldninv.domain.coverage import SUPPLIES, Band
from ldninv.domain.entries import Decision, DisposalReason, Entry, Kind
from ldninv.domain.expiry import ONE_YEAR
from ldninv.domain.quantities import Strength
from ldninv.domain.refusal import Refused
from ldninv.domain.settings import Settings
from ldninv.domain.standing import State
from ldninv.reports.weekly import STOPPED
from ldninv.services import batches, ledger, lookup, weekly
from ldninv.services.batches import Question

MADE = date(2024, 2, 29)
FIVE_YEARS = 5 * 365 + 2
GENERATIONS, STRIDE = 9, 203
"""Every batch is made nine times, 203 days apart: while the day moves by 203, they live through five years together."""

TODAYS = [
    MADE + timedelta(days=days) for days in range(GENERATIONS * STRIDE - 365 - STRIDE, GENERATIONS * STRIDE - 365)
]
BUFFER = 3


def said(kind, reason=None, capsules=0):
    return Entry(kind=kind, day=MADE, capsules=capsules, reason=reason)


LIVES = {
    "RELEASED": [],
    "HELD": [said(Kind.HELD, "41 °C")],
    "REJECTED": [said(Kind.REJECTED, "wrong colour")],
    "RECALLED": [said(Kind.RECALLED, "chipped")],
    "DEPLETED": [said(Kind.DISPENSED, capsules=-300)],
    "DESTROYED": [said(Kind.DESTROYED, DisposalReason.DAMAGE.value, -300)],
    "CAME-BACK": [
        said(Kind.DISPENSED, capsules=-30),
        Entry(kind=Kind.RETURNED, day=MADE, capsules=20, returned=20),
    ],
    "AGAIN-QUARANTINED": [said(Kind.QUARANTINED, "label smudged")],
    "DECIDED": [said(Kind.HELD, "41 °C"), said(Kind.DECIDED, "keep")],
    "ALL-AT-ONCE": [said(Kind.HELD, "a"), said(Kind.QUARANTINED, "b"), said(Kind.RECALLED, "c")],
}
TAKEN_BACK = "TAKEN-BACK"
"""Made on a day that lay ahead, and taken back: in no state but rejected, and on no list of what is there."""


def lives(made, name=""):
    """Return a batch in each standing, made on a day, with its entries."""
    expires = ONE_YEAR.beyond_use(made)
    released = [(lot, True, expires, made, more) for lot, more in LIVES.items()]
    ahead = made + timedelta(days=100)
    sooner = Entry(
        kind=Kind.DECIDED, day=MADE, reason="warm", decision=Decision.SHORTEN, expires=made + timedelta(days=150)
    )
    for lot, out, beyond_use, prepared, more in [
        *released,
        ("QUARANTINED", False, expires, made, []),
        ("AHEAD", True, ONE_YEAR.beyond_use(ahead), ahead, []),
        ("SHORTENED", True, expires, made, [sooner]),
        ("COMPONENT", True, made + timedelta(days=40), made, []),
        (TAKEN_BACK, True, expires, made, []),
    ]:
        batch = a_batch(lot=f"{lot}{name}", prepared=prepared, beyond_use=beyond_use)
        yield batch, [*opening(batch, released=out), *more]


def take_back(store):
    """Take back what was made under the lots that are called so, as if the clock had stood ahead that day."""
    with store.reading() as work:
        made = [
            (posted.id, kept.batch.prepared)
            for kept in work.batches.all()
            for posted in work.ledger.of(kept.batch.id, kept.batch.lot)[:1]
            if kept.batch.lot.startswith(TAKEN_BACK)
        ]
    for number, day in made:
        ledger.void(at_work(store, day - timedelta(days=1)), number, reason="wrong clock")


def each_alone(found):
    """Give each batch a strength of its own, so that a suggestion is about it alone."""
    return [
        (replace(batch, strength=Strength(74 * number)), life) for number, (batch, life) in enumerate(found, start=1)
    ]


@pytest.fixture
def pharmacy(store):
    generations = (lives(MADE + timedelta(days=STRIDE * number), f" {number}") for number in range(GENERATIONS))
    keep_lives(at_work(store, MADE), *each_alone(chain.from_iterable(generations)))
    take_back(store)
    with store.transaction() as work:
        work.preferences.write(Settings(buffer=BUFFER))
    return store


class TakenBackError(Exception):
    """Ends a transaction with nothing kept."""


def dispensed(context, lot, days):
    """Ask the service itself for one capsule, and take it back; return whether it would have given it."""
    with suppress(TakenBackError), context.store.transaction():
        try:
            ledger.dispense(context, lot, 1, days_supply=days)
        except Refused:
            return False
        raise TakenBackError
    return True


def by_filter(context, choices, ask):
    """Return for each key the one choice whose question finds it."""
    found = {}
    for choice in choices:
        for key in batches.ids(context, ask(choice)):
            assert found.setdefault(key, choice) is choice, "two answers to one question"
    return found


def section(made):
    """Return where in the report each lot stands."""
    rows = {"expired": made.expired, "near": made.near_expiry, "held": made.held}
    return {row.kept.batch.lot: (name, row.standing) for name, found in rows.items() for row in found}


def section_of(now):
    """Return where a batch belongs by what it is."""
    if now.on_hand == 0:
        return None
    if now.state is State.EXPIRED:
        return "expired"
    if now.state in STOPPED:
        return "held"
    return "near" if now.usable and now.band is not Band.GOOD else None


def turns(batch, day):
    """Whether a batch's answers change about that day."""
    marks = {0, 1, *(supply + BUFFER for supply in (1, *SUPPLIES))}
    left = (batch.expiry.on - day).days + 1
    return left in marks or left + 1 in marks or abs((batch.prepared - day).days) < 2


def ask_each_door(context, kept, now, *, odd):
    """Ask what is asked of one batch: its card or a scan of its label, the suggestion and the guard."""
    lot = kept.batch.lot
    card = batches.card(context, lot) if odd else lookup.scan(context, f"]C0{lot.lower()}\r").card
    assert (card.kept.stock, card.standing) == (kept.stock, now)
    served = now.usable and now.usable_days >= 30 + BUFFER
    assert ledger.suggest(context, kept.batch.strength, 1, 30).lot == (lot if served else None)


def guarded(kept, day, supply):
    """Ask the guard below every door."""
    try:
        return domain_ledger.dispense(kept, 1, supply, day, buffer=BUFFER).capsules == -1
    except Refused:
        return False


def test_together_they_live_through_every_day_of_five_years():
    lived = {(day - MADE).days - STRIDE * number for day in TODAYS for number in range(GENERATIONS)}

    assert lived == set(range(-365, FIVE_YEARS - 365))


@pytest.mark.parametrize(
    "days", [TODAYS[start : start + 29] for start in range(0, STRIDE, 29)], ids=lambda days: str(days[0])
)
def test_list_filters_card_scan_suggestion_guard_and_report_agree_on_every_day(pharmacy, days):
    for day in days:
        context = at_work(pharmacy, day)
        listed = batches.find(context, Question())
        states = by_filter(context, State, lambda state: Question(states=frozenset({state})))
        bands = by_filter(context, Band, lambda band: Question(bands=frozenset({band})))
        usable = by_filter(context, (True, False), lambda usable: Question(usable=usable))
        stands = section(weekly.report(context))

        assert len(listed) == GENERATIONS * (len(LIVES) + 5)
        for kept, now in listed:
            batch = kept.batch
            lot, turn = batch.lot, turns(batch, day)
            assert (states[batch.id], bands[batch.id], usable[batch.id]) == (now.state, now.band, now.usable), (
                lot,
                day,
            )
            assert stands.get(lot, (None, now)) == (section_of(now), now), (lot, day)
            for supply in (1, *SUPPLIES):
                served = now.usable and now.usable_days >= supply + BUFFER
                assert guarded(kept, day, supply) == served, (lot, day, supply)
                assert not turn or supply > 30 or dispensed(context, lot, supply) == served, (lot, day, supply)
                assert supply == 1 or (supply in now.covers) == (now.usable_days >= supply + BUFFER), (lot, day)
            if turn or lot.startswith("RELEASED"):
                ask_each_door(context, kept, now, odd=day.toordinal() % 2)


@pytest.fixture
def command(tmp_path, monkeypatch, capsys, filed):
    """Run `ldninv` for JSON on a shelf in a file."""
    keep_lives(filed, *each_alone(lives(MADE)))
    take_back(filed.store)
    filed.store.close()

    def run(day, *arguments, stdin=""):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
        where = ["--database", str(tmp_path / "batches.db"), "--today", day.isoformat(), "--format", "json"]
        monkeypatch.setattr(sys, "argv", ["ldninv", *where, *arguments])
        capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            sys.exit(main())
        return left.value.code or 0, capsys.readouterr().out

    return run


BEYOND_USE = ONE_YEAR.beyond_use(MADE)
TURNS = [BEYOND_USE + timedelta(days=days) for days in (-90, -89, -30, -29, 0, 1)]
OFTEN = [MADE + timedelta(days=days) for days in range(-365, FIVE_YEARS - 365, 450)]


@pytest.mark.parametrize("day", [*OFTEN, MADE, *TURNS], ids=str)
def test_the_commands_agree_too(command, day):
    listed = {batch["lot"]: batch for batch in json.loads(command(day, "batches")[1])}
    scans = command(day, "scan", "-", stdin="\n".join(listed))[1].splitlines()
    sections = json.loads(command(day, "report", "weekly")[1])["sections"]
    reported = {row["lot"]: row for name in ("expired", "near_expiry", "held") for row in sections[name]}

    assert len(listed) == len(LIVES) + 5
    for (lot, batch), line in zip(listed.items(), scans, strict=True):
        assert batch.items() <= json.loads(line)["batch"].items()
        assert batch.items() <= reported.get(lot, batch).items()
    for lot in {"RELEASED", "COMPONENT", sorted(listed)[day.toordinal() % len(listed)]}:
        batch = listed[lot]
        assert batch.items() <= json.loads(command(day, "show", lot)[1]).items()
        wanted = ["--capsules", "1", "--days", "30"]
        suggested = json.loads(command(day, "suggest", "--strength", batch["strength_mg"], *wanted)[1])["lot"]
        served = batch["usable"] and 30 in batch["covers"]
        assert suggested == (lot if served else None)
        assert command(day, "dispense", lot, *wanted)[0] == (0 if served else 1)
