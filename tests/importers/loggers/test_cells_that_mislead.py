"""Cells that look like a reading and are none: in another unit, cut off, or out of the probe's range."""

import pytest

from ldninv.domain.refusal import Refused
from ldninv.domain.storage.judging import judge
from ldninv.domain.storage.level import Level
from ldninv.domain.storage.placing import placed
from ldninv.importers import loggers

NOT_KNOWN = "nothing is known of the temperature there"
CUT = "is the last and has no end; what stands there may be cut off"


def rows(cells, count=48):
    return [f"2026-03-{5 + at // 24:02} {at % 24:02}:00,{cells(at)}" for at in range(count)]


def read(heading, lines, end="\n"):
    return loggers.read("log.csv", ("\n".join([heading, *lines]) + end).encode())


def with_one(cell, *, at=20, other="21.5"):
    return rows(lambda row: cell if row == at else other)


@pytest.mark.parametrize("cell", ["45 %", "45.0 %RH", "21.9 kPa", "21.9 x", "12 g/m³", "3.6 V"])
def test_a_temperature_in_another_unit_is_set_aside_with_its_row(cell):
    file = read("Time,Temp (°C)", with_one(cell))

    assert (file.readings, [(each.line, each.text) for each in file.problems]) == (
        47, [(22, f"“{cell}” is no temperature")],
    )  # fmt: skip


def test_a_column_of_humidities_below_a_heading_of_temperature_is_refused():
    with pytest.raises(Refused, match="48 rows cannot be read, the first on line 2: “45 %RH” is no temperature"):
        read("Time,Temperature (°C),Humidity (%)", rows(lambda _: "45 %RH,21.5 °C"))


def test_a_tinytag_whose_properties_were_swapped_is_refused():
    heading = 'S/N,,123456,123456\nProperty,,Humidity,Temperature\n"",,H,T'
    lines = [f"{at + 1},2026-03-05 {at:02}:00,2{at % 3}.5 °C,4{at % 4}.1 %RH" for at in range(24)]

    with pytest.raises(Refused, match=r"“40\.1 %RH” is no temperature"):
        read(heading, lines)


def test_a_humidity_in_degrees_is_no_reading_and_its_temperature_is_kept():
    file = read("Time,Temp (°C),RH (%)", with_one("21.5,21.9 °C", other="21.5,45 %rh"))

    assert (file.readings, file.humidity[0], [each.text for each in file.problems]) == (
        48, 45.0, ["“21.9 °C” is no reading of humidity; its temperature is kept"],
    )  # fmt: skip


@pytest.mark.parametrize("cell", ["21.9 °C", "21.9C", "21.9 °", "21,9 deg C"])
def test_a_temperature_with_its_own_unit_is_read(cell):
    file = read("Time;Temp (°C)", [each.replace(",", ";", 1) for each in rows(lambda _: cell)])

    assert (file.readings, file.temperature[0]) == (48, 21.9)


@pytest.mark.parametrize(
    ("heading", "cells", "last"),
    [
        ("Time,Temp (°F)", "72", "2026-03-07 00:00,7"),
        ("Time,Temp (°F)", "99", "2026-03-07 00:00,10"),
        ("Time,Temp (°C)", "-12", "2026-03-07 00:00,-1"),
        ("Time,Temp (°C),RH (%)", "21.5,45", "2026-03-07 00:00,21.5,4"),
    ],
)
def test_a_last_number_without_an_end_that_may_go_on_is_set_aside(heading, cells, last):
    file = read(heading, [*rows(lambda _: cells), last], end="")

    assert (file.readings, [(each.line, each.text) for each in file.problems]) == (48, [(50, CUT)])


def test_a_last_time_without_an_end_that_may_go_on_is_set_aside():
    lines = [f"21.5,2026-03-05 {at:02}:00:07" for at in range(24)]

    file = read("Temp (°C),Time", [*lines, "21.5,2026-03-06 00:00"], end="")

    assert (file.readings, [each.text for each in file.problems]) == (24, [CUT])


@pytest.mark.parametrize(
    ("cells", "last"), [("10", "9"), ("72", "71"), ("21.5", "22.0"), ("21.5,Logged", "21.5,Log"), ("99", "100")]
)
def test_a_last_row_like_those_before_it_is_read_though_its_line_has_no_end(cells, last):
    file = read("Time,Temp (°C),Event", [*rows(lambda _: cells), f"2026-03-07 00:00,{last}"], end="")

    assert (file.readings, file.problems) == (49, ())


@pytest.mark.parametrize("mark", ["OL", "over", "HI", ">35.0", "OVER", "≥40", "> 100 °F", ">9999"])
def test_time_above_the_probes_range_is_a_gap_and_told(mark):
    file = read("Time,Temp (°C)", with_one(mark))
    seen = judge(placed(file).series)

    assert [each.text for each in file.problems] == [
        f"“{mark}” says that it was above what the probe can measure; {NOT_KNOWN}"
    ]
    assert (file.missing, len(seen.gaps), seen.coverage) == (0, 1, 45 / 47)


@pytest.mark.parametrize(
    ("mark", "proven"),
    [
        (">60", "above 40"),
        ("> 85 °C", "above 40"),
        (">40,0", "above 40"),
        (">104 °F", "above 40"),
        ("≥40.1", "above 40"),
        ("<-40.0", "below 15"),
        ("<15", "below 15"),
    ],
)
def test_a_mark_whose_number_is_out_of_all_limits_proves_a_breach_and_is_no_reading(mark, proven):
    file = read("Time;Temp (°C)", [line.replace(",", ";", 1) for line in with_one(mark)])
    seen = judge(placed(file).series)

    way = proven.split()[0]
    assert [each.text for each in file.problems] == [
        f"“{mark}” says that it was {way} what the probe can measure; there it was {proven} °C"
    ]
    assert (seen.level, seen.incomplete, seen.review) == (Level.BREACH, True, ())
    assert seen.reasons == (f"{way} what the probe can measure, and so {proven} °C, once, for up to 2.0 h",)
    assert (seen.readings, seen.min_c, seen.max_c, seen.mean_c, seen.events) == (47, 21.5, 21.5, 21.5, ())


def test_a_record_that_left_the_probes_range_is_incomplete_and_asks_however_short_it_was():
    lines = rows(lambda at: "HI" if at == 200 else "21.5", 480)

    seen = judge(placed(read("Time,Temp (°C)", lines)).series)

    assert (round(seen.coverage, 3), seen.incomplete) == (0.996, True)
    assert seen.review == ("above what the probe can measure once, for up to 2.0 h",)


@pytest.mark.parametrize(("first", "last"), [(0, 3), (45, 48)], ids=["at the beginning", "at the end"])
def test_a_record_that_begins_or_ends_out_of_range_says_so(first, last):
    lines = rows(lambda at: "<20" if first <= at < last else "21.5")

    for each in (lines, lines[::-1]):
        seen = judge(placed(read("Time,Temp (°C)", each)).series)

        assert (seen.readings, seen.gaps, seen.incomplete) == (45, (), True)
        assert seen.review == ("below what the probe can measure once",)


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        (
            "OL",
            "“OL” stands in their place, first on line 2, which says that it was above what the probe can measure",
        ),
        ("NC", "“NC” stands in their place, first on line 2. See after the probe"),
        ("-270", "“-270” stands in their place, first on line 2. See after the probe"),
    ],
)
def test_a_file_of_nothing_but_marks_is_refused_with_the_mark(cell, says):
    for heading, lines in (
        ("Time,Temp (°C)", rows(lambda _: cell)),
        ("Time,Temp,RH (%)", rows(lambda _: f"{cell},45")),
    ):
        with pytest.raises(Refused) as refused:
            read(heading, lines)

        assert says in str(refused.value)


def test_a_logger_looks_as_often_as_it_writes_a_row_whatever_stands_there():
    lines = rows(lambda at: "21.5" if at % 4 == 0 else "NC")
    seen = judge(placed(read("Time,Temp (°C)", lines)).series)

    assert (seen.interval_s, len(seen.gaps), seen.coverage) == (3600, 11, 0)


@pytest.mark.parametrize("beside", ["45.1", "Button"])
def test_a_row_that_tells_of_something_else_says_nothing_of_how_often_a_logger_looks(beside):
    lines = [line for at in range(48) for line in _with_another(at, beside)]
    seen = judge(placed(read("Time,Temp (°C),RH (%)", lines)).series)

    assert (seen.interval_s, seen.gaps) == (3600, ())


def _with_another(at, beside):
    day = f"2026-03-{5 + at // 24:02} {at % 24:02}"
    return f"{day}:00:00,21.5,", f"{day}:00:03,,{beside}"


def test_time_below_the_probes_range_is_a_gap_and_told():
    file = read("Time,Temp (°C)", with_one("<20"))

    assert (len(judge(placed(file).series).gaps), file.problems[0].text) == (
        1, f"“<20” says that it was below what the probe can measure; {NOT_KNOWN}",
    )  # fmt: skip


def test_both_readings_beside_one_out_of_range_are_kept():
    cells = {19: "24.0", 20: "OL", 21: "41.5"}

    for lines in (rows(lambda at: cells.get(at, "21.5")), rows(lambda at: cells.get(at, "21.5"))[::-1]):
        file = read("Time,Temp (°C)", lines)

        assert (file.readings, max(file.celsius), len(judge(placed(file).series).gaps)) == (47, 41.5, 1)


def test_a_missing_reading_is_bridged_as_before():
    file = read("Time,Temp (°C)", with_one("NC"))

    assert (file.missing, file.problems, judge(placed(file).series).gaps) == (1, (), ())


def test_a_logger_that_was_carried_into_another_room_is_read():
    cells = rows(lambda at: "21.5,40.0" if at < 24 else "36.0,30.5")

    assert read("Time,Temp (°C),RH (%)", cells).readings == 48


def test_a_humidity_is_never_offered_where_the_temperature_begins_with_marks():
    with pytest.raises(Refused, match="holds no temperatures that can be read"):
        read("Time,Temp (°C),RH (%)", rows(lambda _: "OL,45"))

    assert read("Time,Temp (°C),RH (%)", rows(lambda at: f"{21.5 if at > 450 else 'NC'},45", 600)).readings == 149


def test_what_stands_in_the_column_of_units_and_is_none_is_refused_with_its_line():
    rows = [f"2026-04-{1 + at // 24:02} {at % 24:02}:00,C,2{at % 3}" for at in range(480)]
    rows[400] = "2026-04-17 16:00,21,5"

    with pytest.raises(Refused, match="line 402: “21” stands in the column of units"):
        loggers.read("log.csv", "\n".join(["Date/Time,Unit,Value", *rows, ""]).encode())
