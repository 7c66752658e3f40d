"""The sheet for setting up a scanner: its codes are read back from the printed page."""

import pypdfium2
import pytest
from PySide6.QtGui import QImage

from ldninv.paper.known_codes import KnownCodes, Shown
from ldninv.paper.output import pdf_bytes
from ldninv.paper.page import A4, LETTER
from ldninv.paper.symbols import read
from ldninv.ui.scanner.known import KNOWN

pytestmark = pytest.mark.usefixtures("qapp")

CODES = [Shown(each.name, each.text, each.spelled, each.parts) for each in KNOWN]


@pytest.mark.parametrize("page", [A4.upright, LETTER.upright], ids=["A4", "Letter"])
@pytest.mark.parametrize("dots", [150, 300])
def test_every_code_on_the_sheet_is_read_as_what_it_is_known_to_be(page, dots):
    document = pypdfium2.PdfDocument(pdf_bytes(KnownCodes(CODES, ["Scan code 1, then code 2."], page)))
    assert len(document) == 1
    sheet = document[0].render(scale=dots / 72, grayscale=True)
    image = QImage(bytes(sheet.buffer), sheet.width, sheet.height, sheet.stride, QImage.Format.Format_Grayscale8)

    assert sorted(read(image)) == sorted(
        [("]Q1", KNOWN[0].text), ("]C0", KNOWN[0].text), ("]Q3", KNOWN[1].text), ("]C1", KNOWN[1].text)]
    )


def test_the_sheet_says_what_is_in_each_code():
    document = pypdfium2.PdfDocument(pdf_bytes(KnownCodes(CODES, ["Scan code 1, then code 2."])))
    text = document[0].get_textpage().get_text_bounded()

    for said in ("Codes for setting up a scanner", "Scan code 1, then code 2.", *(each.name for each in CODES)):
        assert said in text
    assert "(91)AZYQ(92)MW09" in text
