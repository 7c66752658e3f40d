"""The days of a Fridge-tag whose blocks were changed, lost or moved are refused, or the missing ones are said."""

import re
from datetime import date, timedelta

import pytest

from ldninv.domain.refusal import Refused
from ldninv.importers import loggers

NEWEST = date(2026, 4, 29)
BLOCK = " {number}:\n  Date: {day}\n  Min T: +21.8, TS Min T: 09:49\n  Max T: +23.5, TS Max T: 15:49\n  Avrg T: +22.4\n"
HEAD = (
    "Device: Q-tag Fridge-tag 2\nConf:\n Temp unit: C\n Report history length: 60\nHist:\n TS Actv: 2026-01-20 11:51\n"
)
ENDS = (
    "the device keeps 60 days and was started on 2026-01-20, but the days end with {day}; those before it are missing"
)


def tag(numbers=range(1, 61), old="", new="", head=HEAD):
    blocks = [BLOCK.format(number=each, day=NEWEST - timedelta(days=each - 1)) for each in numbers]
    text = head + "".join(blocks)
    assert old in text
    return text.replace(old, new, 1) + "Sig: 00ff\n"


def read(text):
    return loggers.read("tag.txt", text.encode())


def told(text):
    return [each.text for each in read(text).problems]


def test_sixty_blocks_in_a_row_are_sixty_days_and_nothing_is_said():
    found = read(tag())

    assert (len(found.days), found.problems) == (60, ())


def test_blocks_that_were_cut_out_are_said():
    found = read(tag([*range(1, 20), *range(30, 61)]))

    assert len(found.days) == 50
    assert [(each.line, each.text) for each in found.problems] == [
        (103, "block 30 follows on block 19; the days between are missing")
    ]


def test_blocks_that_were_cut_off_before_or_after_are_said():
    assert told(tag(range(4, 61))) == ["the first block is number 4; the days before it are missing"]
    assert told(tag(range(1, 31))) == [ENDS.format(day="2026-03-31")]


def test_a_device_that_was_started_with_its_last_day_has_no_more_to_show():
    assert told(tag(range(1, 31), head=HEAD.replace("2026-01-20", "2026-03-31"))) == []


@pytest.mark.parametrize("day", [NEWEST, NEWEST - timedelta(days=30)])
def test_figures_whose_date_is_lost_are_refused_wherever_they_stand(day):
    with pytest.raises(Refused, match="stands under no date"):
        read(tag(old=f"  Date: {day}\n"))


def test_a_block_of_which_nothing_is_left_is_said():
    block = BLOCK.format(number=3, day="2026-04-27")

    assert told(tag(old=block, new=" 3:\n")) == ["the block 3 has no date; its day is missing"]


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("Date: 2026-04-27", "Date: 2026-01-27", "block 3 says 2026-01-27, which its number does not fit"),
        (" 3:\n", "", "the block 2 has a second date"),
        (" 3:\n", " 8:\n", "block 8 says 2026-04-27, which its number does not fit"),
        ("Max T: +23.5", "Max T: +235", "the figure has other decimals than the others"),
        ("Max T: +23.5", "Max T: +23.55", "the figure has other decimals than the others"),
        ("Avrg T: +22.4", "Avrg T: +42.4", "mean of 2026-04-29 is not between its lowest and its highest"),
        ("Avrg T: +22.4", "Avrg T: +2.4", "mean of 2026-04-29 is not between its lowest and its highest"),
    ],
)
def test_a_block_that_contradicts_itself_or_the_others_is_refused(old, new, why):
    with pytest.raises(Refused, match=re.escape(why)):
        read(tag(old=old, new=new))


def test_days_without_numbers_are_read_and_the_ones_between_them_said():
    numbered = tag([1, 2, 5, *range(6, 61)])

    assert told(re.sub(r"(?m)^ [0-9]+:\n", "", numbered)) == [
        "2026-04-25 follows on 2026-04-28; the days between are missing",
        ENDS.format(day="2026-03-01"),
    ]
