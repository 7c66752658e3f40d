"""From the keys of two known codes: how the scanner is set, what is wrong with it, and the way out."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ldninv.domain.scan.plain import GS
from ldninv.domain.signs import Tone
from ldninv.ui.scanner import learned, lesson
from ldninv.ui.scanner.burst import Burst, Fate, Stroke
from ldninv.ui.scanner.known import KNOWN, SEPARATED, SIGNS
from ldninv.ui.scanner.layouts import Case, change_case, layout_pairs, layouts
from ldninv.ui.scanner.lesson import Lesson, Strange
from ldninv.ui.scanner.pace import ScannerSettings, Suffix

USUAL = ScannerSettings()


def keys(text, gap=6, first=None):
    """Return the keys of a text, dead ones without any; U+E000 before a character is a key with Control."""
    strokes, at, control = [], 1_000, False
    for character in text:
        if character == "\ue000":
            control = True
            continue
        strokes.append(Stroke(at, "", control=character) if control else Stroke(at, character.strip("\0")))
        at += first if first is not None and len(strokes) == 1 else gap
        control = False
    return strokes


def both(*, ends="\r", before="", separator=GS, pair="", case=Case.KEPT, gap=6, first=None, kept=USUAL):  # noqa: PLR0913 - all that a scanner can be set to
    """Return what is learned of a scanner that is set so."""

    def came(text):
        parts = (text if not pair else layouts(pair).arriving(text) for text in (before + text).split(GS))
        return change_case(separator.join(parts), case) + ends

    return learned.combined([lesson.learn(keys(came(known.text), gap, first)) for known in KNOWN], kept)


def wrong(found):
    return [each.says for each in found.findings if each.tone in {Tone.STOP, Tone.LOOK}]


def test_a_scanner_that_is_set_right_changes_nothing():
    found = both(before="]Q1")

    assert (found.settings, found.right, wrong(found)) == (USUAL, True, [])
    assert [each.says for each in found.findings] == [
        "After every code it sends Enter.",
        "It says which kind of symbol it read (AIM identifier): no code is mistaken.",
        "The separator of makers' codes arrives.",
        "It types 6 ms a key, fast enough.",
        "Letters, digits and signs arrive as they are.",
    ]


@pytest.mark.parametrize(
    ("ends", "suffix"),
    [
        ("\r", Suffix.ENTER),
        ("\n", Suffix.ENTER),
        ("\t", Suffix.TAB),
        ("\r\n", Suffix.CR_LF),
        ("\r\r", Suffix.CR_LF),
        ("", Suffix.NONE),
    ],
)
def test_the_suffix_is_learned(ends, suffix):
    assert both(ends=ends).settings.suffix is suffix


@pytest.mark.parametrize("ends", ["\t\r", "\r\t"])
def test_a_suffix_of_two_kinds_would_press_something_and_is_told(ends):
    found = both(ends=ends)

    assert found.settings.suffix is Suffix.ENTER
    assert wrong(found)[0].endswith("one of them would press something. Set it to send Enter alone.")


def test_a_prefix_is_learned_and_an_identifier_of_the_symbol_is_none():
    assert both(before="~1").settings.prefix == "~1"
    assert both(before="~1]d2").settings.prefix == "~1"
    assert both(before="]d2").settings.prefix == ""


def test_a_prefix_that_is_too_long_is_told_and_not_kept():
    found = both(before="SCANNER 1 ")
    assert (found.settings.prefix, found.right) == ("", False)


def test_a_prefix_at_a_foreign_keyboard_is_kept_as_it_comes():
    assert both(before="/", pair="us>de").settings.prefix == "-"


@pytest.mark.parametrize("separator", [GS, "\u241d", "\uf70b", "^]", "<GS>", "{GS}", "[GS]"])
def test_a_separator_that_is_known_however_it_comes_is_right(separator):
    found = both(separator=separator)
    assert (found.settings.separator, found.right) == ("", True)


def test_a_separator_with_another_key_is_learned():
    found = both(separator="\ue000+", pair="us>de")
    assert found.settings.separator == "+"


def test_a_separator_typed_by_alt_and_its_number_is_right():
    strokes, at = [], 0
    for text, code in [
        *((each, False) for each in "91AZYQ"),
        *((each, True) for each in "029"),
        *((each, False) for each in "92MW09\r"),
    ]:
        strokes.append(Stroke(at, text, code))
        at += 5
    found = lesson.learn(strokes)
    assert (found.known, found.fits[0].separator) == (SEPARATED, "")


def test_a_lost_separator_is_told_with_the_way_out():
    assert wrong(both(separator=""))[0].startswith("It drops the separator between the parts of a maker's code.")


AMERICAN = [pair for pair in layout_pairs() if "us" in pair.split(">") and pair != "ca>us"]
"""Scanners are delivered American, and most others are bought for the keyboard of their country."""
DEAD_SIGNS = {pair for pair in layout_pairs() if "\0" in layouts(pair).arriving(SIGNS.text)}


@pytest.mark.parametrize("case", [Case.KEPT, Case.SWAPPED])
@pytest.mark.parametrize("pair", AMERICAN)
def test_a_foreign_keyboard_is_named_and_reading_it_back_is_offered_and_never_done_unasked(pair, case):
    found = both(pair=pair, case=case)
    offered = [each for each in found.findings if each.settings]

    assert (found.settings.layouts, found.settings.swapped, found.right) == ("", False, False)
    assert len(offered) == 1
    for known in [each for each in KNOWN if pair not in DEAD_SIGNS or each is SEPARATED]:
        came = change_case(layouts(pair).arriving(known.text), case)
        burst = Burst(offered[0].settings, lambda _text: False)
        decisions = [burst.press(each) for each in keys(came + "\r")]
        assert (decisions[-1].fate, decisions[-1].scan) == (Fate.TAKE, known.text)


@pytest.mark.parametrize("dead", ["", "´", "´swallows"])
def test_a_dead_key_of_this_computer_does_not_hide_which_keyboard_it_has(dead):
    came = layouts("us>es").arriving(SIGNS.text)
    came = came.replace("\0" + "2", "\0").replace("\0", dead[:1]) if dead.endswith("s") else came.replace("\0", dead)
    found = learned.combined([lesson.learn(keys(f"{came}\r")), lesson.learn(keys(f"{SEPARATED.text}\r"))], USUAL)
    says = wrong(found)[0]

    assert "set to the American keyboard and this computer to the Spanish" in says
    assert "read back here, but for the signs \" '" in says


def test_keyboards_that_cannot_be_told_apart_are_all_named():
    says = wrong(both(pair="es>us"))[0]
    assert says.startswith(
        "Your scanner is set to the Spanish, Latin American or Italian keyboard and this computer to the American: "
    )


def test_where_a_digit_is_lost_nothing_is_offered():
    found = both(pair="fr>br")
    assert [each for each in found.findings if each.settings] == []
    assert "the French keyboard and this computer to the Brazilian" in wrong(found)[0]


@pytest.mark.parametrize("pair", ["es>it", "da>sv", "ch>ch-fr"])
def test_keyboards_that_differ_in_no_sign_of_a_code_are_right(pair):
    assert both(pair=pair).right


def test_a_german_scanner_is_told_in_words():
    says = wrong(both(pair="de>us"))[0]
    assert says.startswith(
        "Your scanner is set to the German keyboard and this computer to the American: Y and Z are swapped,"
    )
    assert "“keyboard language” in its manual" in says


def test_what_is_read_back_by_choice_stays_so_and_can_be_undone():
    kept = replace(USUAL, layouts="us>de")
    found = both(pair="us>de", kept=kept)

    assert found.settings == kept
    assert [(each.offer, each.settings) for each in found.findings if each.settings] == [
        ("Read them as they come", USUAL)
    ]


def test_a_scanner_that_was_set_right_since_is_no_longer_read_back():
    assert both(kept=replace(USUAL, layouts="us>de", swapped=True)).settings == USUAL


@pytest.mark.parametrize(
    ("case", "word"), [(Case.SWAPPED, "Caps Lock is on"), (Case.UPPER, "as capitals"), (Case.LOWER, "as small letters")]
)
def test_what_became_of_the_letters_is_told(case, word):
    found = both(case=case)
    assert word in wrong(found)[0]
    assert bool([each for each in found.findings if each.settings]) is (case is Case.SWAPPED)


@pytest.mark.parametrize(
    ("gap", "first"), [(5, None), (75, None), (100, None), (140, None), (5, 75), (30, 110), (190, 250)]
)
def test_with_what_was_learned_a_scan_of_that_speed_is_taken(gap, first):
    found = both(gap=gap, first=first)
    burst = Burst(found.settings, lambda _text: False)
    for text in ("LDN260117001M", SIGNS.text, "A-12345678" * 6):
        assert burst.press(Stroke(0, "")).fate is Fate.PASS
        decisions = [burst.press(each) for each in keys(text + "\r", gap, first)]
        assert decisions[-1].scan == text
        assert not any(each.replay or each.lead for each in decisions)


def test_a_usual_speed_leaves_the_numbers_and_a_slow_one_says_what_that_costs():
    assert both(gap=60).settings == USUAL
    slow = both(gap=100)
    assert slow.settings.first_gap == 150
    says = "It is slow, 100 ms a key. The numbers were widened: a key that you type waits up to 150 ms now. "
    assert wrong(slow) == [says + "Faster is better; its manual calls that “key delay”."]


def test_a_scanner_that_rests_after_its_first_key_is_known():
    assert both(gap=5, first=75).settings.pauses
    assert not both(gap=5).settings.pauses


def test_codes_that_came_differently_are_scanned_again():
    lessons = [lesson.learn(keys(SIGNS.text.lower() + "\r")), lesson.learn(keys(SEPARATED.text + "\r"))]
    found = learned.combined(lessons, USUAL)

    assert found.settings == USUAL
    assert "Scan them all again" in wrong(found)[0]


def test_one_code_alone_says_what_it_can():
    found = learned.combined([lesson.learn(keys(f"{SEPARATED.text}\t"))], replace(USUAL, layouts="us>de"))
    assert (found.settings.suffix, found.settings.layouts) == (Suffix.TAB, "us>de")


def test_a_known_code_that_no_keyboard_explains_names_what_differs():
    found = lesson.learn(keys("AZYQMWaz-#%\"2'0+9*\r"))

    assert isinstance(found, Strange)
    assert "“/” arrives as “#”, “(” arrives as “%”" in learned.strange(found).says


@pytest.mark.parametrize("text", ["", "\r", "LDN260117001M\r", "hello", "A" * 15, "91AZYQ"])
def test_anything_else_is_no_known_code(text):
    assert lesson.learn(keys(text)) is None


STROKES = st.builds(
    Stroke,
    st.integers(0, 5_000),
    st.text(max_size=1) | st.sampled_from("019AZ\r\t"),
    st.booleans(),
    st.sampled_from(["", "+", "]"]),
)


@given(st.lists(STROKES, max_size=40))
def test_no_keys_whatever_make_it_stumble(strokes):
    strokes = [replace(each, code=each.code and each.text in set("0123456789")) for each in strokes]
    found = lesson.learn(sorted(strokes, key=lambda each: each.at))
    assert found is None or isinstance(found, Lesson | Strange)


@given(
    st.sampled_from(["", *(each for each in layout_pairs() if each not in DEAD_SIGNS)]),
    st.sampled_from(list(Case)),
    st.sampled_from(["\r", "\t", ""]),
    st.integers(0, 250),
)
def test_whatever_is_learned_can_be_kept_and_is_said_worst_first(pair, case, ends, gap):
    found = both(pair=pair, case=case, ends=ends, gap=gap)
    order = [Tone.STOP, Tone.LOOK, Tone.GOOD, Tone.QUIET]

    assert all(order.index(one.tone) <= order.index(two.tone) for one, two in pairwise(found.findings))
    assert all(0 < low <= getattr(found.settings, name) <= high for name, (low, high) in learned.RANGES.items())
