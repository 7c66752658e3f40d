"""A decision answers what it names and nothing else: every reason that bars a batch with every decision (R9, R18)."""

from datetime import date, timedelta

import pytest

from builders import a_batch, keep
from ldninv.domain.entries import Decision
from ldninv.domain.refusal import Refused
from ldninv.domain.storage.happenings import Effect
from ldninv.services import batches, ledger, recall, safety, standing
from ldninv.services.storage import deciding, foreseen, looking, papers
from ldninv.services.storage.deciding import Choice
from rooms import a_room, at, brought

LOT = "OLD-1"
ASSAY = "assay 84 %, out of specification"
SOONER = date(2027, 3, 1)
BREACH, ANOTHER, REVIEW = {"t41": (5, 9)}, {"t42": (105, 109)}, {"t33": (205, 209)}


@pytest.fixture
def shelf(context):
    keep(at(context, -24 * 60), a_batch(lot=LOT, prepared=date(2026, 9, 1), beyond_use=date(2027, 9, 1)))
    return at(context, 480)


def now(context):
    return batches.card(context, LOT).standing


def held(context):
    return batches.card(context, LOT).kept.stock.held


def event(context, effect, celsius=None):
    return next(
        each
        for each in looking.events(context, waiting=True)
        if each.happening.effect is effect and celsius in {None, each.happening.extreme_c}
    )


def choose(decision):
    return {LOT: Choice(decision, SOONER if decision is Decision.SHORTEN else None)}


def decide(context, seen, decision):
    return deciding.decide(context, seen.happening.id, choose(decision), reason="looked at")


def dispenses(context):
    try:
        ledger.dispense(context, LOT, 10, days_supply=10, reinspected=True)
    except Refused:
        return False
    return True


def quarantined(context):
    standing.quarantine(context, LOT, reason="smells odd")


BARS = {
    "nothing": (lambda _: None, None, None),
    "a hold for an assay": (lambda context: standing.hold(context, LOT, reason=ASSAY), "held", f"on hold: {ASSAY}"),
    "a quarantine": (quarantined, "quarantined", "in quarantine: smells odd"),
    "a recall": (lambda context: recall.open_recall(context, lot=LOT, reason="letter"), "recalled", "recalled: letter"),
    "a rejection": (lambda context: standing.reject(context, LOT, reason="chipped"), "rejected", "rejected: chipped"),
    "its date": (lambda _: None, "expired", "past its date"),
}
"""What bars a batch: how it comes, the state that it makes, and how its reason begins."""


def test_several_batches_that_stay_on_hold_are_one_sentence(shelf):
    more = [f"OLD-{number}" for number in range(2, 6)]
    for lot in more:
        keep(at(shelf, -24 * 60), a_batch(lot=lot, prepared=date(2026, 9, 1), beyond_use=date(2027, 9, 1)))
    brought(shelf, a_room(hours=480, **REVIEW))
    for lot in (LOT, *more):
        standing.hold(shelf, lot, reason=ASSAY)
    choices = dict.fromkeys((LOT, *more), Choice(Decision.KEEP))

    done = deciding.decide(shelf, event(shelf, Effect.REVIEW).happening.id, choices, reason="looked at")

    said = "5 batches stay on hold for what takes a decision of its own: OLD-1, OLD-2, OLD-3 and 2 more."
    assert done.notices[0] == said


@pytest.mark.parametrize("decision", Decision)
@pytest.mark.parametrize("spell", [REVIEW, BREACH], ids=["review", "breach"])
@pytest.mark.parametrize("bar", BARS)
def test_a_decision_on_storage_lifts_what_storage_asked_for_and_nothing_else(context, bar, spell, decision):
    comes, state, reason = BARS[bar]
    last = date(2026, 11, 15) if bar == "its date" else date(2027, 9, 1)
    keep(at(context, -24 * 60), a_batch(lot=LOT, prepared=date(2026, 9, 1), beyond_use=last))
    here = at(context, 480)
    comes(here)
    brought(here, a_room(hours=480, **spell))
    number = event(here, Effect.HOLD if spell is BREACH else Effect.REVIEW).happening.id
    until = last - timedelta(days=1) if decision is Decision.SHORTEN else None

    deciding.decide(here, number, {LOT: Choice(decision, until)}, reason="looked at")

    discarded = decision is Decision.DISCARD
    first = {"recalled", "rejected"} if discarded else {state or "released"}
    assert str(now(here).state) in first
    assert not any("storage" in each for each in now(here).reasons)
    assert reason is None or any(each.startswith(reason) for each in now(here).reasons)
    assert looking.events(here, waiting=True) == []
    assert dispenses(here) is (bar == "nothing" and not discarded)
    assert safety.check(here) == []


@pytest.mark.parametrize("decision", [Decision.KEEP, Decision.SHORTEN])
@pytest.mark.parametrize("first", ["hold", "breach"])
def test_a_hold_for_something_else_beside_a_breach_takes_two_decisions_in_either_order(shelf, first, decision):
    if first == "hold":
        standing.hold(shelf, LOT, reason=ASSAY)
    brought(shelf, a_room(hours=480, **BREACH))
    if first == "breach":
        standing.hold(shelf, LOT, reason=ASSAY)
    assert held(shelf).startswith(f"{ASSAY}; storage breach: ")

    done = decide(shelf, event(shelf, Effect.HOLD), decision)

    assert held(shelf) == ASSAY
    assert done.notices == (f"Batch {LOT} stays on hold: {ASSAY}. That takes a decision of its own.", *done.notices[1:])
    assert not dispenses(shelf)
    standing.decide(shelf, LOT, Decision.KEEP, reason="a second laboratory says 98 %")
    assert now(shelf).state == "released"


@pytest.mark.parametrize("decision", Decision)
def test_the_usual_decision_on_a_hold_for_something_else_leaves_the_breach_to_be_decided(shelf, decision):
    brought(shelf, a_room(hours=480, **BREACH))
    standing.hold(shelf, LOT, reason=ASSAY)

    done = standing.decide(
        shelf, LOT, decision, reason="98 %", expires=SOONER if decision is Decision.SHORTEN else None
    )

    assert held(shelf).startswith("storage breach: ")
    assert "41.0 °C" in held(shelf)
    assert done.notices[0].startswith(f"Batch {LOT} stays on hold: storage breach: ")
    assert event(shelf, Effect.HOLD)
    assert not dispenses(shelf)
    assert safety.check(shelf) == []


def test_a_release_from_quarantine_leaves_a_breach_to_be_decided(shelf):
    quarantined(shelf)
    brought(shelf, a_room(hours=480, **BREACH))

    standing.release(shelf, LOT)

    assert now(shelf).state == "held"
    assert event(shelf, Effect.HOLD)


@pytest.mark.on_both
def test_of_two_breaches_one_decision_answers_one(shelf):
    brought(shelf, a_room(hours=480, **BREACH, **ANOTHER))

    done = decide(shelf, event(shelf, Effect.HOLD, 41.0), Decision.KEEP)

    assert held(shelf).startswith("storage breach: ")
    assert "42.0 °C" in held(shelf)
    assert done.notices[0].startswith(f"Batch {LOT} stays on hold: storage breach: ")
    decide(shelf, event(shelf, Effect.HOLD, 42.0), Decision.KEEP)
    assert now(shelf).state == "released"


def test_a_review_beside_a_breach_lifts_no_hold(shelf):
    brought(shelf, a_room(hours=480, **BREACH, **REVIEW))

    done = decide(shelf, event(shelf, Effect.REVIEW, 33.0), Decision.KEEP)

    assert done.posted == ()
    assert held(shelf).startswith("storage breach: ")
    assert "41.0 °C" in held(shelf)


def test_a_decision_on_a_review_around_a_breach_answers_the_review_alone_and_one_on_the_breach_both(shelf):
    brought(shelf, a_room(hours=480, t33=(5, 6), t41=(6, 7), t34=(7, 9)))
    around = event(shelf, Effect.REVIEW)

    decide(shelf, around, Decision.KEEP)

    assert now(shelf).state == "held"
    breach = event(shelf, Effect.HOLD)
    decide(shelf, breach, Decision.KEEP)
    assert looking.events(shelf, waiting=True) == []


@pytest.mark.parametrize("decision", Decision)
def test_a_reason_that_a_person_typed_is_never_taken_for_storage(shelf, decision):
    typed = "storage breach: 41.0 °C at Shelf A, says the courier"
    standing.hold(shelf, LOT, reason=typed)
    brought(shelf, a_room(hours=480, **REVIEW))

    decide(shelf, event(shelf, Effect.REVIEW), decision)

    assert held(shelf) == typed


def test_what_a_decision_answers_and_what_it_leaves_is_said_before_it_is_signed(shelf):
    standing.hold(shelf, LOT, reason=ASSAY)
    brought(shelf, a_room(hours=480, **BREACH, **ANOTHER))
    first = event(shelf, Effect.HOLD, 41.0).happening
    key = batches.card(shelf, LOT).kept.batch.id

    ((lot, why),) = foreseen.of(shelf, first, [key]).on_hold

    assert lot == LOT
    assert why.startswith(f"{ASSAY}; storage breach: ")
    assert "42.0 °C" in why


def test_the_record_of_a_place_says_for_what_else_a_batch_is_on_hold(shelf):
    standing.hold(shelf, LOT, reason=ASSAY)
    brought(shelf, a_room(hours=480, **REVIEW))
    decide(shelf, event(shelf, Effect.REVIEW), Decision.KEEP)

    document = papers.record(shelf, "Shelf A", date(2026, 11, 1), date(2026, 11, 20))

    assert f"{LOT} (on hold: {ASSAY})" in str(document.parts)
