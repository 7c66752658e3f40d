"""Cells of the temperature that changed places with another column's: asked, where anybody could tell."""

import io
import random
from math import sin

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from ldninv.domain.refusal import Refused
from ldninv.domain.storage.logger_file import Answers, Asked, Question
from ldninv.importers import loggers
from ldninv.importers.loggers.looked_up import LookedUp

HEADINGS = ["Temp (°C)", "RH (%)", "Dew Point (°C)", "Batt (V)", "PM2.5", "Light (lux)", "Probe 2", "Alarm high (°C)"]
ROWS = 60


def cells(row):
    """Return what a quiet room's logger prints: two columns are a little over a degree from the temperature."""
    celsius = 21.5 + 0.3 * sin(row / 9)
    return [
        f"{celsius:.2f}", f"{45 + sin(row / 5):.1f}", f"{8.9 + 0.2 * sin(row / 7):.2f}", "3.58",
        f"{140 + row % 7}", f"{250 + row % 5}.0", f"{celsius + 1.1:.2f}", "25.0",
    ]  # fmt: skip


def table(changed=(), other=1, *, made=cells, rows=ROWS):
    """Return the rows of a file in which the temperature's cells stand in another column."""
    found = []
    for row in range(rows):
        line = made(row)
        if row in changed:
            line[0], line[other] = line[other], line[0]
        found.append([f"2026-03-{5 + row // 24:02} {row % 24:02}:00", *line])
    return found


def read(rows, headings=HEADINGS, **said):
    lines = [["Time", *headings], *rows]
    return loggers.read("log.csv", ("\n".join(map(",".join, lines)) + "\n").encode(), Answers(**said))


def asked(rows, headings=HEADINGS):
    with pytest.raises(Asked) as found:
        read(rows, headings)
    assert found.value.question is Question.CHANGED_PLACES
    assert [choice.value for choice in found.value.choices] == ["as-printed"]
    return str(found.value)


@pytest.mark.parametrize("other", range(1, len(HEADINGS)), ids=HEADINGS[1:])
@pytest.mark.parametrize("count", [1, 2, 10, ROWS // 2])
@pytest.mark.parametrize("start", ["first", "midst", "last"])
def test_rows_swapped_with_any_column_of_numbers_are_asked_about(other, count, start):
    begin = {"first": 0, "midst": (ROWS - count) // 2, "last": ROWS - count}[start]

    said = asked(table(range(begin, begin + count), other))

    assert f"line {(begin or count) + 2}" in said
    assert f"“{HEADINGS[other].split(' (')[0]}" in said


def test_the_question_says_what_stands_there_and_what_to_do():
    said = asked(table(range(20, 23)))

    assert said == (
        "log.csv, line 22, and 1 more line like it: the temperature goes from 21.76 to 44.2 while “RH (%)” goes from "
        "44.4 to 21.74. Cells may have changed since the logger wrote them, or stand under another heading than their "
        "own. Export the file again if so, or say that all values stand as they were measured."
    )


def test_what_a_person_says_was_measured_is_taken_as_it_stands_and_the_file_says_so():
    file = read(table(range(20, 23)), as_printed=True)

    assert (file.readings, file.temperature[20], file.problems) == (ROWS, 44.2, ())
    assert file.as_printed == (
        (
            "line 22, and 1 more line like it: the temperature goes from 21.76 to 44.2 while “RH (%)” goes from 44.4 "
            "to 21.74"
        ),
    )


def test_an_answer_that_was_not_needed_says_nothing():
    assert read(table(), as_printed=True).as_printed == ()


@pytest.mark.parametrize("rows", [2, 3, 4])
def test_a_file_of_a_few_rows_is_asked_about_as_well(rows):
    for row in range(rows):
        asked(table([row], rows=rows))


def test_a_file_that_begins_with_the_newest_is_asked_about():
    assert "line 39" in asked(table(range(20, 23))[::-1])


@pytest.mark.parametrize(("row", "cell"), [(18, "NC"), (19, "NC"), (20, "NC"), (23, "")])
def test_a_blank_cell_beside_hides_nothing(row, cell):
    rows = table(range(20, 23))
    rows[row][2] = cell

    asked(rows)


def test_a_quiet_file_with_missing_temperatures_is_read():
    rows = table()
    rows[20][1] = "NC"

    assert (read(rows).readings, read(rows).missing) == (ROWS - 1, 1)


def test_a_temperature_that_is_missing_beside_hides_nothing():
    rows = table(range(20, 23))
    rows[19][1] = rows[23][1] = "NC"

    assert "goes from 21.77 to 44.2" in asked(rows)


def test_a_humidity_that_stands_where_no_temperature_was_is_asked_about():
    rows = table()
    rows[20][1:3] = rows[20][2], "NC"

    assert "while “RH (%)” goes from 44.4 to nothing" in asked(rows)


def test_a_sheet_is_asked_about_as_a_text_is():
    book = Workbook()
    for row in [["Time", "Temp (°C)", "Batt (V)"], *(line[:2] + line[4:5] for line in table([30], 3))]:
        book.active.append([row[0], *(each if row[0] == "Time" else float(each) for each in row[1:])])
    kept = io.BytesIO()
    book.save(kept)

    with pytest.raises(Asked, match="line 32"):
        loggers.read("log.xlsx", kept.getvalue())


HOT = ["Temp (°C)", "RH (%)", "Dew Point (°C)", "Batt (V)"]


def moved(rows, changed, *, left=True, column=1):
    """Return the rows with a cell of some deleted, or put in, and those behind it moved, as a sheet does it."""
    for row in rows if not left else []:
        row.append("")
    for at in changed:
        if left:
            rows[at] = [*rows[at][:column], *rows[at][column + 1 :], ""]
        else:
            rows[at] = [*rows[at][:column], "", *rows[at][column:-1]]
    return rows


def hot(row):
    """Return what stands in a hot and dry attic: the dew point printed is that of the program."""
    return [f"45.{row % 3}", f"24.{row % 2}", f"31.{row % 2}", "3.58"]


@pytest.mark.parametrize("wide", [2, 3, 4])
@pytest.mark.parametrize("made", [cells, hot], ids=["a room", "a hot attic"])
@pytest.mark.parametrize(
    "changed",
    [range(20, 21), range(20, 23), range(20, 30), range(20, ROWS), range(1, ROWS), range(20), range(ROWS - 1)],
    ids=["one", "three", "ten", "from a row on", "from the second on", "up to a row", "up to the last but one"],
)
def test_rows_whose_temperature_was_deleted_and_the_rest_moved_left_are_asked_about(changed, made, wide):
    rows = moved(table(made=lambda row: made(row)[:wide]), changed)

    said = asked(rows, HOT[:wide])

    assert f"line {(changed[0] or changed[-1] + 1) + 2}" in said
    assert "while “RH (%)” goes from" in said


def test_the_question_on_moved_cells_says_that_one_may_be_missing():
    rows = moved(table(made=lambda row: hot(row)[:3]), range(11, 24), left=True)

    said = asked(rows, HOT[:3])

    assert (
        "line 13, and 1 more line like it: the temperature goes from 45.1 to 24.1 while “RH (%)” goes from 24 to 31.1, "
        "as if a cell were missing or too many in its row." in said
    )
    assert read(rows, HOT[:3], as_printed=True).temperature[11] == 24.1


@pytest.mark.parametrize("changed", [range(20, 21), range(20, 30), range(20, ROWS), range(20)])
def test_rows_in_which_a_blank_cell_was_put_in_before_the_temperature_are_asked_about(changed):
    def made(row):
        return [hot(row)[1], hot(row)[0], hot(row)[2]]

    asked(moved(table(made=made), changed, left=False), ["RH (%)", "Temp (°C)", "Dew Point (°C)", ""])


def test_a_column_that_no_first_row_has_may_be_one_whose_cells_were_deleted():
    rows = moved(table(made=lambda row: hot(row)[:3], rows=500), range(450))

    assert "line 452" in asked(rows, HOT[:3])


def test_a_dew_point_that_is_blank_where_a_door_is_open_is_not_asked_about():
    rows = table(made=lambda row: cells(row)[:3])
    rows[20][1], rows[20][3] = "33.00", ""

    assert read(rows, HOT[:3]).as_printed == ()


@given(
    below=st.booleans(),
    gap=st.floats(1.6, 40),
    start=st.integers(0, ROWS - 1),
    count=st.integers(1, ROWS - 1),
    seed=st.integers(0, 999),
)
def test_whatever_is_swapped_further_apart_than_a_quiet_record_steps_is_asked_about(below, gap, start, count, seed):
    rng = random.Random(seed)
    away = -gap if below else gap
    noise = [(rng.uniform(-0.15, 0.15), rng.uniform(-0.15, 0.15)) for _ in range(ROWS)]

    def made(row):
        mine, others = noise[row]
        return [f"{21.5 + mine:.2f}", f"{21.5 + away + others:.2f}"]

    changed = range(start, start + count)

    assert read(table(made=made), ["Temp (°C)", "Something"]).readings == ROWS
    asked(table(changed, made=made), ["Temp (°C)", "Something"])


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("whole", [False, True], ids=["tenths", "whole degrees"])
def test_doors_and_heating_in_a_room_of_any_humidity_are_not_asked_about(seed, whole):
    rng = random.Random(seed)
    warmth, damp, level = 0.0, rng.uniform(25, 65), rng.uniform(19, 24)
    celsius, humidity = [], []
    for row in range(720):
        warmth = 0.7 * warmth + (rng.uniform(2, 4) if row % 24 == 7 else 0)
        door = rng.uniform(-6, 6) if rng.random() < 0.01 else 0
        damp += rng.gauss(0, 0.4)
        celsius.append(level + warmth + door + rng.gauss(0, 0.1))
        humidity.append(damp - warmth - door + rng.gauss(0, 0.3))
    digits = 0 if whole else 1

    rows = [
        [f"2026-03-{1 + at // 24:02} {at % 24:02}:00", f"{warm:.{digits}f}", f"{wet:.{digits}f}"]
        for at, (warm, wet) in enumerate(zip(celsius, humidity, strict=True))
    ]

    assert read(rows, HEADINGS[:2]).as_printed == ()


def test_columns_nearer_than_a_degree_cannot_be_told_apart_and_are_read():
    near = [[f"{21.5 + row % 3 / 10:.1f}", f"{22.2 + row % 3 / 10:.1f}"] for row in range(ROWS)]

    assert read(table([20], made=lambda row: list(near[row])), ["Temp (°C)", "Wet bulb (°C)"]).readings == ROWS


WHOLE = {
    "a room's": (["Temp (°C)", "RH (%)"], lambda row: [f"{45 + row % 4}.0", f"{21 + row % 3}.5"]),
    "a damp cellar's": (["Temp (°C)", "RH (%)"], lambda row: [f"{78 + row % 9}.0", f"{16 + row % 3}.5"]),
    "a stability chamber's": (["Temp (°C)", "RH (%)"], lambda row: [f"40.{row % 3}", f"2{row % 3}.0"]),
    "a room's in °F": (["Temp (°F)", "RH (%)"], lambda row: [f"{45 + row % 4}.0", f"{70 + row % 3}.5"]),
    "a dew point above": (["Temp (°C)", "Dew Point (°C)"], lambda row: [f"8.{row % 9}", f"21.{row % 9}"]),
    "a dew point of the other": (
        ["Temp (°F)", "RH (%)", "Dew Point (°F)"], lambda row: [f"40.{row % 3}", "66.0", f"41.{row % 3}"],
    ),
}  # fmt: skip


WHOLE |= {
    "a humidity before a dew point": (HOT[:3], lambda row: [f"41.{row % 3}", "7.8", ""]),
    "a dry attic's humidity before its dew point": (HOT[:3], lambda row: [f"24.{row % 3}", "19.6", ""]),
    "a humidity alone": (HOT[:2], lambda row: [f"41.{row % 3}", ""]),
    "a humidity before a voltage": (["Temp (°C)", "RH (%)", "Batt (V)"], lambda row: [f"41.{row % 3}", "2.9", ""]),
}


@pytest.mark.parametrize("whole", WHOLE)
def test_whole_columns_that_are_likelier_the_other_way_round_are_asked_about_and_can_be_answered(whole):
    headings, made = WHOLE[whole]

    assert "throughout" in asked(table(made=made), headings)
    answered = read(table(made=made), headings, as_printed=True)
    assert (answered.readings, len(answered.as_printed)) == (ROWS, 1)


@pytest.mark.parametrize(
    ("headings", "made"),
    [
        (["Temp (°F)", "RH (%)"], lambda row: [f"{38 + row % 4}.0", f"{55 + row % 30}.0"]),
        (["Temp (°C)", "RH (%)"], lambda row: [f"{38 + row % 3}.0", f"{35 + row % 9}.0"]),
        (["Temp (°C)", "RH (%)"], lambda row: [f"{24 + row % 9}.0", f"2{row % 9}.0"]),
        (["Temp (°F)", "RH (%)"], lambda row: [f"{92 + row % 6}.0", f"7{row % 9}.0"]),
        (["Temp (°C)", "RH (%)", "Dew Point (°C)"], lambda row: ["21.0", f"45.{row % 9}", f"8.{row % 9}"]),
        (["Temp (°C)", "RH (%)", "Dew Point (°C)"], lambda row: ["21.0", f"45.{row % 9}", ""]),
        (["Temp (°C)", "RH (%)"], lambda row: [f"21.{row % 9}", ""]),
    ],
    ids=[
        "a refrigerator",
        "a hot and damp place",
        "a dry attic",
        "a damp summer",
        "a dew point that fits",
        "no dew point",
        "no humidity",
    ],
)
def test_a_place_that_may_well_be_so_is_not_asked_about(headings, made):
    assert read(table(made=made), headings).as_printed == ()


@pytest.mark.parametrize("newest_first", [False, True])
def test_a_running_number_below_the_heading_of_the_temperature_is_asked_about_and_can_be_answered(newest_first):
    rows = [[f"{row + 1}", f"2026-03-05 {row:02}:00", "45.0"] for row in range(12)][:: -1 if newest_first else 1]
    content = "\n".join(map(",".join, [["Temp (°C)", "Time", "#"], *rows, []])).encode()

    with pytest.raises(Asked, match="goes by one from row to row"):
        loggers.read("log.csv", content)
    assert loggers.read("log.csv", content, Answers(as_printed=True)).readings == 12


def test_a_temperature_that_rises_by_a_degree_for_some_rows_is_no_running_number():
    assert read(table(made=lambda row: [str(20 + min(row % 20, 9))]), HEADINGS[:1]).as_printed == ()


def test_a_restless_file_of_many_columns_is_looked_through_in_a_bounded_number_of_steps():
    rng = random.Random(1)
    rows = table(made=lambda _: [f"{rng.uniform(0, 60):.1f}" for _ in range(41)], rows=4000)
    for at, row in enumerate(rows):
        row[0] = f"2026-{1 + at // 672:02}-{1 + at // 24 % 28:02} {at % 24:02}:00"
    looked = []

    class Counting(LookedUp):
        @classmethod
        def of(cls, table, rows, steps):
            looked.append(len(steps))
            return LookedUp.of(table, rows, steps)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ldninv.importers.loggers.swapped.LookedUp", Counting)
        read(rows, ["Temp (°C)", *(f"Part {each}" for each in range(40))])

    assert looked == [2500]


def test_days_whose_lowest_and_highest_changed_places_are_refused():
    rows = ["2026-03-01,20.1,23.4", "2026-03-02,23.0,20.4", "2026-03-03,20.2,24.6"]

    with pytest.raises(Refused, match="line 3: the lowest is above the highest"):
        loggers.read("days.csv", "\n".join(["Date,Min Temp (°C),Max Temp (°C)", *rows, ""]).encode())


def test_what_is_no_humidity_beside_a_blank_column_tells_that_every_row_lost_a_cell():
    rows = [f"2026-04-{13 + at // 24} {at % 24:02}:00,24.{at % 3},1013.{at % 5}," for at in range(40)]

    with pytest.raises(Asked, match=r"“Pressure .hPa.” is blank, as if a cell were missing in every row"):
        loggers.read("log.csv", "\n".join(["Time,Temperature (°C),Humidity (%),Pressure (hPa)", *rows, ""]).encode())
