"""R18: what a batch went through on its own path."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ldninv.domain.storage import kinetic
from ldninv.domain.storage.judging import judge_trace
from ldninv.domain.storage.level import Level
from ldninv.domain.storage.path import Stay, along
from ldninv.domain.storage.trace import Trace
from readings import HOUR, a_series


def a_place(*celsius, **more):
    return (Trace.of(a_series(*celsius, **more)),)


def stay(place, start, end=None):
    return Stay(place, start * HOUR, None if end is None else end * HOUR)


COOL = a_place(*[22.0] * 101)
HOT = a_place(*[22.0] * 40, *[35.0] * 21, *[22.0] * 40)
"""Above 30 from hour 39.6 to 60.4."""


def test_a_batch_that_stood_in_one_place_has_that_places_record():
    assert judge_trace(along([stay("A", 0, 100)], {"A": HOT})).events == judge_trace(HOT[0]).events


@pytest.mark.parametrize(
    ("path", "level"),
    [
        ([stay("A", 0, 39), stay("B", 39, 100)], Level.IN_RANGE),
        ([stay("A", 0, 50), stay("B", 50, 100)], Level.SPIKE),
        ([stay("B", 0, 61), stay("A", 61, 100)], Level.IN_RANGE),
        ([stay("B", 0, 60), stay("A", 60, 100)], Level.SPIKE),
    ],
)
def test_a_batch_has_only_the_warmth_of_the_hours_it_stood_there(path, level):
    assert judge_trace(along(path, {"A": HOT, "B": COOL})).level is level


def test_who_leaves_in_the_middle_of_a_spell_has_its_length_up_to_then_and_knows_it():
    judged = judge_trace(along([stay("A", 0, 50), stay("B", 50, 100)], {"A": HOT, "B": COOL}))

    (spike,) = [event for event in judged.events if event.kind == "above-30"]
    assert spike.hours == pytest.approx(50 - 39 - 8 / 13, abs=1e-5)
    assert not spike.at_least
    assert judged.coverage == 1


def test_a_place_that_nobody_watches_leaves_a_gap_and_open_spells():
    judged = judge_trace(along([stay("A", 0, 50), stay("C", 50, 80), stay("A", 80, 100)], {"A": HOT}))

    assert [(gap.start / HOUR, gap.end / HOUR) for gap in judged.gaps] == [(50, 80)]
    assert judged.coverage == pytest.approx(0.7)
    assert judged.incomplete
    (spike,) = [event for event in judged.events if event.kind == "above-30"]
    assert spike.open_end


def test_a_batch_that_no_logger_saw_has_no_record():
    assert along([stay("C", 0, 50)], {"A": HOT}) is None
    assert along([stay("A", 200, 300)], {"A": HOT}) is None


def test_what_is_asked_about_before_and_after_the_logger_is_unknown():
    judged = judge_trace(along([stay("A", -100)], {"A": COOL}, until=200 * HOUR))

    assert judged.coverage == pytest.approx(1 / 3)
    assert [(gap.start / HOUR, gap.end / HOUR) for gap in judged.gaps] == [(-100, 0), (100, 200)]
    assert judged.mkt_worst_case_c == pytest.approx(kinetic.mean([22, 40], [1, 2]))


def test_where_one_logger_follows_another_only_a_long_silence_is_a_gap():
    def followed(start):
        return judge_trace(
            along([stay("A", 0, 100)], {"A": (*a_place(*[22.0] * 50), *a_place(*[22.0] * 50, start=start))})
        )

    assert followed(51 * HOUR).coverage == pytest.approx(1)
    assert len(followed(53 * HOUR).gaps) == 1


def test_of_two_loggers_at_a_place_the_first_counts_where_they_overlap():
    judged = judge_trace(along([stay("A", 0, 120)], {"A": (*COOL, *a_place(*[28.0] * 101, start=20 * HOUR))}))

    assert judged.readings == 101 + 19
    assert [round(event.start / HOUR, 1) for event in judged.events] == [100.5]


@given(
    celsius=st.lists(st.floats(10, 45), min_size=20, max_size=60),
    moves=st.lists(st.integers(1, 18), max_size=6, unique=True),
)
def test_moving_between_places_that_are_alike_changes_nothing(celsius, moves):
    place = a_place(*celsius)
    cuts = [0, *sorted(moves), len(celsius) - 1]
    path = [stay("AB"[index % 2], *cut) for index, cut in enumerate(pairwise(cuts))]
    still, moved = judge_trace(place[0]), judge_trace(along(path, {"A": place, "B": place}))

    assert moved.coverage == pytest.approx(1)
    assert moved.gaps == still.gaps == ()
    assert moved.mkt_c == pytest.approx(still.mkt_c, abs=1e-4)
    assert moved.thermal_age_h == pytest.approx(still.thermal_age_h, rel=1e-5)


@given(stay=st.tuples(st.integers(0, 9), st.integers(1, 9)), event=st.tuples(st.integers(0, 18), st.integers(1, 9)))
def test_a_stay_meets_an_event_exactly_when_they_share_a_moment(stay, event):
    there, then = (set(range(2 * first, 2 * (first + length))) for first, length in (stay, event))

    assert Stay("A", stay[0], sum(stay)).meets(event[0], sum(event)) is bool(there & then)
