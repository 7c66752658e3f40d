"""Strengths and counts of capsules."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ldninv.domain.quantities import Strength, capsules, weights, whole_capsules, whole_days
from ldninv.domain.refusal import Refused


@given(st.integers(1, 10_000))
def test_a_strength_is_read_as_it_is_written(micrograms):
    strength = Strength(micrograms)

    assert Strength.parse(str(strength)) == strength
    assert Strength.parse(f" {str(strength).replace('.', ',')} MG ") == strength


@pytest.mark.parametrize(
    ("text", "written"),
    [("4.50", "4.5"), ("3", "3"), ("3.0 mg", "3"), ("0,5mg", "0.5"), ("10", "10"), ("0.001", "0.001")],
)
def test_a_strength_is_written_without_trailing_zeros(text, written):
    assert str(Strength.parse(text)) == written


@pytest.mark.parametrize("text", ["0", "-1", "10.001", "50", "1e999999", "NaN", "sNaN", "-Infinity"])
def test_a_strength_out_of_range_is_refused_with_the_range(text):
    with pytest.raises(Refused, match="above 0 and up to 10 mg"):
        Strength.parse(text)


@pytest.mark.parametrize("text", ["4.5555", "1.0000000000000000000000000000000000001"])
def test_a_strength_finer_than_a_microgram_is_not_rounded_but_refused(text):
    with pytest.raises(Refused, match="finer than a microgram"):
        Strength.parse(text)


@pytest.mark.parametrize("micrograms", [0, -500, 10_001])
def test_no_strength_out_of_range_can_be_made(micrograms):
    with pytest.raises(Refused, match="is no low dose"):
        Strength(micrograms)


@given(st.text() | st.decimals().map(str))
def test_any_text_is_a_strength_or_refused(text):
    with suppress(Refused):
        assert 0 < Strength.parse(text).micrograms <= 10_000


def test_strengths_sort_by_dose():
    assert sorted(map(Strength.parse, ["10", "0.5", "4.5"])) == [Strength(500), Strength(4500), Strength(10_000)]


def test_finer_than_a_microgram_is_refused_as_a_number_too():
    with pytest.raises(Refused, match="finer"):
        Strength.of_milligrams(Decimal("0.0005"))


def test_one_capsule_is_one_capsule():
    assert [capsules(count) for count in (0, 1, -1, 2)] == ["0 capsules", "1 capsule", "-1 capsule", "2 capsules"]


@pytest.mark.parametrize("count", [0, -30, 1_000_001])
def test_a_count_that_nobody_takes_is_refused(count):
    with pytest.raises(Refused):
        whole_capsules(count)


@pytest.mark.parametrize("count", [0, -30, 367, 10**12])
def test_a_supply_that_nobody_prescribes_is_refused(count):
    with pytest.raises(Refused):
        whole_days(count)


@pytest.mark.parametrize("text", ["249,5", "250 249,50", "249.1 250,1"])
def test_a_decimal_comma_is_never_read_as_two_weights(text):
    with pytest.raises(Refused, match="one weight or two"):
        weights(text)


@pytest.mark.parametrize("text", ["251,249,250", "249, 5", "249.5,250.5", "249;250"])
def test_a_list_with_commas_is_a_list(text):
    assert len(weights(text)) > 1
