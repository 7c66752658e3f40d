"""A scanner's keys are taken, a person's never: by the moments alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ldninv.domain.scan.plain import GS
from ldninv.ui.scanner.burst import Burst, Fate, ScannerSettings, Stroke, Suffix

LOT = "LDN260117001M"
GAPS = (0, 5, 20, 45, 60, 75)
CODES = st.text(st.sampled_from("AZYQMWaz09-/(]" + GS), min_size=6, max_size=40)


def nothing(_text):
    return False


def anything(_text):
    return True


class Stream:
    """Feeds keys, and keeps what became of each: in its order, gone on or taken."""

    def __init__(self, settings=None, names=nothing):
        self.burst = Burst(settings or ScannerSettings(), names)
        self.typed, self.scans, self.doubts = "", [], []
        self.taken = 0
        self._held = ""

    def press(self, at, text, *, code=False):
        done = self.burst.press(Stroke(at, text, code))
        self._settle(done)
        if done.fate is Fate.HOLD:
            self._held += text
        elif done.fate is Fate.TAKE:
            self.taken += 1
        else:
            assert not self._held, "a key went past those held before it"
            self.typed += text

    def silence(self):
        if self.burst.holds:
            self._settle(self.burst.silence())

    def write(self, text, gap, at=0):
        for number, character in enumerate(text):
            self.press(at + gap * number, character)
        return at + gap * len(text)

    def _settle(self, done):
        assert not (done.replay and done.scan)
        if done.lead and not done.doubt:
            self.typed += self._held[: done.lead]
            self._held = self._held[done.lead :]
        if done.doubt:
            self.doubts.append(done.scan)
            self._held = ""
        elif done.scan is not None:
            self.scans.append(done.scan)
            self.taken += len(self._held)
            self._held = ""
        elif done.replay:
            self.typed += self._held
            self._held = ""


def scanned(text, gaps, suffix="\r", names=nothing, **settings):
    """Return the stream after a code whose keys come with these gaps."""
    stream, at = Stream(ScannerSettings(**settings), names), 1_000
    for character, gap in zip(text + suffix, [0, *gaps], strict=False):
        at += gap
        stream.press(at, character)
    return stream


@pytest.mark.parametrize("gap", GAPS)
def test_a_scan_is_taken_at_every_usual_speed(gap):
    stream = Stream()
    stream.write(f"{LOT}\r", gap)

    assert (stream.scans, stream.typed) == ([LOT], "")


@pytest.mark.parametrize("gap", [60, 70, 75, 80])
@pytest.mark.parametrize("length", [6, 13, 16, 46, 100])
def test_a_steady_beat_of_up_to_80_ms_is_a_scan_however_long_the_code_is(gap, length):
    stream = Stream()
    stream.write("A1" * (length // 2) + "\r", gap)

    assert (stream.scans, stream.typed) == (["A1" * (length // 2)], "")


@given(st.lists(st.integers(-15, 15), min_size=60, max_size=60), st.sampled_from([60, 65]))
def test_a_steady_beat_is_known_though_it_trembles(shakes, gap):
    stream = scanned("7Q" * 20, [gap + shake for shake in shakes])

    assert (stream.scans, stream.typed) == (["7Q" * 20], "")


@given(CODES, st.data())
def test_a_code_within_the_numbers_is_always_taken_whole(code, data):
    gaps, passed = [], 0
    for count in range(2, len(code) + 1):
        most = min(80 if count == 2 else 120, (70 * count if count >= 4 else 10_000) - passed, 3_000 - passed)
        gaps.append(data.draw(st.integers(0, max(0, min(most, 70)))))
        passed += gaps[-1]
    stream = scanned(code, [*gaps, data.draw(st.integers(0, 120))], names=lambda text: text == code)

    assert (stream.scans, stream.typed) == ([code], "")


@pytest.mark.parametrize("before", [20, 35, 50, 80])
@pytest.mark.parametrize("gap", GAPS)
def test_a_key_that_was_typed_just_before_a_label_is_typing(gap, before):
    stream = Stream()
    stream.press(0, "a")
    stream.write(f"{LOT}\r", gap, at=before)

    assert (stream.typed, stream.scans, stream.doubts) == ("a", [LOT], [])


@pytest.mark.parametrize("gaps", [(15, 60), (20, 20, 70), (8, 80)])
def test_a_roll_of_keys_just_before_a_label_is_typing(gaps):
    stream, at = Stream(), 0
    for character, gap in zip("xyz", gaps, strict=False):
        stream.press(at, character)
        at += gap
    stream.write(f"{LOT}\r", 5, at=at)

    assert (stream.typed, stream.scans) == ("xyz"[: len(gaps)], [LOT])


@pytest.mark.parametrize("known", [("A-1234",), ()], ids=["an old lot", "nothing known here"])
def test_a_key_out_of_the_beat_of_any_other_code_is_typing(known):
    stream = Stream(names=lambda text: text in known)
    stream.press(0, "x")
    stream.write("A-1234\r", 5, at=60)

    assert (stream.typed, stream.scans) == ("x", ["A-1234"])


def test_a_scanner_that_is_late_with_its_second_key_still_sends_what_is_known_here_whole():
    stream = scanned("A-1234", [75, 5, 5, 5, 5, 5], names=lambda text: text == "A-1234")
    assert (stream.typed, stream.scans) == ("", ["A-1234"])


def test_a_scanner_that_is_known_to_rest_after_its_first_key_sends_everything_whole():
    stream = scanned("A-1234", [75, 5, 5, 5, 5, 5], pauses=True)
    assert (stream.typed, stream.scans) == ("", ["A-1234"])


def test_where_the_code_names_something_with_the_key_and_without_it_nothing_is_done():
    stream = scanned("1012345", [60, 5, 5, 5, 5, 5, 5], names=lambda text: text in {"1012345", "012345"})

    assert (stream.typed, stream.scans, stream.doubts) == ("", [], ["1012345"])


@pytest.mark.parametrize("code", [f"91{LOT}", f"]C110{LOT}", f"x{LOT}x"])
def test_a_code_that_holds_a_lot_is_not_parted_where_all_of_it_means_something(code):
    stream = scanned(code, [5] * len(code), names=lambda text: text == code)
    assert (stream.typed, stream.scans) == ("", [code])


def test_a_key_before_a_slow_scanner_does_not_spoil_a_long_code():
    stream = Stream()
    stream.press(0, "a")
    stream.write("0100347335326833211000123456781728033110AB1234\r", 80, at=20)

    assert (stream.typed, stream.scans) == ("a", ["0100347335326833211000123456781728033110AB1234"])


def test_the_key_that_comes_in_the_separators_place_is_the_separator_inside_a_scan_alone():
    stream = Stream(ScannerSettings(separator="+"))
    plus = Stroke(0, "", control="+")
    assert not stream.burst.keeps(plus)
    at = stream.write("91AZ", 5)
    assert stream.burst.keeps(plus)
    stream.burst.press(Stroke(at, "", control="+"))
    stream.write("92YQ\r", 5, at=at + 5)

    assert [each.replace(GS, "|") for each in stream.scans] == ["91AZ|92YQ"]


KEYS = st.tuples(st.integers(0, 200), st.sampled_from(["a", "Z", "1", " ", GS, "\r", "\t", "\n", "", "]", "~"]))


@given(st.lists(KEYS, max_size=60), st.sampled_from(list(Suffix)), st.sampled_from(["", "~", "~1"]), st.booleans())
def test_no_key_is_lost_moved_or_in_two_places(keys, suffix, prefix, names):
    stream, at, pressed = Stream(ScannerSettings(suffix=suffix, prefix=prefix), lambda _text: names), 0, ""
    for gap, text in keys:
        at += gap
        stream.press(at, text)
        pressed += text
    stream.silence()

    assert not stream.burst.holds
    rest = iter(pressed)
    assert all(character in rest for character in stream.typed), "what was typed comes in its order"
    assert len(stream.typed) + sum(map(len, stream.scans)) <= len(pressed)
    if not stream.scans:
        assert stream.typed == pressed


@given(st.lists(st.tuples(st.integers(81, 400), st.sampled_from("abc XYZ09\r\t")), max_size=80))
def test_a_person_whose_keys_come_apart_is_never_taken(keys):
    stream, at = Stream(names=anything), 0
    for gap, text in keys:
        at += gap
        stream.press(at, text)
    stream.silence()

    assert (stream.typed, stream.scans) == ("".join(text for _, text in keys), [])


@given(st.lists(st.integers(8, 25), min_size=1, max_size=40), st.text(st.sampled_from("thequickbrown "), min_size=2))
def test_typing_of_120_words_a_minute_with_overlapping_keys_stays_typing(overlaps, text):
    stream, at = Stream(names=anything), 0
    for number, character in enumerate(text):
        overlap = overlaps[number % len(overlaps)]
        at += overlap if number % 2 else 200 - overlap
        stream.press(at, character)
    stream.press(at + 100, "\r")
    stream.silence()

    assert (stream.typed, stream.scans) == (f"{text}\r", [])


@pytest.mark.parametrize(
    ("gaps", "why"),
    [
        ([81, *[5] * 12], "the first two came 81 ms apart"),
        ([5] * 6 + [121] + [5] * 6, "a gap of 121 ms"),
        ([80, *[90] * 12], "over 70 ms a character"),
        ([5] * 12 + [121], "the suffix came late"),
    ],
)
def test_what_is_slower_than_a_scanner_is_typing_to_the_last_key(gaps, why):
    stream = scanned(LOT, gaps)
    stream.silence()
    if why == "the first two came 81 ms apart":
        assert (stream.typed, stream.scans) == ("L", [LOT[1:]])
    else:
        assert stream.scans in ([], [LOT[7:]], [LOT[6:]]), why
        assert LOT not in stream.scans
        assert stream.typed


def test_a_code_that_lasts_over_three_seconds_is_no_scan():
    uneven = [20, 80] * 32
    stream = scanned("A" * 61, uneven[:61])
    assert stream.scans == ["A" * 61]
    stream = scanned("A" * 63, uneven, suffix="")
    assert stream.typed == "A" * 61, "62 of them last 3020 ms"


@pytest.mark.parametrize(
    ("code", "known", "taken"), [("A-12", True, True), ("A-12", False, False), ("A1", True, False)]
)
def test_a_short_code_is_a_scan_only_where_it_names_something(code, known, taken):
    stream = Stream(names=lambda _text: known)
    stream.write(f"{code}\r", 5)

    assert (stream.scans, stream.typed) == (([code], "") if taken else ([], f"{code}\r"))


def test_six_characters_are_a_scan_whatever_they_name():
    stream = Stream()
    stream.write("A-1234\r", 5)
    assert stream.scans == ["A-1234"]


def test_two_scans_80_ms_apart_are_two():
    stream = Stream()
    end = stream.write(f"{LOT}\r", 5)
    stream.write("LDN260117002K\r", 5, at=end + 75)

    assert (stream.scans, stream.typed) == ([LOT, "LDN260117002K"], "")


def test_the_line_feed_after_a_carriage_return_presses_nothing():
    stream = Stream(ScannerSettings(suffix=Suffix.CR_LF))
    stream.write(f"{LOT}\r\n", 5)
    assert (stream.scans, stream.typed) == ([LOT], "")

    stream.press(10_000, "\r")
    assert stream.typed == "\r"


def test_tab_ends_a_scan_where_it_is_the_suffix_and_else_is_a_key():
    stream = Stream(ScannerSettings(suffix=Suffix.TAB))
    stream.write(f"{LOT}\t", 5)
    assert (stream.scans, stream.typed) == ([LOT], "")

    stream = Stream()
    stream.write(f"{LOT}\t", 5)
    assert (stream.scans, stream.typed) == ([], f"{LOT}\t")


def test_without_a_suffix_silence_ends_a_scan():
    stream = Stream(ScannerSettings(suffix=Suffix.NONE))
    stream.write(LOT, 5)
    assert (stream.burst.wait, stream.scans) == (150, [])
    stream.silence()
    assert (stream.scans, stream.typed) == ([LOT], "")


def test_without_a_suffix_a_busy_window_that_sees_the_silence_late_still_sees_it():
    stream = Stream(ScannerSettings(suffix=Suffix.NONE))
    end = stream.write(LOT, 5)
    stream.write(LOT, 5, at=end + 150)
    stream.silence()
    assert stream.scans == [LOT, LOT]


def test_a_prefix_is_taken_off_and_nothing_else_is_held():
    stream = Stream(ScannerSettings(prefix="~1"))
    stream.press(0, "a")
    assert (stream.typed, stream.burst.holds) == ("a", False)
    stream.write(f"~1{LOT}\r", 5, at=1_000)
    assert stream.scans == [LOT]
    stream.write(f"~2{LOT}\r", 5, at=9_000)
    assert (stream.scans, stream.typed) == ([LOT], f"a~2{LOT}\r")


@pytest.mark.parametrize("twice", [False, True], ids=["digits alone", "and the character itself"])
def test_the_separator_comes_as_alt_and_029(twice):
    stream = Stream()
    at = stream.write("0100347335326833", 5)
    for digit in "029":
        stream.press(at, digit, code=True)
    stream.burst.code_over()
    if twice:
        stream.press(at, GS)
    stream.write("10AB\r", 5, at=at + 5)

    assert stream.scans == [f"0100347335326833{GS}10AB"]


def test_a_single_key_waits_no_longer_than_the_first_gap():
    stream = Stream()
    stream.press(0, "a")
    assert stream.burst.wait == 80
    stream.silence()
    assert stream.typed == "a"


def test_a_blank_on_a_button_is_not_held():
    stream = Stream()
    stream.press(0, " ")
    assert stream.typed == " "
