"""Small files of every maker and with every quirk: what each holds is known from how it was made."""

import json
from datetime import date, time, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook

from ldninv.domain.batch_list import DateOrder
from ldninv.domain.progress import Cancelled
from ldninv.domain.refusal import Refused
from ldninv.domain.storage.clock_changes import EPOCH
from ldninv.domain.storage.judging import judge
from ldninv.domain.storage.logger_file import Answers, Asked, DailyRecord, LoggerFile, Question, RecordedDay, Unit
from ldninv.domain.storage.placing import placed
from ldninv.importers import loggers

FILES = Path(__file__).parents[2] / "data" / "loggers"
FACTS = json.loads((FILES / "facts.json").read_text("utf-8"))


def read(name, **said):
    return loggers.read(name, (FILES / name).read_bytes(), Answers(**said))


def local(seconds):
    return str(EPOCH + timedelta(seconds=seconds))


def told(file: LoggerFile):
    """Return what the facts tell of a file."""
    return {
        "maker": file.maker,
        "unit": file.unit,
        "readings": file.readings,
        "first": local(file.local[0]),
        "last": local(file.local[-1]),
        "min": min(file.temperature),
        "max": max(file.temperature),
        "mean": round(file.mean, 6),
    }


@pytest.mark.parametrize("name", FACTS)
def test_a_file_is_read_as_it_was_made(name):
    facts = FACTS[name]
    file = read(name)

    assert told(file) == {key: facts[key] for key in told(file)}
    assert (file.logger, file.zone_hint) == (facts.get("logger", ""), facts.get("zone", ""))
    assert (file.events, file.missing, file.problems) == (facts.get("events", 0), facts.get("missing", 0), ())
    assert (file.date_order, bool(file.zone_doubt)) == (facts.get("order"), facts.get("doubt", False))
    for column, seen in (("humidity", file.humidity), ("lux", file.lux)):
        assert (seen and [min(seen), max(seen)]) == facts.get(column), column
    assert (file.offsets and file.offsets[0]) == facts.get("offset")


def test_temperatures_are_kept_as_printed_and_as_celsius():
    file = read("hobomobile_mixed_line_ends.csv")

    assert file.temperature[0] == 69.1
    assert file.celsius[0] == pytest.approx((69.1 - 32) * 5 / 9, abs=1e-12)
    assert (file.digits, file.printed[0], file.lines[0]) == (2, "2026-05-03 08:08:23", 4)


def test_a_date_order_that_nothing_decides_is_asked_for_with_both_readings():
    with pytest.raises(Asked) as asked:
        read("asked_date_order.csv")

    assert asked.value.question is Question.DATE_ORDER
    assert [choice.value for choice in asked.value.choices] == ["mdy", "dmy"]
    assert "2026-04-03" in asked.value.choices[0].text
    assert "2026-03-04" in asked.value.choices[1].text
    assert local(read("asked_date_order.csv", date_order=DateOrder.DMY).local[0]) == "2026-03-04 00:00:00"


def test_a_unit_that_nothing_says_is_asked_for():
    with pytest.raises(Asked, match="°C or °F") as asked:
        read("asked_unit.csv")

    assert asked.value.question is Question.UNIT
    assert read("asked_unit.csv", unit=Unit.FAHRENHEIT).unit is Unit.FAHRENHEIT


def test_a_unit_that_the_file_contradicts_is_refused():
    with pytest.raises(Refused, match="are in °C"):
        read("missing_marks.csv", unit=Unit.FAHRENHEIT)


def test_a_run_of_marks_is_a_gap_also_in_a_file_of_which_half_is_marks():
    judged = judge(placed(read("missing_marks.csv")).series)

    assert [(local(gap.start), local(gap.end)) for gap in judged.gaps] == [
        ("2026-10-16 03:30:00", "2026-10-16 05:00:00")
    ]
    assert (judged.interval_s, judged.coverage) == (1800, 0.8)


def test_of_two_temperatures_a_person_chooses():
    with pytest.raises(Asked, match="several columns of temperatures") as asked:
        read("asked_column.csv")

    assert [choice.value for choice in asked.value.choices] == ["2", "3"]
    assert read("asked_column.csv", temperature="3").temperature[0] == 20.8
    assert read("asked_column.csv", temperature="top temp (°c)").temperature[0] == 21.8


def test_a_clock_that_was_lost_stops_the_file_at_its_row():
    with pytest.raises(Refused, match="runs backwards on line 9, to 2013-04-03"):
        read("refused_clock_lost.csv")


def test_dates_in_two_orders_are_refused_with_the_row():
    with pytest.raises(Refused, match="mixes its dates: “05/08/2026” on line 50"):
        read("refused_mixed_orders.csv")


def test_days_with_lowest_and_highest_are_no_series():
    record = read("daily_minimum_and_maximum.csv")

    assert isinstance(record, DailyRecord)
    assert record.days == (
        RecordedDay(date(2026, 3, 1), 20.1, 23.4),
        RecordedDay(date(2026, 3, 2), 20.4, 22.9),
        RecordedDay(date(2026, 3, 3), 20.2, 30.6),
    )


def test_a_fridge_tag_keeps_days_newest_first():
    record = read("fridgetag_days.txt")

    assert isinstance(record, DailyRecord)
    assert (record.logger, record.zone_hint) == ("990011223344", "UTC-05:00")
    assert record.days == (
        RecordedDay(date(2026, 4, 28), 20.9, 24.5, 22.0),
        RecordedDay(date(2026, 4, 29), 21.8, 23.5, 22.4),
    )


def test_reading_tells_how_far_it_is_and_stops_when_asked():
    rows = "".join(f"2026-03-{1 + at // 1440:02d} {at // 60 % 24:02d}:{at % 60:02d},21.5\n" for at in range(5000))
    told = []

    def progress(done, total):
        told.append((done, total))
        if len(told) == 3:
            raise Cancelled

    with pytest.raises(Cancelled):
        loggers.read("log.csv", f"Time,Temp °C\n{rows}".encode(), progress=progress)
    assert told[-1][0] < told[-1][1] == 5001


def table(*rows, head="Time,Temp °C"):
    return loggers.read("log.csv", "\n".join([head, *rows, ""]).encode())


def test_a_reading_that_is_repeated_counts_once_and_two_of_one_moment_are_refused():
    rows = [f"2026-03-05 {hour:02d}:00,2{hour}.5" for hour in range(4)]

    repeated = table(*rows, rows[-1])
    assert (repeated.readings, repeated.problems[0].text) == (4, "repeats the reading of 2026-03-05 03:00")
    with pytest.raises(Refused, match="two readings of 2026-03-05 03:00, on lines 5 and 6"):
        table(*rows, "2026-03-05 03:00,29.9")


@pytest.mark.parametrize(
    ("head", "cells", "says"),
    [
        ("Time,Temperature (K)", "295.1", "prints kelvin"),
        ("Time,Temp °C", "21,5", "more cells than headings"),
        ("Time,Humidity %", "45.1", "no heading that says which column"),
    ],
)
def test_what_would_be_a_guess_is_refused(head, cells, says):
    with pytest.raises(Refused, match=says):
        table(*(f"2026-03-05 {hour:02d}:00,{cells}" for hour in range(4)), head=head)


def test_a_file_that_ends_within_its_last_number_loses_that_row_and_says_so():
    content = b"Time,Temp \xc2\xb0C\n2026-03-05 01:00,21.5\n2026-03-05 02:00,22.5\n2026-03-05 03:00,2"

    read = loggers.read("log.csv", content)

    assert (read.readings, read.problems[0].line) == (2, 4)
    assert "cut off" in read.problems[0].text


def test_a_clock_of_twelve_hours_that_lost_its_marks_is_refused():
    rows = [
        f"2026-03-0{5 + half} {clock},21.5" for half, clock in [(0, "11:30"), (0, "11:50"), (1, "12:10"), (1, "12:30")]
    ]
    rows.insert(0, "2026-03-05 11:10,21.5")

    with pytest.raises(Refused, match="twelve hours"):
        table(*rows)


def test_a_days_column_and_a_times_column_of_a_workbook_are_one_moment(tmp_path):
    book = Workbook()
    book.active.append(["Date", "Time", "Temperature °C"])
    for hour in range(3):
        book.active.append([date(2026, 3, 5), time(hour, 30), 21.5 + hour])
    book.save(tmp_path / "log.xlsx")

    read = loggers.read("log.xlsx", (tmp_path / "log.xlsx").read_bytes())

    assert list(read.printed) == ["2026-03-05 00:30:00", "2026-03-05 01:30:00", "2026-03-05 02:30:00"]
