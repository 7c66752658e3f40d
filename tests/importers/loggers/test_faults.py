"""What a logger prints where its sensor fails is told, and is no temperature."""

from datetime import date

import pytest

from ldninv.domain.refusal import Refused
from ldninv.importers import loggers


def read(*cells, heading="Time,Temperature (°C)"):
    rows = [f"2026-03-{5 + at // 24:02d} {at % 24:02d}:00,{cell}" for at, cell in enumerate(cells)]
    return loggers.read("log.csv", "\n".join([heading, *rows, ""]).encode())


@pytest.mark.parametrize("code", ["9999", "999.9", "3276.7", "327.67", "655.35", "32767", "-99.9", "9999 °C"])
def test_a_faults_code_is_no_temperature_and_is_told_with_its_line(code):
    found = read(*["21.5"] * 9, code, *["22.5"] * 9)

    shown = code if "°C" in code else f"{code} °C"
    assert (found.readings, max(found.celsius), found.missing) == (18, 22.5, 1)
    assert [(each.line, each.text) for each in found.problems] == [
        (11, f"{shown} is beyond what any logger measures; it is taken for missing")
    ]


@pytest.mark.parametrize("code", ["1e10", "9999999999", "10000000000.0"])
def test_a_number_too_long_to_be_one_is_set_aside(code):
    found = read(*["21.5"] * 30, code, *["22.5"] * 9)

    assert (found.readings, max(found.celsius), [each.line for each in found.problems]) == (39, 22.5, [32])


@pytest.mark.parametrize("celsius", ["127.5", "160", "-78.5", "-95"])
def test_what_some_logger_measures_is_a_temperature(celsius):
    found = read("21.5", celsius, "22.5")

    assert (found.readings, found.temperature[1], found.problems) == (3, float(celsius), ())


def test_the_code_of_a_logger_in_fahrenheit_is_told_in_its_unit():
    found = read(*["70.5"] * 9, "999.9", heading="Time,Temp (°F)")

    assert (found.readings, found.problems[0].text[:8]) == (9, "999.9 °F")


def test_a_file_that_holds_hardly_anything_else_is_refused():
    with pytest.raises(Refused, match="are beyond what any logger measures, the first on line 3"):
        read("22", *["2135"] * 9)


def test_a_day_with_a_faults_code_is_missing_and_told():
    rows = "2026-03-01,20.1,23.4\n2026-03-02,20.4,999.9\n2026-03-03,20.2,24.6\n"

    found = loggers.read("days.csv", f"Date,Min Temp (°C),Max Temp (°C)\n{rows}".encode())

    assert [each.day for each in found.days] == [date(2026, 3, 1), date(2026, 3, 3)]
    assert [(each.line, each.text) for each in found.problems] == [
        (3, "999.9 °C is beyond what any logger measures; its day is taken for missing")
    ]


def test_a_day_of_a_device_with_a_faults_code_is_missing_and_told():
    day = " {}:\n  Date: 2026-04-{}\n  Min T: +20.9, TS Min T: 09:49\n  Max T: {}, TS Max T: 15:49\n"
    text = (
        "Device: Q-tag Fridge-tag 2\n Temp unit: C\nHist:\n"
        + day.format(1, 29, "+24.5")
        + day.format(2, 28, "+999.9")
        + "Sig: 00ff\n"
    )

    found = loggers.read("days.txt", text.encode())

    assert [each.day for each in found.days] == [date(2026, 4, 29)]
    assert [each.line for each in found.problems] == [11]
