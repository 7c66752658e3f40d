"""Numbers of rows that are not in the file are told where the times leave no room for their rows."""

from datetime import datetime, timedelta

import pytest

from ldninv.importers import loggers

BEGIN = datetime.fromisoformat("2026-04-13")


def told(numbers, times=None):
    rows = [
        f"{number},{BEGIN + at * timedelta(minutes=30):%Y-%m-%d %H:%M:%S},{21.5 + at % 3 / 10}"
        for number, at in zip(numbers, times or range(len(numbers)), strict=True)
    ]
    file = loggers.read("log.csv", "\n".join(["#,Time,Temperature (°C)", *rows, ""]).encode())
    assert file.readings == len(numbers)
    return [(each.line, each.text.partition(" not")[0]) for each in file.problems]


@pytest.mark.parametrize("lost", [1, 10, 900])
def test_numbers_that_jump_while_the_times_go_on_are_told(lost):
    last = "row 1101 is" if lost == 1 else f"rows 1101 to {1100 + lost} are"

    assert told([*range(1001, 1101), *range(1101 + lost, 1201 + lost)]) == [(102, last)]


def test_numbers_that_jump_with_the_times_are_a_gap_like_any_other():
    there = [*range(100), *range(110, 200)]

    assert told(there, there) == []


def test_numbers_of_the_newest_first_are_followed_downwards():
    numbers = [*range(300, 200, -1), *range(195, 95, -1)]

    assert told(numbers, range(199, -1, -1)) == [(102, "rows 200 to 196 are")]


def test_a_jump_far_down_is_told_by_its_line():
    assert told([*range(3000), *range(3010, 6000)]) == [(3002, "rows 3000 to 3009 are")]


@pytest.mark.parametrize(
    "numbers", [range(200), [*range(100), *range(100)], [*range(100), "", *range(101, 200)], [7] * 200]
)
def test_numbers_without_a_jump_say_nothing(numbers):
    assert told([*numbers]) == []
