"""Numbers as people write them in cells."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ldninv.domain.quantities import Strength
from ldninv.importers.cells import count, marks_of, strength
from ldninv.importers.sheets import Unfit

POINT, COMMA, NONE = frozenset("."), frozenset(","), frozenset()


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("1000", NONE),
        ("1,000", POINT),
        ("1.000", COMMA),
        ("1.000", NONE),
        ("1 000", NONE),
        ("1\u00a0000", COMMA),
        ("1\u202f000", COMMA),
        ("1'000", NONE),
        ("1’000", NONE),
        ("1000.0", POINT),
        ("1,000.00", POINT),
        ("1.000,00", COMMA),
        ("1000 caps", NONE),
        ("1 000 Kps.", NONE),
        ("1000 gélules", NONE),
        ("1000 Cápsulas", NONE),
        ("# 1000", NONE),
    ],
)
def test_a_thousand_capsules_are_read_however_they_are_written(text, marks):
    assert count(text, marks) == 1000


@pytest.mark.parametrize(
    ("text", "marks", "why"),
    [
        ("", NONE, "is blank"),
        ("1.000", POINT, "may be 1 or 1000: the list writes its decimals that way too"),
        ("1,500", COMMA, "may be 1.5 or 1500: the list writes its decimals that way too"),
        ("000", NONE, "begins with a zero; a number may have been torn at its thousands"),
        ("99.5", POINT, "is no whole number of capsules"),
        ("99,5", POINT, "is no whole number of capsules"),
        ("-100", NONE, "is negative"),
        ("−100", NONE, "is negative"),
        ("(100)", NONE, "is negative"),
        ("100-", NONE, "is negative"),
        ("1,0000", NONE, "is no number of capsules"),
        ("10 00", NONE, "is no number of capsules"),
        ("100 mg", NONE, "is no number of capsules"),
        ("100 bottles", NONE, "is no number of capsules"),
        ("about 100", NONE, "is no number of capsules"),
        ("1e3", NONE, "is no number of capsules"),
        ("1.234.567", NONE, "is more than any batch holds"),
        ("9" * 50, NONE, "is too long for a number"),
    ],
)
def test_what_is_no_count_says_why(text, marks, why):
    found = count(text, marks)

    assert isinstance(found, Unfit)
    assert found.why.endswith(why)


@given(st.integers(0, 1_000_000), st.sampled_from([",", ".", " ", "\u00a0", "\u202f", "'", "’", ""]))
def test_a_count_is_read_back_whatever_groups_its_thousands(number, gap):
    assert count(f"{number:,}".replace(",", gap), NONE) == number


@pytest.mark.parametrize(
    ("text", "marks", "micrograms"),
    [
        ("4.5", POINT, 4500),
        ("4,5 mg", COMMA, 4500),
        ("2,5", POINT, 2500),
        ("4.5mg", POINT, 4500),
        ("LDN 4.5mg caps", POINT, 4500),
        ("LDN-4.5mg", POINT, 4500),
        ("Naltrexone HCl 4.5 mg 100 caps in MCC", POINT, 4500),
        ("Naltrexon 1,5 mg Hartkapseln", COMMA, 1500),
        ("500 µg", NONE, 500),
        ("500 μg", NONE, 500),
        ("500 mcg", NONE, 500),
        ("1,500 µg", POINT, 1500),
        ("0.125 mg", POINT, 125),
        ("4.500 mg", POINT, 4500),
        (".5 mg", POINT, 500),
        ("4,5 mg Kapsel", COMMA, 4500),
        (3, NONE, 3000),
        (Decimal("0.5"), NONE, 500),
    ],
)
def test_a_strength_is_read_with_its_unit(text, marks, micrograms):
    assert strength(text, marks) == Strength(micrograms)


@pytest.mark.parametrize(
    ("text", "marks", "why"),
    [
        ("three mg", NONE, "holds no number"),
        ("500", NONE, "500 mg is no low dose"),
        ("0 mg", NONE, "no low dose"),
        ("-3 mg", NONE, "is negative"),
        ("3 g", NONE, "names no strength in mg"),
        ("4½ mg", NONE, "names no strength in mg"),
        ("3mg/5mL", NONE, "is not the strength of one capsule"),
        ("1-4.5 mg", NONE, "is not the strength of one capsule"),
        ("LDN 1 mg + 3 mg", NONE, "names more than one strength"),
        ("LDN 1 mg (from 3 mg)", NONE, "names more than one strength"),
        ("1,500 µg", COMMA, "may be 1.5 or 1500"),
        ("1,500 mg", POINT, "no low dose"),
        ("Estriol 1 mg", NONE, "does not name naltrexone"),
        ("Methylnaltrexone 4.5 mg", NONE, "does not name naltrexone"),
        ("0.0001 mg", POINT, "finer than a microgram"),
    ],
)
def test_what_is_no_strength_says_why(text, marks, why):
    found = strength(text, marks)

    assert isinstance(found, Unfit)
    assert why in found.why


def test_a_number_without_a_unit_is_no_strength_in_a_description():
    assert strength("LDN 4.5", POINT, described=True) == Unfit("“LDN 4.5” names no strength in mg")


def test_micrograms_are_believed_only_where_the_header_or_the_cell_says_so():
    assert strength("500", NONE, in_micrograms=True) == strength(500, NONE, in_micrograms=True) == Strength(500)
    assert strength("4.5 mg", NONE, in_micrograms=True) == Strength(4500)


@pytest.mark.parametrize(
    ("strengths", "counts", "marks"),
    [
        (["2,5 mg", "4"], ["1.000"], COMMA),
        (["4", "3"], ["100.0"], POINT),
        (["4", "3"], ["1.000"], NONE),
        (["1.500", "0.500"], ["1,000"], POINT),
        (["4.5", "2,5"], [], frozenset(".,")),
        ([Decimal("4.5")], ["1.000"], NONE),
        (["500 µg"], [], NONE),
    ],
)
def test_the_decimal_mark_is_decided_by_the_strengths_then_by_the_counts(strengths, counts, marks):
    assert marks_of(strengths, counts) == marks


@given(st.text(), st.sampled_from([NONE, POINT, COMMA]))
def test_any_text_is_a_value_or_says_why_not(text, marks):
    assert isinstance(count(text, marks), int | Unfit)
    assert isinstance(strength(text, marks), Strength | Unfit)
