"""What the weights of capsules and the yield say, each against limits that are shown (R8)."""

import statistics
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from ldninv.domain.quality import Checks, Judged, Limits, Quality, held_against, target_mg, weighed
from ldninv.domain.record import Worksheet

D = Decimal


def of(*weights, target=178, **facts):
    checks = Checks(weights_mg=tuple(map(D, weights)), **facts)
    return Quality(checks=checks, planned=300, target_mg=None if target is None else D(target))


def test_number_mean_and_spread_of_a_sample():
    found = weighed([D("178.2"), D("177.9"), D("179.1"), D("176.4")])

    assert (found.count, found.mean_mg, found.lowest_mg, found.highest_mg) == (4, D("177.900"), D("176.4"), D("179.1"))
    assert found.rsd_percent == D("0.63")


def test_one_capsule_has_no_spread_and_none_no_mean():
    assert weighed([D(178)]).rsd_percent is None
    assert weighed([]) is None


@given(some.lists(some.decimals(1, 9999, places=2), min_size=2, max_size=40))
def test_mean_and_spread_agree_with_the_standard_library(weights):
    found = weighed(weights)

    assert found.lowest_mg <= found.mean_mg <= found.highest_mg
    assert float(found.mean_mg) == pytest.approx(statistics.mean(map(float, weights)), abs=6e-4)
    spread = statistics.stdev(map(float, weights)) / statistics.mean(map(float, weights)) * 100
    assert float(found.rsd_percent) == pytest.approx(spread, abs=6e-3)


@pytest.mark.parametrize(
    ("weights", "outside"),
    [
        (("100", "100"), ()),
        (("90", "110"), ()),
        (("95", "95"), ()),
        (("89.9", "110.1"), ("capsule 1 weighs 89.9 mg, 89.9 %", "capsule 2 weighs 110.1 mg, 110.1 %")),
        (("94.9", "94.9"), ("the mean is 94.9 %",)),
        (("105.1", "105.1"), ("the mean is 105.1 %",)),
    ],
)
def test_the_mean_and_each_capsule_have_their_limits_and_both_ends_are_within(weights, outside):
    found = of(*weights, target=100).outside

    assert len(found) == len(outside)
    for words, begins in zip(found, outside, strict=True):
        assert words.startswith(begins)


def test_many_capsules_outside_are_named_by_their_numbers():
    found = of("100", "100", "50", "150", "50", "150", target=100).outside

    assert found == ("4 capsules weigh too little or too much of 100 mg (90–110 %): 3, 4, 5, 6",)


@pytest.mark.parametrize(("yielded", "says"), [(270, ()), (315, ()), (269, ("89.7",)), (316, ("105.3",))])
def test_the_yield_has_its_limits_too(yielded, says):
    found = of(yielded=yielded)

    assert [share in words for words, share in zip(found.outside, says, strict=True)] == [True] * len(says)


def test_other_limits_are_other_verdicts():
    found = of("178", "170")

    assert found.outside == ()
    assert replace(found, limits=replace(Limits(), each_low=D(99))).outside[0].startswith("capsule 2")


def test_without_a_fill_weight_the_weights_are_not_judged():
    found = of("12", "900", target=None)

    assert found.outside == ()
    assert found.undecided.startswith("no fill weight")


def test_the_target_is_the_contents_with_the_shell_where_that_is_known():
    sheet = Worksheet(planned=300, fill_mg=D(130), shell_mg=D(48))

    assert [target_mg(each) for each in (sheet, replace(sheet, shell_mg=None), replace(sheet, fill_mg=None))] == [
        178, 130, None,
    ]  # fmt: skip


def test_checks_say_what_is_missing_and_what_was_noted():
    some_checks = Checks(appearance="two split", label="OK", yielded=298)

    assert some_checks.missing == ("capsule weights",)
    assert (some_checks.conspicuous, some_checks.mislabelled) == (True, False)
    assert str(some_checks) == "appearance: two split; label: OK; yield: 298"


@given(
    some.lists(some.decimals(50, 300, places=1), max_size=12),
    some.one_of(some.none(), some.integers(0, 500)),
    some.one_of(some.none(), some.decimals(60, 250, places=1)),
)
def test_what_is_judged_lies_outside_where_the_words_say_so(weights, yielded, fill):
    worksheet = None if fill is None else Worksheet(planned=300, fill_mg=fill)
    found = held_against(Checks(yielded=yielded, weights_mg=tuple(weights)), worksheet, made=300)

    assert all(each.within for each in found.judged) is (found.outside == ())
    assert bool(found.undecided) is bool(weights and fill is None)


def test_each_result_stands_beside_its_limits():
    worksheet = Worksheet(planned=300, fill_mg=Decimal(130), shell_mg=Decimal(48))
    found = held_against(Checks(yielded=297, weights_mg=(Decimal(178), Decimal(155))), worksheet, made=297)

    assert found.judged == (
        Judged("Yield", "297 of 300, 99.0 %", "90–105 %", within=True),
        Judged("Mean", "166.5 mg, 93.5 % of 178 mg", "95–105 %", within=False),
        Judged("Each capsule", "155 to 178 mg, 87.1 to 100.0 %", "90–110 %", within=False),
    )
