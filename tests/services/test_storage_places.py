"""Places, loggers and the daily check by hand (R17, R18, R20)."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from builders import TODAY, a_batch, keep
from ldninv.db import readings
from ldninv.db.readings import Printed
from ldninv.domain.expiry import Container
from ldninv.domain.places import Light, Place
from ldninv.domain.refusal import Refused
from ldninv.domain.settings import Settings
from ldninv.domain.storage.level import Level
from ldninv.services import batches, ledger, preferences, safety
from ldninv.services.places import add_place
from ldninv.services.storage import daily, loggers, looking, papers, places
from ldninv.services.storage.drawn import drawn
from ldninv.services.storage.places_now import places_now
from rooms import HOUR, START, ZONE, a_room, brought

DAY = 24 * HOUR
FACTS = {"prepared": date(2026, 9, 1), "beyond_use": date(2027, 9, 1)}


@pytest.fixture
def shelf(context):
    keep(context, a_batch(lot="CLEAR-1", container=Container.CLEAR, **FACTS), a_batch(lot="AMBER-1", **FACTS))
    add_place(context, "Window", light=Light.OPEN)
    return context


def review(context, lot):
    return batches.card(context, lot).standing.review


def moment(hours):
    return datetime.fromtimestamp(START + hours * HOUR, UTC)


def test_a_clear_container_anywhere_but_in_the_dark_is_to_be_reviewed(shelf):
    for lot in ("CLEAR-1", "AMBER-1"):
        ledger.move(shelf, lot, "Window")

    assert review(shelf, "CLEAR-1") == "a clear container at Window, which is open; move it into the dark"
    assert review(shelf, "AMBER-1") is None

    ledger.move(shelf, "CLEAR-1", "Shelf A")
    assert review(shelf, "CLEAR-1") is None


def test_a_place_that_is_no_longer_dark_tells_of_the_clear_containers_there(shelf):
    places.change(shelf, Place("Shelf A", light=Light.SHADED))

    assert "which is shaded" in review(shelf, "CLEAR-1")


def test_limits_that_cannot_be_are_refused(shelf):
    for place, words in (
        (Place("Shelf A", lux_limit=0), "0 lux is no limit"),
        (Place("Shelf A", profile="moon"), "no storage profile “moon”"),
        (Place("Cellar"), "no place “Cellar”"),
    ):
        with pytest.raises(Refused, match=words):
            places.change(shelf, place)


def test_a_place_now_tells_its_level_its_last_reading_and_what_stands_there(shelf):
    brought(shelf, a_room(hours=48, t33=(5, 9), lux=1.0))

    now = {each.place.name: each for each in places_now(shelf)}

    assert (now["Shelf A"].judged.level, now["Shelf A"].batches, now["Shelf A"].waiting) == (Level.SPIKE, 2, 1)
    assert (now["Shelf A"].last.celsius, now["Shelf A"].last.lux) == (22.0, 1.0)
    assert (now["Window"].judged, now["Window"].last, now["Window"].loggers) == (None, None, ())


def test_every_logger_of_a_place_is_a_curve_with_its_own_holes_in_the_order_in_which_they_came(shelf):
    brought(shelf, a_room(start=START - 29 * DAY, hours=480, step=600.0, gap=(10, 20)), logger="Room 0")
    brought(shelf, a_room(start=START - 30 * DAY, hours=48, step=3600.0, celsius=24.0), logger="Room 9")
    add_place(shelf, "Store")
    brought(shelf, a_room(hours=48), logger="Elsewhere", place="Store", file="store.csv")

    first, last = drawn(shelf, "Shelf A")

    assert (first.logger, first.number, first.begins) == ("Room 9", 0, ())
    assert first.span == (START - 30 * DAY, START - 30 * DAY + 47 * HOUR)
    assert (last.logger, last.number, last.lowest, last.highest) == ("Room 0", 1, 22.0, 22.0)
    seconds = last.series.seconds
    assert [round((seconds[at] - seconds[at - 1]) / HOUR, 1) for at in last.begins] == [10.2]


def test_a_logger_without_a_reading_in_the_days_that_are_seen_has_no_curve_and_the_others_keep_their_number(shelf):
    brought(shelf, a_room(start=START - 30 * DAY, hours=48), logger="Room 0")
    brought(shelf, a_room(hours=48), logger="Room 9", file="second.csv")

    (found,) = drawn(shelf, "Shelf A", (START, START + DAY))

    assert (found.logger, found.number, found.span[1]) == ("Room 9", 1, START + DAY - 600)


def test_a_logger_that_is_moved_takes_its_later_readings_along(shelf):
    brought(shelf, a_room(hours=48, t41=(30, 32)))
    assert batches.card(shelf, "AMBER-1").standing.state == "held"
    add_place(shelf, "Store")

    loggers.watch(shelf, "Room 1", "Store", moment(20))

    assert [each.happening.place for each in looking.events(shelf) if each.happening.kind == "above-40"] == ["Store"]
    assert len(looking.readings(shelf, "Shelf A", START, START + 48 * HOUR).seconds) == 120
    assert len(looking.readings(shelf, "Store", START, START + 48 * HOUR).seconds) == 168
    assert safety.check(shelf) == []


def test_how_long_a_calibration_counts_is_a_setting(shelf):
    loggers.add(shelf, "Room 2", ZONE, calibrated=date(2026, 5, 1))
    assert loggers.known(shelf, "Room 2").calibration_due() == date(2027, 5, 1)

    preferences.change(shelf, Settings(calibration_months=6))
    assert loggers.known(shelf, "Room 2").calibration_due() == date(2026, 11, 1)
    assert loggers.known(shelf, "Room 2").past_calibration(TODAY)
    with pytest.raises(Refused, match="0 months"):
        preferences.change(shelf, Settings(calibration_months=0))


def test_calibrations_run_out_after_a_year(shelf):
    loggers.add(shelf, "Room 2", ZONE, calibrated=date(2025, 11, 22))
    loggers.watch(shelf, "Room 2", "Shelf A", moment(0))
    with shelf.store.reading() as work:
        assert looking.past_calibration(work, TODAY) == []
        assert [each.name for each in looking.past_calibration(work, date(2026, 11, 23))] == ["Room 2"]

    loggers.calibrate(shelf, "Room 2", TODAY)
    with shelf.store.reading() as work:
        assert looking.past_calibration(work, date(2026, 11, 23)) == []
    with pytest.raises(Refused, match="lies ahead"):
        loggers.calibrate(shelf, "Room 2", date(2030, 1, 1))


def test_a_thermometer_is_read_and_a_later_line_corrects_it(shelf):
    first = daily.read(shelf, "shelf a", lowest=19.5, highest=24.0, now=22.0)
    again = daily.read(shelf, "Shelf A", lowest=20.5, highest=24.0, now=22.0)

    assert (first.level, first.corrected) == (Level.ALLOWED_EXCURSION, False)
    assert (again.level, again.corrected) == (Level.IN_RANGE, True)
    (line,) = [each for each in daily.month(shelf, "Shelf A", TODAY).lines if each.reading]
    assert (line.day, line.reading.lowest, line.corrected) == (TODAY, 20.5, True)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"lowest": 25, "highest": 20}, "is above the highest"),
        ({"lowest": 20, "highest": 25, "now": 26}, "lies outside of 20 to 25"),
        ({"lowest": 20, "highest": 250}, "250 °C cannot be the highest"),
        ({"lowest": 20, "highest": 25, "day": date(2027, 1, 1)}, "lies ahead"),
    ],
)
def test_a_reading_that_cannot_be_is_refused(shelf, facts, words):
    with pytest.raises(Refused, match=words):
        daily.read(shelf, "Shelf A", **facts)


def test_open_days_without_a_reading_are_missed_and_closed_ones_are_not(shelf):
    daily.read(shelf, "Shelf A", lowest=20, highest=24, day=date(2026, 11, 16))
    daily.read(shelf, "Shelf A", lowest=20, highest=24, day=date(2026, 11, 18))

    with shelf.store.reading() as work:
        assert daily.missing_checks(work, TODAY) == {
            "Shelf A": [date(2026, 11, 17), date(2026, 11, 19), date(2026, 11, 20)]
        }
        assert daily.to_read(work, TODAY) == []  # a Sunday
        assert daily.to_read(work, date(2026, 11, 23)) == ["Shelf A"]
    sheet = daily.month(shelf, "Shelf A", TODAY)
    assert (len(sheet.lines), sheet.missing) == (30, 3)


def test_what_a_thermometer_shows_too_warm_says_what_to_do(shelf):
    assert "on hold" in daily.read(shelf, "Shelf A", lowest=20, highest=41).notices[0]
    assert daily.read(replace(shelf, account="Ben"), "Window", lowest=20, highest=31).level is Level.SPIKE


def test_the_check_finds_readings_and_storage_that_were_changed_behind_the_program(shelf):
    brought(shelf, a_room(hours=48, t33=(5, 9)))
    assert safety.check(shelf) == []
    with shelf.store.transaction() as work:
        work.database.execute_sql("UPDATE batch SET storage = 'in-range', review = NULL WHERE lot = 'AMBER-1'")
        work.database.execute_sql("DROP TRIGGER reading_block_no_update")
        (body,) = work.database.execute_sql("SELECT body FROM reading_block").fetchone()
        other = readings._packed(Printed(a_room(hours=48), ["x"] * 288))
        assert other != body
        work.database.execute_sql("UPDATE reading_block SET body = ?", (other,))

    found = safety.check(shelf)

    assert any("The readings of room.csv are not what came in" in text for text in found)
    assert any("Batch AMBER-1 shows another storage" in text for text in found)


def test_a_place_with_two_loggers_says_the_worst_of_both_and_its_paper_each(context):
    add_place(context, "Shelf A")
    brought(context, a_room(hours=240, t41=(50, 52)), logger="Warm")
    brought(context, a_room(hours=260), logger="Cool")

    (now,) = places_now(context)
    record = papers.record(context, "Shelf A", date(2026, 11, 1), date(2026, 11, 10))

    assert (now.judged.level, now.judged.max_c) == (Level.BREACH, 41.0)
    told = dict(record.parts[0].facts)
    assert told["Level"].startswith("breach")
    loggers = [value for name, value in record.facts if name == "Logger"]
    assert ["breach" in each for each in sorted(loggers)] == [False, True]
