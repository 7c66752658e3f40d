"""Sizes of labels as people write them, and sheets that hold what they say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ldninv.domain.label_sizes import (
    LEAST_MODULE_MM,
    RESOLUTIONS,
    ROLLS,
    SHEETS,
    Size,
    least_dots,
    medium,
    resolution,
)
from ldninv.domain.refusal import Refused

PAGES = {"A4": (210, 297), "Letter": (215.9, 279.4)}


@given(st.floats(10, 210).map(lambda length: round(length, 2)), st.floats(10, 210).map(lambda length: round(length, 2)))
def test_a_size_is_read_back_as_it_was_written(width, height):
    assert Size.parse(str(Size(width, height))) == Size(width, height)


@pytest.mark.parametrize("text", ["50,8X25,4", " 50.8 × 25.4 mm ", "50.8*25.4"])
def test_a_size_is_understood_as_people_write_it(text):
    assert medium(text) == ROLLS[0] == Size(50.8, 25.4)


@pytest.mark.parametrize("text", ["", "50.8", "x", "0x0", "5x5", "999x20", "50.8x", "a4", "٥٠x٢٥", "1e3x20"])
def test_what_is_no_size_is_refused_with_what_to_write(text):
    with pytest.raises(Refused, match=r"50\.8x25\.4|10 to 210 mm"):
        medium(text)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_the_labels_of_a_sheet_lie_on_its_page_and_beside_each_other(sheet):
    width, height = PAGES[sheet.page]
    corners = [sheet.corner(at) for at in range(sheet.count)]

    assert sheet.across >= sheet.label.width_mm
    assert sheet.down >= sheet.label.height_mm
    assert len(set(corners)) == sheet.count == int(sheet.name.rpartition("-")[2])
    for left, top in corners:
        assert 0 <= left <= width - sheet.label.width_mm + 0.01
        assert 0 <= top <= height - sheet.label.height_mm + 0.01
    assert medium(sheet.name.upper()) is sheet


@pytest.mark.parametrize("dots_per_inch", RESOLUTIONS)
def test_the_narrowest_module_is_a_quarter_of_a_millimetre_and_no_dot_more(dots_per_inch):
    dots = least_dots(resolution(dots_per_inch))

    assert dots / dots_per_inch * 25.4 >= LEAST_MODULE_MM > (dots - 1) / dots_per_inch * 25.4


def test_a_resolution_of_no_label_printer_is_refused():
    with pytest.raises(Refused, match="203, 300, 600"):
        resolution(96)
