"""Every verb: one entry in the ledger, one event in the trail, both or neither."""

import json
from datetime import date, timedelta

import pytest

from builders import NOW, TODAY, a_batch, at_work, dump, keep
from ldninv.db.ledger import Ledger
from ldninv.db.trail import Trail
from ldninv.domain.ledger import DisposalReason, Entry, Kind
from ldninv.domain.quality import Checks
from ldninv.domain.quantities import Strength
from ldninv.domain.refusal import Refused
from ldninv.services import batches, ledger, places, safety
from ldninv.services.context import Change

pytestmark = pytest.mark.on_both

GOOD = TODAY + timedelta(days=200)
EARLY, LATE, NEW = "EARLY", "LATE", "NEW"


@pytest.fixture
def bench(context):
    """Two released batches of one strength, one that is not released, and two places."""
    keep(context, a_batch(lot=EARLY, beyond_use=GOOD), a_batch(lot=LATE, beyond_use=GOOD + timedelta(days=1)))
    keep(context, a_batch(lot=NEW, beyond_use=GOOD), released=False)
    places.add_place(context, "Cabinet A")
    return context


VERBS = {
    "dispense": (
        lambda here: ledger.dispense(here, EARLY, 30, days_supply=30),
        Entry(kind=Kind.DISPENSED, day=TODAY, capsules=-30, days_supply=30),
    ),
    "dispense, passing one over": (
        lambda here: ledger.dispense(here, LATE, 90, days_supply=60, reason="asked for"),
        Entry(kind=Kind.DISPENSED, day=TODAY, capsules=-90, days_supply=60, reason="asked for"),
    ),
    "dispense, with the reminder ticked": (
        lambda here: ledger.dispense(here, EARLY, 30, days_supply=30, reminded=True),
        Entry(kind=Kind.DISPENSED, day=TODAY, capsules=-30, days_supply=30, note="opioid reminder ticked"),
    ),
    "waste": (
        lambda here: ledger.waste(here, EARLY, 2, reason="dropped"),
        Entry(kind=Kind.WASTED, day=TODAY, capsules=-2, reason="dropped"),
    ),
    "dispose": (
        lambda here: ledger.dispose(here, NEW, 300, reason=DisposalReason.DAMAGE, method="burnt", witness="Ben"),
        Entry(kind=Kind.DESTROYED, day=TODAY, capsules=-300, reason="damage", note="method: burnt; witness: Ben"),
    ),
    "count": (
        lambda here: ledger.count(here, EARLY, 310, reason="found ten"),
        Entry(kind=Kind.COUNTED, day=TODAY, capsules=10, reason="found ten"),
    ),
    "move": (
        lambda here: ledger.move(here, EARLY, " cabinet a "),
        Entry(kind=Kind.MOVED, day=TODAY, place="Cabinet A"),
    ),
    "release": (
        lambda here: ledger.release(here, NEW, Checks(appearance="ok", yielded=300, weights_mg=(249.5, 251))),
        Entry(
            kind=Kind.RELEASED, day=TODAY, note="appearance: ok; yield: 300; capsule weights in mg: 249.5, 251"
        ),
    ),
    "quarantine": (
        lambda here: ledger.quarantine(here, EARLY, reason="label smudged"),
        Entry(kind=Kind.QUARANTINED, day=TODAY, reason="label smudged"),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("verb", "entry"), VERBS.values(), ids=VERBS)
def test_a_verb_appends_one_entry_with_its_event(bench, verb, entry):
    events, movements = (len(dump(bench.store)[table]) for table in ("event", "movement"))

    done = verb(bench)

    card = batches.card(bench, done.posted.lot)
    newest = card.events[0]
    assert done.posted == card.movements[0]
    assert done.changed is Change.LEDGER
    assert done.posted.entry == entry
    assert done.posted.on_hand == card.kept.stock.on_hand == 300 + entry.capsules
    assert (done.posted.at, done.posted.by) == (NOW.isoformat(timespec="milliseconds"), "Ana")
    assert (newest.action, newest.subject, newest.reason) == (entry.kind.value, done.posted.lot, entry.reason)
    assert (newest.at, newest.by, newest.workstation) == (done.posted.at, "Ana", "bench")
    assert json.loads(newest.before) == {"on_hand": 300, "place": "Shelf A"}
    after = json.loads(newest.after)
    assert (after["on_hand"], after["capsules"], after["day"]) == (done.posted.on_hand, entry.capsules, "2026-11-22")
    assert after["place"] == card.kept.stock.place
    content = dump(bench.store)
    assert (len(content["event"]), len(content["movement"])) == (events + 1, movements + 1)
    assert safety.check(bench) == []


@pytest.mark.parametrize("verb", [verb for verb, _ in VERBS.values()], ids=VERBS)
@pytest.mark.parametrize("broken", [(Ledger, "extend"), (Trail, "extend")], ids=["ledger", "trail"])
def test_where_either_half_fails_neither_is_kept(bench, monkeypatch, verb, broken):
    before = dump(bench.store)
    real = getattr(*broken)

    def stumble(*args, **named):
        real(*args, **named)
        raise ZeroDivisionError

    monkeypatch.setattr(*broken, stumble)
    with pytest.raises(ZeroDivisionError):
        verb(bench)
    assert dump(bench.store) == before


REFUSALS = {
    "no such batch": (lambda here: ledger.waste(here, "NOPE", 1, reason="x"), "There is no batch NOPE. Check the lot"),
    "a misread lot": (lambda here: ledger.waste(here, "LDN260117001K", 1, reason="x"), "was misread"),
    "no lot": (lambda here: ledger.waste(here, " ", 1, reason="x"), "The scan is empty"),
    "not released": (lambda here: ledger.dispense(here, NEW, 1, days_supply=1), r"not be dispensed \(quarantine\)"),
    "too many": (lambda here: ledger.dispense(here, EARLY, 301, days_supply=30), "holds 300 capsules, fewer than 301"),
    "too long": (lambda here: ledger.dispense(here, EARLY, 30, days_supply=202), "does not cover 202 days"),
    "none at all": (lambda here: ledger.dispense(here, EARLY, 0, days_supply=30), "0 is no number of capsules"),
    "passing one over": (
        lambda here: ledger.dispense(here, LATE, 30, days_supply=30),
        f"Batch EARLY expires earlier .{GOOD}. and would serve. Take it, or give a reason to pass it over.",
    ),
    "a blank reason": (lambda here: ledger.dispense(here, LATE, 30, days_supply=30, reason=" "), "would serve"),
    "waste without a reason": (lambda here: ledger.waste(here, EARLY, 1, reason=" "), "A reason is needed"),
    "waste of too many": (lambda here: ledger.waste(here, EARLY, 301, reason="x"), "fewer than 301"),
    "dispose of too many": (lambda here: ledger.dispose(here, EARLY, 301, reason=DisposalReason.RECALL), "than 301"),
    "a count below nothing": (lambda here: ledger.count(here, EARLY, -1), "-1 is no count of capsules"),
    "a place unknown": (
        lambda here: ledger.move(here, EARLY, "Atlantis"),
        r"There is no place “Atlantis” to move batch \w+ to\. Places: Cabinet A, Shelf A\. Add it first",
    ),
    "where it stands": (lambda here: ledger.move(here, EARLY, "shelf a"), "stands at Shelf A already"),
    "released twice": (lambda here: ledger.release(here, EARLY), "is released already"),
    "quarantined twice": (lambda here: ledger.quarantine(here, NEW, reason="x"), "is in quarantine already"),
    "an entry unknown": (lambda here: ledger.void(here, 999, reason="x"), "There is no entry 999"),
    "a making taken back": (lambda here: ledger.void(here, 1, reason="x"), "cannot be taken back"),
    "a suggestion for nobody": (lambda here: ledger.suggest(here, Strength(4500), 0, 30), "no number of capsules"),
}  # fmt: skip


@pytest.mark.parametrize(("verb", "words"), REFUSALS.values(), ids=REFUSALS)
def test_a_refusal_says_why_and_leaves_everything_as_it_was(bench, verb, words):
    before = dump(bench.store)

    with pytest.raises(Refused, match=words):
        verb(bench)
    assert dump(bench.store) == before


def test_an_earlier_batch_that_does_not_serve_is_passed_over_without_a_reason(bench):
    ledger.count(bench, EARLY, 29)

    assert ledger.dispense(bench, LATE, 30, days_supply=30).posted.on_hand == 270
    with pytest.raises(Refused, match="EARLY expires earlier"):
        ledger.dispense(bench, LATE, 29, days_supply=30)


def test_an_earlier_batch_of_another_strength_is_none_of_its_business(context):
    keep(context, a_batch(lot=EARLY, beyond_use=GOOD, strength=Strength(1500)), a_batch(lot=LATE, beyond_use=GOOD))

    assert ledger.dispense(context, LATE, 30, days_supply=30).posted.on_hand == 270


def test_the_earliest_that_serves_is_suggested_and_the_others_are_named(bench):
    ledger.count(bench, EARLY, 29)
    found = ledger.suggest(bench, Strength(4500), 30, 30)

    assert found.lot == LATE
    assert {each.lot: each.why for each in found.passed_over} == {
        "EARLY": "holds 29 capsules, fewer than 30",
        "NEW": "quarantine: in quarantine: not released yet",
    }
    assert ledger.suggest(bench, Strength(500), 30, 30).lot is None


def test_what_is_suggested_is_what_can_be_dispensed(bench):
    lot = ledger.suggest(bench, Strength(4500), 90, 90).lot

    assert ledger.dispense(bench, lot, 90, days_supply=90).posted.lot == lot


def test_a_release_names_the_checks_that_were_not_recorded_and_says_that_nobody_signed(bench):
    done = ledger.release(bench, NEW, Checks(appearance="ok"))

    assert done.notices == (
        "Not recorded: label, yield, capsule weights.",
        "Recorded as unsigned: there are no people in this database yet.",
    )
    assert ledger.dispense(bench, NEW, 30, days_supply=30, reason="asked for").posted.on_hand == 270


def test_stock_that_must_not_be_dispensed_can_always_go_away(context):
    keep(context, a_batch(lot="OLD", beyond_use=date(2026, 1, 1)))

    ledger.waste(context, "OLD", 10, reason="chipped")
    done = ledger.dispose(context, "OLD", 290, reason=DisposalReason.EXPIRED)
    assert (done.posted.on_hand, batches.card(context, "OLD").standing.state.value) == (0, "destroyed")
    ledger.quarantine(context, "OLD", reason="x")
    with pytest.raises(Refused, match="cannot be released"):
        ledger.release(context, "OLD")


def test_an_entry_is_taken_back_once_by_a_new_one(bench):
    wrong = ledger.dispense(bench, EARLY, 30, days_supply=30).posted
    done = ledger.void(bench, wrong.id, reason="wrong lot")

    assert done.posted.on_hand == 300
    assert done.posted.entry.voids == wrong.id
    with pytest.raises(Refused, match="was taken back already"):
        ledger.void(bench, wrong.id, reason="wrong lot")
    assert safety.check(bench) == []


def test_the_day_of_an_entry_is_the_pharmacys_and_its_instant_the_clocks(bench):
    later = at_work(bench.store, TODAY + timedelta(days=3), user="Ben")
    posted = ledger.waste(later, EARLY, 1, reason="dropped").posted

    assert (posted.entry.day, posted.at[:10], posted.by) == (date(2026, 11, 25), "2026-11-22", "Ben")
