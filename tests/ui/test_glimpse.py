"""The small picture of a record that is about to come in."""

from array import array

from hypothesis import given
from hypothesis import strategies as st

from ldninv.domain.storage.series import Series
from ldninv.ui.storage.glimpse import FINEST, Outline, narrowed


@given(celsius=st.lists(st.floats(-20, 60), min_size=1, max_size=80), columns=st.integers(1, 50))
def test_no_lowest_and_no_highest_reading_is_lost_however_narrow_the_picture_is(celsius, columns):
    outline = Outline.of(Series(array("d", range(len(celsius))), array("d", celsius)))

    shown = narrowed(outline.stretches, columns)

    assert (outline.lowest, outline.highest) == (min(celsius), max(celsius))
    assert (min(each.lowest for each in shown), max(each.highest for each in shown)) == (min(celsius), max(celsius))
    assert (shown[0].first, shown[-1].last) == (celsius[0], celsius[-1])
    assert [each.column for each in shown] == sorted({each.column for each in shown})
    assert shown[-1].column < columns


def test_a_year_is_painted_from_a_few_thousand_stretches():
    year = Outline.of(Series(array("d", range(0, 60 * 60_000, 60)), array("d", [22.0] * 60_000)))

    assert len(year.stretches) == FINEST
    assert narrowed(year.stretches, 0) == []
