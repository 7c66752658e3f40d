"""The look ahead at what the recent rate of use leaves over."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from builders import a_batch, kept
from ldninv.domain import standing, use
from ldninv.domain.quantities import Strength

TODAY = date(2025, 12, 1)
SHELF = st.lists(st.tuples(st.integers(0, 500), st.integers(0, 200)), max_size=6).map(
    lambda rows: sorted(rows, key=lambda row: row[1])
)


def lasting(days, lot, **facts):
    return kept(a_batch(lot=lot, beyond_use=TODAY + timedelta(days=days - 1)), **facts)


def judged(*batches):
    return [(each, standing.of(each, TODAY)) for each in batches]


def test_what_ends_first_is_used_first_and_the_next_gets_what_is_left_of_the_rate():
    assert use.left_over([(100, 30), (500, 60)], used=180) == (40, 440)


@given(SHELF, st.integers(0, 5000))
def test_no_more_is_left_than_there_was_and_no_more_is_used_than_the_rate(shelf, used):
    left = use.left_over(shelf, used)

    assert all(0 <= rest <= capsules for rest, (capsules, _) in zip(left, shelf, strict=True))
    longest = max((days for _, days in shelf), default=0)
    assert sum(capsules for capsules, _ in shelf) - sum(left) <= used * longest // use.RECENT


@given(SHELF, st.integers(0, 5000))
def test_a_faster_rate_never_leaves_more_in_all(shelf, used):
    assert sum(use.left_over(shelf, used + 1)) <= sum(use.left_over(shelf, used))


def test_a_strength_that_nobody_used_is_all_left_over():
    assert use.projected_waste(judged(lasting(60, "A")), {}, TODAY) == {"A": 300}


def test_a_batch_is_dispensed_until_the_last_day_that_covers_the_shortest_supply():
    shelf = judged(lasting(59, "A"))

    assert use.projected_waste(shelf, {Strength(4500): 90}, TODAY) == {"A": 270}


def test_what_is_not_usable_serves_nobody_and_is_left_out():
    shelf = judged(lasting(200, "A", held="41 °C"), lasting(0, "B"), lasting(400, "C"))

    assert set(use.projected_waste(shelf, {Strength(4500): 900}, TODAY)) == {"C"}
