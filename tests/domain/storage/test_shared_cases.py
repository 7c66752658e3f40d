"""The cases that were worked out by hand beside this checkout; skipped where they are not there."""

import json
from pathlib import Path

import pytest

from ldninv.domain.storage import kinetic
from ldninv.domain.storage.judging import judge
from ldninv.domain.storage.trace import Trace
from readings import HOUR, a_series

SHARED = Path(__file__).parents[4] / "shared" / "data"
TOLERANCE = {"abs": 2e-6}


def cases(file, within):
    path = SHARED / file
    if not path.exists():
        skip = pytest.mark.skip(reason=f"{file} is not beside this checkout")
        return [pytest.param(None, marks=skip, id=file)]
    return [pytest.param(case, id=case["id"]) for case in json.loads(path.read_text("utf-8"))[within]]


def activation(case):
    return float(case["dH_kJ_per_mol"]) / float(case["R_kJ_per_mol_K"])


@pytest.mark.parametrize("case", cases("mkt.json", "vectors"))
def test_the_mean_kinetic_temperature_is_as_worked_out(case):
    given, expected = case["input"], float(case["expected_c"])
    match case["method"]:
        case "equal" | "weights":
            reached = kinetic.mean(given["temps_c"], given.get("weights_h"), activation_k=activation(case))
        case "trapezoid":
            longest = given.get("max_gap_h", 10)
            series = a_series(*given["temps_c"], hours=given["hours"])
            trace = Trace.of(series, interval=longest * HOUR, gap_factor=1)
            reached = kinetic.windows(trace, 720, activation(case), filled_c=given.get("gap_assumed_c")).whole_c
        case "rolling_equal":
            celsius = [32.0 if 700 <= index <= 771 else 24.0 for index in range(1440)]
            means = [kinetic.mean(celsius[begin : begin + 720]) for begin in range(721)]
            reached = max(means)
            assert means[case["first_window_start_index"]] == pytest.approx(reached)
            assert kinetic.mean(celsius) == pytest.approx(float(case["expected_overall_c"]), **TOLERANCE)
    assert reached == pytest.approx(expected, **TOLERANCE)


@pytest.mark.parametrize("case", cases("excursions.json", "cases"))
def test_a_record_is_judged_as_worked_out(case):
    expected = case["expected"]
    hours, celsius = zip(*case["points"], strict=True)
    judged = judge(a_series(*celsius, hours=hours), interval=case["interval_h"] * HOUR)

    assert judged.level == expected["level"].replace("_", "-")
    assert judged.mkt_c == pytest.approx(expected["mkt_c"], **TOLERANCE)
    assert judged.mkt_30d_max_c == pytest.approx(expected["mkt_30d_max_c"], **TOLERANCE)
    assert judged.mkt_provisional is expected["mkt_provisional"]
    assert (judged.mkt_provisional and judged.mkt_over) is expected["mkt_provisional_over_25"]
    assert (judged.last - judged.first) / HOUR == pytest.approx(expected["span_h"])
    assert judged.coverage == pytest.approx(expected["coverage"], **TOLERANCE)
    assert judged.incomplete is expected["incomplete"]
    assert [(gap.start / HOUR, gap.hours) for gap in judged.gaps] == [
        (gap["start_h"], gap["hours"]) for gap in expected["gaps"]
    ]
    assert {event.kind.replace("-", "_") for event in judged.events} == set(expected["events"])
    for kind, spells in expected["events"].items():
        found = [told(event) for event in judged.events if event.kind == kind.replace("_", "-")]
        assert found == [pytest.approx(spell, **TOLERANCE) for spell in spells]
    assert len(judged.reasons) >= len(expected["reasons"])


def told(event):
    return {
        "start_h": event.start / HOUR,
        "end_h": event.end / HOUR,
        "peak_c": event.extreme_c,
        "readings": event.readings,
        "start_open": event.open_start,
        "end_open": event.open_end,
        "duration_h": event.hours,
        "longest_possible_h": event.longest_hours,
    }
