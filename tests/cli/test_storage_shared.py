"""`ldninv storage check` on the cases that were worked out by hand beside this checkout; skipped where they are not."""

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

SHARED = Path(__file__).parents[3] / "shared" / "data"
FILES = SHARED / "loggers"
DAYS = "berlinger_fridgetag2_daily_summary.txt"
RUNS_BACK = "rotronic_infinity_degree_rh_first.csv"
BEGAN = datetime(2026, 3, 2)  # noqa: DTZ001 - the logger's own clock


def cases(path, within=None, name="id", only=lambda _case: True):
    if not path.exists():
        skip = pytest.mark.skip(reason=f"{path.name} is not beside this checkout")
        return [pytest.param(None, marks=skip, id=path.name)]
    found = json.loads(path.read_text("utf-8"))
    return [pytest.param(case, id=case[name]) for case in (found if within is None else found[within]) if only(case)]


@pytest.fixture
def check(run):
    return lambda file: run("--format", "json", "storage", "check", file)


@pytest.fixture
def written(check, tmp_path):
    """Check a file with these temperatures at these hours."""

    def go(hours, celsius):
        rows = [f"{BEGAN + timedelta(hours=at)},{value}" for at, value in zip(hours, celsius, strict=True)]
        (tmp_path / "case.csv").write_text("\n".join(["Time,Temperature (°C)", *rows]) + "\n", "utf-8")
        said = check(tmp_path / "case.csv")
        assert said.status == 0, said.err
        return said.json

    return go


def shown(hours):
    return (BEGAN + timedelta(seconds=round(hours * 3600))).isoformat()


@pytest.mark.parametrize("listed", cases(FILES / "manifest.json", name="file"))
def test_a_real_file_has_the_facts_that_were_checked_by_hand(check, listed):
    facts, said = listed["facts"], check(FILES / listed["file"])
    if listed["file"] == RUNS_BACK:
        assert (said.status, said.out) == (1, "")
        assert "clock runs backwards on line 82" in said.err
        return

    found = said.json
    assert said.status == 0
    if listed["file"] == DAYS:
        assert {key: found[key] for key in ("mkt_c", "mkt_30d_max_c", "level", "mean_c")} == dict.fromkeys(
            ("mkt_c", "mkt_30d_max_c", "level", "mean_c")
        )
        assert (found["readings"], len(found["days"])) == (0, facts["daily_summaries"])
        return
    assert (found["readings"], found["unit"]) == (facts["readings"], facts["unit"])
    assert (found["first"], found["last"]) == (facts["first"].replace(" ", "T"), facts["last"].replace(" ", "T"))
    for key in ("min_c", "max_c", "mean_c"):
        assert round(found[key], 4) == facts[key]
    assert round(found["mkt_c"], 4) == pytest.approx(facts["mkt_c_trapezoid"], abs=1.01e-4)
    assert found["interval_s"] == facts["interval_s"]
    assert found["event_rows"] == facts.get("event_only_rows", 0)
    assert (found["lux"] is None) is ("lux" not in facts)
    if found["lux"] is not None:
        assert found["lux"]["max"] == facts["lux"]["max"]
    assert (found["humidity"] is None) is ("rh" not in facts)
    if found["humidity"] is not None:
        assert found["humidity"] == {key: facts["rh"][key] for key in ("min", "max")}


@pytest.mark.parametrize("case", cases(SHARED / "excursions.json", "cases"))
def test_a_record_is_judged_as_it_was_worked_out(written, case):
    expected, found = case["expected"], written(*zip(*case["points"], strict=True))

    assert found["level"] == expected["level"].replace("_", "-")
    assert (found["first"], found["last"]) == (shown(case["points"][0][0]), shown(case["points"][-1][0]))
    assert (found["interval_s"], found["readings"]) == (case["interval_h"] * 3600, len(case["points"]))
    for key in ("mkt_c", "mkt_30d_max_c", "coverage"):
        assert found[key] == pytest.approx(expected[key], abs=2e-6)
    assert (found["mkt_provisional"], found["incomplete"]) == (expected["mkt_provisional"], expected["incomplete"])
    warned = any("provisional" in each for each in found["review"])
    assert warned is expected["mkt_provisional_over_25"]
    assert found["gaps"] == [
        {"from": shown(gap["start_h"]), "to": shown(gap["start_h"] + gap["hours"])} for gap in expected["gaps"]
    ]
    assert {each["kind"].replace("-", "_") for each in found["events"]} == set(expected["events"])
    for kind, spells in expected["events"].items():
        seen = [each for each in found["events"] if each["kind"] == kind.replace("_", "-")]
        assert [(each["from"], each["to"]) for each in seen] == [
            (shown(s["start_h"]), shown(s["end_h"])) for s in spells
        ]
        for each, spell in zip(seen, spells, strict=True):
            assert each["hours"] == pytest.approx(spell["duration_h"], abs=2e-6)
            assert each["longest_hours"] == pytest.approx(spell["longest_possible_h"], abs=2e-6)
            assert each["extreme_c"] == spell["peak_c"]
            assert each["at_least"] is (spell["start_open"] or spell["end_open"])


def of_times(case):
    """Whether a file of readings can say it: readings at their times, and the constant that judges them."""
    return "hours" in case["input"] and case["dH_kJ_per_mol"] == "83.144"


@pytest.mark.parametrize("case", cases(SHARED / "mkt.json", "vectors", only=of_times))
def test_the_mean_kinetic_temperature_is_as_it_was_worked_out(written, case):
    found = written(case["input"]["hours"], case["input"]["temps_c"])

    assert found["mkt_worst_case_c"] == pytest.approx(float(case["expected_c"]), abs=2e-6)
