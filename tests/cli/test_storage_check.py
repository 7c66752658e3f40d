"""`ldninv storage check`: a logger's file judged without a database."""

from pathlib import Path

import pytest

FILES = Path(__file__).parents[1] / "data" / "loggers"
KEYS = {
    *("readings", "first", "last", "unit", "min_c", "max_c", "mean_c", "interval_s", "gaps", "coverage", "incomplete"),
    *("mkt_c", "mkt_30d_max_c", "mkt_provisional", "level", "reasons", "events", "lux", "problems"),
}


@pytest.fixture
def check(run, tmp_path):
    """Check a file of ours, and see that no database is born of it."""

    def go(name, *options):
        said = run("--format", "json", "storage", "check", FILES / name, *options)
        assert not (tmp_path / "batches.db").exists()
        return said

    return go


def test_a_file_is_read_and_judged(check):
    said = check("govee_newest_first.csv")

    assert said.status == 0
    assert said.json.keys() >= KEYS
    assert {key: said.json[key] for key in ("readings", "first", "last", "unit", "interval_s", "level", "lux")} == {
        "readings": 12,
        "first": "2026-09-01T11:00:00",
        "last": "2026-09-01T11:11:00",
        "unit": "°C",
        "interval_s": 60.0,
        "level": "in-range",
        "lux": None,
    }
    assert (said.json["min_c"], said.json["max_c"], said.json["coverage"], said.json["gaps"]) == (21.8, 23.0, 1.0, [])
    assert (said.json["mkt_provisional"], said.json["problems"], said.json["events"]) == (True, [], [])


def test_with_a_zone_moments_have_its_offset(check):
    said = check("govee_newest_first.csv", "--zone", "America/Denver")

    assert (said.json["first"], said.json["last"]) == ("2026-09-01T11:00:00-06:00", "2026-09-01T11:11:00-06:00")


def test_what_was_read_is_told_with_its_heading(check):
    headings = {"temperature": "°C", "humidity": "%", "light": "lx"}

    assert check("tandd_lux.csv").json["columns"] == headings


def test_events_and_gaps_tell_from_when_to_when(run, tmp_path):
    path = tmp_path / "log.csv"
    hours = [(0, 22.0), (1, 22.0), (2, 32.0), (3, 22.0), (4, 22.0), (5, 22.0), (20, 22.0), (21, 22.0)]
    rows = [f"2026-03-05 {hour:02d}:00:00,{value}" for hour, value in hours]
    path.write_text("\n".join(["Time,Temp °C", *rows]) + "\n", encoding="utf-8")

    said = run("--format", "json", "storage", "check", path).json

    assert said["level"] == "spike"
    assert said["gaps"] == [{"from": "2026-03-05T05:00:00", "to": "2026-03-05T20:00:00"}]
    (spike,) = [event for event in said["events"] if event["kind"] == "above-30"]
    assert (spike["from"], spike["to"]) == ("2026-03-05T01:48:00", "2026-03-05T02:12:00")
    assert (spike["hours"], spike["longest_hours"], spike["extreme_c"]) == (0.4, 2.0, 32.0)


def test_a_zone_that_its_maker_is_known_to_print_wrong_is_told_as_doubtful(check, run):
    said = check("hobomobile_mixed_line_ends.csv").json

    assert (said["zone_hint"], "sign of the zone reversed" in said["zone_doubt"]) == ("GMT +06:00", True)
    told = run("storage", "check", FILES / "hobomobile_mixed_line_ends.csv").out
    assert "It says GMT +06:00; HOBOmobile is known to print the sign of the zone reversed" in told


def test_light_is_told_where_the_logger_has_it(check):
    lux = check("tandd_lux.csv").json["lux"]

    assert (lux["max"], len(lux["events"])) == (27.5, 1)


def test_a_record_of_days_has_no_mean_kinetic_temperature(check):
    said = check("fridgetag_days.txt")

    assert said.status == 0
    assert said.json.keys() == {*check("govee_newest_first.csv").json, "days"}
    assert said.json["zone_hint"] == "UTC-05:00"
    assert (said.json["readings"], said.json["mkt_c"], said.json["mkt_30d_max_c"], said.json["level"]) == (
        0,
        *[None] * 3,
    )
    assert (said.json["first"], said.json["last"], said.json["max_c"]) == ("2026-04-28", "2026-04-29", 24.5)


def test_days_that_were_not_in_range_are_to_be_looked_at_though_they_make_no_level(check, run):
    said = check("daily_minimum_and_maximum.csv").json

    asks = "spike on 1 day, first on 2026-03-03; nobody knows how long it was so"
    assert (said["level"], said["review"]) == (None, [asks])
    assert asks in run("storage", "check", FILES / "daily_minimum_and_maximum.csv").out


@pytest.mark.parametrize(
    ("name", "way", "answer"),
    [
        ("asked_date_order.csv", "--date-order mdy|dmy", ("--date-order", "dmy")),
        ("asked_unit.csv", "--unit c|f", ("--unit", "c")),
        ("asked_column.csv", "--column 2|3", ("--column", "2")),
        ("asked_changed_places.csv", "(--as-printed)", ("--as-printed",)),
    ],
)
def test_what_only_a_person_can_say_is_asked_in_one_line_with_the_option(check, name, way, answer):
    asked = check(name)

    assert (asked.status, asked.out, asked.err.count("\n")) == (1, "", 1)
    assert way in asked.err
    assert check(name, *answer).status == 0


def test_values_that_were_measured_as_they_stand_are_told_with_the_answer(check, run):
    said = check("asked_changed_places.csv", "--as-printed").json

    told = (
        "line 14, and 1 more line like it: the temperature goes from 21.5 to 45.1 while “Humidity (%)” goes from 45 "
        "to 21.4"
    )
    assert (said["readings"], said["max_c"], said["problems"], said["as_printed"]) == (24, 45.1, [], [told])
    assert (
        f"Taken as printed, {told}" in run("storage", "check", FILES / "asked_changed_places.csv", "--as-printed").out
    )


def test_an_hour_that_is_printed_twice_is_asked_for_in_its_zone_and_never_without_one(check):
    asked = check("clock_set_back.csv", "--zone", "America/Denver")
    said = check("clock_set_back.csv", "--zone", "America/Denver", "--clock", "follows").json
    unplaced = check("clock_set_back.csv").json

    assert (asked.status, "(--clock follows|stands)" in asked.err) == (1, True)
    assert (said["first"], said["last"]) == ("2026-10-31T22:00:00-06:00", "2026-11-01T02:45:00-07:00")
    assert (unplaced["first"], unplaced["last"]) == ("2026-10-31T22:00:00", "2026-11-01T02:45:00")
    assert unplaced["gaps"] == said["gaps"] == []


@pytest.mark.parametrize("name", ["refused_clock_lost.csv", "refused_mixed_orders.csv", "facts.json", "nowhere.csv"])
def test_what_cannot_be_read_is_one_line(check, name):
    said = check(name)

    assert (said.status, said.out, said.err.count("\n")) == (1, "", 1)


def test_a_zone_that_is_none_is_wrong_usage(check):
    assert check("govee_newest_first.csv", "--zone", "Denver").status == 2


def test_people_read_sentences_and_what_was_set_aside(run, tmp_path):
    path = tmp_path / "log.csv"
    rows = [f"2026-03-05 {hour:02d}:00:00,{20 + hour / 10}" for hour in range(12)]
    rows[3] = "2026-03-05 03:00:00,warm"
    path.write_text("\n".join(["Time,Temp °C", *rows]) + "\n", encoding="utf-8")

    said = run("storage", "check", path)

    assert "11 readings in °C, one every 60 min" in said.out
    assert "Read: temperature under “Temp °C”" in said.out
    assert said.err == "line 5: “warm” is no temperature\n"
