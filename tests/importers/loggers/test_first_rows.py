"""Rows between the headings and the first time that can be read are rows, whatever stands where their time should."""

import io
from datetime import datetime, timedelta

import pytest
from openpyxl import Workbook

from ldninv.domain.refusal import Refused
from ldninv.importers import loggers

HEADING = "Time,Temperature (°C)"


def read(*lines):
    return loggers.read("log.csv", "\n".join([*lines, ""]).encode())


def rows(first, count=40, *, spoilt=1):
    """As many rows as asked for, of which the first have `first` for their time, and 45.0 °C."""
    return [
        f"{first},45.0" if at < spoilt else f"2026-04-{3 + at // 24:02} {at % 24:02}:00,21.5" for at in range(count)
    ]


@pytest.mark.parametrize(
    "time",
    ["x", "2026-04-03 00:00:60", "2026-04-03", "2026-04-03 00:00 EST", "Fri Apr 03 00:00:00 2026", "20260403 000000"],
)
def test_a_first_row_whose_time_cannot_be_read_is_set_aside_and_named(time):
    file = read(HEADING, *rows(time))

    assert (file.readings, [(each.line, each.text) for each in file.problems]) == (39, [(2, f"“{time}” is no time")])


def test_a_first_row_without_a_time_is_set_aside_and_named():
    assert [(each.line, each.text) for each in read(HEADING, *rows("")).problems] == [(2, "has no time")]


@pytest.mark.parametrize("time", ["", "x", "2026-04-03"])
@pytest.mark.parametrize("spoilt", [3, 6, 7, 8, 30])
def test_too_many_first_rows_without_a_time_refuse_the_file(time, spoilt):
    with pytest.raises(Refused, match=f"{spoilt} rows cannot be read, the first on line 2"):
        read(HEADING, *rows(time, spoilt=spoilt))


def test_lines_between_the_headings_and_the_readings_that_hold_no_number_are_no_rows():
    between = ["Series: Shelf B,", "", "Page 1 of 2"]

    assert read(HEADING, *between, *rows("", spoilt=0)).problems == ()


def test_units_and_channels_above_the_readings_are_headings_and_no_rows():
    file = read(
        "S/N,,227659", ",Time,1", "Property,,Temperature", "Unit,,°C", *(f"1,{row}" for row in rows("", spoilt=0))
    )

    assert (file.readings, file.unit, file.problems) == (40, "c", ())


def test_a_day_without_its_time_in_the_first_row_of_a_workbook_is_set_aside_and_named():
    book = Workbook()
    book.active.append(["Time", "Temperature (°C)"])
    for at in range(24):
        book.active.append([datetime.fromisoformat("2026-04-03") + timedelta(hours=at), 45.0 if at == 0 else 21.5])
        book.active.cell(at + 2, 1).number_format = "yyyy-mm-dd"
    out = io.BytesIO()
    book.save(out)

    file = loggers.read("log.xlsx", out.getvalue())

    assert (file.readings, [(each.line, each.text) for each in file.problems]) == (23, [(2, "“2026-04-03” is no time")])
