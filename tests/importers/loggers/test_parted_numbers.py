"""Decimal commas between cells that commas part: refused with the row, however many blank columns take them in."""

import pytest

from ldninv.domain.refusal import Refused
from ldninv.importers import loggers

EVENTS = "Date Time,Temp (°C),RH (%),Batt (V),Host Connected,Stopped,End Of File"


def rows(cells, count=48, *, first=0):
    return [f"2026-03-{1 + at // 24:02} {at % 24:02}:00,{cells(at)}" for at in range(first, first + count)]


def read(heading, *lines):
    return loggers.read("log.csv", "\n".join([heading, *lines, ""]).encode())


def pointed(at):
    return f"2{at % 4}.{at % 10}{at % 7},4{at % 8}.{at % 9},3.5,,,"


def parted(at):
    return pointed(at).replace(".", ",").removesuffix(",,,")


@pytest.mark.parametrize("heading", [EVENTS, "Date Time,Temp (°C),RH (%),Batt (V),,"])
def test_a_file_whose_blank_columns_take_its_decimals_in_is_refused(heading):
    with pytest.raises(Refused, match=r"line 2: .* looks like their decimals"):
        read(heading, *rows(lambda at: f"2{at % 4},{at % 10},4{at % 5},3"))


def test_a_file_with_two_decimals_that_event_columns_take_in_is_refused():
    with pytest.raises(Refused, match=r"line 2: .* looks like their decimals"):
        read("Date Time,Temp (°F),RH (%),DewPt (°F),Connected,,", *rows(lambda at: f"54,23,87,1{at % 9}"))


def test_tenths_below_a_humidity_are_refused_even_where_no_column_is_left_over():
    with pytest.raises(Refused, match="looks like their decimals"):
        read("Date Time,Temp (°C),RH (%),Batt (V)", *rows(lambda at: f"2{at % 4},{at % 10},45"))


@pytest.mark.parametrize("from_", [30, 600])
def test_some_rows_with_a_decimal_comma_are_refused_with_the_first_of_them(from_):
    lines = [*rows(pointed, from_), *rows(parted, 10, first=from_), *rows(pointed, 20, first=from_ + 10)]

    with pytest.raises(Refused, match=f"line {from_ + 2}: there is a number more than in other rows"):
        read(EVENTS, *lines)


def test_one_number_of_a_row_with_a_decimal_comma_is_refused():
    with pytest.raises(Refused, match="line 50: there is a number more"):
        read(EVENTS, *rows(pointed), "2026-03-03 00:00,21,4,45.2,3.5,,")


def test_whole_temperatures_and_humidities_beside_other_numbers_are_read():
    plain = read(EVENTS, *rows(lambda at: f"2{at % 4},4{at % 8},3,,,"), "2026-03-03 00:00,22,45,3,Logged,,")
    beside = read("Date Time,Temp (°C),RH (%),Sensor", *rows(lambda at: f"2{at % 4},4{at % 8},7"))

    assert (plain.readings, plain.temperature[3], plain.problems) == (49, 23.0, ())
    assert (beside.readings, beside.humidity[3], beside.problems) == (48, 43.0, ())


@pytest.mark.parametrize("cells", ["2{}.5,45,3", "2{},45,3"])
def test_a_button_that_is_printed_as_a_number_parts_nothing(cells):
    lines = rows(lambda at: cells.format(at % 4) + (",1,," if at == 20 else ",,,"))

    assert (read(EVENTS, *lines).readings, read(EVENTS, *lines).problems) == (48, ())


@pytest.mark.parametrize("cut", ["20,", "20", "2"])
def test_a_buttons_last_value_that_is_cut_at_its_comma_is_set_aside(cut):
    head = ["1-Wire/iButton Part Number: DS1922L", "", "Date/Time,Unit,Value"]
    rows = [f"2026-04-03 {at:02}:00,C,20,{1 + at % 9}" for at in range(20)]

    file = loggers.read("log.csv", "\n".join([*head, *rows, f"2026-04-03 20:00,C,{cut}"]).encode())

    assert (file.readings, [each.line for each in file.problems]) == (20, [24])
