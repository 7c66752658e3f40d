"""A breach that later readings show never was: nothing is released by itself, and who decided is asked anew (R18)."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from builders import a_batch, keep
from ldninv.domain.entries import Decision
from ldninv.domain.refusal import Refused
from ldninv.services import batches, ledger, safety, standing
from ldninv.services.storage import deciding, looking
from ldninv.services.storage.deciding import Choice
from rooms import HOUR, START, a_room, brought

LOTS = ("OLD-1", "OLD-2")
MADE = datetime(2026, 9, 1, 8, tzinfo=UTC)
BEGAN = START - 30 * 24 * HOUR
NO_LONGER = "evidence changed: later readings no longer show it"


@pytest.fixture
def shelf(context):
    made = [a_batch(lot=lot, prepared=date(2026, 9, 1), beyond_use=date(2027, 9, 1)) for lot in LOTS]
    keep(replace(context, now=lambda: MADE, today=MADE.date), *made)
    return context


def warm(context):
    """Bring in 45 days at 26 °C, read every six hours: their mean is a breach."""
    return brought(context, a_room(hours=45 * 24, step=6 * HOUR, celsius=26.0, start=BEGAN))


def cool_between(context):
    """Bring in what another export says of the hours between: it was 19 °C, and the mean is none."""
    return brought(context, a_room(hours=45 * 24, step=6 * HOUR, celsius=19.0, start=BEGAN + 3 * HOUR))


def now(context, lot=LOTS[0]):
    return batches.card(context, lot).standing


def waits(context):
    return [(str(each.status), [one.lot for one in each.waiting]) for each in looking.events(context, waiting=True)]


def test_a_hold_whose_breach_is_known_no_more_stays_and_says_so(shelf):
    assert set(warm(shelf).held) == set(LOTS)

    done = cool_between(shelf)

    kept = batches.card(shelf, LOTS[0]).kept
    assert (now(shelf).state, done.held) == ("held", ())
    assert kept.stock.held.startswith("storage breach: mean kinetic temperature of 26.0 °C at Shelf A")
    assert kept.stock.held.endswith(NO_LONGER)
    with pytest.raises(Refused, match="no longer show it"):
        ledger.dispense(shelf, LOTS[0], 30, days_supply=30)


def test_it_says_so_once_and_a_decision_lifts_it(shelf):
    warm(shelf)
    cool_between(shelf)
    brought(shelf, a_room(hours=24, start=BEGAN + 46 * 24 * HOUR))

    assert batches.card(shelf, LOTS[0]).kept.stock.held.count(NO_LONGER) == 1
    standing.decide(shelf, LOTS[0], Decision.KEEP, reason="19 °C in between")
    assert now(shelf).state == "released"


def test_a_decision_on_a_breach_that_is_known_no_more_is_opened_again(shelf):
    warm(shelf)
    (mean,) = [each for each in looking.events(shelf, waiting=True) if each.happening.kind == "mkt-30d"]
    deciding.decide(shelf, mean.happening.id, {LOTS[0]: Choice(Decision.KEEP)}, reason="rotated")

    cool_between(shelf)

    assert waits(shelf) == [("evidence-changed", [LOTS[0]])]
    assert now(shelf).state == "released"
    assert now(shelf).review.startswith("evidence changed: no longer seen: mean kinetic temperature of 26.0 °C")
    assert now(shelf, LOTS[1]).review is None
    assert safety.check(shelf) == []


def test_what_was_opened_again_is_closed_by_another_decision_and_stays_closed(shelf):
    warm(shelf)
    (mean,) = [each for each in looking.events(shelf, waiting=True) if each.happening.kind == "mkt-30d"]
    deciding.decide(shelf, mean.happening.id, {LOTS[0]: Choice(Decision.KEEP)}, reason="rotated")
    cool_between(shelf)

    (gone,) = looking.events(shelf, waiting=True)
    deciding.decide(shelf, gone.happening.id, {LOTS[0]: Choice(Decision.KEEP)}, reason="it never was")
    brought(shelf, a_room(hours=24, start=BEGAN + 46 * 24 * HOUR))

    assert (waits(shelf), now(shelf).review) == ([], None)
    assert safety.check(shelf) == []


def test_a_breach_that_comes_back_holds_again(shelf):
    warm(shelf)
    (mean,) = [each for each in looking.events(shelf, waiting=True) if each.happening.kind == "mkt-30d"]
    deciding.decide(shelf, mean.happening.id, {LOTS[0]: Choice(Decision.KEEP)}, reason="rotated")
    cool_between(shelf)

    brought(shelf, a_room(hours=45 * 24, step=6 * HOUR, celsius=33.0, start=BEGAN + 1.5 * HOUR))

    assert now(shelf).state == "held"
    assert not batches.card(shelf, LOTS[1]).kept.stock.held.endswith(NO_LONGER)
    assert looking.event(shelf, mean.happening.id).happening.gone is False


def test_a_decision_on_a_spike_lifts_no_hold_for_a_breach_that_is_known_no_more(shelf):
    def keeps(kind):
        (seen,) = [each for each in looking.events(shelf, waiting=True) if each.happening.kind == kind]
        deciding.decide(shelf, seen.happening.id, {LOTS[0]: Choice(Decision.KEEP)}, reason="looked at")

    warm(shelf)
    keeps("mkt-30d")
    brought(shelf, a_room(hours=6, celsius=31.0, start=BEGAN + 45 * 24 * HOUR))
    cool_between(shelf)
    assert batches.card(shelf, LOTS[0]).kept.stock.held.endswith(NO_LONGER)

    keeps("above-30")

    assert batches.card(shelf, LOTS[0]).kept.stock.held.endswith(NO_LONGER)
    assert looking.events(shelf, waiting=True)[-1].happening.gone
    keeps("mkt-30d")
    assert now(shelf).state == "released"
    assert safety.check(shelf) == []


def test_a_decision_on_a_hold_answers_the_breach_that_is_known_no_more(shelf):
    warm(shelf)
    standing.decide(shelf, LOTS[0], Decision.KEEP, reason="rotated")
    brought(shelf, a_room(hours=6, celsius=29.0, start=BEGAN + 45 * 24 * HOUR))
    cool_between(shelf)

    standing.decide(shelf, LOTS[0], Decision.KEEP, reason="19 °C in between")

    assert (now(shelf).state, waits(shelf)) == ("released", [])
    assert safety.check(shelf) == []
