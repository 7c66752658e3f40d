"""What comes of a code where scanner and computer are set to different keyboards, and how it is read back."""

from itertools import combinations
from string import ascii_letters, digits

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ldninv.domain.lots import internal_lot
from ldninv.ui.scanner.known import KNOWN, SIGNS
from ldninv.ui.scanner.layouts import KEYBOARDS, PRINTED, Case, change_case, layout_pairs, layouts, read_back
from ldninv.ui.scanner.learned import NOT_IN_CODES, agree
from ldninv.ui.scanner.pace import ScannerSettings

PAIRS = layout_pairs()


@pytest.mark.parametrize(
    ("pair", "meant", "comes"),
    [
        ("us>de", "YZyz-/(=", "ZYzyß-)\0"),
        ("us>fr", "AQWZM0129-(/", "QAZW?à&éç)9!"),
        ("de>us", "YZyz-/(", "ZYzy/&*"),
        ("fr>us", "AQWZM019-(", "QAZW:)!(65"),
        ("us>uk", '"@#', '@"£'),
    ],
)
def test_each_character_arrives_as_what_stands_at_its_place(pair, meant, comes):
    assert layouts(pair).arriving(meant) == comes


@given(st.sampled_from(PAIRS), st.text(st.sampled_from(PRINTED), max_size=30))
def test_what_arrived_is_read_back_as_it_was_meant_or_is_known_to_be_lost(pair, text):
    both = layouts(pair)
    whole = "".join(each for each in text if each not in both.lost)

    assert both.read_back(both.arriving(whole)) == whole


@given(st.sampled_from(PAIRS), st.booleans(), st.dates(), st.integers(1, 999))
def test_our_own_labels_are_read_back_at_every_keyboard(pair, swapped, day, sequence):
    lot = internal_lot(day, sequence)
    came = change_case(layouts(pair).arriving(lot), Case.SWAPPED if swapped else Case.KEPT)

    assert read_back(came, ScannerSettings(layouts=pair, swapped=swapped)) == lot


def test_nothing_is_read_back_unless_it_is_said():
    assert read_back("AYZß", ScannerSettings()) == "AYZß"


@pytest.mark.parametrize("pairs", list(combinations(PAIRS, 2)))
def test_keyboards_that_the_known_code_cannot_tell_apart_read_every_code_alike(pairs):
    one, two = map(layouts, pairs)

    assert one.arriving(SIGNS.text) != two.arriving(SIGNS.text) or agree(pairs)


@pytest.mark.parametrize("pair", PAIRS)
def test_the_known_codes_arrive_whole_at_every_keyboard_and_never_as_they_are(pair):
    both = layouts(pair)

    assert all("\0" not in both.arriving(known.text) for known in KNOWN)
    assert both.arriving(SIGNS.text) != SIGNS.text


@pytest.mark.parametrize("keyboard", list(KEYBOARDS.values()), ids=list(KEYBOARDS))
def test_a_keyboard_has_as_many_keys_with_shift_as_without_and_writes_all_letters_and_digits(keyboard):
    assert [*map(len, keyboard.plain)] == [*map(len, keyboard.shift)] == [
        13,
        13,
        11,
        10,
        1,
    ] or keyboard.name == "British"
    assert set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-./_:") <= {
        character for character, _ in keyboard.places()
    }


def test_signs_that_no_code_holds_are_those_outside_of_set_82():
    assert set(PRINTED) - set(NOT_IN_CODES) == set(ascii_letters + digits + "!\"%&'()*+,-./:;<=>?_")
