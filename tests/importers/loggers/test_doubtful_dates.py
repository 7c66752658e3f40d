"""Dates that one stray, foreign or damaged row would turn round are asked for or refused, never taken."""

from datetime import datetime, timedelta

import pytest

from ldninv.domain.batch_list import DateOrder
from ldninv.domain.refusal import Refused
from ldninv.domain.storage.logger_file import Answers, Asked, Question
from ldninv.importers import loggers

HEADING = "Time,Temperature (°C)"


def read(*rows, heading=HEADING, **answers):
    return loggers.read("log.csv", "\n".join([heading, *rows, ""]).encode(), Answers(**answers))


@pytest.mark.parametrize(
    ("way", "odd"),
    [
        ("%Y-%m-%d %H:%M", "13/03/2026 12:00"),
        ("%d/%m/%Y %H:%M", "2026-03-13 12:00"),
        ("%d/%m/%Y %H:%M", "13-Mar-26 12:00"),
    ],
)
def test_dates_that_are_written_in_two_ways_are_refused_with_both(way, odd):
    rows = [f"{datetime(2026, 3, 2) + timedelta(hours=at):{way}},21.5" for at in range(200)]  # noqa: DTZ001

    with pytest.raises(Refused, match=f"in two ways: .* on line 2, .{odd[:9]}.* on line 202"):
        read(*rows, f"{odd},22.0")


@pytest.mark.parametrize("newest_first", [False, True])
def test_rows_that_follow_on_one_another_in_another_order_are_asked_for(newest_first):
    rows = ["02/10/2026 23:30,22.2", "03/10/2026 00:00,23.0", "03/13/2026 01:00,22.0"]
    rows = rows[::-1] if newest_first else rows

    with pytest.raises(Asked, match=r"in doubt: line .* follows at once .* when both are read day first") as asked:
        read(*rows)

    assert (asked.value.question, [each.value for each in asked.value.choices]) == (Question.DATE_ORDER, ["mdy"])
    assert read(*rows, date_order=DateOrder.MDY).printed[1] == "03/10/2026 00:00"


@pytest.mark.parametrize("odd", ["15/06/2018 00:00,", "15/03/2027 00:00,NC", "15/03/2026 00:00,"])
def test_a_row_without_a_temperature_does_not_turn_the_readings_round(odd):
    with pytest.raises(Refused, match="mixes its dates"):
        read("03/08/2026 23:30,21.6", "03/09/2026 00:00,21.5", odd)


def test_a_row_without_a_temperature_that_stands_in_its_place_tells_the_order_of_the_others():
    rows = [f"{at:02}/05/2026 08:00,{'' if at in (9, 14) else '21.5'}" for at in range(1, 15)]

    assert read(*rows).date_order is DateOrder.DMY


def test_a_row_out_of_its_place_tells_no_order_where_the_readings_fit_two():
    with pytest.raises(Asked, match="more than one way"):
        read("03/04/2026 08:00,21.5", "03/04/2026 09:00,21.5", "15/06/2018 00:00,")


def test_a_stray_row_in_a_long_file_is_named_though_every_row_runs_back_in_a_file_read_newest_first():
    rows = [f"{datetime(2026, 3, 2) + timedelta(minutes=at):%Y-%m-%d %H:%M},21.5" for at in range(20_000)]  # noqa: DTZ001
    rows[9_000] = "2013-01-01 00:00,21.5"

    with pytest.raises(Refused, match="runs backwards on line 9002, to 2013"):
        read(*rows)
