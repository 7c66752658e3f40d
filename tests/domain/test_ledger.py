"""R9 to R11 and R13: what may happen to a batch, and what every happening leaves behind."""

from contextlib import suppress
from datetime import date, timedelta
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from builders import LAST_DAY, a_batch, kept
from ldninv.domain import holding, ledger, taking_back
from ldninv.domain.batch import dated
from ldninv.domain.entries import Decision, Disposal, DisposalReason, Entry, Kind, Posted, out_of_the_house, stock_after
from ldninv.domain.quantities import LARGEST_BATCH
from ldninv.domain.refusal import Refused
from ldninv.domain.standing import of as standing_of

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
    assert ledger.dispose(there, 300, DisposalReason.DAMAGE, today).capsules == -300
    assert ledger.move(there, "Expired bin", today).place == "Expired bin"
    assert ledger.count(there, 299, today).capsules == -1


@pytest.mark.parametrize("day", [TODAY, LAST_DAY, LAST_DAY + timedelta(days=1)])
@pytest.mark.parametrize("reason", DisposalReason)
@pytest.mark.parametrize("facts", WITH_STOCK)
def test_a_batch_is_disposed_of_as_expired_only_from_the_day_after_its_last(facts, reason, day):
    there = kept(**facts)
    if reason is DisposalReason.EXPIRED and day <= LAST_DAY:
        with pytest.raises(Refused) as refused:
            ledger.dispose(there, 5, reason, day)
        assert str(refused.value) == (
            "Batch LDN250301001T has not expired: its last usable day is 2026-03-01. "
            "Give the reason that is so, such as damage or recall."
        )
    else:
        assert ledger.dispose(there, 5, reason, day).reason == reason.value


def test_a_disposal_keeps_its_reason_method_container_and_witness():
    how = Disposal(method="incinerated", container="sharps bin 4", witness="M. Ruiz")
    entry = ledger.dispose(kept(), 5, DisposalReason.FAILED_QC, TODAY, disposal=how)

    assert (entry.kind, entry.reason, entry.note) == (
        Kind.DESTROYED,
        "failed-qc",
        "method: incinerated; container: sharps bin 4; witness: M. Ruiz",
    )


def test_a_disposal_without_details_has_no_note():
    assert ledger.dispose(kept(), 5, DisposalReason.RECALL, TODAY, disposal=Disposal(method="")).note is None


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


def test_what_came_back_is_on_hand_and_counted_apart():
    assert ledger.accept_return(kept(on_hand=270), 30, 30, TODAY, reason="not picked up") == Entry(
        kind=Kind.RETURNED, day=TODAY, capsules=30, returned=30, reason="not picked up"
    )


@pytest.mark.parametrize(
    ("on_hand", "out", "words"),
    [
        (270, 30, "by its books 30 capsules of it went to patients and did not come back yet. Check lot"),
        (200, 0, "by its books none of it went to patients"),
        (280, 40, "300 were made, and 280 are on hand. Check lot and number, or count the batch"),
    ],
)
def test_no_more_come_back_than_are_out_or_were_made(on_hand, out, words):
    with pytest.raises(Refused, match=f"31 capsules of batch LDN250301001T cannot have come back: {words}"):
        ledger.accept_return(kept(on_hand=on_hand), 31, out, TODAY)


def test_what_was_dispensed_is_out_until_it_came_back_or_the_dispensing_is_taken_back():
    def entry(kind, capsules, **more):
        return Entry(kind=kind, day=TODAY, capsules=capsules, **more)

    life = [
        entry(Kind.MADE, 300),
        entry(Kind.COUNTED, -100, reason="200 capsules left on the imported list"),
        entry(Kind.DISPENSED, -30), entry(Kind.DISPENSED, -20), entry(Kind.WASTED, -7), entry(Kind.DESTROYED, -8),
        entry(Kind.SAMPLED, -9), entry(Kind.COUNTED, -1, reason="counted twice"), entry(Kind.RETURNED, 12),
        entry(Kind.VOIDED, 20, voids=4),
    ]  # fmt: skip

    assert out_of_the_house(posted(life)) == 100 + 30 - 12


@pytest.mark.parametrize(
    ("verb", "more"),
    [(ledger.waste, ("dropped", TODAY)), (ledger.sample, (TODAY,)), (ledger.dispose, (DisposalReason.DAMAGE, TODAY))],
)
@pytest.mark.parametrize(("capsules", "returned"), [(10, -10), (30, -30), (31, -30), (300, -30)])
def test_what_came_back_leaves_first(verb, more, capsules, returned):
    entry = verb(kept(returned=30), capsules, *more)

    assert (entry.capsules, entry.returned) == (-capsules, returned)


@pytest.mark.parametrize(("found", "returned"), [(300, 0), (30, 0), (29, -1), (0, -30)])
def test_a_count_that_finds_fewer_than_came_back_takes_from_them(found, returned):
    assert ledger.count(kept(returned=30), found, TODAY).returned == returned


def test_nothing_is_dispensed_while_what_came_back_stands_there():
    with pytest.raises(Refused, match="in quarantine: 1 capsule came back; dispose of it"):
        ledger.dispense(kept(returned=1), 30, 30, TODAY)


def test_a_sample_is_taken_in_any_state_with_stock():
    for facts in WITH_STOCK:
        assert ledger.sample(kept(**facts), 10, LAST_DAY + timedelta(days=1)).kind is Kind.SAMPLED


@pytest.mark.parametrize(
    ("last", "today", "words"),
    [
        (TODAY + timedelta(days=1), TODAY, "has an entry of 2025-12-02, and today is 2025-12-01 here: the clock"),
        (None, date(2025, 2, 28), "is dated 2025-03-01, and today is 2025-02-28 here"),
    ],
)
def test_nothing_happens_on_a_day_before_the_batch_or_its_last_entry(last, today, words):
    with pytest.raises(Refused, match=words):
        ledger.refuse_backwards(a_batch(), last, today)


@pytest.mark.parametrize("last", [None, TODAY, TODAY - timedelta(days=1)])
def test_what_happens_on_the_same_day_or_later_is_no_step_back(last):
    ledger.refuse_backwards(a_batch(prepared=TODAY), last, TODAY)


def posted(entries):
    """Return entries as the ledger keeps them, numbered from 1."""
    return [
        Posted(id=number, lot="A", entry=entry, on_hand=0, at="", by="")
        for number, entry in enumerate(entries, start=1)
    ]


class AnyOrderOfVerbs(RuleBasedStateMachine):
    """Whatever is asked in whatever order: the sums hold, nothing is below zero, and no date is ever lengthened."""

    numbers = st.integers(-5, 400)

    @initialize(made=st.integers(1, 400))
    def make(self, made):
        self.today = TODAY
        self.batch = a_batch(made=made)
        self.entries = [ledger.made(self.batch, "Shelf A", TODAY)]

    def there(self):
        return dated(self.batch, stock_after(self.entries))

    def post(self, verb, *arguments, **more):
        with suppress(Refused):
            self.entries.append(verb(self.there(), *arguments, self.today, **more))

    @rule(days=st.integers(1, 40))
    def wait(self, days):
        self.today += timedelta(days=days)

    @rule(capsules=numbers, supply=st.sampled_from([0, 1, 30, 60, 90]))
    def dispense(self, capsules, supply):
        self.post(ledger.dispense, capsules, supply)

    @rule(capsules=numbers)
    def waste(self, capsules):
        self.post(ledger.waste, capsules, "dropped")

    @rule(capsules=numbers)
    def sample(self, capsules):
        self.post(ledger.sample, capsules)

    @rule(capsules=numbers)
    def accept_return(self, capsules):
        self.post(ledger.accept_return, capsules, out_of_the_house(posted(self.entries)))

    @rule(capsules=numbers, reason=st.sampled_from(DisposalReason))
    def dispose(self, capsules, reason):
        self.post(ledger.dispose, capsules, reason)

    @rule(found=numbers)
    def count(self, found):
        self.post(ledger.count, found)

    @rule(verb=st.sampled_from((holding.quarantine, holding.reject, holding.hold)))
    def stop(self, verb):
        self.post(verb, "odd smell")

    @rule()
    def release(self):
        self.post(holding.release)

    @rule(decision=st.sampled_from(Decision), days=st.none() | st.integers(-10, 400))
    def decide(self, decision, days):
        expires = None if days is None else self.batch.prepared + timedelta(days=days)
        self.post(holding.decide, decision, "41 °C", expires=expires)

    @rule(back=st.integers(0, 8))
    def void(self, back):
        history = posted(self.entries)
        with suppress(Refused):
            self.entries.append(taking_back.void(self.batch, history, len(history) - back, "a slip", self.today))

    @invariant()
    def the_sums_are_on_hand_and_never_below_zero(self):
        sums = list(accumulate(entry.capsules for entry in self.entries))
        back = list(accumulate(entry.returned for entry in self.entries))
        stock = stock_after(self.entries)

        assert all(0 <= returned <= on_hand for on_hand, returned in zip(sums, back, strict=True))
        assert (sums[-1], back[-1]) == (stock.on_hand, stock.returned)

    @invariant()
    def nothing_is_on_hand_that_was_not_made_and_nothing_came_back_that_had_not_left(self):
        assert stock_after(self.entries).on_hand <= self.batch.made
        assert out_of_the_house(posted(self.entries)) >= 0

    @invariant()
    def what_came_back_is_never_usable_and_no_date_is_lengthened(self):
        there = self.there()
        dates = [self.batch.expiry.on, *(entry.expires for entry in self.entries if entry.expires)]

        assert not (there.stock.returned and standing_of(there, self.today).usable)
        assert dates == sorted(dates, reverse=True)
        assert len(set(dates)) == len(dates)
        assert there.batch.expiry.on == dates[-1]


TestAnyOrderOfVerbs = AnyOrderOfVerbs.TestCase
