"""R31: internal lots and their check character."""

import string
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ldninv.domain.lots import check_character, internal_lot, is_internal, looks_internal, lot_key
from ldninv.domain.refusal import Refused

LOTS = st.builds(internal_lot, st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.integers(1, 999))


@pytest.mark.parametrize(
    ("prepared", "sequence", "lot"),
    [("2026-01-17", 1, "LDN260117001M"), ("2026-01-17", 2, "LDN260117002K"), ("2024-01-01", 1, "LDN240101001X")],
)
def test_an_internal_lot_carries_its_day_its_number_and_its_check_character(prepared, sequence, lot):
    assert internal_lot(date.fromisoformat(prepared), sequence) == lot


@given(LOTS)
def test_every_lot_we_write_is_one_we_accept_in_any_case(lot):
    assert is_internal(lot)
    assert is_internal(lot.lower())
    assert lot_key(f" {lot.lower()}\t") == lot_key(lot)


@given(LOTS, st.data())
def test_one_wrong_character_never_passes(lot, data):
    place = data.draw(st.integers(0, len(lot) - 1))
    wrong = data.draw(st.sampled_from(string.ascii_uppercase + string.digits) | st.characters())
    assume(wrong not in {lot[place], lot[place].lower()})
    assume(not (wrong.isspace() and place == len(lot) - 1))

    assert not is_internal(lot[:place] + wrong + lot[place + 1 :])


def test_of_the_swaps_of_two_neighbours_fewer_than_one_in_a_hundred_passes():
    """ISO 7064 MOD 37,36 finds every wrong character, and nearly every swap."""
    days = (date(2020, 1, 1) + timedelta(days=37 * step) for step in range(100))
    lots = [internal_lot(day, sequence) for day in days for sequence in (1, 2, 10, 12, 98)]
    swaps = [lot[:at] + lot[at + 1] + lot[at] + lot[at + 2 :] for lot in lots for at in range(3, len(lot) - 1)]
    wrong = [swap for swap, lot in zip(swaps, (lot for lot in lots for _ in range(9)), strict=True) if swap != lot]

    assert sum(map(is_internal, wrong)) < len(wrong) / 100


@given(st.text())
def test_any_text_can_be_asked(text):
    assert looks_internal(text) or not is_internal(text)


def test_a_day_that_the_calendar_does_not_have_is_no_lot():
    body = "LDN261317001"

    assert not is_internal(body + check_character(body))


@pytest.mark.parametrize(
    "text", ["", "LDN26011700M", "LDN-260117-001M", "XLDN260117001M", "LDN260117001Mſ", "LDN２60117001M"]
)
def test_another_shape_does_not_look_internal(text):
    assert not looks_internal(text)


@pytest.mark.parametrize("sequence", [0, 1000])
def test_a_day_has_999_lots(sequence):
    with pytest.raises(Refused, match="no room"):
        internal_lot(date(2026, 1, 17), sequence)
