"""The weekly report on paper: read back out of its PDF, and looked at."""

import os
import subprocess
import sys
from datetime import date, timedelta

import pypdfium2
import pytest
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QPageLayout, QPageSize, QPdfWriter

from builders import a_batch, kept
from ldninv.domain.expiry import ComponentLot
from ldninv.domain.settings import Settings
from ldninv.paper.output import pdf_bytes, picture, print_on
from ldninv.paper.page import A4, LETTER
from ldninv.paper.weekly import WeeklyPaper
from ldninv.reports.sections import NOT_BEGUN, QUIET_LINE, sections
from ldninv.reports.table import text

pytestmark = pytest.mark.usefixtures("qapp")

TODAY = date(2026, 11, 22)
SHEETS = pytest.mark.parametrize("size", [A4, LETTER], ids=lambda size: size.name)


def lasting(days, lot, **facts):
    return kept(a_batch(lot=lot, beyond_use=TODAY + timedelta(days=days - 1)), **facts)


def a_shelf(count):
    """Return `count` batches for each section."""
    for at in range(count):
        yield lasting(-at, f"EX{at:04}")
        yield lasting(1 + at % 89, f"NE{at:04}", place="Cabinet 3, the lower drawer on the left, behind the scales")
        yield lasting(
            200, f"HO{at:04}", held="storage: 41.2 °C for three hours in the night to 2026-11-02, and no reading after"
        )


def a_full_report(a_report, count):
    components = [(ComponentLot("MCC", f"CO{at:04}", TODAY), ("EX0000", "NE0000")) for at in range(count)]
    return a_report(*a_shelf(count), components=components)


def pages(data):
    document = pypdfium2.PdfDocument(data)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def sheet_of(data):
    document = pypdfium2.PdfDocument(data)
    try:
        return tuple(round(length) for length in document[0].get_size())
    finally:
        document.close()


@SHEETS
def test_every_row_can_be_read_back_and_every_page_is_numbered(a_report, size):
    report = a_full_report(a_report, 60)

    read = pages(pdf_bytes(WeeklyPaper(report, size)))

    whole = "\n".join(read)
    for section in sections(report):
        for row in section.rows:
            lot = next(text(cell) for (key, _), cell in zip(section.columns, row, strict=True) if key == "lot")
            assert lot in whole
    for number, page in enumerate(read, start=1):
        assert f"Page {number} of {len(read)}" in page
        assert QUIET_LINE in page
        assert "3f9a1c2b" * 8 in page


@SHEETS
def test_the_columns_for_a_hand_are_named_on_every_page_with_rows(a_report, size):
    for page in pages(pdf_bytes(WeeklyPaper(a_full_report(a_report, 60), size))):
        if any(mark in page for mark in ("EX00", "NE00", "HO00", "CO00")):
            assert all(title in page for title in ("Found", "Counted", "Action", "Initials"))


@SHEETS
def test_an_empty_report_is_one_page_that_says_so_and_asks_for_signatures(a_report, size):
    report = a_report()

    (page,) = pages(pdf_bytes(WeeklyPaper(report, size)))

    assert all(section.none in page for section in sections(report))
    assert all(
        words in page for words in ("Technician", "Pharmacist", "Signature", "Elm Street Pharmacy", "One year (1 year)")
    )


@SHEETS
def test_where_no_batch_was_ever_entered_the_page_says_so_once_and_what_to_do(a_report, size):
    (page,) = pages(pdf_bytes(WeeklyPaper(a_report(begun=False), size)))

    assert " ".join(page.split()).count(NOT_BEGUN) == 1
    assert not any(word in page for word in ("None", "No expired stock", "Near expiry"))


def test_a_section_never_begins_at_the_foot_of_a_page_without_a_row(a_report):
    for count in range(1, 30):
        expired = [lasting(0, f"EX{at:04}") for at in range(count)]
        read = pages(pdf_bytes(WeeklyPaper(a_report(*expired, lasting(9, "NE0000")))))

        assert [page.count("NE0000") for page in read] == [page.count("This week: past its date") for page in read]


@pytest.mark.parametrize("count", range(1, 60, 3))
def test_the_signatures_stand_once_and_on_a_page_with_what_they_sign(a_report, count):
    components = [(ComponentLot("MCC", f"CO{at:04}", TODAY), ("A",)) for at in range(count)]

    signed = [page for page in pages(pdf_bytes(WeeklyPaper(a_report(components=components)))) if "Signature" in page]

    assert ["CO00" in page for page in signed] == [True]


def test_a_short_section_is_not_torn_apart(a_report):
    for count in range(1, 30):
        expired = [lasting(0, f"EX{at:04}") for at in range(count)]
        near = [lasting(9, "NE0000"), lasting(9, "NE0001"), lasting(9, "NE0002")]

        read = pages(pdf_bytes(WeeklyPaper(a_report(*expired, *near))))

        assert max(page.count("NE000") for page in read) == 3


@SHEETS
def test_a_pdf_has_the_size_of_its_sheet_a_title_and_its_fonts_inside(a_report, size):
    made = pdf_bytes(WeeklyPaper(a_report(), size))

    assert sheet_of(made) == (round(size.width_mm / 25.4 * 72), round(size.height_mm / 25.4 * 72))
    assert pypdfium2.PdfDocument(made).get_metadata_dict()["Title"] == "Weekly expiry report 2026-W47"
    assert made.count(b"/FontFile2") == 3


def test_a_lot_of_forty_characters_is_wrapped_and_never_cut(a_report):
    lot = "W" * 39 + "M"

    whole = "".join(pages(pdf_bytes(WeeklyPaper(a_report(lasting(9, lot))))))

    assert lot in whole.replace("\r\n", "")


def test_places_in_other_writing_can_be_read_back(a_report):
    (page,) = pages(pdf_bytes(WeeklyPaper(a_report(lasting(0, "A", place="Шкаф Ω, große Lade")))))

    assert "Шкаф Ω, große Lade" in page


def test_a_picture_has_the_size_of_the_sheet_and_the_icons_drawn(a_report):
    image = picture(WeeklyPaper(a_report(lasting(0, "A"))), 1, 96)

    assert (image.width(), image.height()) == (1123, 794)
    assert ink_of(image, "#8a0c1f") > 50


def ink_of(image, colour):
    """Return how many points have exactly that colour."""
    return sum(image.pixelColor(x, y).name() == colour for x in range(40, 90) for y in range(100, 230))


def test_a_printer_gets_the_pages_that_were_asked_for(a_report):
    paper = WeeklyPaper(a_full_report(a_report, 30), LETTER)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    printer = QPdfWriter(buffer)
    printer.setResolution(300)

    print_on(paper, printer, 2, 3)

    read = pages(bytes(buffer.data().data()))
    assert [f"Page {number} of {paper.page_count}" in page for number, page in zip((2, 3), read, strict=True)] == [
        True,
        True,
    ]
    assert sheet_of(bytes(buffer.data().data())) == (792, 612)
    assert printer.pageLayout().orientation() is QPageLayout.Orientation.Landscape
    assert printer.pageLayout().pageSize().id() is QPageSize.PageSizeId.Letter


WITHOUT_A_DISPLAY = """
import sys
from datetime import date, datetime, timezone
from ldninv.domain.days import Week
from ldninv.domain.settings import Settings
from ldninv.paper.output import pdf_bytes
from ldninv.paper.weekly import WeeklyPaper
from ldninv.reports.weekly import build

day = date(2026, 11, 22)
report = build(week=Week.of(day), as_of=day, number=None, settings=Settings(), made_by="Ana", head=None, kept=(),
               begun=True, made_at=datetime(2026, 11, 22, tzinfo=timezone.utc), used_90_days={}, components=())
made = pdf_bytes(WeeklyPaper(report))
assert made.startswith(b"%PDF") and len(made) > 5000
print("made")
"""


def test_a_pdf_is_made_without_a_display_and_without_an_application():
    bare = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    }

    ran = subprocess.run(
        [sys.executable, "-c", WITHOUT_A_DISPLAY], env=bare, capture_output=True, text=True, check=False
    )

    assert (ran.stdout, ran.stderr, ran.returncode) == ("made\n", "", 0)


def test_letters_that_fonts_like_to_join_are_read_back_one_by_one(a_report):
    report = a_report(
        lasting(10, "NEAR", place="Left office, fifth shelf, Zoë"), settings=Settings(pharmacy="Cliff Street Office")
    )

    joined = " ".join(" ".join(pages(pdf_bytes(WeeklyPaper(report, A4)))).split())
    assert "left over" in joined
    assert "Left office," in joined
    assert "Cliff Street Office" in joined


def test_every_batch_of_a_component_lot_is_named_on_paper(a_report):
    lots = tuple(f"LDN26010{at:03}X" for at in range(60))
    report = a_report(components=[(ComponentLot("MCC", "CO1", TODAY), lots)])

    read = "\n".join(pages(pdf_bytes(WeeklyPaper(report, A4))))

    assert [lot for lot in lots if lot not in read] == []
