"""The colours of the window can be read, and told apart, by everybody."""

import itertools

import pytest

from ldninv.domain.signs import Tone
from ldninv.ui.colours import DARK, LIGHT, contrast
from ldninv.ui.storage.looks import Look

ENOUGH = 4.5
OF_A_LINE = 3.0
"""Contrast that what is no text needs (WCAG 2.2, 1.4.11)."""
APART = 30
"""Distance in CIELAB at which two thin lines are told apart; 2 is just seen in large areas side by side."""

SEEN_BY = {
    "all": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "no green": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
    "no blue": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.3039)),
}
"""What is seen of linear red, green and blue (Machado, Oliveira and Fernandes 2009, severity 1)."""
TO_XYZ = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
WHITE = (0.9505, 1.0, 1.089)


def through(matrix, values):
    return [sum(factor * value for factor, value in zip(row, values, strict=True)) for row in matrix]


def seen(colour, eyes):
    """Return a colour in CIELAB as these eyes see it."""
    parts = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    inside = [min(1.0, max(0.0, part)) for part in through(SEEN_BY[eyes], linear)]
    x, y, z = (
        (part / white) ** (1 / 3) if part / white > 0.008856 else 7.787 * part / white + 16 / 116
        for part, white in zip(through(TO_XYZ, inside), WHITE, strict=True)
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


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


@pytest.mark.parametrize("eyes", SEEN_BY)
@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_curves_that_lie_over_one_another_are_told_apart_by_who_sees_no_red_green_or_blue(colours, eyes):
    pairs = itertools.combinations([seen(each, eyes) for each in colours.curves], 2)
    apart = [sum((one - other) ** 2 for one, other in zip(*pair, strict=True)) ** 0.5 for pair in pairs]

    assert min(apart) >= APART


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_every_curve_is_seen_on_every_band_of_the_chart(colours):
    bands = (colours.base, colours.tones[Tone.GOOD].wash, colours.tones[Tone.LOOK].wash)

    assert min(contrast(each, band) for each in colours.curves for band in bands) >= OF_A_LINE


def test_twenty_loggers_of_a_place_look_each_like_no_other_and_neighbours_share_neither_colour_nor_mark():
    looks = [Look.of(number) for number in range(20)]

    assert len(set(looks)) == 20
    assert {look.colour for look in looks} == set(range(len(LIGHT.curves))) == set(range(len(DARK.curves)))
    assert not any(one.mark is other.mark or one.colour == other.colour for one, other in itertools.pairwise(looks))
