"""Cells that are printed otherwise than the rest where they step, or that stand where none should: asked, or told."""

import io
from datetime import datetime, timedelta

import pytest
from openpyxl import Workbook

from ldninv.domain.refusal import Refused
from ldninv.domain.storage.logger_file import Answers, Asked, Question
from ldninv.importers import loggers

ONE = [f"2{1 + at % 3}.{at % 10}" for at in range(48)]
"""Temperatures with one decimal, some of them with a zero there."""


def read(cells, heading="Time,Temperature (°C)", **said):
    rows = [f"2026-04-{3 + at // 24:02} {at % 24:02}:00,{cell}" for at, cell in enumerate(cells)]
    return loggers.read("log.csv", "\n".join([heading, *rows, ""]).encode(), Answers(**said))


def asked(cells, heading="Time,Temperature (°C)"):
    with pytest.raises(Asked) as found:
        read(cells, heading)
    assert found.value.question is Question.CHANGED_PLACES
    return str(found.value)


@pytest.mark.parametrize("at", [0, 20, 47])
@pytest.mark.parametrize("cell", ["215", "2", "2.13", "71.42"])
def test_a_number_that_lost_its_mark_or_some_digits_is_asked_about(cell, at):
    assert "printed with another number of decimals" in asked([*ONE[:at], cell, *ONE[at + 1 :]])


def test_half_a_file_that_lost_its_decimal_marks_is_asked_about_once():
    cells = [*ONE[:24], *(cell.replace(".", "") for cell in ONE[24:])]

    assert "line 26: the temperature goes from 23.3 to 214 and is printed" in asked(cells)
    assert len(read(cells, as_printed=True).as_printed) == 1


def test_a_file_of_which_most_rows_hold_what_is_printed_with_fewer_decimals_is_asked_about():
    cells = [f"{at}.5" for at in range(38, 78)]

    assert "goes from 22.162 to 38.5 and is printed" in asked([*["22.162", "21.971"] * 2, "22.162", *cells])


def test_numbers_without_needless_zeros_are_read_however_far_they_step():
    cells = [cell.removesuffix(".0") for cell in ONE]
    cells[20] = "33"

    assert read(cells).as_printed == ()


def test_what_is_printed_otherwise_and_lies_near_is_read():
    assert read([*ONE[:20], "22", *ONE[21:]]).temperature[20] == 22


def test_a_number_whose_other_half_a_buttons_decimal_comma_lost_is_asked_about():
    head = ["1-Wire/iButton Part Number: DS1922L", "", "Date/Time,Unit,Value"]
    rows = [f"2026-04-{3 + at // 24:02} {at % 24:02}:00,C,{cell.replace('.', ',')}" for at, cell in enumerate(ONE)]
    rows[20] = rows[20].rpartition(",")[0].rpartition(",")[0] + ",9"

    with pytest.raises(Asked, match=r"line 24, and 1 more line like it: the temperature goes from 22\.9 to 9 and is"):
        loggers.read("log.csv", "\n".join([*head, *rows, ""]).encode())


@pytest.mark.parametrize(("count", "cell"), [(1, "71.6"), (28, "71.6")])
def test_rows_in_another_unit_are_asked_about(count, cell):
    cells = [*ONE[:20], *[cell] * count, *ONE[20 + count :]]

    assert "goes from 22.9 to 71.6, and 71.6 °F is about 22.9 °C" in asked(cells)


def test_a_place_that_steps_far_by_itself_is_not_asked_about_units():
    cells = [*ONE[:20], "71.6", *ONE[21:30], "50.1", *ONE[31:]]

    assert read(cells).as_printed == ()


NOTED = "Time,Temperature (°C),Humidity (%),Note"


def test_a_row_with_a_measured_number_under_its_note_is_set_aside():
    cells = [f"{cell},40.5," for cell in ONE]
    cells[20] = f"19.5,{ONE[20]},40.5"

    file = read(cells, NOTED)

    assert (file.readings, [each.line for each in file.problems]) == (47, [22])
    assert "“40.5” stands under “Note”; a cell may be one too many" in file.problems[0].text


def test_a_cell_put_in_before_the_temperature_in_all_rows_of_a_file_with_notes_is_refused():
    with pytest.raises(Refused, match=r"48 rows cannot be read, the first on line 2: “21\.0” stands under “Note”"):
        read([f",40.5,{cell}" for cell in ONE], "Time,Humidity (%),Temperature (°C),Note")


def test_rows_that_a_workbook_moved_right_are_set_aside_and_a_marks_number_is_none():
    book = Workbook()
    book.active.append(["Time", "Temperature (°C)", "Humidity (%)", "Note"])
    for at, cell in enumerate(ONE):
        said = [19.0, float(cell), 40.5] if at == 20 else [float(cell), 40.5, 1 if at == 30 else ""]
        book.active.append([f"2026-04-{3 + at // 24:02} {at % 24:02}:00", *said])
    out = io.BytesIO()
    book.save(out)

    file = loggers.read("log.xlsx", out.getvalue())

    assert (file.readings, [each.line for each in file.problems]) == (47, [22])


@pytest.mark.parametrize(
    ("heading", "cell", "said"),
    [
        ("Time,Humidity (%),Temperature (°C)", ",45.5", "“Humidity .%.” is blank"),
        ("Time,Temperature (°F),Humidity (%)", "45.5,", "“Humidity .%.” is blank"),
        ("Time,Temperature (°C),Humidity (%)", "32.5,", "“Humidity .%.” is blank"),
        ("Time,UV,Temperature (°C),Humidity (%)", "1,0.000,21.5", "0 throughout, as where nothing was measured"),
        ("Time,Temperature (°C),Humidity (%)", "45.0,5.5", "throughout"),
        ("Time,Temperature (°C),Humidity (%)", "45.0,-18.5", "throughout"),
    ],
)
def test_whole_columns_of_which_what_is_left_tells_that_they_moved_are_asked_about(heading, cell, said):
    with pytest.raises(Asked, match=said):
        read([cell] * 24, heading)


def test_numbers_that_count_the_first_rows_or_a_long_stretch_of_rows_are_asked_about():
    assert "goes by one from row to row, 1, 2, 3" in asked([f"{at + 1},21.5" for at in range(5)], "Time,Temp (°C),#")
    assert "goes by one" in asked([*ONE[:20], *(f"{at}" for at in range(23, 51))])


def slid(times, cells):
    book = Workbook()
    book.active.append(["Time", "Temperature (°C)"])
    for time, cell in zip(times, cells, strict=True):
        book.active.append([time, cell])
    out = io.BytesIO()
    book.save(out)
    return loggers.read("log.xlsx", out.getvalue())


TIMES = [f"2026-04-{3 + at // 24:02} {at % 24:02}:00" for at in range(48)]


@pytest.mark.parametrize(
    ("times", "cells", "missing"),
    [
        ([*TIMES, None], [*ONE[:20], None, *ONE[20:]], "one is missing above it"),
        ([*TIMES[:20], *TIMES[21:], None], ONE, "the times above it have a hole"),
    ],
    ids=["temperatures moved down", "times moved up"],
)
def test_a_column_of_a_workbook_that_slid_and_left_a_temperature_without_a_time_is_asked_about(times, cells, missing):
    with pytest.raises(Asked, match=missing):
        slid(times, [None if cell is None else float(cell) for cell in cells])


def test_a_mean_below_the_last_reading_of_a_whole_record_is_set_aside():
    file = slid([*TIMES, None], [*map(float, ONE), 22.3])

    assert (file.readings, [each.text for each in file.problems]) == (48, ["has no time"])


@pytest.mark.parametrize("at", [1, 8191, 8192, 8193, 16_384, 20_000])
def test_a_cell_without_its_mark_is_found_wherever_it_stands_in_a_long_file(at):
    begin = datetime(2026, 3, 2)  # noqa: DTZ001 - the logger's own clock
    rows = [f"{begin + timedelta(minutes=number)},{21.3 if number % 2 else 21.4}" for number in range(20_001)]
    rows[at] = f"{begin + timedelta(minutes=at)},213"

    with pytest.raises(Asked, match=f"line {at + 2}"):
        loggers.read("log.csv", "\n".join(["Time,Temp (°C)", *rows, ""]).encode())
