"""R14 to R17 and R19: what a record says."""

import random
from array import array
from dataclasses import replace
from itertools import accumulate, pairwise, takewhile
from math import nan

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ldninv.domain.standing import Storage
from ldninv.domain.storage import kinetic
from ldninv.domain.storage.judging import judge
from ldninv.domain.storage.level import Level
from ldninv.domain.storage.light import lux_hours
from ldninv.domain.storage.profile import CRT
from ldninv.domain.storage.series import Beyond
from ldninv.domain.storage.trace import FEWEST, NEAR, local_silences
from readings import HOUR, a_series, spans

MONTH = 721
"""Hourly readings of 30 days."""
CELSIUS = st.floats(10, 45)
RECORDS = st.lists(CELSIUS, min_size=2, max_size=60)


@pytest.mark.parametrize(
    ("celsius", "held", "mkt"),
    [([20, 30], [1, 1], 26.2598869), ([23, 40], [29, 1], 24.4219920), ([24, 40], [29, 1], 25.2602302)],
)
def test_the_mean_kinetic_temperature_is_that_of_the_rule(celsius, held, mkt):
    assert kinetic.mean(celsius, held) == pytest.approx(mkt, abs=1e-7)


@pytest.mark.parametrize(("celsius", "times"), [(25, 1), (30, 1.7388), (40, 4.9858)])
def test_warmth_ages_as_the_rule_says(celsius, times):
    assert judge(a_series(*[celsius] * 101)).thermal_age_h == pytest.approx(100 * times, rel=1e-4)


@pytest.mark.parametrize(
    ("celsius", "level"),
    [
        ([20, 25], Level.IN_RANGE),
        ([19.99], Level.ALLOWED_EXCURSION),
        ([25.01], Level.ALLOWED_EXCURSION),
        ([15, 30], Level.ALLOWED_EXCURSION),
        ([30.01], Level.SPIKE),
        ([40], Level.SPIKE),
        ([40.01], Level.BREACH),
        ([14.99], Level.BREACH),
    ],
)
def test_limits_are_inclusive(celsius, level):
    assert judge(a_series(22, *celsius, 22)).level is level


@pytest.mark.parametrize(
    ("readings", "level"),
    [
        (23, Level.SPIKE),
        (24, Level.BREACH),
        (25, Level.BREACH),
    ],
    ids=["23 h, 24 h between good ones less a little", "24 h within what nobody knows", "over 24 h by its edges"],
)
def test_a_spell_of_a_day_is_a_breach_also_where_only_the_good_readings_are_a_day_apart(readings, level):
    judged = judge(a_series(22, *[35] * readings, 22, every=HOUR * 0.99))

    assert judged.level is level
    assert bool(judged.reasons) is True


def test_an_open_spell_counts_as_long_as_it_was_seen_and_no_longer():
    assert judge(a_series(22, *[35] * 24)).level is Level.SPIKE
    judged = judge(a_series(*[35] * 25))
    assert judged.level is Level.BREACH
    assert judged.events[0].at_least


def test_a_spell_across_midnight_is_one():
    assert spans(judge(a_series(25, 35, 35, 25, start=22.5 * HOUR)).events) == [
        ("above-25", 22.5, 25.5),
        ("above-30", 23, 25),
    ]


def test_a_warm_month_is_a_breach_and_a_warm_fortnight_a_warning():
    month, fortnight = judge(a_series(*[26] * MONTH)), judge(a_series(*[26] * 336))

    assert (month.level, month.review) == (Level.BREACH, ())
    assert month.reasons == ("mean kinetic temperature of 30 days 26.0 °C, above 25 °C",)
    assert fortnight.level is Level.ALLOWED_EXCURSION
    assert fortnight.review == (
        "mean kinetic temperature 26.0 °C, above 25 °C; provisional: less than 30 days of record",
    )


def test_a_month_at_the_limit_is_good():
    assert judge(a_series(*[25] * MONTH)).level is Level.IN_RANGE


def test_the_worst_window_counts_not_the_year():
    record = [21] * 2000 + [26] * MONTH + [21] * 2000
    judged = judge(a_series(*record))

    assert judged.mkt_c < 23
    assert judged.level is Level.BREACH
    assert judged.mkt_30d_max_c == pytest.approx(26)
    assert [moment / HOUR for moment in judged.mkt_30d_window] == [2000, 2720]


def test_cool_days_never_excuse_cold_or_heat():
    assert judge(a_series(*[21] * MONTH, 14.9, *[21] * MONTH)).level is Level.BREACH
    assert judge(a_series(*[21] * MONTH, 40.1, *[21] * MONTH)).level is Level.BREACH


def test_hours_above_the_permitted_range_are_summed_over_thirty_days():
    day = [22] * 20 + [35] * 3 + [22]
    judged = judge(a_series(*day * 60))

    assert judged.level is Level.SPIKE
    assert judged.hours_above_30_in_30_days == pytest.approx(30 * (3 - 1 + 10 / 13))
    assert "3.5 days above 30 °C within 30 days" in judged.review[-1]


def test_a_silent_logger_gives_no_credit():
    judged = judge(a_series(22, 22, 22, 22, hours=[0, 1, 2, 12]))

    assert judged.coverage == pytest.approx(2 / 12)
    assert (judged.level, judged.incomplete) == (Level.IN_RANGE, True)
    assert Storage.seen(judged.level, incomplete=judged.incomplete) is Storage.INCOMPLETE
    assert judged.mkt_c == pytest.approx(22)
    assert judged.mkt_worst_case_c == pytest.approx(kinetic.mean([22, 40], [2, 10]))


def test_the_worst_case_is_never_better_than_what_was_read():
    judged = judge(a_series(60, 60, 60, 60, hours=[0, 1, 2, 12]))

    assert judged.mkt_worst_case_c == pytest.approx(60)


def test_a_step_of_two_and_a_half_intervals_is_no_gap():
    assert judge(a_series(22, 22, 22, 22, hours=[0, 1, 2, 4.5])).gaps == ()
    assert len(judge(a_series(22, 22, 22, 22, hours=[0, 1, 2, 4.6])).gaps) == 1


def test_one_reading_says_nothing_of_time():
    judged = judge(a_series(22))

    assert (judged.coverage, judged.incomplete, judged.interval_s) == (0, True, None)
    assert judged.mkt_c == pytest.approx(22)


@pytest.mark.parametrize("celsius", [[], [22, nan], [22, -300], [22, float("inf")]])
def test_what_is_no_reading_is_never_judged(celsius):
    with pytest.raises(ValueError, match="reading"):
        judge(a_series(*celsius))


def test_readings_that_go_back_in_time_are_never_judged():
    with pytest.raises(ValueError, match="rise"):
        judge(a_series(22, 22, 22, hours=[0, 2, 1]))


def test_light_is_two_readings_above_the_limit_and_only_asks():
    lux = [0, 0, 400, 0, 0, 100, 100, 0, 10, 10, 10]
    judged = judge(a_series(*[22] * 11, lux=lux))

    (event,) = judged.light
    assert (event.start / HOUR, event.end / HOUR) == (pytest.approx(4.1), pytest.approx(6.9))
    assert event.lux_hours == pytest.approx(100 + 2 * 0.9 * 55)
    assert event.peak == 100
    assert judged.level is Level.IN_RANGE
    assert judged.review == ("light once, 199 lux-hours, up to 100 lux",)


def test_a_dose_of_light_can_be_read_at_a_glance():
    judged = judge(a_series(*[22] * 11, lux=[5500] * 11))

    assert judged.review == ("light once, 55\u202f000 lux-hours, up to 5\u202f500 lux",)


def stepped(*steps):
    """Return readings of 22 °C with these steps between them, in hours."""
    hours = [0.0, *accumulate(steps)]
    return a_series(*[22] * len(hours), hours=hours)


@pytest.mark.parametrize("often", [30, 300])
def test_a_logger_that_was_set_to_another_interval_has_no_gap(often):
    faster, slower = [1 / 60] * often, [0.5] * 60

    for steps in ([*faster, *slower], [*slower, *faster], [*faster, *slower, *faster]):
        judged = judge(stepped(*steps))
        assert (judged.gaps, judged.coverage) == ((), 1.0)


def test_what_is_a_gap_amid_short_steps_is_one_though_most_steps_of_the_record_are_longer():
    judged = judge(stepped(*[1.0] * 200, *[1 / 60] * 40, 1.0, *[1 / 60] * 40))

    assert [gap.hours for gap in judged.gaps] == [pytest.approx(1.0)]


@pytest.mark.parametrize("readings", [0, 1, 2, 3, 4])
def test_a_few_readings_amid_an_outage_make_no_interval(readings):
    judged = judge(stepped(*[1.0] * 50, *[12.0] * (readings + 1), *[1.0] * 50))

    assert sum(gap.hours for gap in judged.gaps) == 12 * (readings + 1)


@pytest.mark.parametrize(
    ("often", "hours"),
    [(2, 499), (7, 72), (40, 72), (20, 24), (20, 5), (11, 4)],
    ids=["once, for three weeks", "three days", "three days, often", "a day", "five hours", "four hours, not for long"],
)
def test_long_steps_amid_short_ones_are_gaps_however_even_they_are(often, hours):
    judged = judge(stepped(*[1 / 6] * 300, *[hours] * often, *[1 / 6] * 300))

    assert sum(gap.hours for gap in judged.gaps) == pytest.approx(often * hours)
    assert judged.incomplete


def test_two_readings_beside_each_other_between_silences_make_the_interval():
    judged = judge(stepped(*[1.0, 48.0] * 60))

    assert judged.coverage == pytest.approx(1 / 49)


@pytest.mark.parametrize("steps", [[1, 499], [480], [1 / 6, 4, 4]])
def test_a_few_readings_make_no_interval_that_one_of_them_contradicts_and_none_over_a_day(steps):
    judged = judge(stepped(*steps))

    assert len(judged.gaps) == len([step for step in steps if step > 1])


@pytest.mark.parametrize("hours", [4, 12, 24])
def test_a_record_that_has_one_long_interval_throughout_has_no_gap(hours):
    assert judge(stepped(*[hours * 0.99, hours, hours * 1.01] * 10)).gaps == ()


def test_a_reading_out_of_turn_makes_no_gaps_beside_it():
    assert judge(stepped(*[1.0] * 30, 0.1, 0.9, *[1.0] * 30)).gaps == ()


def test_a_logger_that_samples_twice_at_each_interval_has_no_gap():
    assert judge(stepped(*[1.0, 1 / 60] * 30, 1.0)).gaps == ()


STEPS = st.lists(
    st.tuples(st.sampled_from([60, 63, 600, 3600, 14_400, 43_200, 86_400, 300_000]), st.integers(1, 20)),
    min_size=1,
    max_size=10,
).map(lambda runs: [float(step) for step, count in runs for _ in range(count)])


@given(steps=STEPS, cut=st.integers(0, 100), more=st.integers(0, 100))
def test_the_steps_beside_a_step_tell_whether_it_is_a_gap_and_no_others(steps, cut, more):
    last = min(len(steps), cut + 2 * NEAR + 1 + more)
    part = steps[cut:last]
    inner = range(cut and cut + NEAR, last if last == len(steps) else last - NEAR)

    seen = {cut + at for at in local_silences(part, CRT.gap_factor)}

    assert seen.intersection(inner) == set(local_silences(steps, CRT.gap_factor)).intersection(inner)


def within_days(step):
    return step <= CRT.gap_factor * 86_400


@given(steps=STEPS)
@example(steps=[600.0, 300_000.0, 60.0])  # what lies beyond days of silence tells nothing of an interval
def test_no_step_is_known_that_is_over_two_and_a_half_times_all_around_it(steps):
    silent = local_silences(steps, CRT.gap_factor)
    for at, step in enumerate(steps):
        before = list(takewhile(within_days, reversed(steps[max(0, at - NEAR) : at])))
        around = [*before, step, *takewhile(within_days, steps[at + 1 : at + 1 + NEAR])]
        alike = [each for each in around if step <= each * CRT.gap_factor]
        if at not in silent and len(alike) < FEWEST:
            assert step <= CRT.gap_factor * min(around)
        assert at in silent or step <= CRT.gap_factor * 86_400


def test_an_outage_where_the_interval_was_changed_is_a_gap():
    judged = judge(stepped(*[1 / 60] * 100, 10.0, *[1.0] * 100))

    assert [gap.hours for gap in judged.gaps] == [pytest.approx(10.0)]


def test_all_light_of_a_record_counts_except_what_nobody_saw_in_a_gap():
    series = a_series(*[22] * 5, lux=[0, 4, nan, 4, 0])

    assert lux_hours(series, 2.5 * 3600) == pytest.approx(2 + 8 + 2)
    assert lux_hours(series, 1.5 * 3600) == pytest.approx(2 + 2)
    assert lux_hours(a_series(22, 22), 2.5 * 3600) is None


def test_a_missing_lux_reading_between_two_is_passed_over():
    (event,) = judge(a_series(*[22] * 5, lux=[0, 100, nan, 100, 0])).light

    assert event.hours == pytest.approx(3.8)


def test_the_limit_of_light_is_the_places():
    assert judge(a_series(22, 22, 22, lux=[0, 90, 90]), lux_limit=100).light == ()
    assert judge(a_series(22, 22, 22, lux=[nan, nan, nan])).light == ()


def test_humidity_is_shown_and_asks_only_where_the_profile_has_a_limit():
    series = a_series(22, 22, 22, humidity=[40, nan, 71])

    assert judge(series).humidity == (40, 71)
    assert judge(series).review == ()
    assert judge(series, replace(CRT, review_humidity=60)).review == ("relative humidity up to 71 %, above 60 %",)
    assert judge(a_series(22, 22, humidity=[nan, nan])).humidity is None


def test_reasons_say_what_made_the_level_and_count_what_is_many():
    judged = judge(a_series(*[22, 35, 22, 22, 33, 33, 22]))

    assert judged.reasons == ("above 30 °C 2 times, the longest for 1.5 h, up to 35.0 °C",)
    assert judge(a_series(22, 22, 22)).reasons == ()


@given(celsius=RECORDS)
def test_the_mean_kinetic_temperature_lies_between_the_coldest_and_the_warmest(celsius):
    judged = judge(a_series(*celsius))

    assert min(celsius) - 1e-9 <= judged.mkt_c <= max(celsius) + 1e-9
    assert judged.mkt_c >= 0
    assert judged.mkt_c - 1e-9 <= judged.mkt_30d_max_c <= judged.mkt_worst_case_c + 1e-9


@given(
    pairs=st.lists(st.tuples(CELSIUS, st.floats(0.1, 100)), min_size=1, max_size=20).flatmap(
        lambda p: st.tuples(st.just(p), st.permutations(p))
    )
)
def test_the_order_of_temperatures_does_not_matter_to_their_mean(pairs):
    first, second = (kinetic.mean(*map(list, zip(*each, strict=True))) for each in pairs)

    assert first == pytest.approx(second)


@given(celsius=CELSIUS, parts=st.lists(st.floats(0.1, 10), min_size=1, max_size=10), other=CELSIUS)
def test_a_time_that_is_split_weighs_as_much_as_before(celsius, parts, other):
    assert kinetic.mean([celsius] * len(parts) + [other], [*parts, 5]) == pytest.approx(
        kinetic.mean([celsius, other], [sum(parts), 5])
    )


@given(celsius=RECORDS, later=st.integers(-(10**9), 10**9))
@example(celsius=[26, 29, 16, 29, 25], later=-1501)  # two spells as long, of which one began before the record
def test_when_it_was_changes_nothing(celsius, later):
    then, now = judge(a_series(*celsius)), judge(a_series(*celsius, start=later))

    assert (then.level, then.reasons, then.review) == (now.level, now.reasons, now.review)
    assert [(event.kind, pytest.approx(event.start + later, abs=1e-3)) for event in then.events] == [
        (event.kind, event.start) for event in now.events
    ]


@given(celsius=st.lists(CELSIUS, min_size=1, max_size=60), more=CELSIUS, step=st.sampled_from([1, 2, 3, 30, 800]))
def test_a_later_reading_never_makes_a_level_better(celsius, more, step):
    hours = list(range(len(celsius)))
    before = judge(a_series(*celsius, hours=hours), interval=HOUR)
    after = judge(a_series(*celsius, more, hours=[*hours, hours[-1] + step]), interval=HOUR)

    assert after.level.harm >= before.level.harm
    assert len(after.events) >= len(before.events) or step > 2


@given(celsius=RECORDS)
def test_every_reading_outside_a_limit_lies_in_one_spell_of_it(celsius):
    judged = judge(a_series(*celsius))
    for kind, outside in (("above-30", [each > 30 for each in celsius]), ("below-15", [each < 15 for each in celsius])):
        events = [event for event in judged.events if event.kind == kind]
        assert sum(event.readings for event in events) == sum(outside)
        assert all(event.start <= event.end and event.hours <= event.longest_hours + 1e-9 for event in events)


@given(seed=st.integers(), hours=st.integers(20, 60))
def test_the_worst_window_is_what_looking_at_each_one_finds(seed, hours):
    celsius = random.Random(seed).choices(range(18, 35), k=400)
    judged = judge(a_series(*celsius), replace(CRT, window_h=hours))
    rates = kinetic.rates(celsius)
    areas = [(sooner + later) / 2 for sooner, later in pairwise(rates)]
    largest = max(sum(areas[begin : begin + hours]) / hours for begin in range(len(areas) - hours + 1))

    assert judged.mkt_30d_max_c == pytest.approx(kinetic.temperature(largest))


def test_rows_without_a_temperature_tell_how_often_a_logger_looks():
    hours = [0, 1, 2, 4, 5, 8, 9]
    looked = array("d", [nan, nan, nan, HOUR, nan, HOUR, nan])
    series = a_series(*[22] * 7, hours=hours)

    judged = judge(replace(series, since_row=looked))

    assert [(gap.start / HOUR, gap.end / HOUR) for gap in judged.gaps] == [(5, 8)]
    assert judge(a_series(*[22] * 20, every=3 * HOUR)).gaps == ()
    assert len(judge(replace(a_series(*[22] * 20, every=3 * HOUR), since_row=array("d", [HOUR] * 20))).gaps) == 19


@pytest.mark.parametrize(
    ("beyond", "times"),
    [
        ({2: Beyond.ABOVE_AFTER, 3: Beyond.ABOVE_BEFORE}, [("above", 2, 3)]),
        ({3: Beyond.BELOW_BEFORE}, [("below", 2, 3)]),
        ({0: Beyond.ABOVE_BEFORE}, [("above", 0, 0)]),
        ({5: Beyond.BELOW_AFTER}, [("below", 5, 5)]),
        ({1: Beyond.ABOVE_AFTER | Beyond.BELOW_AFTER}, [("above", 1, 2), ("below", 1, 2)]),
        ({1: Beyond.ABOVE_AFTER, 2: Beyond.ABOVE_BEFORE | Beyond.ABOVE_AFTER}, [("above", 1, 2), ("above", 2, 3)]),
    ],
)
def test_what_left_the_probes_range_is_a_hole_and_asks_and_makes_no_level(beyond, times):
    said = array("d", [float(beyond.get(at, nan)) for at in range(6)])

    judged = judge(replace(a_series(*[22] * 6), beyond=said))

    assert [(each.way, each.start / HOUR, each.end / HOUR) for each in judged.out_of_range] == times
    assert [(gap.start / HOUR, gap.end / HOUR) for gap in judged.gaps] == sorted(
        {(start, end) for _, start, end in times if start != end}
    )
    assert (judged.level, judged.incomplete, bool(judged.review)) == (Level.IN_RANGE, True, True)
