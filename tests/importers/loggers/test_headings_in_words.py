"""What headings say in every language: which column is the temperature, which light, and which is neither."""

import io
from datetime import date, datetime, timedelta

import openpyxl
import pytest

from ldninv.domain.refusal import Refused
from ldninv.domain.storage.logger_file import Asked, DailyRecord, Question, RecordedDay
from ldninv.importers import loggers
from ldninv.importers.loggers.headings import Role, role


def moments(count=48):
    return [f"2026-03-{5 + at // 24:02} {at % 24:02}:00" for at in range(count)]


def read(heading, cells, count=48):
    lines = [f"{moment},{cells(at)}" for at, moment in enumerate(moments(count))]
    return loggers.read("log.csv", "\n".join([heading, *lines, ""]).encode())


@pytest.mark.parametrize(
    "heading",
    ["Td (°C)", "DPT(℃)", "DP °C", "Σημείο Δρόσου (°C)", "Точка роси, °C", "Rosišče (°C)", "Kastepunkt °C",
     "이슬점 (°C)", "Rasos taškas °C", "Punct de rouă °C", "PtoRocío, °C", "Điểm sương °C", "Frost point °C"],
)  # fmt: skip
def test_a_dew_point_is_no_temperature_in_any_language(heading):
    assert role(heading) is Role.OTHER
    assert read(f'Time,"{heading}",Temp (°C)', lambda _: "9.1,21.5").temperature[0] == 21.5


@pytest.mark.parametrize(
    ("heading", "meaning"),
    [("UR, %", Role.HUMIDITY), ("HR, %", Role.HUMIDITY), ("습도, %", Role.HUMIDITY), ("온도, °C", Role.TEMPERATURE),
     ("Low Temp (°C)", Role.OTHER), ("Intensidad, lux", Role.LUX), ("照度", Role.LUX), ("Light", None)],
)  # fmt: skip
def test_a_heading_says_what_its_column_holds(heading, meaning):
    assert role(heading) is meaning


def test_hoboware_in_japanese_writes_its_clock_out():
    heading = '"番号","日付 時間、GMT+09:00","温度 (°C) (LGR S/N: 10, SEN S/N: 10)","湿度 (%) (LGR S/N: 10)"'
    lines = [f"{at + 1},2026年03月14日 {at:02}時30分05秒,21.{at % 10},45" for at in range(24)]

    file = loggers.read("log.csv", "\n".join([heading, *lines, ""]).encode())

    assert (file.maker, file.readings, file.zone_hint) == ("HOBOware", 24, "GMT+09:00")
    assert file.local[1] - file.local[0] == 3600.0
    assert (file.humidity[0], file.printed[0]) == (45.0, "2026年03月14日 00時30分05秒")


@pytest.mark.parametrize(
    ("heading", "cell", "lux"),
    [
        ("Light (klx)", "0.3", 300.0),
        ("Light (klux)", "1.1", 1100.0),
        ("Intensity, lum/ft² (LGR S/N: 1)", "100", 1076.39),
        ("Light (fc)", "1", 10.7639),
        ("Illuminance", "44", 44.0),
        ("Light (lux)", "0.3 klx", 300.0),
    ],
)
def test_light_is_read_in_lux_whatever_it_is_measured_in(heading, cell, lux):
    assert read(f'Time,Temp (°C),"{heading}"', lambda _: f"21.5,{cell}").lux[0] == lux


def test_light_in_a_unit_that_is_not_known_is_named_and_not_read():
    file = read("Time,Temp (°C),Light (W/m²)", lambda _: "21.5,3")

    assert (file.lux, [(each.line, each.text) for each in file.problems]) == (
        None, [(1, "“Light (W/m²)” has no unit of light that is known here, and was not read")],
    )  # fmt: skip


@pytest.mark.parametrize("silent", ["NC", "", "---"])
def test_a_second_temperature_that_begins_below_the_first_rows_is_asked_for(silent):
    with pytest.raises(Asked) as asked:
        read("Time,Room (°C),Probe (°C)", lambda at: f"{silent if at < 500 else 45.0},21.5", 600)

    assert asked.value.question is Question.TEMPERATURE
    assert [each.value for each in asked.value.choices] == ["2", "3"]


def test_a_probe_that_was_never_plugged_in_is_not_asked_for():
    assert read("Time,Room (°C),Probe (°C)", lambda _: "21.5,NC", 600).temperature[599] == 21.5


@pytest.mark.parametrize("heading", ["SensorId", "Device", "Location", "Logger name", "S/N"])
def test_a_table_of_two_loggers_is_refused_with_both_names(heading):
    with pytest.raises(Refused, match="several loggers or places: .* “Room 0” on line 2 and “Room 1” on line 3"):  # noqa: RUF043
        read(f"Time,Temperature (°C),{heading}", lambda at: f"21.5,Room {at % 2}")


def test_a_table_that_names_its_one_logger_in_every_row_is_read():
    assert read("Time,Temperature (°C),Device,Id", lambda at: f"21.5,Room,{at}").readings == 48


def test_a_column_of_measured_numbers_names_no_loggers():
    assert read("Time,Temperature (°C),Serial", lambda at: f"21.5,{45 + at % 9}.{at % 3}").readings == 48


def days(heading, cells):
    lines = [f"{date(2026, 3, 1) + timedelta(days=at)},{cells}" for at in range(9)]
    return loggers.read("days.csv", "\n".join([heading, *lines, ""]).encode())


@pytest.mark.parametrize(
    ("heading", "cells"),
    [("Day,Low Temp (°C),High Temp (°C)", "20,24"), ("Day,Temperature (°C),Min (°C),Max (°C)", "22,20,24")],
)
def test_the_lowest_and_highest_of_days_are_a_daily_record_whatever_stands_beside(heading, cells):
    record = days(heading.replace("Day", "Day,Time"), f"08:00,{cells}")

    assert isinstance(record, DailyRecord)
    assert record.days[0] == RecordedDay(date(2026, 3, 1), 20.0, 24.0)


@pytest.mark.parametrize(("heading", "word"), [("Lowest Temperature (°C)", "lowest"), ("Max Temp (°C)", "highest")])
def test_the_lowest_of_days_alone_is_no_series(heading, word):
    with pytest.raises(Refused, match=f"holds the {word} temperatures of days alone"):
        days(f"Day,Time,{heading}", "08:00,21.5")


def workbook(*sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, celsius in sheets:
        sheet = book.create_sheet(title)
        sheet.append(["Date-Time (EDT)", "Temperature , °C"])
        for hour in range(24):
            sheet.append([datetime(2026, 3, 5, hour), celsius])  # noqa: DTZ001 - a workbook has no zones
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def test_a_workbook_is_read_from_the_sheet_that_is_called_data():
    file = loggers.read("book.xlsx", workbook(("Summary", 20.5), ("Data", 21.5)))

    assert (file.temperature[0], [each.text for each in file.problems]) == (
        21.5, ["the sheet “Summary” holds readings too, and was not read; save it as a file of its own"],
    )  # fmt: skip


def test_a_workbook_with_two_sheets_of_readings_is_refused_where_none_is_called_data():
    with pytest.raises(Refused, match="readings in 2 sheets: “Room”, “Freezer”"):
        loggers.read("book.xlsx", workbook(("Room", 21.5), ("Freezer", -18.5)))


def test_a_fridge_tag_with_decimal_commas_keeps_its_decimals():
    figures = " Min T: −0,5, 1\n Max T: +22,9, 2\n Avrg T: +3,1\n"
    text = f"Device: Fridge-tag 2\n Temp unit: C\n Date: 2026-03-01\n{figures}Sig: 0\n"

    assert loggers.read("tag.txt", text.replace("\n", "\r\n").encode()).days == (
        RecordedDay(date(2026, 3, 1), -0.5, 22.9, 3.1),
    )


def test_a_fridge_tags_temperature_that_is_none_is_refused_with_its_line():
    text = "Device: Fridge-tag 2\n Date: 2026-03-01\n Min T: +2x.5\n Max T: +22.9\n"

    with pytest.raises(Refused, match="Line 3 holds"):
        loggers.read("tag.txt", text.encode())


@pytest.mark.parametrize(
    "heading", ["Target (°C)", "Set temperature (°C)", "Sollwert °C", "Temperature error (°C)", "CPU °C"]
)
def test_a_temperature_that_nobody_measured_in_the_place_is_never_taken_unasked(heading):
    for headings, cells in ((f"Time,Probe,{heading}", "45.0,22.0"), (f"Time,{heading}", "22.0")):
        with pytest.raises(Asked) as asked:
            read(headings, lambda _, cells=cells: cells)
        assert asked.value.question is Question.TEMPERATURE


def test_outdoors_is_asked_for_where_another_column_measures_something_and_taken_where_it_stands_alone():
    with pytest.raises(Asked, match=r"“Inside”.*“Outdoor temperature \(°C\)”"):
        read("Time,Inside,Outdoor temperature (°C)", lambda _: "45.0,22.0")

    assert read("Time,Outdoor temperature (°C)", lambda _: "22.0").temperature[0] == 22.0
    assert read("Time,Outdoor temperature (°C),No.", lambda at: f"22.{at % 3},{at}").readings == 48


@pytest.mark.parametrize("above", ["Time,Temperature (°F)\nTime,Temperature (°C)", "Time,Temperature (°C)\n,°F"])
def test_headings_on_one_another_that_say_different_units_are_refused(above):
    with pytest.raises(Refused, match="contradicts itself: the heading"):
        read(above, lambda _: "21.5")


@pytest.mark.parametrize("heading", ["ID", "Serial"])
def test_numbers_that_come_again_below_the_name_of_a_logger_are_refused_for_they_may_be_loggers(heading):
    lines = [f"2026-03-05 {at:02}:00,{at % 3 + 1},21.{at % 10}" for at in range(24)]

    with pytest.raises(Refused, match="several loggers or places: .* “1” on line 2 and “2” on line 3"):  # noqa: RUF043
        loggers.read("log.csv", "\n".join([f"Time,{heading},Temp (°C)", *lines, ""]).encode())
