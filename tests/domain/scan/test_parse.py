"""R30 to R35: every text has one meaning with its reason, and doubt becomes a choice."""

from datetime import date

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from ldninv.domain.lots import internal_lot
from ldninv.domain.scan import Means, elements, lost, parse

TODAY = date(2026, 11, 22)
GTIN = "00347335326833"
SERIAL = "100012345678"
NDC = ("4733-5326-83", "47335-326-83", "47335-3268-3")


def said(text):
    found = parse(text, TODAY).reading
    return None if found is None else (found.gtin, found.lot, found.serial, str(found.expiry))


@pytest.mark.parametrize(
    "text",
    [
        f"]d201{GTIN}21{SERIAL}\x1d1728033110AB1234",
        f"01{GTIN}21{SERIAL}\x1d1728033110AB1234",
        f"\x1d01{GTIN}21{SERIAL}\x1d1728033110AB1234",
        f"]d2\x1d01{GTIN}21{SERIAL}\x1d1728033110AB1234\x1d",
        f"]d201{GTIN}21{SERIAL}\x1d1728033110AB1234\r\n",
        f"]d201{GTIN}21{SERIAL}\x1d1728033110AB1234\t",
        f"01{GTIN}21{SERIAL}^]1728033110AB1234",
        f"01{GTIN}21{SERIAL}{{GS}}1728033110AB1234",
        f"01{GTIN}21{SERIAL}\u241d1728033110AB1234",
        f"01{GTIN}21{SERIAL}\uf70b1728033110AB1234",
        f"]d201{GTIN}1728030010AB1234\x1d21{SERIAL}",
        f"(01){GTIN}(17)280331(10)AB1234(21){SERIAL}",
        f"]Q1https://id.gs1.org/01/{GTIN}/10/AB1234/21/{SERIAL}?17=280331",
    ],
)
def test_a_whole_code_is_read_however_it_is_sent(text):
    assert parse(text, TODAY).means is Means.GS1
    assert said(text) == (GTIN, "AB1234", SERIAL, "2028-03-31")


@pytest.mark.parametrize(
    "text",
    [
        f"]C101{GTIN}10AB1234\x1d17280331",
        f"HTTPS://ID.GS1.ORG/01/{GTIN}/10/AB1234?17=280331",
        "https://pharma.example/a/b/01/347335326833/10/AB1234/?17=280331&utm=x",
        f"]d201{GTIN}1728033110AB1234",
    ],
)
def test_a_code_without_a_serial_is_read_as_well(text):
    assert said(text) == (GTIN, "AB1234", None, "2028-03-31")


def test_a_gtin_with_an_ndc_says_the_ways_to_hyphenate_it():
    found = parse(f"]d201{GTIN}10AB1234", TODAY).reading

    assert found is not None
    assert found.ndc == NDC


@pytest.mark.parametrize("text", ["347335326833", "0347335326833", GTIN, "]E00347335326833", "47335-326-83"])
def test_all_writings_of_a_product_number_are_one_product(text):
    found = parse(text, TODAY)

    assert (found.means, found.reading and found.reading.gtin) == (Means.PRODUCT, GTIN)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("]d2010034733532683110AB1234", "(01) 00347335326831 has a wrong check digit"),
        ("010034733532683110AB1234", "(01) 00347335326831 has a wrong check digit"),
        ("]E00347335326831", "0347335326831 has a wrong check digit"),
        ("]E0AB", "AB is no product's number"),
        ("(17)271315", "(17) 271315 is no date"),
        ("(17)270229", "(17) 270229 is no date"),
        ("(7003)2803312500", "(7003) 2803312500 has a time that no clock shows"),
        ("(7003)2803311260", "has a time that no clock shows"),
        ("(7003)2803001200", "(7003) 2803001200 is no date"),
        ("(8008)28033124", "has a time that no clock shows"),
        ("(8008)280331125960", "has a time that no clock shows"),
        ("(4324)2803312400", "has a time that no clock shows"),
        ("(7011)2803319999", "has a time that no clock shows"),
        ("(7006)280300", "is no date"),
        ("(4326)280231", "is no date"),
        ("(7007)280331280332", "is no date"),
        ("(7007)280331280330", "ends before it begins"),
        ("(7007)280331270401", "ends before it begins"),
        ("(10)", "(10) is empty"),
        ("(10)AB C", "(10) holds “ ”"),
        ("(10)123456789012345678901", "(10) is longer than 20 characters"),
        ("(07)1", "(07) is no GS1 identifier"),
        ("]d210A\x1d10B", "(10) stands there twice, as A and as B"),
        ("]d2XYZ", "“XYZ” begins no GS1 element"),
        ("]C1LDN260117001N1", "“LDN2” begins no GS1 element"),
        ("]d20003", "(00) 03 does not have the form"),
        (f"https://x.example/01/{GTIN}/10", "ends with (10) without a value"),
        ("]", "Only the beginning"),
        ("]d2", "empty"),
        ("", "empty"),
        ("x" * 2_000, "far too long"),
    ],
)
def test_what_cannot_be_is_invalid_with_its_reason(text, why):
    found = parse(text, TODAY)

    assert found.means is Means.INVALID
    assert why in str(found.error)


@pytest.mark.parametrize(
    "text",
    [
        "(7003)2803312359", "(8008)28033123", "(8008)2803312359", "(8008)280331235959", "(4324)2803009999",
        "(4325)2803311430", "(7011)280331", "(7011)2803311200", "(7006)280331", "(7007)280331", "(7007)280331280331",
        "(7007)991231000101", "(4326)280331",
    ],
)  # fmt: skip
def test_a_day_and_a_time_that_can_be_are_read(text):
    assert parse(text, TODAY).means is Means.GS1


def test_a_code_that_lost_its_separator_becomes_a_choice_of_the_readings_that_fit():
    found = parse(f"01{GTIN}21{SERIAL}1728033110AB1234", TODAY)

    assert found.means is Means.CHOOSE
    assert [each.elements[1:] for each in found.readings] == [
        (("21", SERIAL), ("17", "280331"), ("10", "AB1234")),
        (("21", f"{SERIAL}17280331"), ("10", "AB1234")),
    ]


def test_a_lot_that_may_have_swallowed_the_expiry_becomes_a_choice():
    found = parse(f"]d201{GTIN}10AB123417280331", TODAY)

    assert found.means is Means.CHOOSE
    assert [each.lot for each in found.readings] == ["AB123417280331", "AB1234"]


def test_a_short_lot_that_happens_to_hold_an_identifier_is_no_doubt():
    assert said(f"]d201{GTIN}10AB2115") == (GTIN, "AB2115", None, "None")


@pytest.mark.parametrize("text", ["1012345", "24010112", "714123", "91B42", "HELLO", "010034", "4733532683"])
def test_a_text_that_no_aim_identifier_calls_gs1_is_compared_with_the_lots_first(text):
    assert parse(text, TODAY).as_lot


@pytest.mark.parametrize("text", ["]C11012345", "]d291B42"])
def test_what_the_scanner_calls_gs1_is_nothing_but_gs1(text):
    assert not parse(text, TODAY).as_lot


def test_what_the_scanner_calls_plain_is_never_read_as_gs1():
    assert parse(f"]d101{GTIN}10AB1234", TODAY).means is Means.TEXT


def test_digits_that_are_a_product_number_as_well_as_a_code_become_a_choice():
    found = parse("1012345678904", TODAY)

    assert found.means is Means.CHOOSE
    assert [each.elements for each in found.readings] == [(("10", "12345678904"),), (("01", "01012345678904"),)]


def test_an_expiry_far_away_is_flagged():
    found = parse("(17)770131", TODAY).reading

    assert found is not None
    assert (str(found.expiry), found.implausible is None) == ("1977-01-31", False)


@pytest.mark.parametrize(
    ("text", "day"),
    [("280300", "2028-03-31"), ("280200", "2028-02-29"), ("760101", "2076-01-01"), ("770101", "1977-01-01")],
)
def test_a_two_digit_year_is_the_nearest_and_day_zero_the_months_last(text, day):
    assert str(elements.day_of(text, TODAY)) == day


TEXTS = (
    st.text()
    | st.text(alphabet="0123456789()[]]d2C1\x1dAB^GS<>{}/:?=&%.htps")
    | st.from_regex(
        r"(\][dCQE][0-9])?(01[0-9]{14})?(17[0-9]{6})?(10[A-Z0-9]{1,20})?(21[A-Z0-9]{1,20})?", fullmatch=True
    )
    | st.from_regex(r"(\([0-9]{2,4}\)[A-Z0-9 ]{0,9}){1,4}", fullmatch=True)
    | st.from_regex(r"https?://[^/]{0,9}/01/[0-9]{12,14}(/10/[^/]{0,5})?\??.{0,12}", fullmatch=True)
)


@given(TEXTS)
@example("https://[x/01/00347335326833")
@example("10" + "21" * 40)
@example("10000000002100000000000")  # lost separators that only one reading fits: still a question, never an answer
@example("\x1d" * 40)
@example("(01)٠٠٣٤٧٣٣٥٣٢٦٨٣٣")
@example("٠٠٣٤٧٣٣٥٣٢٦٨٣٣")
@settings(deadline=None)
def test_no_input_raises_and_every_outcome_has_its_reason(text):
    found = parse(text, TODAY)

    assert found.input == text
    assert (found.means is Means.INVALID) == (found.error is not None)
    assert (found.means in {Means.GS1, Means.PRODUCT, Means.CHOOSE}) == bool(found.readings)
    assert len(found.readings) == 1 or found.means not in {Means.GS1, Means.PRODUCT}


VALUES = st.text(alphabet="ABCXYZ0123456789-./", min_size=1, max_size=12)


@given(lot=VALUES, serial=VALUES, until=st.dates(date(2012, 1, 1), date(2041, 1, 1)))
def test_a_code_that_was_written_reads_as_what_was_meant(lot, serial, until):
    meant = (("01", GTIN), ("10", lot), ("17", f"{until:%y%m%d}"), ("21", serial))

    found = parse(f"]d2{elements.written(meant)}", TODAY)

    assert found.reading is not None
    assert found.reading.elements == meant
    assert found.reading.expiry == until


@given(day=st.dates(date(2020, 1, 1), date(2049, 12, 31)), sequence=st.integers(1, 999), more=st.characters())
def test_a_lot_that_we_print_reads_as_itself_and_no_other(day, sequence, more):
    lot = internal_lot(day, sequence)
    assume(more.strip())

    assert parse(lot, TODAY).text == lot
    assert parse(f"{lot}{more}", TODAY).text.upper() != lot or not more.isalnum()


MANY = "7107117127137147157161021"
"""Every place of it begins an identifier that may have swallowed what follows."""


@pytest.mark.parametrize("text", [MANY * 2, MANY * 4, MANY * 10, f"]d2{MANY * 4}#", f"]d2{MANY * 2}", "10" + "21" * 40])
def test_no_text_is_looked_at_for_long_and_one_with_too_many_readings_says_so(text):
    splits = lost.Splits(text.removeprefix("]d2"))
    list(splits.all())
    assert splits.steps <= lost.MOST_STEPS + len(lost.ON_PACKAGES)

    found = parse(text, TODAY)
    assert len(found.readings) <= lost.MOST + 1
    assert (found.means is Means.INVALID) == (found.error is not None)


def test_too_many_readings_are_a_reason_and_no_choice():
    assert "in too many ways" in parse(f"]d2{MANY * 2}1728", TODAY).error


@given(
    st.lists(st.sampled_from(["710", "716", "10", "21", "17", "15", "7003", "1", "2803", "A"]), max_size=60),
    st.booleans(),
)
@settings(deadline=None, max_examples=60)
def test_identifiers_in_a_row_are_looked_at_in_bounded_steps(parts, said):
    text = "".join(parts)
    splits = lost.Splits(text)
    list(splits.all())

    assert splits.steps <= lost.MOST_STEPS + len(lost.ON_PACKAGES)
    assert parse(f"]d2{text}" if said else text, TODAY).means in set(Means)


def test_each_way_to_part_a_code_is_found_once():
    ways = list(lost.Splits(f"01{GTIN}10AB123417280331").all())

    assert len(ways) == len(set(ways)) == 2
