"""R7: the earliest that expires and still serves."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import a_batch, kept
from ldninv.domain import ledger
from ldninv.domain.refusal import Refused
from ldninv.domain.suggestion import PassedOver, Suggestion, first_to_expire, suggest

TODAY = date(2025, 12, 1)


def lasting(days, lot, **facts):
    return kept(a_batch(lot=lot, beyond_use=TODAY + timedelta(days=days - 1)), **facts)


def dispensable(candidate, capsules, days, buffer):
    try:
        ledger.dispense(candidate, capsules, days, TODAY, buffer=buffer)
    except Refused:
        return False
    return True


def test_the_earliest_that_serves_is_suggested_and_the_earlier_ones_say_why_not():
    shelf = [
        lasting(300, "LATE"),
        lasting(200, "FIRST"),
        lasting(150, "FEW", on_hand=89),
        lasting(100, "HELD", held="41 °C"),
        lasting(60, "SHORT"),
    ]

    assert suggest(shelf, 90, 90, TODAY) == Suggestion(
        "FIRST",
        "expires first (2026-06-18) of those that hold 90 and cover 90 days",
        (
            PassedOver("SHORT", "does not cover 90 days since 2025-11-01"),
            PassedOver("HELD", "hold: on hold: 41 °C"),
            PassedOver("FEW", "holds 89 capsules, fewer than 90"),
        ),
    )


def test_none_is_suggested_where_none_serves():
    assert suggest([], 30, 30, TODAY) == Suggestion(None, "no usable batch holds 30 and covers 30 days")


def test_the_older_batch_goes_first_where_two_expire_together():
    newer = kept(a_batch(lot="A", prepared=date(2025, 3, 2)))
    older = kept(a_batch(lot="B", prepared=date(2025, 3, 1)))

    assert suggest([newer, older], 30, 30, TODAY).lot == "B"


@pytest.mark.parametrize(("capsules", "days"), [(0, 30), (30, 0), (-1, 30), (30, 10**12)])
def test_numbers_that_mean_nothing_are_refused(capsules, days):
    with pytest.raises(Refused):
        suggest([kept()], capsules, days, TODAY)


@st.composite
def shelves(draw):
    facts = st.fixed_dictionaries(
        {"on_hand": st.integers(0, 120)},
        optional={reason: st.just("a reason") for reason in ("quarantined", "held", "recalled", "rejected")},
    )
    rows = draw(st.lists(st.tuples(st.integers(-10, 150), facts), max_size=6))
    return [lasting(days, f"LOT{number}", **more) for number, (days, more) in enumerate(rows)]


@given(shelves(), st.integers(1, 100), st.integers(1, 100), st.integers(0, 60))
def test_what_is_suggested_can_be_dispensed_and_nothing_earlier_could(shelf, capsules, days, buffer):
    found = suggest(shelf, capsules, days, TODAY, buffer=buffer)
    in_order = sorted(shelf, key=first_to_expire)
    serving = [each.batch.lot for each in in_order if dispensable(each, capsules, days, buffer)]

    assert found.lot == (serving[0] if serving else None)
    earlier = in_order if found.lot is None else in_order[: [each.batch.lot for each in in_order].index(found.lot)]
    assert [each.lot for each in found.passed_over] == [each.batch.lot for each in earlier]
    assert all(each.why for each in found.passed_over)
