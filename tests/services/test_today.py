"""Today's counts are the lists' counts, to the unit."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import NOW, TODAY, a_batch, fresh, keep, keep_lives, opening
from ldninv.domain.batch import Batch
from ldninv.domain.concerns import GOOD, Concern
from ldninv.domain.ledger import Entry, Kind
from ldninv.domain.settings import Settings
from ldninv.services import batches, ledger, preferences, weekly
from ldninv.services.today import Tally, today

pytestmark = pytest.mark.on_both


def until(lot: str, usable_days: int, **facts: object) -> Batch:
    beyond_use = TODAY + timedelta(days=usable_days - 1)
    return a_batch(lot=lot, beyond_use=beyond_use, prepared=TODAY - timedelta(days=400), **facts)


LIVES = st.lists(
    st.tuples(
        st.integers(-3, 100),
        st.booleans(),
        st.sampled_from([None, Kind.RECALLED, Kind.REJECTED, Kind.HELD]),
        st.booleans(),
        st.integers(-2, 2),
    ),
    max_size=8,
)


def a_life(number, life):
    """Return a batch with the entries of its life."""
    days, released, against, emptied, ahead = life
    made = TODAY + timedelta(days=ahead)
    batch = a_batch(lot=f"L{number}", beyond_use=TODAY + timedelta(days=days - 1), prepared=made, made=10 + number)
    entries = opening(batch, released=released)
    if against is not None:
        entries.append(Entry(kind=against, day=TODAY, reason="letter"))
    if emptied:
        entries.append(Entry(kind=Kind.WASTED, day=TODAY, capsules=-batch.made, reason="dropped"))
    return batch, entries


@settings(max_examples=60)
@given(LIVES, st.integers(0, 10))
def test_every_count_is_the_length_of_its_list_and_the_sum_of_its_capsules(lives, buffer):
    with fresh() as context:
        keep_lives(context, *(a_life(number, life) for number, life in enumerate(lives)))
        preferences.change(context, Settings(buffer=buffer))
        shown = today(context)

        for concern, tally in [*shown.concerns, (None, shown.good)]:
            listed = batches.find(context, GOOD if concern is None else concern.question)
            assert tally == Tally(len(listed), sum(kept.stock.on_hand for kept, _ in listed))


@settings(max_examples=60)
@given(LIVES)
def test_everything_on_the_shelf_is_counted_once_but_for_what_expires_this_week(lives):
    with fresh() as context:
        keep_lives(context, *(a_life(number, life) for number, life in enumerate(lives)))
        shown = today(context)

    counted = [tally for concern, tally in shown.concerns if concern is not Concern.THIS_WEEK] + [shown.good]
    assert sum(tally.batches for tally in counted) == shown.in_stock.batches
    assert sum(tally.capsules for tally in counted) == shown.in_stock.capsules
    assert shown.ever == len(lives)


def test_what_there_is_to_do_stands_in_the_order_of_harm(context):
    keep(context, until("NEAR", 20), until("OLD", 0), until("WEEK", 7), until("NEXT-WEEK", 8))
    keep(context, until("WAIT", 200), released=False)
    keep_lives(context, a_life(1, (200, True, Kind.RECALLED, False, -9)))

    shown = today(context)
    assert [(concern.value, tally.batches) for concern, tally in shown.pressing] == [
        ("stopped", 1),
        ("expired", 1),
        ("this-week", 1),
        ("near-expiry", 3),
        ("quarantined", 1),
    ]
    assert shown.clear == (Concern.REVIEW, Concern.AHEAD)


def test_an_empty_database_asks_for_nothing_and_says_that_it_is_empty(context):
    shown = today(context)

    assert (shown.pressing, shown.in_stock, shown.ever, shown.report_age) == ((), Tally(0, 0), 0, None)


def test_a_batch_that_was_used_up_is_known_and_not_counted(context):
    keep(context, until("OLD", 0))
    ledger.waste(context, "OLD", 300, reason="expired")

    shown = today(context)
    assert (shown.pressing, shown.ever) == ((), 1)


def test_the_report_is_as_old_as_the_calendar_says_however_the_pharmacys_day_is_set(context):
    assert NOW.date() == TODAY
    weekly.remember(context, weekly.report(context))
    assert today(context).report_age == 0

    later = NOW + timedelta(days=8, hours=15)
    at_the_bench = type(context)(context.store, "Ana", "bench", lambda: date(2030, 1, 1), lambda: later)
    assert today(at_the_bench).report_age == 9
