"""R4 to R9: the one answer to what a batch is on a day, and why."""

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import LAST_DAY, a_batch, a_stock, kept
from ldninv.domain.coverage import Band
from ldninv.domain.standing import Standing, State, Storage, of, shortage, standing

FLAGS = ("destroyed", "recalled", "rejected", "expired", "held", "quarantined", "depleted")
"""What can speak against a batch, in the order of R8."""

IN_WORDS = {
    "destroyed": "the last capsules were disposed of",
    "recalled": "recalled: chipped capsules",
    "rejected": "rejected: wrong colour",
    "expired": "past its date since 2026-03-01",
    "held": "on hold: 41 °C in July",
    "quarantined": "in quarantine: not released yet",
    "depleted": "no capsules left",
}


def with_flags(flags):
    stock = a_stock(
        on_hand=0 if flags & {"depleted", "destroyed"} else 300,
        destroyed="destroyed" in flags,
        recalled="chipped capsules" if "recalled" in flags else None,
        rejected="wrong colour" if "rejected" in flags else None,
        held="41 °C in July" if "held" in flags else None,
        quarantined="not released yet" if "quarantined" in flags else None,
    )
    return standing(a_batch(), stock, LAST_DAY + timedelta(days=int("expired" in flags)))


def test_a_batch_is_usable_on_its_last_day_and_expired_the_day_after():
    stock, batch = a_stock(), a_batch()

    assert standing(batch, stock, LAST_DAY).usable_days == 1
    assert standing(batch, stock, LAST_DAY).usable
    assert standing(batch, stock, date(2026, 3, 2)) == Standing(
        state=State.EXPIRED,
        band=Band.EXPIRED,
        usable_days=0,
        covers=(),
        last_dispensing=((30, date(2026, 1, 31)), (60, date(2026, 1, 1)), (90, date(2025, 12, 2))),
        on_hand=300,
        usable=False,
        reasons=("past its date since 2026-03-01",),
        storage=Storage.NOT_MONITORED,
    )


@pytest.mark.parametrize(
    "flags", [frozenset(f for f, on in zip(FLAGS, row, strict=True) if on) for row in product((0, 1), repeat=7)]
)
def test_the_first_of_r8_is_the_state_and_all_are_told(flags):
    now = with_flags(flags)
    told = [IN_WORDS[flag] for flag in FLAGS if flag in flags and not (flag == "depleted" and "destroyed" in flags)]

    assert now.state == next((flag for flag in FLAGS if flag in flags), "released")
    assert list(now.reasons) == (told or ["1 usable day: too few for a supply of 30 days"])
    assert now.usable == (not flags)
    assert now.usable_capsules == (0 if flags else 300)


@given(st.dates(), st.dates(), st.dates(), st.integers(0, 300), st.integers(0, 60), st.sets(st.sampled_from(FLAGS)))
def test_a_batch_is_usable_only_if_released_in_date_already_made_and_on_hand(
    prepared, beyond_use, today, on_hand, buffer, flags
):
    facts = dict.fromkeys(flags & {"recalled", "rejected", "held", "quarantined"}, "a reason")
    now = of(kept(a_batch(prepared=prepared, beyond_use=beyond_use), on_hand=on_hand, **facts), today, buffer=buffer)

    assert now.usable == (prepared <= today <= beyond_use and on_hand > 0 and not facts)
    assert now.usable_capsules == (on_hand if now.usable else 0)
    assert not now.usable or now.state is State.RELEASED
    assert now.reasons


def test_what_a_date_covers_is_told_whatever_the_state():
    now = standing(a_batch(), a_stock(held="spike"), date(2026, 1, 1))

    assert (now.usable, now.covers, now.band) == (False, (30, 60), Band.UNDER_90)


def test_a_usable_batch_says_what_it_covers():
    now = standing(a_batch(), a_stock(), date(2025, 12, 2))

    assert now.reasons == ("90 usable days: covers 30, 60, 90 days",)


def test_a_buffer_is_asked_of_every_supply():
    now = standing(a_batch(), a_stock(), date(2025, 12, 2), buffer=1)

    assert (now.band, now.covers, now.last_dispensing[2]) == (Band.UNDER_90, (30, 60), (90, date(2025, 12, 1)))


def test_a_batch_that_is_not_made_yet_is_released_and_not_usable():
    now = standing(a_batch(), a_stock(), date(2025, 2, 28))

    assert (now.state, now.usable) == (State.RELEASED, False)
    assert now.reasons == ("its preparation date 2025-03-01 lies ahead",)


@pytest.mark.parametrize(("days", "marked"), [(0, False), (1, True), (7, True), (8, False)])
def test_a_batch_that_will_not_see_another_report_is_marked(days, marked):
    assert standing(a_batch(), a_stock(), LAST_DAY - timedelta(days=days - 1)).this_week is marked


def test_a_batch_is_near_expiry_only_while_it_is_released():
    today = date(2026, 2, 1)

    assert standing(a_batch(), a_stock(), today).near_expiry
    assert not standing(a_batch(), a_stock(on_hand=0), today).near_expiry
    assert not standing(a_batch(), a_stock(), date(2025, 12, 2)).near_expiry


@pytest.mark.parametrize("day", [date.min, date.max])
def test_the_ends_of_the_calendar_have_a_standing_too(day):
    assert standing(a_batch(beyond_use=day), a_stock(), LAST_DAY, buffer=60).usable is (day == date.max)
    assert standing(a_batch(), a_stock(), day).usable is False


def test_storage_is_not_monitored_until_a_logger_says_more():
    assert standing(a_batch(), a_stock(), LAST_DAY).storage is Storage.NOT_MONITORED


def test_a_shortage_names_both_numbers():
    assert shortage(kept(on_hand=1), 30) == "holds 1 capsule, fewer than 30"
