"""A Q-tag's file whose lines were changed, lost or moved is refused, or says which; it is never read short."""

from pathlib import Path

import pytest

from ldninv.domain.refusal import Refused
from ldninv.importers import loggers

TAG = Path(__file__).parents[2] / "data" / "loggers" / "qtag_readings.txt"
TEXT = TAG.read_bytes().decode()
ROW, NEXT = "\t2026-02-08 05:39\t4.6\t\r\n", "\t2026-02-08 05:49\t5.7\t\r\n"


def read(text):
    return loggers.read("tag.txt", text.encode())


def longer(rows=60, odd="", at=30):
    """Return a file of so many rows, one every ten minutes from 04:49 on, with lines put in before one of them."""
    lines = [
        f"\t2026-02-08 {4 + (49 + 10 * row) // 60:02d}:{(49 + 10 * row) % 60:02d}\t{4.3 + row % 5 / 10:.1f}\t\r\n"
        for row in range(rows)
    ]
    lines.insert(at, odd)
    first, last = TEXT.index("\t2026-02-08 04:49"), TEXT.index("Cert:")
    return TEXT[:first] + "".join(lines) + TEXT[last:]


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda row: "x" + row,
        lambda row: row[1:],
        lambda row: row.replace("\t", ";"),
        lambda row: " " + row[1:],
        lambda row: "\tyyyy-MM-dd hh:mm\tT\tOut of limits\r\n" + row,
        lambda row: "Data:\r\n" + row,
    ],
)
def test_lines_among_few_readings_that_are_none_refuse_the_file_with_the_first(spoilt):
    text = TEXT.replace(ROW, spoilt(ROW)).replace(NEXT, spoilt(NEXT))

    with pytest.raises(Refused, match="2 rows cannot be read, the first on line 21"):
        read(text)


def test_a_line_among_many_readings_that_is_none_is_told_and_the_rest_is_read():
    found = read(longer(odd="paper jam\r\n"))

    assert len(found.temperature) == 60
    assert [(each.line, each.text) for each in found.problems] == [
        (46, "“paper jam” stands among the readings and is none")
    ]


def test_rows_that_lost_their_tabulator_from_one_on_do_not_end_the_readings_unsaid():
    text = longer()
    middle = text.index("\t2026-02-08 09:")

    with pytest.raises(Refused, match="rows cannot be read"):
        read(text[:middle] + text[middle:].replace("\t2026", "2026"))


@pytest.mark.parametrize("place", ["Res:\r\n", "Cert:\r\n", "Sig Cert: 00ff\r\n"])
@pytest.mark.parametrize("row", [ROW, ROW[1:], ROW.replace("\t", ";")])
def test_a_reading_outside_its_section_is_refused_with_its_line(place, row):
    moved = TEXT.replace(ROW, "", 1).replace(place, place + row, 1)
    line = moved[: moved.index(row, moved.index(place))].count("\n") + 1

    with pytest.raises(Refused, match=f"line {line}: a reading stands outside the section of readings"):
        read(moved)


LOWEST = " Min T: 4.3, TS Min T: 2026-02-08 06:39\r\n"


def stating(low="4.3", low_at="04:59", high="5.9", high_at="05:19", text=TEXT):
    """Return a file that states these, each with its time."""
    stated = f" Min T: {low}, TS Min T: 2026-02-08 {low_at}\r\n Max T: {high}, TS Max T: 2026-02-08 {high_at}\r\n"
    assert LOWEST in text
    return text.replace(LOWEST, stated)


@pytest.mark.parametrize("high", ["5.4", "5.9", "6.4"])
def test_a_highest_that_differs_by_some_tenths_from_its_reading_is_no_doubt(high):
    assert len(read(stating(low_at="05:39", high=high)).temperature) == 12


def test_readings_beyond_what_the_device_states_are_refused_with_both_numbers():
    hot = stating(text=TEXT.replace(ROW, ROW.replace("4.6", "9.6")))

    with pytest.raises(Refused, match=r"highest is 5\.9 on line 11, but .* on line 22 is 9\.6, which is beyond"):
        read(hot)
    with pytest.raises(Refused, match=r"lowest is 4\.9 on line 10, but .* on line 17 is 4\.3, which is beyond"):
        read(stating(low="4.9", low_at="05:39"))


def test_a_stated_extreme_that_no_reading_around_its_time_comes_near_is_refused_with_both_numbers():
    flat = TEXT.replace("\t5.9\tx", "\t4.9\t").replace("\t5.3\t", "\t4.7\t")

    with pytest.raises(Refused, match=r"highest is 5\.9 on line 11, but .* 05:19 on line 20 is 4\.9, and none"):
        read(stating(low_at="05:39", text=flat))


def test_times_that_slid_beside_what_the_device_states_are_refused():
    slid = TEXT
    for hour in (6, 5, 4):
        slid = slid.replace(f"\t2026-02-08 0{hour}:", f"\t2026-02-08 0{hour + 1}:")

    with pytest.raises(Refused, match="and none at that time is nearer"):
        read(
            stating(low_at="05:39", high="6.4", high_at="05:59", text=slid.replace("5.9", "4.9").replace("5.7", "5.2"))
        )


@pytest.mark.parametrize("at", ["04:19", "04:49", "06:39", "07:19"])
def test_a_file_whose_rows_do_not_reach_around_the_time_of_an_extreme_is_not_judged_by_it(at):
    assert len(read(stating(low_at="05:39", high="9.9", high_at=at)).temperature) == 12


def test_a_hole_at_the_time_of_an_extreme_is_not_judged_by_it():
    rows = ["05:09\t4.8\t", "05:19\t5.9\tx", "05:29\t5.3\t"]
    cut = TEXT
    for row in rows:
        cut = cut.replace(f"\t2026-02-08 {row}\r\n", "")

    assert len(read(stating(low_at="05:49", low="4.6", high="9.9", text=cut)).temperature) == 9


def test_what_a_device_states_in_fahrenheit_is_compared_in_celsius():
    text = TEXT.replace(" Zone: +1.00\r\n", " Zone: +1.00\r\n Temp unit: F\r\n")

    assert len(read(stating(low_at="05:39", high="5.1", text=text)).temperature) == 12
    with pytest.raises(Refused, match="which is beyond"):
        read(stating(low_at="05:39", high="4.9", text=text))


def test_a_q_tag_that_lost_the_line_that_begins_its_readings_holds_none():
    with pytest.raises(Refused, match="holds neither readings nor days"):
        read(TEXT.replace("Data:\r\n", ""))
