"""Real exports with facts checked by hand, which lie beside this checkout; skipped where they are not there."""

import json
import math
import random
from datetime import timedelta
from pathlib import Path

import pytest

from ldninv.domain.refusal import Refused
from ldninv.domain.storage.clock_changes import EPOCH
from ldninv.domain.storage.logger_file import DailyRecord
from ldninv.importers import loggers
from mutations import PART, TOLD, by_lines, decoded, pairs, wrong
from shifted_rows import cells_lost, cells_too_many, first_times_spoilt, headings_shifted

SHARED = Path(__file__).parents[4] / "shared" / "data" / "loggers"
MANIFEST = SHARED / "manifest.json"
DAILY = "berlinger_fridgetag2_daily_summary.txt"
RUNS_BACK = "rotronic_infinity_degree_rh_first.csv"


def files(*apart):
    if not MANIFEST.exists():
        skip = pytest.mark.skip(reason="the real logger files are not beside this checkout")
        return [pytest.param(None, marks=skip, id="manifest")]
    listed = json.loads(MANIFEST.read_text("utf-8"))
    return [pytest.param(each, id=each["file"]) for each in listed if each["file"] not in apart]


def read(name):
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"{name} is not beside this checkout")
    return loggers.read(name, path.read_bytes())


def shown(seconds):
    return str(EPOCH + timedelta(seconds=seconds))


@pytest.mark.parametrize("listed", files(DAILY, RUNS_BACK))
def test_a_real_file_is_read_as_its_facts_say(listed):
    facts = listed["facts"]
    file = read(listed["file"])

    assert {
        "readings": file.readings,
        "first": shown(file.local[0]),
        "last": shown(file.local[-1]),
        "unit": file.unit.sign,
        "min": min(file.temperature),
        "max": max(file.temperature),
        "mean": round(file.mean, 4),
        "min_c": round(min(file.celsius), 4),
        "max_c": round(max(file.celsius), 4),
        "mean_c": round(math.fsum(file.celsius) / file.readings, 4),
        "interval_s": file.interval_s,
        "event_only_rows": file.events,
    } == {"event_only_rows": 0} | {key: facts[key] for key in facts if key in _COMPARED}
    for column, seen in (("rh", file.humidity), ("lux", file.lux)):
        assert (seen is None) is (column not in facts)
        if seen is not None:
            found = {"n": len(seen), "min": min(seen), "max": max(seen), "mean": round(math.fsum(seen) / len(seen), 4)}
            assert found == {key: facts[column][key] for key in found}


_COMPARED = {
    *("readings", "first", "last", "unit", "min", "max", "mean", "min_c", "max_c", "mean_c", "interval_s"),
    "event_only_rows",
}


def test_a_real_clock_that_was_lost_stops_the_file_with_its_first_bad_row():
    with pytest.raises(Refused, match="clock runs backwards on line 82, to 01/01/2013 00:00:15"):
        read(RUNS_BACK)


def test_a_real_summary_of_days_is_kept_as_days():
    record = read(DAILY)

    assert isinstance(record, DailyRecord)
    assert (len(record.days), str(record.days[0].day), str(record.days[-1].day)) == (60, "2026-03-01", "2026-04-29")
    assert (min(day.lowest for day in record.days), max(day.highest for day in record.days)) == (21.6, 31.0)
    assert math.fsum(day.mean for day in record.days) / 60 == pytest.approx(22.7417, abs=5e-5)


def test_a_reading_without_a_probe_is_missing_and_a_reversed_zone_is_doubted():
    assert read("wellzion_utf16_ddmmyyyy_12h.csv").missing == 1
    assert "reversed" in read("hobo_mx2301_hobomobile.csv").zone_doubt


@pytest.mark.parametrize("way", [cells_lost, cells_too_many, headings_shifted, first_times_spoilt])
@pytest.mark.parametrize("listed", files(DAILY, RUNS_BACK))
def test_a_real_file_whose_rows_are_out_of_step_is_read_right_or_refused(listed, way):
    path = SHARED / listed["file"]
    lines = decoded(path.read_bytes()).splitlines(keepends=True)[:300]
    law = TOLD if way is first_times_spoilt else PART
    known = pairs(loggers.read(path.name, "".join(lines).encode()))

    for seed in range(8):
        spoilt = by_lines(way.__name__, law, way)(random.Random(f"{seed}"), "".join(lines).encode())
        assert spoilt is None or wrong(path.name, known, spoilt) is None, seed
