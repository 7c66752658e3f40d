import pytest
from fonticon_mdi7 import MDI7
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication

from ldninv.domain import signs
from ldninv.ui import filters, icons, theme
from ldninv.ui.colours import DARK, LIGHT, contrast


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_a_widget_learns_its_colours_from_its_palette(colours):
    assert theme.colours_of(theme.palette(colours)) is colours


def test_what_is_disabled_looks_disabled():
    made = theme.palette(LIGHT)

    assert made.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text).name() == LIGHT.disabled


@pytest.mark.parametrize("name", sorted(icons.GLYPHS))
def test_an_icon_is_the_one_that_the_font_calls_so(name):
    assert getattr(MDI7, name.replace("-", "_")).endswith(icons.GLYPHS[name])


def test_every_sign_has_an_icon():
    shown = [
        *signs.OF_STATE.values(),
        signs.GOOD,
        signs.NEAR_EXPIRY,
        signs.NOT_YET_MADE,
        signs.TAKEN_BACK,
        signs.UNKNOWN,
        signs.UNREADABLE,
    ]
    shown += [each.sign for each in filters.FILTERS]

    assert {sign.icon for sign in shown} <= set(icons.GLYPHS)


def test_an_icon_leaves_ink_in_the_colour_of_the_scheme(dressed):
    for colours in (LIGHT, DARK):
        dressed.setPalette(theme.palette(colours))
        image = icons.icon("lock").pixmap(32, 32).toImage()
        inks = {
            image.pixelColor(x, y).name() for x in range(32) for y in range(32) if image.pixelColor(x, y).alpha() == 255
        }
        assert inks == {colours.text}


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_the_edge_of_a_field_is_seen_on_every_page(dressed, colours):
    theme.wear(dressed, colours)
    edge = QApplication.palette("QLineEdit").color(QPalette.ColorRole.Window).darker(140).name()
    theme.wear(dressed, theme.system_colours())

    assert min(contrast(edge, ground) for ground in (colours.base, colours.window)) > 2.7
    assert theme.colours_of(theme.palette(colours)) is colours
