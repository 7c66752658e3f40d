"""Cells that look like a reading and are none: in another unit, cut off, or out of the probe's range."""

import pytest

from ldninv.domain.refusal import Refused
from ldninv.domain.storage.judging import judge
from ldninv.domain.storage.placing import placed
from ldninv.importers import loggers

NOT_KNOWN = "nothing is known of the temperature there"
BESIDE = "stands beside a reading out of the probe's range and is set aside"
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


@pytest.mark.parametrize("mark", ["OL", "over", "HI", ">85.0", "OVER", "Over range", "> 85 °C"])
def test_time_above_the_probes_range_is_a_gap_and_told(mark):
    file = read("Time,Temp (°C)", with_one(mark))
    seen = judge(placed(file).series)

    assert [each.text for each in file.problems] == [
        f"“{mark}” says that it was above what the probe can measure; {NOT_KNOWN}", BESIDE,
    ]  # fmt: skip
    assert (file.missing, len(seen.gaps), seen.coverage) == (0, 1, 44 / 47)


def test_time_below_the_probes_range_is_a_gap_and_told():
    file = read("Time,Temp (°C)", with_one("<-40.0"))

    assert (len(judge(placed(file).series).gaps), file.problems[0].text) == (
        1, f"“<-40.0” says that it was below what the probe can measure; {NOT_KNOWN}",
    )  # fmt: skip


def test_of_two_readings_beside_one_out_of_range_the_hotter_is_kept():
    cells = {19: "24.0", 20: "OL", 21: "41.5"}

    for lines in (rows(lambda at: cells.get(at, "21.5")), rows(lambda at: cells.get(at, "21.5"))[::-1]):
        file = read("Time,Temp (°C)", lines)

        assert (file.readings, max(file.celsius), len(judge(placed(file).series).gaps)) == (46, 41.5, 1)


def test_a_missing_reading_is_bridged_as_before():
    file = read("Time,Temp (°C)", with_one("NC"))

    assert (file.missing, file.problems, judge(placed(file).series).gaps) == (1, (), ())


@pytest.mark.parametrize("rest", [0, 20])
def test_a_temperature_and_a_humidity_that_change_places_are_refused_with_the_row(rest):
    lines = rows(lambda at: "21.5,52" if at < 48 - 8 - rest or at >= 48 - rest else f"5{at % 3},21.4")

    with pytest.raises(Refused, match=f"line {42 - rest}: from here on temperature and humidity"):
        read("Time,Temp (°C),RH (%)", lines)


def test_a_logger_that_was_carried_into_another_room_is_read():
    cells = rows(lambda at: "21.5,40.0" if at < 24 else "36.0,30.5")

    assert read("Time,Temp (°C),RH (%)", cells).readings == 48


def test_a_humidity_is_never_offered_where_the_temperature_begins_with_marks():
    with pytest.raises(Refused, match="holds no temperatures that can be read"):
        read("Time,Temp (°C),RH (%)", rows(lambda _: "OL,45"))

    assert read("Time,Temp (°C),RH (%)", rows(lambda at: f"{21.5 if at > 450 else 'NC'},45", 600)).readings == 149
