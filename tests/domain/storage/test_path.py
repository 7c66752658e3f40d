"""R18: what a batch went through on its own path."""

from array import array
from dataclasses import replace
from itertools import pairwise, product
from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ldninv.domain.storage import kinetic
from ldninv.domain.storage.judging import judge_trace
from ldninv.domain.storage.level import Level
from ldninv.domain.storage.path import along, light_along, records
from ldninv.domain.storage.series import Beyond
from ldninv.domain.storage.stays import Presence, length, overlap
from ldninv.domain.storage.trace import Trace
from readings import HOUR, a_series


def a_place(*celsius, **more):
    return Trace.of(a_series(*celsius, **more))


def along_of(path, by_place, **more):
    """Return what is known along a path of places that each have one record."""
    return along(path, [by_place.get(each.place) for each in path], **more)


def stay(place, start, end=None):
    return Presence(place, start * HOUR, inf if end is None else end * HOUR)


COOL = a_place(*[22.0] * 101)
HOT = a_place(*[22.0] * 40, *[35.0] * 21, *[22.0] * 40)
"""Above 30 from hour 39.6 to 60.4."""


def test_a_batch_that_stood_in_one_place_has_that_places_record():
    assert judge_trace(along_of([stay("A", 0, 100)], {"A": HOT})).events == judge_trace(HOT).events


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
    assert judge_trace(along_of(path, {"A": HOT, "B": COOL})).level is level


def test_who_leaves_in_the_middle_of_a_spell_has_its_length_up_to_then_and_knows_it():
    judged = judge_trace(along_of([stay("A", 0, 50), stay("B", 50, 100)], {"A": HOT, "B": COOL}))

    (spike,) = [event for event in judged.events if event.kind == "above-30"]
    assert spike.hours == pytest.approx(50 - 39 - 8 / 13, abs=1e-5)
    assert not spike.at_least
    assert judged.coverage == 1


def test_a_place_that_nobody_watches_leaves_a_gap_and_open_spells():
    judged = judge_trace(along_of([stay("A", 0, 50), stay("C", 50, 80), stay("A", 80, 100)], {"A": HOT}))

    assert [(gap.start / HOUR, gap.end / HOUR) for gap in judged.gaps] == [(50, 80)]
    assert judged.coverage == pytest.approx(0.7)
    assert judged.incomplete
    (spike,) = [event for event in judged.events if event.kind == "above-30"]
    assert spike.open_end


def test_a_batch_that_no_logger_saw_has_no_record():
    assert along_of([stay("C", 0, 50)], {"A": HOT}) is None
    assert along_of([stay("A", 200, 300)], {"A": HOT}) is None


def test_what_is_asked_about_before_and_after_the_logger_is_unknown():
    judged = judge_trace(along_of([stay("A", -100)], {"A": COOL}, until=200 * HOUR))

    assert judged.coverage == pytest.approx(1 / 3)
    assert [(gap.start / HOUR, gap.end / HOUR) for gap in judged.gaps] == [(-100, 0), (100, 200)]
    assert judged.mkt_worst_case_c == pytest.approx(kinetic.mean([22, 40], [1, 2]))


@pytest.mark.parametrize(("left", "known"), [(60, 20), (60 + 1 / 60, 20 + 1 / 60)])
def test_a_gap_that_ends_when_a_batch_leaves_is_no_known_time(left, known):
    silent = Trace.of(a_series(*[22.0] * 40, hours=[*range(20), *range(60, 80)]))

    judged = judge_trace(along_of([stay("A", 0, left), stay("B", left, 100)], {"A": silent, "B": COOL}))

    assert [(round(gap.start / HOUR, 2), round(gap.end / HOUR, 2)) for gap in judged.gaps] == [(19, 60)]
    assert judged.coverage == pytest.approx((100 - 41) / 100)


def test_a_batch_has_the_record_of_each_logger_of_its_place():
    found = records([stay("A", 0, 100)], {"A": [COOL, HOT]})

    assert [judge_trace(each).max_c for each in found] == [22, 35]


def test_of_several_loggers_at_two_places_the_warmest_go_together():
    high, low = a_place(*[22.0] * 40, *[33.0] * 20), a_place(*[22.0] * 60)
    early, late = a_place(*[33.0] * 60), a_place(*[22.0] * 60)
    path = [stay("A", 0, 50), stay("B", 50, 59)]

    found = records(path, {"A": [low, high], "B": [late, early]})

    assert max(event.hours for each in found for event in judge_trace(each).events) > 19


IN_TURN = [
    a_place(*[22.0] * 40, *[33.0] * 14, *[22.0] * 60),
    a_place(*[22.0] * 53, *[33.0] * 14, *[22.0] * 47),
]
"""Two loggers above 30 one after the other, neither for a day."""
APART = [a_place(*[22.0] * 114), a_place(*[22.1] * 114)]


def test_a_stay_shows_the_same_whatever_stood_before_it_on_the_path():
    places = {"A": APART, "B": IN_TURN, "C": APART[:1]}

    for before in ([], [stay("C", 0, 30)], [stay("A", 0, 30)], [stay("A", 0, 20), stay("C", 20, 30)]):
        found = [judge_trace(each) for each in records([*before, stay("B", 30, 100)], places)]

        assert {each.level for each in found} == {Level.SPIKE}
        assert max(event.hours for each in found for event in each.events if event.kind == "above-30") < 14


@given(
    rooms=st.lists(
        st.lists(st.lists(st.sampled_from([14.0, 22.0, 27.0, 33.0]), min_size=5, max_size=5), min_size=1, max_size=2),
        min_size=2,
        max_size=3,
    ),
    cuts=st.lists(st.integers(1, 39), min_size=1, max_size=4, unique=True).map(sorted),
)
def test_what_any_logger_of_each_stay_shows_along_a_path_is_found_and_nothing_that_none_shows(rooms, cuts):
    places = {
        name: [a_place(*[celsius for celsius in run for _ in range(8)], run[-1]) for run in runs]
        for name, runs in zip("ABC", rooms, strict=False)
    }
    path = [stay([*places][at % len(places)], *cut) for at, cut in enumerate(pairwise([0, *cuts, 40]))]
    really = (along(path, each) for each in product(*(places[each.place] for each in path)))

    def said(traces):
        return {(tuple(each.series.seconds), tuple(each.series.celsius)) for each in traces}

    assert said(records(path, places)) == said(really)


def test_a_batch_that_comes_back_may_stand_where_another_logger_of_the_place_is():
    loggers = [
        a_place(*[22.0] * 20, *[35.0] * 15, *[22.0] * 65),
        a_place(*[22.0] * 36, *[35.0] * 14, *[22.0] * 50),
    ]
    away = a_place(*[22.0] * 30, *[35.0] * 11, *[22.0] * 59)
    path = [stay("A", 0, 33), stay("B", 33, 37), stay("A", 37, 90)]

    levels = {judge_trace(each).level for each in records(path, {"A": loggers, "B": [away]})}

    assert Level.BREACH in levels


def test_of_records_that_know_the_same_of_a_stay_one_is_enough():
    later = a_place(*[22.0] * 90, *[35.0] * 24)

    assert len(records([stay("A", 0, 50), stay("B", 50, 100)], {"A": [APART[0], later], "B": IN_TURN})) == 2


@pytest.mark.parametrize(("places", "loggers", "near"), [(9, 2, 5), (5, 3, 3), (3, 12, 2)])
def test_of_many_loggers_at_many_places_those_of_neighbours_on_the_path_are_all_combined(places, loggers, near):
    names = "ABCDEFGHI"[:places]
    of = {name: [a_place(*[20 + logger / 10] * 100) for logger in range(loggers)] for name in names}
    path = [stay(name, 10 * at, 10 * at + 10) for at, name in enumerate(names)]

    found = [[each.series.celsius[10 * at + at + 5] for at in range(places)] for each in records(path, of)]

    assert len(found) == loggers**near
    for first in range(places - near + 1):
        assert len({tuple(each[first : first + near]) for each in found}) == loggers**near


@given(
    celsius=st.lists(st.floats(10, 45), min_size=20, max_size=60),
    moves=st.lists(st.integers(1, 18), max_size=6, unique=True),
)
def test_moving_between_places_that_are_alike_changes_nothing(celsius, moves):
    place = a_place(*celsius)
    cuts = [0, *sorted(moves), len(celsius) - 1]
    path = [stay("AB"[index % 2], *cut) for index, cut in enumerate(pairwise(cuts))]
    still, moved = judge_trace(place), judge_trace(along_of(path, {"A": place, "B": place}))

    assert moved.coverage == pytest.approx(1)
    assert moved.gaps == still.gaps == ()
    assert moved.mkt_c == pytest.approx(still.mkt_c, abs=1e-4)
    assert moved.thermal_age_h == pytest.approx(still.thermal_age_h, rel=1e-5)


LIT = {"A": [a_place(*[22.0] * 9, lux=[0, 0, 100, 100, 100, 100, 0, 0, 0])]}
"""Above 10 lux from hour 1.1 to 5.9."""


@pytest.mark.parametrize(
    ("path", "lit"),
    [
        ([stay("A", 0)], [(1.1, 5.9)]),
        ([stay("A", 0, 3.5), stay("B", 3.5)], [(1.1, 3.5)]),
        ([stay("B", 0, 5), stay("A", 5)], [(5, 5.9)]),
        ([stay("B", 0, 5.9), stay("A", 5.9)], []),
        ([stay("A", 0, 1), stay("B", 1)], []),
        ([stay("A", 0, 2.5), stay("B", 2.5, 4.5), stay("A", 4.5)], [(1.1, 2.5), (4.5, 5.9)]),
    ],
)
def test_a_batch_has_only_the_light_of_the_hours_it_stood_there(path, lit):
    found = light_along(path, LIT, {"A": 10, "B": 10})

    assert [(pytest.approx(event.start / HOUR), pytest.approx(event.end / HOUR)) for event in found] == lit


def test_the_light_of_two_halves_of_a_stay_is_that_of_the_whole():
    whole = light_along([stay("A", 0)], LIT, {"A": 10})
    halves = light_along([stay("A", 0, 3.25), stay("A", 3.25)], LIT, {"A": 10})

    assert sum(each.lux_hours for each in halves) == pytest.approx(whole[0].lux_hours)
    assert whole[0].lux_hours == pytest.approx(300 + 2 * 0.9 * 55)


HOT_BESIDE = Beyond.ABOVE_AFTER | Beyond.HOT_AFTER, Beyond.ABOVE_BEFORE | Beyond.HOT_BEFORE
BEYOND = Trace.of(
    replace(
        a_series(*[22.0] * 6),
        beyond=array("d", [nan, nan, *HOT_BESIDE, nan, nan]),
    )
)
"""Above 40 °C some time from hour 2 to 3, as the logger said without a number."""


@pytest.mark.parametrize(
    ("path", "level"),
    [
        ([stay("A", 0)], Level.BREACH),
        ([stay("A", 0, 2), stay("B", 2)], Level.IN_RANGE),
        ([stay("A", 0, 2.5), stay("B", 2.5)], Level.BREACH),
        ([stay("B", 0, 2.5), stay("A", 2.5)], Level.BREACH),
        ([stay("B", 0, 3), stay("A", 3)], Level.IN_RANGE),
    ],
)
def test_what_proves_a_breach_without_a_reading_is_in_the_record_of_a_batch_that_stood_there(path, level):
    judged = judge_trace(along_of(path, {"A": BEYOND, "B": COOL}))

    assert (judged.level, judged.max_c) == (level, 22.0)


def test_each_place_has_its_own_limit_of_light():
    place = LIT["A"]
    path = [stay("A", 0, 3.5), stay("B", 3.5)]

    assert len(light_along(path, {"A": place, "B": place}, {"A": 10, "B": 200})) == 1


def test_of_two_loggers_with_lux_at_a_place_the_light_is_counted_once():
    twice = {"A": LIT["A"] * 2}

    assert light_along([stay("A", 0)], twice, {"A": 10}) == light_along([stay("A", 0)], LIT, {"A": 10})


def test_humidity_is_that_of_the_hours_a_batch_stood_there():
    humid = a_place(*[22.0] * 5, humidity=[40, 41, 42, 80, 81])
    dry = a_place(*[22.0] * 5)

    path = [stay("A", 0, 2.5), stay("B", 2.5)]
    assert judge_trace(along_of(path, {"A": humid, "B": dry})).humidity == (40, 42)
    assert judge_trace(along_of([stay("B", 0)], {"B": dry})).humidity is None
    missing = a_place(22, 22, humidity=[nan, nan])
    assert judge_trace(along_of([stay("B", 0)], {"B": missing})).humidity is None


spans = st.tuples(st.integers(0, 18), st.integers(0, 9)).map(lambda each: (each[0], sum(each)))


@given(stay=spans, event=spans)
def test_a_stay_meets_an_event_exactly_when_they_share_a_moment(stay, event):
    there, then = (set(range(2 * first, 2 * last)) for first, last in (stay, event))

    assert (overlap(Presence("A", *stay).span, event) is not None) is bool(there & then)


@given(cuts=st.lists(st.integers(-5, 25), min_size=2, max_size=8, unique=True).map(sorted), event=spans)
def test_a_path_without_a_hole_shares_each_moment_of_an_event_among_its_stays_once(cuts, event):
    path = [Presence("AB"[number % 2], *cut) for number, cut in enumerate(pairwise(cuts))]
    shares = [met for each in path if (met := overlap(each.span, event)) is not None]

    whole = overlap((cuts[0], cuts[-1]), event)
    assert length(shares) == (0 if whole is None else length([whole]))
    assert all(one[1] == other[0] for one, other in pairwise(shares))


def test_what_was_away_where_nobody_watches_has_no_credit_for_it_however_soon_it_came_back():
    path = [stay("A", 0, 50), stay("C", 50, 50.5), stay("A", 50.5)]

    judged = judge_trace(along_of(path, {"A": HOT}))

    assert [(gap.start / HOUR, gap.end / HOUR) for gap in judged.gaps] == [(50, 50.5)]
    assert [event.at_least for event in judged.events if event.kind == "above-30"] == [True, True]
