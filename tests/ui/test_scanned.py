"""What a code says of a component: certain, or not at all."""

from datetime import date

import pytest

from ldninv.domain.scan import parse
from ldninv.ui.scanned import Label, Misread, read

TODAY = date(2026, 11, 22)
GTIN = "00347335326833"
LABEL = Label("NX77", date(2028, 4, 30), GTIN)

CODES = {
    "GS1 without its identifier": (f"01{GTIN}1728043010NX77", LABEL),
    "GS1 as the scanner says": (f"]d201{GTIN}10NX77\x1d17280430", LABEL),
    "separators that can be seen": (f"01{GTIN}10NX77␝17280430", LABEL),
    "brackets": (f"(01){GTIN}(17)280430(10)NX77", LABEL),
    "no expiry": (f"01{GTIN}10NX77", Label("NX77", None, GTIN)),
    "a lot alone, as the scanner says": ("]C110NX77", Label("NX77", None, None)),
}
LOTS = ["", "NX24", "10ABC", "17280430", "12345670", "LDN261122001G", "NX-24/7"]


@pytest.mark.parametrize(("text", "label"), CODES.values(), ids=CODES)
def test_a_code_says_lot_expiry_and_product(text, label):
    assert read(parse(text, TODAY)) == label


@pytest.mark.parametrize("text", LOTS)
def test_what_may_be_a_lot_stays_one(text):
    assert read(parse(text, TODAY)) is None


MISREAD = {
    "a wrong check digit": (f"01{GTIN[:-1]}410NX77", "wrong check digit"),
    "no lot": (f"01{GTIN}17280430", "names no lot"),
    "no separators": (f"]d201{GTIN}10NX7717280430", "its lot may be"),
}


@pytest.mark.parametrize(("text", "says"), MISREAD.values(), ids=MISREAD)
def test_what_is_in_doubt_is_never_filled_in(text, says):
    with pytest.raises(Misread, match=says):
        read(parse(text, TODAY))


def test_a_product_of_another_number_forgets_its_supplier():
    once = LABEL.supplier("Sample Chemicals")

    assert LABEL.supplier(once) == once == f"Sample Chemicals, GTIN {GTIN}"
    assert LABEL.supplier("Other, GTIN 00000000000000") == f"GTIN {GTIN}"
    assert Label("A", None, None).supplier("Sample") == "Sample"
