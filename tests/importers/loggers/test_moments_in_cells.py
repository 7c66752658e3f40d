"""Where a row holds its moment, in whatever order, and the forms that a time and a number may have."""

from io import BytesIO

import pytest
from openpyxl import Workbook

from ldninv.domain.refusal import Refused
from ldninv.importers import loggers

DAY = 86_400.0


def read(heading, lines):
    return loggers.read("log.csv", "\n".join([heading, *lines, ""]).encode())


@pytest.mark.parametrize(
    ("heading", "row"),
    [
        ("Time,Date,Temp (°C)", "{time},{day},21.5"),
        ("Date,Temp (°C),Time", "{day},21.5,{time}"),
        ("Time,Temp (°C),Date", "{time},21.5,{day}"),
        ("Temp (°C),Datum,Uhrzeit", "21.5,{day},{time}"),
    ],
)
def test_date_and_time_are_one_moment_in_whatever_order_they_stand(heading, row):
    moments = [(f"{5 + at // 24:02}/03/2026", f"{at % 24:02}:30:00") for at in range(24 * 12)]

    file = read(heading, [row.format(day=day, time=time) for day, time in moments])

    assert (file.readings, file.temperature[0], file.printed[0]) == (24 * 12, 21.5, "05/03/2026 00:30:00")
    assert (file.interval_s, file.local[24] - file.local[0]) == (3600.0, DAY)


def test_a_duration_apart_from_the_date_is_no_time_of_day():
    with pytest.raises(Refused):
        read("Date,Temp (°C),Time above 25 °C", [f"2026-03-{at:02},21.5,0{at % 9}:10:00" for at in range(1, 20)])


def test_the_midnight_that_ends_a_day_is_the_beginning_of_the_next():
    moments = [f"2026-03-0{5 + at // 48} {at // 2 % 24:02}:{at % 2 * 30:02}:00" for at in range(1, 100)]
    ends = {"2026-03-06 00:00:00": "2026-03-05 24:00:00", "2026-03-07 00:00:00": "2026-03-06 24:00:00"}

    file = read("Time,Temp (°C)", [f"{ends.get(each, each)},21.5" for each in moments])

    assert (file.readings, file.problems, {*map(float.__sub__, file.local[1:], file.local)}) == (99, (), {1800.0})


def test_a_time_after_the_end_of_a_day_is_none():
    lines = [f"2026-03-05 {at:02}:00,21.5" for at in range(24)]

    assert [each.text for each in read("Time,Temp (°C)", [*lines, "2026-03-05 24:01,21.5"]).problems] == [
        "“2026-03-05 24:01” is no time"
    ]


def test_powers_of_ten_are_numbers_among_plain_ones():
    cells = ["2.25E+01", "22.5", "225e-1", "2.2500E+01"]

    file = read("Time,Temp (°C)", [f"2026-03-05 {at:02}:00,{cells[at % 4]}" for at in range(24)])

    assert (file.readings, set(file.temperature), file.digits) == (24, {22.5}, 3)


def test_an_offset_that_no_zone_has_is_no_time():
    rows = [f"2026-03-05T{at:02}:00:00+{'25' if at == 9 else '14'}:00,21.5" for at in range(24)]

    assert [each.line for each in read("Time,Temp (°C)", rows).problems] == [11]


@pytest.mark.parametrize(
    "printed",
    [
        "2026년 3월 5일 {hour:02}:30",
        "2026년 3월 5일 {hour}시 30분",
        "Thu 5 Mar 2026 {hour:02}:30",
        "Thursday, March 5, 2026 {hour:02}:30",
        "Do. 05.03.2026 {hour:02}:30",
        "jeu. 5 mars 2026 {hour:02}:30",
    ],
)
def test_days_in_korean_and_days_with_their_weekday_are_read(printed):
    file = read("Time\tTemp (°C)", [f"{printed.format(hour=hour)}\t21.5" for hour in range(24)])

    assert (file.readings, file.problems, file.local[0]) == (24, (), 1_772_670_600.0)


def test_a_weekday_says_in_which_order_a_day_is_written():
    file = read("Time,Temp (°C)", [f"Thu 05/03/2026 {hour:02}:00,21.5" for hour in range(24)])

    assert file.date_order == "dmy"


def test_a_weekday_that_contradicts_its_day_is_no_date():
    with pytest.raises(Refused):
        read("Time,Temp (°C)", [f"Mon 5 Mar 2026 {hour:02}:00,21.5" for hour in range(24)])


@pytest.mark.parametrize(
    ("heading", "row"),
    [
        ("Timestamp (unix),Temp (°C)", "{},21.5"),
        ("No,Epoch time [s],Temp (°C)", "7,{},21.5"),
        ("Temp (°C);Unix time (ms)", "21.5;{}000"),
    ],
)
def test_seconds_since_1970_are_read_below_a_heading_that_says_so(heading, row):
    first = 1_772_668_800

    file = read(heading, [row.format(first + 3600 * at) for at in range(24)])

    assert (file.readings, file.local[0], set(file.offsets or ()), file.interval_s) == (24, first, {0.0}, 3600.0)


@pytest.mark.parametrize("thousandths", ["", "000"])
def test_moments_counted_from_1970_are_kept_as_the_numbers_that_a_file_or_a_workbook_prints(thousandths):
    moments = [int(f"{1_772_668_800 + 3600 * at}{thousandths}") for at in range(48)]
    book, out = Workbook(), BytesIO()
    book.active.append(["No", "Unix time", "Temp (°C)"])
    for at, moment in enumerate(moments):
        book.active.append([at, moment, 20 + at % 8 / 8])
    book.save(out)
    text = "\n".join(["No,Unix time,Temp (°C)", *(f"{at},{each},{20 + at % 8 / 8}" for at, each in enumerate(moments))])

    for name, content in (("log.xlsx", out.getvalue()), ("log.csv", text.encode() + b"\n")):
        file = loggers.read(name, content)

        assert loggers.looks_like_one(content)
        assert [*file.printed] == [str(each) for each in moments]
        assert (file.local[0], file.local[-1], file.temperature[-1], file.problems) == (
            1_772_668_800.0,
            1_772_838_000.0,
            20.875,
            (),
        )


def test_a_moment_that_is_counted_twice_in_a_row_is_refused():
    with pytest.raises(Refused, match="has no rows with a date"):
        read("Unix,Epoch,Temp (°C)", ["1772668800,1772668800,21.5"] * 9)


@pytest.mark.parametrize("heading", ["Timestamp", "Time", "No"])
def test_numbers_that_no_heading_explains_are_no_moments(heading):
    with pytest.raises(Refused, match="has no rows with a date"):
        read(f"{heading},Temp (°C)", [f"{1_772_668_800 + 3600 * at},21.5" for at in range(24)])
