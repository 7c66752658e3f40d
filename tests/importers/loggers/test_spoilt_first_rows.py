"""Rows right below the headings that were damaged are rows set aside, and no part of the headings."""

from datetime import datetime, timedelta

import pytest

from ldninv.domain.refusal import Refused
from ldninv.importers import loggers

BEGIN, STEP = datetime.fromisoformat("2026-04-13"), timedelta(minutes=30)

HOBO = (
    '"Plot Title: Shelf B"',
    '"#","Date Time, GMT-05:00","Temp, °C (LGR S/N: 21000417, SEN S/N: 21000417)","Batt, V"',
)
TINYTAG = (",Time,1,2", "S/N,,881200,881200", "Property,,Temperature,Humidity")
LOGTAG = ("LogTag Analyzer,,", "Serial number,9900012345,", "Index,Date,Time,Temperature (°C)")
IBUTTON = ("1-Wire/iButton Part Number: DS1922L", "Sample Rate:  Every 900 second(s)", "Date/Time,Unit,Value")
TWO = ("Time,Temperature (°C)",)

ROWS = {
    HOBO: "{n},{at:%m/%d/%y %H:%M:%S},{value}00,3.41",
    TINYTAG: "{n},{at:%Y-%m-%d %H:%M:%S},{value} °C,45.{n} %RH",
    LOGTAG: "{n},{at:%d/%m/%Y,%H:%M:%S},{value}",
    IBUTTON: "{at:%d-%m-%y %H:%M:%S},C,{value}",
    TWO: "{at:%Y-%m-%d %H:%M:%S},{value}",
}


def parted_by(mark):
    return lambda row: row.replace(",", mark)


def without(column):
    return lambda row: ",".join(cell for at, cell in enumerate(row.split(",")) if at != column)


def with_one_more(row):
    return f"x,{row}"


def the_other_way_round(row):
    return ",".join(reversed(row.split(",")))


def quoted(row):
    return f'"{row}"'


def read(head, damage, spoilt, count=200):
    rows = [
        ROWS[head].format(n=at + 1, at=BEGIN + at * STEP, value=31.5 if at < spoilt else 21.5 + at % 3 / 10)
        for at in range(count)
    ]
    lines = [*head, *map(damage, rows[:spoilt]), *rows[spoilt:], ""]
    return loggers.read("log.csv", "\n".join(lines).encode())


DAMAGES = {
    **{repr(mark): parted_by(mark) for mark in "|;\t "},
    "quoted": quoted,
    "first lost": without(0),
    "second lost": without(1),
    "one more": with_one_more,
    "exchanged": the_other_way_round,
}
HEADS = {"hobo": HOBO, "tinytag": TINYTAG, "logtag": LOGTAG, "ibutton": IBUTTON, "two": TWO}


STOPPED = {*((head, "one more") for head in HEADS), ("ibutton", "first lost"), ("ibutton", "second lost")}
"""Where a few such rows already stop the file, for it cannot be told what stands under which heading."""
BLANK = ("two", "second lost")
"""Where a row is left as it is written without a reading."""
TOLD = [(head, damage) for head in HEADS for damage in DAMAGES if (head, damage) != BLANK]


@pytest.mark.parametrize(("head", "damage"), [each for each in TOLD if each not in STOPPED])
def test_a_few_damaged_first_rows_are_set_aside_and_named(head, damage):
    file = read(HEADS[head], DAMAGES[damage], 3)

    first = len(HEADS[head]) + 1
    assert file.readings == 197
    assert [each.line for each in file.problems] == [first, first + 1, first + 2]


@pytest.mark.parametrize(("head", "damage"), sorted(STOPPED))
def test_a_few_rows_whose_cells_cannot_be_told_apart_stop_the_file(head, damage):
    with pytest.raises(Refused):
        read(HEADS[head], DAMAGES[damage], 3)


def test_first_rows_that_end_before_their_reading_are_missing_ones():
    file = read(TWO, DAMAGES["second lost"], 5)

    assert (file.readings, file.missing) == (195, 5)


@pytest.mark.parametrize(("head", "damage"), TOLD)
@pytest.mark.parametrize(("spoilt", "count"), [(12, 40), (60, 200), (300, 600), (450, 1000)])
def test_many_damaged_first_rows_refuse_the_file(head, damage, spoilt, count):
    with pytest.raises(Refused):
        read(HEADS[head], DAMAGES[damage], spoilt, count)


@pytest.mark.parametrize("head", HEADS)
def test_whole_first_rows_are_read(head):
    file = read(HEADS[head], str, 3, 1000)

    assert (file.readings, file.problems) == (1000, ())


@pytest.mark.parametrize(
    "between",
    [",,,", "[#D],,,", ",,°C,", "Shelf B,,,", "Log Interval,00:05:00,,", "Exported on 2026-04-13,,", "Page 1 of 2"],
)
def test_units_and_notes_below_the_headings_are_no_rows(between):
    lines = ["No.,Time,Temperature,Batt", between, *(f"{at},2026-04-13 {at:02}:00:00,21.5 °C,3" for at in range(24))]

    file = loggers.read("log.csv", "\n".join([*lines, ""]).encode())

    assert (file.readings, file.problems) == (24, ())
