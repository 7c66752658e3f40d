"""Long columns are gone through in pieces, and come to the same."""

import io
from array import array
from collections.abc import Sequence
from math import fsum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ldninv.domain import pieces
from ldninv.domain.storage import trace
from ldninv.importers.loggers import moments, source, steps

LONG = 3 * pieces.AT_ONCE + 7


class Watched(Sequence):
    """A column that is given out in short stretches alone."""

    def __init__(self, values):
        self.values = values

    def __len__(self):
        return len(self.values)

    def __iter__(self):
        raise AssertionError("a long column was gone through at once")

    def __getitem__(self, at):
        found = self.values[at]
        assert not isinstance(at, slice) or len(found) <= pieces.AT_ONCE + 1
        return found


@pytest.mark.parametrize(
    "go_through",
    [
        pieces.lowest, pieces.highest, pieces.total, pieces.rises, trace.steps, steps.Steps, steps.backwards,
        trace.interval_of, lambda column: trace.silences(column, LONG),
        lambda column: moments._each(dict.fromkeys(column.values, 1.0), column),
    ],
)  # fmt: skip
def test_a_year_of_readings_is_never_gone_through_in_one_go(go_through):
    go_through(Watched(array("d", range(LONG))))


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=50))
def test_pieces_come_to_the_same_as_the_whole(values):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pieces, "AT_ONCE", 3)
        assert pieces.lowest(values) == min(values)
        assert pieces.highest(values) == max(values)
        assert pieces.total(values) == pytest.approx(fsum(values), abs=1e-6)
        assert pieces.rises(values) is (values == sorted(set(values)))


@given(text=st.text(alphabet="ab\r\n"), at_once=st.integers(1, 9))
def test_a_text_is_cut_into_the_same_lines_a_piece_at_a_time(text, at_once):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(source, "_PIECE", at_once)
        assert list(source._lines(text)) == list(io.StringIO(text, newline=""))
