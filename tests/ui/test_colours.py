import itertools

import pytest

from ldninv.domain.signs import Tone
from ldninv.ui.colours import DARK, LIGHT, contrast

ENOUGH = 4.5


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("tone", Tone)
def test_every_sign_can_be_read_on_every_ground_selected_rows_included(colours, tone):
    tint = colours.tones[tone]
    worst = min(contrast(tint.ink, ground) for ground in (*colours.grounds, tint.wash))

    assert worst >= ENOUGH


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_every_text_can_be_read_where_it_stands(colours):
    grounds = [colours.window, colours.base, colours.alternate, colours.button]
    washes = [tint.wash for tint in colours.tones.values()]
    written = [
        *itertools.product([colours.text], grounds + washes),
        *itertools.product([colours.muted, colours.accent], grounds),
        (colours.on_selection, colours.selection),
        (colours.accent, colours.selection),
        (colours.on_accent, colours.accent),
        *((colours.base, tint.ink) for tint in colours.tones.values()),
    ]

    assert {pair for pair in written if contrast(*pair) < ENOUGH} == set()


def test_black_on_white_has_the_highest_contrast_there_is():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#777777") == 1
