"""Records of days, and files in which one table follows another: read as what they are, or refused in words."""

import io
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from ldninv.domain.batch_list import DateOrder
from ldninv.domain.refusal import Refused
from ldninv.domain.storage.logger_file import Answers, Asked, ClockChange, DailyRecord, LoggerFile, Question
from ldninv.domain.storage.placing import placed
from ldninv.importers import loggers

FIRST = date(2026, 1, 20)


def days(count, shape, heading="Date,Min (°C),Max (°C)"):
    rows = [f"{FIRST + timedelta(days=number):{shape}},{20 + number % 3},{24 + number % 2}" for number in range(count)]
    return "\n".join([heading, *rows, ""]).encode()


def readings(heading, count=48, *, first=FIRST, values=lambda at: f"{21 + at % 3}"):
    rows = [f"{first + timedelta(days=at // 24)} {at % 24:02}:00,{values(at)}" for at in range(count)]
    return "\n".join([heading, *rows, ""])


@pytest.mark.parametrize("shape", ["%d/%m/%Y", "%m/%d/%Y", "%m/%d/%y", "%Y-%m-%d", "%d.%m.%Y", "%d-%b-%Y"])
def test_days_in_any_order_of_dates_are_read_by_the_one_that_fits_all(shape):
    record = loggers.read("days.csv", days(40, shape))

    assert isinstance(record, DailyRecord)
    assert [each.day for each in record.days] == [FIRST + timedelta(days=number) for number in range(40)]


def test_where_two_orders_fit_the_days_a_person_says_which():
    content = b"Date,Min (\xb0C),Max (\xb0C)\n02/03/2026,20,24\n"

    with pytest.raises(Asked) as asked:
        loggers.read("days.csv", content)

    assert asked.value.question is Question.DATE_ORDER
    said = loggers.read("days.csv", content, Answers(date_order=DateOrder.DMY))
    assert [each.day for each in said.days] == [date(2026, 3, 2)]


def test_years_of_days_are_read_to_the_end():
    assert len(loggers.read("days.csv", days(900, "%d/%m/%Y")).days) == 900


def test_days_that_are_printed_with_a_time_are_days_still_and_no_series():
    record = loggers.read("days.csv", days(30, "%Y-%m-%d 00:00", "Date Time,Min Temperature (°C),Max Temperature (°C)"))

    assert isinstance(record, DailyRecord)
    assert (len(record.days), record.days[0].lowest, record.days[0].highest) == (30, 20, 24)


def test_lowest_and_highest_of_every_hour_are_no_days():
    content = readings("Time,Average (°C),Min (°C),Max (°C)", values=lambda at: f"{21 + at % 3},20,25").encode()

    with pytest.raises(Asked) as asked:
        loggers.read("hours.csv", content)

    assert asked.value.question is Question.TEMPERATURE


def test_two_rows_of_one_day_are_refused():
    content = days(3, "%Y-%m-%d") + b"2026-01-20,19,25\n"

    with pytest.raises(Refused, match="two rows of 2026-01-20, on lines 2 and 5"):
        loggers.read("days.csv", content)


@pytest.mark.parametrize("heading", ["Time,Temperature (°F)", "Time,RH (%)"])
def test_a_table_with_other_headings_below_the_first_is_refused_with_its_line(heading):
    later = readings(heading, first=FIRST + timedelta(days=9), values=lambda at: f"{70 + at % 3}")

    with pytest.raises(Refused, match="line 50: another table begins here"):
        loggers.read("two.csv", (readings("Time,Temperature (°C)") + later).encode())


def test_a_table_whose_columns_stand_otherwise_below_the_first_is_refused():
    whole = readings("Time,Temperature (°C),RH (%)", values=lambda at: f"{21 + at % 3},45")
    later = readings("Time,Number,Temperature (°C)", first=FIRST + timedelta(days=9), values=lambda at: f"{at},21")

    with pytest.raises(Refused, match="line 50: another table begins here, with “Time,Number"):
        loggers.read("two.csv", (whole + later).encode())


def test_temperatures_that_a_spreadsheet_computed_have_all_its_digits():
    read = loggers.read(
        "log.csv", readings("Time,Temperature (°C)", values=lambda at: f"{(70 + at % 3 - 32) / 1.8!r}").encode()
    )

    assert read.celsius[0] == (70 - 32) / 1.8


def test_a_workbook_with_two_sheets_of_readings_says_which_one_was_not_read():
    book = openpyxl.Workbook()
    book.active.title = "Data"
    for sheet in (book.active, book.create_sheet("Freezer"), book.create_sheet("Events")):
        sheet.append(["Time", "Event"] if sheet.title == "Events" else ["Time", "Temperature (°C)"])
        for hour in range(24):
            sheet.append(
                [
                    datetime(2026, 3, 5, hour, tzinfo=UTC).replace(tzinfo=None),
                    "Button" if sheet.title == "Events" else 21.5,
                ]
            )
    content = io.BytesIO()
    book.save(content)

    read = loggers.read("book.xlsx", content.getvalue())

    assert (read.readings, [each.text for each in read.problems]) == (
        24, ["the sheet “Freezer” holds readings too, and was not read; save it as a file of its own"],
    )  # fmt: skip


def test_a_table_that_goes_on_below_its_own_headings_is_one():
    heading = "Time,Temperature (°C)"
    whole = readings(heading) + readings(heading, first=FIRST + timedelta(days=9))

    read = loggers.read("two.csv", whole.encode())

    assert isinstance(read, LoggerFile)
    assert (read.readings, [each.line for each in read.problems]) == (96, [50])


def with_light(lux):
    rows = [f'{FIRST + timedelta(days=at // 24)} {at % 24:02}:00,{21 + at % 3}.5,"{lux(at)}"' for at in range(48)]
    return "\n".join(["Time,Temperature (°C),Intensity (Lux)", *rows, ""]).encode()


def test_light_with_thousands_parted_is_all_of_it():
    found = loggers.read("light.csv", with_light(lambda at: "10,333.4" if at < 3 else "1,500" if at < 5 else "0.0"))

    assert list(found.lux[:6]) == [10_333.4, 10_333.4, 10_333.4, 1500.0, 1500.0, 0.0]
    assert found.problems == ()


def test_light_that_may_be_small_or_a_thousand_times_as_much_is_refused():
    content = with_light(lambda at: "1,500" if at == 7 else "0").replace(b".5,", b",")

    with pytest.raises(Refused, match="line 9: it cannot be told whether “1,500” parts thousands or decimals"):
        loggers.read("light.csv", content)


def test_light_that_cannot_be_read_is_said_and_its_temperature_kept():
    found = loggers.read("light.csv", with_light(lambda at: "bright" if at == 7 else "0.0"))

    assert len(found.celsius) == 48
    assert [(each.line, each.text) for each in found.problems] == [
        (9, "“bright” is no reading of light; its temperature is kept")
    ]


@pytest.mark.parametrize(
    "heading", ["Time,Temperature (°C),", "Time,Temperature (°C),Coupler Detached,Host Connected", "Time,Temp °C,Note,"]
)
def test_decimals_that_a_comma_parted_are_refused_though_a_heading_stands_above_them(heading):
    content = readings(heading, values=lambda at: f"{21 + at % 3},{at % 10}").encode()

    with pytest.raises(Refused, match="A decimal comma may part them"):
        loggers.read("commas.csv", content)


@pytest.mark.parametrize("heading", ["Time,Temperature (°C),Humidity (%)", "Time,Temperature (°C),Battery (%)"])
def test_whole_numbers_that_a_heading_names_are_no_decimals(heading):
    content = readings(heading, values=lambda at: f"{21 + at % 3},{40 + at % 10}").encode()

    assert len(loggers.read("whole.csv", content).celsius) == 48


def test_a_row_that_is_cut_off_amid_the_others_is_set_aside():
    content = readings("Time,Temperature (°C),Humidity (%)", values=lambda at: "2" if at == 9 else "22.4,45.0").encode()

    found = loggers.read("torn.csv", content)

    assert (len(found.celsius), min(found.celsius)) == (47, 22.4)
    assert [each.line for each in found.problems] == [11]


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("America/Santiago", "2026-04-04"),
        ("Africa/Cairo", "2026-10-29"),
        ("Australia/Lord_Howe", "2026-04-05"),
        ("America/Havana", "2026-11-01"),
    ],
)
def test_clocks_that_are_set_back_at_any_hour_by_any_step_are_followed(zone, day):
    start = datetime.fromisoformat(day).replace(tzinfo=ZoneInfo(zone)) - timedelta(hours=12)
    instants = [start.timestamp() + 900 * number for number in range(200)]
    rows = [f"{datetime.fromtimestamp(at, ZoneInfo(zone)):%Y-%m-%d %H:%M},22.4" for at in instants]

    found = loggers.read("clock.csv", "\n".join(["Time,Temperature (°C)", *rows, ""]).encode())

    followed = placed(found, ZoneInfo(zone), Answers(clock=ClockChange.FOLLOWS))
    assert list(followed.series.seconds) == instants
    without_a_zone = placed(found).series.seconds
    assert [after - before for before, after in pairwise(without_a_zone)] == [900] * 199


def test_a_clock_that_was_set_back_on_a_day_when_nobody_does_runs_backwards():
    content = readings("Time,Temperature (°C)", count=30) + readings("", count=30)[1:]

    with pytest.raises(Refused, match="the clock runs backwards"):
        loggers.read("lost.csv", content.encode())
