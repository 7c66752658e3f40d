"""From printed local times to instants: zones, hours that a clock change repeats or skips, and what is refused."""

from array import array
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ldninv.domain.refusal import Refused
from ldninv.domain.storage.clock_changes import EPOCH
from ldninv.domain.storage.logger_file import Answers, Asked, ClockChange, LoggerFile, Question, Unit
from ldninv.domain.storage.placing import placed, zone_named

DENVER = ZoneInfo("America/Denver")
FOLLOWS, STANDS = Answers(clock=ClockChange.FOLLOWS), Answers(clock=ClockChange.STANDS)
AUTUMN, SPRING = datetime(2026, 10, 31, 18, tzinfo=UTC), datetime(2026, 3, 7, 18, tzinfo=UTC)


def a_file(moments, zone, steps_back=(), interval=600.0, offsets=None):
    """Return a file that prints moments by the clock of a zone."""
    walls = [moment.astimezone(zone).replace(tzinfo=None) for moment in moments]
    many = len(walls)
    celsius = array("d", [21.0] * many)
    return LoggerFile(
        file="log.csv",
        maker="any table",
        unit=Unit.CELSIUS,
        unit_from="the heading",
        printed=[str(wall) for wall in walls],
        local=array("d", [(wall - EPOCH).total_seconds() for wall in walls]),
        steps_back=steps_back,
        offsets=offsets,
        temperature=celsius,
        digits=1,
        celsius=celsius,
        lines=array("q", range(2, many + 2)),
        interval_s=interval,
    )


def every(minutes, begin, hours):
    return [begin + timedelta(minutes=minutes * at) for at in range(int(hours * 60 / minutes) + 1)]


def instants(moments):
    return array("d", [moment.timestamp() for moment in moments])


def back_at(moments, zone):
    walls = [moment.astimezone(zone).replace(tzinfo=None) for moment in moments]
    return tuple(at for at in range(1, len(walls)) if walls[at] <= walls[at - 1])


@given(
    st.datetimes(EPOCH.replace(year=2020), EPOCH.replace(year=2027)),
    st.sampled_from(["America/Denver", "Europe/Berlin", "Australia/Sydney", "Asia/Kolkata", "America/St_Johns"]),
    st.sampled_from([1, 5, 10, 30]),
)
def test_a_clock_that_follows_its_zone_gives_back_every_moment(begin, name, minutes):
    zone = ZoneInfo(name)
    moments = every(minutes, begin.replace(second=0, microsecond=0, tzinfo=UTC), hours=30)
    inside = [moment.astimezone(zone).replace(tzinfo=None) for moment in moments]
    twice = {
        wall
        for wall in inside
        if wall.replace(tzinfo=zone).utcoffset() != wall.replace(tzinfo=zone, fold=1).utcoffset()
    }
    if inside[0] in twice or inside[-1] in twice:
        return  # a record that begins or ends in the repeated hour may lie on either side

    file = a_file(moments, zone, back_at(moments, zone), interval=minutes * 60.0)

    assert placed(file, zone, FOLLOWS).series.seconds == instants(moments)


def test_readings_in_the_repeated_hour_are_asked_for_once_and_all_kept():
    moments = every(10, AUTUMN, 24)
    file = a_file(moments, DENVER, back_at(moments, DENVER))

    with pytest.raises(Asked) as asked:
        placed(file, DENVER)

    assert (asked.value.question, asked.value.likely) == (Question.CLOCK, "follows")
    assert "2026-11-01 01:00:00" in str(asked.value)
    assert placed(file, DENVER, FOLLOWS).series.seconds == instants(moments)


def test_a_clock_that_stood_keeps_the_offset_of_its_first_reading():
    summer = zone_named("UTC-06:00")
    moments = every(10, AUTUMN, 24)

    file = a_file(moments, summer)

    with pytest.raises(Asked) as asked:
        placed(file, DENVER)
    assert asked.value.likely == "stands"
    assert placed(file, DENVER, STANDS).series.seconds == instants(moments)
    with pytest.raises(Refused, match="repeated on 2026-11-01 once"):
        placed(file, DENVER, FOLLOWS)


def test_readings_in_the_missing_hour_are_asked_for_and_contradict_a_clock_that_followed():
    winter = zone_named("UTC-07:00")
    moments = every(10, SPRING, 24)
    file = a_file(moments, winter)

    with pytest.raises(Asked) as asked:
        placed(file, DENVER)

    assert asked.value.likely == "stands"
    assert placed(file, DENVER, STANDS).series.seconds == instants(moments)
    with pytest.raises(Refused, match="does not exist"):
        placed(file, DENVER, FOLLOWS)


def test_a_missing_hour_that_the_clock_skipped_too_asks_nothing():
    moments = every(10, SPRING, 24)

    assert placed(a_file(moments, DENVER), DENVER).series.seconds == instants(moments)


NEW_YORK = ZoneInfo("America/New_York")
EASTERN = zone_named("UTC-05:00")
MARCH = datetime(2026, 3, 7, 6, tzinfo=UTC)
"""One o'clock in New York, on the day before the clocks are put forward."""


def test_even_steps_over_a_change_that_no_reading_falls_into_tell_that_the_clock_stood():
    moments = every(120, MARCH, 96)

    assert placed(a_file(moments, EASTERN, interval=7200.0), NEW_YORK).series.seconds == instants(moments)


def test_steps_that_are_an_hour_shorter_or_longer_tell_that_the_clock_was_changed():
    for begin in (MARCH + timedelta(hours=1), datetime(2026, 10, 31, 4, tzinfo=UTC)):
        moments = every(180, begin, 96)
        assert placed(a_file(moments, NEW_YORK, interval=10_800.0), NEW_YORK).series.seconds == instants(moments)


@pytest.mark.parametrize(("minutes", "gap"), [(10, 5), (120, 6), (1440, 0)])
def test_where_the_steps_over_a_change_do_not_tell_it_is_asked(minutes, gap):
    change = MARCH + timedelta(hours=25)
    moments = [each for each in every(minutes, MARCH, 96) if abs(each - change) >= timedelta(hours=gap)]
    file = a_file(moments, EASTERN, interval=minutes * 60.0)

    with pytest.raises(Asked, match="do not tell whether its clock was too") as asked:
        placed(file, NEW_YORK)

    assert (asked.value.question, asked.value.likely) == (Question.CLOCK, None)
    assert placed(file, NEW_YORK, STANDS).series.seconds == instants(moments)


def test_a_clock_that_stood_is_asked_about_again_until_it_was_set():
    summer = zone_named("UTC-06:00")
    first = placed(a_file(every(10, AUTUMN, 24), summer), DENVER, STANDS)
    known = replace(STANDS, stood=(first.stood,))
    moments = every(10, AUTUMN + timedelta(days=3), 24)
    file, set_anew = a_file(moments, summer), a_file(moments, DENVER)

    with pytest.raises(Asked, match="stood at UTC-06:00 when the clocks of America/Denver were changed") as asked:
        placed(file, DENVER, replace(known, clock=None))
    again = placed(file, DENVER, known)
    anew = placed(set_anew, DENVER, replace(known, clock=FOLLOWS.clock))

    assert [each.value for each in asked.value.choices] == ["stands", "follows"]
    assert again.series.seconds == anew.series.seconds == instants(moments)
    assert (first.stood.east, again.stood, anew.stood.east) == (-6 * 3600, None, None)
    later = a_file([each + timedelta(days=5) for each in moments], DENVER)
    assert placed(later, DENVER, Answers(stood=(first.stood, anew.stood))).series.seconds == instants(
        [each + timedelta(days=5) for each in moments]
    )


def test_a_step_back_where_the_zone_has_no_change_is_refused_with_its_row():
    moments = every(10, AUTUMN, 24)
    file = a_file(moments, DENVER, back_at(moments, DENVER))

    for zone in ("Europe/Berlin", "America/Phoenix"):
        with pytest.raises(Refused, match="runs backwards on line"):
            placed(file, ZoneInfo(zone), FOLLOWS)


def test_without_a_zone_the_printed_clock_counts_and_goes_on_over_its_step_back():
    moments = every(10, AUTUMN, 24)

    found = placed(a_file(moments, DENVER, back_at(moments, DENVER)))

    assert {b - a for a, b in zip(found.series.seconds, found.series.seconds[1:], strict=False)} == {600.0}
    assert found.said(found.series.seconds[0]) == "2026-10-31T12:00:00"
    assert found.said(found.series.seconds[-1]) == "2026-11-01T11:00:00"


def test_printed_offsets_go_before_everything_and_have_to_be_the_zones():
    moments = every(30, AUTUMN, 6)
    file = a_file(moments, DENVER, offsets=array("d", [-21600.0] * 13), interval=1800.0)

    assert placed(file, DENVER).series.seconds == instants(moments)
    with pytest.raises(Refused, match="prints its own offset, UTC-06:00"):
        placed(file, ZoneInfo("Europe/Berlin"))


@pytest.mark.parametrize("name", ["", "Denver", "EDT", "UTC+15:30", "../etc/passwd", "America/Nowhere", "Z9"])
def test_what_is_no_zone_is_refused(name):
    with pytest.raises(Refused, match="no time zone"):
        zone_named(name)


@pytest.mark.parametrize(
    ("name", "hours"), [("GMT-07:00", -7), ("UTC", 0), ("+05:30", 5.5), ("GMT +5", 5), ("UTC−3", -3), ("Z", 0)]
)
def test_fixed_offsets_are_zones(name, hours):
    assert zone_named(name).utcoffset(None) == timedelta(hours=hours)
