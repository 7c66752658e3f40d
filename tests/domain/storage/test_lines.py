"""R14–R16: what the loggers of a place know together."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ldninv.domain.storage.judging import judge_trace
from ldninv.domain.storage.lines import lines
from ldninv.domain.storage.trace import Trace
from readings import HOUR, a_series


def a_logger(*celsius, start=0, **more):
    return Trace.of(a_series(*celsius, start=start * HOUR, **more))


def values(trace):
    return [round(at / HOUR, 3) for at in trace.series.seconds], list(trace.series.celsius)


@given(celsius=st.lists(st.floats(10, 45), min_size=2, max_size=60), data=st.data())
def test_loggers_that_follow_one_another_are_one_record_however_it_was_cut(celsius, data):
    cuts = data.draw(st.sets(st.integers(1, len(celsius) - 1), max_size=5).map(sorted))
    parts = [a_logger(*celsius[first:stop], start=first) for first, stop in pairwise([0, *cuts, len(celsius)])]

    (line,) = lines(data.draw(st.permutations(parts)))

    assert judge_trace(line) == judge_trace(a_logger(*celsius))


def test_loggers_at_the_same_time_have_each_its_own_record():
    one, other = a_logger(22, 23, 24), a_logger(32, 31, 30)

    assert lines([one, other]) == [one, other]


def test_a_logger_that_came_before_the_other_left_goes_on_for_it_and_nothing_of_either_is_lost():
    one, other = a_logger(22, 23, 24), a_logger(30, 31, 32, start=1)

    assert [values(each) for each in lines([one, other])] == [
        ([0, 1, 2, 3], [22, 23, 24, 32]),
        ([0, 1, 2, 3], [22, 30, 31, 32]),
    ]


def test_what_one_saw_in_the_gap_of_another_is_known():
    one = Trace.of(a_series(22, 22, 22, 22, hours=[0, 1, 9, 10]))
    other = a_logger(*[45] * 9, start=1)

    assert [each.coverage for each in lines([one, other])] == [1, 1]
    assert [judge_trace(each).max_c for each in lines([one, other])] == [45, 45]


def test_where_two_may_have_gone_on_for_one_the_warmest_counts():
    gone, cool, hot = a_logger(22, 22), a_logger(22, 24, start=2), a_logger(31, 23, start=2)

    assert values(lines([gone, cool, hot])[0]) == ([0, 1, 2, 3], [22, 22, 31, 24])


def test_the_warmest_of_two_that_looked_at_other_moments_is_read_off_the_line_between():
    gone = a_logger(22, 22)
    slow, quick = Trace.of(a_series(20, 30, hours=[2, 4])), Trace.of(a_series(24, 24, 24, hours=[2, 3, 4]))

    assert values(lines([gone, slow, quick])[0]) == ([0, 1, 2, 3, 4], [22, 22, 24, 25, 30])


@pytest.mark.parametrize("step", [2, 3])
def test_a_hand_over_that_took_too_long_is_a_gap(step):
    (line,) = lines([a_logger(22, 22, 22), a_logger(22, 22, 22, start=2 + step)])

    assert len(line.gaps) == (step > 2)
