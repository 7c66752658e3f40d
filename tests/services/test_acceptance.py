"""What scanners send, string by string, and what each means here (R30 to R35)."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from builders import TODAY, a_batch, dump, keep
from ldninv.domain.lots import internal_lot, lot_key
from ldninv.domain.scan import bare, parse
from ldninv.paper.symbols import IDENTIFIER
from ldninv.services import lookup
from ldninv.ui.scanner.known import KNOWN

LOT = "LDN260117001M"
GTIN, NDC = "00347335326833", ("4733-5326-83", "47335-326-83", "47335-3268-3")
WHOLE = (GTIN, "AB1234", "100012345678", "2028-03-31")
SHORT = (GTIN, "AB1234", None, "2028-03-31")
SENT = "010034733532683321100012345678\x1d1728033110AB1234"


@pytest.fixture
def shelf(context):
    keep(context, a_batch(lot=LOT), a_batch(lot="Größe-7"))
    return context


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"]d2{SENT}", WHOLE),
        (SENT, WHOLE),
        (f"\x1d{SENT}", WHOLE),
        (f"]d2\x1d{SENT}", WHOLE),
        (f"{SENT}\r\n", WHOLE),
        (f"{SENT}\t", WHOLE),
        *((SENT.replace("\x1d", gs), WHOLE) for gs in ("^]", "{GS}", "<GS>", "[GS]", "\u241d", "\uf70b")),
        *((f"]d2{SENT}".replace("\x1d", gs), WHOLE) for gs in ("^]", "{GS}", "<GS>", "[GS]", "\u241d", "\uf70b")),
        (f"]d201{GTIN}1728030010AB1234\x1d21100012345678", WHOLE),
        (f"]C101{GTIN}10AB1234\x1d17280331", SHORT),
        (f"(01){GTIN}(17)280331(10)AB1234(21)100012345678", WHOLE),
        (f"]Q1https://id.gs1.org/01/{GTIN}/10/AB1234/21/100012345678?17=280331", WHOLE),
        (f"HTTPS://ID.GS1.ORG/01/{GTIN}/10/AB1234?17=280331", SHORT),
    ],
)
def test_a_makers_code_says_what_it_says_however_it_is_sent(shelf, text, said):
    found = lookup.scan(shelf, text)
    reading = found.reading

    assert (found.kind, found.card, found.error) == ("gs1", None, None)
    assert (reading.gtin, reading.lot, reading.serial, str(reading.expiry), reading.ndc) == (*said, NDC)


@pytest.mark.parametrize("text", ["347335326833", "0347335326833", GTIN, "]E00347335326833"])
def test_every_writing_of_a_products_number_is_one_product(shelf, text):
    found = lookup.scan(shelf, text)
    assert (found.kind, found.code, found.reading.ndc) == ("product", GTIN, NDC)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("]d2010034733532683110AB1234", "check digit"),
        ("(17)271315", "no date"),
        ("(17)270229", "no date"),
        ("(10)", "is empty"),
        ("(10)AB C", "which no code may"),
        ("]", "Only the beginning"),
        ("]d2", "is empty"),
        ("", "is empty"),
        ("\r\n", "is empty"),
        ("LDN260117001K", "check character does not fit"),
        ("LDN261017001M", "check character does not fit"),
        ("]d291LDN260117001K", "check character does not fit"),
    ],
)
def test_what_cannot_be_is_invalid_and_says_why(shelf, text, why):
    found = lookup.scan(shelf, text)
    assert (found.kind, found.card) == ("invalid", None)
    assert why in found.error


@pytest.mark.parametrize("text", ["ldn260117001m", "]d1LDN260117001M", "]C0LDN260117001M\r", "]d291LDN260117001M"])
def test_our_own_label_opens_its_batch(shelf, text):
    found = lookup.scan(shelf, text)
    assert (found.kind, found.card.kept.batch.lot, found.warning) == ("batch", LOT, None)


@pytest.mark.parametrize("lot", ["1012345", "24010112", "714123", "91B42"])
def test_an_old_lot_that_looks_like_a_code_opens_its_batch_where_there_is_one(shelf, lot):
    assert lookup.scan(shelf, lot).card is None
    keep(shelf, a_batch(lot=lot))
    assert lookup.scan(shelf, lot).card.kept.batch.lot == lot


def test_a_lost_separator_is_a_choice_and_opens_the_batch_that_one_reading_names_with_a_warning(shelf):
    lost = SENT.replace("\x1d", "")
    found = lookup.scan(shelf, lost)
    assert (found.kind, len(found.candidates), found.card) == ("choose", 2, None)

    keep(shelf, a_batch(lot="AB1234"))
    found = lookup.scan(shelf, lost)
    assert (found.kind, found.card.kept.batch.lot, found.warning) == ("batch", "AB1234", lookup.CHECK_THE_LOT)


def test_an_expiry_in_the_past_century_is_flagged(shelf):
    found = lookup.scan(shelf, "(17)770131")
    assert (found.kind, str(found.reading.expiry)) == ("gs1", "1977-01-31")
    assert "more than 15 years away" in found.warning


def test_a_products_number_that_could_be_an_element_never_opens_our_batch(shelf):
    keep(shelf, a_batch(lot="12345678904"))
    found = lookup.scan(shelf, "1012345678904")

    assert (found.kind, found.card) == ("choose", None)


def named(found):
    """Return all that a scan's own text can name: itself, or what stands in it as a lot."""
    own = [bare(found.scan.input).text]
    for reading in found.scan.readings:
        own += [bare(value).text for value in (reading.value("91"), reading.lot) if value]
    return {lot_key(each) for each in own}


OURS = ["A-1", "1012345", "0117", "AB1234", "12345678904", LOT, "17280331"]
SCANNED = ["]d2", "]C1", "]C0", "]Q1", "]E0", "\x1d", "^]", "\r", " "]
PIECES = st.sampled_from([*OURS, *SCANNED, GTIN, f"01{GTIN}", "10", "17280331", "21", "91", "(10)", "(01)"])


def test_no_text_opens_another_batch_than_its_own(context):
    keep(context, *(a_batch(lot=lot) for lot in OURS))
    before = dump(context.store)

    @given(st.lists(PIECES | st.text(alphabet="01279AB-LDN]()\x1d", max_size=4), max_size=6).map("".join))
    @settings(max_examples=300, deadline=None)
    def scan(text):
        found = lookup.scan(context, text)
        if found.card is None:
            return
        assert lot_key(found.card.kept.batch.lot) in named(found)
        if found.reading is not None and found.reading.gtin is not None:
            assert found.warning == lookup.CHECK_THE_LOT

    scan()
    assert dump(context.store) == before


@given(
    st.dates(TODAY.replace(year=2020), TODAY), st.integers(1, 999), st.integers(0, 12), st.sampled_from("0189ADLMNXYZ")
)
def test_an_internal_lot_with_one_wrong_character_is_no_lot(day, sequence, place, wrong):
    lot = internal_lot(day, sequence)
    misread = lot[:place] + wrong + lot[place + 1 :]
    assume(misread != lot)

    assert not bare(misread).internal


def test_whatever_a_label_of_ours_carries_is_read_as_that_batch_by_every_scanner(context):
    kept = set()

    @given(
        st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), min_size=1, max_size=20),
        st.sampled_from(["", *IDENTIFIER.values()]),
        st.sampled_from(["", "\r", "\r\n", "\t"]),
    )
    @settings(max_examples=60, deadline=None)
    def scan(lot, identifier, suffix):
        read = parse(lot, TODAY)
        assume(read.as_lot and read.error is None and read.text == lot)  # a label that would not be is refused
        if lot_key(lot) not in kept:
            keep(context, a_batch(lot=lot))
            kept.add(lot_key(lot))

        found = lookup.scan(context, f"{identifier}{lot}{suffix}")
        assert (found.kind, lot_key(found.card.kept.batch.lot)) == ("batch", lot_key(lot))

    scan()


def test_the_known_codes_of_the_scanners_setup_name_nothing(shelf):
    assert [lookup.scan(shelf, known.text).card for known in KNOWN] == [None, None]
