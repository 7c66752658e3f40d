"""What is asked of a row of a batch list, whatever file it comes from."""

from dataclasses import replace
from datetime import date

import pytest

from ldninv.domain.batch_list import ListedBatch, notices_of, problems_of
from ldninv.domain.quantities import Strength

TODAY = date(2025, 12, 1)
ROW = ListedBatch(
    line=2,
    lot="LDN260117001M",
    strength=Strength(4500),
    prepared=date(2025, 3, 1),
    expires=date(2026, 3, 1),
    made=300,
    on_hand=120,
)


def test_a_good_row_has_no_problem_and_no_notice():
    assert problems_of(ROW, TODAY) == notices_of(ROW, TODAY) == ()


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"made": 0, "on_hand": 0}, "0 capsules made: a batch has at least one"),
        ({"on_hand": 301}, "301 on hand is more than the 300 that were made"),
        ({"expires": date(2025, 2, 28)}, "it expires on 2025-02-28, before it was made on 2025-03-01"),
        (
            {"prepared": date(2027, 3, 1), "expires": None},
            "it was prepared on 2027-03-01, which lies in the future",
        ),
        ({"lot": "ldn260117001k"}, "the check character of lot ldn260117001k does not fit; one character is wrong"),
    ],
)
def test_what_is_wrong_with_a_row_is_said_in_words(change, problem):
    assert problems_of(replace(ROW, **change), TODAY) == (problem,)


def test_all_that_is_wrong_is_said_at_once():
    assert len(problems_of(replace(ROW, made=-1, lot="LDN260117001K"), TODAY)) == 3


def test_a_batch_may_expire_on_the_day_it_was_made_and_bear_an_old_lot():
    assert problems_of(replace(ROW, expires=ROW.prepared, lot="B-1042"), TODAY) == ()


def test_a_batch_dated_up_to_a_year_ahead_is_a_plan():
    ahead = replace(ROW, prepared=date(2026, 12, 2), expires=None)

    assert problems_of(ahead, TODAY) == ()
    assert notices_of(ahead, TODAY) == ("it is dated ahead, to 2026-12-02, and cannot be dispensed before",)


def test_the_last_day_of_the_calendar_is_a_day_like_any_other():
    assert problems_of(ROW, date.max) == ()
