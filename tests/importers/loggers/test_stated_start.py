"""The start that a logger's file states decides between orders of dates, and no reading is older than it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ldninv.domain.batch_list import DateOrder
from ldninv.domain.refusal import Refused
from ldninv.domain.storage.logger_file import Answers, Asked, Question
from ldninv.importers import loggers

TAG = (Path(__file__).parents[2] / "data" / "loggers" / "qtag_readings.txt").read_bytes().decode()
START = datetime(2026, 2, 3, 16, 33, tzinfo=UTC)
MARKED, PLAIN = "%d/%m/%y %I:%M:%S %p", "%d/%m/%y %H:%M:%S"


def mission(start=START, first=START, shape=MARKED, rows=12, stated="Mission Start", change=lambda text: text):
    """Return an iButton's file of readings every ten minutes, of a mission that began then."""
    times = [change((first + timedelta(minutes=10 * row)).strftime(shape)) for row in range(rows)]
    return (
        "1-Wire/iButton Part Number: DS1921G-F5\n1-Wire/iButton Registration Number: 790000003B54A821\n"
        f"{stated}:  {start:%a %b %d %H:%M:%S} IST {start:%Y}\n\nDate/Time,Unit,Value\n"
        + "".join(f"{time},C,{21 + row % 3 / 2:g}\n" for row, time in enumerate(times))
    )


def read(text, order=None):
    return loggers.read("file.csv", text.encode(), Answers(date_order=order))


def first(text, order=None):
    return datetime.fromtimestamp(read(text, order).local[0], UTC)


@pytest.mark.parametrize("stated", ["Mission Start", "Mission Start Time", "First Sample Timestamp"])
@pytest.mark.parametrize("shape", [MARKED, "%m/%d/%y %I:%M:%S %p", "%y/%m/%d %I:%M:%S %p"])
def test_the_start_decides_an_order_of_dates_that_the_rows_leave_open(stated, shape):
    assert first(mission(shape=shape, stated=stated)) == START


def test_without_a_start_the_order_is_asked_for():
    with pytest.raises(Asked) as asked:
        read(mission(stated="Mission Began"))

    assert asked.value.question is Question.DATE_ORDER


def test_a_start_that_fits_no_order_or_several_leaves_them_to_be_asked_for():
    start = datetime(2026, 1, 1, tzinfo=UTC)

    with pytest.raises(Asked) as asked:
        read(mission(start, first=START, shape="%d/%m/%Y %I:%M:%S %p"))

    assert {each.value for each in asked.value.choices} == {DateOrder.DMY, DateOrder.MDY}


def test_a_start_that_fits_another_order_than_the_rows_do_is_asked_about():
    begun = datetime(2026, 2, 11, 23, 30, tzinfo=UTC)
    text = mission(begun, first=begun, shape="%m/%d/%Y %I:%M:%S %p").replace("Feb 11", "Nov 02")

    with pytest.raises(Asked) as asked:
        read(text)

    assert asked.value.question is Question.DATE_ORDER
    assert "started on 2026-11-02, and its first reading is of 2026-02-11" in asked.value.because


def test_readings_older_than_the_start_are_refused_also_in_the_order_that_a_person_said():
    with pytest.raises(Refused, match=r"line 6: the first reading, .* is older than the start .* 2026-02-03 16:33"):
        first(mission(first=START - timedelta(hours=27), shape="%Y-%m-%d %H:%M:%S"))
    with pytest.raises(Refused, match="is older than the start that the file states"):
        first(mission(datetime(2026, 3, 2, 8, tzinfo=UTC), datetime(2026, 3, 2, 8, tzinfo=UTC)), DateOrder.YMD)


@pytest.mark.parametrize("later", [-26, -1, 1, 26, 24 * 40])
def test_a_first_reading_in_another_zone_or_after_a_roll_over_is_no_doubt(later):
    begun = START + timedelta(hours=later)

    assert first(mission(first=begun, shape="%Y-%m-%d %H:%M:%S")) == begun


def test_times_that_lost_their_marks_are_refused_where_the_start_says_twelve_hours_later():
    lost = mission(change=lambda text: text.removesuffix(" PM"))

    with pytest.raises(Refused, match="is twelve hours before the start that the file states"):
        read(lost, DateOrder.DMY)


def test_a_start_twelve_hours_later_is_no_doubt_where_times_have_their_marks():
    begun = START - timedelta(hours=12)

    assert first(mission(first=begun), DateOrder.DMY) == begun


@pytest.mark.parametrize(
    ("old", "new"), [("TS Actv", "TS Actv"), ("TS Actv: 2026-02-08 02:20", "TS Start: 2026-02-08 04:49")]
)
def test_a_q_tag_whose_readings_are_older_than_its_start_is_refused(old, new):
    text = TAG.replace(old, new)

    assert first(text) == datetime(2026, 2, 8, 4, 49, tzinfo=UTC)
    with pytest.raises(Refused, match="is older than the start that the file states"):
        read(text.replace("\t2026-02-08", "\t2026-01-08"))


def test_the_start_of_a_q_tag_counts_before_its_activation():
    text = TAG.replace(" TS Actv: 2026-02-08 02:20", " TS Actv: 2026-02-01 02:20\r\n TS Start: 2026-02-08 04:49")

    with pytest.raises(Refused, match="start that the file states, 2026-02-08 04:49"):
        read(text.replace("\t2026-02-08", "\t2026-02-05"))


@pytest.mark.parametrize(
    "said", ["Tue Foo 03 16:33:00 IST 2026", "Tue Feb 31 16:33:00 IST 2026", "Tue Feb 03 29:33:00 IST 2026"]
)
def test_a_start_that_is_no_moment_is_not_judged_by(said):
    text = mission(shape="%Y-%m-%d %H:%M:%S").replace(f"{START:%a %b %d %H:%M:%S} IST {START:%Y}", said)

    assert first(text) == START
