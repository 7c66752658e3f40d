"""Papers on upright sheets: read back out of their PDF, nothing cut, nothing outside of the page."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pypdfium2
import pytest

from ldninv.domain.audit import Head
from ldninv.domain.signs import OF_STATE
from ldninv.domain.standing import State
from ldninv.paper.document import DocumentPaper
from ldninv.paper.output import pdf_bytes
from ldninv.paper.page import A4, LETTER
from ldninv.reports.document import Column, Curve, Document, Maker, Part, said
from ldninv.reports.sections import QUIET_LINE

pytestmark = pytest.mark.usefixtures("qapp")

SHEETS = pytest.mark.parametrize("size", [A4.upright, LETTER.upright], ids=lambda size: size.name)
HASH = "3f9a1c2b" * 8
COLUMNS = (
    Column("Lot", 2, bold=True),
    Column("Capsules", 1, number=True),
    Column("Why", 3),
    Column("Called on", 1, hand=True),
)


def a_document(*parts, **facts):
    at = datetime(2026, 11, 22, 9, 30, tzinfo=timezone(timedelta(hours=-5)))
    made = Maker("Elm Street Pharmacy", "Ana", at, Head(1204, HASH))
    return Document(**({"title": "Call list", "subject": "MCC lot MC26", "made": made, "parts": parts} | facts))


def pages(data):
    document = pypdfium2.PdfDocument(data)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def rows(count, why="chipped"):
    return Part(title="To call", columns=COLUMNS, rows=tuple((f"LOT{at:04}", str(at), why) for at in range(count)))


@SHEETS
def test_every_row_can_be_read_back_and_every_page_has_head_number_and_the_end_of_the_trail(size):
    read = pages(pdf_bytes(DocumentPaper(a_document(rows(120)), size)))

    assert all(f"LOT{at:04}" in "".join(read) for at in range(120))
    assert len(read) > 3
    for number, page in enumerate(read, start=1):
        for text in (f"Page {number} of {len(read)}", QUIET_LINE, f"1204 events, ends with {HASH}", "Called on"):
            assert text in page
        assert ("To call, continued" in page) == (number > 1)


@SHEETS
def test_the_sheet_stands_upright(size):
    document = pypdfium2.PdfDocument(pdf_bytes(DocumentPaper(a_document(rows(1)), size)))

    width, height = document[0].get_size()

    assert (width, height) == (
        pytest.approx(size.width_mm / 25.4 * 72, abs=1),
        pytest.approx(size.height_mm / 25.4 * 72, abs=1),
    )
    document.close()


@SHEETS
def test_no_letter_stands_outside_of_the_page(size):
    long = "an extraordinarily long story of how the lot came back " * 12
    part = Part(title="Facts", note=long, facts=said(("What", long), ("Word", "x" * 400)))
    paper = a_document(
        part, rows(3, why=f"{long} {'y' * 300}"), subject="Lot " * 80, closing=long, signatures=("Witness",)
    )

    document = pypdfium2.PdfDocument(pdf_bytes(DocumentPaper(paper, size)))

    for page in document:
        width, height = page.get_size()
        text = page.get_textpage()
        for at, character in enumerate(text.get_text_range()[: text.count_chars()]):
            left, bottom, right, top = text.get_charbox(at)
            assert character.isspace() or (0 <= left <= right <= width and 0 <= bottom <= top <= height)
    document.close()


def test_no_cell_is_cut():
    why = " ".join(f"word{at}" for at in range(150))

    read = " ".join(" ".join(pages(pdf_bytes(DocumentPaper(a_document(rows(1, why=why)))))).split())

    assert all(f"word{at}" in read for at in range(150))
    assert "…" not in read


def test_a_part_with_nothing_says_so():
    part = Part(title="Recalls", columns=COLUMNS, rows=(), none="This batch was never recalled.")

    (read,) = pages(pdf_bytes(DocumentPaper(a_document(part))))

    assert "This batch was never recalled." in read
    assert "Called on" not in read


def test_what_is_not_known_says_so_and_a_number_is_never_taken_for_nothing():
    assert said(("A", None), ("B", ""), ("C", 0)) == (("A", "not recorded"), ("B", "not recorded"), ("C", "0"))


def test_the_head_names_the_paper_the_pharmacy_and_the_state_in_a_word():
    (read,) = pages(pdf_bytes(DocumentPaper(a_document(sign=OF_STATE[State.RECALLED]))))

    for text in ("Call list", "MCC lot MC26", "Elm Street Pharmacy", "Recalled", "Ana", "2026-11-22 09:30 (UTC-05:00)"):
        assert text in read


@SHEETS
def test_a_long_name_of_the_pharmacy_stands_whole_beside_the_title(size):
    name = "Pharmacy of the Holy Ghost at the New Market, Compounding Department, Building C"
    made = replace(a_document().made, pharmacy=name)
    read, *_ = pages(pdf_bytes(DocumentPaper(a_document(title="Disposal certificate", made=made), size)))

    assert name in " ".join(read.split())


def test_signatures_stand_together_below_what_they_sign_and_above_the_foot():
    for count in range(20, 34):
        paper = a_document(rows(count), closing="Disposed of as stated.", signatures=("Performed by", "Witness"))
        document = pypdfium2.PdfDocument(pdf_bytes(DocumentPaper(paper)))
        last = document[len(document) - 1].get_textpage()

        tops = [_top(last, text) for text in ("Disposed of as stated.", "Performed by", "Witness", QUIET_LINE)]

        assert tops == sorted(tops, reverse=True)
        document.close()


def _top(page, text):
    """Return how high a text stands on a page."""
    at, _ = page.search(text).get_next()
    return page.get_charbox(at)[3]


@pytest.mark.parametrize("count", range(20, 32))
def test_signatures_never_stand_on_a_page_without_what_they_sign(count):
    read = pages(pdf_bytes(DocumentPaper(a_document(rows(count), signatures=("Pharmacist",)))))

    assert "Pharmacist" in read[-1]
    assert f"LOT{count - 1:04}" in read[-1]


@pytest.mark.parametrize("count", range(20, 32))
def test_who_signed_never_stands_on_a_page_without_the_last_row_of_what_was_signed(count):
    signed = Part(title="Signed", note="I looked at it.", facts=said(("Signature", "Mara Lind, pharmacist")))

    read = pages(pdf_bytes(DocumentPaper(a_document(rows(count), signed))))

    assert "I looked at it." in read[-1]
    assert "Mara Lind, pharmacist" in read[-1]
    assert f"LOT{count - 1:04}" in read[-1]


@pytest.mark.parametrize("lines", range(10, 50, 2))
def test_signatures_move_together_before_they_take_a_page_of_their_own(lines):
    facts = tuple((f"Name {at}", "said") for at in range(3 * lines))
    roles = ("Made by", "Verified by", "Released by")

    paper = DocumentPaper(a_document(Part(title="Release", facts=facts), signatures=roles))
    airy = DocumentPaper(a_document(Part(title="Release", facts=facts)))

    assert paper.page_count - airy.page_count in {0, 1}
    read = pages(pdf_bytes(paper))
    assert all(role in read[-1] for role in roles)


def test_records_of_several_loggers_stand_below_each_other_under_their_names():
    peaks = (((20.0, 21.0), None) * 20)[:-1]
    curves = tuple(
        Curve(name=f"Logger {at}", peaks=peaks, keep=(20, 25), permitted=(15, 30), marks=((0.0, "2026-11-01"),))
        for at in range(12)
    )

    read = pages(pdf_bytes(DocumentPaper(a_document(Part(title="Temperature", curves=curves)))))

    assert len(read) > 1
    assert [at for at in range(12) if f"Logger {at}\r" not in "".join(read)] == []
