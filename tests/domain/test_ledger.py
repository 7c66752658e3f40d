"""R9 to R11 and R13: what may happen to a batch, and what every happening leaves behind."""

from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from builders import LAST_DAY, a_batch, kept
from ldninv.domain import ledger
from ldninv.domain.batch import Kept, Stock
from ldninv.domain.ledger import DisposalReason, Entry, Kind, stock_after
from ldninv.domain.quantities import LARGEST_BATCH
from ldninv.domain.refusal import Refused

TODAY = date(2025, 12, 1)
AGAINST = [
    {"destroyed": True, "on_hand": 0},
    {"recalled": "chipped"},
    {"rejected": "wrong colour"},
    {"held": "41 °C"},
    {"quarantined": "not released yet"},
    {"on_hand": 0},
]
WITH_STOCK = [*(facts for facts in AGAINST if "on_hand" not in facts), {}]


def test_a_batch_begins_with_what_was_made():
    entry = ledger.made(a_batch(made=120), "Shelf A", TODAY)

    assert entry == Entry(kind=Kind.MADE, day=TODAY, capsules=120, place="Shelf A")


def test_dispensing_takes_capsules_for_a_supply():
    entry = ledger.dispense(kept(), 90, 90, TODAY, reason="the earlier one is chipped")

    assert entry == Entry(
        kind=Kind.DISPENSED, day=TODAY, capsules=-90, days_supply=90, reason="the earlier one is chipped"
    )


@pytest.mark.parametrize("facts", AGAINST)
def test_what_must_not_be_dispensed_is_refused_whatever_the_door(facts):
    with pytest.raises(Refused, match=r"Batch LDN250301001T must not be dispensed \(\w+\): .+\. Scan another batch\."):
        ledger.dispense(kept(**facts), 30, 30, TODAY)


def test_an_expired_batch_is_refused_and_the_last_day_is_not():
    assert ledger.dispense(kept(), 1, 1, LAST_DAY).capsules == -1
    with pytest.raises(Refused, match=r"\(expired\): past its date since 2026-03-01"):
        ledger.dispense(kept(), 1, 1, LAST_DAY + timedelta(days=1))


def test_a_batch_that_is_not_made_yet_is_refused():
    with pytest.raises(Refused, match="its preparation date 2025-03-01 lies ahead"):
        ledger.dispense(kept(), 30, 30, date(2025, 2, 28))


def test_a_supply_that_the_date_no_longer_covers_is_refused_with_its_last_day():
    with pytest.raises(Refused, match=r"does not cover 90 days: .+ the last day to dispense 90 days was 2025-12-02"):
        ledger.dispense(kept(), 90, 90, date(2025, 12, 3))


def test_a_supply_that_ends_inside_the_buffer_is_refused():
    assert ledger.dispense(kept(), 90, 90, date(2025, 12, 2)).days_supply == 90
    with pytest.raises(Refused, match="was 2025-12-01"):
        ledger.dispense(kept(), 90, 90, date(2025, 12, 2), buffer=1)


@pytest.mark.parametrize(("capsules", "days"), [(0, 30), (-30, 30), (30, 0), (30, -1), (30, 10**12), (10**12, 30)])
def test_numbers_that_mean_nothing_are_refused(capsules, days):
    with pytest.raises(Refused):
        ledger.dispense(kept(on_hand=LARGEST_BATCH), capsules, days, TODAY)


def test_more_than_there_is_is_refused_with_what_there_is():
    with pytest.raises(Refused, match=r"holds 29 capsules, fewer than 30\. Take 29 capsules or fewer, or count"):
        ledger.dispense(kept(on_hand=29), 30, 30, TODAY)


@pytest.mark.parametrize("today", [TODAY, LAST_DAY + timedelta(days=400)])
@pytest.mark.parametrize("facts", WITH_STOCK)
def test_what_must_go_away_always_can(facts, today):
    there = kept(**facts)

    assert ledger.waste(there, 300, "dropped", today).capsules == -300
    assert ledger.dispose(there, 300, DisposalReason.EXPIRED, today).capsules == -300
    assert ledger.move(there, "Expired bin", today).place == "Expired bin"
    assert ledger.count(there, 299, today).capsules == -1


def test_a_disposal_keeps_its_reason_method_and_witness():
    entry = ledger.dispose(kept(), 5, DisposalReason.FAILED_QC, TODAY, method="incinerated", witness="M. Ruiz")

    assert (entry.kind, entry.reason, entry.note) == (
        Kind.DESTROYED,
        "failed-qc",
        "method: incinerated; witness: M. Ruiz",
    )


def test_a_disposal_without_details_has_no_note():
    assert ledger.dispose(kept(), 5, DisposalReason.RECALL, TODAY, method="").note is None


@pytest.mark.parametrize("verb", [ledger.waste, ledger.dispose])
@pytest.mark.parametrize("capsules", [0, -1, 301])
def test_nothing_leaves_that_is_not_there(verb, capsules):
    with pytest.raises(Refused):
        verb(kept(), capsules, DisposalReason.DAMAGE, TODAY)


def test_a_write_off_needs_a_reason():
    with pytest.raises(Refused, match="A reason is needed to write off capsules"):
        ledger.waste(kept(), 5, "  ", TODAY)


@given(st.integers(0, LARGEST_BATCH), st.integers(0, LARGEST_BATCH))
def test_a_count_sets_the_books_to_what_was_found(on_hand, found):
    assert on_hand + ledger.count(kept(on_hand=on_hand), found, TODAY, reason="counted twice").capsules == found


def test_a_count_of_more_than_was_made_needs_a_reason():
    with pytest.raises(Refused, match="301 is more than the 300 that were made"):
        ledger.count(kept(), 301, TODAY)

    assert ledger.count(kept(), 301, TODAY, reason="one was returned").capsules == 1


@pytest.mark.parametrize("found", [-1, LARGEST_BATCH + 1])
def test_a_count_that_cannot_be_is_refused(found):
    with pytest.raises(Refused, match="is no count of capsules"):
        ledger.count(kept(), found, TODAY)


def test_a_batch_is_not_moved_to_where_it_stands():
    with pytest.raises(Refused, match="stands at Shelf A already"):
        ledger.move(kept(), "Shelf A", TODAY)


def test_a_release_lifts_a_quarantine_and_keeps_its_checks():
    waiting = kept(quarantined="not released yet")

    assert ledger.release(waiting, TODAY, checks="looks right") == Entry(
        kind=Kind.RELEASED, day=TODAY, note="looks right"
    )


def test_a_release_leaves_a_hold_in_place():
    assert ledger.release(kept(quarantined="came back", held="41 °C"), TODAY).kind is Kind.RELEASED


@pytest.mark.parametrize("facts", [facts for facts in AGAINST if {"recalled", "rejected", "destroyed"} & facts.keys()])
def test_a_release_lifts_nothing_else(facts):
    with pytest.raises(Refused, match="cannot be released"):
        ledger.release(kept(quarantined="not released yet", **facts), TODAY)


def test_an_expired_batch_is_not_released():
    with pytest.raises(Refused, match="cannot be released: past its date"):
        ledger.release(kept(quarantined="not released yet"), LAST_DAY + timedelta(days=1))


def test_a_batch_is_not_released_before_it_is_made():
    with pytest.raises(Refused, match="before it is made, on 2025-03-01"):
        ledger.release(kept(quarantined="not released yet"), date(2025, 2, 28))


def test_a_batch_is_released_once():
    with pytest.raises(Refused, match="is released already"):
        ledger.release(kept(), TODAY)


def test_a_quarantine_needs_a_reason_and_happens_once():
    assert ledger.quarantine(kept(), " odd smell ", TODAY).reason == "odd smell"
    with pytest.raises(Refused, match="A reason is needed to quarantine"):
        ledger.quarantine(kept(), "", TODAY)
    with pytest.raises(Refused, match="in quarantine already: odd smell"):
        ledger.quarantine(kept(quarantined="odd smell"), "again", TODAY)


def facts(*kinds, **more):
    """Return entries of these kinds, as the ledger keeps them."""
    return [Entry(kind=kind, day=TODAY, reason="a reason", **more) for kind in kinds]


MADE = [Entry(kind=Kind.MADE, day=TODAY, capsules=300, place="Shelf A")]
WAITING = Stock(on_hand=300, place="Shelf A", quarantined="not released yet")


@pytest.mark.parametrize(
    ("entries", "stock"),
    [
        (facts(), WAITING),
        (facts(Kind.RELEASED), replace(WAITING, quarantined=None)),
        (facts(Kind.RELEASED, Kind.QUARANTINED), replace(WAITING, quarantined="a reason")),
        (facts(Kind.REJECTED), replace(WAITING, rejected="a reason")),
        (facts(Kind.RELEASED, Kind.RECALLED), replace(WAITING, quarantined=None, recalled="a reason")),
        (facts(Kind.RELEASED, Kind.HELD), replace(WAITING, quarantined=None, held="a reason")),
        (facts(Kind.RELEASED, Kind.HELD, Kind.DECIDED), replace(WAITING, quarantined=None)),
        (facts(Kind.MOVED, place="Shelf B"), replace(WAITING, place="Shelf B")),
        (facts(Kind.DISPENSED, Kind.WASTED, capsules=-30), replace(WAITING, on_hand=240)),
    ],
)
def test_the_entries_of_a_batch_make_its_stock(entries, stock):
    assert stock_after(MADE + entries) == stock


def test_a_batch_is_destroyed_only_where_the_last_capsules_left_by_disposal():
    disposed = facts(Kind.DESTROYED, capsules=-300)

    assert stock_after(MADE + disposed).destroyed
    assert stock_after(MADE + disposed + facts(Kind.MOVED, place="Bin")).destroyed
    assert not stock_after(MADE + facts(Kind.DESTROYED, capsules=-299)).destroyed
    assert not stock_after(MADE + facts(Kind.DESTROYED, capsules=-299) + facts(Kind.WASTED, capsules=-1)).destroyed
    assert not stock_after(MADE + disposed + facts(Kind.COUNTED, capsules=2)).destroyed


class AnyOrderOfVerbs(RuleBasedStateMachine):
    """Whatever is asked in whatever order: the sum of the entries is what is on hand, and never below zero."""

    numbers = st.integers(-5, 400)

    @initialize(made=st.integers(1, 400))
    def make(self, made):
        self.today = TODAY
        self.batch = a_batch(made=made)
        self.entries = [ledger.made(self.batch, "Shelf A", TODAY)]

    def post(self, verb, *arguments):
        with suppress(Refused):
            self.entries.append(verb(Kept(self.batch, stock_after(self.entries)), *arguments, self.today))

    @rule(days=st.integers(1, 40))
    def wait(self, days):
        self.today += timedelta(days=days)

    @rule(capsules=numbers, supply=st.sampled_from([0, 1, 30, 60, 90]))
    def dispense(self, capsules, supply):
        self.post(ledger.dispense, capsules, supply)

    @rule(capsules=numbers)
    def waste(self, capsules):
        self.post(ledger.waste, capsules, "dropped")

    @rule(capsules=numbers, reason=st.sampled_from(DisposalReason))
    def dispose(self, capsules, reason):
        self.post(ledger.dispose, capsules, reason)

    @rule(found=numbers)
    def count(self, found):
        self.post(ledger.count, found)

    @rule(place=st.sampled_from(["Shelf A", "Shelf B"]))
    def move(self, place):
        self.post(ledger.move, place)

    @rule()
    def quarantine(self):
        self.post(ledger.quarantine, "odd smell")

    @rule()
    def release(self):
        self.post(ledger.release)

    @invariant()
    def the_sum_is_on_hand_and_never_below_zero(self):
        sums = list(accumulate(entry.capsules for entry in self.entries))

        assert min(sums) >= 0
        assert sums[-1] == stock_after(self.entries).on_hand


TestAnyOrderOfVerbs = AnyOrderOfVerbs.TestCase
