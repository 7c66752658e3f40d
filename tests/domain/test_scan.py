"""R30 to R32: what a scanner's text is, before any database is asked."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ldninv.domain.lots import is_internal
from ldninv.domain.scan import Means, parse


@pytest.mark.parametrize(
    "text",
    [
        "LDN260117001M",
        "ldn260117001m",
        "]d1LDN260117001M",
        "]C0LDN260117001M\r",
        "]Q1ldn260117001m\r\n",
        "\tLDN260117001M \x1d",
        "\ufeff\xa0LDN260117001M\u3000",
        "]C0 LDN260117001M",
    ],
)
def test_an_internal_lot_is_known_however_the_scanner_sends_it(text):
    assert (parse(text).means, parse(text).text) == (Means.LOT, "LDN260117001M")


@pytest.mark.parametrize("text", ["LDN260117001K", "LDN261017001M", "]d1ldn260117001n"])
def test_a_misread_internal_lot_is_invalid_and_says_so(text):
    found = parse(text)

    assert found.means is Means.INVALID
    assert "check character does not fit" in str(found.error)


@pytest.mark.parametrize("text", ["", " \r\n", "]d2", "]C0\r", "\x1d"])
def test_an_empty_scan_is_invalid_and_says_so(text):
    assert (parse(text).means, parse(text).error) == (Means.INVALID, "The scan is empty. Scan again.")


@pytest.mark.parametrize(
    ("text", "bare"),
    [("1012345", "1012345"), ("]A0AB-12\r", "AB-12"), ("]x", "]x"), ("A]d1B", "A]d1B"), ("]]d1B", "]]d1B")],
)
def test_anything_else_is_text_to_compare_with_the_lots_kept(text, bare):
    assert (parse(text).means, parse(text).text, parse(text).error) == (Means.TEXT, bare, None)


@given(st.text() | st.from_regex(r"\][A-Za-z][0-9].*") | st.from_regex(r"\s*LDN[0-9]{9}[0-9A-Z]\s*"))
@example("]")
@example("\udcff")
@example("ldn260117001ı")
def test_no_input_raises_and_a_lot_is_always_a_right_one(text):
    found = parse(text)

    assert found.input == text
    assert (found.error is None) == (found.means is not Means.INVALID)
    assert found.means is not Means.LOT or (is_internal(found.text) and len(found.text) == 13)


@given(st.text())
def test_a_scan_read_once_reads_the_same_again(text):
    once = parse(text)

    if once.means is Means.LOT:
        assert parse(once.text) == parse(f"{once.text}\r\n").__class__(once.text, once.text, Means.LOT)
