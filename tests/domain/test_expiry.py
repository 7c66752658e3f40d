"""R1 to R3: when a batch may last be used, and who decided it."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ldninv.domain.expiry import (
    DAYS_360,
    ONE_YEAR,
    PRESETS,
    USP_795,
    ComponentLot,
    Container,
    DecidedBy,
    Expiry,
    Policy,
    Unit,
    expiry,
    notice_on_printed,
    unmet_conditions,
)
from ldninv.domain.refusal import Refused

PREPARED = date(2025, 3, 1)
LATE = ComponentLot("Naltrexone HCl", "N-1", date(2027, 1, 1))
EARLY = ComponentLot("Avicel", "A-7", date(2025, 11, 30))
UNDATED = ComponentLot("Capsule shells", "C-3")


def policy(count, unit, **more):
    return Policy("Test", count, unit, "for a test", **more)


@pytest.mark.parametrize(
    ("prepared", "year", "days_365", "days_360", "days_180", "six_months"),
    [
        ("2025-03-01", "2026-03-01", "2026-03-01", "2026-02-24", "2025-08-28", "2025-09-01"),
        ("2024-02-29", "2025-02-28", "2025-02-28", "2025-02-23", "2024-08-27", "2024-08-29"),
        ("2023-03-01", "2024-03-01", "2024-02-29", "2024-02-24", "2023-08-28", "2023-09-01"),
    ],
)
def test_lengths_follow_the_calendar(prepared, year, days_365, days_360, days_180, six_months):
    day = date.fromisoformat(prepared)
    policies = (ONE_YEAR, policy(365, Unit.DAYS), DAYS_360, USP_795, policy(6, Unit.MONTHS))

    assert [str(each.beyond_use(day)) for each in policies] == [year, days_365, days_360, days_180, six_months]


@pytest.mark.parametrize(("prepared", "end"), [("2025-08-31", "2026-02-28"), ("2023-08-31", "2024-02-29")])
def test_six_months_from_the_end_of_august_end_with_february(prepared, end):
    assert policy(6, Unit.MONTHS).beyond_use(date.fromisoformat(prepared)) == date.fromisoformat(end)


@given(st.dates(date(1990, 1, 1), date(2200, 1, 1)), st.integers(1, 2000), st.sampled_from(Unit))
def test_counting_the_first_day_makes_the_date_one_day_earlier(prepared, count, unit):
    plain = policy(count, unit)
    day_one = policy(count, unit, first_day_counts=True)

    assert (plain.beyond_use(prepared) - day_one.beyond_use(prepared)).days == 1


@given(st.dates(), st.integers(1, 10**13), st.sampled_from(Unit))
def test_a_policy_gives_a_later_date_or_refuses(prepared, count, unit):
    with suppress(Refused):
        assert policy(count, unit).beyond_use(prepared) > prepared


def test_a_length_that_leaves_the_calendar_is_refused_in_words():
    with pytest.raises(Refused, match="Policy Test leads beyond the calendar from 2025-03-01"):
        policy(8000, Unit.YEARS).beyond_use(PREPARED)


@pytest.mark.parametrize("count", [0, -1])
def test_a_policy_of_no_length_is_refused(count):
    with pytest.raises(Refused, match="is no length"):
        policy(count, Unit.DAYS)


def test_the_presets_begin_with_one_year_and_only_the_last_stays_within_usp_795():
    assert [(str(each), each.beyond_usp_795) for each in PRESETS] == [
        ("One year (1 year)", True),
        ("360 days (360 days)", True),
        ("USP <795> 180 days (180 days)", False),
    ]


def test_every_preset_says_what_it_rests_on():
    assert all(each.basis and each.reference for each in PRESETS)


def test_the_policy_decides_where_every_component_lasts_longer():
    assert expiry(PREPARED, ONE_YEAR, [LATE, UNDATED]) == Expiry(date(2026, 3, 1), DecidedBy.POLICY, "One year")


def test_the_component_lot_that_expires_first_decides_where_it_is_earlier():
    assert expiry(PREPARED, ONE_YEAR, [LATE, EARLY]) == Expiry(date(2025, 11, 30), DecidedBy.COMPONENT, "Avicel A-7")


def test_the_policy_wins_a_tie():
    tied = ComponentLot("Avicel", "A-8", date(2026, 3, 1))

    assert expiry(PREPARED, ONE_YEAR, [tied]).decided_by is DecidedBy.POLICY


def test_the_components_decide_nothing_where_the_setting_is_off():
    assert expiry(PREPARED, ONE_YEAR, [EARLY], with_components=False).on == date(2026, 3, 1)


@given(st.lists(st.dates()), st.booleans())
def test_no_component_ever_lengthens_a_date(dates, with_components):
    lots = [ComponentLot("Filler", str(number), day) for number, day in enumerate(dates)]

    assert expiry(PREPARED, ONE_YEAR, lots, with_components=with_components).on <= date(2026, 3, 1)


def test_a_batch_of_the_studied_filler_in_the_dark_meets_the_conditions():
    assert unmet_conditions(ONE_YEAR, "mcc", Container.LIGHT_RESISTANT) == ()


@pytest.mark.parametrize(
    ("filler", "container", "unmet"),
    [
        ("Lactose", Container.LIGHT_RESISTANT, ["the filler is Lactose, and One year holds for MCC"]),
        (None, Container.LIGHT_RESISTANT, ["the filler is not known, and One year holds for MCC"]),
        ("MCC", Container.CLEAR, ["the container is clear, and One year holds away from light"]),
        ("MCC", None, ["the container is not known, and One year holds away from light"]),
    ],
)
def test_what_is_not_met_or_not_known_is_named(filler, container, unmet):
    assert list(unmet_conditions(ONE_YEAR, filler, container)) == unmet


def test_a_policy_for_any_filler_asks_for_none():
    assert unmet_conditions(USP_795, "Lactose", Container.LIGHT_RESISTANT) == ()


def test_a_printed_date_is_noticed_only_where_it_is_later_than_the_policy_gives():
    notice = "its printed date 2026-03-02 is later than One year gives (2026-03-01)"

    assert notice_on_printed(date(2026, 3, 1), PREPARED, ONE_YEAR) is None
    assert notice_on_printed(date(2026, 3, 2), PREPARED, ONE_YEAR) == notice
