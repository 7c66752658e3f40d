"""What the weekly report says of storage (R24)."""

import io
import json
from datetime import date

import openpyxl
import pytest

from builders import TODAY, a_batch, keep
from labels_made import text_of
from ldninv.domain.days import Week
from ldninv.domain.entries import Decision
from ldninv.services import weekly
from ldninv.services.places import add_place
from ldninv.services.storage import daily, deciding, loggers, looking
from ldninv.services.storage.deciding import Choice
from rooms import HOUR, START, a_room, brought

pytestmark = pytest.mark.on_both

MONDAY = START + 15 * 24 * HOUR
"""The first moment of the week of the test's day, in UTC."""


@pytest.fixture
def shelf(context):
    keep(context, a_batch(lot="OLD-1", prepared=date(2026, 9, 1), beyond_use=date(2027, 9, 1)))
    return context


def section(context, week=None):
    return json.loads(weekly.text(weekly.report(context, week), "json"))["sections"]["storage"]


def read_back(content, kind):
    """Return what stands in a written report."""
    if kind == "pdf":
        return " ".join(text_of(content))
    if kind == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(content))
        return " ".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
    return content.decode()


def test_nothing_watched_is_said_and_not_called_in_range(shelf):
    assert section(shelf) == {"places": [], "calibrations": []}
    assert "storage is not monitored" in weekly.text(weekly.report(shelf), "csv")


def test_a_breach_of_the_week_its_mean_and_what_is_to_decide(shelf):
    brought(shelf, a_room(start=MONDAY, hours=100, t41=(5, 9), gap=(50, 53)))
    loggers.calibrate(shelf, "Room 1", date(2025, 1, 1))

    found = section(shelf)

    (place,) = found["places"]
    assert (place["place"], place["level"], place["breaches"], place["gaps"]) == ("Shelf A", "breach", 1, 1)
    assert (place["mkt_provisional"], place["to_decide"]) == (True, 2)
    assert 22 < place["mkt_30d_max_c"] < 26
    assert place["coverage"] == pytest.approx(1 - 3.17 / 99.83, abs=1e-3)
    assert found["calibrations"] == [
        {"logger": "Room 1", "place": "Shelf A", "calibrated": "2025-01-01", "due": "2026-01-01", "past": True}
    ]


def test_a_breach_of_an_earlier_week_is_not_of_this_one_and_still_to_decide(shelf):
    brought(shelf, a_room(hours=21 * 24, t41=(5, 9)))

    (place,) = section(shelf)["places"]
    assert (place["breaches"], place["level"], place["to_decide"]) == (0, "in-range", 2)
    assert place["waiting"][0] == {"kind": "breach", "events": 1, "since": "2026-11-01", "week": 4}
    (then,) = section(shelf, Week.of(date(2026, 11, 1)))["places"]
    assert (then["breaches"], then["level"]) == (1, "breach")


@pytest.mark.needs_qt
@pytest.mark.parametrize("kind", ["csv", "html", "xlsx", "pdf"])
def test_every_kind_of_report_says_that_an_earlier_breach_waits_and_in_which_week(shelf, tmp_path, kind):
    brought(shelf, a_room(hours=21 * 24, t41=(5, 9)))

    weekly.save(shelf, weekly.report(shelf), [tmp_path / f"week.{kind}"])

    said = read_back((tmp_path / f"week.{kind}").read_bytes(), kind)
    assert "1 breach, since 2026-11-01, week 4" in said
    assert "Breach" in said


def test_a_breach_that_was_decided_on_waits_no_more(shelf):
    brought(shelf, a_room(start=MONDAY, hours=100, t41=(5, 9)))
    seen = looking.events(shelf, waiting=True)[0]
    deciding.decide(shelf, seen.happening.id, {"OLD-1": Choice(Decision.KEEP)}, reason="short")

    (place,) = section(shelf)["places"]

    assert (place["level"], place["waiting"]) == ("breach", [])


def test_a_mean_of_thirty_days_is_not_provisional_because_the_last_day_was_not_read_out(shelf):
    brought(shelf, a_room(start=MONDAY - 29 * 24 * HOUR, hours=31 * 24))

    (place,) = section(shelf)["places"]

    assert (place["mkt_provisional"], place["mkt_30d_max_c"]) == (False, pytest.approx(22, abs=0.1))


def test_missing_daily_checks_are_named(shelf):
    add_place(shelf, "Store")
    daily.read(shelf, "Store", lowest=20, highest=24, day=date(2026, 11, 17))
    daily.read(shelf, "Store", lowest=20, highest=24, day=date(2026, 11, 19))

    (place,) = section(shelf)["places"]

    assert (place["read_by_hand"], place["missing_checks"], place["level"]) == (
        True,
        ["2026-11-18", "2026-11-20"],
        None,
    )
    assert TODAY.weekday() == 6
