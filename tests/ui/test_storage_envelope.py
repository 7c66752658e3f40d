"""What of a long record can be seen: no extreme is ever lost, and no gap is ever bridged."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ldninv.ui.storage.envelope import Curve, envelope, marked


def a_curve(values, begins=()):
    return Curve(np.arange(len(values), dtype=float), np.array(values, float), np.array(sorted(begins), np.int64))


@given(
    values=st.lists(st.integers(0, 50), min_size=1, max_size=400),
    begins=st.sets(st.integers(1, 399), max_size=20),
    columns=st.integers(1, 60),
)
def test_the_highest_and_the_lowest_of_every_stretch_are_seen(values, begins, columns):
    begins = sorted(each for each in begins if each < len(values))
    drawn = envelope(a_curve(values, begins), 0, len(values) - 1, columns)

    ends = [index + 1 for index in range(len(drawn.y)) if not drawn.joined[index]]
    lines = [drawn.y[start:end] for start, end in zip([0, *ends[:-1]], ends, strict=True)]
    cuts = [0, *begins, len(values)]
    stretches = [values[start:end] for start, end in pairwise(cuts)]
    assert [(line.min(), line.max()) for line in lines] == [(min(each), max(each)) for each in stretches]
    assert np.all(np.diff(drawn.x) >= 0) or columns == 1 or begins


def test_a_year_is_drawn_with_two_points_a_pixel():
    values = np.full(525_600, 22.0)
    values[300_000] = 41.0
    drawn = envelope(a_curve(values), 0, 525_599, 1000)

    assert len(drawn.x) <= 2002
    assert drawn.y.max() == 41


def test_a_reading_alone_between_gaps_is_as_wide_as_a_pixel():
    drawn = envelope(a_curve([22, 22, 35, 22, 22], begins=[2, 3]), 0, 4, 100)

    alone = [number for number in range(len(drawn.y)) if drawn.y[number] == 35]
    assert drawn.x[alone[1]] - drawn.x[alone[0]] == pytest.approx(0.04)
    assert list(drawn.joined[alone]) == [1, 0]


def test_outside_of_the_record_nothing_is_drawn():
    assert len(envelope(Curve(np.empty(0), np.empty(0), np.empty(0, np.int64)), 0, 1, 100).x) == 0


@given(
    values=st.lists(st.integers(0, 50), min_size=1, max_size=400),
    begins=st.sets(st.integers(1, 399), max_size=20),
    step=st.sampled_from([1.0, 4.0, 64.0, 512.0]),
    share=st.floats(0, 0.9),
)
def test_every_curve_that_is_seen_bears_a_mark_and_each_stands_on_a_reading(values, begins, step, share):
    curve = a_curve(values, (each for each in begins if each < len(values)))
    found = marked(curve, 0, len(values) - 1, step, share)

    assert len(found) >= 1
    assert set(found) <= set(range(len(values)))
    assert len(found) <= len(values) / step + 3


def test_no_mark_stands_in_a_gap_and_panning_leaves_them_where_they_are():
    seconds = np.concatenate([np.arange(0, 1000, 1.0), np.arange(5000, 6000, 1.0)])
    curve = Curve(seconds, np.full(2000, 22.0), np.array([1000]))

    whole, later = (set(seconds[marked(curve, first, 6000, 100, 0.5)]) for first in (0, 5100))

    assert whole == {*range(50, 1000, 100), *range(5050, 6000, 100)}
    assert later == {each for each in whole if each >= 5100}
