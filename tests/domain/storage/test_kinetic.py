"""The worst window of a record, whichever way it is found (R15)."""

from array import array

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ldninv.domain.storage import kinetic
from ldninv.domain.storage.profile import CRT
from ldninv.domain.storage.series import Series
from ldninv.domain.storage.trace import Trace

DEGREES = st.integers(150, 400).map(lambda tenths: tenths / 10)


def worst_by_hand(seconds, celsius, length):
    """Return the largest mean of any window by the trapezoid, each summed up for itself; None where none fits."""
    rated = kinetic.rates(celsius)
    found = []
    for end, last in enumerate(seconds):
        if last < seconds[0] + length:
            continue
        begin = next(at for at, moment in enumerate(seconds) if moment >= last - length)
        if begin == end:  # shorter than a step: nothing is known in it
            continue
        steps = range(begin, end)
        area = sum((rated[at] + rated[at + 1]) / 2 * (seconds[at + 1] - seconds[at]) for at in steps)
        found.append(area / (last - seconds[begin]))
    return max(found, default=None)


@settings(max_examples=60, deadline=None)
@given(
    celsius=st.lists(DEGREES, min_size=2, max_size=40),
    step=st.sampled_from([60.0, 600.0, 0.5]),
    start=st.sampled_from([0.0, 0.25, 1_700_000_000.0]),
    hours=st.sampled_from([0.1, 0.5, 1.0]),
)
def test_the_worst_window_is_the_largest_of_all_whether_the_steps_are_whole_seconds_or_not(celsius, step, start, hours):
    seconds = [start + number * step for number in range(len(celsius))]
    series = Series(array("d", seconds), array("d", celsius))
    found = kinetic.windows(Trace.of(series), hours, CRT.activation_k)
    largest = worst_by_hand(seconds, celsius, 3600 * hours)

    assert found.whole_record is (largest is None)
    if largest is not None:
        assert found.worst_c == pytest.approx(kinetic.temperature(largest), abs=1e-9)
