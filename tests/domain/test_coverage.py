"""R5 and R6: how long a batch serves, and in which band that puts it."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ldninv.domain.coverage import (
    SUPPLIES,
    Band,
    band,
    beyond_use_range,
    covered_supplies,
    covers,
    last_dispensing_day,
    usable_days,
)

LAST_DAY = date(2026, 3, 1)
DAYS = st.integers(-1000, 1000)
BUFFERS = st.integers(0, 60)
DATES = st.dates()


@pytest.mark.parametrize(("supply", "last"), [(90, "2025-12-02"), (60, "2026-01-01"), (30, "2026-01-31")])
def test_the_last_day_to_dispense_leaves_a_capsule_for_every_day(supply, last):
    assert last_dispensing_day(LAST_DAY, supply) == date.fromisoformat(last)


def test_a_buffer_brings_the_last_dispensing_day_forward():
    assert last_dispensing_day(LAST_DAY, 30, buffer=7) == date(2026, 1, 24)


@pytest.mark.parametrize(
    ("today", "days"), [("2026-02-28", 2), ("2026-03-01", 1), ("2026-03-02", 0), ("2026-03-03", -1)]
)
def test_the_beyond_use_day_itself_is_usable(today, days):
    assert usable_days(LAST_DAY, date.fromisoformat(today)) == days


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (-400, Band.EXPIRED),
        (0, Band.EXPIRED),
        (1, Band.UNDER_30),
        (29, Band.UNDER_30),
        (30, Band.UNDER_60),
        (59, Band.UNDER_60),
        (60, Band.UNDER_90),
        (89, Band.UNDER_90),
        (90, Band.GOOD),
        (366, Band.GOOD),
    ],
)
def test_a_band_is_named_by_the_shortest_supply_no_longer_covered(days, expected):
    assert band(days) is expected


def test_the_three_bands_between_expired_and_good_are_near_expiry():
    assert [each for each in Band if each.near_expiry] == [Band.UNDER_30, Band.UNDER_60, Band.UNDER_90]


@given(DATES, DATES, st.integers(1, 366), BUFFERS)
def test_a_supply_is_covered_up_to_its_last_dispensing_day_and_not_after(beyond_use, today, supply, buffer):
    last = last_dispensing_day(beyond_use, supply, buffer)

    if last > date.min:
        assert covers(usable_days(beyond_use, today), supply, buffer) == (today <= last)


@given(DATES, DATES, BUFFERS)
def test_every_day_is_in_exactly_one_band(beyond_use, today, buffer):
    ranges = {each: beyond_use_range(each, today, buffer) for each in Band}
    inside = [each for each, (first, last) in ranges.items() if first <= beyond_use <= last]

    assert band(usable_days(beyond_use, today), buffer) in inside
    if date(1, 12, 31) < today < date(9999, 1, 1):
        assert inside == [band(usable_days(beyond_use, today), buffer)]


@given(st.dates(date(2, 1, 1), date(9998, 1, 1)), BUFFERS)
def test_the_ranges_of_the_bands_follow_each_other_without_gap_or_overlap(today, buffer):
    ranges = [beyond_use_range(each, today, buffer) for each in Band]

    assert (ranges[0][0], ranges[-1][1]) == (date.min, date.max)
    assert all((after[0] - before[1]).days == 1 for before, after in pairwise(ranges))


@given(DAYS, BUFFERS)
def test_the_covered_supplies_fall_exactly_with_the_bands(days, buffer):
    covered = {Band.EXPIRED: 0, Band.UNDER_30: 0, Band.UNDER_60: 1, Band.UNDER_90: 2, Band.GOOD: 3}

    assert covered_supplies(days, buffer) == SUPPLIES[: covered[band(days, buffer)]]


@given(DAYS, BUFFERS)
def test_no_batch_moves_to_a_better_band_by_waiting(days, buffer):
    order = list(Band)

    assert order.index(band(days - 1, buffer)) <= order.index(band(days, buffer))
