"""Taking back by a new entry, and what would come of dispensing before it is done (R5, R7, R9, R10)."""

from datetime import timedelta

import pytest

from builders import TODAY, a_batch, at_work, dump, keep
from ldninv.domain.entries import Decision
from ldninv.domain.ledger import DisposalReason, Kind
from ldninv.domain.refusal import Refused
from ldninv.domain.standing import State
from ldninv.services import batches, ledger, places, safety, signed, standing
from staff import BEN, pen, staffed

pytestmark = pytest.mark.on_both

GOOD = TODAY + timedelta(days=200)


@pytest.fixture
def bench(context):
    """Two released batches of one strength, the first to expire named EARLY, one expired, and two places."""
    keep(context, a_batch(lot="EARLY", beyond_use=GOOD), a_batch(lot="LATE", beyond_use=GOOD + timedelta(days=1)))
    keep(context, a_batch(lot="OLD", beyond_use=TODAY - timedelta(days=1)))
    places.add_place(context, "Cabinet A")
    return context


def test_what_a_wrong_clock_dated_ahead_is_taken_back_and_the_batch_goes_on(bench):
    years_ahead = TODAY + timedelta(days=1500)
    wrong = ledger.waste(at_work(bench.store, years_ahead), "EARLY", 2, reason="dropped").posted
    with pytest.raises(Refused, match="if it is right, take that entry back first"):
        ledger.dispense(bench, "EARLY", 30, days_supply=30)

    back = ledger.void(bench, wrong.id, reason="wrong clock").posted
    assert (back.entry.day, back.on_hand) == (years_ahead, 300)
    assert ledger.dispense(bench, "EARLY", 30, days_supply=30).posted.on_hand == 270
    assert safety.check(bench) == []


def test_taking_back_is_no_way_around_a_clock_that_went_backwards(bench):
    tomorrow = at_work(bench.store, TODAY + timedelta(days=1))
    first = ledger.waste(bench, "EARLY", 2, reason="dropped").posted
    ledger.waste(tomorrow, "EARLY", 1, reason="dropped")

    with pytest.raises(Refused, match="the clock has gone backwards"):
        ledger.void(bench, first.id, reason="a slip")
    ledger.void(tomorrow, first.id, reason="a slip")
    with pytest.raises(Refused, match="the clock has gone backwards"):
        ledger.waste(bench, "EARLY", 1, reason="dropped")


WRONG = {
    "hold": lambda here: standing.hold(here, "EARLY", reason="warm"),
    "reject": lambda here: standing.reject(here, "EARLY", reason="odd"),
    "quarantine": lambda here: ledger.quarantine(here, "EARLY", reason="label"),
}


@pytest.mark.parametrize("verb", WRONG.values(), ids=WRONG)
def test_what_a_wrong_clock_said_of_a_batch_is_taken_back_signed_and_the_batch_goes_on(bench, verb):
    before = batches.card(bench, "EARLY")
    wrong = verb(at_work(bench.store, TODAY + timedelta(days=1500))).posted
    more = ledger.waste(at_work(bench.store, TODAY + timedelta(days=1501)), "EARLY", 2, reason="dropped").posted
    staffed(bench)

    with pytest.raises(Refused, match="takes a signature: the taking back of an entry"):
        ledger.void(bench, wrong.id, reason="wrong clock")
    with pytest.raises(Refused, match="takes a pharmacist: Mara Lind"):
        ledger.void(bench, wrong.id, reason="wrong clock", sign=pen(BEN))
    done = ledger.void(bench, wrong.id, reason="wrong clock", sign=pen())
    ledger.void(bench, more.id, reason="wrong clock")

    assert batches.card(bench, "EARLY").kept == before.kept
    assert [each.unchanged for each in signed.of_batch(bench, before.kept)] == [True]
    assert ledger.dispense(bench, "EARLY", 30, days_supply=30).posted.on_hand == 270
    assert done.notices == ()
    assert safety.check(bench) == []


def test_what_was_said_on_its_right_day_is_refused_before_anybody_types_a_pin(bench):
    held = standing.hold(bench, "EARLY", reason="warm").posted
    before = dump(bench.store)

    with pytest.raises(Refused, match="a hold is lifted by a decision"):
        ledger.void(bench, held.id, reason="a slip")
    assert dump(bench.store) == before


def test_a_shortening_that_is_taken_back_says_that_the_date_stays(bench):
    ahead = at_work(bench.store, TODAY + timedelta(days=50))
    sooner = GOOD - timedelta(days=10)
    wrong = standing.decide(ahead, "EARLY", Decision.SHORTEN, expires=sooner, reason="warm").posted

    assert ledger.void(bench, wrong.id, reason="wrong clock").notices[0].startswith(f"The date stays {sooner}")
    assert batches.card(bench, "EARLY").kept.batch.expiry.on == sooner
    assert safety.check(bench) == []


VERBS = {
    "dispense": lambda here: ledger.dispense(here, "EARLY", 30, days_supply=30),
    "waste": lambda here: ledger.waste(here, "EARLY", 2, reason="dropped"),
    "dispose of all": lambda here: ledger.dispose(here, "EARLY", 300, reason=DisposalReason.DAMAGE),
    "count fewer": lambda here: ledger.count(here, "EARLY", 298),
    "count more": lambda here: ledger.count(here, "EARLY", 310, reason="found ten"),
    "move": lambda here: ledger.move(here, "EARLY", "Cabinet A"),
}


@pytest.mark.parametrize("verb", VERBS.values(), ids=VERBS)
def test_what_was_done_is_taken_back_by_a_new_entry_and_nothing_is_changed_or_lost(bench, verb):
    before = batches.card(bench, "EARLY")
    wrong = verb(bench).posted
    done = ledger.void(bench, wrong.id, reason="wrong lot")
    after = batches.card(bench, "EARLY")

    assert after.kept == before.kept
    assert after.standing == before.standing
    assert done.posted.entry.voids == wrong.id
    assert after.movements[:2] == (done.posted, wrong)
    assert (after.events[0].action, after.events[0].reason) == ("voided", "wrong lot")
    assert safety.check(bench) == []


def test_a_release_that_is_taken_back_leaves_quarantine_and_stops_dispensing(bench):
    ledger.quarantine(bench, "EARLY", reason="label doubtful")
    released = ledger.release(bench, "EARLY").posted
    ledger.void(bench, released.id, reason="too soon")

    assert batches.card(bench, "EARLY").standing.state is State.QUARANTINED
    with pytest.raises(Refused, match="quarantine"):
        ledger.dispense(bench, "EARLY", 30, days_supply=30)


def test_what_was_taken_back_is_not_taken_back_again_and_nothing_changes(bench):
    wrong = ledger.waste(bench, "EARLY", 2, reason="dropped").posted
    done = ledger.void(bench, wrong.id, reason="wrong lot")
    before = dump(bench.store)

    for number in (wrong.id, done.posted.id):
        with pytest.raises(Refused):
            ledger.void(bench, number, reason="again")
    assert dump(bench.store) == before


def test_capsules_that_left_since_are_never_taken_back_below_nothing(bench):
    more = ledger.count(bench, "EARLY", 310, reason="found ten").posted
    ledger.waste(bench, "EARLY", 305, reason="spilled")

    with pytest.raises(Refused, match="Count the batch instead"):
        ledger.void(bench, more.id, reason="miscounted")


def test_a_supply_that_was_taken_back_is_no_use_of_the_strength(bench):
    wrong = ledger.dispense(bench, "EARLY", 30, days_supply=30).posted
    ledger.void(bench, wrong.id, reason="wrong lot")

    with bench.store.reading() as work:
        assert sum(work.ledger.used(TODAY, 30).values()) == 0


def test_the_outlook_of_the_batch_to_take_has_nothing_against_it(bench):
    found = ledger.outlook(bench, "EARLY", 30, days_supply=30)

    assert (found.refusal, found.first.batch.lot, found.passes_over) == (None, "EARLY", False)


def test_the_outlook_names_the_earlier_batch_that_would_be_passed_over(bench):
    found = ledger.outlook(bench, "LATE", 30, days_supply=30)

    assert (found.refusal, found.first.batch.lot, found.passes_over) == (None, "EARLY", True)


@pytest.mark.parametrize(
    ("lot", "capsules", "days", "first"),
    [("OLD", 30, 30, "EARLY"), ("EARLY", 30, 202, "LATE"), ("EARLY", 30, 203, None), ("EARLY", 301, 30, None)],
)
def test_the_outlook_says_what_the_service_would_say_and_dispenses_nothing(bench, lot, capsules, days, first):
    before = dump(bench.store)
    found = ledger.outlook(bench, lot, capsules, days_supply=days)

    assert (found.first and found.first.batch.lot) == first
    assert dump(bench.store) == before
    if found.refusal is not None:
        with pytest.raises(Refused) as said:
            ledger.dispense(bench, lot, capsules, days_supply=days)
        assert str(said.value) == found.refusal


def test_the_outlook_of_no_supply_at_all_is_refused(bench):
    with pytest.raises(Refused, match="no number of capsules"):
        ledger.outlook(bench, "EARLY", 0, days_supply=30)
    assert [each.entry.kind for each in batches.card(bench, "EARLY").movements] == [Kind.RELEASED, Kind.MADE]
