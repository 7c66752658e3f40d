"""What the weekly report says of storage (R24)."""

import json
from datetime import date

import pytest

from builders import TODAY, a_batch, keep
from ldninv.domain.days import Week
from ldninv.services import weekly
from ldninv.services.places import add_place
from ldninv.services.storage import daily, loggers
from rooms import HOUR, START, a_room, brought

MONDAY = START + 15 * 24 * HOUR
"""The first moment of the week of the test's day, in UTC."""


@pytest.fixture
def shelf(context):
    keep(context, a_batch(lot="OLD-1", prepared=date(2026, 9, 1), beyond_use=date(2027, 9, 1)))
    return context


def section(context, week=None):
    return json.loads(weekly.text(weekly.report(context, week), "json"))["sections"]["storage"]


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
    (then,) = section(shelf, Week.of(date(2026, 11, 1)))["places"]
    assert (then["breaches"], then["level"]) == (1, "breach")


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
