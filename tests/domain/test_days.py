"""Calendar days and ISO weeks."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ldninv.domain.days import Week, month_end, parse_day, shifted
from ldninv.domain.refusal import Refused


@pytest.mark.parametrize(
    ("year", "month", "end"), [(2027, 5, "2027-05-31"), (2028, 2, "2028-02-29"), (2027, 12, "2027-12-31")]
)
def test_a_month_means_its_last_day(year, month, end):
    assert str(month_end(year, month)) == end


@given(st.dates())
def test_a_day_is_read_as_it_is_written(day):
    assert parse_day(f" {day} ") == day


@pytest.mark.parametrize(
    "text", ["", "20261122", "22.11.2026", "2026-11-31", "2026-1-1", "２０２６-11-22", "0000-01-01"]
)
def test_what_is_no_day_is_refused_in_words(text):
    with pytest.raises(Refused, match="is no day"):
        parse_day(text)


@given(st.text())
def test_any_text_is_a_day_or_refused(text):
    with suppress(Refused):
        assert str(parse_day(text)) == text.strip()


@given(st.dates(), st.integers(-(10**7), 10**7))
def test_a_shift_ends_where_the_calendar_ends(day, days):
    there = shifted(day, days)

    assert there in {date.min, date.max} or (there - day).days == days


@pytest.mark.parametrize(
    ("day", "week"), [("2026-11-22", "2026-W47"), ("2027-01-01", "2026-W53"), ("2024-12-30", "2025-W01")]
)
def test_a_week_belongs_to_the_year_of_its_thursday(day, week):
    assert str(Week.of(date.fromisoformat(day))) == week


@given(st.dates())
def test_a_week_is_read_as_it_is_written_and_holds_its_days(day):
    week = Week.of(day)

    assert Week.parse(str(week)) == week
    assert week.monday <= day <= week.sunday


@pytest.mark.parametrize("text", ["2026-w47", "2026W47", " 2026-W47\n"])
def test_a_week_may_be_written_in_the_usual_ways(text):
    assert Week.parse(text) == Week(2026, 47)


@pytest.mark.parametrize("text", ["", "47", "2026-W00", "2026-W54", "2025-W53", "0000-W01", "2026-47", "2026-W4７"])
def test_what_is_no_week_is_refused_in_words(text):
    with pytest.raises(Refused, match="is no ISO week"):
        Week.parse(text)


@pytest.mark.parametrize(
    ("today", "as_of"), [("2026-11-16", "2026-11-16"), ("2026-11-22", "2026-11-22"), ("2026-12-24", "2026-11-22")]
)
def test_a_report_speaks_of_today_in_the_running_week_and_of_sunday_in_a_past_one(today, as_of):
    assert Week(2026, 47).as_of(date.fromisoformat(today)) == date.fromisoformat(as_of)


def test_a_week_that_has_not_begun_has_no_report():
    with pytest.raises(Refused, match=r"Week 2026-W47 has not begun: it starts on 2026-11-16\. Ask for 2026-W46\."):
        Week(2026, 47).as_of(date(2026, 11, 15))
