"""Rows that somebody changed after the logger wrote them, where the file still shows it: asked about, never taken."""

from datetime import UTC, datetime, timedelta

import pytest

from ldninv.domain.storage.logger_file import Answers, Asked, Question
from ldninv.importers import loggers

START = datetime(2026, 4, 3, 21, tzinfo=UTC)
HEADING = "Time,Temperature (°C)"
FREEZER = [f"-{19 + at % 3}.{1 + at % 8}" for at in range(24)]
ROOM = [f"{22 + at % 2}.{1 + at % 8}" for at in range(24)]


def hourly(count, start=START, shape="%Y-%m-%d %H:%M"):
    return [f"{start + timedelta(hours=at):{shape}}" for at in range(count)]


def table(cells, times=None, heading=HEADING):
    times = times or hourly(len(cells))
    return "\n".join([heading, *(f"{time},{cell}" for time, cell in zip(times, cells, strict=True)), ""]).encode()


def read(*args, **said):
    return loggers.read("log.csv", table(*args, **said))


def asked(*args, **said):
    with pytest.raises(Asked) as found:
        read(*args, **said)
    assert found.value.question is Question.CHANGED_PLACES
    return str(found.value)


@pytest.mark.parametrize("lost", [slice(0, 1), slice(5, 6), slice(5, 9), slice(12, 24)])
def test_rows_of_a_freezer_that_lost_their_minus_are_asked_about(lost):
    cells = list(FREEZER)
    cells[lost] = [cell.removeprefix("-") for cell in cells[lost]]

    assert "and that is the same with the other sign" in asked(cells)
    assert len(loggers.read("log.csv", table(cells), Answers(as_printed=True)).as_printed) == 1


def test_a_place_that_goes_as_far_to_no_mirrored_number_is_read():
    assert read([*FREEZER, "20.5", "-4.5", *FREEZER[:20]]).as_printed == ()


@pytest.mark.parametrize("minus", ["-", "−", "–"])
def test_a_minus_behind_a_number_and_its_unit_is_no_temperature(minus):
    cells = [f"{cell} °C" for cell in FREEZER]
    cells[4] = f"19.3 °C{minus}"

    file = read(cells)

    assert (file.readings, [each.line for each in file.problems]) == (23, [6])


@pytest.mark.parametrize(("cells", "said"), [
    (["24.1", "24", "24.2", "242", "24.3", "24.1", "24", "24.2"], "242 is about 24.2 without its decimal mark"),
    (["24", "23", "2.2", "22", "23", "24", "22", "23"], "goes from 23 to 2.2 and is printed with another"),
    (["3.3", "3.2", "3.3", "33", "3.1", "3.2"], "33 is about 3.3 without its decimal mark"),
    (["0.213", "0.214", "213", "214", "213"], "goes from 0.214 to 213 and is printed with another"),
])  # fmt: skip
def test_a_number_that_is_ten_times_the_one_beside_it_and_has_no_decimals_is_asked_about(cells, said):
    assert said in asked(cells)


def test_a_room_that_is_ten_times_as_warm_as_the_refrigerator_was_is_read():
    assert read(["2.4", "3", "2.4", "24", "23.5", "24", "2.5"]).as_printed == ()


@pytest.mark.parametrize("cells", [["21.5", "284.2", "21.6"], ["190.5", "21.5", "21.6"]])
def test_a_step_to_an_oven_and_back_is_asked_about(cells):
    assert "from one row to the next" in asked(cells)


@pytest.mark.parametrize("newest_first", [False, True])
@pytest.mark.parametrize("at", [0, 23])
def test_a_first_or_last_row_that_is_half_a_day_off_is_asked_about(at, newest_first):
    times = hourly(24, START if at == 0 else START.replace(hour=9))
    times[at] = times[at].replace(" 21:00", " 09:00") if at == 0 else times[at].replace(" 08:00", " 20:00")
    if newest_first:
        times.reverse()

    assert "twelve hours are missing before it" in asked(ROOM, times)


def test_a_logger_that_rests_every_night_is_read():
    times = [time for day in (3, 4, 5) for time in hourly(12, datetime(2026, 4, day, 8, tzinfo=UTC))]

    assert read([*ROOM, *ROOM[:12]], times).readings == 36


def over_a_hole(before, after):
    return [*before, *after], [*hourly(len(before)), *hourly(len(after), START + timedelta(days=3))]


def test_a_file_in_the_other_unit_that_was_put_behind_without_its_headings_is_asked_about():
    fahrenheit = [f"{float(cell) * 1.8 + 25:.1f}" for cell in ROOM]

    assert "where the times have a hole, as where files in °C and in °F" in asked(*over_a_hole(ROOM, fahrenheit))
    assert "where the times have a hole" in asked(*over_a_hole(fahrenheit, ROOM))


def test_a_logger_that_stood_elsewhere_after_a_hole_is_read_and_so_is_one_that_often_goes_far():
    cold = [f"{5 + at % 2}.{1 + at % 8}" for at in range(24)]

    assert read(*over_a_hole(ROOM, cold)).as_printed == ()
    assert read(*over_a_hole([*ROOM, "2.5", "20.5"], ["55.2", "56.4"])).as_printed == ()


def asked_order(times):
    with pytest.raises(Asked) as found:
        read(ROOM[:1] * len(times), times)
    assert found.value.question is Question.DATE_ORDER
    return str(found.value)


def test_an_order_under_which_nothing_is_read_for_months_is_asked_about_where_there_is_another():
    later, earlier = datetime(2026, 9, 6, 8, tzinfo=UTC), datetime(2026, 8, 10, 8, tzinfo=UTC)
    times = [*hourly(8, later, "%d/%m/%y %H:%M"), *hourly(8, earlier, "%d/%m/%y %H:%M")]

    said = asked_order(times)

    assert "Read month first, 60 days without a reading lie before line 10. Say which order holds." in said


def test_a_year_that_lost_a_digit_turns_no_order_of_dates():
    times = hourly(8, datetime(2026, 2, 27, 8, tzinfo=UTC), "%d.%m.%y %H:%M")
    times[3] = times[3].replace(".26", ".6")

    said = asked_order(times)

    assert "“27.02.6” on line 5 may be a date whose year lost a digit" in said


def test_one_turned_date_among_days_that_follow_evenly_makes_no_other_order():
    days = ["03/01", "02/03", *(f"03/{day:02}" for day in range(3, 12))]

    said = asked_order([f"{day}/2026 00:30" for day in days])

    assert "Most lines follow one another evenly when they are read month first" in said


def test_the_month_first_with_dots_is_asked_about():
    times = [
        *hourly(8, datetime(2026, 11, 2, 8, tzinfo=UTC), "%d.%m.%Y %H:%M"),
        *hourly(8, datetime(2026, 4, 3, tzinfo=UTC), "%d.%m.%Y %H:%M"),
    ]

    assert "Dates with dots say the month first, as nobody writes them" in asked_order(times)


def test_a_temperature_that_is_the_humidity_where_that_one_is_blank_is_asked_about():
    cells = ["52,"] * 3 + ["39,45"] + [f"{46 + at}," for at in range(4)]

    said = asked(cells, heading="Time,Temperature (°F),Humidity (%)")

    assert "is 46 to 52 where “Humidity (%)” is blank and 39 to 39 elsewhere, where “Humidity (%)” is 45 to 45" in said


def test_a_humidity_that_fails_while_the_temperature_goes_on_is_read():
    cells = [f"{cell},{'' if at > 12 else 45}" for at, cell in enumerate(ROOM)]

    assert read(cells, heading="Time,Temperature (°C),Humidity (%)").readings == 24


def test_a_record_hotter_than_any_place_from_first_to_last_is_asked_about():
    assert "is 221 °C or more throughout" in asked([cell.replace(".", "") for cell in ROOM])


def test_a_temperature_that_stays_while_its_alarms_limit_changes_is_asked_about():
    said = asked([f"15,{cell}" for cell in ROOM], heading="Time,Temperature (°C),Low Alarm")

    assert "the temperature is 15 throughout, and “Low Alarm” changes" in said
    assert read([f"{cell},15" for cell in ROOM], heading="Time,Temperature (°C),Low Alarm").readings == 24


def test_one_row_whose_dew_point_is_above_its_temperature_is_asked_about():
    rows = [f"{84 + at % 4}.{at},64.5,{70 + at % 4}.{at}" for at in range(8)]
    rows[3] = "68.2,64.5,81.36"

    said = asked(rows, heading="Time,Temperature (°F),Humidity (%),Dew point (°F)")

    assert "the temperature goes from 86.2 to 68.2 while “Dew point (°F)” goes from 72.2 to 81.36" in said


def test_a_freezer_near_nought_in_fahrenheit_whose_number_is_turned_is_asked_about():
    assert "its own number with the other sign" in asked(["-2.28"] * 4 + ["2.28"] * 4, heading="Time,Temp (°F)")


def test_rows_that_lost_their_whole_degrees_are_asked_about_in_a_file_of_a_few_rows():
    said = asked(["20.4", "20.7", "7", "6", "8", "20.7", "20.9", "20.6"])

    assert "goes from 20.7 to 7 and is printed with another number of decimals" in said


@pytest.mark.parametrize("at", [0, 11, 23])
def test_one_row_that_lost_a_digit_is_asked_about_where_no_other_goes_so_far(at):
    cells = [f"{21 + each % 3}" for each in range(24)]
    cells[at] = "2"

    assert "in this row alone, a number of fewer digits" in asked(cells)


def test_rows_that_lost_their_first_digit_here_and_there_are_asked_about():
    cells = [cell[1:] if at in (3, 7, 8, 15) else cell for at, cell in enumerate(ROOM)]

    assert "is about 22.3 without its first digit" in asked(cells)


@pytest.mark.parametrize("code", ["0.0", "85.0"])
def test_what_sensors_say_that_were_not_read_is_asked_about(code):
    cells = [code if at in (5, 6, 9) else cell for at, cell in enumerate(ROOM)]

    assert "is what sensors say that were not read" in asked(cells)


def test_a_room_that_was_cold_for_two_readings_is_read():
    assert read(["21", "22", "9", "8", "21", "22"]).as_printed == ()


def test_times_that_slid_down_beside_their_temperatures_are_asked_about():
    times = [*hourly(10), "", "", *hourly(12, START + timedelta(hours=10))]

    assert "line 12: a temperature stands here without a time, and the times go on below it" in asked(ROOM, times)


def test_a_clock_that_slid_down_beside_its_date_is_asked_about():
    days, clocks = zip(*(time.split() for time in hourly(24, START.replace(hour=0))), strict=True)
    cells = [f"{clock},{cell}" for clock, cell in zip([*clocks[:10], "", "", *clocks[10:22]], ROOM, strict=True)]

    assert "without a time, and the times go on below it" in asked(cells, days, "Date,Time,Temperature (°C)")


def test_a_reading_whose_time_is_missing_where_the_times_leave_room_for_it_is_set_aside():
    times = hourly(24)
    times[11] = ""

    file = read(ROOM, times)

    assert (file.readings, [each.line for each in file.problems]) == (23, [13])


@pytest.mark.parametrize("falls", [False, True])
def test_a_temperature_that_goes_one_way_alone_for_a_day_is_asked_about(falls):
    cells = sorted((f"{20 + at % 7}.{at % 10}" for at in range(30)), reverse=falls)

    assert f"only {'falls' if falls else 'rises'} from first to last" in asked(cells)


def test_a_room_that_warms_all_morning_is_read():
    assert read([f"{18 + at / 4:.2f}" for at in range(23)]).readings == 23


def test_dew_points_that_are_right_in_some_rows_and_wrong_in_others_are_asked_about():
    right = [f"{21 + at % 4}.5,45,{9.1 + 0.91 * (at % 4):.1f}" for at in range(24)]
    cells = [*right[:12], *(cell.replace(",45,", ",65,") for cell in right[12:])]
    heading = "Time,Temperature (°C),Humidity (%),Dew point (°C)"

    assert read(right, heading=heading).readings == 24
    assert "“Dew point (°C)” is that of temperature and humidity in some rows, and" in asked(cells, heading=heading)


@pytest.mark.parametrize("moved", [1, 3])
@pytest.mark.parametrize("down", [False, True])
def test_a_column_that_slid_by_a_few_rows_leaves_one_end_bare_and_is_asked_about(moved, down):
    cells = [*[""] * moved, *ROOM[:-moved]] if down else [*ROOM[:8], *ROOM[8 + moved :], *[""] * moved]

    said = asked([f"{cell},45" for cell in cells], heading="Time,Temperature (°C),Humidity (%)")

    assert f"line {2 if down else 26 - moved}: here is a time without a temperature" in said


def test_rows_of_events_at_the_end_and_readings_that_failed_elsewhere_too_are_no_column_that_slid():
    stopped = [*(f"{cell}," for cell in ROOM[:-1]), ",Stopped"]

    assert read(stopped, heading="Time,Temperature (°C),Event").as_printed == ()
    assert read([*ROOM[:5], "", *ROOM[6:-1], ""]).missing == 2
