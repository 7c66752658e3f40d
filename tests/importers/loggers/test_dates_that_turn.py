"""Dates and times of some rows that were turned round or lost a part: refused where the rows beside them tell."""

from datetime import datetime, timedelta

import pytest

from ldninv.domain.batch_list import DateOrder
from ldninv.domain.refusal import Refused
from ldninv.domain.storage.logger_file import Answers
from ldninv.importers import loggers

FIRST = datetime(2026, 5, 3, 22, 15)  # noqa: DTZ001 - the clock that a logger prints
ROWS = 60
STEP = timedelta(minutes=15)


def printed(shape, other, turned, *, step=STEP, newest_first=False):
    found = []
    for at in range(ROWS):
        moment = FIRST + at * step
        found.append(f"{moment:{other if at in turned else shape}},21.{at % 10}")
    return found[:: -1 if newest_first else 1]


def read(rows, **said):
    return loggers.read("log.csv", "\n".join(["Time,Temperature (°C)", *rows, ""]).encode(), Answers(**said))


@pytest.mark.parametrize("newest_first", [False, True])
@pytest.mark.parametrize("other", ["%Y-%d-%m %H:%M", "2025-%m-%d %H:%M"])
def test_first_rows_with_day_and_month_exchanged_or_another_year_are_refused(other, newest_first):
    with pytest.raises(
        Refused, match=r"mixes its dates: .* if one of them has day and month exchanged, or another year"
    ):
        read(printed("%Y-%m-%d %H:%M", other, range(7), newest_first=newest_first))


def test_the_order_that_a_person_says_does_not_hide_that_a_spreadsheet_turned_the_first_day():
    rows = printed("%d.%m.%y %H:%M", "%m.%d.%y %H:%M", range(7))

    with pytest.raises(Refused, match=r"“04\.05\.26” on line 9 follows at once on “05\.03\.26”"):
        read(rows, date_order=DateOrder.DMY)


def test_a_hole_of_a_month_that_no_exchange_closes_is_a_hole():
    rows = [*printed("%Y-%m-%d %H:%M", "", ())[:7], *printed("2026-07-%d %H:%M", "", ())[20:]]

    assert read(rows).readings == 47


@pytest.mark.parametrize("lost", ["%Y-%m-%d %M:%S", "%Y-%m-%d %H:%S"])
def test_a_row_whose_time_lost_its_hour_or_its_minutes_is_refused(lost):
    with pytest.raises(Refused, match=r"prints its times in two ways: “.*” on line 2, “22:30:00” on line 3"):
        read(printed("%Y-%m-%d %H:%M:%S", lost, (0,)))


@pytest.mark.parametrize("shape", ["%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"])
def test_times_without_seconds_that_go_on_at_the_usual_step_are_read(shape):
    assert read(printed("%Y-%m-%d %H:%M:%S", shape, range(7))).readings == ROWS


def test_programs_that_leave_out_seconds_of_nought_are_read_whatever_their_steps():
    rows = [
        (FIRST + at * timedelta(seconds=97)).isoformat().removesuffix(":00") + f",21.{at % 10}" for at in range(ROWS)
    ]
    del rows[20:25]

    assert read(rows).readings == ROWS - 5
