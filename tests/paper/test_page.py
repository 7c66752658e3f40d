"""Faces, icons and inks: read in grey as in colour, on a machine without any font."""

import pytest
from fonticon_mdi7 import MDI7
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor, QImage, QPainter

from ldninv.domain import signs
from ldninv.domain.refusal import Surroundings
from ldninv.paper import fonts
from ldninv.paper.gui import ensure_gui
from ldninv.paper.page import BAND, INK, SOFT, TONES, Writer
from ldninv.reports.weekly import THIS_WEEK

pytestmark = pytest.mark.usefixtures("qapp")

SIGNS = (
    *signs.OF_STATE.values(),
    signs.GOOD,
    signs.NEAR_EXPIRY,
    signs.NOT_YET_MADE,
    signs.TAKEN_BACK,
    signs.UNKNOWN,
    signs.UNREADABLE,
    THIS_WEEK,
)


def luminance(colour):
    def linear(part):
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF())


def contrast(ink, ground):
    return (luminance(ground) + 0.05) / (luminance(ink) + 0.05)


@pytest.mark.parametrize("ink", [INK, SOFT, *TONES.values()], ids=QColor.name)
def test_every_ink_can_be_read_in_grey_on_paper_and_on_a_band(ink):
    assert contrast(ink, QColor("white")) > 7
    assert contrast(ink, BAND) > 6


def test_every_sign_has_an_icon_and_no_two_look_and_read_alike():
    assert {sign.icon for sign in SIGNS} <= set(fonts.GLYPHS)
    assert len({(sign.icon, sign.word) for sign in SIGNS}) == len(SIGNS) == len({sign.icon for sign in SIGNS})


def test_the_icons_are_those_of_the_font():
    expected = {name: getattr(MDI7, name.replace("-", "_")).removeprefix("mdi7.") for name in fonts.GLYPHS}

    assert expected == fonts.GLYPHS


@pytest.mark.parametrize("sign", SIGNS, ids=lambda sign: sign.icon)
def test_an_icon_leaves_ink_on_the_paper(sign):
    image = QImage(600, 600, QImage.Format.Format_Grayscale8)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)

    Writer(painter).icon(100, 450, sign, 20)

    painter.end()
    assert sum(byte < 128 for byte in image.constBits()) > 10_000


def test_figures_are_all_of_one_width():
    for bold in (False, True):
        face = fonts.text_face(8.5, bold=bold)

        assert len({round(face.width(figure * 10)) for figure in "0123456789"}) == 1


@given(st.text(st.characters(codec="ascii", categories=["L", "N", "P", "Zs"]), max_size=80), st.integers(1, 5))
def test_wrapped_text_fits_its_room_and_is_cut_only_with_an_ellipsis(said, most):
    face, room = fonts.text_face(8.5, kerning=False), 60 * fonts.UNIT

    lines = face.wrapped(said, room, most)

    assert len(lines) <= most
    assert all(face.width(line) <= room for line in lines)
    kept = "".join(lines).replace(" ", "")
    assert kept == said.replace(" ", "") or kept.endswith("…")


def test_a_font_that_is_missing_is_named_with_the_way_out():
    with pytest.raises(Surroundings, match="Install the program again"):
        fonts.family("no_such_package", "files/no.ttf")


def test_the_running_application_is_taken():
    assert ensure_gui() is QCoreApplication.instance()
