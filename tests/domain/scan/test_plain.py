"""R31 and R32: what a scanner adds is taken off, and an internal lot is known however it comes."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ldninv.domain.lots import is_internal
from ldninv.domain.scan.plain import Carrier, bare


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
    assert (bare(text).internal, bare(text).text) == (True, "LDN260117001M")


@pytest.mark.parametrize("text", ["LDN260117001K", "LDN261017001M", "]d1ldn260117001n"])
def test_a_misread_internal_lot_says_so(text):
    assert "check character does not fit" in str(bare(text).error)
    assert not bare(text).internal


@pytest.mark.parametrize("text", ["", " \r\n", "]d2", "]C0\r", "\x1d"])
def test_an_empty_scan_says_so(text):
    assert bare(text).error == "The scan is empty. Scan again."


@pytest.mark.parametrize("text", ["]", "]d", "]C\r\n"])
def test_a_scan_that_was_cut_off_says_so(text):
    assert bare(text).error == "Only the beginning of a scan arrived. Scan again."


@pytest.mark.parametrize(
    ("text", "held"), [("1012345", "1012345"), ("]A0AB-12\r", "AB-12"), ("A]d1B", "A]d1B"), ("]]d1B", "]]d1B")]
)
def test_anything_else_is_text_as_it_stands(text, held):
    assert (bare(text).text, bare(text).error, bare(text).internal) == (held, None, False)


@pytest.mark.parametrize(
    ("identifier", "carrier"),
    [
        ("", Carrier.UNSAID),
        ("]d2", Carrier.GS1),
        ("]C1", Carrier.GS1),
        ("]Q3", Carrier.GS1),
        ("]d1", Carrier.PLAIN),
        ("]C0", Carrier.PLAIN),
        ("]E0", Carrier.RETAIL),
    ],
)
def test_the_aim_identifier_says_what_the_symbol_is(identifier, carrier):
    assert bare(f"{identifier}10AB1").carrier is carrier


@pytest.mark.parametrize("separator", ["\x1d", "^]", "<GS>", "{GS}", "[GS]", "{gs}", "\u241d", "\uf70b"])
def test_a_separator_is_known_however_it_is_written(separator):
    assert bare(f"10AB1{separator}21X").raw == "10AB1\x1d21X"


@given(st.text() | st.from_regex(r"\][A-Za-z][0-9].*") | st.from_regex(r"\s*LDN[0-9]{9}[0-9A-Z]\s*"))
@example("]")
@example("\udcff")
@example("ldn260117001ı")
def test_no_input_raises_and_a_lot_is_always_a_right_one(text):
    found = bare(text)

    assert not found.internal or (is_internal(found.text) and len(found.text) == 13)


@given(st.text())
def test_a_lot_that_was_read_once_reads_the_same_again(text):
    once = bare(text)

    assert not once.internal or bare(f"]C0{once.text}\r\n").text == once.text
