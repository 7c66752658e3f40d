"""Headings and rows of which one has a cell more than the other: what stands under which is refused, never guessed."""

import pytest

from ldninv.domain.refusal import Refused
from ldninv.importers import loggers

NAMED = "Time,Temperature (°C),Humidity (%)"
NOTED = f"{NAMED},Note"
SHORT = "is shorter than the others; what stands there may belong to another column"
LONG = "is longer than the others; what stands there may belong to another column"


def read(*lines):
    return loggers.read("log.csv", "\n".join([*lines, ""]).encode())


def rows(cells, count=48):
    return [f"2026-04-{3 + at // 24:02} {at % 24:02}:00,{cells}" for at in range(count)]


def counted(cells, count=48):
    return [f"{at + 1},{row}" for at, row in enumerate(rows(cells, count))]


def with_one(cells, other, *, at=20):
    return [*(lines := rows(other))[:at], f"2026-04-03 {at:02}:00,{cells}", *lines[at + 1 :]]


@pytest.mark.parametrize("before", ["#", "", "Logger", "x"])
@pytest.mark.parametrize("behind", ["", ",Note"])
@pytest.mark.parametrize("over", ["", ","])
def test_times_under_another_heading_than_theirs_are_refused(before, behind, over):
    with pytest.raises(
        Refused, match=r"out of step with its rows\. The times stand under .* under “Time” stands “45\.0”"
    ):
        read(f"{before},{NAMED}{behind}", *rows(f"45.0,22.0{over}"))


def test_times_under_a_number_that_counts_are_refused_where_no_heading_tells_of_times():
    with pytest.raises(Refused, match="The times stand under “#”"):
        read("#,When,Temperature (°C),Humidity (%)", *rows("45.0,22.0,"))


def test_dates_and_times_of_day_under_the_headings_beside_theirs_are_refused():
    lines = [row.replace(" ", ",", 1) for row in rows("45.0,22.0,")]

    with pytest.raises(Refused, match=r"The times stand under “#”, and under “Time” stands “45\.0”"):
        read("#,Date,Time,Temperature (°C),Humidity (%)", *lines)


def test_a_heading_too_many_between_the_times_and_the_temperature_is_refused():
    with pytest.raises(Refused, match=r"tells what “45.0” is that stands before the temperature, and under “Humidity"):
        read("Time,x,Temperature (°C),Humidity (%)", *rows("45.0,22.0,"))


def test_a_moment_in_seconds_beside_the_one_that_is_read_is_out_of_step_with_nothing():
    assert read("Timestamp,Local,Temperature (°C)", *(f"1775174400,{row}" for row in rows("21.5"))).problems == ()


def test_rows_that_lost_their_counter_from_the_second_on_are_refused():
    with pytest.raises(Refused, match="out of step"):
        read(f"#,{NAMED}", *counted("45.0,22.0", 1), *rows("45.0,22.0")[1:])


@pytest.mark.parametrize(
    ("heading", "cells"),
    [
        ("Foo,Temperature (°C),Humidity (%),Battery (V)", "22.0,3.6"),
        (NOTED, "22.0,"),
        (f"{NAMED},Battery (V)", "22.0,3.6"),
        (f"{NAMED},", "22.0,"),
        (NOTED, "19.5,45.0,22.0,"),
        (f"{NAMED},Serial Number", "22.0,0401"),
    ],
)
def test_rows_with_another_number_of_cells_than_their_headings_are_refused(heading, cells):
    with pytest.raises(Refused, match=r"its headings have 4 cells and its rows \d, from line 2 on"):
        read(heading, *rows(cells))


@pytest.mark.parametrize(
    ("heading", "cells"),
    [(NAMED, "21.5,40,"), (f"{NAMED},", "21.5,40"), (NOTED, "21.5,40"), (f"{NOTED},EOF", "21.5,40")],
)
def test_blank_cells_at_the_end_that_all_rows_have_or_none_are_no_cell_too_many(heading, cells):
    assert [(file.readings, file.temperature[0], file.problems) for file in [read(heading, *rows(cells))]] == [
        (48, 21.5, ())
    ]


@pytest.mark.parametrize("over", ["", ",x", ",,"])
def test_a_row_that_lost_its_temperature_is_set_aside_whatever_stands_at_its_end(over):
    heading = NAMED + ",Note" * over.count(",")
    lost = with_one(f"40{over}", f"21.5,40{over}")

    assert [(each.line, each.text) for each in read(heading, *lost).problems] == [(22, SHORT)]


def test_a_row_with_a_blank_cell_too_many_is_set_aside():
    file = read(NOTED, *with_one("19.5,21.5,40,,", "21.5,40,"))

    assert (file.readings, [(each.line, each.text) for each in file.problems]) == (47, [(22, LONG)])


def test_a_row_whose_cell_too_many_a_blank_column_takes_in_is_set_aside():
    assert [each.text for each in read(f"{NAMED},lxh", *with_one("19.5,21.5,40,", "21.5,40,")).problems] == [LONG]


def test_a_row_with_a_number_more_than_the_others_is_refused():
    with pytest.raises(Refused, match="line 22: there are more cells than headings or than in other rows"):
        read(NOTED, *with_one("19.5,21.5,40", "21.5,40"))


def test_a_word_behind_the_numbers_of_a_row_is_no_cell_too_many():
    assert read(NOTED, *with_one("21.5,40,door open", "21.5,40")).problems == ()


EVENTS = f"{NAMED},Host Connect,EOF"


@pytest.mark.parametrize("full", [3, 16, 40])
def test_rows_whose_blank_columns_of_events_a_spreadsheet_left_out_are_read(full):
    file = read(EVENTS, *rows("21.5,40,,")[:full], *rows("21.5,40")[full:])

    assert (file.readings, file.problems) == (48, ())


@pytest.mark.parametrize("lost", ["40", "40,,"])
def test_a_cell_lost_in_such_a_file_is_set_aside(lost):
    lines = [*rows("21.5,40,,")[:16], *rows("21.5,40")[16:]]
    lines[30] = lines[30].replace("21.5,40", lost)

    file = read(EVENTS, *lines)

    assert ({*file.temperature}, [each.line for each in file.problems]) == ({21.5}, [32])


def test_many_rows_that_lost_a_cell_refuse_the_file_with_the_first_of_them():
    with pytest.raises(Refused, match="24 rows cannot be read, the first on line 26: it is shorter"):
        read(NOTED, *rows("21.5,40,")[:24], *rows("40,")[24:])


SHELF = "Shelf C,Time,Celsius(°C),Humidity(%rh),Serial Number"


def test_a_logger_that_is_named_in_the_first_row_alone_is_read():
    file = read(SHELF, *counted("24.0,44.5,010099887", 1), *counted("24.0,44.5")[1:])

    assert (file.readings, file.problems) == (48, ())


def test_a_cell_lost_in_the_row_that_names_the_logger_is_refused():
    with pytest.raises(Refused, match="its headings have 5 cells and its rows 4"):
        read(SHELF, *counted("44.5,010099887", 1), *counted("24.0,44.5")[1:])


def test_a_number_too_many_where_the_first_row_names_the_logger_is_refused():
    lines = [*counted("24.0,44.5,010099887", 1), *counted("24.0,44.5")[1:]]
    lines[30] = lines[30].replace(",24.0", ",19.5,24.0")

    with pytest.raises(Refused, match="line 32: there are more cells"):
        read(SHELF, *lines)


@pytest.mark.parametrize("parted", [1, 2, 46])
def test_decimals_that_take_the_place_of_the_loggers_name_are_refused(parted):
    lines = [*counted("39.5,0401", 1), *counted("40,9")[1 : 1 + parted], *counted("39.5")[1 + parted :]]

    with pytest.raises(Refused, match=r"“Serial Number” stands “9” behind a whole number|line 3: there are more cells"):
        read("No,Time,Celsius(°C),Serial Number", *lines)


@pytest.mark.parametrize("units", ['"","°C","%","lx"', '"","","","°C","%","lx"'])
def test_a_line_of_units_with_a_cell_more_or_less_than_the_rows_is_refused(units):
    above = ['"Date/Time","Date/Time","No.1","No.2","No.3"', '"Date/Time","Date/Time","ch1","ch2","ch3"']

    with pytest.raises(Refused, match=r"headings are out of step|more cells than headings"):
        read(*above, units, *(row.replace(",", ",46255.3,", 1) for row in rows("45.0,22.0,0.00")))
