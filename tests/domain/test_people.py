"""What a PIN may be, how long one waits, and what two writings of a name have in common."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import NOW
from ldninv.domain.people import (
    FREE_TRIES,
    LONGEST_WAIT,
    Person,
    Role,
    badge_key,
    checked_name,
    checked_pin,
    must_not_wait,
    name_key,
    waiting_time,
    waits_until,
)
from ldninv.domain.refusal import Refused


def somebody(**facts):
    return Person(**({"id": 1, "name": "Ana", "role": Role.TECHNICIAN} | facts))


def accepted(check, text):
    try:
        check(text)
    except Refused:
        return False
    return True


@given(st.text(alphabet="0123456789", min_size=6, max_size=32))
def test_six_digits_that_are_neither_one_nor_a_row_are_a_pin(pin):
    plain = len(set(pin)) == 1 or pin in "01234567890" or pin in "09876543210"

    assert accepted(checked_pin, pin) is not plain


@given(st.text(max_size=12))
def test_anything_else_is_none(text):
    if not (text.isascii() and text.isdigit() and len(text) >= 6):
        with pytest.raises(Refused):
            checked_pin(text)


@given(st.integers(0, 10_000))
def test_waiting_never_gets_shorter_and_never_longer_than_a_quarter_of_an_hour(failures):
    assert waiting_time(failures) <= waiting_time(failures + 1) <= LONGEST_WAIT
    assert bool(waiting_time(failures)) is (failures >= FREE_TRIES)


@pytest.mark.parametrize(("seconds", "free"), [(0, False), (29, False), (30, True), (3600, True)])
def test_five_wrong_pins_keep_one_waiting_for_half_a_minute(seconds, free):
    person = somebody(failures=5, failed_at=NOW)

    assert waits_until(person) == NOW + timedelta(seconds=30)
    if free:
        must_not_wait(person, NOW + timedelta(seconds=seconds))
    else:
        with pytest.raises(Refused, match=r"5 wrong PINs for Ana. Wait until 09:30:30"):
            must_not_wait(person, NOW + timedelta(seconds=seconds))


def test_nobody_waits_who_typed_it_right():
    assert waits_until(somebody()) is None
    assert waits_until(somebody(failures=4, failed_at=NOW)) is None


@given(st.text(max_size=70))
def test_a_name_is_kept_once_as_it_is_compared(text):
    if accepted(checked_name, text):
        kept = checked_name(text)
        assert checked_name(kept) == kept
        assert name_key(kept) == name_key(f"  {text}\t")


def test_writings_of_one_name_are_one_name():
    assert name_key("ANA  RUIZ") == name_key("Ana Ruiz")
    assert name_key("Zoe\u0308") == name_key("ZOË")
    assert name_key("Straße") == name_key("STRASSE")


@given(st.text(max_size=20))
def test_what_a_scanner_adds_makes_no_other_badge(text):
    assert badge_key(text) == badge_key(f"{text}\r\n")


def test_only_who_works_here_as_pharmacist_or_admin_looks_after_people():
    manage = [(role, somebody(role=role).manages, somebody(role=role, retired=True).manages) for role in Role]

    assert manage == [(Role.TECHNICIAN, False, False), (Role.PHARMACIST, True, False), (Role.ADMIN, True, False)]
