"""What comes of a code where scanner and computer are set to different keyboards, and how it is read back."""

from collections import defaultdict
from string import ascii_letters, digits

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ldninv.domain.lots import internal_lot
from ldninv.ui.scanner.keyboards import DEAD, KEYBOARDS
from ldninv.ui.scanner.known import KNOWN, SIGNS
from ldninv.ui.scanner.layouts import PRINTED, Case, change_case, layout_pairs, layouts, read_back
from ldninv.ui.scanner.learned import NOT_IN_CODES, agree
from ldninv.ui.scanner.pace import ScannerSettings

PAIRS = layout_pairs()
LOSE_A_DIGIT = {"fr>br", "be>br"}
"""Their 6 stands where a Brazilian keyboard has a dead key."""


def lost(pair):
    """Return what a code can hold and cannot be read back."""
    return {each for each in layouts(pair).lost if each not in NOT_IN_CODES}


def alike():
    """Return the pairs whose known code arrives in one way, with that way."""
    found = defaultdict(list)
    for pair in PAIRS:
        found[layouts(pair).arriving(SIGNS.text)].append(pair)
    return found


@pytest.mark.parametrize(
    ("pair", "meant", "comes"),
    [
        ("us>de", "YZyz-/(=", "ZYzyß-)\0"),
        ("us>fr", "AQWZM0129-(/", "QAZW?à&éç)9!"),
        ("de>us", "YZyz-/(", "ZYzy/&*"),
        ("fr>us", "AQWZM019-(", "QAZW:)!(65"),
        ("us>uk", '"@#', '@"£'),
        ("us>es", "-/(:;+2'", "'-)Ññ¿2\0"),
        ("es>us", "-/('", "/&*-"),
        ("us>it", "-/(\"'", "'-)°à"),
        ("us>pt", '-/("+', "'-)ª»"),
        ("us>br", "-/(;:", "-;(çÇ"),
        ("br>us", "-(:;", "-(?/"),
        ("us>da", "-/(\"'+", "+-)Øø\0"),
        ("us>sv", "-/(\"'", "+-)Ää"),
        ("us>ch", "YZ-/(\"'", "ZY'-)àä"),
        ("us>ch-fr", "YZ-/(\"'", "ZY'-)äà"),
        ("us>be", "AQWZM0129-(/", "QAZW?à&éç)9="),
        ("us>ca", "-/(?", "-é(É"),
        ("ca>us", "-/('?", "-#(<^"),
        ("us>ca-multi", "-/(<", "-é('"),
    ],
)
def test_each_character_arrives_as_what_stands_at_its_place(pair, meant, comes):
    assert layouts(pair).arriving(meant) == comes


@given(st.sampled_from(PAIRS), st.text(st.sampled_from(PRINTED), max_size=30))
def test_what_arrived_is_read_back_as_it_was_meant_or_is_known_to_be_lost(pair, text):
    both = layouts(pair)
    whole = "".join(each for each in text if each not in both.lost)

    assert both.read_back(both.arriving(whole)) == whole


@given(
    st.sampled_from([each for each in PAIRS if each not in LOSE_A_DIGIT]),
    st.booleans(),
    st.dates(),
    st.integers(1, 999),
)
def test_our_own_labels_are_read_back_at_every_keyboard(pair, swapped, day, sequence):
    lot = internal_lot(day, sequence)
    came = change_case(layouts(pair).arriving(lot), Case.SWAPPED if swapped else Case.KEPT)

    assert read_back(came, ScannerSettings(layouts=pair, swapped=swapped)) == lot


def test_nothing_is_read_back_unless_it_is_said():
    assert read_back("AYZß", ScannerSettings()) == "AYZß"


@pytest.mark.parametrize("scanner", KEYBOARDS)
def test_keyboards_that_the_known_code_cannot_tell_apart_read_every_code_alike_but_for_a_few_of_canada(scanner):
    doubtful = [pairs for pairs in alike().values() if not agree(pairs)]

    assert all(pair.startswith("ca") for pairs in doubtful for pair in pairs)
    assert not any("us" in pair and pair.startswith(scanner) for pairs in doubtful for pair in pairs) or scanner == "ca"


def test_where_the_known_code_arrives_as_it_is_every_code_does():
    for pair in alike()[SIGNS.text]:
        signs = "".join(each for each in PRINTED if each not in NOT_IN_CODES)
        assert layouts(pair).arriving(signs) == signs


@pytest.mark.parametrize("pair", PAIRS)
def test_of_the_known_codes_only_signs_meet_a_dead_key_never_a_letter_or_a_digit(pair):
    for known in KNOWN:
        came = layouts(pair).arriving(known.text)
        assert not any(one.isalnum() for one, two in zip(known.text, came, strict=True) if two == DEAD)


def test_letters_and_digits_are_read_back_at_all_keyboards_but_two():
    assert {pair for pair in PAIRS if any(each.isalnum() for each in lost(pair))} == LOSE_A_DIGIT


@pytest.mark.parametrize("keyboard", list(KEYBOARDS.values()), ids=list(KEYBOARDS))
def test_a_keyboard_has_as_many_keys_with_shift_as_without_and_writes_all_letters_and_digits(keyboard):
    last = 11 if keyboard.name == "Brazilian" else 10
    assert [*map(len, keyboard.plain)] == [*map(len, keyboard.shift)] == [13, 13, 11, last, 1]
    assert set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-./_:") <= {
        character for character, _ in keyboard.places()
    }


def test_signs_that_no_code_holds_are_those_outside_of_set_82():
    assert set(PRINTED) - set(NOT_IN_CODES) == set(ascii_letters + digits + "!\"%&'()*+,-./:;<=>?_")
